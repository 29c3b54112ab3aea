//! Shows a run: figures in points, codes with their sentences, names beside ids.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use uuid::Uuid;

use crate::api::allocation_out::*;
use crate::api::language::spoken;
use crate::api::matches::NamedOut;
use crate::api::wire::Code;
use crate::app::allocation::request::{Pair, Way};
use crate::app::allocation::result::{AllocationResult, AssignmentDoc, EmptyDoc, Figures, UnplacedDoc, VacancyDoc, WayDoc};
use crate::app::allocation::view::{AllocationView, JobName};
use crate::engine::allocation::{Objective, Side};
use crate::engine::id::VacancyId;
use crate::words::allocation as words;

#[expect(clippy::cast_precision_loss, reason = "hundredths of points stay far below 2^52")]
fn points(hundredths: u64) -> f64 {
    hundredths as f64 / 100.0
}

impl AllocationOut {
    /// A run with the plan of a way: the one named, else the chosen one, else the one asked for.
    pub(super) fn of(view: AllocationView, way: Option<Way>) -> Self {
        let shown = way.or(view.chosen_way).unwrap_or(view.way);
        let outcome = view.result.as_ref().and_then(|result| PlanOut::of(&view, result, shown));
        let (objective, optimal_for) = match view.way {
            Way::Maximum => (Objective::Maximum, None),
            Way::StableGraduates => (Objective::Stable, Some(Side::Graduates)),
            Way::StableEmployers => (Objective::Stable, Some(Side::Employers)),
        };
        Self {
            id: view.id.0,
            office_id: view.office.0,
            status: view.status,
            progress: view.progress,
            objective: Code(objective),
            optimal_for: optimal_for.map(Code),
            is_simulation: view.is_simulation,
            as_of: view.as_of,
            policy: view.policy,
            catalogue: view.catalogue,
            seed: view.seed,
            chosen_way: view.chosen_way.map(Code),
            chosen_by: view.chosen_by.map(Uuid::from),
            chosen_at: view.chosen_at,
            created_at: view.created_at,
            finished_at: view.finished_at,
            version: view.version,
            outcome,
        }
    }
}

impl PlanOut {
    fn of(view: &AllocationView, result: &AllocationResult, way: Way) -> Option<Self> {
        let plan = result.way(way)?;
        let names: FxHashMap<Uuid, &str> = view.people.iter().map(|named| (named.id.0, named.display_name.as_str())).collect();
        let free: u64 = plan.empty_seats.iter().map(|one| u64::from(one.seats)).sum();
        let summary = words::headline(plan.figures.placed, result.people, free, plan.figures.objections, spoken());
        let unplaced = plan.unplaced.iter().map(|one| unplaced(view, &names, one));
        Some(Self {
            way: Code(plan.way),
            summary,
            people: result.people,
            placed: plan.figures.placed,
            total_score: points(plan.figures.total_score),
            lowest_score: plan.figures.lowest_score.map(|score| points(u64::from(score))),
            assignments: assignments(plan),
            unplaced: unplaced.collect(),
            empty_seats: empty_seats(plan),
            objections: plan
                .objections
                .iter()
                .map(|one| ObjectionOut {
                    graduate_id: one.graduate,
                    vacancy_id: one.vacancy,
                    instead_of: one.instead_of,
                    displaces: one.displaces,
                })
                .collect(),
            objection_count: plan.figures.objections,
            reserves: plan
                .reserves
                .iter()
                .map(|(vacancy_id, list)| ReserveOut { vacancy_id: *vacancy_id, graduate_ids: list.clone() })
                .collect(),
            held: result
                .held
                .iter()
                .map(|one| HeldOut {
                    graduate_id: one.graduate,
                    vacancy_id: one.vacancy,
                    by: Code(one.by),
                    message: words::held(one.by, spoken()),
                })
                .collect(),
            skipped: result
                .skipped
                .iter()
                .map(|one| SkippedOut {
                    batch_id: one.batch,
                    vacancy_id: one.vacancy,
                    reason: Code(one.reason),
                    message: words::skipped(one.reason, spoken()),
                })
                .collect(),
            friends_together: plan.friends_together.iter().map(|(one, other)| [*one, *other]).collect(),
            vacancies: vacancies(view, result, plan),
            graduates: view.people.iter().cloned().map(NamedOut::from).collect(),
            comparison: ComparisonOut::of(view, result, plan),
            details: DetailsOut {
                one_stable_plan: result.one_stable_plan,
                proof: plan.proof.as_ref().map(|proof| ProofOut {
                    verified: proof.verified,
                    must_filled: proof.must_filled,
                    placed: proof.placed,
                    total_score: points(proof.total),
                    seat_prices: proof
                        .seat_prices
                        .iter()
                        .map(|(vacancy_id, people, score)| SeatPriceOut { vacancy_id: *vacancy_id, people: *people, score: signed(*score) })
                        .collect(),
                }),
                request: view.request.as_ref().and_then(|request| serde_json::to_value(request).ok()).unwrap_or_default(),
            },
        })
    }
}

fn signed(hundredths: i64) -> f64 {
    let size = points(hundredths.unsigned_abs());
    if hundredths < 0 { -size } else { size }
}

fn assignments(plan: &WayDoc) -> Vec<AssignmentOut> {
    let one = |one: &AssignmentDoc| AssignmentOut {
        graduate_id: one.graduate,
        vacancy_id: one.vacancy,
        score: one.score.map(|score| points(u64::from(score))),
        distance_m: one.metres,
        fixed: one.held,
    };
    plan.assignments.iter().map(one).collect()
}

