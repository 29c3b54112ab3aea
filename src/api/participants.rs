//! The roll of a class.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, OptionalBody};
use crate::api::graduates::ParticipantPersonIn;
use crate::api::list::ListOut;
use crate::api::problem::Problems;
use crate::api::wire::{AssessmentCode, Code, ParticipantStatusCode, ReasonCode, TrainingResultCode, code, member};
use crate::app::details::PersonEdit;
use crate::app::error::AppError;
use crate::app::permission::{ManageClasses, ReadClasses};
use crate::app::roll::{Newcomer, ParticipantView};
use crate::engine::kinds::{ParticipantStatus, Reason};
use crate::words::refusal::Refusal;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_participants).service(add_participant).service(enrol_participant);
    service.service(withdraw_participant).service(remove_participant);
}

/// Who takes a place: somebody known, or somebody to be entered now.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParticipantIn {
    /// Somebody the office knows.
    graduate_id: Option<Uuid>,
    /// Somebody to be entered now; a NIK the office knows names the record it has.
    graduate: Option<ParticipantPersonIn>,
    /// `enrolled` (the default) or `reserve`.
    status: Option<ParticipantStatusCode>,
}

/// Why somebody left.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalIn {
    reason: Option<ReasonCode>,
}

/// Why somebody is taken out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovalIn {
    /// `salah_input`, the only reason that takes somebody out of every count.
    reason: ReasonCode,
}

/// A place in a class.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParticipantOut {
    id: Uuid,
    batch_id: Uuid,
    graduate: ParticipantPersonOut,
    status: ParticipantStatusCode,
    /// First is 1.
    reserve_rank: Option<i32>,
    attendance_percent: Option<i32>,
    result: Option<TrainingResultCode>,
    assessed: Option<AssessmentCode>,
    result_on: Option<NaiveDate>,
    unit_results: Vec<UnitResultOut>,
    reason: Option<ReasonCode>,
}

/// Whose place it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParticipantPersonOut {
    id: Uuid,
    display_name: String,
    /// Kemendagri code.
    district: Option<String>,
    /// `************0001`.
    nik_masked: Option<String>,
}

/// The result of one unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitResultOut {
    unit: String,
    result: AssessmentCode,
}

impl From<ParticipantView> for ParticipantOut {
    fn from(view: ParticipantView) -> Self {
        Self {
            id: view.id.0,
            batch_id: view.batch_id.0,
            graduate: ParticipantPersonOut {
                id: view.graduate_id.0,
                display_name: view.display_name,
                district: view.district,
                nik_masked: view.nik_masked,
            },
            status: Code(view.status),
            reserve_rank: view.reserve_rank,
            attendance_percent: view.attendance_percent,
            result: code(view.result),
            assessed: code(view.assessed),
            result_on: view.result_on,
            unit_results: view.unit_results.into_iter().map(|(unit, result)| UnitResultOut { unit, result: Code(result) }).collect(),
            reason: code(view.reason),
        }
    }
}

/// The roll of a class.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), responses((status = 200, body = ListOut<ParticipantOut>), Problems))]
#[get("/batches/{id}/participants")]
async fn list_participants(granted: Granted<ReadClasses>, id: web::Path<Uuid>) -> Answer {
    let views = granted.look().participants(id.into_inner().into()).await?;
    found(&ListOut { items: views.into_iter().map(ParticipantOut::from).collect(), next_cursor: None })
}

/// Put somebody on the roll.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), request_body = ParticipantIn,
    responses((status = 201, body = ParticipantOut), Problems))]
#[post("/batches/{id}/participants")]
async fn add_participant(granted: Granted<ManageClasses>, id: web::Path<Uuid>, body: Body<ParticipantIn>) -> Answer {
    let ParticipantIn { graduate_id, graduate, status } = body.value;
    let who = match (graduate_id, graduate) {
        (Some(id), None) => Newcomer::Known(id.into()),
        (None, Some(person)) => Newcomer::Entered(Box::new(PersonEdit::from(person))),
        _ => return Err(AppError::field("/graduate_id", Refusal::FieldMissing { field: "graduate_id".to_owned() }).into()),
    };
    let reserve = match member(status) {
        None | Some(ParticipantStatus::Enrolled) => false,
        Some(ParticipantStatus::Reserve) => true,
        Some(_) => return Err(AppError::field("/status", Refusal::CodeUnknown { allowed: "enrolled, reserve".to_owned() }).into()),
    };
    let batch = id.into_inner().into();
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| Ok(ParticipantOut::from(work.add_participant(batch, &who, reserve).await?)))
        .await
}

/// Move the first of the reserve list up into a free place.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), responses((status = 200, body = ParticipantOut), Problems))]
#[post("/participants/{id}/enrol")]
async fn enrol_participant(granted: Granted<ManageClasses>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &[], async |work| Ok(ParticipantOut::from(work.enrol_reserve(id).await?))).await
}

/// Record that somebody left the class.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), request_body = WithdrawalIn,
    responses((status = 200, body = ParticipantOut), Problems))]
#[post("/participants/{id}/withdraw")]
async fn withdraw_participant(granted: Granted<ManageClasses>, id: web::Path<Uuid>, body: OptionalBody<WithdrawalIn>) -> Answer {
    let (id, reason) = (id.into_inner().into(), member(body.value.reason));
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(ParticipantOut::from(work.withdraw_participant(id, reason).await?))).await
}

/// Take out somebody who was entered by mistake.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), request_body = RemovalIn,
    responses((status = 200, body = ParticipantOut), Problems))]
#[post("/participants/{id}/remove")]
async fn remove_participant(granted: Granted<ManageClasses>, id: web::Path<Uuid>, body: Body<RemovalIn>) -> Answer {
    if body.value.reason.0 != Reason::EntryMistake {
        return Err(AppError::field("/reason", Refusal::CodeUnknown { allowed: Reason::EntryMistake.code().to_owned() }).into());
    }
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(ParticipantOut::from(work.remove_participant(id).await?))).await
}
