//! Works out every way side by side, with what proves it and what it costs.

use std::ops::ControlFlow;

use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::gather::Gathered;
use super::instance::{Instance, index};
use super::reasons;
use super::request::{AllocationRequest, Pair, Way, WhatIf};
use super::result::{
    AllocationResult, AssignmentDoc, BaseDoc, Figures, MOST_OBJECTIONS, ObjectionDoc, ProofDoc, SkipReason, SkippedDoc, VacancyDoc, WayDoc,
};
use crate::app::error::AppError;
use crate::engine::allocation::{Maximum, Plan, Progress, Side, honour_friends, maximum, objections, reserves, stable};
use crate::engine::id::GraduateId;

/// A plan of one way.
struct Planned {
    way: Way,
    plan: Plan,
    /// What proves it, of the maximum.
    best: Option<Maximum>,
    friends: Vec<(u32, u32)>,
}

/// Works out a request; `None` if whoever watches broke off.
pub(super) fn solve(
    gathered: &Gathered,
    request: &AllocationRequest,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Option<AllocationResult>, AppError> {
    let instance = Instance::state(gathered, request, &request.what_if)?;
    let Some(planned) = plans(&instance, watch) else { return Ok(None) };
    let base = if request.what_if.is_nothing() {
        None
    } else {
        let before = Instance::state(gathered, request, &WhatIf::default())?;
        let Some(plans) = plans(&before, watch) else { return Ok(None) };
        Some(plans.iter().map(|planned| before.base(planned)).collect())
    };
    let taken = |one: &Pair| (one.graduate, one.vacancy);
    let mut held = gathered.held.clone();
    held.extend(instance.fixed_by.iter().cloned());
    held.sort_by_key(|one| taken(&Pair { graduate: one.graduate, vacancy: one.vacancy }));
    Ok(Some(AllocationResult {
        people: gathered.people.len(),
        vacancies: instance.vacancy_docs(gathered, request),
        skipped: instance.skipped(gathered),
        held,
        one_stable_plan: instance.preferences.shares_one_order(),
        ways: planned.iter().map(|planned| instance.way(gathered, request, planned)).collect(),
        base,
    }))
}

/// Every way's plan; `None` if whoever watches broke off.
fn plans(instance: &Instance, watch: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Option<Vec<Planned>> {
    let Instance { problem, preferences, .. } = instance;
    let best = maximum(problem, watch).ok()?;
    let (plan, friends) = honour_friends(problem, &best.plan, &instance.friends);
    let mut plans = vec![Planned { way: Way::Maximum, plan, best: Some(best), friends }];
    let graduates = stable(problem, preferences, Side::Graduates);
    let employers = (!preferences.shares_one_order()).then(|| stable(problem, preferences, Side::Employers));
    let employers = employers.filter(|plan| *plan != graduates);
    let planned = |(way, plan)| Planned { way, friends: instance.friends_together(&plan), plan, best: None };
    plans.push(planned((Way::StableGraduates, graduates)));
    plans.extend(employers.map(|plan| planned((Way::StableEmployers, plan))));
    Some(plans)
}

impl Instance {
    pub(super) fn graduate(&self, person: u32) -> Option<Uuid> {
        self.people.get(index(person)).map(|candidate| candidate.graduate.0)
    }

    pub(super) fn vacancy(&self, vacancy: u32) -> Option<Uuid> {
        self.vacancies.get(index(vacancy)).map(|one| one.row.id.0)
    }

    fn friends_together(&self, plan: &Plan) -> Vec<(u32, u32)> {
        let firm = |person: u32| plan.vacancy_of(&self.problem, person).and_then(|vacancy| self.problem.vacancies().get(index(vacancy)));
        let same = |(one, other): &(u32, u32)| firm(*one).zip(firm(*other)).is_some_and(|(one, other)| one.partner == other.partner);
        self.friends.iter().copied().filter(same).collect()
    }

    fn vacancy_docs(&self, gathered: &Gathered, request: &AllocationRequest) -> Vec<VacancyDoc> {
        debug_assert_eq!(gathered.vacancies.len(), self.vacancies.len());
        let doc = |one: &super::gather::OpenVacancy| VacancyDoc {
            vacancy: one.row.id.0,
            employer: one.row.employer_id.0,
            seats: one.seats,
            must_fill: request.must_fill.contains(&one.row.id.0),
            commitment: one.row.commitment_id.map(Uuid::from),
            assessable: one.demand.is_assessable(),
        };
        self.vacancies.iter().map(doc).collect()
    }

    /// Batches of which nobody can take part, beside the vacancies that could not.
    fn skipped(&self, gathered: &Gathered) -> Vec<SkippedDoc> {
        let numbers: FxHashMap<GraduateId, u32> = gathered.people.iter().copied().zip(0..).collect();
        let mut skipped = gathered.skipped.clone();
        for (batch, people) in &gathered.batches {
            let certified = |graduate: &GraduateId| gathered.candidates.get(graduate).is_some_and(|candidate| candidate.has_passed);
            let bound = |graduate: &GraduateId| !numbers.contains_key(graduate);
            let fixed = |graduate: &GraduateId| self.fixed.iter().any(|one| one.graduate == graduate.0);
            let has_edge = |graduate: &GraduateId| numbers.get(graduate).is_some_and(|person| !self.problem.edges_of(*person).is_empty());
            let reason = if people.is_empty() {
                SkipReason::Empty
            } else if !people.iter().any(certified) {
                SkipReason::NobodyCertified
            } else if !people.iter().any(|graduate| bound(graduate) || has_edge(graduate) || fixed(graduate)) {
                SkipReason::NobodyEligible
            } else {
                continue;
            };
            skipped.push(SkippedDoc { batch: Some(batch.0), vacancy: None, reason });
        }
        skipped
    }

    fn assignments(&self, plan: &Plan) -> Vec<AssignmentDoc> {
        let one = |person: u32| {
            let (vacancy, score) = self.problem.edge(plan.edge_of(person)?)?;
            let (candidate, open) = (self.people.get(index(person))?, self.vacancies.get(index(vacancy))?);
            // Nobody who objects to ranking and no list without units has a score.
            let scored = open.demand.is_assessable() && !candidate.objects_to_ranking;
            Some(AssignmentDoc {
                graduate: candidate.graduate.0,
                vacancy: open.row.id.0,
                score: Some(score).filter(|_| scored),
                metres: open.demand.metres_from(candidate.place),
                held: false,
            })
        };
        let mut all: Vec<AssignmentDoc> = (0..self.problem.people()).filter_map(one).chain(self.fixed.iter().cloned()).collect();
        all.sort_by_key(|one| one.graduate);
        all
    }

    fn figures(&self, assignments: &[AssignmentDoc], objections: usize) -> Figures {
        let employer_of: FxHashMap<Uuid, Uuid> = self.vacancies.iter().map(|one| (one.row.id.0, one.row.employer_id.0)).collect();
        let mut by_employer: Vec<(Uuid, usize)> = self.employers.iter().map(|employer| (*employer, 0)).collect();
        for one in assignments {
            let employer = employer_of.get(&one.vacancy);
            if let Some((_, count)) = by_employer.iter_mut().find(|(id, _)| Some(id) == employer) {
                *count += 1;
            }
        }
        let known = || assignments.iter().filter_map(|one| one.metres);
        Figures {
            placed: assignments.len(),
            total_score: assignments.iter().filter_map(|one| one.score).map(u64::from).sum(),
            lowest_score: assignments.iter().filter_map(|one| one.score).min(),
            metres: known().map(u64::from).sum(),
            metres_known: known().count(),
            by_employer: by_employer.into_iter().filter(|(_, count)| *count > 0).collect(),
            objections,
        }
    }

    fn base(&self, planned: &Planned) -> BaseDoc {
        let assignments = self.assignments(&planned.plan);
        let against = objections(&self.problem, &self.preferences, &planned.plan).len();
        BaseDoc {
            way: planned.way,
            figures: self.figures(&assignments, against),
            assignments: assignments.iter().map(|one| Pair { graduate: one.graduate, vacancy: one.vacancy }).collect(),
        }
    }

    fn way(&self, gathered: &Gathered, request: &AllocationRequest, planned: &Planned) -> WayDoc {
        let plan = &planned.plan;
        let assignments = self.assignments(plan);
        let against = objections(&self.problem, &self.preferences, plan);
        let objection = |one: &crate::engine::allocation::Objection| {
            Some(ObjectionDoc {
                graduate: self.graduate(one.person)?,
                vacancy: self.vacancy(one.vacancy)?,
                instead_of: one.instead_of.and_then(|vacancy| self.vacancy(vacancy)),
                displaces: one.displaces.and_then(|person| self.graduate(person)),
            })
        };
        let at_most = index(request.reserves);
        let reserve = |(vacancy, list): (u32, Vec<u32>)| {
            let people: Vec<Uuid> = list.into_iter().filter_map(|person| self.graduate(person)).collect();
            Some((self.vacancy(vacancy)?, people)).filter(|(_, people)| !people.is_empty())
        };
        let named = |(one, other): &(u32, u32)| self.graduate(*one).zip(self.graduate(*other));
        WayDoc {
            way: planned.way,
            figures: self.figures(&assignments, against.len()),
            unplaced: by_graduate(reasons::unplaced(self, gathered, plan, planned.best.as_ref())),
            empty_seats: reasons::empty_seats(self, gathered, plan),
            objections: {
                let mut listed: Vec<ObjectionDoc> = against.iter().take(MOST_OBJECTIONS).filter_map(objection).collect();
                listed.sort_by_key(|one| (one.graduate, one.vacancy));
                listed
            },
            reserves: (0..).zip(reserves(&self.problem, &self.preferences, plan, at_most)).filter_map(reserve).collect(),
            proof: planned.best.as_ref().map(|best| self.proof(best, plan)),
            friends_together: planned.friends.iter().filter_map(named).collect(),
            assignments,
        }
    }

    /// What places in lists without scores count for in a plan; no part of its score.
    fn order_points(&self, plan: &Plan) -> u64 {
        let taken = plan.edges().iter().flatten().filter_map(|edge| self.problem.edge(index(*edge)));
        let unscored = |(vacancy, _): &(u32, u16)| self.vacancies.get(index(*vacancy)).is_some_and(|one| !one.demand.is_assessable());
        taken.filter(unscored).map(|(_, points)| u64::from(points)).sum()
    }

    /// The check of the plan that is shown, done anew here: friends may have moved since the solver's own.
    fn proof(&self, best: &Maximum, plan: &Plan) -> ProofDoc {
        let proof = best.certificate.verify(&self.problem, plan);
        let verified = proof.is_ok();
        if let Err(flaw) = &proof {
            tracing::error!(%flaw, "a plan said to be best is not proven");
        }
        let proven = proof.ok();
        let price = |vacancy: u32| {
            let price = best.certificate.seat(vacancy)?;
            Some((self.vacancy(vacancy)?, price.placed, price.score)).filter(|(_, placed, score)| *placed != 0 || *score != 0)
        };
        let vacancies = u32::try_from(self.vacancies.len()).unwrap_or(u32::MAX);
        ProofDoc {
            verified,
            must_filled: proven.map_or(0, |proof| proof.must_filled),
            placed: proven.map_or(0, |proof| proof.placed),
            total: proven.map_or(0, |proof| proof.total.saturating_sub(self.order_points(plan))),
            seat_prices: (0..vacancies).filter_map(price).collect(),
        }
    }
}

fn by_graduate(mut unplaced: Vec<super::result::UnplacedDoc>) -> Vec<super::result::UnplacedDoc> {
    unplaced.sort_by_key(|one| one.graduate);
    unplaced
}
