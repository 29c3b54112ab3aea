//! Referrals: staff propose, the graduate says yes to one employer, the employer tests and tells the result.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::app::error::AppError;
use crate::app::faces::{Depth, Face, Faces, Job};
use crate::app::field::{Form, LINE, TEXT};
use crate::app::why::Why;
use crate::app::work::{Look, Work};
use crate::engine::id::{GraduateId, ReferralId, VacancyId};
use crate::engine::kinds::{AnswerChannel, ConsentPurpose, Reason};
use crate::engine::lifecycle::{ReferralEvent, ReferralState, VacancyState};
use crate::store::database::Connection;
use crate::store::entity::{consent, graduate, person, referral, vacancy};
use crate::store::page::{Page, Slice};
pub use crate::store::referrals::ReferralFilter;
use crate::store::{faces, id, people, referrals, rows};
use crate::words::refusal::Refusal;

/// A referral as far as the actor may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralView {
    /// The referral.
    pub id: ReferralId,
    /// Whom it is about.
    pub graduate: Face,
    /// To which job.
    pub job: Job,
    /// Where it stands.
    pub state: ReferralState,
    /// What the person needs at work, told with their yes.
    pub adaptation: Option<String>,
    /// When the test or interview is.
    pub invited_at: Option<DateTime<Utc>>,
    /// Where it is.
    pub invited_place: Option<String>,
    /// Which way the answer came.
    pub answered_channel: Option<AnswerChannel>,
    /// Why it ended, where the actor may read that.
    pub why: Why,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last moved.
    pub updated_at: DateTime<Utc>,
    /// Version.
    pub version: i32,
}

/// What became of referring one graduate.
#[derive(Debug, Clone)]
pub enum Referred {
    /// A new referral.
    Created(Box<ReferralView>),
    /// It was there already.
    Existing(Box<ReferralView>),
    /// A rule refused it.
    Refused(Refusal),
}

