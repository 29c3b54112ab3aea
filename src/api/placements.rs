//! Placements.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, OptionalBody, Params};
use crate::api::faces::{FaceOut, JobOut, WhyIn, why_out};
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::occupations::ProposedOccupationOut;
use crate::api::problem::Problems;
use crate::api::wire::{Code, ContractCode, EvidenceLevelCode, PlacementStateCode, ReasonCode, WageUnitCode, code, member};
use crate::app::permission::{ConfirmPlacements, ManagePlacements, ReadPlacements, ReportPlacements, VerifyOutcomes};
use crate::app::placement_moves::Start;
use crate::app::placement_words::{Check, Told};
use crate::app::placements::{NewPlacement, PlacementFilter, PlacementView};
use crate::app::why::Why;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service
        .service(list_placements)
        .service(create_placement)
        .service(get_placement)
        .service(start_placement)
        .service(confirm_placement)
        .service(dispute_placement)
        .service(no_show_placement)
        .service(cancel_placement)
        .service(reschedule_placement)
        .service(end_placement)
        .service(void_placement)
        .service(verify_placement);
}

/// A direct hire.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlacementIn {
    vacancy_id: Uuid,
    graduate_id: Uuid,
    /// Planned first day.
    #[serde(deserialize_with = "crate::api::wire::day")]
    starts_on: NaiveDate,
    /// Why staff place somebody who already has full-time work.
    override_reason: Option<String>,
}

/// A placement.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacementOut {
    id: Uuid,
    vacancy_id: Uuid,
    graduate_id: Uuid,
    employer_id: Uuid,
    offer_id: Option<Uuid>,
    commitment_id: Option<Uuid>,
    graduate: FaceOut,
    vacancy: JobOut,
    state: PlacementStateCode,
    hours_per_week: i32,
    /// Planned first day.
    starts_on: NaiveDate,
    /// Actual first day.
    started_on: Option<NaiveDate>,
    /// Whole rupiah, a `wage_unit`.
    wage: Option<i64>,
    wage_unit: Option<WageUnitCode>,
    contract: Option<ContractCode>,
    kbji: Option<String>,
    /// The occupation that the vacancy's title names, where `kbji` is `null`; it is not stored. Left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    kbji_proposed: Option<ProposedOccupationOut>,
    ended_on: Option<NaiveDate>,
    reason: Option<ReasonCode>,
    reason_text: Option<String>,
    override_reason: Option<String>,
    /// The employer says that the person started.
    confirmed_by_employer: bool,
    /// The graduate says so.
    confirmed_by_graduate: bool,
    /// One side's last word is that it is not so.
    disputed: bool,
    /// An officer who recorded none of it, or a document, says so.
    verified: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    version: i32,
}

impl From<PlacementView> for PlacementOut {
    fn from(view: PlacementView) -> Self {
        let (reason, reason_text) = why_out(view.why);
        Self {
            id: view.id.0,
            vacancy_id: view.job.id.0,
            graduate_id: view.graduate.id.0,
            employer_id: view.job.employer_id.0,
            offer_id: view.offer_id.map(|id| id.0),
            commitment_id: view.commitment_id.map(|id| id.0),
            graduate: view.graduate.into(),
            vacancy: view.job.into(),
            state: Code(view.state),
            hours_per_week: view.hours_per_week,
            starts_on: view.starts_on,
            started_on: view.started_on,
            wage: view.wage,
            wage_unit: code(view.wage_unit),
            contract: code(view.contract),
            kbji: view.kbji,
            kbji_proposed: view.proposed_occupation.map(ProposedOccupationOut::from),
            ended_on: view.ended_on,
            reason,
            reason_text,
            override_reason: view.override_reason,
            confirmed_by_employer: view.words.by_employer,
            confirmed_by_graduate: view.words.by_graduate,
            disputed: view.words.disputed,
            verified: view.words.verified,
            created_at: view.created_at,
            updated_at: view.updated_at,
            version: view.version,
        }
    }
}

/// A start of work.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartIn {
    /// First day, in the office's zone; today or earlier.
    #[serde(deserialize_with = "crate::api::wire::day")]
    started_on: NaiveDate,
    /// Whole rupiah, a `wage_unit`.
    wage: Option<i64>,
    wage_unit: Option<WageUnitCode>,
    contract: Option<ContractCode>,
    /// KBJI code; by default the vacancy's.
    kbji: Option<String>,
}

