//! Planned classes: what one would open, and what was decided.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, IfMatch, Params};
use crate::api::language::spoken;
use crate::api::list::{ListOut, PageQuery, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::wire::{ClassDecisionCode, code};
use crate::app::class_plans::{Asked, ClassPlanForm, ClassPlanView, Earlier, PromisedSeats, VacancySeats};
use crate::app::permission::{DecideClassPlans, PlanClasses, ReadClassPlans};
use crate::words::planning::advice;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(plan_class).service(list_class_plans).service(get_class_plan).service(decide_class_plan);
}

/// A class that is thought of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassPlanIn {
    programme_id: Uuid,
    /// Where its people live, a Kemendagri code.
    district: String,
    people: i64,
    /// The day the class ends; its certificates are of that day.
    #[serde(deserialize_with = "crate::api::wire::day")]
    ends_on: NaiveDate,
    /// The partner's request behind it.
    class_request_id: Option<Uuid>,
}

/// What is decided of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassDecisionIn {
    #[schema(inline)]
    decision: ClassDecisionCode,
    reason: String,
}

/// Seats of a vacancy that people of the class would fill.
#[derive(Debug, Serialize, ToSchema)]
pub struct VacancySeatsOut {
    vacancy_id: Uuid,
    title: String,
    employer_id: Uuid,
    employer_name: String,
    seats: u32,
}

impl From<VacancySeats> for VacancySeatsOut {
    fn from(seats: VacancySeats) -> Self {
        let VacancySeats { vacancy_id, title, employer_id, employer_name, seats } = seats;
        Self { vacancy_id, title, employer_id, employer_name, seats }
    }
}

/// Seats that a partner promised and did not open.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromisedSeatsOut {
    commitment_id: Uuid,
    employer_id: Uuid,
    employer_name: String,
    seats: u32,
}

impl From<PromisedSeats> for PromisedSeatsOut {
    fn from(seats: PromisedSeats) -> Self {
        let PromisedSeats { commitment_id, employer_id, employer_name, seats } = seats;
        Self { commitment_id, employer_id, employer_name, seats }
    }
}

/// What partners asked for in the same occupation and month.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedOut {
    kbji: Option<String>,
    month: Option<String>,
    requests: u32,
    people: u32,
}

impl From<Asked> for AskedOut {
    fn from(asked: Asked) -> Self {
        let month = asked.month.map(|month| month.format("%Y-%m").to_string());
        Self { kbji: asked.kbji, month, requests: asked.requests, people: asked.people }
    }
}

/// What became of the programme's earlier classes.
#[derive(Debug, Serialize, ToSchema)]
pub struct EarlierOut {
    /// Days after each class.
    checkpoint: u32,
    /// Who passed and whose day has come.
    denominator: u32,
    /// Absorbed, verified.
    verified: u32,
    /// Absorbed as far as somebody said so.
    reported: u32,
    /// Whose day has not come.
    not_due: u32,
}

impl From<Earlier> for EarlierOut {
    fn from(earlier: Earlier) -> Self {
        let Earlier { checkpoint, denominator, verified, reported, not_due } = earlier;
        Self { checkpoint, denominator, verified, reported, not_due }
    }
}

/// The go / no-go sheet of a planned class, as it was computed on `as_of`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassPlanOut {
    id: Uuid,
    office_id: Uuid,
    programme_id: Uuid,
    class_request_id: Option<Uuid>,
    district: String,
    people: i32,
    ends_on: NaiveDate,
    as_of: NaiveDate,
    policy: String,
    catalogue: String,
    /// Free seats of all open vacancies of the office.
    seats_free: u32,
    /// Of them, in vacancies that somebody of the class could take, whoever else could.
    seats_within_reach: u32,
    /// People the largest plan places without the class.
    placed_without: u32,
    /// And with it.
    placed_with: u32,
    /// People of the class who have a seat that is taken from nobody: the difference.
    seated: u32,
    /// Where they sit in that plan.
    vacancies: Vec<VacancySeatsOut>,
    /// How many of the others promised seats would do for; nobody else is reckoned for those.
    on_promises: u32,
    promised: Vec<PromisedSeatsOut>,
    asked: AskedOut,
    earlier: EarlierOut,
    /// The same in one sentence.
    advice: String,
    #[schema(inline)]
    decision: Option<ClassDecisionCode>,
    reason: Option<String>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    version: i32,
}

