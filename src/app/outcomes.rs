//! Outcomes as people tell them: recording, checking, taking back. Nothing is overwritten (DESIGN 3.9).
//!
//! What is stored with an event is only what one hand can vouch for. How well it is proved is read from all events
//! together, by the engine, so that nobody's own word ever counts as a check of it.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::app::actor::Who;
use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::installation::App;
use crate::app::occupations::ProposedOccupation;
use crate::app::work::{Look, Work};
use crate::engine::absorption::event::{Act, OutcomeEvent};
use crate::engine::absorption::status::proof_of;
use crate::engine::geo::RegionCode;
use crate::engine::id::{AccountId, EmployerId, FileId, GraduateId, OutcomeId};
use crate::engine::kinds::{Contract, EvidenceLevel, OutcomeKind, OutcomeSource};
use crate::engine::money::{Rupiah, WageUnit};
use crate::store::database::Connection;
use crate::store::entity::{evidence_file, graduate, outcome_event};
use crate::store::outcomes::{self, event_of};
use crate::words::refusal::Refusal;

/// The longest working week that can be told, in hours.
const MOST_HOURS: i64 = 80;

/// What somebody tells of a graduate.
#[derive(Debug, Clone)]
pub struct NewOutcome {
    /// What the graduate does.
    pub kind: OutcomeKind,
    /// The day on which it was so.
    pub on: NaiveDate,
    /// The firm, where it is a partner of the office.
    pub employer_id: Option<EmployerId>,
    /// The firm or business by name.
    pub employer_name: Option<String>,
    /// How the graduate is employed.
    pub contract: Option<Contract>,
    /// The work in a few words.
    pub job_text: Option<String>,
    /// KBJI code of the work.
    pub kbji: Option<String>,
    /// Where the work is (Kemendagri code).
    pub district: Option<String>,
    /// Hours a week.
    pub hours_per_week: Option<i64>,
    /// Whole rupiah for one `wage_unit`.
    pub wage: Option<i64>,
    /// What one wage pays for.
    pub wage_unit: Option<WageUnit>,
    /// Why the graduate is to be left out of the count; needed for `excluded`.
    pub reason: Option<String>,
    /// A file that shows it.
    pub file_id: Option<FileId>,
    /// What the teller has: only a word (`self_report`) or a `document`, which counts once a second officer has seen it.
    pub evidence: Option<EvidenceLevel>,
}

/// A check of an outcome by a second officer.
#[derive(Debug, Clone)]
pub struct NewVerification {
    /// `document` when a document was seen, `second_officer` for a call or visit.
    pub evidence: EvidenceLevel,
    /// The day of the check; today where absent.
    pub on: Option<NaiveDate>,
    /// The document.
    pub file_id: Option<FileId>,
}

/// How an event was taken back.
#[derive(Debug, Clone)]
pub struct RetractionView {
    /// The event that takes it back.
    pub id: OutcomeId,
    /// When.
    pub at: chrono::DateTime<chrono::Utc>,
    /// Why.
    pub reason: Option<String>,
}

/// One outcome event as staff and its person see it.
#[derive(Debug, Clone)]
pub struct OutcomeView {
    /// The event.
    pub row: outcome_event::Model,
    /// The partner's name, or the name that was told.
    pub employer_name: Option<String>,
    /// How well it is proved by all that vouch for it; `None` once it no longer stands.
    pub proof: Option<EvidenceLevel>,
    /// The officer who checked it last.
    pub verified_by: Option<AccountId>,
    /// How it was taken back, if it was.
    pub retraction: Option<RetractionView>,
    /// The occupation its job text names, where none was given.
    pub proposed_occupation: Option<ProposedOccupation>,
}

