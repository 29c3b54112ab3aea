//! Vacancies: posting, reading, editing, and the moves they make.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{get, patch, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, IfMatch, OptionalBody, Params};
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::vacancy_in::{VacancyIn, VacancyPatch};
use crate::api::vacancy_out::VacancyOut;
use crate::api::wire::{NothingIn, VacancyStateCode, member};
use crate::app::permission::{ConfirmMeaning, ReadVacancies, ReviewVacancies, WriteVacancies};
use crate::app::vacancies::Wanted;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_vacancies).service(create_vacancy).service(get_vacancy).service(update_vacancy).service(confirm_requirement);
    service.service(submit_vacancy).service(publish_vacancy).service(return_vacancy).service(pause_vacancy).service(close_vacancy);
    service.service(withdraw_vacancy).service(renew_vacancy).service(copy_vacancy).service(approve_declaration).service(approve_openness);
}

/// Which vacancies.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct VacancyQuery {
    /// In this state.
    #[param(value_type = Option<String>)]
    state: Option<VacancyStateCode>,
    /// Of this employer.
    employer_id: Option<Uuid>,
    /// Part of the title.
    q: Option<String>,
    limit: Option<u64>,
    cursor: Option<String>,
}

/// The unit that a requirement line means.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeaningIn {
    /// A unit's code in any written form.
    unit: String,
}

/// Notes on a vacancy sent back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotesIn {
    /// A note for each field that needs care.
    notes: BTreeMap<String, String>,
}

/// Why a vacancy ends.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VacancyEndIn {
    reason: Option<String>,
}

/// A new last day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewIn {
    #[serde(deserialize_with = "crate::api::wire::day")]
    closes_on: NaiveDate,
}

/// Vacancies of the own office; an employer sees its own.
#[utoipa::path(tag = "vacancies", params(VacancyQuery), responses((status = 200, body = ListOut<VacancyOut>), Problems))]
#[get("/vacancies")]
async fn list_vacancies(granted: Granted<ReadVacancies>, Params(query): Params<VacancyQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let wanted = Wanted { state: member(query.state), employer: query.employer_id.map(Into::into), title: query.q };
    let page = granted.look().vacancies(&wanted, slice).await?;
    found(&list_out(&granted.app, page, |view| view.row.id.0, VacancyOut::from))
}

/// Write a vacancy; it is a draft until it is published.
#[utoipa::path(tag = "vacancies", request_body = VacancyIn, responses((status = 201, body = VacancyOut), Problems))]
#[post("/vacancies")]
async fn create_vacancy(granted: Granted<WriteVacancies>, body: Body<VacancyIn>) -> Answer {
    let (posting, form) = body.value.parts();
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(VacancyOut::from(work.post_vacancy(&posting, &form).await?))).await
}

/// One vacancy.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), responses((status = 200, body = VacancyOut), Problems))]
#[get("/vacancies/{id}")]
async fn get_vacancy(granted: Granted<ReadVacancies>, id: web::Path<Uuid>) -> Answer {
    found(&VacancyOut::from(granted.look().vacancy(id.into_inner().into()).await?))
}

/// Change a vacancy.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path), ("If-Match" = String, Header)), request_body = VacancyPatch,
    responses((status = 200, body = VacancyOut), Problems))]
#[patch("/vacancies/{id}")]
async fn update_vacancy(granted: Granted<WriteVacancies>, id: web::Path<Uuid>, version: IfMatch, body: Body<VacancyPatch>) -> Answer {
    let (id, patch) = (id.into_inner().into(), body.value);
    granted
        .write(StatusCode::OK, &body.hash, async |work| {
            Ok(VacancyOut::from(work.change_vacancy(id, version.0, |form| patch.clone().applied_to(form)).await?))
        })
        .await
}

