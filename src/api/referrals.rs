//! Referrals.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, OptionalBody, Params};
use crate::api::faces::{FaceOut, JobOut, WhyIn, why_out};
use crate::api::language::spoken;
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::wire::{AnswerChannelCode, Code, ReasonCode, ReferralStateCode, code, member};
use crate::app::permission::{AnswerReferrals, ReadReferrals, Refer, RunInterviews};
use crate::app::referrals::{ReferralFilter, ReferralView, Referred};
use crate::app::why::Why;
use crate::engine::id::GraduateId;
use crate::words::Say as _;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service
        .service(list_referrals)
        .service(create_referrals)
        .service(get_referral)
        .service(consent_to_referral)
        .service(decline_referral)
        .service(invite_referral)
        .service(attend_referral)
        .service(no_show_referral)
        .service(result_of_referral)
        .service(withdraw_referral);
}

/// Whom to refer to which vacancy.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferralsIn {
    vacancy_id: Uuid,
    /// 1 to 200 graduates.
    graduate_ids: Vec<Uuid>,
}

/// What became of each graduate.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReferredOut {
    items: Vec<ReferredItemOut>,
}

/// What became of one graduate.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReferredItemOut {
    graduate_id: Uuid,
    /// `created`, `existing` or `refused`.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    referral: Option<ReferralOut>,
    /// The code of a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    /// Its sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

impl From<(GraduateId, Referred)> for ReferredItemOut {
    fn from((graduate, referred): (GraduateId, Referred)) -> Self {
        let item = |status, referral| Self { graduate_id: graduate.0, status, referral, code: None, message: None };
        match referred {
            Referred::Created(view) => item("created", Some((*view).into())),
            Referred::Existing(view) => item("existing", Some((*view).into())),
            Referred::Refused(refusal) => {
                Self { code: Some(refusal.code()), message: Some(refusal.say(spoken())), ..item("refused", None) }
            }
        }
    }
}

/// A referral.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReferralOut {
    id: Uuid,
    vacancy_id: Uuid,
    graduate_id: Uuid,
    employer_id: Uuid,
    graduate: FaceOut,
    vacancy: JobOut,
    state: ReferralStateCode,
    /// What the person needs at work, told with their yes.
    adaptation: Option<String>,
    invited_at: Option<DateTime<Utc>>,
    invited_place: Option<String>,
    answered_channel: Option<AnswerChannelCode>,
    reason: Option<ReasonCode>,
    reason_text: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    version: i32,
}

impl From<ReferralView> for ReferralOut {
    fn from(view: ReferralView) -> Self {
        let (reason, reason_text) = why_out(view.why);
        Self {
            id: view.id.0,
            vacancy_id: view.job.id.0,
            graduate_id: view.graduate.id.0,
            employer_id: view.job.employer_id.0,
            graduate: view.graduate.into(),
            vacancy: view.job.into(),
            state: Code(view.state),
            adaptation: view.adaptation,
            invited_at: view.invited_at,
            invited_place: view.invited_place,
            answered_channel: code(view.answered_channel),
            reason,
            reason_text,
            created_at: view.created_at,
            updated_at: view.updated_at,
            version: view.version,
        }
    }
}

/// Which referrals, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ReferralQuery {
    vacancy_id: Option<Uuid>,
    graduate_id: Option<Uuid>,
    #[param(value_type = Option<String>)]
    state: Option<ReferralStateCode>,
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What comes with a yes.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentIn {
    /// What the person needs at work; sealed, shown to this employer alone.
    adaptation: Option<String>,
}

/// A test or interview.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteIn {
    at: DateTime<Utc>,
    place: String,
}

/// The employer's choice.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultIn {
    passed: bool,
    /// A code of the list of reasons, or a sentence; required where `passed` is `false`.
    reason: Option<String>,
    text: Option<String>,
    /// Whether the person may read the reason.
    #[serde(default)]
    shown_to_graduate: bool,
}

/// Referrals the actor sees.
#[utoipa::path(tag = "referrals", params(ReferralQuery), responses((status = 200, body = ListOut<ReferralOut>), Problems))]
#[get("/referrals")]
async fn list_referrals(granted: Granted<ReadReferrals>, Params(query): Params<ReferralQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let filter = ReferralFilter {
        vacancy: query.vacancy_id.map(Into::into),
        graduate: query.graduate_id.map(Into::into),
        state: member(query.state),
    };
    let page = granted.look().referrals(filter, slice).await?;
    found(&list_out(&granted.app, page, |view| view.id.0, ReferralOut::from))
}

