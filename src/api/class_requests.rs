//! Partners' requests for classes.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, Params};
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::occupations::ProposedOccupationOut;
use crate::api::problem::Problems;
use crate::api::wire::{ClassAnswerCode, ClassRequestStateCode, Code, member};
use crate::app::class_requests::{ClassRequestForm, ClassRequestView};
use crate::app::permission::{AnswerClassRequests, ReadClassRequests, RequestClasses};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(request_class).service(list_class_requests).service(answer_class_request);
}

/// A class that a partner asks for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassRequestIn {
    /// Named by staff; an employer asks for itself.
    employer_id: Option<Uuid>,
    /// Named by an employer with several partnerships, and by the administrator.
    office_id: Option<Uuid>,
    /// The job, in the partner's words.
    job: String,
    /// Its KBJI code, where it is known.
    kbji: Option<String>,
    people: i64,
    /// By which month: `2027-01`.
    month: String,
    note: Option<String>,
}

/// How the office answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassAnswerIn {
    #[schema(inline)]
    state: ClassAnswerCode,
    /// Words for the partner.
    answer: String,
}

/// A request for a class.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassRequestOut {
    id: Uuid,
    office_id: Uuid,
    employer_id: Uuid,
    job: String,
    kbji: Option<String>,
    /// What the job's words mean, where no code was given. It is not stored.
    kbji_proposed: Option<ProposedOccupationOut>,
    people: i32,
    month: String,
    note: Option<String>,
    #[schema(inline)]
    state: ClassRequestStateCode,
    answer: Option<String>,
    answered_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    version: i32,
}

impl From<ClassRequestView> for ClassRequestOut {
    fn from(view: ClassRequestView) -> Self {
        let row = view.row;
        Self {
            id: row.id.into(),
            office_id: row.office_id.into(),
            employer_id: row.employer_id.into(),
            job: row.job,
            kbji: row.kbji,
            kbji_proposed: view.proposed_occupation.map(ProposedOccupationOut::from),
            people: row.people,
            month: row.month.format("%Y-%m").to_string(),
            note: row.note,
            state: Code(view.state),
            answer: row.answer,
            answered_at: row.answered_at,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ClassRequestQuery {
    /// Only those of this state.
    #[param(inline)]
    state: Option<ClassRequestStateCode>,
    limit: Option<u64>,
    cursor: Option<String>,
}

/// Ask an office for a class: a job, how many people, by which month.
#[utoipa::path(tag = "planning", request_body = ClassRequestIn, responses((status = 201, body = ClassRequestOut), Problems))]
#[post("/class-requests")]
async fn request_class(granted: Granted<RequestClasses>, body: Body<ClassRequestIn>) -> Answer {
    let input = body.value;
    let new = ClassRequestForm {
        employer_id: input.employer_id.map(Into::into),
        office_id: input.office_id.map(Into::into),
        job: input.job,
        kbji: input.kbji,
        people: input.people,
        month: input.month,
        note: input.note,
    };
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(ClassRequestOut::from(work.request_class(&new).await?))).await
}

/// Requests for classes, oldest first: a partner's own, or those to the office.
#[utoipa::path(tag = "planning", params(ClassRequestQuery), responses((status = 200, body = ListOut<ClassRequestOut>), Problems))]
#[get("/class-requests")]
async fn list_class_requests(granted: Granted<ReadClassRequests>, Params(query): Params<ClassRequestQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().class_requests(member(query.state), slice).await?;
    found(&list_out(&granted.app, page, |view| view.row.id.into(), ClassRequestOut::from))
}

/// Answer a request, once: a class is planned for it, or not.
#[utoipa::path(tag = "planning", params(("id" = Uuid, Path)), request_body = ClassAnswerIn,
    responses((status = 200, body = ClassRequestOut), Problems))]
#[post("/class-requests/{id}/answer")]
async fn answer_class_request(granted: Granted<AnswerClassRequests>, id: web::Path<Uuid>, body: Body<ClassAnswerIn>) -> Answer {
    let (id, answer, words) = (id.into_inner().into(), body.value.state.0, body.value.answer);
    let effect = async |work: &crate::app::work::Work<'_>| Ok(ClassRequestOut::from(work.answer_class_request(id, answer, &words).await?));
    granted.write(StatusCode::OK, &body.hash, effect).await
}
