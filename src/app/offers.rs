//! Offers on the office's side: written, approved by the employer, sent, taken back.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::app::actor::Who;
use crate::app::error::AppError;
use crate::app::faces::{Depth, Face, Faces, Job};
use crate::app::field::{Form, TEXT};
use crate::app::referrals::open_today;
use crate::app::why::Why;
use crate::app::work::{Look, Work};
use crate::engine::day::Zone;
use crate::engine::id::{GraduateId, OfferId, PlacementId, ReferralId, VacancyId};
use crate::engine::kinds::{AnswerChannel, OfferApproval, Reason};
use crate::engine::lifecycle::{OfferEvent, OfferState};
use crate::store::entity::{graduate, note, offer, person, vacancy};
use crate::store::error::StoreError;
pub use crate::store::offers::OfferFilter;
use crate::store::page::{Page, Slice};
use crate::store::{id, offers, placements, referrals, rows};
use crate::words::refusal::Refusal;

/// An offer as far as the actor may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferView {
    /// The offer.
    pub id: OfferId,
    /// To whom.
    pub graduate: Face,
    /// Of which job.
    pub job: Job,
    /// The referral it follows from.
    pub referral_id: Option<ReferralId>,
    /// Where it stands.
    pub state: OfferState,
    /// Last day to answer.
    pub expires_on: NaiveDate,
    /// The instant that day ends in the office's zone.
    pub expires_at: DateTime<Utc>,
    /// What must still be shown (medical check, papers).
    pub conditions: Option<String>,
    /// Until when.
    pub conditions_due: Option<NaiveDate>,
    /// When the employer approved it.
    pub approved_at: Option<DateTime<Utc>>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// When the graduate first acted on the page.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Which way the answer came.
    pub answered_channel: Option<AnswerChannel>,
    /// Until when the answer can be undone.
    pub undo_until: Option<DateTime<Utc>>,
    /// Why it ended, where the actor may read that.
    pub why: Why,
    /// The placement it became.
    pub placement_id: Option<PlacementId>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it last moved.
    pub updated_at: DateTime<Utc>,
    /// Version.
    pub version: i32,
}

/// What an offer is made of.
#[derive(Debug, Clone)]
pub struct NewOffer {
    /// The job.
    pub vacancy: VacancyId,
    /// To whom.
    pub graduate: GraduateId,
    /// Last day to answer.
    pub expires_on: NaiveDate,
    /// What must still be shown.
    pub conditions: Option<String>,
    /// Until when.
    pub conditions_due: Option<NaiveDate>,
    /// Why staff offer without a referral.
    pub override_reason: Option<String>,
}