/// Settle which unit a requirement line means.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path), ("rid" = Uuid, Path)), request_body = MeaningIn,
    responses((status = 200, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/requirements/{rid}/confirm")]
async fn confirm_requirement(granted: Granted<ConfirmMeaning>, path: web::Path<(Uuid, Uuid)>, body: Body<MeaningIn>) -> Answer {
    let (id, line) = path.into_inner();
    let unit = body.value.unit;
    granted
        .write(StatusCode::OK, &body.hash, async |work| {
            Ok(VacancyOut::from(work.confirm_requirement(id.into(), line.into(), &unit).await?))
        })
        .await
}

/// Hand a vacancy to the office.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), responses((status = 200, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/submit")]
async fn submit_vacancy(granted: Granted<WriteVacancies>, id: web::Path<Uuid>, body: OptionalBody<NothingIn>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(VacancyOut::from(work.submit_vacancy(id).await?))).await
}

/// Open a vacancy; a partner's goes to the office first unless its partnership is trusted.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), responses((status = 200, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/publish")]
async fn publish_vacancy(granted: Granted<WriteVacancies>, id: web::Path<Uuid>, body: OptionalBody<NothingIn>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(VacancyOut::from(work.publish_vacancy(id).await?))).await
}

/// Send a submitted vacancy back with notes.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), request_body = NotesIn, responses((status = 200, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/return")]
async fn return_vacancy(granted: Granted<ReviewVacancies>, id: web::Path<Uuid>, body: Body<NotesIn>) -> Answer {
    let id = id.into_inner().into();
    let notes: Vec<(String, String)> = body.value.notes.into_iter().collect();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(VacancyOut::from(work.return_vacancy(id, &notes).await?))).await
}

/// Hold an open vacancy.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), responses((status = 200, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/pause")]
async fn pause_vacancy(granted: Granted<ReviewVacancies>, id: web::Path<Uuid>, body: OptionalBody<NothingIn>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(VacancyOut::from(work.pause_vacancy(id).await?))).await
}

/// Close a vacancy; unanswered offers and referrals under way end with it, placements stay.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), request_body = Option<VacancyEndIn>, responses((status = 200, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/close")]
async fn close_vacancy(granted: Granted<WriteVacancies>, id: web::Path<Uuid>, body: OptionalBody<VacancyEndIn>) -> Answer {
    let (id, reason) = (id.into_inner().into(), body.value.reason);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(VacancyOut::from(work.close_vacancy(id, reason.as_deref()).await?))).await
}

/// Take a vacancy back.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), request_body = Option<VacancyEndIn>, responses((status = 200, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/withdraw")]
async fn withdraw_vacancy(granted: Granted<WriteVacancies>, id: web::Path<Uuid>, body: OptionalBody<VacancyEndIn>) -> Answer {
    let (id, reason) = (id.into_inner().into(), body.value.reason);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(VacancyOut::from(work.withdraw_vacancy(id, reason.as_deref()).await?))).await
}

/// Open a closed vacancy again, or keep an open one open, until a new last day.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), request_body = RenewIn, responses((status = 200, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/renew")]
async fn renew_vacancy(granted: Granted<WriteVacancies>, id: web::Path<Uuid>, body: Body<RenewIn>) -> Answer {
    let (id, closes_on) = (id.into_inner().into(), body.value.closes_on);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(VacancyOut::from(work.renew_vacancy(id, closes_on).await?))).await
}

/// Write a new draft like this vacancy.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), responses((status = 201, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/copy")]
async fn copy_vacancy(granted: Granted<WriteVacancies>, id: web::Path<Uuid>, body: OptionalBody<NothingIn>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(VacancyOut::from(work.copy_vacancy(id).await?))).await
}

/// Accept the reason of a declared restriction; nothing is filtered by it.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), responses((status = 200, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/approve-declaration")]
async fn approve_declaration(granted: Granted<ReviewVacancies>, id: web::Path<Uuid>, body: OptionalBody<NothingIn>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(VacancyOut::from(work.approve_declaration(id).await?))).await
}

/// Let a vacancy be matched within its province (AKL) or between provinces (AKAD), as it asks.
#[utoipa::path(tag = "vacancies", params(("id" = Uuid, Path)), responses((status = 200, body = VacancyOut), Problems))]
#[post("/vacancies/{id}/approve-openness")]
async fn approve_openness(granted: Granted<ReviewVacancies>, id: web::Path<Uuid>, body: OptionalBody<NothingIn>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(VacancyOut::from(work.approve_openness(id).await?))).await
}