impl Work<'_> {
    /// Refers graduates to a vacancy; one refused graduate hinders no other.
    pub async fn refer(&self, vacancy: VacancyId, ids: &[GraduateId]) -> Result<Vec<(GraduateId, Referred)>, AppError> {
        let mut form = Form::default();
        form.require(!ids.is_empty(), "/graduate_ids", Refusal::FieldMissing { field: "graduate_ids".to_owned() });
        form.require(ids.len() <= BULK, "/graduate_ids", Refusal::NumberOutOfRange { low: 1, high: 200 });
        form.done()?;
        let vacancy = self.found::<vacancy::Entity>(vacancy).await?;
        open_today(&vacancy, self.today())?;
        self.lock_people_of(ids).await?;
        let mut done = Vec::with_capacity(ids.len());
        for id in ids {
            let outcome = match self.refer_one(&vacancy, *id).await {
                Ok(referred) => referred,
                Err(AppError::Refused(refusal)) => Referred::Refused(refusal),
                Err(other) => return Err(other),
            };
            done.push((*id, outcome));
        }
        Ok(done)
    }

    /// Locks the people behind some graduates in the actor's scope, in the order of their ids.
    pub(in crate::app) async fn lock_people_of(&self, ids: &[GraduateId]) -> Result<(), AppError> {
        let mut people = Vec::with_capacity(ids.len());
        for id in ids {
            people.extend(rows::find::<graduate::Entity>(self.tx, &self.scope(), *id).await?.map(|row| row.person_id));
        }
        self.people_locked(people.into_iter()).await
    }

    async fn refer_one(&self, vacancy: &vacancy::Model, id: GraduateId) -> Result<Referred, AppError> {
        let graduate = self.found::<graduate::Entity>(id).await?;
        let person = self.person_locked(graduate.person_id).await?;
        self.not_own(person.id)?;
        if let Some(row) = referrals::of_pair(self.tx, vacancy.id, graduate.id).await? {
            return Ok(Referred::Existing(Box::new(self.referral_view(row).await?)));
        }
        self.refuse_unmatchable(&person, &graduate, vacancy).await?;
        let row = self.proposed(vacancy, &graduate);
        rows::insert(self.tx, row.clone()).await?;
        self.did("refer", "referral", row.id, row.office_id).await?;
        self.message("referral_proposed", ("graduate", graduate.id.0), ("referral", row.id.0), row.office_id, chrono::Duration::zero())
            .await?;
        Ok(Referred::Created(Box::new(self.referral_view(row).await?)))
    }

    fn proposed(&self, vacancy: &vacancy::Model, graduate: &graduate::Model) -> referral::Model {
        referral::Model {
            id: id::fresh(),
            vacancy_id: vacancy.id,
            graduate_id: graduate.id,
            person_id: graduate.person_id,
            office_id: vacancy.office_id,
            employer_id: vacancy.employer_id,
            state: ReferralState::Proposed,
            adaptation_sealed: None,
            invited_at: None,
            invited_place: None,
            answered_channel: None,
            reason: None,
            reason_text: None,
            reason_shown: false,
            closed_by_placement: None,
            state_before: None,
            created_by: self.by(),
            created_at: self.now,
            updated_at: self.now,
            version: 1,
        }
    }

    /// The graduate's yes: from now on this employer sees name and telephone.
    pub async fn consent_to_referral(&self, id: ReferralId, adaptation: Option<&str>) -> Result<ReferralView, AppError> {
        let mut form = Form::default();
        let adaptation = form.optional_text("/adaptation", adaptation, TEXT);
        form.done()?;
        let (person, row) = self.referral_locked(id).await?;
        self.not_own(person.id)?;
        let state = row.state.after(ReferralEvent::Consent)?;
        let sealed = match &adaptation {
            Some(text) => self.person_key(person.data_key.as_deref())?.seal_text(Some(text))?,
            None => None,
        };
        rows::insert(self.tx, self.consent_row(&row)).await?;
        self.changed("consent", row.id, Some(row.office_id));
        let row = referral::Model { state, adaptation_sealed: sealed, answered_channel: Some(self.channel()), ..row };
        self.message(
            "referral_consented",
            ("employer", row.employer_id.0),
            ("referral", row.id.0),
            row.office_id,
            chrono::Duration::zero(),
        )
        .await?;
        self.moved_referral(row, "consent").await
    }

    fn consent_row(&self, row: &referral::Model) -> consent::Model {
        consent::Model {
            id: id::fresh(),
            person_id: row.person_id,
            graduate_id: row.graduate_id,
            office_id: row.office_id,
            purpose: ConsentPurpose::Referral,
            employer_id: Some(row.employer_id),
            channel: self.channel(),
            given_on: self.today(),
            recorded_by: self.by(),
            recorded_at: self.now,
            withdrawn_at: None,
            file_id: None,
        }
    }

    /// The graduate's no; it never lowers anyone.
    pub async fn decline_referral(&self, id: ReferralId, why: &Why) -> Result<ReferralView, AppError> {
        let (person, row) = self.referral_locked(id).await?;
        self.not_own(person.id)?;
        let row = referral::Model { state: row.state.after(ReferralEvent::Decline)?, answered_channel: Some(self.channel()), ..row };
        self.withdraw_consent(&row).await?;
        self.moved_referral(because(row, why, true), "decline").await
    }

    /// Calls to a test or interview.
    pub async fn invite(&self, id: ReferralId, at: DateTime<Utc>, place: &str) -> Result<ReferralView, AppError> {
        let mut form = Form::default();
        let place = form.text("/place", place, LINE);
        form.require(at > self.now, "/at", Refusal::DatePast);
        form.done()?;
        let (person, row) = self.referral_locked(id).await?;
        self.not_own(person.id)?;
        let state = row.state.after(ReferralEvent::Invite)?;
        let row = referral::Model { state, invited_at: Some(at), invited_place: Some(place), ..row };
        let thing = ("referral", row.id.0);
        self.message(&format!("invited:{}", row.version), ("graduate", row.graduate_id.0), thing, row.office_id, chrono::Duration::zero())
            .await?;
        self.moved_referral(row, "invite").await
    }

    /// Records that the graduate came, or did not.
    pub async fn attended(&self, id: ReferralId, came: bool) -> Result<ReferralView, AppError> {
        let (person, row) = self.referral_locked(id).await?;
        self.not_own(person.id)?;
        let event = if came { ReferralEvent::Attend } else { ReferralEvent::NoShow };
        let row = referral::Model { state: row.state.after(event)?, ..row };
        self.moved_referral(row, event.code()).await
    }

    /// The employer's choice; a no needs a coded reason, and says whether the person may read it.
    pub async fn result(&self, id: ReferralId, passed: bool, why: &Why, shown: bool) -> Result<ReferralView, AppError> {
        if !passed && why.reason.is_none() {
            return Err(AppError::field("/reason", Refusal::ReasonNeeded));
        }
        let (person, row) = self.referral_locked(id).await?;
        self.not_own(person.id)?;
        let event = if passed { ReferralEvent::Pass } else { ReferralEvent::Fail };
        let row = referral::Model { state: row.state.after(event)?, ..row };
        self.moved_referral(because(row, why, shown), event.code()).await
    }

    /// Takes a referral back.
    pub async fn withdraw_referral(&self, id: ReferralId, why: &Why) -> Result<ReferralView, AppError> {
        let (person, row) = self.referral_locked(id).await?;
        self.not_own(person.id)?;
        let row = referral::Model { state: row.state.after(ReferralEvent::Withdraw)?, ..row };
        self.withdraw_consent(&row).await?;
        if !why.is_mistake() {
            let thing = ("referral", row.id.0);
            self.message("referral_withdrawn", ("employer", row.employer_id.0), thing, row.office_id, chrono::Duration::zero()).await?;
        }
        self.moved_referral(because(row, why, false), "withdraw").await
    }

    /// A yes that was given for this employer ends, unless another referral of the person to them still rests on it.
    async fn withdraw_consent(&self, row: &referral::Model) -> Result<(), AppError> {
        let others = referrals::lock_of_person(self.tx, row.person_id).await?;
        let rests = |other: &referral::Model| {
            other.id != row.id
                && other.employer_id == row.employer_id
                && other.graduate_id == row.graduate_id
                && other.state.may_be_offered()
        };
        if others.iter().any(rests) {
            return Ok(());
        }
        faces::withdraw_consent(self.tx, row.graduate_id, row.employer_id, self.now).await?;
        self.changed("consent", row.id, Some(row.office_id));
        Ok(())
    }

    async fn referral_locked(&self, id: ReferralId) -> Result<(person::Model, referral::Model), AppError> {
        let found = self.found::<referral::Entity>(id).await?;
        let person = self.person_locked(found.person_id).await?;
        Ok((person, self.locked::<referral::Entity>(id).await?))
    }

    async fn moved_referral(&self, row: referral::Model, action: &str) -> Result<ReferralView, AppError> {
        let row = referral::Model { updated_at: self.now, version: row.version + 1, ..row };
        rows::update(self.tx, row.clone()).await?;
        self.changed("referral", row.id, Some(row.office_id));
        let detail = json!({ "reason": row.reason.map(Reason::code) });
        self.record(action, "referral", row.id, Some(row.office_id), detail).await?;
        self.referral_view(row).await
    }

    async fn referral_view(&self, row: referral::Model) -> Result<ReferralView, AppError> {
        let pairs = [(row.graduate_id, row.vacancy_id)];
        let faces = self.app.faces(self.tx, self.actor, self.now, &pairs, Depth::Line).await?;
        self.app.look(self.actor).referral_views(self.tx, vec![row], &faces).await?.pop().ok_or_else(|| Refusal::NotFound.into())
    }
}