impl Work<'_> {
    /// Writes an offer; nobody but staff and employer sees it until it is sent.
    pub async fn draft_offer(&self, new: &NewOffer) -> Result<OfferView, AppError> {
        let row = self.drafted(new).await?;
        self.offer_view(row).await
    }

    /// The row of a fresh draft.
    pub(in crate::app) async fn drafted(&self, new: &NewOffer) -> Result<offer::Model, AppError> {
        let checked = self.checked_offer(new)?;
        let vacancy = self.found::<vacancy::Entity>(new.vacancy).await?;
        let graduate = self.found::<graduate::Entity>(new.graduate).await?;
        let person = self.person_locked(graduate.person_id).await?;
        self.not_own(person.id)?;
        if let Some(open) = offers::open_of_pair(self.tx, vacancy.id, graduate.id).await? {
            return Err(AppError::Exists { refusal: Refusal::OfferKnown, existing: open.id.0 });
        }
        open_for_drafts(&vacancy, self.today())?;
        self.refuse_unmatchable(&person, &graduate, &vacancy).await?;
        let referral = referrals::of_pair(self.tx, vacancy.id, graduate.id).await?;
        let agreed = referral.as_ref().is_some_and(|row| row.state.may_be_offered());
        if !agreed && vacancy.offer_approval != OfferApproval::Standing && checked.override_reason.is_none() {
            return Err(Refusal::ConsentNeeded.into());
        }
        let row = self.draft_row(&vacancy, &graduate, referral.map(|row| row.id), &checked);
        rows::insert(self.tx, row.clone()).await.map_err(offer_refused)?;
        if let Some(reason) = &checked.override_reason {
            self.note_override(&person, &row, reason).await?;
        }
        self.did("draft", "offer", row.id, row.office_id).await?;
        Ok(row)
    }

    fn checked_offer(&self, new: &NewOffer) -> Result<NewOffer, AppError> {
        let mut form = Form::default();
        let conditions = form.optional_text("/conditions", new.conditions.as_deref(), TEXT);
        let override_reason = form.optional_text("/override_reason", new.override_reason.as_deref(), TEXT);
        form.require(new.expires_on >= self.today(), "/expires_on", Refusal::DatePast);
        form.require(new.conditions_due.is_none_or(|due| due >= self.today()), "/conditions_due", Refusal::DatePast);
        form.done()?;
        Ok(NewOffer { conditions, override_reason, ..new.clone() })
    }

    pub(in crate::app) fn draft_row(
        &self,
        vacancy: &vacancy::Model,
        graduate: &graduate::Model,
        referral_id: Option<ReferralId>,
        new: &NewOffer,
    ) -> offer::Model {
        offer::Model {
            id: id::fresh(),
            vacancy_id: vacancy.id,
            graduate_id: graduate.id,
            person_id: graduate.person_id,
            office_id: vacancy.office_id,
            employer_id: vacancy.employer_id,
            referral_id,
            state: OfferState::Draft,
            expires_on: new.expires_on,
            expires_at: Zone::Wib.end_of(new.expires_on),
            conditions: new.conditions.clone(),
            conditions_due: new.conditions_due,
            approved_by: None,
            approved_at: None,
            sent_at: None,
            opened_at: None,
            answered_at: None,
            answered_channel: None,
            answered_by: None,
            undo_until: None,
            reason: None,
            reason_text: None,
            reason_shown: false,
            handed_on_at: None,
            closed_by_placement: None,
            state_before: None,
            created_by: self.by(),
            created_at: self.now,
            updated_at: self.now,
            version: 1,
        }
    }

    /// Why staff stepped over a rule stays with the offer, sealed, for the office alone.
    async fn note_override(&self, person: &person::Model, offer: &offer::Model, reason: &str) -> Result<(), AppError> {
        let text_sealed = self.person_key(person.data_key.as_deref())?.seal(reason.as_bytes())?;
        let row = note::Model {
            id: id::fresh(),
            office_id: offer.office_id,
            entity: "offer".to_owned(),
            entity_id: offer.id.0,
            person_id: Some(person.id),
            shared: false,
            text_sealed,
            written_by: self.by(),
            created_at: self.now,
        };
        rows::insert(self.tx, row).await?;
        self.record("override_referral", "offer", offer.id, Some(offer.office_id), json!({})).await
    }

    /// The employer's yes to a draft; staff may give it where the partner promised to take whoever fits.
    pub async fn approve_offer(&self, id: OfferId) -> Result<OfferView, AppError> {
        let (person, row) = self.offer_locked(id).await?;
        self.not_own(person.id)?;
        let vacancy = self.vacancy_now(row.vacancy_id).await?;
        if !self.actor.is_employer() && vacancy.offer_approval != OfferApproval::Standing {
            return Err(Refusal::RoleNotAllowed.into());
        }
        if row.state != OfferState::Draft {
            return Err(Refusal::WrongState { what: "offer", state: row.state.code(), event: "approve" }.into());
        }
        if row.approved_at.is_some() {
            return self.offer_view(row).await;
        }
        let row = offer::Model { approved_at: Some(self.now), approved_by: self.by(), ..row };
        let row = self.moved_offer(row, "approve").await?;
        self.offer_view(row).await
    }

    /// Sends a draft: from now on the graduate sees it and may answer.
    pub async fn send_offer(&self, id: OfferId) -> Result<OfferView, AppError> {
        let row = self.sent(id).await?;
        self.offer_view(row).await
    }

    /// The row of an offer just sent. The vacancy is locked while it is decided whether a seat is free for it.
    pub(in crate::app) async fn sent(&self, id: OfferId) -> Result<offer::Model, AppError> {
        let (person, row) = self.offer_locked(id).await?;
        self.not_own(person.id)?;
        let state = row.state.after(OfferEvent::Send)?;
        let vacancy = self.vacancy_locked(row.vacancy_id).await?;
        open_today(&vacancy, self.today())?;
        if row.approved_at.is_none() && vacancy.offer_approval != OfferApproval::Standing {
            return Err(Refusal::OfferNotApproved.into());
        }
        if self.now > row.expires_at {
            return Err(Refusal::OfferExpired.into());
        }
        let graduate = self.graduate_of(row.graduate_id).await?;
        self.refuse_unmatchable(&person, &graduate, &vacancy).await?;
        self.seat_for_one_more(&vacancy).await?;
        let row = offer::Model { state, sent_at: Some(self.now), ..row };
        self.message("offer_sent", ("graduate", row.graduate_id.0), ("offer", row.id.0), row.office_id, Duration::zero()).await?;
        self.moved_offer(row, "send").await
    }

    /// Refuses one more live offer where every free seat has as many as the vacancy allows; its row is locked.
    pub(in crate::app) async fn seat_for_one_more(&self, vacancy: &vacancy::Model) -> Result<(), AppError> {
        let most = i64::from(vacancy.offers_per_seat) * i64::from((vacancy.positions - vacancy.filled).max(0));
        let live = offers::live_count(self.tx, vacancy.id).await?;
        if live < most { Ok(()) } else { Err(Refusal::NoFreeSeat.into()) }
    }

    /// Takes an offer back before it is answered.
    pub async fn withdraw_offer(&self, id: OfferId, why: &Why) -> Result<OfferView, AppError> {
        let (person, row) = self.offer_locked(id).await?;
        self.not_own(person.id)?;
        let state = row.state.after(OfferEvent::Withdraw)?;
        if row.state == OfferState::Sent && !why.is_mistake() {
            let thing = ("offer", row.id.0);
            self.message("offer_withdrawn", ("graduate", row.graduate_id.0), thing, row.office_id, Duration::zero()).await?;
        }
        let row = offer::Model { state, reason: why.reason, reason_text: why.text.clone(), reason_shown: false, ..row };
        let row = self.moved_offer(row, "withdraw").await?;
        self.offer_view(row).await
    }

    /// An offer in the actor's scope, under lock after its person. A graduate has none that was not sent.
    pub(in crate::app) async fn offer_locked(&self, id: OfferId) -> Result<(person::Model, offer::Model), AppError> {
        let found = self.found::<offer::Entity>(id).await?;
        let person = self.person_locked(found.person_id).await?;
        let row = self.locked::<offer::Entity>(id).await?;
        if self.actor.who == Who::Graduate && row.sent_at.is_none() {
            return Err(Refusal::NotFound.into());
        }
        Ok((person, row))
    }

    /// Writes an offer that moved, with its trace.
    pub(in crate::app) async fn moved_offer(&self, row: offer::Model, action: &str) -> Result<offer::Model, AppError> {
        let row = offer::Model { updated_at: self.now, version: row.version + 1, ..row };
        rows::update(self.tx, row.clone()).await?;
        self.changed("offer", row.id, Some(row.office_id));
        let detail = json!({ "reason": row.reason.map(Reason::code), "channel": row.answered_channel.map(AnswerChannel::code) });
        self.record(action, "offer", row.id, Some(row.office_id), detail).await?;
        Ok(row)
    }

    pub(in crate::app) async fn offer_view(&self, row: offer::Model) -> Result<OfferView, AppError> {
        let faces = self.app.faces(self.tx, self.actor, self.now, &[(row.graduate_id, row.vacancy_id)], Depth::Line).await?;
        let placement = placements::seats_of_offers(self.tx, &[row.id]).await?.first().map(|row| row.id);
        Ok(self.app.look(self.actor).view_of_offer(row, &faces, placement))
    }
}

