//! Seats that partners promised.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, Params};
use crate::api::list::{ListOut, PageQuery, list_out, slice_of};
use crate::api::problem::Problems;
use crate::app::commitments::{CommitmentForm, CommitmentView};
use crate::app::permission::{ManagePartners, ReadPartners};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(create_commitment).service(list_commitments);
}

/// A new commitment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitmentIn {
    number: Option<String>,
    signer: Option<String>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    signed_on: Option<NaiveDate>,
    #[serde(deserialize_with = "crate::api::wire::day")]
    valid_from: NaiveDate,
    #[serde(deserialize_with = "crate::api::wire::day")]
    valid_until: NaiveDate,
    seats: i64,
    programme_id: Option<Uuid>,
    batch_id: Option<Uuid>,
    file_id: Option<Uuid>,
    /// Named by the administrator alone.
    office_id: Option<Uuid>,
}

/// A commitment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentOut {
    id: Uuid,
    office_id: Uuid,
    employer_id: Uuid,
    number: Option<String>,
    signer: Option<String>,
    signed_on: Option<NaiveDate>,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    seats: i32,
    programme_id: Option<Uuid>,
    batch_id: Option<Uuid>,
    file_id: Option<Uuid>,
    version: i32,
}

impl From<CommitmentView> for CommitmentOut {
    fn from(view: CommitmentView) -> Self {
        Self {
            id: view.id.0,
            office_id: view.office_id.0,
            employer_id: view.employer_id.0,
            number: view.number,
            signer: view.signer,
            signed_on: view.signed_on,
            valid_from: view.valid_from,
            valid_until: view.valid_until,
            seats: view.seats,
            programme_id: view.programme_id.map(|id| id.0),
            batch_id: view.batch_id.map(|id| id.0),
            file_id: view.file_id.map(|id| id.0),
            version: view.version,
        }
    }
}

/// Record what a partner promised.
#[utoipa::path(tag = "partners", params(("id" = Uuid, Path)), request_body = CommitmentIn,
    responses((status = 201, body = CommitmentOut), Problems))]
#[post("/employers/{id}/commitments")]
async fn create_commitment(granted: Granted<ManagePartners>, id: web::Path<Uuid>, body: Body<CommitmentIn>) -> Answer {
    let (id, office) = (id.into_inner().into(), body.value.office_id.map(Into::into));
    let input = body.value;
    let new = CommitmentForm {
        number: input.number,
        signer: input.signer,
        signed_on: input.signed_on,
        valid_from: input.valid_from,
        valid_until: input.valid_until,
        seats: input.seats,
        programme_id: input.programme_id.map(Into::into),
        batch_id: input.batch_id.map(Into::into),
        file_id: input.file_id.map(Into::into),
    };
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(CommitmentOut::from(work.commit(id, office, &new).await?))).await
}

/// What a partner promised.
#[utoipa::path(tag = "partners", params(("id" = Uuid, Path), PageQuery), responses((status = 200, body = ListOut<CommitmentOut>), Problems))]
#[get("/employers/{id}/commitments")]
async fn list_commitments(granted: Granted<ReadPartners>, id: web::Path<Uuid>, Params(query): Params<PageQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().commitments(id.into_inner().into(), slice).await?;
    found(&list_out(&granted.app, page, |view| view.id.0, CommitmentOut::from))
}
