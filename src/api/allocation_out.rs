//! What an allocation looks like on the wire: plain reasons first, what proves them under `details`.

use chrono::{DateTime, NaiveDate, Utc};
use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::language::spoken;
use crate::api::matches::NamedOut;
use crate::api::wire::{Code, EmptyReasonCode, HeldByCode, ObjectiveCode, SideCode, SkipReasonCode, UnplacedReasonCode, WayCode};
use crate::app::allocation::request::{Pair, Way};
use crate::app::allocation::result::{AllocationResult, Figures, WayDoc};
use crate::app::allocation::view::{AllocationView, JobName};
use crate::engine::allocation::{Objective, Side};
use crate::engine::id::VacancyId;
use crate::words::allocation as words;

/// A run and the plan of one way.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllocationOut {
    id: Uuid,
    office_id: Uuid,
    /// `running`, `done`, `cancelled`, `failed` or `interrupted`.
    status: String,
    /// Percent done.
    progress: i32,
    objective: ObjectiveCode,
    optimal_for: Option<SideCode>,
    /// Whether something was only tried out.
    is_simulation: bool,
    as_of: NaiveDate,
    policy: String,
    catalogue: String,
    seed: i64,
    chosen_way: Option<WayCode>,
    chosen_by: Option<Uuid>,
    chosen_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    version: i32,
    #[serde(flatten)]
    outcome: Option<OutcomeOut>,
}

/// What came of a run, in one way.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeOut {
    /// The way shown here; `?way=` shows another.
    way: WayCode,
    /// The plan in one sentence.
    summary: String,
    /// People who took part, held ones apart.
    people: usize,
    placed: usize,
    total_score: f64,
    lowest_score: Option<f64>,
    /// By graduate.
    assignments: Vec<AssignmentOut>,
    /// By graduate.
    unplaced: Vec<UnplacedOut>,
    empty_seats: Vec<EmptySeatOut>,
    /// Who would rather have whom, up to 1,000.
    objections: Vec<ObjectionOut>,
    objection_count: usize,
    /// Who comes next for each vacancy.
    reserves: Vec<ReserveOut>,
    /// Who was held to a vacancy before the plan was made.
    held: Vec<HeldOut>,
    /// What took no part.
    skipped: Vec<SkippedOut>,
    /// Friends who got the same firm.
    friends_together: Vec<[Uuid; 2]>,
    vacancies: Vec<AllocatedVacancyOut>,
    /// Names, of runs up to 5,000 people.
    graduates: Vec<NamedOut>,
    comparison: ComparisonOut,
    details: DetailsOut,
}

/// A seat given.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentOut {
    graduate_id: Uuid,
    vacancy_id: Uuid,
    /// `null` where nothing could be assessed.
    score: Option<f64>,
    /// Straight line.
    distance_m: Option<u32>,
    /// Whether it was fixed before the plan was made.
    fixed: bool,
}

/// Somebody without a seat.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnplacedOut {
    graduate_id: Uuid,
    reason: UnplacedReasonCode,
    /// The reason in a sentence.
    message: String,
    /// The vacancy the reason speaks of.
    vacancy_id: Option<Uuid>,
    /// Units that are missing or expired.
    units: Vec<String>,
    competition: Option<CompetitionOut>,
    /// What it would take to place this person instead of somebody else.
    chain: Option<ChainOut>,
}

/// So many people for so many seats.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompetitionOut {
    vacancy_ids: Vec<Uuid>,
    people: usize,
    seats: u64,
}

/// Moves that would place somebody instead of somebody else.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChainOut {
    moves: Vec<MoveOut>,
    displaced: Option<Uuid>,
    /// What the total score would lose.
    price: f64,
}

/// One move.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveOut {
    graduate_id: Uuid,
    vacancy_id: Uuid,
}

/// A vacancy with empty seats.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmptySeatOut {
    vacancy_id: Uuid,
    seats: u32,
    reason: EmptyReasonCode,
    message: String,
    /// The unit that most people near it lack, alone.
    unit: Option<String>,
    lacking: usize,
}

/// A person and a vacancy who would rather have each other.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionOut {
    graduate_id: Uuid,
    vacancy_id: Uuid,
    /// What the person got.
    instead_of: Option<Uuid>,
    /// Who would have to go; nobody where a seat is free.
    displaces: Option<Uuid>,
}

/// Who comes next for a vacancy.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReserveOut {
    vacancy_id: Uuid,
    graduate_ids: Vec<Uuid>,
}

/// Somebody held to a vacancy.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldOut {
    graduate_id: Uuid,
    vacancy_id: Uuid,
    by: HeldByCode,
    message: &'static str,
}

/// A batch or a vacancy that took no part.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkippedOut {
    batch_id: Option<Uuid>,
    vacancy_id: Option<Uuid>,
    reason: SkipReasonCode,
    message: &'static str,
}

/// A vacancy that took part.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllocatedVacancyOut {
    vacancy_id: Uuid,
    title: String,
    employer_id: Uuid,
    employer_name: String,
    /// Seats to give.
    seats: u32,
    /// Seats the plan gives.
    placed: usize,
    must_fill: bool,
    /// The promise it was posted under.
    commitment_id: Option<Uuid>,
    /// Seats promised there.
    promised: Option<i32>,
    /// Whether its graduates could be scored.
    assessable: bool,
}

