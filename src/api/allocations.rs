//! Allocations: a class to its seats, the ways side by side, and what follows from choosing one.

use std::cell::Cell;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::allocation_in::AllocationIn;
use crate::api::allocation_out::AllocationOut;
use crate::api::answer::{Answer, found};
use crate::api::extract::{Granted, LargeBody, OptionalBody, Params};
use crate::api::language::spoken;
use crate::api::list::{ListOut, PageQuery, list_out, slice_of};
use crate::api::offers::OffersItemOut;
use crate::api::problem::{FieldOut, Problems};
use crate::api::referrals::ReferralOut;
use crate::api::wire::{NothingIn, WayCode, member, optional_day};
use crate::app::allocation::carry_out::{OffersOfPlan, ReferredSeat};
use crate::app::allocation::job::Running;
use crate::app::allocation::reserve::ReservePlace;
use crate::app::permission::{Allocate, MakeOffers, ReadAllocations, ReadReserves, Refer};
use crate::app::referrals::Referred;
use crate::words::Say as _;
use crate::words::allocation as words;
use crate::words::refusal::Refusal;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(allocate).service(list_allocations).service(get_allocation).service(choose).service(cancel);
    service.service(offers_of_plan).service(referrals_of_plan).service(reserve_places);
}

/// Which way of a run to show.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct WayQuery {
    /// The chosen way, or the one asked for, if left out.
    #[param(value_type = Option<String>)]
    way: Option<WayCode>,
}

/// Which way to choose.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseIn {
    /// The one that was asked for if left out.
    way: Option<WayCode>,
}

/// How a plan's offers are made.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanOffersIn {
    /// The way to choose, where none was chosen yet.
    way: Option<WayCode>,
    /// Last day to answer; a week from today if left out.
    #[serde(default, deserialize_with = "optional_day")]
    expires_on: Option<NaiveDate>,
    /// Whether to send each at once.
    #[serde(default)]
    send: bool,
    /// Why staff offer without referrals.
    override_reason: Option<String>,
}

/// What became of one assignment.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanOfferOut {
    vacancy_id: Uuid,
    #[serde(flatten)]
    outcome: OffersItemOut,
}

/// What became of one assignment's referral.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanReferralOut {
    vacancy_id: Uuid,
    graduate_id: Uuid,
    /// `created`, `existing` or `refused`.
    status: &'static str,
    referral: Option<ReferralOut>,
    problem: Option<FieldOut>,
}

/// A place on a reserve list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReservePlaceOut {
    allocation_id: Uuid,
    vacancy_id: Uuid,
    title: String,
    employer_id: Uuid,
    employer_name: String,
    /// From 1, among those who still wait.
    place: usize,
    of: usize,
    /// "Cadangan ke-3 dari 5 untuk …".
    message: String,
}

impl From<ReservePlace> for ReservePlaceOut {
    fn from(one: ReservePlace) -> Self {
        Self {
            allocation_id: one.allocation.0,
            vacancy_id: one.vacancy.0,
            message: words::reserve(one.place, one.of, &one.job.title, &one.job.employer_name, spoken()),
            title: one.job.title,
            employer_id: one.job.employer.0,
            employer_name: one.job.employer_name,
            place: one.place,
            of: one.of,
        }
    }
}

impl From<ReferredSeat> for PlanReferralOut {
    fn from(seat: ReferredSeat) -> Self {
        let (status, referral, problem) = match seat.outcome {
            Referred::Created(view) => ("created", Some(ReferralOut::from(*view)), None),
            Referred::Existing(view) => ("existing", Some(ReferralOut::from(*view)), None),
            Referred::Refused(refusal) => ("refused", None, Some(refused(&refusal))),
        };
        Self { vacancy_id: seat.vacancy.0, graduate_id: seat.graduate.0, status, referral, problem }
    }
}

fn refused(refusal: &Refusal) -> FieldOut {
    FieldOut { pointer: String::new(), code: refusal.code().to_owned(), message: refusal.say(spoken()) }
}

/// Allocate graduates of some batches to vacancies. Up to 5,000 graduates are answered at once, more become a job.
#[utoipa::path(tag = "allocation", request_body = AllocationIn,
    responses((status = 201, body = AllocationOut), (status = 202, body = AllocationOut), Problems))]
#[post("/allocations")]
async fn allocate(granted: Granted<Allocate>, body: LargeBody<AllocationIn>) -> Answer {
    let prepared = granted.app.prepare_allocation(&granted.actor, body.value.request()?).await?;
    if prepared.is_small() {
        let result = granted.app.work_out(&prepared, &Arc::new(Running::default())).await?;
        let result = result.ok_or(Refusal::AllocationUnfinished { status: "cancelled".to_owned() })?;
        let keep = async |work: &crate::app::work::Work<'_>| Ok(AllocationOut::of(work.keep_allocation(&prepared, &result).await?, None));
        return granted.write(StatusCode::CREATED, &body.hash, keep).await;
    }
    // Under a repeated key nothing is begun a second time.
    let begun = Cell::new(None);
    let begin = async |work: &crate::app::work::Work<'_>| {
        let view = work.begin_allocation(&prepared).await?;
        begun.set(Some(view.id));
        Ok(AllocationOut::of(view, None))
    };
    let answer = granted.write(StatusCode::ACCEPTED, &body.hash, begin).await?;
    if let Some(id) = begun.get() {
        let (app, actor) = (Arc::clone(&granted.app.clone().into_inner()), granted.actor.clone());
        actix_web::rt::spawn(async move {
            if let Err(error) = app.carry_out_allocation(&actor, id, &prepared).await {
                tracing::error!(allocation.id = %id, %error, "allocation failed");
            }
        });
    }
    Ok(answer)
}

