//! Batches: one class of a programme.

use actix_web::http::StatusCode;
use actix_web::{get, patch, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, IfMatch, Params};
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::wire::edit;
use crate::api::{participants, results};
use crate::app::classes::{BatchEdit, BatchView, state_of};
use crate::app::error::AppError;
use crate::app::field::Edit;
use crate::app::permission::{ManageClasses, ReadClasses};
use crate::words::refusal::Refusal;

/// Every operation on batches, their rolls included.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(create_batch).service(list_batches).service(get_batch).service(update_batch);
    service.service(close_batch).service(sign_consent_form);
    participants::configure(service);
    results::configure(service);
}

/// A new batch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchIn {
    programme_id: Uuid,
    name: String,
    capacity: i64,
    reserve_capacity: Option<i64>,
    #[serde(deserialize_with = "crate::api::wire::day")]
    starts_on: NaiveDate,
    #[serde(deserialize_with = "crate::api::wire::day")]
    ends_on: NaiveDate,
    place: Option<String>,
    /// Kemendagri code of the place.
    district: Option<String>,
    /// An account of the office; an instructor sees the classes that name them.
    instructor_id: Option<Uuid>,
    instructor_name: Option<String>,
    /// The partner who promised to hire.
    partner_id: Option<Uuid>,
    fund: Option<String>,
    /// Whole rupiah.
    cost: Option<i64>,
    /// Absorption aimed at.
    target_percent: Option<i64>,
}

/// What of a batch can be changed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchPatch {
    name: Option<String>,
    capacity: Option<i64>,
    reserve_capacity: Option<i64>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    starts_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    ends_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<String>)]
    place: Edit<String>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<String>)]
    district: Edit<String>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<Uuid>)]
    instructor_id: Edit<Uuid>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<String>)]
    instructor_name: Edit<String>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<Uuid>)]
    partner_id: Edit<Uuid>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<String>)]
    fund: Edit<String>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<i64>)]
    cost: Edit<i64>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<i64>)]
    target_percent: Edit<i64>,
}

/// When the class signed its consent form.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentFormIn {
    #[serde(deserialize_with = "crate::api::wire::day")]
    signed_on: NaiveDate,
    file_id: Option<Uuid>,
}

/// A batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchOut {
    id: Uuid,
    office_id: Uuid,
    programme_id: Uuid,
    programme_title: String,
    name: String,
    /// `open` or `closed`.
    state: String,
    capacity: i32,
    reserve_capacity: i32,
    /// How many take part or finished.
    enrolled: usize,
    /// How many wait.
    reserve: usize,
    passed: usize,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    place: Option<String>,
    district: Option<String>,
    instructor_id: Option<Uuid>,
    instructor_name: Option<String>,
    partner_id: Option<Uuid>,
    fund: Option<String>,
    cost: Option<i64>,
    target_percent: Option<i32>,
    consent_signed_on: Option<NaiveDate>,
    consent_file_id: Option<Uuid>,
    closed_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    version: i32,
}

impl From<BatchIn> for BatchEdit {
    fn from(input: BatchIn) -> Self {
        Self {
            name: Some(input.name),
            capacity: Some(input.capacity),
            reserve_capacity: input.reserve_capacity,
            starts_on: Some(input.starts_on),
            ends_on: Some(input.ends_on),
            place: Some(input.place),
            district: Some(input.district),
            instructor_id: Some(input.instructor_id.map(Into::into)),
            instructor_name: Some(input.instructor_name),
            partner_id: Some(input.partner_id.map(Into::into)),
            fund: Some(input.fund),
            cost: Some(input.cost),
            target_percent: Some(input.target_percent),
        }
    }
}

impl From<BatchPatch> for BatchEdit {
    fn from(input: BatchPatch) -> Self {
        Self {
            name: input.name,
            capacity: input.capacity,
            reserve_capacity: input.reserve_capacity,
            starts_on: input.starts_on,
            ends_on: input.ends_on,
            place: input.place,
            district: input.district,
            instructor_id: input.instructor_id.map(|id| id.map(Into::into)),
            instructor_name: input.instructor_name,
            partner_id: input.partner_id.map(|id| id.map(Into::into)),
            fund: input.fund,
            cost: input.cost,
            target_percent: input.target_percent,
        }
    }
}

