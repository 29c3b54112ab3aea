//! States the problem: people and vacancies by number, an edge for everybody on a vacancy's list, what is fixed taken out.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use super::gather::{Gathered, OpenVacancy, lot_of};
use super::request::{AllocationRequest, Pair, Unranked, WhatIf};
use super::result::{AssignmentDoc, HeldBy, HeldDoc};
use super::what_if;
use crate::app::error::AppError;
use crate::app::field::Form;
use crate::engine::allocation::{Edge, Lots, Preferences, Problem, Vacancy, rank_after_wishes};
use crate::engine::id::GraduateId;
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::eligibility;
use crate::engine::matching::index::{Index, Listed, on_list};
use crate::engine::matching::requirement::Demand;
use crate::engine::matching::score;
use crate::words::refusal::Refusal;

/// Why somebody on a vacancy's list may still not have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Barred {
    BelowMinimum,
    AnsweredBefore,
    NotRanked,
}

/// A problem with the names of its numbers.
#[derive(Debug)]
pub(super) struct Instance {
    pub(super) problem: Problem,
    pub(super) preferences: Preferences,
    pub(super) people: Vec<Candidate>,
    pub(super) vacancies: Vec<OpenVacancy>,
    pub(super) employers: Vec<Uuid>,
    /// Seats given before the plan, with the scores they would have.
    pub(super) fixed: Vec<AssignmentDoc>,
    pub(super) fixed_by: Vec<HeldDoc>,
    /// Pairs on a list that may not be, by person and vacancy.
    pub(super) barred: FxHashMap<(u32, u32), Barred>,
    /// Friends by number.
    pub(super) friends: Vec<(u32, u32)>,
}

/// Somebody on a vacancy's list.
struct Listing {
    person: u32,
    vacancy: u32,
    score: Option<u16>,
    /// What the place in a list that cannot be scored counts for among equals.
    order: u16,
}

/// The most that a place in a list without scores counts for: one point of a hundred, never shown as a score.
const ORDER: usize = 100;

impl Instance {
    /// The problem of a request, in the world as it is or as it is thought of.
    pub(super) fn state(gathered: &Gathered, request: &AllocationRequest, what_if: &WhatIf) -> Result<Self, AppError> {
        let mut vacancies = what_if::vacancies(gathered, what_if);
        let numbers: FxHashMap<Uuid, u32> = (0..).zip(&vacancies).map(|(number, one)| (one.row.id.0, number)).collect();
        let all: FxHashMap<GraduateId, u32> = gathered.people.iter().copied().zip(0..).collect();
        let people: Vec<Candidate> = gathered
            .people
            .iter()
            .map(|id| match gathered.candidates.get(id) {
                Some(own) => what_if::candidate(own, what_if),
                // Whom the index does not hold may not be matched.
                None => Candidate { limited: true, ..Candidate::new(*id, gathered.office) },
            })
            .collect();
        let lists = listings(gathered, &people, &all, &vacancies, what_if);
        let mut form = Form::default();
        let named = Named { people: &all, vacancies: &numbers };
        let limits = Limits::of(request, &vacancies, &named, &mut form);
        let (fixed, fixed_by) = fix(gathered, request, &named, &people, &mut vacancies, &limits, &mut form);
        let rankings = rankings(request, &named, &mut form);
        let friends = named.friends(request, &mut form);
        for (place, id) in request.must_fill.iter().enumerate() {
            form.require(numbers.contains_key(id), &format!("/must_fill/{place}"), Refusal::NotInAllocation);
        }
        form.done()?;
        let taken: FxHashMap<u32, u32> = fixed.iter().copied().collect();
        let scored: FxHashMap<(u32, u32), Option<u16>> = lists
            .iter()
            .filter(|one| taken.get(&one.person) == Some(&one.vacancy))
            .map(|one| ((one.person, one.vacancy), one.score))
            .collect();
        let mut barred = FxHashMap::default();
        let mut edges = Vec::with_capacity(lists.len());
        for one in lists {
            let pair = (one.person, one.vacancy);
            let score = one.score.unwrap_or(one.order);
            match bar(gathered, request, &people, &vacancies, &rankings, &one) {
                _ if taken.contains_key(&one.person) => {}
                Some(why) => {
                    barred.insert(pair, why);
                }
                None => edges.push(Edge { person: one.person, vacancy: one.vacancy, score }),
            }
        }
        let mut partner_limits = limits.of_partner.clone();
        for (_, vacancy) in &fixed {
            if let Some(Some(limit)) = limits.partner(*vacancy).and_then(|partner| partner_limits.get_mut(partner)) {
                *limit = limit.saturating_sub(1);
            }
        }
        let seats = vacancies.iter().zip(&limits.partners).map(|(one, partner)| Vacancy {
            capacity: one.seats,
            partner: *partner,
            must_fill: request.must_fill.contains(&one.row.id.0),
        });
        let count = u32::try_from(people.len()).map_err(|error| AppError::Internal(error.to_string()))?;
        let problem = Problem::new(count, seats.collect(), partner_limits, edges).map_err(|error| AppError::Internal(error.to_string()))?;
        let preferences = preferences(&problem, request, &people, &vacancies, &rankings)?;
        let named_pair = |(person, vacancy): &(u32, u32)| {
            let (candidate, open) = (people.get(index(*person))?, vacancies.get(index(*vacancy))?);
            Some(AssignmentDoc {
                graduate: candidate.graduate.0,
                vacancy: open.row.id.0,
                score: scored.get(&(*person, *vacancy)).copied().flatten(),
                metres: open.demand.metres_from(candidate.place),
                held: true,
            })
        };
        Ok(Self {
            fixed: fixed.iter().filter_map(named_pair).collect(),
            fixed_by,
            problem,
            preferences,
            employers: limits.employers,
            people,
            vacancies,
            barred,
            friends,
        })
    }
}