impl Work<'_> {
    /// Records what a graduate does, in the actor's word.
    ///
    /// A graduate's link gives the graduate's word, an account staff's. A file does not make it proved yet: whoever
    /// recorded it cannot vouch for it, so it stays a report until another officer verifies it (DESIGN 3.9).
    pub async fn record_outcome(&self, graduate: GraduateId, new: &NewOutcome) -> Result<OutcomeView, AppError> {
        let graduate = self.found::<graduate::Entity>(graduate).await?;
        self.not_own(graduate.person_id)?;
        let event = self.told(&graduate, new).await?;
        self.tell(event.clone()).await?;
        self.outcome_view(event).await
    }

    /// The event a report makes, with every field checked.
    async fn told(&self, graduate: &graduate::Model, new: &NewOutcome) -> Result<outcome_event::Model, AppError> {
        let mut form = Form::default();
        let text = |form: &mut Form, pointer: &str, value: &Option<String>| form.optional_text(pointer, value.as_deref(), LINE);
        let employer_name = text(&mut form, "/employer_name", &new.employer_name);
        let job_text = text(&mut form, "/job_text", &new.job_text);
        let reason = text(&mut form, "/reason", &new.reason);
        let kbji = text(&mut form, "/kbji", &new.kbji);
        form.require(kbji.as_deref().is_none_or(is_kbji), "/kbji", Refusal::FieldNotUnderstood { problem: "KBJI".to_owned() });
        form.require(new.on <= self.today(), "/on", Refusal::DateFuture);
        form.require(new.kind != OutcomeKind::Excluded || reason.is_some(), "/reason", Refusal::ReasonNeeded);
        let named = new.employer_id.is_some() || employer_name.is_some();
        let missing = Refusal::FieldMissing { field: "employer_id".to_owned() };
        form.require(new.kind != OutcomeKind::Partner || named, "/employer_id", missing);
        let wage = form.rupiah("/wage", new.wage);
        let unit_missing = Refusal::FieldMissing { field: "wage_unit".to_owned() };
        form.require(wage.is_none() || new.wage_unit.is_some(), "/wage_unit", unit_missing);
        let hours_per_week = new.hours_per_week.map(|hours| form.number("/hours_per_week", hours, 1, MOST_HOURS));
        let district = self.known_district(&mut form, new.district.as_deref());
        let one_hand = [EvidenceLevel::SelfReport, EvidenceLevel::Document];
        let allowed = Refusal::CodeUnknown { allowed: "self_report, document".to_owned() };
        form.require(new.evidence.is_none_or(|level| one_hand.contains(&level)), "/evidence", allowed);
        form.done()?;
        self.check_employer(graduate, new.employer_id).await?;
        self.check_file(graduate, new.file_id).await?;
        Ok(outcome_event::Model {
            employer_id: new.employer_id,
            employer_name,
            contract: new.contract,
            job_text,
            kbji,
            district_code: district.map(|code| code.as_str().to_owned()),
            hours_per_week,
            wage: wage.map(Rupiah::amount),
            wage_unit: new.wage_unit.filter(|_| wage.is_some()),
            file_id: new.file_id,
            reason,
            ..self.event(graduate, Act::Reported, new.kind, new.on)
        })
    }

    fn known_district(&self, form: &mut Form, code: Option<&str>) -> Option<RegionCode> {
        let code = form.region("/district", code)?;
        let known = self.app.knowledge().regions.get(&code).is_some();
        form.require(known, "/district", Refusal::DistrictUnknown);
        Some(code)
    }

    async fn check_employer(&self, graduate: &graduate::Model, employer: Option<EmployerId>) -> Result<(), AppError> {
        match employer {
            Some(employer) if !outcomes::is_partner(self.tx, graduate.office_id, employer).await? => {
                Err(AppError::field("/employer_id", Refusal::NotAPartner))
            }
            _ => Ok(()),
        }
    }

    /// A file must lie in the actor's scope and belong to this person.
    async fn check_file(&self, graduate: &graduate::Model, file: Option<FileId>) -> Result<(), AppError> {
        let Some(file) = file else { return Ok(()) };
        let file = self.found::<evidence_file::Entity>(file).await?;
        if file.person_id == Some(graduate.person_id) { Ok(()) } else { Err(Refusal::NotFound.into()) }
    }

    /// Checks an outcome that another hand recorded: the check is an event of its own, dated.
    ///
    /// Refuses `same_person` to whoever recorded it and `conflict_of_interest` to the person it is about.
    pub async fn verify_outcome(&self, id: OutcomeId, check: &NewVerification) -> Result<OutcomeView, AppError> {
        let target = self.locked::<outcome_event::Entity>(id).await?;
        let graduate = self.found::<graduate::Entity>(target.graduate_id).await?;
        self.not_own(graduate.person_id)?;
        let officer = self.by().ok_or(Refusal::RoleNotAllowed)?;
        if target.recorded_by == Some(officer) {
            return Err(Refusal::SamePerson.into());
        }
        if !target.act.opens() {
            return Err(Refusal::WrongState { what: "outcome", state: target.act.code(), event: "verify" }.into());
        }
        self.stands(&target).await?;
        let on = check.on.unwrap_or_else(|| self.today());
        let mut form = Form::default();
        let checks = [EvidenceLevel::Document, EvidenceLevel::SecondOfficer];
        let allowed = Refusal::CodeUnknown { allowed: "document, second_officer".to_owned() };
        form.require(checks.contains(&check.evidence), "/evidence", allowed);
        form.require(on <= self.today(), "/on", Refusal::DateFuture);
        form.done()?;
        self.check_file(&graduate, check.file_id).await?;
        let event = outcome_event::Model {
            evidence: check.evidence,
            verified_by: Some(officer),
            file_id: check.file_id,
            ..self.about(&graduate, &target, Act::Verified, on)
        };
        self.tell(event).await?;
        self.outcome_view(target).await
    }

    /// Takes an event back. It stays visible with the reason, and counts no more from now on.
    ///
    /// A graduate takes back only the own word. What belongs to the course of a placement is corrected there, so that
    /// state and events cannot part.
    pub async fn retract_outcome(&self, id: OutcomeId, reason: &str) -> Result<OutcomeView, AppError> {
        let target = self.locked::<outcome_event::Entity>(id).await?;
        let graduate = self.found::<graduate::Entity>(target.graduate_id).await?;
        if self.actor.who == Who::Graduate && target.source != OutcomeSource::Graduate {
            return Err(Refusal::RoleNotAllowed.into());
        }
        let mut form = Form::default();
        let reason = form.text("/reason", reason, LINE);
        form.done()?;
        if target.placement_id.is_some() && !target.act.speaks_about_another() {
            return Err(Refusal::WrongState { what: "outcome", state: target.act.code(), event: "retract" }.into());
        }
        self.stands(&target).await?;
        let event = outcome_event::Model { reason: Some(reason), ..self.about(&graduate, &target, Act::Retracted, self.today()) };
        self.tell(event).await?;
        self.outcome_view(target).await
    }

    /// An event about another one, with what that one knows of the job.
    fn about(&self, graduate: &graduate::Model, target: &outcome_event::Model, act: Act, on: NaiveDate) -> outcome_event::Model {
        outcome_event::Model {
            about_id: Some(target.id),
            placement_id: target.placement_id,
            employer_id: target.employer_id,
            employer_name: target.employer_name.clone(),
            commitment_id: target.commitment_id,
            contract: target.contract,
            ..self.event(graduate, act, target.kind, on)
        }
    }

    async fn stands(&self, target: &outcome_event::Model) -> Result<(), AppError> {
        let events = events_of(self.tx, target).await?;
        let fallen = is_fallen(&events, target.id);
        if fallen { Err(Refusal::AlreadyRetracted.into()) } else { Ok(()) }
    }

    async fn outcome_view(&self, row: outcome_event::Model) -> Result<OutcomeView, AppError> {
        let rows = outcomes::of_graduate(self.tx, row.graduate_id).await?;
        let id = row.id;
        let views = self.app.with_occupations(views_of(self.tx, rows).await?);
        views.into_iter().find(|view| view.row.id == id).ok_or_else(|| Refusal::NotFound.into())
    }
}