/// Runs of the own office, without their outcomes.
#[utoipa::path(tag = "allocation", params(PageQuery), responses((status = 200, body = ListOut<AllocationOut>), Problems))]
#[get("/allocations")]
async fn list_allocations(granted: Granted<ReadAllocations>, Params(query): Params<PageQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().allocations(slice).await?;
    found(&list_out(&granted.app, page, |view| view.id.0, |view| AllocationOut::of(view, None)))
}

/// One run: its progress, and its plan by the way asked for.
#[utoipa::path(tag = "allocation", params(("id" = Uuid, Path), WayQuery), responses((status = 200, body = AllocationOut), Problems))]
#[get("/allocations/{id}")]
async fn get_allocation(granted: Granted<ReadAllocations>, id: web::Path<Uuid>, Params(query): Params<WayQuery>) -> Answer {
    let view = granted.look().allocation(id.into_inner().into()).await?;
    found(&AllocationOut::of(view, member(query.way)))
}

/// Choose a plan: its seats and reserve lists are frozen with day, policy, seed and catalogue.
#[utoipa::path(tag = "allocation", params(("id" = Uuid, Path)), request_body = ChooseIn, responses((status = 200, body = AllocationOut), Problems))]
#[post("/allocations/{id}/choose")]
async fn choose(granted: Granted<Allocate>, id: web::Path<Uuid>, body: OptionalBody<ChooseIn>) -> Answer {
    let (id, way) = (id.into_inner().into(), member(body.value.way));
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(AllocationOut::of(work.choose_allocation(id, way).await?, None))).await
}

/// Stop a run.
#[utoipa::path(tag = "allocation", params(("id" = Uuid, Path)), request_body = NothingIn, responses((status = 200, body = AllocationOut), Problems))]
#[post("/allocations/{id}/cancel")]
async fn cancel(granted: Granted<Allocate>, id: web::Path<Uuid>, body: OptionalBody<NothingIn>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(AllocationOut::of(work.cancel_allocation(id).await?, None))).await
}

/// Draft, and send if asked, an offer for every assignment of a plan, with a result for each.
#[utoipa::path(tag = "allocation", params(("id" = Uuid, Path)), request_body = PlanOffersIn,
    responses((status = 200, body = ListOut<PlanOfferOut>), Problems))]
#[post("/allocations/{id}/offers")]
async fn offers_of_plan(granted: Granted<MakeOffers>, id: web::Path<Uuid>, body: OptionalBody<PlanOffersIn>) -> Answer {
    let id = id.into_inner().into();
    let PlanOffersIn { way, expires_on, send, override_reason } = body.value;
    let how = OffersOfPlan { way: member(way), expires_on, send, override_reason };
    granted
        .write(StatusCode::OK, &body.hash, async |work| {
            let seats = work.offers_of_allocation(id, &how).await?;
            let items =
                seats.into_iter().map(|seat| PlanOfferOut { vacancy_id: seat.vacancy.0, outcome: (seat.graduate, seat.outcome).into() });
            Ok(ListOut { items: items.collect(), next_cursor: None })
        })
        .await
}

/// Refer everybody of a plan to the vacancy it gives them, with a result for each.
#[utoipa::path(tag = "allocation", params(("id" = Uuid, Path)), request_body = ChooseIn,
    responses((status = 200, body = ListOut<PlanReferralOut>), Problems))]
#[post("/allocations/{id}/referrals")]
async fn referrals_of_plan(granted: Granted<Refer>, id: web::Path<Uuid>, body: OptionalBody<ChooseIn>) -> Answer {
    let (id, way) = (id.into_inner().into(), member(body.value.way));
    granted
        .write(StatusCode::OK, &body.hash, async |work| {
            let seats = work.referrals_of_allocation(id, way).await?;
            Ok(ListOut { items: seats.into_iter().map(PlanReferralOut::from).collect(), next_cursor: None })
        })
        .await
}

/// Where a graduate stands in reserve.
#[utoipa::path(tag = "allocation", params(("id" = Uuid, Path)), responses((status = 200, body = ListOut<ReservePlaceOut>), Problems))]
#[get("/graduates/{id}/reserves")]
async fn reserve_places(granted: Granted<ReadReserves>, id: web::Path<Uuid>) -> Answer {
    let places = granted.look().reserve_places(id.into_inner().into()).await?;
    found(&ListOut { items: places.into_iter().map(ReservePlaceOut::from).collect(), next_cursor: None })
}
