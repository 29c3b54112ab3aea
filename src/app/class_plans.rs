//! The go / no-go sheet of a planned class: what it would open, before money is spent, kept with what was decided.
//!
//! The sheet is computed while nothing is locked, then written; deciding does not compute it anew.

use chrono::{Datelike as _, NaiveDate};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::error::AppError;
use crate::app::field::{Form, TEXT};
use crate::app::matches::policy_name;
use crate::app::paging::{Page, Slice};
use crate::app::reports::ReportAsk;
use crate::app::work::{Look, Work, fresh_version};
use crate::engine::absorption::rate::Checkpoint;
use crate::engine::id::{ClassPlanId, ClassRequestId, EmployerId, ProgrammeId, VacancyId};
use crate::engine::plan::class::{ClassDecision, ClassWorth, PlannedClass, class_worth};
use crate::engine::unit_code::UnitCode;
use crate::store::entity::{class_plan, class_request, programme, vacancy};
use crate::store::scope::Scope;
use crate::store::{classes, id, outcomes, planning, rows};
use crate::words::refusal::Refusal;

/// The most people of one planned class.
const MOST_PEOPLE: i64 = 200;
/// After how many days earlier classes are looked at.
const EARLIER_CHECKPOINT: &str = "90";

/// What is planned.
#[derive(Debug, Clone)]
pub struct ClassPlanForm {
    /// The programme.
    pub programme_id: ProgrammeId,
    /// Where its people live, district code.
    pub district: String,
    /// How many people.
    pub people: i64,
    /// The day the class ends.
    pub ends_on: NaiveDate,
    /// The partner's request behind it.
    pub class_request_id: Option<ClassRequestId>,
}

/// Seats of a vacancy that people of the class would fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VacancySeats {
    /// The vacancy.
    pub vacancy_id: Uuid,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub employer_id: Uuid,
    /// Their name.
    pub employer_name: String,
    /// How many.
    pub seats: u32,
}

/// Seats a partner promised and did not open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromisedSeats {
    /// The promise.
    pub commitment_id: Uuid,
    /// Whose it is.
    pub employer_id: Uuid,
    /// Their name.
    pub employer_name: String,
    /// How many.
    pub seats: u32,
}

/// What partners asked for in the same occupation and month.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The occupation; `None` where neither the request nor the programme's title tells one.
    pub kbji: Option<String>,
    /// The first day of the month.
    pub month: Option<NaiveDate>,
    /// How many requests.
    pub requests: u32,
    /// For how many people.
    pub people: u32,
}

/// What became of the programme's earlier classes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// After how many days.
    pub checkpoint: u32,
    /// Who passed and whose day has come.
    pub denominator: u32,
    /// Absorbed, verified.
    pub verified: u32,
    /// Absorbed as far as somebody said so.
    pub reported: u32,
    /// Whose day has not come.
    pub not_due: u32,
}

/// What a class would open, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassSheet {
    /// Free seats of all open vacancies.
    pub seats_free: u32,
    /// Of them, in vacancies that somebody of the class could take.
    pub seats_within_reach: u32,
    /// People the largest plan places without the class.
    pub placed_without: u32,
    /// And with it.
    pub placed_with: u32,
    /// People of the class who have a seat that is taken from nobody.
    pub seated: u32,
    /// Where.
    pub vacancies: Vec<VacancySeats>,
    /// People beyond those who could sit on promised seats.
    pub on_promises: u32,
    /// Promises that bind on the day the class ends, for this programme or for any.
    pub promised: Vec<PromisedSeats>,
    /// What partners asked for.
    pub asked: Asked,
    /// What became of earlier classes.
    pub earlier: Earlier,
}

/// A planned class.
#[derive(Debug, Clone)]
pub struct ClassPlanView {
    /// The row.
    pub row: class_plan::Model,
    /// What it would open.
    pub sheet: ClassSheet,
    /// What was decided.
    pub decision: Option<ClassDecision>,
}

impl ClassPlanView {
    fn of(row: class_plan::Model) -> Result<Self, AppError> {
        let sheet = serde_json::from_value(row.result.clone()).map_err(|error| AppError::Internal(error.to_string()))?;
        let decision = row.decision.as_deref().and_then(ClassDecision::parse);
        Ok(Self { row, sheet, decision })
    }
}