/// What the numbers stand for.
struct Named<'a> {
    people: &'a FxHashMap<GraduateId, u32>,
    vacancies: &'a FxHashMap<Uuid, u32>,
}

impl Named<'_> {
    fn person(&self, id: Uuid) -> Option<u32> {
        self.people.get(&GraduateId(id)).copied()
    }

    fn friends(&self, request: &AllocationRequest, form: &mut Form) -> Vec<(u32, u32)> {
        let mut friends = Vec::new();
        for (place, (one, other)) in request.friends.iter().enumerate() {
            match self.person(*one).zip(self.person(*other)) {
                Some(pair) => friends.push(pair),
                None => form.refuse(&format!("/friends/{place}"), Refusal::NotInAllocation),
            }
        }
        friends
    }
}

/// The partners by number and the most each gets.
struct Limits {
    employers: Vec<Uuid>,
    /// Of each vacancy.
    partners: Vec<u32>,
    of_partner: Vec<Option<u32>>,
}

impl Limits {
    fn of(request: &AllocationRequest, vacancies: &[OpenVacancy], named: &Named<'_>, form: &mut Form) -> Self {
        debug_assert_eq!(named.vacancies.len(), vacancies.len());
        let mut employers: Vec<Uuid> = vacancies.iter().map(|one| one.row.employer_id.0).collect();
        employers.sort_unstable();
        employers.dedup();
        let number = |employer: &Uuid| employers.binary_search(employer).ok();
        let partners =
            vacancies.iter().map(|one| number(&one.row.employer_id.0).and_then(|number| u32::try_from(number).ok()).unwrap_or(0));
        let partners = partners.collect();
        let mut of_partner = vec![request.most_per_partner; employers.len()];
        for (place, (employer, most)) in request.partner_limits.iter().enumerate() {
            match number(employer).and_then(|number| of_partner.get_mut(number)) {
                Some(limit) => *limit = Some(*most),
                None => form.refuse(&format!("/partner_limits/{place}/employer_id"), Refusal::NotInAllocation),
            }
        }
        Self { employers, partners, of_partner }
    }

    fn partner(&self, vacancy: u32) -> Option<usize> {
        self.partners.get(index(vacancy)).map(|partner| index(*partner))
    }
}

