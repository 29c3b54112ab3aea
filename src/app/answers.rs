//! The graduate's answer to an offer: yes takes a seat in one transaction, no lowers nobody.

use chrono::Duration;

use crate::app::engagement::{Engagement, UNDO, overlap};
use crate::app::error::AppError;
use crate::app::offers::OfferView;
use crate::app::why::Why;
use crate::app::work::Work;
use crate::engine::id::{OfferId, PlacementId};
use crate::engine::kinds::Reason;
use crate::engine::lifecycle::{OfferEvent, OfferState};
use crate::store::entity::{offer, person};
use crate::store::{placements, rows};
use crate::words::refusal::Refusal;

/// An accepted offer and the seat it became.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The offer.
    pub offer: OfferView,
    /// The planned placement.
    pub placement_id: PlacementId,
}

impl Work<'_> {
    /// The graduate's yes: seat and hours, the planned placement, and the end of what no longer fits; all or nothing.
    pub async fn accept_offer(&self, id: OfferId) -> Result<Accepted, AppError> {
        let (person, row) = self.offer_locked(id).await?;
        self.not_own(person.id)?;
        let state = match self.answered(&row, OfferEvent::Accept) {
            Ok(state) => state,
            Err(refusal) => return Err(self.why_not(&person, &row, refusal).await?.into()),
        };
        let graduate = self.graduate_of(row.graduate_id).await?;
        let new = Engagement { graduate: &graduate, vacancy: row.vacancy_id, offer: Some(row.id), starts_on: None, override_reason: None };
        let placement = self.engage(&person, &new).await?;
        let row = self.moved_offer(self.with_answer(row, state), "accept").await?;
        let thing = ("placement", placement.id.0);
        self.message("offer_accepted", ("employer", row.employer_id.0), thing, row.office_id, UNDO).await?;
        Ok(Accepted { offer: self.offer_view(row).await?, placement_id: placement.id })
    }

    /// The graduate's no.
    pub async fn decline_offer(&self, id: OfferId, why: &Why) -> Result<OfferView, AppError> {
        let (person, row) = self.offer_locked(id).await?;
        self.not_own(person.id)?;
        let state = self.answered(&row, OfferEvent::Decline)?;
        let row = offer::Model { reason: why.reason, reason_text: why.text.clone(), ..self.with_answer(row, state) };
        self.message("offer_declined", ("employer", row.employer_id.0), ("offer", row.id.0), row.office_id, UNDO).await?;
        let row = self.moved_offer(row, "decline").await?;
        self.offer_view(row).await
    }

    /// The state after an answer, if the offer can be answered now.
    fn answered(&self, row: &offer::Model, event: OfferEvent) -> Result<OfferState, Refusal> {
        let late = row.state == OfferState::Expired || (row.state == OfferState::Sent && self.now > row.expires_at);
        if late {
            return Err(Refusal::OfferExpired);
        }
        row.state.after(event).map_err(|wrong| Refusal::WrongState { what: wrong.what, state: wrong.state, event: wrong.event })
    }

    /// The reason behind a closed offer, so that people hear why and not only that.
    async fn why_not(&self, person: &person::Model, row: &offer::Model, otherwise: Refusal) -> Result<Refusal, AppError> {
        if row.state != OfferState::Closed {
            return Ok(otherwise);
        }
        let vacancy = self.vacancy_now(row.vacancy_id).await?;
        if row.reason == Some(Reason::VacancyClosed) {
            return Ok(Refusal::VacancyClosed);
        }
        if row.reason != Some(Reason::PlacedElsewhere) {
            return Ok(otherwise);
        }
        let engaged = placements::engaged_of_person(self.tx, person.id).await?;
        Ok(overlap(&engaged, person.committed_hours, vacancy.hours_per_week, false).unwrap_or(otherwise))
    }

    fn with_answer(&self, row: offer::Model, state: OfferState) -> offer::Model {
        offer::Model {
            state,
            answered_at: Some(self.now),
            answered_channel: Some(self.channel()),
            answered_by: self.by(),
            undo_until: Some(self.now + UNDO),
            reason: None,
            reason_text: None,
            ..row
        }
    }

    /// Notes the first act of the graduate on the page; reading it is none.
    pub async fn note_opened(&self, id: OfferId) -> Result<(), AppError> {
        let (_, row) = self.offer_locked(id).await?;
        if row.opened_at.is_some() {
            return Ok(());
        }
        rows::update(self.tx, offer::Model { opened_at: Some(self.now), ..row.clone() }).await?;
        self.did("open", "offer", row.id, row.office_id).await
    }

    /// Ends an offer whose deadline passed; `false` if it was answered meanwhile. No refusal, and no message to an employer.
    pub(in crate::app) async fn expire_offer(&self, row: offer::Model) -> Result<bool, AppError> {
        if row.state != OfferState::Sent || self.now <= row.expires_at {
            return Ok(false);
        }
        let row = offer::Model { state: row.state.after(OfferEvent::Expire)?, ..row };
        self.message("offer_expired", ("office", row.office_id.0), ("offer", row.id.0), row.office_id, Duration::zero()).await?;
        self.moved_offer(row, "expire").await?;
        Ok(true)
    }
}