impl Look<'_> {
    /// What a class would open beside the graduates who are available today. Nothing is written.
    pub async fn try_class(&self, new: &ClassPlanForm) -> Result<class_plan::Model, AppError> {
        let mut form = Form::default();
        let knowledge = self.app.knowledge();
        let district = form.region("/district", Some(&new.district));
        let fact = district.as_ref().and_then(|code| knowledge.regions.get(code));
        form.require(district.is_none() || fact.is_some(), "/district", Refusal::DistrictUnknown);
        let people = form.number("/people", new.people, 1, MOST_PEOPLE);
        form.require(new.ends_on >= self.today(), "/ends_on", Refusal::DatePast);
        let programme = rows::find::<programme::Entity>(self.db(), &self.scope(), new.programme_id).await?;
        form.require(programme.is_some(), "/programme_id", unknown("programme_id"));
        let request = match new.class_request_id {
            Some(id) => rows::find::<class_request::Entity>(self.db(), &self.scope(), id).await?,
            None => None,
        };
        let same_office = request.as_ref().map(|request| request.office_id) == programme.as_ref().map(|programme| programme.office_id);
        form.require(new.class_request_id.is_none() || same_office, "/class_request_id", unknown("class_request_id"));
        form.done()?;
        let (programme, district, place) =
            programme.zip(district).zip(fact).map(|((programme, code), fact)| (programme, code, fact.point)).ok_or(Refusal::NotFound)?;
        let office = programme.office_id;
        let units = classes::programme_units(self.db(), &[programme.id]).await?;
        let class = PlannedClass {
            office,
            people: u32::try_from(people).unwrap_or(0),
            place: Some(place),
            units: units.iter().filter_map(|unit| UnitCode::parse(&unit.code)).collect(),
            ends_on: new.ends_on,
        };
        let sheet = self.sheet(&programme, request, class).await?;
        Ok(class_plan::Model {
            id: id::fresh::<ClassPlanId>(),
            office_id: office,
            programme_id: programme.id,
            class_request_id: new.class_request_id,
            district_code: district.as_str().to_owned(),
            people,
            ends_on: new.ends_on,
            as_of: self.today(),
            policy: policy_name(&self.app.policy_of(office)),
            catalogue: knowledge.catalogue.version(),
            result: serde_json::to_value(&sheet).map_err(|error| AppError::Internal(error.to_string()))?,
            decision: None,
            reason: None,
            decided_by: None,
            decided_at: None,
            created_by: self.actor.account,
            created_at: self.now,
            version: 1,
        })
    }

    async fn sheet(
        &self,
        programme: &programme::Model,
        request: Option<class_request::Model>,
        class: PlannedClass,
    ) -> Result<ClassSheet, AppError> {
        let scope = Scope::Office(class.office);
        let (vacancies, open) = self.market(&scope).await?;
        let mut unopened = self.unopened(&scope, class.ends_on).await?;
        unopened.retain(|promise| promise.programme.is_none_or(|named| named == programme.id));
        let partners: Vec<EmployerId> =
            vacancies.iter().map(|row| row.employer_id).chain(unopened.iter().map(|promise| promise.row.employer_id)).collect();
        let names = outcomes::employer_names(self.db(), &partners).await?;
        let name = |employer: EmployerId| names.get(&employer).cloned().unwrap_or_default();
        let asked = self.asked(programme, request, class.ends_on).await?;
        let earlier = self.earlier(programme.id).await?;
        let (index, today, people) = (self.app.index(), self.today(), class.people);
        let worth = tokio::task::spawn_blocking(move || class_worth(&index, &open, &class, today)).await;
        let worth = worth.map_err(|panic| AppError::Internal(panic.to_string()))?;
        let worth = worth.map_err(|error| AppError::Internal(error.to_string()))?;
        let promised = unopened.iter().map(|promise| PromisedSeats {
            commitment_id: promise.row.id.into(),
            employer_id: promise.row.employer_id.into(),
            employer_name: name(promise.row.employer_id),
            seats: promise.seats,
        });
        let promised: Vec<PromisedSeats> = promised.collect();
        let promised_seats = promised.iter().fold(0_u32, |sum, promise| sum.saturating_add(promise.seats));
        let seated = worth.added();
        Ok(ClassSheet {
            seats_free: worth.seats_free,
            seats_within_reach: worth.seats_within_reach,
            placed_without: worth.placed_without,
            placed_with: worth.placed_with,
            seated,
            vacancies: seats_of(&worth, &vacancies, name),
            on_promises: promised_seats.min(people.saturating_sub(seated)),
            promised,
            asked,
            earlier,
        })
    }

    /// What partners asked for in the month of the request (or of the end of the class) and the same occupation.
    async fn asked(
        &self,
        programme: &programme::Model,
        request: Option<class_request::Model>,
        ends_on: NaiveDate,
    ) -> Result<Asked, AppError> {
        let month = request.as_ref().map_or_else(|| ends_on.with_day(1), |request| Some(request.month));
        let Some(month) = month else { return Ok(Asked::default()) };
        let knowledge = self.app.knowledge();
        let of_title =
            || knowledge.jobs(Some(programme.office_id)).proposed(None, &programme.title).map(|proposed| proposed.occupation.kbji);
        let kbji = match request {
            Some(request) => self.app.class_request_view(request).occupation().map(str::to_owned),
            None => of_title(),
        };
        let same = planning::asked_for(self.db(), programme.office_id, month).await?;
        let same = same
            .into_iter()
            .map(|row| self.app.class_request_view(row))
            .filter(|view| kbji.is_some() && view.occupation() == kbji.as_deref());
        let (mut requests, mut people) = (0_u32, 0_u32);
        for view in same {
            requests = requests.saturating_add(1);
            people = people.saturating_add(u32::try_from(view.row.people).unwrap_or(0));
        }
        Ok(Asked { kbji, month: Some(month), requests, people })
    }

    async fn earlier(&self, programme: ProgrammeId) -> Result<Earlier, AppError> {
        let checkpoint = Some(EARLIER_CHECKPOINT.to_owned());
        let ask = ReportAsk { checkpoint, programme_id: Some(programme.into()), ..ReportAsk::default() };
        let numbers = self.absorption(&ask).await?.totals.numbers;
        Ok(Earlier {
            checkpoint: Checkpoint::parse(EARLIER_CHECKPOINT).map_or(0, Checkpoint::days),
            denominator: numbers.denominator,
            verified: numbers.verified,
            reported: numbers.reported,
            not_due: numbers.not_due,
        })
    }

    /// Planned classes of the actor's office.
    pub async fn class_plans(&self, slice: Slice) -> Result<Page<ClassPlanView>, AppError> {
        let page = planning::plans(self.db(), &self.scope(), slice).await?;
        Ok(Page { rows: page.rows.into_iter().map(ClassPlanView::of).collect::<Result<_, _>>()?, more: page.more })
    }

    /// One planned class.
    pub async fn class_plan(&self, id: ClassPlanId) -> Result<ClassPlanView, AppError> {
        ClassPlanView::of(self.found::<class_plan::Entity>(id).await?)
    }
}