/// Everybody on every vacancy's list.
fn listings(
    gathered: &Gathered,
    people: &[Candidate],
    all: &FxHashMap<GraduateId, u32>,
    vacancies: &[OpenVacancy],
    what_if: &WhatIf,
) -> Vec<Listing> {
    let index = Index::build(people.iter().cloned());
    let short = |score: Option<u32>| score.and_then(|score| u16::try_from(score).ok());
    let of_vacancy = |(vacancy, one): (usize, &OpenVacancy)| {
        let number = u32::try_from(vacancy).unwrap_or(u32::MAX);
        let listed = index.everyone(&one.demand, &gathered.policy, gathered.today);
        let count = listed.len();
        let order = |place: usize| if one.demand.is_assessable() { 0 } else { u16::try_from((count - place) * ORDER / count).unwrap_or(0) };
        let listing = |(place, listed): (usize, Listed)| {
            let score = short(listed.score_hundredths);
            Some(Listing { person: *all.get(&listed.graduate)?, vacancy: number, score, order: order(place) })
        };
        let mut list: Vec<Listing> = listed.into_iter().enumerate().filter_map(listing).collect();
        for (person, candidate) in what_if::fetched(gathered, all, what_if, one) {
            if on_list(&candidate, &one.demand, gathered.today).is_ok() {
                let total = score::score(&candidate, &one.demand, &gathered.policy, gathered.today).map(|score| score.total_hundredths);
                let score = short(total).filter(|_| !candidate.objects_to_ranking);
                list.push(Listing { person, vacancy: number, score, order: 0 });
            }
        }
        list
    };
    vacancies.par_iter().enumerate().map(of_vacancy).collect::<Vec<_>>().into_iter().flatten().collect()
}

/// Whom vacancies rank, by place.
type Rankings = FxHashMap<u32, FxHashMap<u32, usize>>;

fn rankings(request: &AllocationRequest, named: &Named<'_>, form: &mut Form) -> Rankings {
    let mut rankings = Rankings::default();
    for (place, (vacancy, ranked)) in request.rankings.iter().enumerate() {
        let Some(vacancy) = named.vacancies.get(vacancy) else {
            form.refuse(&format!("/rankings/{place}/vacancy_id"), Refusal::NotInAllocation);
            continue;
        };
        let list = rankings.entry(*vacancy).or_default();
        for (rank, graduate) in ranked.iter().enumerate() {
            match named.person(*graduate) {
                Some(person) => {
                    list.entry(person).or_insert(rank);
                }
                None => form.refuse(&format!("/rankings/{place}/graduate_ids/{rank}"), Refusal::NotInAllocation),
            }
        }
    }
    rankings
}

/// Why a listed pair may not be, if it may not.
fn bar(
    gathered: &Gathered,
    request: &AllocationRequest,
    people: &[Candidate],
    vacancies: &[OpenVacancy],
    rankings: &Rankings,
    one: &Listing,
) -> Option<Barred> {
    let (candidate, open) = (people.get(index(one.person))?, vacancies.get(index(one.vacancy))?);
    if gathered.answered.contains(&(candidate.graduate, open.row.id)) {
        return Some(Barred::AnsweredBefore);
    }
    if request.unranked == Unranked::NotAcceptable {
        let by_vacancy = rankings.get(&one.vacancy).is_some_and(|ranked| !ranked.contains_key(&one.person));
        let wishes = &candidate.ranked_employers;
        if by_vacancy || (!wishes.is_empty() && !wishes.contains(&open.demand.employer)) {
            return Some(Barred::NotRanked);
        }
    }
    let below = request.minimum_score.is_some_and(|least| one.score.is_some_and(|score| score < least));
    below.then_some(Barred::BelowMinimum)
}

