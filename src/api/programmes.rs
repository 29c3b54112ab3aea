//! Training programmes.

use actix_web::http::StatusCode;
use actix_web::{get, patch, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, IfMatch, Params};
use crate::api::list::{ListOut, PageQuery, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::wire::edit;
use crate::app::field::Edit;
use crate::app::permission::{ManageClasses, ReadClasses};
use crate::app::programmes::{ProgrammeEdit, ProgrammeView, UnitLine, UnitView};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(create_programme).service(list_programmes).service(get_programme).service(update_programme);
}

/// A unit of a programme or certificate.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaughtUnitIn {
    /// A code of the catalogue, in any form.
    unit: String,
    /// 1 to 5.
    level: Option<i64>,
}

/// A unit, as the catalogue has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaughtUnitOut {
    /// The canonical code.
    unit: String,
    title: String,
    level: Option<i32>,
}

impl From<TaughtUnitIn> for UnitLine {
    fn from(input: TaughtUnitIn) -> Self {
        Self { unit: input.unit, level: input.level }
    }
}

impl From<UnitView> for TaughtUnitOut {
    fn from(view: UnitView) -> Self {
        Self { unit: view.code, title: view.title, level: view.level }
    }
}

/// A new programme.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeIn {
    title: String,
    trade: Option<String>,
    /// Lesson hours of 45 minutes.
    hours_jp: Option<i64>,
    method: Option<String>,
    training_type: Option<String>,
    scheme_code: Option<String>,
    #[serde(default)]
    units: Vec<TaughtUnitIn>,
    /// Only the administrator names one.
    office_id: Option<Uuid>,
}

impl From<ProgrammeIn> for ProgrammeEdit {
    fn from(input: ProgrammeIn) -> Self {
        Self {
            title: Some(input.title),
            trade: Some(input.trade),
            hours_jp: Some(input.hours_jp),
            method: Some(input.method),
            training_type: Some(input.training_type),
            scheme_code: Some(input.scheme_code),
            units: Some(input.units.into_iter().map(UnitLine::from).collect()),
        }
    }
}

/// What of a programme can be changed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammePatch {
    title: Option<String>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<String>)]
    trade: Edit<String>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<i64>)]
    hours_jp: Edit<i64>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<String>)]
    method: Edit<String>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<String>)]
    training_type: Edit<String>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<String>)]
    scheme_code: Edit<String>,
    units: Option<Vec<TaughtUnitIn>>,
}

impl From<ProgrammePatch> for ProgrammeEdit {
    fn from(input: ProgrammePatch) -> Self {
        Self {
            title: input.title,
            trade: input.trade,
            hours_jp: input.hours_jp,
            method: input.method,
            training_type: input.training_type,
            scheme_code: input.scheme_code,
            units: input.units.map(|units| units.into_iter().map(UnitLine::from).collect()),
        }
    }
}

/// A programme.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeOut {
    id: Uuid,
    office_id: Uuid,
    title: String,
    trade: Option<String>,
    hours_jp: Option<i32>,
    method: Option<String>,
    training_type: Option<String>,
    scheme_code: Option<String>,
    units: Vec<TaughtUnitOut>,
    created_at: DateTime<Utc>,
    version: i32,
}

impl From<ProgrammeView> for ProgrammeOut {
    fn from(view: ProgrammeView) -> Self {
        let row = view.row;
        Self {
            id: row.id.0,
            office_id: row.office_id.0,
            title: row.title,
            trade: row.trade,
            hours_jp: row.hours_jp,
            method: row.method,
            training_type: row.training_type,
            scheme_code: row.scheme_code,
            units: view.units.into_iter().map(TaughtUnitOut::from).collect(),
            created_at: row.created_at,
            version: row.version,
        }
    }
}

/// Set up a programme.
#[utoipa::path(tag = "classes", request_body = ProgrammeIn, responses((status = 201, body = ProgrammeOut), Problems))]
#[post("/programmes")]
async fn create_programme(granted: Granted<ManageClasses>, body: Body<ProgrammeIn>) -> Answer {
    let office = body.value.office_id.map(Into::into);
    let edit = ProgrammeEdit::from(body.value);
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(ProgrammeOut::from(work.create_programme(office, &edit).await?))).await
}

/// Programmes of the actor's scope.
#[utoipa::path(tag = "classes", params(PageQuery), responses((status = 200, body = ListOut<ProgrammeOut>), Problems))]
#[get("/programmes")]
async fn list_programmes(granted: Granted<ReadClasses>, Params(query): Params<PageQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().programmes(slice).await?;
    found(&list_out(&granted.app, page, |view| view.row.id.0, ProgrammeOut::from))
}

/// One programme.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path)), responses((status = 200, body = ProgrammeOut), Problems))]
#[get("/programmes/{id}")]
async fn get_programme(granted: Granted<ReadClasses>, id: web::Path<Uuid>) -> Answer {
    found(&ProgrammeOut::from(granted.look().programme(id.into_inner().into()).await?))
}

/// Change a programme; certificates already issued keep their units.
#[utoipa::path(tag = "classes", params(("id" = Uuid, Path), ("If-Match" = String, Header)), request_body = ProgrammePatch,
    responses((status = 200, body = ProgrammeOut), Problems))]
#[patch("/programmes/{id}")]
async fn update_programme(granted: Granted<ManageClasses>, id: web::Path<Uuid>, version: IfMatch, body: Body<ProgrammePatch>) -> Answer {
    let (id, edit) = (id.into_inner().into(), ProgrammeEdit::from(body.value));
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(ProgrammeOut::from(work.edit_programme(id, &edit, version.0).await?))).await
}
