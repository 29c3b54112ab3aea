//! Certificates.

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
use crate::api::programmes::{TaughtUnitIn, TaughtUnitOut};
use crate::api::wire::{CertificateKindCode, Code};
use crate::app::certificates::{CertificateView, NewCertificate};
use crate::app::permission::{IssueCertificates, ReadCertificates, ReadPeople};
use crate::app::programmes::UnitLine;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(issue_certificate).service(list_certificates).service(get_certificate).service(revoke_certificate);
}

/// A certificate to issue or enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateIn {
    kind: CertificateKindCode,
    issuer: String,
    /// Left out, the office's own series of the year gives the next one.
    number: Option<String>,
    #[serde(deserialize_with = "crate::api::wire::day")]
    issued_on: NaiveDate,
    /// Last valid day.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    valid_until: Option<NaiveDate>,
    scheme_code: Option<String>,
    #[serde(default)]
    units: Vec<TaughtUnitIn>,
}

/// Why a certificate is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevocationIn {
    /// Shown to whoever verifies it.
    reason: String,
    /// Today where left out.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    revoked_on: Option<NaiveDate>,
}

/// A certificate.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateOut {
    id: Uuid,
    graduate_id: Uuid,
    office_id: Uuid,
    batch_id: Option<Uuid>,
    kind: CertificateKindCode,
    issuer: String,
    number: String,
    scheme_code: Option<String>,
    issued_on: NaiveDate,
    valid_until: Option<NaiveDate>,
    /// `valid`, `expired` or `revoked`, today.
    status: String,
    revoked_on: Option<NaiveDate>,
    revoked_reason: Option<String>,
    /// The code that anyone may verify.
    verify_code: String,
    verify_url: String,
    units: Vec<TaughtUnitOut>,
    created_at: DateTime<Utc>,
    version: i32,
}

impl From<CertificateView> for CertificateOut {
    fn from(view: CertificateView) -> Self {
        let row = view.row;
        Self {
            id: row.id.0,
            graduate_id: row.graduate_id.0,
            office_id: row.office_id.0,
            batch_id: row.batch_id.map(|id| id.0),
            kind: Code(row.kind),
            issuer: row.issuer,
            number: row.number,
            scheme_code: row.scheme_code,
            issued_on: row.issued_on,
            valid_until: row.valid_until,
            status: view.standing.code().to_owned(),
            revoked_on: row.revoked_on,
            revoked_reason: row.revoked_reason,
            verify_code: row.verify_code,
            verify_url: view.verify_url,
            units: view.units.into_iter().map(TaughtUnitOut::from).collect(),
            created_at: row.created_at,
            version: row.version,
        }
    }
}

/// Issue or enter a certificate.
#[utoipa::path(tag = "certificates", params(("id" = Uuid, Path)), request_body = CertificateIn,
    responses((status = 201, body = CertificateOut), Problems))]
#[post("/graduates/{id}/certificates")]
async fn issue_certificate(granted: Granted<IssueCertificates>, id: web::Path<Uuid>, body: Body<CertificateIn>) -> Answer {
    let input = body.value;
    let new = NewCertificate {
        kind: input.kind.0,
        issuer: input.issuer,
        number: input.number,
        issued_on: input.issued_on,
        valid_until: input.valid_until,
        scheme_code: input.scheme_code,
        units: input.units.into_iter().map(UnitLine::from).collect(),
    };
    let graduate = id.into_inner().into();
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| Ok(CertificateOut::from(work.issue_certificate(graduate, &new).await?)))
        .await
}

/// Certificates of a person, whoever issued them.
#[utoipa::path(tag = "certificates", params(("id" = Uuid, Path)), responses((status = 200, body = ListOut<CertificateOut>), Problems))]
#[get("/graduates/{id}/certificates")]
async fn list_certificates(granted: Granted<ReadPeople>, id: web::Path<Uuid>) -> Answer {
    let views = granted.look().certificates(id.into_inner().into()).await?;
    found(&ListOut { items: views.into_iter().map(CertificateOut::from).collect(), next_cursor: None })
}

/// One certificate.
#[utoipa::path(tag = "certificates", params(("id" = Uuid, Path)), responses((status = 200, body = CertificateOut), Problems))]
#[get("/certificates/{id}")]
async fn get_certificate(granted: Granted<ReadCertificates>, id: web::Path<Uuid>) -> Answer {
    found(&CertificateOut::from(granted.look().certificate(id.into_inner().into()).await?))
}

/// Take a certificate back.
#[utoipa::path(tag = "certificates", params(("id" = Uuid, Path)), request_body = RevocationIn,
    responses((status = 200, body = CertificateOut), Problems))]
#[post("/certificates/{id}/revoke")]
async fn revoke_certificate(granted: Granted<IssueCertificates>, id: web::Path<Uuid>, body: Body<RevocationIn>) -> Answer {
    let (id, RevocationIn { reason, revoked_on }) = (id.into_inner().into(), body.value);
    granted
        .write(StatusCode::OK, &body.hash, async |work| Ok(CertificateOut::from(work.revoke_certificate(id, &reason, revoked_on).await?)))
        .await
}