/// Takes fixed pairs out of the seats. What staff fix must be possible; what a plan before gave stands where it still can.
fn fix(
    gathered: &Gathered,
    request: &AllocationRequest,
    named: &Named<'_>,
    people: &[Candidate],
    vacancies: &mut [OpenVacancy],
    limits: &Limits,
    form: &mut Form,
) -> (Vec<(u32, u32)>, Vec<HeldDoc>) {
    let mut room = limits.of_partner.clone();
    let mut fixed: Vec<(u32, u32)> = Vec::new();
    let mut fixed_by = Vec::new();
    let mut done = FxHashSet::default();
    let all_seats: Vec<u32> = vacancies.iter().map(|one| one.seats).collect();
    let staff = request.fixed.iter().enumerate().map(|(place, pair)| (Some(format!("/fixed/{place}")), pair, HeldBy::Fixed));
    let before = gathered.previous.iter().map(|pair| (None, pair, HeldBy::Previous));
    for (pointer, Pair { graduate, vacancy }, by) in staff.chain(before) {
        let mut refuse = |refusal: Refusal| {
            if let Some(pointer) = &pointer {
                form.refuse(pointer, refusal);
            }
        };
        let Some((person, number)) = named.person(*graduate).zip(named.vacancies.get(vacancy).copied()) else {
            refuse(Refusal::NotInAllocation);
            continue;
        };
        let (Some(candidate), Some(open)) = (people.get(index(person)), vacancies.get_mut(index(number))) else { continue };
        // As with offers, staff judge units and distance by name; a plan before keeps its own rules.
        let nowhere = Demand { place: None, ..open.demand.clone() };
        let allowed = eligibility::check(candidate, &nowhere, gathered.today);
        let stands = by == HeldBy::Fixed || !gathered.answered.contains(&(candidate.graduate, open.row.id));
        if let Err(why) = allowed {
            refuse(Refusal::NotEligible { reason: why.code().to_owned() });
        } else if done.contains(&person) {
            if !fixed.contains(&(person, number)) {
                refuse(Refusal::FixedTwice);
            }
        } else if open.seats == 0 {
            refuse(Refusal::FixedNoSeat { seats: all_seats.get(index(number)).copied().unwrap_or(0) });
        } else if let Some(Some(0)) = limits.partner(number).and_then(|partner| room.get(partner)) {
            let most = limits.partner(number).and_then(|partner| limits.of_partner.get(partner)).copied().flatten();
            refuse(Refusal::FixedOverLimit { most: most.unwrap_or(0) });
        } else if stands {
            open.seats -= 1;
            if let Some(Some(left)) = limits.partner(number).and_then(|partner| room.get_mut(partner)) {
                *left -= 1;
            }
            done.insert(person);
            fixed.push((person, number));
            fixed_by.push(HeldDoc { graduate: *graduate, vacancy: *vacancy, by });
        }
    }
    (fixed, fixed_by)
}

/// Wishes where there are some, else scores; ties by the seed.
fn preferences(
    problem: &Problem,
    request: &AllocationRequest,
    people: &[Candidate],
    vacancies: &[OpenVacancy],
    rankings: &Rankings,
) -> Result<Preferences, AppError> {
    let mut by_person = Vec::with_capacity(problem.edges());
    let mut by_vacancy = Vec::with_capacity(problem.edges());
    for (person, candidate) in (0..problem.people()).zip(people) {
        for (vacancy, score) in problem.edges_of(person).filter_map(|edge| problem.edge(edge)) {
            let employer = vacancies.get(index(vacancy)).map(|one| one.demand.employer);
            let wished = candidate.ranked_employers.iter().position(|wished| Some(*wished) == employer);
            by_person.push(rank_after_wishes(wished, score));
            let ranked = rankings.get(&vacancy).and_then(|ranked| ranked.get(&person).copied());
            by_vacancy.push(rank_after_wishes(ranked, score));
        }
    }
    let people: Vec<u64> = people.iter().map(|candidate| lot_of(candidate.graduate.0)).collect();
    let vacancies: Vec<u64> = vacancies.iter().map(|one| lot_of(one.row.id.0)).collect();
    let lots = Lots { seed: request.seed.cast_unsigned(), people: &people, vacancies: &vacancies };
    Preferences::ranked(problem, by_person, by_vacancy, lots).map_err(|error| AppError::Internal(error.to_string()))
}

/// A number as a place in a list.
pub(super) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
