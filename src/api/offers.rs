//! Offers.

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
use crate::api::language::spoken;
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::wire::{AnswerChannelCode, Code, OfferStateCode, ReasonCode, code, member};
use crate::app::offers::{NewOffer, OfferFilter, OfferView};
use crate::app::permission::{AnswerOffers, ApproveOffers, MakeOffers, ReadOffers};
use crate::app::sending::{Bulk, BulkOutcome, Invitation};
use crate::engine::id::GraduateId;
use crate::words::Say as _;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service
        .service(list_offers)
        .service(create_offer)
        .service(create_offers)
        .service(get_offer)
        .service(approve_offer)
        .service(send_offer)
        .service(accept_offer)
        .service(undo_offer)
        .service(decline_offer)
        .service(withdraw_offer);
}

/// A new offer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferIn {
    vacancy_id: Uuid,
    graduate_id: Uuid,
    /// Last day to answer; ends 23:59:59 in the office's zone.
    #[serde(deserialize_with = "crate::api::wire::day")]
    expires_on: NaiveDate,
    /// What must still be shown (medical check, papers).
    conditions: Option<String>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    conditions_due: Option<NaiveDate>,
    /// Why staff offer without a referral the graduate agreed to.
    override_reason: Option<String>,
}

/// Offers of one vacancy to many.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OffersIn {
    vacancy_id: Uuid,
    /// 1 to 200 graduates.
    graduate_ids: Vec<Uuid>,
    #[serde(deserialize_with = "crate::api::wire::day")]
    expires_on: NaiveDate,
    /// Whether to send each at once.
    send: bool,
    override_reason: Option<String>,
}

/// An offer.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferOut {
    id: Uuid,
    vacancy_id: Uuid,
    graduate_id: Uuid,
    employer_id: Uuid,
    referral_id: Option<Uuid>,
    graduate: FaceOut,
    vacancy: JobOut,
    state: OfferStateCode,
    /// Last day to answer.
    expires_on: NaiveDate,
    /// The instant that day ends in the office's zone.
    expires_at: DateTime<Utc>,
    conditions: Option<String>,
    conditions_due: Option<NaiveDate>,
    approved_at: Option<DateTime<Utc>>,
    sent_at: Option<DateTime<Utc>>,
    opened_at: Option<DateTime<Utc>>,
    answered_at: Option<DateTime<Utc>>,
    answered_channel: Option<AnswerChannelCode>,
    /// Until when the answer can be undone.
    undo_until: Option<DateTime<Utc>>,
    reason: Option<ReasonCode>,
    reason_text: Option<String>,
    /// The placement it became.
    placement_id: Option<Uuid>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    version: i32,
    /// The graduate's page; told to staff when the offer is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    /// Opens WhatsApp on the staff member's own phone with a message that names this offer's deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    whatsapp_url: Option<String>,
}

impl From<OfferView> for OfferOut {
    fn from(view: OfferView) -> Self {
        let (reason, reason_text) = why_out(view.why);
        Self {
            id: view.id.0,
            vacancy_id: view.job.id.0,
            graduate_id: view.graduate.id.0,
            employer_id: view.job.employer_id.0,
            referral_id: view.referral_id.map(|id| id.0),
            graduate: view.graduate.into(),
            vacancy: view.job.into(),
            state: Code(view.state),
            expires_on: view.expires_on,
            expires_at: view.expires_at,
            conditions: view.conditions,
            conditions_due: view.conditions_due,
            approved_at: view.approved_at,
            sent_at: view.sent_at,
            opened_at: view.opened_at,
            answered_at: view.answered_at,
            answered_channel: code(view.answered_channel),
            undo_until: view.undo_until,
            reason,
            reason_text,
            placement_id: view.placement_id.map(|id| id.0),
            created_at: view.created_at,
            updated_at: view.updated_at,
            version: view.version,
            link: None,
            whatsapp_url: None,
        }
    }
}

impl From<Invitation> for OfferOut {
    fn from(sent: Invitation) -> Self {
        Self { link: Some(sent.link), whatsapp_url: sent.whatsapp_url, ..sent.offer.into() }
    }
}

/// An accepted offer.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptedOut {
    offer: OfferOut,
    /// The planned placement.
    placement_id: Uuid,
}

/// What became of each graduate.
#[derive(Debug, Serialize, ToSchema)]
pub struct OffersOut {
    items: Vec<OffersItemOut>,
}

/// What became of one graduate.
#[derive(Debug, Serialize, ToSchema)]
pub struct OffersItemOut {
    graduate_id: Uuid,
    /// `created`, `sent` or `refused`.
    status: &'static str,
    /// The offer; a draft that could not be sent stays one.
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<OfferOut>,
    /// The code of a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    /// Its sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// What exists already, where that is why.
    #[serde(skip_serializing_if = "Option::is_none")]
    existing_id: Option<Uuid>,
}

impl From<(GraduateId, BulkOutcome)> for OffersItemOut {
    fn from((graduate, outcome): (GraduateId, BulkOutcome)) -> Self {
        let item = |status, offer| Self { graduate_id: graduate.0, status, offer, code: None, message: None, existing_id: None };
        match outcome {
            BulkOutcome::Drafted(view) => item("created", Some((*view).into())),
            BulkOutcome::Sent(sent) => item("sent", Some((*sent).into())),
            BulkOutcome::Refused { refusal, existing, draft } => Self {
                code: Some(refusal.code()),
                message: Some(refusal.say(spoken())),
                existing_id: existing,
                ..item("refused", draft.map(|view| (*view).into()))
            },
        }
    }
}