impl From<BatchView> for BatchOut {
    fn from(view: BatchView) -> Self {
        let row = view.row;
        Self {
            id: row.id.0,
            office_id: row.office_id.0,
            programme_id: row.programme_id.0,
            programme_title: view.programme_title,
            name: row.name,
            state: state_of(row.closed_at).to_owned(),
            capacity: row.capacity,
            reserve_capacity: row.reserve_capacity,
            enrolled: view.enrolled,
            reserve: view.reserve,
            passed: view.passed,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            place: row.place,
            district: row.district_code,
            instructor_id: row.instructor_id.map(|id| id.0),
            instructor_name: row.instructor_name,
            partner_id: row.partner_id.map(|id| id.0),
            fund: row.fund,
            cost: row.cost,
            target_percent: row.target_percent,
            consent_signed_on: row.consent_signed_on,
            consent_file_id: row.consent_file_id.map(|id| id.0),
            closed_at: row.closed_at,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

/// Which batches.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct BatchesQuery {
    programme_id: Option<Uuid>,
    /// `open` or `closed`; both where left out.
    state: Option<String>,
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Open a batch.
#[utoipa::path(tag = "classes", request_body = BatchIn, responses((status = 201, body = BatchOut), Problems))]
#[post("/batches")]
async fn create_batch(granted: Granted<ManageClasses>, body: Body<BatchIn>) -> Answer {
    let programme = body.value.programme_id.into();
    let edit = BatchEdit::from(body.value);
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(BatchOut::from(work.create_batch(programme, &edit).await?))).await
}

/// Batches of the actor's scope.
#[utoipa::path(tag = "classes", params(BatchesQuery), responses((status = 200, body = ListOut<BatchOut>), Problems))]
#[get("/batches")]
async fn list_batches(granted: Granted<ReadClasses>, Params(query): Params<BatchesQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let closed = match query.state.as_deref() {
        None => None,
        Some("open") => Some(false),
        Some("closed") => Some(true),
        Some(_) => return Err(AppError::field("/state", Refusal::CodeUnknown { allowed: "open, closed".to_owned() }).into()),
    };
    let page = granted.look().batches(query.programme_id.map(Into::into), closed, slice).await?;
    found(&list_out(&granted.app, page, |view| view.row.id.0, BatchOut::from))
}

/// One batch.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), responses((status = 200, body = BatchOut), Problems))]
#[get("/batches/{id}")]
async fn get_batch(granted: Granted<ReadClasses>, id: web::Path<Uuid>) -> Answer {
    found(&BatchOut::from(granted.look().batch(id.into_inner().into()).await?))
}

/// Change a batch.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path), ("If-Match" = String, Header)), request_body = BatchPatch,
    responses((status = 200, body = BatchOut), Problems))]
#[patch("/batches/{id}")]
async fn update_batch(granted: Granted<ManageClasses>, id: web::Path<Uuid>, version: IfMatch, body: Body<BatchPatch>) -> Answer {
    let (id, edit) = (id.into_inner().into(), BatchEdit::from(body.value));
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(BatchOut::from(work.edit_batch(id, &edit, version.0).await?))).await
}

/// Close a batch: it leaves the lists of running classes and takes nobody in.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), responses((status = 200, body = BatchOut), Problems))]
#[post("/batches/{id}/close")]
async fn close_batch(granted: Granted<ManageClasses>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &[], async |work| Ok(BatchOut::from(work.close_batch(id).await?))).await
}

/// Record that the class signed its consent form.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), request_body = ConsentFormIn,
    responses((status = 200, body = BatchOut), Problems))]
#[post("/batches/{id}/consent-form")]
async fn sign_consent_form(granted: Granted<ManageClasses>, id: web::Path<Uuid>, body: Body<ConsentFormIn>) -> Answer {
    let (id, signed_on, file) = (id.into_inner().into(), body.value.signed_on, body.value.file_id.map(Into::into));
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(BatchOut::from(work.sign_consent_form(id, signed_on, file).await?))).await
}