/// A draft can be written for any vacancy that is not over.
pub(in crate::app) fn open_for_drafts(vacancy: &vacancy::Model, today: NaiveDate) -> Result<(), Refusal> {
    match vacancy.state.has_seats() {
        _ if vacancy.state.is_over() || vacancy.closes_on < today => Err(Refusal::VacancyClosed),
        true => Ok(()),
        false => Err(Refusal::VacancyNotPublished),
    }
}

fn offer_refused(error: StoreError) -> AppError {
    if error.is_constraint(&["offer_open_once", "offer.vacancy_id"]) { Refusal::OfferKnown.into() } else { error.into() }
}

impl Look<'_> {
    /// Offers the actor sees; a graduate sees none that was not sent.
    pub async fn offers(&self, filter: OfferFilter, slice: Slice) -> Result<Page<OfferView>, AppError> {
        let filter = OfferFilter { sent_only: self.actor.who == Who::Graduate, ..filter };
        let page = offers::list(self.db(), &self.scope(), filter, slice).await?;
        let pairs: Vec<_> = page.rows.iter().map(|row| (row.graduate_id, row.vacancy_id)).collect();
        let faces = self.app.faces(self.db(), self.actor, self.now, &pairs, Depth::Line).await?;
        let ids: Vec<OfferId> = page.rows.iter().map(|row| row.id).collect();
        let seats = placements::seats_of_offers(self.db(), &ids).await?;
        let seat = |id: OfferId| seats.iter().find(|row| row.offer_id == Some(id)).map(|row| row.id);
        let view = |row: offer::Model| {
            let placement = seat(row.id);
            self.view_of_offer(row, &faces, placement)
        };
        Ok(Page { rows: page.rows.into_iter().map(view).collect(), more: page.more })
    }

    /// One offer.
    pub async fn offer(&self, id: Uuid) -> Result<OfferView, AppError> {
        let row = self.found::<offer::Entity>(id).await?;
        if self.actor.who == Who::Graduate && row.sent_at.is_none() {
            return Err(Refusal::NotFound.into());
        }
        let faces = self.app.faces(self.db(), self.actor, self.now, &[(row.graduate_id, row.vacancy_id)], Depth::Record).await?;
        let placement = placements::seats_of_offers(self.db(), &[row.id]).await?.first().map(|row| row.id);
        Ok(self.view_of_offer(row, &faces, placement))
    }

    pub(in crate::app) fn view_of_offer(&self, row: offer::Model, faces: &Faces, placement_id: Option<PlacementId>) -> OfferView {
        let why = self.offer_why(&row);
        OfferView {
            id: row.id,
            graduate: faces.graduate(row.graduate_id),
            job: faces.job(row.vacancy_id, row.employer_id),
            referral_id: row.referral_id,
            state: row.state,
            expires_on: row.expires_on,
            expires_at: row.expires_at,
            conditions: row.conditions,
            conditions_due: row.conditions_due,
            approved_at: row.approved_at,
            sent_at: row.sent_at,
            opened_at: row.opened_at,
            answered_at: row.answered_at,
            answered_channel: row.answered_channel,
            undo_until: row.undo_until,
            why,
            placement_id,
            created_at: row.created_at,
            updated_at: row.updated_at,
            version: row.version,
        }
    }

    /// The graduate reads own words and what was marked for reading; an employer reads the code alone.
    fn offer_why(&self, row: &offer::Model) -> Why {
        let readable = row.reason_shown || row.state == OfferState::Declined;
        if self.actor.is_staff() || (self.actor.graduate.is_some() && readable) {
            Why { reason: row.reason, text: row.reason_text.clone() }
        } else if self.actor.is_employer() {
            Why { reason: row.reason, text: None }
        } else {
            Why::default()
        }
    }
}
