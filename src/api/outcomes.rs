//! Outcomes of graduates: told, checked, taken back.

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
use crate::api::occupations::ProposedOccupationOut;
use crate::api::problem::Problems;
use crate::api::wire::{ContractCode, EvidenceLevelCode, OutcomeKindCode, OutcomeSourceCode, WageUnitCode, code, member};
use crate::app::outcomes::{NewOutcome, NewVerification, OutcomeView, RetractionView};
use crate::app::permission::{ReadPeople, ReportOutcomes, VerifyOutcomes};
use crate::engine::kinds::EvidenceLevel;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_outcomes).service(record_outcome).service(verify_outcome).service(retract_outcome);
}

/// What somebody tells of a graduate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeIn {
    kind: OutcomeKindCode,
    /// The day on which it was so; not later than today.
    #[serde(deserialize_with = "crate::api::wire::day")]
    on: NaiveDate,
    /// A partner of the office. `partner` names it here or by `employer_name`.
    employer_id: Option<Uuid>,
    employer_name: Option<String>,
    contract: Option<ContractCode>,
    job_text: Option<String>,
    kbji: Option<String>,
    /// Kemendagri code of the place of work.
    district: Option<String>,
    #[schema(minimum = 1, maximum = 80)]
    hours_per_week: Option<i64>,
    /// Whole rupiah for one `wage_unit`.
    wage: Option<i64>,
    wage_unit: Option<WageUnitCode>,
    /// Needed for `excluded`.
    reason: Option<String>,
    file_id: Option<Uuid>,
    /// `self_report`, or `document` when there is one; it counts once a second officer has verified it.
    evidence: Option<EvidenceLevelCode>,
}

impl From<OutcomeIn> for NewOutcome {
    fn from(input: OutcomeIn) -> Self {
        Self {
            kind: input.kind.0,
            on: input.on,
            employer_id: input.employer_id.map(Into::into),
            employer_name: input.employer_name,
            contract: member(input.contract),
            job_text: input.job_text,
            kbji: input.kbji,
            district: input.district,
            hours_per_week: input.hours_per_week,
            wage: input.wage,
            wage_unit: member(input.wage_unit),
            reason: input.reason,
            file_id: input.file_id.map(Into::into),
            evidence: member(input.evidence),
        }
    }
}

/// A check by an officer who did not record it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerificationIn {
    /// `document` when one was seen, `second_officer` for a call or visit.
    evidence: EvidenceLevelCode,
    /// The day of the check; today where left out.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    on: Option<NaiveDate>,
    file_id: Option<Uuid>,
}

/// Why an event is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetractionIn {
    reason: String,
}

/// How an event was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetractionOut {
    id: Uuid,
    at: DateTime<Utc>,
    reason: Option<String>,
}

impl From<RetractionView> for RetractionOut {
    fn from(view: RetractionView) -> Self {
        Self { id: view.id.0, at: view.at, reason: view.reason }
    }
}

/// One outcome event. It never changes; a correction is another event.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeOut {
    id: Uuid,
    graduate_id: Uuid,
    /// `reported`, `started`, `ended`, `confirmed`, `disputed`, `verified`, `retracted`, …
    act: &'static str,
    kind: OutcomeKindCode,
    on: NaiveDate,
    recorded_at: DateTime<Utc>,
    source: OutcomeSourceCode,
    /// How well it is proved by all that vouch for it; `null` once it no longer stands.
    evidence: Option<EvidenceLevelCode>,
    /// Whether that puts it into the headline.
    verified: bool,
    recorded_by: Option<Uuid>,
    verified_by: Option<Uuid>,
    /// The event it confirms, disputes, verifies or takes back.
    about_id: Option<Uuid>,
    placement_id: Option<Uuid>,
    employer_id: Option<Uuid>,
    employer_name: Option<String>,
    contract: Option<ContractCode>,
    job_text: Option<String>,
    kbji: Option<String>,
    /// The occupation that `job_text` names, where `kbji` is `null`; it is not stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    kbji_proposed: Option<ProposedOccupationOut>,
    district: Option<String>,
    hours_per_week: Option<i32>,
    wage: Option<i64>,
    wage_unit: Option<WageUnitCode>,
    reason: Option<String>,
    file_id: Option<Uuid>,
    /// Whether it was taken back; it stays visible.
    retracted: bool,
    retraction: Option<RetractionOut>,
}

