//! What an allocation is asked to do: who, where to, and by which rules of the office.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::stored::coded;
use crate::app::error::AppError;
use crate::app::field::Form;
use crate::engine::allocation::MAX_SCORE;
pub use crate::engine::allocation::{Unranked, Way};
use crate::words::refusal::Refusal;

/// A person and a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pair {
    /// The graduate.
    pub graduate: Uuid,
    /// The vacancy.
    pub vacancy: Uuid,
}

/// What an allocation is asked to do. It is stored as asked; ids are checked against the office when it runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AllocationRequest {
    /// The office, for an actor who has none.
    pub office: Option<Uuid>,
    /// Whose graduates.
    pub batches: Vec<Uuid>,
    /// To which vacancies; `None` is every open one of the office.
    pub vacancies: Option<Vec<Uuid>>,
    /// Which way is shown first, and chosen unless another is named.
    #[serde(with = "coded")]
    pub way: Way,
    /// Decides between equals.
    pub seed: i64,
    /// The least score of an assignment, in hundredths.
    pub minimum_score: Option<u16>,
    /// Assignments that stay as they are.
    pub fixed: Vec<Pair>,
    /// The most people any partner gets.
    pub most_per_partner: Option<u32>,
    /// The most people single partners get; wins over `most_per_partner`.
    pub partner_limits: Vec<(Uuid, u32)>,
    /// Vacancies whose seats are filled before any other's.
    pub must_fill: Vec<Uuid>,
    /// Pairs of graduates who would like the same firm.
    pub friends: Vec<(Uuid, Uuid)>,
    /// Whom vacancies would rather have, best first.
    pub rankings: Vec<(Uuid, Vec<Uuid>)>,
    /// What is thought of those a ranking does not name.
    #[serde(with = "coded")]
    pub unranked: Unranked,
    /// How many stand in reserve for a vacancy.
    pub reserves: u32,
    /// A run whose plan changes only where it is free.
    pub previous: Option<Uuid>,
    /// What is tried out.
    pub what_if: WhatIf,
}

/// Something to try out without touching data.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct WhatIf {
    /// Vacancies that would pay this monthly wage.
    pub wages: Vec<(Uuid, i64)>,
    /// Everybody would travel at least so many metres.
    pub radius_metres: Option<u32>,
    /// Required units that would not be asked; by one vacancy, or by all.
    pub dropped: Vec<(Option<Uuid>, String)>,
    /// Seats that vacancies would have more.
    pub extra_seats: Vec<(Uuid, u32)>,
    /// A shuttle would fetch people of a district; to one vacancy, or to all.
    pub shuttles: Vec<(String, Option<Uuid>)>,
}

impl WhatIf {
    /// Whether nothing is tried out.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// The most batches one run takes.
pub const MOST_BATCHES: usize = 10_000;
/// The most vacancies one run takes.
pub const MOST_VACANCIES: usize = 50_000;
/// The most entries of a list of rules.
const MOST_RULES: usize = 1_000;
/// The most people in reserve for one vacancy.
const MOST_RESERVES: u32 = 200;

impl AllocationRequest {
    /// Everybody of some batches to every open vacancy of the office, by the plain rules.
    #[must_use]
    pub fn of(batches: Vec<Uuid>, way: Way) -> Self {
        Self {
            office: None,
            batches,
            vacancies: None,
            way,
            seed: 0,
            minimum_score: None,
            fixed: Vec::new(),
            most_per_partner: None,
            partner_limits: Vec::new(),
            must_fill: Vec::new(),
            friends: Vec::new(),
            rankings: Vec::new(),
            unranked: Unranked::ByScore,
            reserves: 10,
            previous: None,
            what_if: WhatIf::default(),
        }
    }

    /// Refuses what cannot be meant, with the fields named.
    pub(super) fn check(&self) -> Result<(), AppError> {
        let mut form = Form::default();
        form.require(!self.batches.is_empty(), "/batch_ids", Refusal::FieldMissing { field: "batch_ids".to_owned() });
        let mut limit = |length: usize, most: usize, pointer: &str| {
            form.require(length <= most, pointer, Refusal::ListTooLong { limit: most });
        };
        limit(self.batches.len(), MOST_BATCHES, "/batch_ids");
        limit(self.vacancies.as_ref().map_or(0, Vec::len), MOST_VACANCIES, "/vacancy_ids");
        limit(self.fixed.len(), MOST_VACANCIES, "/fixed");
        limit(self.partner_limits.len(), MOST_RULES, "/partner_limits");
        limit(self.must_fill.len(), MOST_RULES, "/must_fill");
        limit(self.friends.len(), MOST_RULES, "/friends");
        limit(self.rankings.len(), MOST_RULES, "/rankings");
        limit(self.what_if.shuttles.len(), 20, "/what_if/shuttles");
        limit(self.what_if.wages.len(), MOST_RULES, "/what_if/wages");
        limit(self.what_if.extra_seats.len(), MOST_RULES, "/what_if/extra_seats");
        limit(self.what_if.dropped.len(), MOST_RULES, "/what_if/dropped_units");
        for (place, (_, named)) in self.rankings.iter().enumerate() {
            form.require(named.len() <= 10_000, &format!("/rankings/{place}/graduate_ids"), Refusal::ListTooLong { limit: 10_000 });
        }
        let in_range = self.minimum_score.is_none_or(|score| score <= MAX_SCORE);
        form.require(in_range, "/minimum_score", Refusal::NumberOutOfRange { low: 0, high: 100 });
        form.require(self.reserves <= MOST_RESERVES, "/reserves", Refusal::NumberOutOfRange { low: 0, high: i64::from(MOST_RESERVES) });
        for (place, (_, wage)) in self.what_if.wages.iter().enumerate() {
            let sound = (1..=1_000_000_000).contains(wage);
            form.require(sound, &format!("/what_if/wages/{place}/monthly_wage"), Refusal::NumberOutOfRange { low: 1, high: 1_000_000_000 });
        }
        for (place, (_, seats)) in self.what_if.extra_seats.iter().enumerate() {
            let sound = (1..=10_000).contains(seats);
            form.require(sound, &format!("/what_if/extra_seats/{place}/seats"), Refusal::NumberOutOfRange { low: 1, high: 10_000 });
        }
        for (place, (one, other)) in self.friends.iter().enumerate() {
            form.require(one != other, &format!("/friends/{place}"), Refusal::FriendOfOneself);
        }
        form.done()
    }
}