impl Work<'_> {
    /// Keeps what was tried.
    pub async fn keep_class_plan(&self, row: class_plan::Model) -> Result<ClassPlanView, AppError> {
        rows::insert(self.tx, row.clone()).await?;
        self.did("plan", "class_plan", row.id, row.office_id).await?;
        ClassPlanView::of(row)
    }

    /// Says whether a planned class is held, once and with the reason.
    pub async fn decide_class_plan(
        &self,
        id: ClassPlanId,
        version: i32,
        decision: ClassDecision,
        reason: &str,
    ) -> Result<ClassPlanView, AppError> {
        let mut form = Form::default();
        let reason = form.text("/reason", reason, TEXT);
        form.done()?;
        let row = self.locked::<class_plan::Entity>(id).await?;
        if row.decision.is_some() {
            return Err(Refusal::ClassPlanDecided.into());
        }
        fresh_version(row.version, version)?;
        let row = class_plan::Model {
            decision: Some(decision.code().to_owned()),
            reason: Some(reason),
            decided_by: self.by(),
            decided_at: Some(self.now),
            version: row.version.saturating_add(1),
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.changed("class_plan", row.id, Some(row.office_id));
        let detail = serde_json::json!({"decision": decision.code()});
        self.record("decide", "class_plan", row.id, Some(row.office_id), detail).await?;
        ClassPlanView::of(row)
    }
}

fn seats_of(worth: &ClassWorth, vacancies: &[vacancy::Model], name: impl Fn(EmployerId) -> String) -> Vec<VacancySeats> {
    let rows: FxHashMap<VacancyId, &vacancy::Model> = vacancies.iter().map(|row| (row.id, row)).collect();
    let seats = |(vacancy, seats): &(VacancyId, u32)| {
        let row = rows.get(vacancy)?;
        Some(VacancySeats {
            vacancy_id: row.id.into(),
            title: row.title.clone(),
            employer_id: row.employer_id.into(),
            employer_name: name(row.employer_id),
            seats: *seats,
        })
    };
    worth.by_vacancy.iter().filter_map(seats).collect()
}

fn unknown(field: &str) -> Refusal {
    Refusal::ReferenceUnknown { field: field.to_owned() }
}