impl Look<'_> {
    /// Everything told of a graduate, retracted events too, in the order of their dates. Reading it is noted.
    pub async fn outcomes(&self, graduate: GraduateId) -> Result<Vec<OutcomeView>, AppError> {
        let graduate = self.found::<graduate::Entity>(graduate).await?;
        if self.actor.who != Who::Graduate {
            self.noted_reading(graduate.person_id, "outcomes").await?;
        }
        Ok(self.app.with_occupations(views_of(self.db(), outcomes::of_graduate(self.db(), graduate.id).await?).await?))
    }
}

impl App {
    /// The views with the occupation that each job text names, where none was given.
    fn with_occupations(&self, mut views: Vec<OutcomeView>) -> Vec<OutcomeView> {
        let knowledge = self.knowledge();
        for view in &mut views {
            let jobs = knowledge.jobs(Some(view.row.office_id));
            view.proposed_occupation = view.row.job_text.as_deref().and_then(|text| jobs.proposed(view.row.kbji.as_deref(), text));
        }
        views
    }
}

async fn events_of<C: Connection>(db: &C, target: &outcome_event::Model) -> Result<Vec<OutcomeEvent>, AppError> {
    Ok(outcomes::of_person(db, target.person_id).await?.iter().map(event_of).collect())
}

/// Whether an event was taken back; a retraction falls when it is itself retracted.
///
/// It ends because a retraction names an event that was there before it.
pub(in crate::app) fn is_fallen(events: &[OutcomeEvent], id: OutcomeId) -> bool {
    events.iter().any(|event| event.act == Act::Retracted && event.about == Some(id) && !is_fallen(events, event.id))
}

/// The views of all events of one graduate.
pub(in crate::app) async fn views_of<C: Connection>(db: &C, rows: Vec<outcome_event::Model>) -> Result<Vec<OutcomeView>, AppError> {
    let employers: Vec<EmployerId> = rows.iter().filter_map(|row| row.employer_id).collect();
    let names = outcomes::employer_names(db, &employers).await?;
    let events: Vec<OutcomeEvent> = rows.iter().map(event_of).collect();
    let told: FxHashMap<OutcomeId, outcome_event::Model> = rows.iter().map(|row| (row.id, row.clone())).collect();
    let view = |row: outcome_event::Model| {
        let about = |act: Act| told.values().filter(move |other| other.act == act).filter(|other| other.about_id == Some(row.id));
        let checks = about(Act::Verified).filter(|check| !is_fallen(&events, check.id));
        let fallen = is_fallen(&events, row.id);
        let retraction = about(Act::Retracted).filter(|_| fallen).max_by_key(|retraction| (retraction.recorded_at, retraction.id));
        OutcomeView {
            employer_name: row.employer_id.and_then(|id| names.get(&id).cloned()).or_else(|| row.employer_name.clone()),
            proof: proof_of(&events, row.id),
            verified_by: checks.max_by_key(|check| (check.recorded_at, check.id)).and_then(|check| check.verified_by),
            retraction: retraction.map(|by| RetractionView { id: by.id, at: by.recorded_at, reason: by.reason.clone() }),
            proposed_occupation: None,
            row,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// KBJI 2014 codes have one to four digits, and six with their own two after a dot.
fn is_kbji(code: &str) -> bool {
    (1..=8).contains(&code.len()) && code.chars().all(|c| c.is_ascii_digit() || c == '.')
}
