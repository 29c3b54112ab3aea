//! Consents of a person.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted};
use crate::api::list::ListOut;
use crate::api::problem::Problems;
use crate::api::wire::{AnswerChannelCode, Code, ConsentPurposeCode};
use crate::app::consents::{ConsentView, NewConsent};
use crate::app::permission::{ReadPeople, RecordConsents};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(give_consent).service(list_consents).service(withdraw_consent);
}

/// A consent to record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConsentIn {
    purpose: ConsentPurposeCode,
    /// To whom; a referral needs one.
    employer_id: Option<Uuid>,
    /// Today where left out.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    given_on: Option<NaiveDate>,
    /// The signed paper.
    file_id: Option<Uuid>,
}

/// A consent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentOut {
    id: Uuid,
    graduate_id: Uuid,
    purpose: ConsentPurposeCode,
    employer_id: Option<Uuid>,
    channel: AnswerChannelCode,
    given_on: NaiveDate,
    recorded_by: Option<Uuid>,
    recorded_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
    file_id: Option<Uuid>,
}

impl From<ConsentView> for ConsentOut {
    fn from(row: ConsentView) -> Self {
        Self {
            id: row.id.0,
            graduate_id: row.graduate_id.0,
            purpose: Code(row.purpose),
            employer_id: row.employer_id.map(|id| id.0),
            channel: Code(row.channel),
            given_on: row.given_on,
            recorded_by: row.recorded_by.map(|id| id.0),
            recorded_at: row.recorded_at,
            withdrawn_at: row.withdrawn_at,
            file_id: row.file_id.map(|id| id.0),
        }
    }
}

/// Record a consent.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), request_body = NewConsentIn,
    responses((status = 201, body = ConsentOut), Problems))]
#[post("/graduates/{id}/consents")]
async fn give_consent(granted: Granted<RecordConsents>, id: web::Path<Uuid>, body: Body<NewConsentIn>) -> Answer {
    let input = body.value;
    let new = NewConsent {
        purpose: input.purpose.0,
        employer_id: input.employer_id.map(Into::into),
        given_on: input.given_on,
        file_id: input.file_id.map(Into::into),
    };
    let id = id.into_inner().into();
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(ConsentOut::from(work.give_consent(id, &new).await?))).await
}

/// Consents of a person.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), responses((status = 200, body = ListOut<ConsentOut>), Problems))]
#[get("/graduates/{id}/consents")]
async fn list_consents(granted: Granted<ReadPeople>, id: web::Path<Uuid>) -> Answer {
    let rows = granted.look().consents(id.into_inner().into()).await?;
    found(&ListOut { items: rows.into_iter().map(ConsentOut::from).collect(), next_cursor: None })
}

/// Withdraw a consent.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), responses((status = 200, body = ConsentOut), Problems))]
#[post("/consents/{id}/withdraw")]
async fn withdraw_consent(granted: Granted<RecordConsents>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &[], async |work| Ok(ConsentOut::from(work.end_consent(id).await?))).await
}
