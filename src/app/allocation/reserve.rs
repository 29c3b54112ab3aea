//! Who comes next: a person's place on reserve lists, and the list a vacancy follows.

use super::view::JobName;
use crate::app::error::AppError;
use crate::app::work::{Look, Work};
use crate::engine::id::{AllocationId, GraduateId, VacancyId};
use crate::store::database::Connection;
use crate::store::entity::{graduate, vacancy};
use crate::store::scope::Scope;
use crate::store::{allocations, match_lists, offers, people, rows};

/// A place on a reserve list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReservePlace {
    /// The plan it belongs to.
    pub allocation: AllocationId,
    /// The vacancy.
    pub vacancy: VacancyId,
    /// How it is named.
    pub job: JobName,
    /// The place among those who still wait, from 1.
    pub place: usize,
    /// How many still wait.
    pub of: usize,
}

impl Look<'_> {
    /// Where a graduate in the actor's scope stands in reserve: "cadangan ke-3 dari 5". Only vacancies that still have seats.
    pub async fn reserve_places(&self, id: GraduateId) -> Result<Vec<ReservePlace>, AppError> {
        let graduate = self.found::<graduate::Entity>(id).await?;
        let mut places: Vec<ReservePlace> = Vec::new();
        for seat in allocations::reserves_of(self.db(), graduate.id).await? {
            // The newest chosen plan of a vacancy is the one that counts.
            if places.iter().any(|known| known.vacancy == seat.vacancy_id) {
                continue;
            }
            let newest = allocations::newest_plan(self.db(), seat.vacancy_id).await?;
            let Some(row) = rows::find::<vacancy::Entity>(self.db(), &Scope::All, seat.vacancy_id).await? else { continue };
            let open = row.state.has_seats() && row.closes_on >= self.today() && row.filled < row.positions;
            if newest.is_none_or(|(plan, _)| plan != seat.allocation_id) || !open {
                continue;
            }
            let waiting = still_waiting(self.db(), seat.allocation_id, seat.vacancy_id).await?;
            let Some(place) = waiting.iter().position(|waits| *waits == graduate.id) else { continue };
            let Some(job) = self.job_names(self.db(), &[seat.vacancy_id]).await?.remove(&seat.vacancy_id) else { continue };
            let (place, of) = (place + 1, waiting.len());
            places.push(ReservePlace { allocation: seat.allocation_id, vacancy: seat.vacancy_id, job, place, of });
        }
        Ok(places)
    }
}

/// Those on a plan's reserve list who were not offered the vacancy and work nowhere yet, in order.
async fn still_waiting<C: Connection>(db: &C, plan: AllocationId, vacancy: VacancyId) -> Result<Vec<GraduateId>, AppError> {
    let list = allocations::reserve_in(db, plan, vacancy).await?;
    let offered = offers::graduates_offered(db, vacancy).await?;
    let graduates = people::graduates(db, &list).await?;
    let bonds = allocations::bonds(db, &list).await?;
    let placed = |id: &GraduateId| bonds.placements.iter().any(|row| row.graduate_id == *id);
    let there = |id: &GraduateId| graduates.iter().any(|row| row.id == *id && row.available);
    Ok(list.into_iter().filter(|id| there(id) && !placed(id) && !offered.contains(id)).collect())
}

impl Work<'_> {
    /// The reserve list that counts for a vacancy: of the newest chosen plan, or of a list that staff froze after it.
    pub(in crate::app) async fn reserve_list(&self, vacancy: VacancyId) -> Result<Vec<GraduateId>, AppError> {
        let frozen = match_lists::of_vacancy(self.tx, &Scope::All, vacancy).await?.into_iter().next();
        let by_staff = match_lists::reserve(self.tx, vacancy).await?;
        let Some((plan, chosen_at)) = allocations::newest_plan(self.tx, vacancy).await? else { return Ok(by_staff) };
        if !by_staff.is_empty() && frozen.is_some_and(|list| list.frozen_at > chosen_at) {
            return Ok(by_staff);
        }
        Ok(allocations::reserve_in(self.tx, plan, vacancy).await?)
    }
}
