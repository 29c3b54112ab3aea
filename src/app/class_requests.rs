//! Partners ask for classes: a job, how many people, by which month. The office answers once.

use chrono::{Datelike as _, NaiveDate};

use crate::app::error::AppError;
use crate::app::field::{Form, LINE, TEXT};
use crate::app::occupations::ProposedOccupation;
use crate::app::paging::{Page, Slice};
use crate::app::work::{Look, Work};
use crate::engine::id::{ClassRequestId, EmployerId, OfficeId};
use crate::engine::occupation::starter;
use crate::engine::plan::class::{ClassAnswer, ClassRequestState};
use crate::store::entity::{class_request, employer};
use crate::store::{id, planning, rows};
use crate::words::refusal::Refusal;

/// The most people of one request.
const MOST_PEOPLE: i64 = 10_000;

/// What is asked.
#[derive(Debug, Clone)]
pub struct ClassRequestForm {
    /// For which partner; an employer asks for itself.
    pub employer_id: Option<EmployerId>,
    /// Which office; named where it is not plain.
    pub office_id: Option<OfficeId>,
    /// The job, in the partner's words.
    pub job: String,
    /// Its occupation, where it is known.
    pub kbji: Option<String>,
    /// How many people.
    pub people: i64,
    /// By which month: `2027-01`.
    pub month: String,
    /// Anything else.
    pub note: Option<String>,
}

/// A request.
#[derive(Debug, Clone)]
pub struct ClassRequestView {
    /// The row.
    pub row: class_request::Model,
    /// Its state.
    pub state: ClassRequestState,
    /// The occupation its words surely mean, where none was given.
    pub proposed_occupation: Option<ProposedOccupation>,
}

impl Work<'_> {
    /// A partner, or staff whom it told, asks for a class.
    pub async fn request_class(&self, new: &ClassRequestForm) -> Result<ClassRequestView, AppError> {
        let mut form = Form::default();
        let employer = self.actor.employer.filter(|_| self.actor.is_employer()).or(new.employer_id);
        form.require(employer.is_some(), "/employer_id", Refusal::FieldMissing { field: "employer_id".to_owned() });
        let job = form.text("/job", &new.job, LINE);
        let kbji = form.optional_text("/kbji", new.kbji.as_deref(), LINE);
        form.require(kbji.as_deref().is_none_or(|kbji| starter().title(kbji).is_some()), "/kbji", Refusal::OccupationUnknown);
        let people = form.number("/people", new.people, 1, MOST_PEOPLE);
        let note = form.optional_text("/note", new.note.as_deref(), TEXT);
        let month = month_of(&new.month);
        form.require(month.is_some(), "/month", Refusal::FieldNotUnderstood { problem: "YYYY-MM".to_owned() });
        let this_month = self.today().with_day(1);
        form.require(month.is_none_or(|month| this_month.is_none_or(|first| first <= month)), "/month", Refusal::DatePast);
        form.done()?;
        let (employer, month) = employer.zip(month).ok_or(Refusal::NotFound)?;
        self.found::<employer::Entity>(employer).await?;
        let office = self.office_of(employer, new.office_id).await?;
        let row = class_request::Model {
            id: id::fresh::<ClassRequestId>(),
            office_id: office,
            employer_id: employer,
            job,
            kbji,
            people,
            month,
            note,
            state: ClassRequestState::Open.code().to_owned(),
            answer: None,
            answered_by: None,
            answered_at: None,
            created_by: self.by(),
            created_at: self.now,
            version: 1,
        };
        rows::insert(self.tx, row.clone()).await?;
        self.did("request", "class_request", row.id, office).await?;
        let (to, about) = (("office", office.0), ("class_request", row.id.0));
        self.message("class_requested", to, about, office, chrono::Duration::zero()).await?;
        Ok(self.app.class_request_view(row))
    }

    /// Staff answer a request: a class is planned for it, or not.
    pub async fn answer_class_request(&self, id: ClassRequestId, answer: ClassAnswer, words: &str) -> Result<ClassRequestView, AppError> {
        let mut form = Form::default();
        let words = form.text("/answer", words, TEXT);
        form.done()?;
        let row = self.locked::<class_request::Entity>(id).await?;
        if row.state != ClassRequestState::Open.code() {
            return Err(Refusal::ClassRequestAnswered.into());
        }
        let row = class_request::Model {
            state: answer.code().to_owned(),
            answer: Some(words),
            answered_by: self.by(),
            answered_at: Some(self.now),
            version: row.version.saturating_add(1),
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.did("answer", "class_request", row.id, row.office_id).await?;
        let (to, about) = (("employer", row.employer_id.0), ("class_request", row.id.0));
        self.message("class_request_answered", to, about, row.office_id, chrono::Duration::zero()).await?;
        Ok(self.app.class_request_view(row))
    }
}

impl Look<'_> {
    /// Requests the actor sees: a partner its own, staff their office's.
    pub async fn class_requests(&self, state: Option<ClassRequestState>, slice: Slice) -> Result<Page<ClassRequestView>, AppError> {
        let page = planning::requests(self.db(), &self.scope(), state.map(ClassRequestState::code), slice).await?;
        Ok(Page { rows: page.rows.into_iter().map(|row| self.app.class_request_view(row)).collect(), more: page.more })
    }
}

impl crate::app::installation::App {
    pub(in crate::app) fn class_request_view(&self, row: class_request::Model) -> ClassRequestView {
        let proposed_occupation = self.knowledge().jobs(Some(row.office_id)).proposed(row.kbji.as_deref(), &row.job);
        let state = ClassRequestState::parse(&row.state).unwrap_or(ClassRequestState::Open);
        ClassRequestView { state, proposed_occupation, row }
    }
}

impl ClassRequestView {
    /// The occupation given, or the one its words mean.
    #[must_use]
    pub fn occupation(&self) -> Option<&str> {
        self.row.kbji.as_deref().or(self.proposed_occupation.as_ref().map(|proposed| proposed.occupation.kbji.as_str()))
    }
}

/// The first day of a month written `2027-01`.
fn month_of(text: &str) -> Option<NaiveDate> {
    let (year, month) = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2)?;
    let digits = |text: &str| -> Option<u32> { text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten() };
    NaiveDate::from_ymd_opt(digits(year)?.try_into().ok()?, digits(month)?, 1)
}