impl From<OutcomeView> for OutcomeOut {
    fn from(view: OutcomeView) -> Self {
        let row = view.row;
        Self {
            id: row.id.0,
            graduate_id: row.graduate_id.0,
            act: row.act.code(),
            kind: row.kind.into(),
            on: row.happened_on,
            recorded_at: row.recorded_at,
            source: row.source.into(),
            evidence: code(view.proof),
            verified: view.proof.is_some_and(EvidenceLevel::is_verified),
            recorded_by: row.recorded_by.map(Into::into),
            verified_by: view.verified_by.or(row.verified_by).map(Into::into),
            about_id: row.about_id.map(Into::into),
            placement_id: row.placement_id.map(Into::into),
            employer_id: row.employer_id.map(Into::into),
            employer_name: view.employer_name,
            contract: code(row.contract),
            job_text: row.job_text,
            kbji: row.kbji,
            kbji_proposed: view.proposed_occupation.map(ProposedOccupationOut::from),
            district: row.district_code,
            hours_per_week: row.hours_per_week,
            wage: row.wage,
            wage_unit: code(row.wage_unit),
            reason: row.reason,
            file_id: row.file_id.map(Into::into),
            retracted: view.retraction.is_some(),
            retraction: view.retraction.map(RetractionOut::from),
        }
    }
}

/// Everything told of a graduate, by date; what was taken back too.
#[utoipa::path(tag = "outcomes", params(("id" = Uuid, Path)), responses((status = 200, body = ListOut<OutcomeOut>), Problems))]
#[get("/graduates/{id}/outcomes")]
async fn list_outcomes(granted: Granted<ReadPeople>, id: web::Path<Uuid>) -> Answer {
    let views = granted.look().outcomes(id.into_inner().into()).await?;
    found(&ListOut { items: views.into_iter().map(OutcomeOut::from).collect(), next_cursor: None })
}

/// Tell what a graduate does.
#[utoipa::path(tag = "outcomes", params(("id" = Uuid, Path)), request_body = OutcomeIn,
    responses((status = 201, body = OutcomeOut), Problems))]
#[post("/graduates/{id}/outcomes")]
async fn record_outcome(granted: Granted<ReportOutcomes>, id: web::Path<Uuid>, body: Body<OutcomeIn>) -> Answer {
    let (id, new) = (id.into_inner().into(), NewOutcome::from(body.value));
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(OutcomeOut::from(work.record_outcome(id, &new).await?))).await
}

/// Check an outcome that somebody else recorded.
#[utoipa::path(tag = "outcomes", params(("id" = Uuid, Path)), request_body = VerificationIn,
    responses((status = 200, body = OutcomeOut), Problems))]
#[post("/outcomes/{id}/verify")]
async fn verify_outcome(granted: Granted<VerifyOutcomes>, id: web::Path<Uuid>, body: Body<VerificationIn>) -> Answer {
    let VerificationIn { evidence, on, file_id } = body.value;
    let check = NewVerification { evidence: evidence.0, on, file_id: file_id.map(Into::into) };
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(OutcomeOut::from(work.verify_outcome(id, &check).await?))).await
}

/// Take an outcome back, with a reason. It stays visible and counts no more.
#[utoipa::path(tag = "outcomes", params(("id" = Uuid, Path)), request_body = RetractionIn,
    responses((status = 200, body = OutcomeOut), Problems))]
#[post("/outcomes/{id}/retract")]
async fn retract_outcome(granted: Granted<ReportOutcomes>, id: web::Path<Uuid>, body: Body<RetractionIn>) -> Answer {
    let (id, reason) = (id.into_inner().into(), body.value.reason);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(OutcomeOut::from(work.retract_outcome(id, &reason).await?))).await
}