/// Refer graduates to a vacancy; each has its own outcome.
#[utoipa::path(tag = "referrals", request_body = ReferralsIn, responses((status = 201, body = ReferredOut), Problems))]
#[post("/referrals")]
async fn create_referrals(granted: Granted<Refer>, body: Body<ReferralsIn>) -> Answer {
    let vacancy = body.value.vacancy_id.into();
    let graduates: Vec<GraduateId> = body.value.graduate_ids.into_iter().map(Into::into).collect();
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| {
            let items = work.refer(vacancy, &graduates).await?.into_iter().map(ReferredItemOut::from).collect();
            Ok(ReferredOut { items })
        })
        .await
}

/// One referral.
#[utoipa::path(tag = "referrals", params(("id" = Uuid, Path)), responses((status = 200, body = ReferralOut), Problems))]
#[get("/referrals/{id}")]
async fn get_referral(granted: Granted<ReadReferrals>, id: web::Path<Uuid>) -> Answer {
    found(&ReferralOut::from(granted.look().referral(id.into_inner()).await?))
}

/// The graduate says yes: this employer sees name and telephone from now on.
#[utoipa::path(tag = "referrals", params(("id" = Uuid, Path)), request_body = ConsentIn,
    responses((status = 200, body = ReferralOut), Problems))]
#[post("/referrals/{id}/consent")]
async fn consent_to_referral(granted: Granted<AnswerReferrals>, id: web::Path<Uuid>, body: OptionalBody<ConsentIn>) -> Answer {
    let id = id.into_inner().into();
    let adaptation = body.value.adaptation;
    granted
        .write(StatusCode::OK, &body.hash, async |work| Ok(ReferralOut::from(work.consent_to_referral(id, adaptation.as_deref()).await?)))
        .await
}

/// The graduate says no.
#[utoipa::path(tag = "referrals", params(("id" = Uuid, Path)), request_body = WhyIn,
    responses((status = 200, body = ReferralOut), Problems))]
#[post("/referrals/{id}/decline")]
async fn decline_referral(granted: Granted<AnswerReferrals>, id: web::Path<Uuid>, body: OptionalBody<WhyIn>) -> Answer {
    let (id, why) = (id.into_inner().into(), body.value.read()?);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(ReferralOut::from(work.decline_referral(id, &why).await?))).await
}

/// Call to a test or interview.
#[utoipa::path(tag = "referrals", params(("id" = Uuid, Path)), request_body = InviteIn,
    responses((status = 200, body = ReferralOut), Problems))]
#[post("/referrals/{id}/invite")]
async fn invite_referral(granted: Granted<RunInterviews>, id: web::Path<Uuid>, body: Body<InviteIn>) -> Answer {
    let id = id.into_inner().into();
    let InviteIn { at, place } = body.value;
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(ReferralOut::from(work.invite(id, at, &place).await?))).await
}

/// The graduate came.
#[utoipa::path(tag = "referrals", params(("id" = Uuid, Path)), responses((status = 200, body = ReferralOut), Problems))]
#[post("/referrals/{id}/attend")]
async fn attend_referral(granted: Granted<RunInterviews>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &[], async |work| Ok(ReferralOut::from(work.attended(id, true).await?))).await
}

/// The graduate did not come.
#[utoipa::path(tag = "referrals", params(("id" = Uuid, Path)), responses((status = 200, body = ReferralOut), Problems))]
#[post("/referrals/{id}/no-show")]
async fn no_show_referral(granted: Granted<RunInterviews>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &[], async |work| Ok(ReferralOut::from(work.attended(id, false).await?))).await
}

/// The employer's choice.
#[utoipa::path(tag = "referrals", params(("id" = Uuid, Path)), request_body = ResultIn,
    responses((status = 200, body = ReferralOut), Problems))]
#[post("/referrals/{id}/result")]
async fn result_of_referral(granted: Granted<RunInterviews>, id: web::Path<Uuid>, body: Body<ResultIn>) -> Answer {
    let id = id.into_inner().into();
    let ResultIn { passed, reason, text, shown_to_graduate } = body.value;
    let why = Why::read(reason.as_deref(), text.as_deref())?;
    granted
        .write(StatusCode::OK, &body.hash, async |work| Ok(ReferralOut::from(work.result(id, passed, &why, shown_to_graduate).await?)))
        .await
}

/// Take a referral back.
#[utoipa::path(tag = "referrals", params(("id" = Uuid, Path)), request_body = WhyIn,
    responses((status = 200, body = ReferralOut), Problems))]
#[post("/referrals/{id}/withdraw")]
async fn withdraw_referral(granted: Granted<Refer>, id: web::Path<Uuid>, body: OptionalBody<WhyIn>) -> Answer {
    let (id, why) = (id.into_inner().into(), body.value.needed()?);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(ReferralOut::from(work.withdraw_referral(id, &why).await?))).await
}
