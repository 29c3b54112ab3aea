//! What an allocation looks like on the wire: plain reasons first, what proves them under `details`.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::matches::NamedOut;
use crate::api::wire::{EmptyReasonCode, HeldByCode, ObjectiveCode, SideCode, SkipReasonCode, UnplacedReasonCode, WayCode};

/// A run and the plan of one way.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllocationOut {
    pub(in crate::api) id: Uuid,
    pub(in crate::api) office_id: Uuid,
    /// `running`, `done`, `cancelled`, `failed` or `interrupted`.
    pub(in crate::api) status: String,
    /// Percent done.
    pub(in crate::api) progress: i32,
    pub(in crate::api) objective: ObjectiveCode,
    pub(in crate::api) optimal_for: Option<SideCode>,
    /// Whether something was only tried out.
    pub(in crate::api) is_simulation: bool,
    pub(in crate::api) as_of: NaiveDate,
    pub(in crate::api) policy: String,
    pub(in crate::api) catalogue: String,
    pub(in crate::api) seed: i64,
    pub(in crate::api) chosen_way: Option<WayCode>,
    pub(in crate::api) chosen_by: Option<Uuid>,
    pub(in crate::api) chosen_at: Option<DateTime<Utc>>,
    pub(in crate::api) created_at: DateTime<Utc>,
    pub(in crate::api) finished_at: Option<DateTime<Utc>>,
    pub(in crate::api) version: i32,
    #[serde(flatten)]
    pub(in crate::api) outcome: Option<PlanOut>,
}

/// What came of a run, in one way.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanOut {
    /// The way shown here; `?way=` shows another.
    pub(in crate::api) way: WayCode,
    /// The plan in one sentence.
    pub(in crate::api) summary: String,
    /// People who took part, held ones apart.
    pub(in crate::api) people: usize,
    pub(in crate::api) placed: usize,
    pub(in crate::api) total_score: f64,
    pub(in crate::api) lowest_score: Option<f64>,
    /// By graduate.
    pub(in crate::api) assignments: Vec<AssignmentOut>,
    /// By graduate.
    pub(in crate::api) unplaced: Vec<UnplacedOut>,
    pub(in crate::api) empty_seats: Vec<EmptySeatOut>,
    /// Who would rather have whom, up to 1,000.
    pub(in crate::api) objections: Vec<ObjectionOut>,
    pub(in crate::api) objection_count: usize,
    /// Who comes next for each vacancy.
    pub(in crate::api) reserves: Vec<ReserveOut>,
    /// Who was held to a vacancy before the plan was made.
    pub(in crate::api) held: Vec<HeldOut>,
    /// What took no part.
    pub(in crate::api) skipped: Vec<SkippedOut>,
    /// Friends who got the same firm.
    pub(in crate::api) friends_together: Vec<[Uuid; 2]>,
    pub(in crate::api) vacancies: Vec<AllocatedVacancyOut>,
    /// Names, of runs up to 5,000 people.
    pub(in crate::api) graduates: Vec<NamedOut>,
    pub(in crate::api) comparison: ComparisonOut,
    pub(in crate::api) details: DetailsOut,
}

/// A seat given.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentOut {
    pub(in crate::api) graduate_id: Uuid,
    pub(in crate::api) vacancy_id: Uuid,
    /// `null` where nothing could be assessed.
    pub(in crate::api) score: Option<f64>,
    /// Straight line.
    pub(in crate::api) distance_m: Option<u32>,
    /// Whether it was fixed before the plan was made.
    pub(in crate::api) fixed: bool,
}

/// Somebody without a seat.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnplacedOut {
    pub(in crate::api) graduate_id: Uuid,
    pub(in crate::api) reason: UnplacedReasonCode,
    /// The reason in a sentence.
    pub(in crate::api) message: String,
    /// The vacancy the reason speaks of.
    pub(in crate::api) vacancy_id: Option<Uuid>,
    /// Units that are missing or expired.
    pub(in crate::api) units: Vec<String>,
    pub(in crate::api) competition: Option<CompetitionOut>,
    /// What it would take to place this person instead of somebody else.
    pub(in crate::api) chain: Option<ChainOut>,
}

/// So many people for so many seats.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompetitionOut {
    pub(in crate::api) vacancy_ids: Vec<Uuid>,
    pub(in crate::api) people: usize,
    pub(in crate::api) seats: u64,
}

/// Moves that would place somebody instead of somebody else.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChainOut {
    pub(in crate::api) moves: Vec<MoveOut>,
    pub(in crate::api) displaced: Option<Uuid>,
    /// What the total score would lose.
    pub(in crate::api) price: f64,
}

/// One move.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveOut {
    pub(in crate::api) graduate_id: Uuid,
    pub(in crate::api) vacancy_id: Uuid,
}

