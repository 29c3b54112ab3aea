//! Undoing an answer within its window: the offer is live again, the seat free, and what it closed opens where it still can.

use std::collections::BTreeSet;

use crate::app::error::AppError;
use crate::app::offers::OfferView;
use crate::app::referrals::open_today;
use crate::app::work::Work;
use crate::engine::absorption::event::Act;
use crate::engine::id::{OfferId, VacancyId};
use crate::engine::lifecycle::{OfferEvent, OfferState, PlacementEvent, PlacementState};
use crate::store::entity::{offer, placement, referral, vacancy};
use crate::store::{audit as trail, offers, placements, referrals, rows};
use crate::words::refusal::Refusal;

/// Messages that an acceptance queues about its placement; none of them has left while it can be undone.
const OF_ACCEPTANCE: [&str; 2] = ["offer_accepted", "placed_elsewhere"];

impl Work<'_> {
    /// Takes an answer back within 15 minutes.
    pub async fn undo_answer(&self, id: OfferId) -> Result<OfferView, AppError> {
        let (person, row) = self.offer_locked(id).await?;
        self.not_own(person.id)?;
        let state = row.state.after(OfferEvent::Undo)?;
        if row.undo_until.is_none_or(|until| self.now > until) {
            return Err(Refusal::UndoOver.into());
        }
        match row.state {
            OfferState::Accepted => self.free_the_seat(&row).await?,
            _ => self.live_again(&row).await?,
        }
        let row = offer::Model {
            state,
            answered_at: None,
            answered_channel: None,
            answered_by: None,
            undo_until: None,
            reason: None,
            reason_text: None,
            ..row
        };
        let row = self.moved_offer(row, "undo").await?;
        self.offer_view(row).await
    }

    /// A refusal is undone only while its seat is free, its deadline has not passed and no other offer took its place.
    async fn live_again(&self, row: &offer::Model) -> Result<(), AppError> {
        if self.now > row.expires_at {
            return Err(Refusal::OfferExpired.into());
        }
        if let Some(open) = offers::open_of_pair(self.tx, row.vacancy_id, row.graduate_id).await? {
            return Err(AppError::Exists { refusal: Refusal::OfferKnown, existing: open.id.0 });
        }
        let vacancy = self.vacancy_locked(row.vacancy_id).await?;
        open_today(&vacancy, self.today())?;
        self.seat_for_one_more(&vacancy).await?;
        Ok(trail::unqueue(self.tx, row.id.0, &["offer_declined"]).await?)
    }

    async fn free_the_seat(&self, row: &offer::Model) -> Result<(), AppError> {
        let seat = placements::seats_of_offers(self.tx, &[row.id]).await?.into_iter().next();
        let seat = seat.ok_or_else(|| AppError::Internal(format!("accepted offer {} has no seat", row.id)))?;
        if seat.state != PlacementState::Planned {
            return Err(Refusal::WrongState { what: "placement", state: seat.state.code(), event: "undo" }.into());
        }
        let closed = offers::lock_closed_by(self.tx, seat.id).await?;
        let asked = referrals::lock_closed_by(self.tx, seat.id).await?;
        self.lock_vacancies(closed.iter().map(|row| row.vacancy_id).chain([seat.vacancy_id])).await?;
        let seat = self.voided(seat).await?;
        for row in closed {
            self.reopen_offer(row).await?;
        }
        for row in asked {
            self.reopen_referral(row).await?;
        }
        Ok(trail::unqueue(self.tx, seat.id.0, &OF_ACCEPTANCE).await?)
    }

    async fn lock_vacancies(&self, ids: impl Iterator<Item = VacancyId>) -> Result<(), AppError> {
        for id in ids.collect::<BTreeSet<_>>() {
            self.vacancy_locked(id).await?;
        }
        Ok(())
    }

    /// The placement never was: seat and hours return.
    async fn voided(&self, seat: placement::Model) -> Result<placement::Model, AppError> {
        self.return_seat(seat.vacancy_id).await?;
        let state = seat.state.after(PlacementEvent::Void)?;
        let seat = placement::Model { state, updated_at: self.now, version: seat.version + 1, ..seat };
        rows::update(self.tx, seat.clone()).await?;
        let graduate = self.graduate_of(seat.graduate_id).await?;
        self.tell(self.placement_event(&graduate, &seat, Act::Voided, self.today())).await?;
        self.did("undo", "placement", seat.id, seat.office_id).await?;
        self.return_hours(&seat).await?;
        Ok(seat)
    }

    /// An offer that the acceptance closed is as it was before, if that is still possible; else it stays closed.
    async fn reopen_offer(&self, row: offer::Model) -> Result<(), AppError> {
        let Some(before) = row.state_before else { return Ok(()) };
        let state = row.state.reopened(before)?;
        let vacancy = self.vacancy_locked(row.vacancy_id).await?;
        if !self.can_reopen(&row, state, &vacancy).await? {
            return Ok(());
        }
        let row = offer::Model {
            state,
            state_before: None,
            closed_by_placement: None,
            reason: None,
            reason_text: None,
            reason_shown: false,
            ..row
        };
        self.moved_offer(row, "reopen").await?;
        Ok(())
    }

    async fn can_reopen(&self, row: &offer::Model, state: OfferState, vacancy: &vacancy::Model) -> Result<bool, AppError> {
        if vacancy.state.is_over() || offers::open_of_pair(self.tx, row.vacancy_id, row.graduate_id).await?.is_some() {
            return Ok(false);
        }
        if state != OfferState::Sent {
            return Ok(true);
        }
        match self.seat_for_one_more(vacancy).await {
            Ok(()) => Ok(self.now <= row.expires_at),
            Err(AppError::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    async fn reopen_referral(&self, row: referral::Model) -> Result<(), AppError> {
        let Some(before) = row.state_before else { return Ok(()) };
        let row = referral::Model {
            state: row.state.reopened(before)?,
            state_before: None,
            closed_by_placement: None,
            reason: None,
            reason_text: None,
            reason_shown: false,
            updated_at: self.now,
            version: row.version + 1,
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.did("reopen", "referral", row.id, row.office_id).await
    }
}
