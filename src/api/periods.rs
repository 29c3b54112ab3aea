//! Closed reporting periods.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, Params};
use crate::api::list::{ListOut, PageQuery, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::report_wire::{CountedBatchOut, CountedGraduateOut, ReportOut, SliceOut, counted, slice_out};
use crate::app::periods::{NewPeriod, PeriodView, RevisedPeriod, RevisionView};
use crate::app::permission::{ClosePeriods, ReadReportPeople, ReadReports};
use crate::app::reports::{PlaceRow, ReportAsk};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(close_period).service(list_periods).service(read_period).service(period_people);
}

/// A period to be closed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodIn {
    /// Its name, once in an office.
    label: String,
    #[serde(deserialize_with = "crate::api::wire::day")]
    as_of: NaiveDate,
    /// 30, 90, 180 or 365.
    checkpoint: Option<u32>,
    group_by: Option<String>,
    denominator: Option<String>,
    /// For an administrator, who has no office of their own.
    office_id: Option<Uuid>,
}

/// A closed period. Its report never changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodOut {
    id: Uuid,
    office_id: Uuid,
    label: String,
    closed_at: DateTime<Utc>,
    closed_by: Option<Uuid>,
    /// SHA-256 of what is kept.
    hash: String,
    report: ReportOut,
}

/// A number that reads otherwise today.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionOut {
    group: SliceOut,
    figure: &'static str,
    was: u32,
    is: u32,
    /// 0 where somebody came for somebody who left.
    change: i64,
}

/// A closed period and what reads otherwise today.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisedPeriodOut {
    #[serde(flatten)]
    period: PeriodOut,
    /// Whether what is kept still has the hash it was closed with.
    intact: bool,
    revisions: Vec<RevisionOut>,
}

impl From<PeriodView> for PeriodOut {
    fn from(view: PeriodView) -> Self {
        let people = format!("/api/v1/reports/periods/{}/people?", view.id);
        Self {
            id: view.id.0,
            office_id: view.office_id.0,
            label: view.label,
            closed_at: view.closed_at,
            closed_by: view.closed_by.map(Into::into),
            hash: view.hash,
            report: ReportOut::with_lists_at(view.report, &people),
        }
    }
}

impl From<RevisionView> for RevisionOut {
    fn from(view: RevisionView) -> Self {
        Self { group: slice_out(view.slice), figure: view.figure.code(), was: view.was, is: view.is, change: view.change }
    }
}

impl From<RevisedPeriod> for RevisedPeriodOut {
    fn from(view: RevisedPeriod) -> Self {
        Self { period: view.period.into(), intact: view.intact, revisions: view.revisions.into_iter().map(RevisionOut::from).collect() }
    }
}

/// Which list of a closed report.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct KeptQuery {
    /// The slice, by its `id`; empty for those of whom it is not filled in; left out for everyone.
    group: Option<String>,
    /// The number, by its name in the report.
    figure: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    cursor: Option<String>,
}

/// One person behind a number of a closed report.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptPersonOut {
    participant_id: Uuid,
    graduate: CountedGraduateOut,
    batch: CountedBatchOut,
}

/// Close a period: its report is kept as it is now.
#[utoipa::path(tag = "reports", request_body = PeriodIn, responses((status = 201, body = PeriodOut), Problems))]
#[post("/reports/absorption/close")]
async fn close_period(granted: Granted<ClosePeriods>, body: Body<PeriodIn>) -> Answer {
    let input = body.value;
    let ask = ReportAsk {
        group_by: input.group_by,
        as_of: Some(input.as_of),
        checkpoint: input.checkpoint.map(|days| days.to_string()),
        denominator: input.denominator,
        ..ReportAsk::default()
    };
    let new = NewPeriod { label: input.label, ask, office_id: input.office_id.map(Into::into) };
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(PeriodOut::from(work.close_period(&new).await?))).await
}

/// Closed periods, oldest first.
#[utoipa::path(tag = "reports", params(PageQuery), responses((status = 200, body = ListOut<PeriodOut>), Problems))]
#[get("/reports/periods")]
async fn list_periods(granted: Granted<ReadReports>, Params(query): Params<PageQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().periods(slice).await?;
    found(&list_out(&granted.app, page, |view| view.id.0, PeriodOut::from))
}

/// A closed period as it was closed, with what reads otherwise today as revisions beside it.
#[utoipa::path(tag = "reports", params(("id" = Uuid, Path)), responses((status = 200, body = RevisedPeriodOut), Problems))]
#[get("/reports/periods/{id}")]
async fn read_period(granted: Granted<ReadReports>, id: web::Path<Uuid>) -> Answer {
    found(&RevisedPeriodOut::from(granted.look().period(id.into_inner().into()).await?))
}

/// The people behind one number of a closed report, as it was closed.
#[utoipa::path(tag = "reports", params(("id" = Uuid, Path), KeptQuery),
    responses((status = 200, body = ListOut<KeptPersonOut>), Problems))]
#[get("/reports/periods/{id}/people")]
async fn period_people(granted: Granted<ReadReportPeople>, id: web::Path<Uuid>, Params(query): Params<KeptQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let (group, figure) = (query.group.as_deref(), query.figure.as_deref());
    let page = granted.look().period_people(id.into_inner().into(), group, figure, slice).await?;
    found(&list_out(&granted.app, page, |place| place.participant_id.0, kept_person))
}

fn kept_person(place: PlaceRow) -> KeptPersonOut {
    let participant_id = place.participant_id.0;
    let (graduate, batch) = counted(place);
    KeptPersonOut { participant_id, graduate, batch }
}
