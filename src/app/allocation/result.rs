//! What is kept of a run: every way side by side, by ids and codes alone.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::request::{Pair, Way};
use super::stored::coded;
pub use crate::engine::allocation::{EmptyReason, HeldBy, SkipReason, UnplacedReason};

/// A run's outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AllocationResult {
    /// How many people took part.
    pub people: usize,
    /// The vacancies that took part.
    pub vacancies: Vec<VacancyDoc>,
    /// What took no part, and why.
    pub skipped: Vec<SkippedDoc>,
    /// Who was held to a vacancy before.
    pub held: Vec<HeldDoc>,
    /// Whether both sides followed the score, so that one plan alone is stable.
    pub one_stable_plan: bool,
    /// The ways; the second stable one only where it differs.
    pub ways: Vec<WayDoc>,
    /// Without what is tried out: the same ways' figures and assignments.
    pub base: Option<Vec<BaseDoc>>,
}

/// A vacancy that took part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VacancyDoc {
    /// The vacancy.
    pub vacancy: Uuid,
    /// Whose.
    pub employer: Uuid,
    /// Seats to give, held ones apart.
    pub seats: u32,
    /// Whether it is filled first.
    pub must_fill: bool,
    /// The commitment it is posted under.
    pub commitment: Option<Uuid>,
    /// Whether its graduates could be scored.
    pub assessable: bool,
}

/// A batch or a vacancy that took no part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkippedDoc {
    /// The batch.
    pub batch: Option<Uuid>,
    /// The vacancy.
    pub vacancy: Option<Uuid>,
    /// Why.
    #[serde(with = "coded")]
    pub reason: SkipReason,
}

/// Somebody held to a vacancy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldDoc {
    /// Who.
    pub graduate: Uuid,
    /// To what.
    pub vacancy: Uuid,
    /// By what.
    #[serde(with = "coded")]
    pub by: HeldBy,
}

/// One way to allocate and what comes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WayDoc {
    /// Which.
    #[serde(with = "coded")]
    pub way: Way,
    /// The figures.
    pub figures: Figures,
    /// Who gets which seat, by graduate.
    pub assignments: Vec<AssignmentDoc>,
    /// Who gets none, by graduate.
    pub unplaced: Vec<UnplacedDoc>,
    /// Vacancies with an empty seat.
    pub empty_seats: Vec<EmptyDoc>,
    /// Who would rather have whom; at most [`MOST_OBJECTIONS`].
    pub objections: Vec<ObjectionDoc>,
    /// Who comes next for each vacancy.
    pub reserves: Vec<(Uuid, Vec<Uuid>)>,
    /// What proves that no plan places more or scores higher; of the maximum alone.
    pub proof: Option<ProofDoc>,
    /// Friends who got the same firm.
    pub friends_together: Vec<(Uuid, Uuid)>,
}

/// How many objections are listed; all are counted.
pub const MOST_OBJECTIONS: usize = 1_000;

/// The figures of a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// People placed, held ones apart.
    pub placed: usize,
    /// Sum of the scores, in hundredths.
    pub total_score: u64,
    /// Lowest score, in hundredths.
    pub lowest_score: Option<u16>,
    /// Straight-line metres together, of those whose distance is known.
    pub metres: u64,
    /// How many that are.
    pub metres_known: usize,
    /// People by employer.
    pub by_employer: Vec<(Uuid, usize)>,
    /// Pairs that would rather have each other.
    pub objections: usize,
}

/// A seat given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentDoc {
    /// To whom.
    pub graduate: Uuid,
    /// Of which vacancy.
    pub vacancy: Uuid,
    /// The score in hundredths; `None` where nothing could be assessed.
    pub score: Option<u16>,
    /// Straight-line metres.
    pub metres: Option<u32>,
    /// Held before the plan was made.
    pub held: bool,
}

/// Somebody without a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnplacedDoc {
    /// Who.
    pub graduate: Uuid,
    /// Why.
    #[serde(with = "coded")]
    pub reason: UnplacedReason,
    /// The vacancy the reason speaks of: the nearest to being had.
    pub vacancy: Option<Uuid>,
    /// Units that are missing or expired.
    pub units: Vec<String>,
    /// Who competes for what, where all seats are taken.
    pub competition: Option<CompetitionDoc>,
    /// What it would take to place this person instead of somebody else.
    pub chain: Option<ChainDoc>,
}

/// So many people for so many seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompetitionDoc {
    /// The vacancies that people could trade places in.
    pub vacancies: Vec<Uuid>,
    /// People who compete for them.
    pub people: usize,
    /// Their seats.
    pub seats: u64,
}

/// Moves that would place somebody instead of somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainDoc {
    /// Who would go where, the person themselves first.
    pub moves: Vec<Pair>,
    /// Who would lose their seat.
    pub displaced: Option<Uuid>,
    /// What the plan would lose, in hundredths of score.
    pub price: u64,
}

/// A vacancy with empty seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmptyDoc {
    /// The vacancy.
    pub vacancy: Uuid,
    /// How many seats.
    pub seats: u32,
    /// Why.
    #[serde(with = "coded")]
    pub reason: EmptyReason,
    /// The unit that most of the people near it lack.
    pub unit: Option<String>,
    /// How many lack that unit alone.
    pub lacking: usize,
}

/// A person and a vacancy who would rather have each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionDoc {
    /// The person.
    pub graduate: Uuid,
    /// What they would rather have.
    pub vacancy: Uuid,
    /// What they got.
    pub instead_of: Option<Uuid>,
    /// Who would have to go; nobody where a seat is free.
    pub displaces: Option<Uuid>,
}

/// That no plan is better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofDoc {
    /// Whether the check in this process held.
    pub verified: bool,
    /// Seats of must-fill vacancies proven to be the most.
    pub must_filled: u64,
    /// People proven to be the most.
    pub placed: u64,
    /// Score proven to be the highest for so many, in hundredths.
    pub total: u64,
    /// The price of one seat more, by vacancy: people and hundredths of score.
    pub seat_prices: Vec<(Uuid, i64, i64)>,
}

/// A way without what is tried out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BaseDoc {
    /// Which.
    #[serde(with = "coded")]
    pub way: Way,
    /// The figures.
    pub figures: Figures,
    /// Who got which seat.
    pub assignments: Vec<Pair>,
}

impl AllocationResult {
    /// One of the ways; where both stable plans are one, that one.
    #[must_use]
    pub fn way(&self, way: Way) -> Option<&WayDoc> {
        let find = |way| self.ways.iter().find(|one| one.way == way);
        find(way).or_else(|| find(Way::StableGraduates).filter(|_| way == Way::StableEmployers))
    }
}

/// The day a run speaks of and what it was scored by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The day.
    pub as_of: NaiveDate,
    /// Policy and its version.
    pub policy: String,
    /// Version of the catalogue.
    pub catalogue: String,
    /// Decides between equals.
    pub seed: i64,
}
