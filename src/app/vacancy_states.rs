//! What happens to a vacancy: it is handed in, sent back, opened, held, closed, renewed, taken back, copied.
//!
//! The moves themselves are `engine::lifecycle`'s; here stands who may make them, what they need and what follows.

use chrono::{Duration, NaiveDate};
use serde_json::json;

use crate::app::actor::Actor;
use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::installation::App;
use crate::app::vacancies::{REMINDED_DAYS, UNTOUCHED_DAYS, VacancyView, is_left_alone};
use crate::app::work::Work;
use crate::engine::day::Zone;
use crate::engine::id::VacancyId;
use crate::engine::kinds::OpenTo;
use crate::engine::lifecycle::{OfferState, VacancyEvent, VacancyState};
use crate::store::entity::{requirement, vacancy};
use crate::store::vacancies::Untouched;
use crate::store::{id, partners, placements, rows, vacancies};
use crate::words::refusal::Refusal;

/// Why a vacancy closed that nobody touched.
const LEFT_ALONE: &str = "left_alone";
/// How long a copy of an expired vacancy is open.
const COPY_DAYS: i64 = 30;
/// The most notes on a returned vacancy.
const NOTES: usize = 40;
/// How many stale vacancies one round takes.
const ROUND: u64 = 500;

impl Work<'_> {
    /// A partner hands a vacancy to the office.
    pub async fn submit_vacancy(&self, vacancy: VacancyId) -> Result<VacancyView, AppError> {
        let row = self.locked::<vacancy::Entity>(vacancy).await?;
        let row = self.handed_in(row).await?;
        self.shown(row, Vec::new()).await
    }

    /// Opens a vacancy. Staff's publishing is the office's approval; a partner's goes to the office unless its partnership is trusted.
    /// What staff hold, staff alone open again.
    pub async fn publish_vacancy(&self, vacancy: VacancyId) -> Result<VacancyView, AppError> {
        let row = self.locked::<vacancy::Entity>(vacancy).await?;
        if self.actor.is_employer() && (row.state == VacancyState::Paused || !self.is_trusted(&row).await?) {
            let row = self.handed_in(row).await?;
            return self.shown(row, Vec::new()).await;
        }
        let state = row.state.after(VacancyEvent::Publish)?;
        self.refuse_past(row.closes_on)?;
        let was_submitted = row.state == VacancyState::Submitted;
        let published_at = row.published_at.or(Some(self.now));
        let row = self.touched(vacancy::Model { state, published_at, return_notes: None, ..row });
        rows::update(self.tx, row.clone()).await?;
        self.did("publish", "vacancy", row.id, row.office_id).await?;
        if was_submitted {
            self.tell_employer("vacancy_published", &row).await?;
        }
        self.shown(row, Vec::new()).await
    }

    /// Staff send a submitted vacancy back, with a note for each field that needs care.
    pub async fn return_vacancy(&self, vacancy: VacancyId, notes: &[(String, String)]) -> Result<VacancyView, AppError> {
        let mut form = Form::default();
        form.require(!notes.is_empty(), "/notes", Refusal::TextRequired);
        form.require(notes.len() <= NOTES, "/notes", Refusal::NumberOutOfRange { low: 1, high: 40 });
        let mut kept = serde_json::Map::new();
        for (field, note) in notes.iter().take(NOTES) {
            let field = form.text("/notes", field, 60);
            let note = form.text(&format!("/notes/{field}"), note, 1_000);
            kept.insert(field, note.into());
        }
        form.done()?;
        let row = self.locked::<vacancy::Entity>(vacancy).await?;
        let state = row.state.after(VacancyEvent::Return)?;
        let row = self.touched(vacancy::Model { state, return_notes: Some(kept.into()), ..row });
        rows::update(self.tx, row.clone()).await?;
        self.did("return", "vacancy", row.id, row.office_id).await?;
        self.tell_employer("vacancy_returned", &row).await?;
        self.shown(row, Vec::new()).await
    }

    /// Holds an open vacancy; publishing opens it again.
    pub async fn pause_vacancy(&self, vacancy: VacancyId) -> Result<VacancyView, AppError> {
        let row = self.locked::<vacancy::Entity>(vacancy).await?;
        let state = row.state.after(VacancyEvent::Pause)?;
        let row = self.touched(vacancy::Model { state, ..row });
        rows::update(self.tx, row.clone()).await?;
        self.did("pause", "vacancy", row.id, row.office_id).await?;
        self.shown(row, Vec::new()).await
    }

    /// Closes a vacancy by hand. Its placements stay (A10); its unanswered offers and referrals under way end with it.
    pub async fn close_vacancy(&self, vacancy: VacancyId, reason: Option<&str>) -> Result<VacancyView, AppError> {
        self.end_vacancy(vacancy, VacancyEvent::Close, reason).await
    }

    /// Takes a vacancy back; its unanswered offers and referrals under way end with it.
    pub async fn withdraw_vacancy(&self, vacancy: VacancyId, reason: Option<&str>) -> Result<VacancyView, AppError> {
        self.end_vacancy(vacancy, VacancyEvent::Withdraw, reason).await
    }

    /// Opens a closed vacancy again, or keeps an open one open, until a new last day.
    ///
    /// A partner that is not trusted renews what the clock closed; what somebody closed it copies, so that the office sees it again.
    pub async fn renew_vacancy(&self, vacancy: VacancyId, closes_on: NaiveDate) -> Result<VacancyView, AppError> {
        self.refuse_past(closes_on)?;
        let row = self.locked::<vacancy::Entity>(vacancy).await?;
        let by_clock = matches!(row.close_reason.as_deref(), Some(placements::CLOSED_BY_DAY | LEFT_ALONE));
        if self.actor.is_employer() && row.state == VacancyState::Closed && !by_clock && !self.is_trusted(&row).await? {
            return Err(Refusal::VacancyClosed.into());
        }
        let is_full = row.positions > 0 && row.filled >= row.positions;
        let state = match row.state {
            open @ (VacancyState::Published | VacancyState::Paused | VacancyState::Filled) => open,
            other => other.after(VacancyEvent::Renew)?,
        };
        let state = if is_full && state == VacancyState::Published { state.after(VacancyEvent::Fill)? } else { state };
        let row = self.touched(vacancy::Model { state, closes_on, close_reason: None, ..row });
        rows::update(self.tx, row.clone()).await?;
        self.did("renew", "vacancy", row.id, row.office_id).await?;
        self.shown(row, Vec::new()).await
    }

    /// Writes a new draft like a vacancy. Days that have passed move on; approvals and the employer's own number stay behind.
    pub async fn copy_vacancy(&self, vacancy: VacancyId) -> Result<VacancyView, AppError> {
        let old = self.found::<vacancy::Entity>(vacancy).await?;
        let lines = vacancies::requirements(self.tx, &[vacancy]).await?;
        let closes_on = if old.closes_on < self.today() { self.today() + Duration::days(COPY_DAYS) } else { old.closes_on };
        let row = vacancy::Model {
            id: id::fresh(),
            filled: 0,
            closes_on,
            starts_on: if old.starts_on < self.today() { closes_on } else { old.starts_on },
            open_to_approved_by: None,
            declared_approved_by: None,
            external_ref: None,
            state: VacancyState::Draft,
            return_notes: None,
            close_reason: None,
            touched_at: self.now,
            reminded_at: None,
            published_at: None,
            created_by: self.by(),
            created_at: self.now,
            updated_at: self.now,
            version: 1,
            ..old
        };
        rows::insert(self.tx, row.clone()).await?;
        let copied = lines.into_iter().map(|line| requirement::Model { id: id::fresh(), vacancy_id: row.id, ..line });
        rows::insert_many(self.tx, copied.collect()).await?;
        self.changed("vacancy", row.id, Some(row.office_id));
        self.record("copy", "vacancy", row.id, Some(row.office_id), json!({"of": vacancy.0})).await?;
        self.shown(row, Vec::new()).await
    }

    /// Staff accept the reason of a declared restriction. Nothing is filtered by it even then.
    pub async fn approve_declaration(&self, vacancy: VacancyId) -> Result<VacancyView, AppError> {
        let row = self.locked::<vacancy::Entity>(vacancy).await?;
        if row.declared.is_none() {
            return Err(Refusal::NothingToApprove.into());
        }
        let row = self.touched(vacancy::Model { declared_approved_by: self.by(), ..row });
        self.approved("approve_declaration", row).await
    }

    /// Staff let a vacancy be matched beyond its office: within the province (AKL) or between provinces (AKAD).
    pub async fn approve_openness(&self, vacancy: VacancyId) -> Result<VacancyView, AppError> {
        let row = self.locked::<vacancy::Entity>(vacancy).await?;
        if row.open_to == OpenTo::Office {
            return Err(Refusal::NothingToApprove.into());
        }
        let row = self.touched(vacancy::Model { open_to_approved_by: self.by(), ..row });
        self.approved("approve_openness", row).await
    }

    async fn approved(&self, action: &str, row: vacancy::Model) -> Result<VacancyView, AppError> {
        rows::update(self.tx, row.clone()).await?;
        self.did(action, "vacancy", row.id, row.office_id).await?;
        self.shown(row, Vec::new()).await
    }

    async fn handed_in(&self, row: vacancy::Model) -> Result<vacancy::Model, AppError> {
        let state = row.state.after(VacancyEvent::Submit)?;
        self.refuse_past(row.closes_on)?;
        let row = self.touched(vacancy::Model { state, return_notes: None, ..row });
        rows::update(self.tx, row.clone()).await?;
        self.did("submit", "vacancy", row.id, row.office_id).await?;
        let (office, thing) = (("office", row.office_id.0), ("vacancy", row.id.0));
        self.message_again("vacancy_submitted", office, thing, row.office_id, row.version).await?;
        Ok(row)
    }

    async fn end_vacancy(&self, vacancy: VacancyId, event: VacancyEvent, reason: Option<&str>) -> Result<VacancyView, AppError> {
        let mut form = Form::default();
        let close_reason = form.optional_text("/reason", reason, LINE);
        form.done()?;
        self.found::<vacancy::Entity>(vacancy).await?;
        // Offers are locked before the vacancy, as every transition does.
        let offers = vacancies::lock_unanswered_offers(self.tx, vacancy).await?;
        let row = self.locked::<vacancy::Entity>(vacancy).await?;
        let state = row.state.after(event)?;
        let row = self.touched(vacancy::Model { state, close_reason, ..row });
        rows::update(self.tx, row.clone()).await?;
        for offer in vacancies::close_offers(self.tx, vacancy, self.now).await? {
            self.did("close", "offer", offer, row.office_id).await?;
        }
        for referral in vacancies::withdraw_referrals(self.tx, vacancy, self.now).await? {
            self.did("withdraw", "referral", referral, row.office_id).await?;
        }
        for offer in offers.iter().filter(|offer| offer.state == OfferState::Sent) {
            let (graduate, thing) = (("graduate", offer.graduate_id.0), ("offer", offer.id.0));
            self.message("offer_closed", graduate, thing, row.office_id, Duration::zero()).await?;
        }
        self.did(event.code(), "vacancy", row.id, row.office_id).await?;
        self.shown(row, Vec::new()).await
    }

    /// Closes a vacancy that is over or left alone, or reminds its employer; answers whether it did either.
    async fn look_after(&self, vacancy: VacancyId) -> Result<bool, AppError> {
        let row = self.locked::<vacancy::Entity>(vacancy).await?;
        if !matches!(row.state, VacancyState::Published | VacancyState::Paused) {
            return Ok(false);
        }
        let today = self.today();
        let reason = if row.closes_on < today { Some(placements::CLOSED_BY_DAY) } else { is_left_alone(&row, today).then_some(LEFT_ALONE) };
        if let Some(reason) = reason {
            let state = row.state.after(VacancyEvent::Close)?;
            let close_reason = Some(reason.to_owned());
            let row = vacancy::Model { state, close_reason, updated_at: self.now, version: row.version + 1, ..row };
            rows::update(self.tx, row.clone()).await?;
            self.did("expire", "vacancy", row.id, row.office_id).await?;
            self.tell_employer("vacancy_expired", &row).await?;
            return Ok(true);
        }
        let untouched = today - Zone::Wib.day_of(row.touched_at);
        if row.reminded_at.is_some() || untouched < Duration::days(REMINDED_DAYS) {
            return Ok(false);
        }
        let row = vacancy::Model { reminded_at: Some(self.now), ..row };
        rows::update(self.tx, row.clone()).await?;
        self.did("remind", "vacancy", row.id, row.office_id).await?;
        self.tell_employer("vacancy_reminder", &row).await?;
        Ok(true)
    }

    async fn tell_employer(&self, kind: &str, row: &vacancy::Model) -> Result<(), AppError> {
        let (employer, thing) = (("employer", row.employer_id.0), ("vacancy", row.id.0));
        self.message_again(kind, employer, thing, row.office_id, row.version).await
    }

    async fn is_trusted(&self, row: &vacancy::Model) -> Result<bool, AppError> {
        let partnership = partners::partnership(self.tx, row.office_id, row.employer_id).await?;
        let today = self.today();
        Ok(partnership.is_some_and(|partnership| {
            let begun = partnership.valid_from.is_none_or(|day| day <= today);
            partnership.trusted && begun && partnership.valid_until.is_none_or(|day| day >= today)
        }))
    }

    fn refuse_past(&self, closes_on: NaiveDate) -> Result<(), AppError> {
        if closes_on < self.today() { Err(AppError::field("/closes_on", Refusal::DatePast)) } else { Ok(()) }
    }
}

impl App {
    /// Closes vacancies that are over or were left alone for 90 days, and reminds their employers a week before; answers how many.
    ///
    /// Nothing depends on when this runs: whether a vacancy is open is asked of the clock.
    pub async fn close_stale_vacancies(&self) -> Result<usize, AppError> {
        let now = self.clock.now();
        let today = Zone::Wib.day_of(now);
        let since = |days: i64| Zone::Wib.end_of(today - Duration::days(days));
        let untouched = Untouched { remind: since(REMINDED_DAYS), close: since(UNTOUCHED_DAYS) };
        let stale = vacancies::stale(self.database.reader(), today, untouched, ROUND).await?;
        let system = Actor::system();
        let mut done = 0;
        for row in stale {
            done += usize::from(self.work(&system, async |work| work.look_after(row.id).await).await?);
        }
        Ok(done)
    }
}
