//! From a plan to offers or referrals, in one step; one person refused hinders no other.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use super::request::Way;
use super::result::{HeldBy, WayDoc};
use crate::app::error::AppError;
use crate::app::referrals::{BULK, Referred};
use crate::app::sending::{Bulk, BulkOutcome};
use crate::app::work::Work;
use crate::engine::id::{AllocationId, GraduateId, VacancyId};
use crate::store::entity::allocation;
use crate::words::refusal::Refusal;

/// How long somebody may think about an offer unless staff say otherwise, in days.
const DAYS_TO_ANSWER: i64 = 7;

/// How a plan's offers are made.
#[derive(Debug, Clone, Default)]
pub struct OffersOfPlan {
    /// The way to choose, where none was chosen yet.
    pub way: Option<Way>,
    /// Last day to answer; a week from today unless named.
    pub expires_on: Option<NaiveDate>,
    /// Whether to send each at once.
    pub send: bool,
    /// Why staff offer without referrals.
    pub override_reason: Option<String>,
}

/// What became of one assignment.
#[derive(Debug, Clone)]
pub struct OfferedSeat {
    /// The vacancy.
    pub vacancy: VacancyId,
    /// The graduate.
    pub graduate: GraduateId,
    /// What became of it.
    pub outcome: BulkOutcome,
}

/// What became of one assignment's referral.
#[derive(Debug, Clone)]
pub struct ReferredSeat {
    /// The vacancy.
    pub vacancy: VacancyId,
    /// The graduate.
    pub graduate: GraduateId,
    /// What became of it.
    pub outcome: Referred,
}

impl Work<'_> {
    /// Drafts, and sends if asked, an offer for every assignment of a plan, choosing the plan if none was chosen.
    pub async fn offers_of_allocation(&self, id: AllocationId, how: &OffersOfPlan) -> Result<Vec<OfferedSeat>, AppError> {
        let expires_on = how.expires_on.unwrap_or(self.today() + Duration::days(DAYS_TO_ANSWER));
        if expires_on < self.today() {
            return Err(AppError::field("/expires_on", Refusal::DatePast));
        }
        let mut done = Vec::new();
        for (vacancy, graduates) in self.seats_to_fill(id, how.way).await? {
            for some in graduates.chunks(BULK) {
                let bulk =
                    Bulk { vacancy, graduates: some.to_vec(), expires_on, send: how.send, override_reason: how.override_reason.clone() };
                let outcomes = self.offer_many(&bulk).await?;
                done.extend(outcomes.into_iter().map(|(graduate, outcome)| OfferedSeat { vacancy, graduate, outcome }));
            }
        }
        Ok(done)
    }

    /// Refers every person of a plan to the vacancy it gives them, choosing the plan if none was chosen.
    pub async fn referrals_of_allocation(&self, id: AllocationId, way: Option<Way>) -> Result<Vec<ReferredSeat>, AppError> {
        let mut done = Vec::new();
        for (vacancy, graduates) in self.seats_to_fill(id, way).await? {
            for some in graduates.chunks(BULK) {
                let referred = match self.refer(vacancy, some).await {
                    Ok(referred) => referred,
                    // A vacancy that closed meanwhile takes nobody; the others go on.
                    Err(AppError::Refused(refusal)) => some.iter().map(|one| (*one, Referred::Refused(refusal.clone()))).collect(),
                    Err(other) => return Err(other),
                };
                done.extend(referred.into_iter().map(|(graduate, outcome)| ReferredSeat { vacancy, graduate, outcome }));
            }
        }
        Ok(done)
    }

    /// The plan's people by vacancy, those left out whom a placement or a live offer held before. All are locked, in one order.
    async fn seats_to_fill(&self, id: AllocationId, way: Option<Way>) -> Result<BTreeMap<VacancyId, Vec<GraduateId>>, AppError> {
        let row = self.locked::<allocation::Entity>(id).await?;
        let (row, plan) = self.chosen(row, way).await?;
        let result = super::job::result_of(&row)?;
        let bound = |graduate| {
            let binds = |by| matches!(by, HeldBy::Placement | HeldBy::LiveOffer);
            result.held.iter().any(|one| one.graduate == graduate && binds(one.by))
        };
        let WayDoc { assignments, .. } = plan;
        let mut by_vacancy: BTreeMap<VacancyId, Vec<GraduateId>> = BTreeMap::new();
        for one in assignments.iter().filter(|one| !bound(one.graduate)) {
            by_vacancy.entry(VacancyId(one.vacancy)).or_default().push(GraduateId(one.graduate));
        }
        let everyone: Vec<GraduateId> = by_vacancy.values().flatten().copied().collect();
        self.lock_people_of(&everyone).await?;
        Ok(by_vacancy)
    }
}