/// A side's yes.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmIn {
    /// The day it speaks of; today unless told.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    on: Option<NaiveDate>,
    /// For staff: which side told them, `employer` or `graduate`.
    side: Option<String>,
    /// For staff: who told it, and how.
    told_by: Option<String>,
}

/// A side's no.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeIn {
    /// What is not so.
    reason: Option<String>,
    /// For staff: which side told them, `employer` or `graduate`.
    side: Option<String>,
    /// For staff: who told it, and how.
    told_by: Option<String>,
}

/// A new first day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RescheduleIn {
    #[serde(deserialize_with = "crate::api::wire::day")]
    starts_on: NaiveDate,
}

/// An end of work.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndIn {
    /// Last day; today or earlier.
    #[serde(deserialize_with = "crate::api::wire::day")]
    ended_on: NaiveDate,
    /// A code of the list of reasons, or a sentence.
    reason: String,
    text: Option<String>,
}

/// A check by an officer who recorded none of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyIn {
    /// `document` or `second_officer`.
    evidence: EvidenceLevelCode,
    /// The document, uploaded before.
    file_id: Option<Uuid>,
    /// The day it speaks of; today unless told.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    on: Option<NaiveDate>,
}

/// Which placements, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PlacementQuery {
    vacancy_id: Option<Uuid>,
    graduate_id: Option<Uuid>,
    employer_id: Option<Uuid>,
    #[param(value_type = Option<String>)]
    state: Option<PlacementStateCode>,
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Placements the actor sees.
#[utoipa::path(tag = "placements", params(PlacementQuery), responses((status = 200, body = ListOut<PlacementOut>), Problems))]
#[get("/placements")]
async fn list_placements(granted: Granted<ReadPlacements>, Params(query): Params<PlacementQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let filter = PlacementFilter {
        vacancy: query.vacancy_id.map(Into::into),
        graduate: query.graduate_id.map(Into::into),
        employer: query.employer_id.map(Into::into),
        state: member(query.state),
    };
    let page = granted.look().placements(filter, slice).await?;
    found(&list_out(&granted.app, page, |view| view.id.0, PlacementOut::from))
}

/// Record a direct hire; it takes a seat like an acceptance.
#[utoipa::path(tag = "placements", request_body = PlacementIn, responses((status = 201, body = PlacementOut), Problems))]
#[post("/placements")]
async fn create_placement(granted: Granted<ManagePlacements>, body: Body<PlacementIn>) -> Answer {
    let input = body.value;
    let new = NewPlacement {
        vacancy: input.vacancy_id.into(),
        graduate: input.graduate_id.into(),
        starts_on: input.starts_on,
        override_reason: input.override_reason,
    };
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(PlacementOut::from(work.hire(&new).await?))).await
}

/// One placement.
#[utoipa::path(tag = "placements", params(("id" = Uuid, Path)), responses((status = 200, body = PlacementOut), Problems))]
#[get("/placements/{id}")]
async fn get_placement(granted: Granted<ReadPlacements>, id: web::Path<Uuid>) -> Answer {
    found(&PlacementOut::from(granted.look().placement(id.into_inner()).await?))
}

/// Work began.
#[utoipa::path(tag = "placements", params(("id" = Uuid, Path)), request_body = StartIn,
    responses((status = 200, body = PlacementOut), Problems))]
#[post("/placements/{id}/start")]
async fn start_placement(granted: Granted<ReportPlacements>, id: web::Path<Uuid>, body: Body<StartIn>) -> Answer {
    let (id, input) = (id.into_inner().into(), body.value);
    let start = Start {
        started_on: input.started_on,
        wage: input.wage,
        wage_unit: member(input.wage_unit),
        contract: member(input.contract),
        kbji: input.kbji,
    };
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(PlacementOut::from(work.start_placement(id, &start).await?))).await
}

/// A side says that it is so: the employer by account, the graduate by link; what staff were told is staff's word.
#[utoipa::path(tag = "placements", params(("id" = Uuid, Path)), request_body = ConfirmIn,
    responses((status = 200, body = PlacementOut), Problems))]