impl From<ClassPlanView> for ClassPlanOut {
    fn from(view: ClassPlanView) -> Self {
        let ClassPlanView { row, sheet, decision } = view;
        let people = u32::try_from(row.people).unwrap_or(0);
        Self {
            id: row.id.into(),
            office_id: row.office_id.into(),
            programme_id: row.programme_id.into(),
            class_request_id: row.class_request_id.map(Uuid::from),
            district: row.district_code,
            people: row.people,
            ends_on: row.ends_on,
            as_of: row.as_of,
            policy: row.policy,
            catalogue: row.catalogue,
            seats_free: sheet.seats_free,
            seats_within_reach: sheet.seats_within_reach,
            placed_without: sheet.placed_without,
            placed_with: sheet.placed_with,
            seated: sheet.seated,
            vacancies: sheet.vacancies.into_iter().map(VacancySeatsOut::from).collect(),
            on_promises: sheet.on_promises,
            promised: sheet.promised.into_iter().map(PromisedSeatsOut::from).collect(),
            asked: sheet.asked.into(),
            earlier: sheet.earlier.into(),
            advice: advice(spoken(), people, sheet.seated, sheet.on_promises),
            decision: code(decision),
            reason: row.reason,
            decided_by: row.decided_by.map(Uuid::from),
            decided_at: row.decided_at,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

/// Try a class out against open and promised seats, and keep the sheet.
#[utoipa::path(tag = "planning", request_body = ClassPlanIn, responses((status = 201, body = ClassPlanOut), Problems))]
#[post("/class-plans")]
async fn plan_class(granted: Granted<PlanClasses>, body: Body<ClassPlanIn>) -> Answer {
    let input = body.value;
    let new = ClassPlanForm {
        programme_id: input.programme_id.into(),
        district: input.district,
        people: input.people,
        ends_on: input.ends_on,
        class_request_id: input.class_request_id.map(Into::into),
    };
    let row = granted.look().try_class(&new).await?;
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(ClassPlanOut::from(work.keep_class_plan(row.clone()).await?))).await
}

/// Planned classes, oldest first.
#[utoipa::path(tag = "planning", params(PageQuery), responses((status = 200, body = ListOut<ClassPlanOut>), Problems))]
#[get("/class-plans")]
async fn list_class_plans(granted: Granted<ReadClassPlans>, Params(query): Params<PageQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().class_plans(slice).await?;
    found(&list_out(&granted.app, page, |view| view.row.id.into(), ClassPlanOut::from))
}

/// One planned class.
#[utoipa::path(tag = "planning", params(("id" = Uuid, Path)), responses((status = 200, body = ClassPlanOut), Problems))]
#[get("/class-plans/{id}")]
async fn get_class_plan(granted: Granted<ReadClassPlans>, id: web::Path<Uuid>) -> Answer {
    found(&ClassPlanOut::from(granted.look().class_plan(id.into_inner().into()).await?))
}

/// Decide whether the class is held, once and with the reason; the sheet stays as it was.
#[utoipa::path(tag = "planning", params(("id" = Uuid, Path), ("If-Match" = String, Header)), request_body = ClassDecisionIn,
    responses((status = 200, body = ClassPlanOut), Problems))]
#[post("/class-plans/{id}/decision")]
async fn decide_class_plan(
    granted: Granted<DecideClassPlans>,
    id: web::Path<Uuid>,
    version: IfMatch,
    body: Body<ClassDecisionIn>,
) -> Answer {
    let (id, decision, reason) = (id.into_inner().into(), body.value.decision.0, body.value.reason);
    let effect =
        async |work: &crate::app::work::Work<'_>| Ok(ClassPlanOut::from(work.decide_class_plan(id, version.0, decision, &reason).await?));
    granted.write(StatusCode::OK, &body.hash, effect).await
}
