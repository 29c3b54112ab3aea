//! What happens to a placement: it starts, is called off, moves, ends or turns out to be a mistake.
//!
//! Each move appends its outcome event in the same transaction (DECISIONS 13).

use chrono::{Duration, NaiveDate};

use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::placements::PlacementView;
use crate::app::why::Why;
use crate::app::work::Work;
use crate::engine::absorption::event::Act;
use crate::engine::id::PlacementId;
use crate::engine::kinds::Contract;
use crate::engine::lifecycle::{PlacementEvent, PlacementState};
use crate::engine::money::{Rupiah, WageUnit};
use crate::store::entity::placement;
use crate::words::refusal::Refusal;

/// What is told about a start of work.
#[derive(Debug, Clone)]
pub struct Start {
    /// First day, in the office's zone.
    pub started_on: NaiveDate,
    /// Wage in whole rupiah.
    pub wage: Option<i64>,
    /// What one wage pays for.
    pub wage_unit: Option<WageUnit>,
    /// How the person is employed.
    pub contract: Option<Contract>,
    /// KBJI code; by default the vacancy's.
    pub kbji: Option<String>,
}

/// A start may be told late, but not so late that the year must be wrong.
const EARLIEST: Duration = Duration::days(2 * 366);

impl Work<'_> {
    /// Work began: state, event and everything counted from it in one transaction (A20).
    pub async fn start_placement(&self, id: PlacementId, start: &Start) -> Result<PlacementView, AppError> {
        let mut form = Form::default();
        form.require(start.started_on <= self.today(), "/started_on", Refusal::DateFuture);
        form.require(start.started_on >= self.today() - EARLIEST, "/started_on", Refusal::DateTooOld { days: EARLIEST.num_days() });
        let wage = form.rupiah("/wage", start.wage).map(Rupiah::amount);
        let kbji = form.optional_text("/kbji", start.kbji.as_deref(), LINE);
        form.done()?;
        let (_, row) = self.placement_locked(id).await?;
        let row = placement::Model {
            state: row.state.after(PlacementEvent::Start)?,
            started_on: Some(start.started_on),
            wage,
            wage_unit: start.wage_unit.or(wage.map(|_| WageUnit::Month)),
            contract: start.contract.or(row.contract),
            kbji: kbji.or(row.kbji),
            ..row
        };
        let row = self.moved_placement(row, "start").await?;
        self.tell_of(&row, Act::Started, start.started_on).await?;
        self.refresh_candidates(&[row.person_id]).await?;
        self.placement_view(row).await
    }

    /// The person did not come: seat and hours are free again at once.
    pub async fn no_show(&self, id: PlacementId) -> Result<PlacementView, AppError> {
        let (_, row) = self.placement_locked(id).await?;
        let row = self.given_back(row, PlacementEvent::NoShow, &Why::default(), Act::NoShow).await?;
        self.placement_view(row).await
    }

    /// Called off before it began: seat and hours are free again, the history stays.
    pub async fn cancel_placement(&self, id: PlacementId, why: &Why) -> Result<PlacementView, AppError> {
        let (_, row) = self.placement_locked(id).await?;
        let row = self.given_back(row, PlacementEvent::Cancel, why, Act::Cancelled).await?;
        self.placement_view(row).await
    }

    /// It was a mistake: it never counted.
    pub async fn void_placement(&self, id: PlacementId, why: &Why) -> Result<PlacementView, AppError> {
        let (_, row) = self.placement_locked(id).await?;
        let row = self.given_back(row, PlacementEvent::Void, why, Act::Voided).await?;
        self.placement_view(row).await
    }

    /// Moves the planned first day.
    pub async fn reschedule(&self, id: PlacementId, starts_on: NaiveDate) -> Result<PlacementView, AppError> {
        if starts_on < self.today() {
            return Err(AppError::field("/starts_on", Refusal::DatePast));
        }
        let (_, row) = self.placement_locked(id).await?;
        if row.state != PlacementState::Planned {
            return Err(Refusal::WrongState { what: "placement", state: row.state.code(), event: "reschedule" }.into());
        }
        let row = self.moved_placement(placement::Model { starts_on, ..row }, "reschedule").await?;
        self.placement_view(row).await
    }

    /// Work ended: the seat stays used, the person is free.
    pub async fn end_placement(&self, id: PlacementId, ended_on: NaiveDate, why: &Why) -> Result<PlacementView, AppError> {
        if ended_on > self.today() {
            return Err(AppError::field("/ended_on", Refusal::DateFuture));
        }
        let (_, row) = self.placement_locked(id).await?;
        let state = row.state.after(PlacementEvent::End)?;
        if row.started_on.is_some_and(|started| ended_on < started) {
            return Err(AppError::field("/ended_on", Refusal::DateOrder));
        }
        let row = placement::Model { state, ended_on: Some(ended_on), reason: why.reason, reason_text: why.text.clone(), ..row };
        let row = self.moved_placement(row, "end").await?;
        self.tell_of(&row, Act::Ended, ended_on).await?;
        self.return_hours(&row).await?;
        self.placement_view(row).await
    }

    /// Seat back, hours back where they were still taken, the acceptance closed, the event told.
    async fn given_back(&self, row: placement::Model, event: PlacementEvent, why: &Why, act: Act) -> Result<placement::Model, AppError> {
        let state = row.state.after(event)?;
        let engaged = row.state.engages();
        let row = placement::Model { state, reason: why.reason, reason_text: why.text.clone(), ..row };
        self.close_accepted(&row).await?;
        self.return_seat(row.vacancy_id).await?;
        let row = self.moved_placement(row, event.code()).await?;
        self.tell_of(&row, act, self.today()).await?;
        if engaged {
            self.return_hours(&row).await?;
        }
        self.tell_sides(&row, event, why).await?;
        Ok(row)
    }

    async fn tell_sides(&self, row: &placement::Model, event: PlacementEvent, why: &Why) -> Result<(), AppError> {
        if why.is_mistake() || event == PlacementEvent::Void {
            return Ok(());
        }
        let kind = format!("placement_{}", event.code());
        let (thing, now) = (("placement", row.id.0), chrono::Duration::zero());
        self.message(&kind, ("office", row.office_id.0), thing, row.office_id, now).await?;
        if !self.actor.is_employer() {
            self.message(&kind, ("employer", row.employer_id.0), thing, row.office_id, now).await?;
        }
        self.message(&kind, ("graduate", row.graduate_id.0), thing, row.office_id, now).await
    }

    /// Appends an event of a placement in the actor's word.
    pub(in crate::app) async fn tell_of(&self, row: &placement::Model, act: Act, on: NaiveDate) -> Result<(), AppError> {
        let graduate = self.graduate_of(row.graduate_id).await?;
        let event = self.placement_event(&graduate, row, act, on);
        self.tell(crate::store::entity::outcome_event::Model { reason: row.reason.map(|reason| reason.code().to_owned()), ..event }).await
    }
}