/// Which offers, and which page of them.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OfferQuery {
    vacancy_id: Option<Uuid>,
    graduate_id: Option<Uuid>,
    #[param(value_type = Option<String>)]
    state: Option<OfferStateCode>,
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Offers the actor sees.
#[utoipa::path(tag = "offers", params(OfferQuery), responses((status = 200, body = ListOut<OfferOut>), Problems))]
#[get("/offers")]
async fn list_offers(granted: Granted<ReadOffers>, Params(query): Params<OfferQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let filter = OfferFilter {
        vacancy: query.vacancy_id.map(Into::into),
        graduate: query.graduate_id.map(Into::into),
        state: member(query.state),
        sent_only: false,
    };
    let page = granted.look().offers(filter, slice).await?;
    found(&list_out(&granted.app, page, |view| view.id.0, OfferOut::from))
}

/// Write an offer; a draft until it is sent.
#[utoipa::path(tag = "offers", request_body = OfferIn, responses((status = 201, body = OfferOut), Problems))]
#[post("/offers")]
async fn create_offer(granted: Granted<MakeOffers>, body: Body<OfferIn>) -> Answer {
    let input = body.value;
    let new = NewOffer {
        vacancy: input.vacancy_id.into(),
        graduate: input.graduate_id.into(),
        expires_on: input.expires_on,
        conditions: input.conditions,
        conditions_due: input.conditions_due,
        override_reason: input.override_reason,
    };
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(OfferOut::from(work.draft_offer(&new).await?))).await
}

/// Write, and send if asked, offers of one vacancy to many graduates; each has its own outcome.
#[utoipa::path(tag = "offers", request_body = OffersIn, responses((status = 201, body = OffersOut), Problems))]
#[post("/offers/bulk")]
async fn create_offers(granted: Granted<MakeOffers>, body: Body<OffersIn>) -> Answer {
    let input = body.value;
    let bulk = Bulk {
        vacancy: input.vacancy_id.into(),
        graduates: input.graduate_ids.into_iter().map(Into::into).collect(),
        expires_on: input.expires_on,
        send: input.send,
        override_reason: input.override_reason,
    };
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| {
            Ok(OffersOut { items: work.offer_many(&bulk).await?.into_iter().map(OffersItemOut::from).collect() })
        })
        .await
}

/// One offer.
#[utoipa::path(tag = "offers", params(("id" = Uuid, Path)), responses((status = 200, body = OfferOut), Problems))]
#[get("/offers/{id}")]
async fn get_offer(granted: Granted<ReadOffers>, id: web::Path<Uuid>) -> Answer {
    found(&OfferOut::from(granted.look().offer(id.into_inner()).await?))
}

/// The employer's yes to a draft.
#[utoipa::path(tag = "offers", params(("id" = Uuid, Path)), responses((status = 200, body = OfferOut), Problems))]
#[post("/offers/{id}/approve")]
async fn approve_offer(granted: Granted<ApproveOffers>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &[], async |work| Ok(OfferOut::from(work.approve_offer(id).await?))).await
}

/// Send a draft to the graduate.
#[utoipa::path(tag = "offers", params(("id" = Uuid, Path)), responses((status = 200, body = OfferOut), Problems))]
#[post("/offers/{id}/send")]
async fn send_offer(granted: Granted<MakeOffers>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &[], async |work| Ok(OfferOut::from(work.send_with_invitation(id).await?))).await
}

/// The graduate says yes; exactly one gets the last seat.
#[utoipa::path(tag = "offers", params(("id" = Uuid, Path)), responses((status = 200, body = AcceptedOut), Problems))]
#[post("/offers/{id}/accept")]
async fn accept_offer(granted: Granted<AnswerOffers>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted
        .write(StatusCode::OK, &[], async |work| {
            let accepted = work.accept_offer(id).await?;
            Ok(AcceptedOut { offer: accepted.offer.into(), placement_id: accepted.placement_id.0 })
        })
        .await
}

/// Take an answer back within 15 minutes.
#[utoipa::path(tag = "offers", params(("id" = Uuid, Path)), responses((status = 200, body = OfferOut), Problems))]
#[post("/offers/{id}/undo")]
async fn undo_offer(granted: Granted<AnswerOffers>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &[], async |work| Ok(OfferOut::from(work.undo_answer(id).await?))).await
}

/// The graduate says no.
#[utoipa::path(tag = "offers", params(("id" = Uuid, Path)), request_body = WhyIn, responses((status = 200, body = OfferOut), Problems))]
#[post("/offers/{id}/decline")]
async fn decline_offer(granted: Granted<AnswerOffers>, id: web::Path<Uuid>, body: OptionalBody<WhyIn>) -> Answer {
    let (id, why) = (id.into_inner().into(), body.value.read()?);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(OfferOut::from(work.decline_offer(id, &why).await?))).await
}

/// Take an offer back.
#[utoipa::path(tag = "offers", params(("id" = Uuid, Path)), request_body = WhyIn, responses((status = 200, body = OfferOut), Problems))]
#[post("/offers/{id}/withdraw")]
async fn withdraw_offer(granted: Granted<MakeOffers>, id: web::Path<Uuid>, body: OptionalBody<WhyIn>) -> Answer {
    let (id, why) = (id.into_inner().into(), body.value.needed()?);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(OfferOut::from(work.withdraw_offer(id, &why).await?))).await
}
