//! Seats and hours: the only places where `filled` and `committed_hours` change (DECISIONS 6 to 8).
//!
//! Both are one conditional update, with constraints behind them. Callers hold the person's lock.

use crate::app::candidates::WEEKLY_HOURS;
use crate::app::error::AppError;
use crate::app::work::Work;
use crate::engine::id::{PersonId, VacancyId};
use crate::engine::lifecycle::{VacancyEvent, VacancyState};
use crate::store::entity::{placement, vacancy};
use crate::store::error::StoreError;
use crate::store::scope::Scope;
use crate::store::{placements, rows};
use crate::words::refusal::Refusal;

/// Hours a week from which a placement is full time: the shortest full week of UU 6/2023 art. 77 is 40, and 35 is what the
/// national labour survey (BPS, Sakernas) counts as full.
pub(in crate::app) const FULL_TIME_HOURS: i32 = 35;
/// Hours a week that staff can let a person commit by override; the schema's own limit.
pub(in crate::app) const MOST_HOURS: i32 = 80;

impl Work<'_> {
    /// Takes a seat of a vacancy, or says why there is none; the vacancy as it then is, locked by the update.
    pub(in crate::app) async fn take_seat(&self, id: VacancyId) -> Result<vacancy::Model, AppError> {
        let taken = placements::take_seat(self.tx, id, self.now).await?;
        let row = self.vacancy_now(id).await?;
        if !taken {
            return Err(no_seat(&row).into());
        }
        if row.filled < row.positions || row.state.after(VacancyEvent::Fill).is_err() {
            self.changed("vacancy", row.id, Some(row.office_id));
            return Ok(row);
        }
        self.move_vacancy(row, VacancyEvent::Fill).await
    }

    /// Gives a seat back; a full vacancy opens again.
    pub(in crate::app) async fn return_seat(&self, id: VacancyId) -> Result<vacancy::Model, AppError> {
        if !placements::return_seat(self.tx, id, self.now).await? {
            return Err(AppError::Internal(format!("vacancy {id} has no seat to give back")));
        }
        let row = self.vacancy_now(id).await?;
        if row.state != VacancyState::Filled {
            self.changed("vacancy", row.id, Some(row.office_id));
            return Ok(row);
        }
        self.move_vacancy(row, VacancyEvent::Reopen).await
    }

    /// Commits hours of a person, up to the week's limit, or further where staff override.
    pub(in crate::app) async fn take_hours(&self, person: PersonId, hours: i32, overridden: bool) -> Result<(), AppError> {
        let limit = if overridden { MOST_HOURS } else { WEEKLY_HOURS };
        if placements::take_hours(self.tx, person, hours, limit).await? { Ok(()) } else { Err(Refusal::HoursExceeded { limit }.into()) }
    }

    /// Gives hours back and lets the matcher know.
    pub(in crate::app) async fn return_hours(&self, placement: &placement::Model) -> Result<(), AppError> {
        if !placements::return_hours(self.tx, placement.person_id, placement.hours_per_week).await? {
            return Err(AppError::Internal(format!("person {} has no such hours to give back", placement.person_id)));
        }
        self.refresh_candidates(&[placement.person_id]).await
    }

    /// A vacancy that a row in the actor's scope led to.
    pub(in crate::app) async fn vacancy_now(&self, id: VacancyId) -> Result<vacancy::Model, AppError> {
        Ok(rows::find::<vacancy::Entity>(self.tx, &Scope::All, id).await?.ok_or(Refusal::NotFound)?)
    }

    /// The same under lock.
    pub(in crate::app) async fn vacancy_locked(&self, id: VacancyId) -> Result<vacancy::Model, AppError> {
        Ok(rows::find_locked::<vacancy::Entity>(self.tx, &Scope::All, id).await?.ok_or(Refusal::NotFound)?)
    }

    async fn move_vacancy(&self, row: vacancy::Model, event: VacancyEvent) -> Result<vacancy::Model, AppError> {
        let row = vacancy::Model { state: row.state.after(event)?, version: row.version + 1, ..row };
        rows::update(self.tx, row.clone()).await?;
        self.did(event.code(), "vacancy", row.id, row.office_id).await?;
        Ok(row)
    }
}

/// Why a vacancy has no seat to take.
fn no_seat(row: &vacancy::Model) -> Refusal {
    match row.state {
        VacancyState::Closed if row.close_reason.as_deref() == Some(placements::CLOSED_BY_DAY) => {
            Refusal::SlotFull { positions: row.positions }
        }
        VacancyState::Closed | VacancyState::Withdrawn => Refusal::VacancyClosed,
        VacancyState::Draft | VacancyState::Submitted | VacancyState::Returned => Refusal::VacancyNotPublished,
        VacancyState::Published | VacancyState::Paused | VacancyState::Filled => Refusal::SlotFull { positions: row.positions },
    }
}

/// What a refusing constraint means to people; the checks before it make this rare.
pub(in crate::app) fn placement_refused(error: StoreError) -> AppError {
    if error.is_constraint(&["placement_full_time_once", "placement.person_id"]) {
        Refusal::AlreadyPlaced.into()
    } else if error.is_constraint(&["placement_engaged_once", "placement.vacancy_id"]) {
        Refusal::PlacementKnown.into()
    } else {
        error.into()
    }
}
