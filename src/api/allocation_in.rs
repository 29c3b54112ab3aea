//! What an allocation request looks like on the wire.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::problem::Problem;
use crate::api::wire::{ObjectiveCode, SideCode, UnrankedCode};
use crate::app::allocation::request::{AllocationRequest, Pair, Unranked, Way, WhatIf};
use crate::engine::allocation::{Objective, Side};
use crate::words::refusal::Refusal;

/// What to allocate, and by which rules.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocationIn {
    /// Whose graduates.
    batch_ids: Vec<Uuid>,
    /// To which vacancies; every open one of the office if left out.
    vacancy_ids: Option<Vec<Uuid>>,
    objective: ObjectiveCode,
    /// Whose best stable plan; the graduates' if left out.
    optimal_for: Option<SideCode>,
    /// Decides between equals; recorded with the run.
    seed: Option<i64>,
    /// The office, for an actor who has none.
    office_id: Option<Uuid>,
    /// The least score of an assignment, 0 to 100.
    minimum_score: Option<f64>,
    /// Assignments that stay as they are.
    #[serde(default)]
    fixed: Vec<PairIn>,
    /// The most people any partner gets.
    most_per_partner: Option<u32>,
    /// The most people single partners get.
    #[serde(default)]
    partner_limits: Vec<PartnerLimitIn>,
    /// Vacancies whose seats are filled first; of the maximum alone.
    #[serde(default)]
    must_fill: Vec<Uuid>,
    /// Pairs of graduates who would like the same firm.
    #[serde(default)]
    friends: Vec<[Uuid; 2]>,
    /// Whom vacancies would rather have, best first.
    #[serde(default)]
    rankings: Vec<RankingIn>,
    /// What is thought of those a ranking does not name; `by_score` if left out.
    unranked: Option<UnrankedCode>,
    /// How many stand in reserve for a vacancy; 10 if left out.
    reserves: Option<u32>,
    /// A run whose plan changes only where it is free.
    previous_id: Option<Uuid>,
    /// Something to try out without touching data.
    what_if: Option<WhatIfIn>,
}

/// A graduate and a vacancy.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairIn {
    graduate_id: Uuid,
    vacancy_id: Uuid,
}

/// The most people a partner gets.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerLimitIn {
    employer_id: Uuid,
    most: u32,
}

/// Whom a vacancy would rather have.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RankingIn {
    vacancy_id: Uuid,
    /// Best first.
    graduate_ids: Vec<Uuid>,
}

/// Something to try out.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfIn {
    /// Vacancies that would pay another wage.
    #[serde(default)]
    wages: Vec<WageIn>,
    /// Everybody would travel at least so far.
    #[schema(minimum = 0, maximum = 5000)]
    radius_km: Option<u32>,
    /// Units that would not be asked.
    #[serde(default)]
    dropped_units: Vec<DroppedIn>,
    /// Vacancies that would have more seats.
    #[serde(default)]
    extra_seats: Vec<ExtraSeatsIn>,
    /// Districts that a shuttle would serve.
    #[serde(default)]
    shuttles: Vec<ShuttleIn>,
}

/// A wage to try out.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WageIn {
    vacancy_id: Uuid,
    /// Whole rupiah a month.
    monthly_wage: i64,
}

/// A unit that would not be asked.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DroppedIn {
    /// By this vacancy; by all if left out.
    vacancy_id: Option<Uuid>,
    unit: String,
}

/// Seats that a vacancy would have more.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtraSeatsIn {
    vacancy_id: Uuid,
    seats: u32,
}

/// A shuttle from a district.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShuttleIn {
    /// Kemendagri code of the district whose people it would fetch.
    district: String,
    /// To this vacancy; to all if left out.
    vacancy_id: Option<Uuid>,
}

impl AllocationIn {
    /// The request as the use case takes it.
    pub(super) fn request(self) -> Result<AllocationRequest, Problem> {
        let way = match (self.objective.0, self.optimal_for.map(|side| side.0)) {
            (Objective::Maximum, _) => Way::Maximum,
            (Objective::Stable, None | Some(Side::Graduates)) => Way::StableGraduates,
            (Objective::Stable, Some(Side::Employers)) => Way::StableEmployers,
        };
        let plain = AllocationRequest::of(self.batch_ids, way);
        let minimum_score = self
            .minimum_score
            .map(|score| points(score).ok_or_else(|| Problem::field("/minimum_score", Refusal::NumberOutOfRange { low: 0, high: 100 })));
        let what_if = self.what_if.unwrap_or_default();
        Ok(AllocationRequest {
            office: self.office_id,
            vacancies: self.vacancy_ids,
            seed: self.seed.unwrap_or(1),
            minimum_score: minimum_score.transpose()?,
            fixed: self.fixed.iter().map(|pair| Pair { graduate: pair.graduate_id, vacancy: pair.vacancy_id }).collect(),
            most_per_partner: self.most_per_partner,
            partner_limits: self.partner_limits.iter().map(|limit| (limit.employer_id, limit.most)).collect(),
            must_fill: self.must_fill,
            friends: self.friends.iter().map(|[one, other]| (*one, *other)).collect(),
            rankings: self.rankings.into_iter().map(|ranking| (ranking.vacancy_id, ranking.graduate_ids)).collect(),
            unranked: self.unranked.map_or(Unranked::ByScore, |unranked| unranked.0),
            reserves: self.reserves.unwrap_or(plain.reserves),
            previous: self.previous_id,
            what_if: WhatIf {
                wages: what_if.wages.iter().map(|wage| (wage.vacancy_id, wage.monthly_wage)).collect(),
                radius_metres: what_if.radius_km.map(|km| km.saturating_mul(1000)),
                dropped: what_if.dropped_units.into_iter().map(|dropped| (dropped.vacancy_id, dropped.unit)).collect(),
                extra_seats: what_if.extra_seats.iter().map(|extra| (extra.vacancy_id, extra.seats)).collect(),
                shuttles: what_if.shuttles.into_iter().map(|shuttle| (shuttle.district, shuttle.vacancy_id)).collect(),
            },
            ..plain
        })
    }
}

/// Points as integer hundredths.
fn points(score: f64) -> Option<u16> {
    format!("{:.0}", score * 100.0).parse().ok().filter(|hundredths: &u16| *hundredths <= 10_000)
}