/// A vacancy with empty seats.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmptySeatOut {
    pub(in crate::api) vacancy_id: Uuid,
    pub(in crate::api) seats: u32,
    pub(in crate::api) reason: EmptyReasonCode,
    pub(in crate::api) message: String,
    /// The unit that most people near it lack, alone.
    pub(in crate::api) unit: Option<String>,
    pub(in crate::api) lacking: usize,
}

/// A person and a vacancy who would rather have each other.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionOut {
    pub(in crate::api) graduate_id: Uuid,
    pub(in crate::api) vacancy_id: Uuid,
    /// What the person got.
    pub(in crate::api) instead_of: Option<Uuid>,
    /// Who would have to go; nobody where a seat is free.
    pub(in crate::api) displaces: Option<Uuid>,
}

/// Who comes next for a vacancy.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReserveOut {
    pub(in crate::api) vacancy_id: Uuid,
    pub(in crate::api) graduate_ids: Vec<Uuid>,
}

/// Somebody held to a vacancy.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldOut {
    pub(in crate::api) graduate_id: Uuid,
    pub(in crate::api) vacancy_id: Uuid,
    pub(in crate::api) by: HeldByCode,
    pub(in crate::api) message: &'static str,
}

/// A batch or a vacancy that took no part.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkippedOut {
    pub(in crate::api) batch_id: Option<Uuid>,
    pub(in crate::api) vacancy_id: Option<Uuid>,
    pub(in crate::api) reason: SkipReasonCode,
    pub(in crate::api) message: &'static str,
}

/// A vacancy that took part.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllocatedVacancyOut {
    pub(in crate::api) vacancy_id: Uuid,
    pub(in crate::api) title: String,
    pub(in crate::api) employer_id: Uuid,
    pub(in crate::api) employer_name: String,
    /// Seats to give.
    pub(in crate::api) seats: u32,
    /// Seats the plan gives.
    pub(in crate::api) placed: usize,
    pub(in crate::api) must_fill: bool,
    /// The promise it was posted under.
    pub(in crate::api) commitment_id: Option<Uuid>,
    /// Seats promised there.
    pub(in crate::api) promised: Option<i32>,
    /// Whether its graduates could be scored.
    pub(in crate::api) assessable: bool,
}

/// The ways side by side.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonOut {
    pub(in crate::api) ways: Vec<WayOut>,
    /// Who goes elsewhere by another way.
    pub(in crate::api) differences: Vec<WayDifferenceOut>,
    /// Without what is tried out.
    pub(in crate::api) base: Option<BaseOut>,
}

/// A way's figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayOut {
    pub(in crate::api) way: WayCode,
    pub(in crate::api) name: &'static str,
    pub(in crate::api) placed: usize,
    pub(in crate::api) total_score: f64,
    pub(in crate::api) lowest_score: Option<f64>,
    /// Straight-line metres together.
    pub(in crate::api) distance_m: u64,
    /// Of how many people the distance is known.
    pub(in crate::api) distance_known: usize,
    pub(in crate::api) objections: usize,
    pub(in crate::api) by_partner: Vec<PartnerPlacedOut>,
}

/// How many a partner gets.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerPlacedOut {
    pub(in crate::api) employer_id: Uuid,
    pub(in crate::api) employer_name: String,
    pub(in crate::api) placed: usize,
}

/// Where somebody goes by each way.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayDifferenceOut {
    pub(in crate::api) graduate_id: Uuid,
    /// The vacancy by way; a way that places them nowhere is left out.
    pub(in crate::api) vacancy_by_way: std::collections::BTreeMap<&'static str, Uuid>,
}

/// The same without what is tried out.
#[derive(Debug, Serialize, ToSchema)]
pub struct BaseOut {
    pub(in crate::api) ways: Vec<WayOut>,
    /// Whom the trial changes, in the way shown: vacancy before and after.
    pub(in crate::api) changes: Vec<SeatChangeOut>,
}

/// What a trial changes for somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatChangeOut {
    pub(in crate::api) graduate_id: Uuid,
    pub(in crate::api) before: Option<Uuid>,
    pub(in crate::api) after: Option<Uuid>,
}

/// What stands behind the figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct DetailsOut {
    /// Whether both sides followed the score, so that one plan alone is stable.
    pub(in crate::api) one_stable_plan: bool,
    /// What proves that no plan places more or scores higher; of the maximum alone.
    pub(in crate::api) proof: Option<ProofOut>,
    pub(in crate::api) request: serde_json::Value,
}

/// That no plan is better.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProofOut {
    /// Whether the check in this process held.
    pub(in crate::api) verified: bool,
    pub(in crate::api) must_filled: u64,
    pub(in crate::api) placed: u64,
    pub(in crate::api) total_score: f64,
    /// What one seat more would add, by vacancy.
    pub(in crate::api) seat_prices: Vec<SeatPriceOut>,
}

/// What one seat more would add.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatPriceOut {
    pub(in crate::api) vacancy_id: Uuid,
    pub(in crate::api) people: i64,
    pub(in crate::api) score: f64,
}