#[post("/placements/{id}/confirm")]
async fn confirm_placement(granted: Granted<ConfirmPlacements>, id: web::Path<Uuid>, body: OptionalBody<ConfirmIn>) -> Answer {
    let (id, ConfirmIn { on, side, told_by }) = (id.into_inner().into(), body.value);
    let told = Told { side, told_by };
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(PlacementOut::from(work.confirm_placement(id, on, &told).await?))).await
}

/// A side says that it is not so; the outcome counts as unknown.
#[utoipa::path(tag = "placements", params(("id" = Uuid, Path)), request_body = DisputeIn,
    responses((status = 200, body = PlacementOut), Problems))]
#[post("/placements/{id}/dispute")]
async fn dispute_placement(granted: Granted<ConfirmPlacements>, id: web::Path<Uuid>, body: OptionalBody<DisputeIn>) -> Answer {
    let (id, DisputeIn { reason, side, told_by }) = (id.into_inner().into(), body.value);
    let told = Told { side, told_by };
    granted
        .write(StatusCode::OK, &body.hash, async |work| Ok(PlacementOut::from(work.dispute_placement(id, reason.as_deref(), &told).await?)))
        .await
}

/// The person did not come; the seat is free again.
#[utoipa::path(tag = "placements", params(("id" = Uuid, Path)), responses((status = 200, body = PlacementOut), Problems))]
#[post("/placements/{id}/no-show")]
async fn no_show_placement(granted: Granted<ReportPlacements>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &[], async |work| Ok(PlacementOut::from(work.no_show(id).await?))).await
}

/// Called off before it began; the seat is free again and the person available.
#[utoipa::path(tag = "placements", params(("id" = Uuid, Path)), request_body = WhyIn,
    responses((status = 200, body = PlacementOut), Problems))]
#[post("/placements/{id}/cancel")]
async fn cancel_placement(granted: Granted<ConfirmPlacements>, id: web::Path<Uuid>, body: OptionalBody<WhyIn>) -> Answer {
    let (id, why) = (id.into_inner().into(), body.value.needed()?);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(PlacementOut::from(work.cancel_placement(id, &why).await?))).await
}

/// Move the planned first day.
#[utoipa::path(tag = "placements", params(("id" = Uuid, Path)), request_body = RescheduleIn,
    responses((status = 200, body = PlacementOut), Problems))]
#[post("/placements/{id}/reschedule")]
async fn reschedule_placement(granted: Granted<ManagePlacements>, id: web::Path<Uuid>, body: Body<RescheduleIn>) -> Answer {
    let (id, starts_on) = (id.into_inner().into(), body.value.starts_on);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(PlacementOut::from(work.reschedule(id, starts_on).await?))).await
}

/// Work ended; the seat stays used, the person is free.
#[utoipa::path(tag = "placements", params(("id" = Uuid, Path)), request_body = EndIn,
    responses((status = 200, body = PlacementOut), Problems))]
#[post("/placements/{id}/end")]
async fn end_placement(granted: Granted<ReportPlacements>, id: web::Path<Uuid>, body: Body<EndIn>) -> Answer {
    let (id, EndIn { ended_on, reason, text }) = (id.into_inner().into(), body.value);
    let why = Why::needed(Some(&reason), text.as_deref())?;
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(PlacementOut::from(work.end_placement(id, ended_on, &why).await?))).await
}

/// It was a mistake: it never counted.
#[utoipa::path(tag = "placements", params(("id" = Uuid, Path)), request_body = WhyIn,
    responses((status = 200, body = PlacementOut), Problems))]
#[post("/placements/{id}/void")]
async fn void_placement(granted: Granted<ManagePlacements>, id: web::Path<Uuid>, body: OptionalBody<WhyIn>) -> Answer {
    let (id, why) = (id.into_inner().into(), body.value.needed()?);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(PlacementOut::from(work.void_placement(id, &why).await?))).await
}

/// An officer vouches for a start that somebody else recorded.
#[utoipa::path(tag = "placements", params(("id" = Uuid, Path)), request_body = VerifyIn,
    responses((status = 200, body = PlacementOut), Problems))]
#[post("/placements/{id}/verify")]
async fn verify_placement(granted: Granted<VerifyOutcomes>, id: web::Path<Uuid>, body: Body<VerifyIn>) -> Answer {
    let id = id.into_inner().into();
    let check = Check { evidence: body.value.evidence.0, file: body.value.file_id.map(Into::into), on: body.value.on };
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(PlacementOut::from(work.verify_placement(id, &check).await?))).await
}