/// How many graduates one request may name.
pub(in crate::app) const BULK: usize = 200;

/// Whether a vacancy takes new people today: published, and its closing day not over (WIB).
pub(in crate::app) fn open_today(vacancy: &vacancy::Model, today: chrono::NaiveDate) -> Result<(), Refusal> {
    match vacancy.state {
        _ if vacancy.state.is_over() || vacancy.closes_on < today => Err(Refusal::VacancyClosed),
        VacancyState::Published | VacancyState::Filled => Ok(()),
        _ => Err(Refusal::VacancyNotPublished),
    }
}

fn because(row: referral::Model, why: &Why, shown: bool) -> referral::Model {
    referral::Model { reason: why.reason, reason_text: why.text.clone(), reason_shown: shown, ..row }
}

impl Look<'_> {
    /// Referrals the actor sees.
    pub async fn referrals(&self, filter: ReferralFilter, slice: Slice) -> Result<Page<ReferralView>, AppError> {
        let page = referrals::list(self.db(), &self.scope(), filter, slice).await?;
        let pairs: Vec<_> = page.rows.iter().map(|row| (row.graduate_id, row.vacancy_id)).collect();
        let faces = self.app.faces(self.db(), self.actor, self.now, &pairs, Depth::Line).await?;
        Ok(Page { rows: self.referral_views(self.db(), page.rows, &faces).await?, more: page.more })
    }

    /// One referral.
    pub async fn referral(&self, id: Uuid) -> Result<ReferralView, AppError> {
        let row = self.found::<referral::Entity>(id).await?;
        let faces = self.app.faces(self.db(), self.actor, self.now, &[(row.graduate_id, row.vacancy_id)], Depth::Record).await?;
        self.referral_views(self.db(), vec![row], &faces).await?.pop().ok_or_else(|| Refusal::NotFound.into())
    }

    async fn referral_views<C: Connection>(&self, db: &C, rows: Vec<referral::Model>, seen: &Faces) -> Result<Vec<ReferralView>, AppError> {
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            let adaptation = match &row.adaptation_sealed {
                Some(sealed) if self.may_read_adaptation(&row) => self.open_adaptation(db, &row, sealed).await?,
                _ => None,
            };
            views.push(ReferralView {
                id: row.id,
                graduate: seen.graduate(row.graduate_id),
                job: seen.job(row.vacancy_id, row.employer_id),
                state: row.state,
                adaptation,
                invited_at: row.invited_at,
                invited_place: row.invited_place.clone(),
                answered_channel: row.answered_channel,
                why: self.referral_why(&row),
                created_at: row.created_at,
                updated_at: row.updated_at,
                version: row.version,
            });
        }
        Ok(views)
    }

    fn may_read_adaptation(&self, row: &referral::Model) -> bool {
        !self.actor.is_employer() || row.state.may_be_offered()
    }

    async fn open_adaptation<C: Connection>(&self, db: &C, row: &referral::Model, sealed: &[u8]) -> Result<Option<String>, AppError> {
        let person = people::persons(db, &[row.person_id]).await?.into_iter().next();
        let Some(wrapped) = person.and_then(|person| person.data_key) else { return Ok(None) };
        Ok(self.app.keyring.person_key(Some(&wrapped))?.open_text(Some(sealed))?)
    }

    /// The graduate reads what was marked for reading; an employer reads codes, and text that is its own.
    fn referral_why(&self, row: &referral::Model) -> Why {
        let own_words = row.state == ReferralState::Failed || row.state == ReferralState::Passed;
        if self.actor.is_staff() || (self.actor.graduate.is_some() && row.reason_shown) || (self.actor.is_employer() && own_words) {
            Why { reason: row.reason, text: row.reason_text.clone() }
        } else if self.actor.is_employer() {
            Why { reason: row.reason, text: None }
        } else {
            Why::default()
        }
    }
}