/// The ways side by side.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonOut {
    ways: Vec<WayOut>,
    /// Who goes elsewhere by another way.
    differences: Vec<DifferenceOut>,
    /// Without what is tried out.
    base: Option<BaseOut>,
}

/// A way's figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayOut {
    way: WayCode,
    name: &'static str,
    placed: usize,
    total_score: f64,
    lowest_score: Option<f64>,
    /// Straight-line metres together.
    distance_m: u64,
    /// Of how many people the distance is known.
    distance_known: usize,
    objections: usize,
    by_partner: Vec<PartnerPlacedOut>,
}

/// How many a partner gets.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerPlacedOut {
    employer_id: Uuid,
    employer_name: String,
    placed: usize,
}

/// Where somebody goes by each way.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceOut {
    graduate_id: Uuid,
    /// The vacancy by way; a way that places them nowhere is left out.
    vacancy_by_way: std::collections::BTreeMap<&'static str, Uuid>,
}

/// The same without what is tried out.
#[derive(Debug, Serialize, ToSchema)]
pub struct BaseOut {
    ways: Vec<WayOut>,
    /// Whom the trial changes, in the way shown: vacancy before and after.
    changes: Vec<ChangeOut>,
}

/// What a trial changes for somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeOut {
    graduate_id: Uuid,
    before: Option<Uuid>,
    after: Option<Uuid>,
}

/// What stands behind the figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct DetailsOut {
    /// Whether both sides followed the score, so that one plan alone is stable.
    one_stable_plan: bool,
    /// What proves that no plan places more or scores higher; of the maximum alone.
    proof: Option<ProofOut>,
    request: serde_json::Value,
}

/// That no plan is better.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProofOut {
    /// Whether the check in this process held.
    verified: bool,
    must_filled: u64,
    placed: u64,
    total_score: f64,
    /// What one seat more would add, by vacancy.
    seat_prices: Vec<SeatPriceOut>,
}

/// What one seat more would add.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatPriceOut {
    vacancy_id: Uuid,
    people: i64,
    score: f64,
}

#[expect(clippy::cast_precision_loss, reason = "hundredths of points stay far below 2^52")]
fn points(hundredths: u64) -> f64 {
    hundredths as f64 / 100.0
}

impl AllocationOut {
    /// A run with the plan of a way: the one named, else the chosen one, else the one asked for.
    pub(super) fn of(view: AllocationView, way: Option<Way>) -> Self {
        let shown = way.or(view.chosen_way).unwrap_or(view.way);
        let outcome = view.result.as_ref().and_then(|result| OutcomeOut::of(&view, result, shown));
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

impl OutcomeOut {
    fn of(view: &AllocationView, result: &AllocationResult, way: Way) -> Option<Self> {
        let plan = result.way(way)?;
        let names: FxHashMap<Uuid, &str> = view.people.iter().map(|named| (named.id.0, named.display_name.as_str())).collect();
        let job = |id: Uuid| view.jobs.get(&VacancyId(id));
        let free: u64 = plan.empty_seats.iter().map(|one| u64::from(one.seats)).sum();
        let summary = words::headline(plan.figures.placed, result.people, free, plan.figures.objections, spoken());
        let unplaced = plan.unplaced.iter().map(|one| {
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
        });
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
    let one = |one: &crate::app::allocation::result::AssignmentDoc| AssignmentOut {
        graduate_id: one.graduate,
        vacancy_id: one.vacancy,
        score: one.score.map(|score| points(u64::from(score))),
        distance_m: one.metres,
        fixed: one.held,
    };
    plan.assignments.iter().map(one).collect()
}

fn empty_seats(plan: &WayDoc) -> Vec<EmptySeatOut> {
    let one = |one: &crate::app::allocation::result::EmptyDoc| EmptySeatOut {
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
    let one = |one: &crate::app::allocation::result::VacancyDoc| {
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
fn differences(result: &AllocationResult) -> Vec<DifferenceOut> {
    let mut by_graduate: std::collections::BTreeMap<Uuid, std::collections::BTreeMap<&'static str, Uuid>> = Default::default();
    for plan in &result.ways {
        for one in &plan.assignments {
            by_graduate.entry(one.graduate).or_default().insert(plan.way.code(), one.vacancy);
        }
    }
    let differs = |ways: &std::collections::BTreeMap<&'static str, Uuid>| {
        let mut vacancies = ways.values();
        let first = vacancies.next();
        ways.len() < result.ways.len() || vacancies.any(|vacancy| Some(vacancy) != first)
    };
    let some = by_graduate.into_iter().filter(|(_, ways)| differs(ways));
    some.map(|(graduate_id, vacancy_by_way)| DifferenceOut { graduate_id, vacancy_by_way }).collect()
}

/// Whom a trial changes.
fn changes(before: &[Pair], after: &WayDoc) -> Vec<ChangeOut> {
    let mut all: std::collections::BTreeMap<Uuid, (Option<Uuid>, Option<Uuid>)> = Default::default();
    before.iter().for_each(|one| all.entry(one.graduate).or_default().0 = Some(one.vacancy));
    after.assignments.iter().for_each(|one| all.entry(one.graduate).or_default().1 = Some(one.vacancy));
    let changed = all.into_iter().filter(|(_, (before, after))| before != after);
    changed.map(|(graduate_id, (before, after))| ChangeOut { graduate_id, before, after }).collect()
}