fn empty_seats(plan: &WayDoc) -> Vec<EmptySeatOut> {
    let one = |one: &EmptyDoc| EmptySeatOut {
        vacancy_id: one.vacancy,
        seats: one.seats,
        reason: Code(one.reason),
        message: words::empty(one.reason, one.unit.as_deref(), one.lacking, spoken()),
        unit: one.unit.clone(),
        lacking: one.lacking,
    };
    plan.empty_seats.iter().map(one).collect()
}

fn vacancies(view: &AllocationView, result: &AllocationResult, plan: &WayDoc) -> Vec<AllocatedVacancyOut> {
    let mut placed: FxHashMap<Uuid, usize> = FxHashMap::default();
    for one in &plan.assignments {
        *placed.entry(one.vacancy).or_default() += 1;
    }
    let named = |id: Uuid| view.jobs.get(&VacancyId(id)).cloned();
    let one = |one: &VacancyDoc| {
        let JobName { title, employer_name, .. } = named(one.vacancy)?;
        Some(AllocatedVacancyOut {
            vacancy_id: one.vacancy,
            title,
            employer_id: one.employer,
            employer_name,
            seats: one.seats,
            placed: placed.get(&one.vacancy).copied().unwrap_or(0),
            must_fill: one.must_fill,
            commitment_id: one.commitment,
            promised: one.commitment.and_then(|commitment| view.promised.get(&commitment).copied()),
            assessable: one.assessable,
        })
    };
    result.vacancies.iter().filter_map(one).collect()
}

impl ComparisonOut {
    fn of(view: &AllocationView, result: &AllocationResult, shown: &WayDoc) -> Self {
        let employers: FxHashMap<Uuid, &str> = view.jobs.values().map(|job| (job.employer.0, job.employer_name.as_str())).collect();
        let way = |way: Way, figures: &Figures| WayOut {
            way: Code(way),
            name: words::way(way, spoken()),
            placed: figures.placed,
            total_score: points(figures.total_score),
            lowest_score: figures.lowest_score.map(|score| points(u64::from(score))),
            distance_m: figures.metres,
            distance_known: figures.metres_known,
            objections: figures.objections,
            by_partner: figures
                .by_employer
                .iter()
                .map(|(employer, placed)| PartnerPlacedOut {
                    employer_id: *employer,
                    employer_name: employers.get(employer).copied().unwrap_or_default().to_owned(),
                    placed: *placed,
                })
                .collect(),
        };
        let base = result.base.as_ref().map(|base| BaseOut {
            ways: base.iter().map(|one| way(one.way, &one.figures)).collect(),
            changes: base.iter().find(|one| one.way == shown.way).map(|one| changes(&one.assignments, shown)).unwrap_or_default(),
        });
        Self { ways: result.ways.iter().map(|one| way(one.way, &one.figures)).collect(), differences: differences(result), base }
    }
}

/// Who goes elsewhere by another way.
fn differences(result: &AllocationResult) -> Vec<WayDifferenceOut> {
    let mut by_graduate: BTreeMap<Uuid, BTreeMap<&'static str, Uuid>> = Default::default();
    for plan in &result.ways {
        for one in &plan.assignments {
            by_graduate.entry(one.graduate).or_default().insert(plan.way.code(), one.vacancy);
        }
    }
    let differs = |ways: &BTreeMap<&'static str, Uuid>| {
        let mut vacancies = ways.values();
        let first = vacancies.next();
        ways.len() < result.ways.len() || vacancies.any(|vacancy| Some(vacancy) != first)
    };
    let some = by_graduate.into_iter().filter(|(_, ways)| differs(ways));
    some.map(|(graduate_id, vacancy_by_way)| WayDifferenceOut { graduate_id, vacancy_by_way }).collect()
}

/// Whom a trial changes.
fn changes(before: &[Pair], after: &WayDoc) -> Vec<SeatChangeOut> {
    let mut all: BTreeMap<Uuid, (Option<Uuid>, Option<Uuid>)> = Default::default();
    before.iter().for_each(|one| all.entry(one.graduate).or_default().0 = Some(one.vacancy));
    after.assignments.iter().for_each(|one| all.entry(one.graduate).or_default().1 = Some(one.vacancy));
    let changed = all.into_iter().filter(|(_, (before, after))| before != after);
    changed.map(|(graduate_id, (before, after))| SeatChangeOut { graduate_id, before, after }).collect()
}

fn unplaced(view: &AllocationView, names: &FxHashMap<Uuid, &str>, one: &UnplacedDoc) -> UnplacedOut {
    let job = |id: Uuid| view.jobs.get(&VacancyId(id));
    let facts = words::Facts {
        job: one.vacancy.and_then(job).map(|job| job.title.as_str()),
        units: &one.units,
        competition: one.competition.as_ref().map(|these| (these.people, these.seats)),
        displaced: one.chain.as_ref().and_then(|chain| names.get(&chain.displaced?).copied()),
        price: one.chain.as_ref().map(|chain| chain.price),
    };
    UnplacedOut {
        graduate_id: one.graduate,
        reason: Code(one.reason),
        message: words::unplaced(one.reason, facts, spoken()),
        vacancy_id: one.vacancy,
        units: one.units.clone(),
        competition: one.competition.as_ref().map(|these| CompetitionOut {
            vacancy_ids: these.vacancies.clone(),
            people: these.people,
            seats: these.seats,
        }),
        chain: one.chain.as_ref().map(|chain| ChainOut {
            moves: chain.moves.iter().map(|one| MoveOut { graduate_id: one.graduate, vacancy_id: one.vacancy }).collect(),
            displaced: chain.displaced,
            price: points(chain.price),
        }),
    }
}
