//! The report of absorption and the lists behind its numbers. Other reports have their own files.

use actix_web::get;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Granted, Params};
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::report_wire::{CountedOut, ReportOut};
use crate::app::permission::{ReadReportPeople, ReadReports};
use crate::app::reports::{PeopleAsk, ReportAsk};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(absorption).service(absorption_people);
}

/// What is asked of the report.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// `batch`, `programme`, `employer`, `district`, `fund` or `month`; `batch` where left out.
    group_by: Option<String>,
    /// The day of the report; today where left out.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    as_of: Option<NaiveDate>,
    /// Days after the end of the class: `30`, `90`, `180` or `365`. Left out: status on the day of the report.
    checkpoint: Option<String>,
    /// `passed` (where left out), `started`, `attended` or `competent`.
    denominator: Option<String>,
    batch_id: Option<Uuid>,
    programme_id: Option<Uuid>,
    office_id: Option<Uuid>,
}

impl From<ReportQuery> for ReportAsk {
    fn from(query: ReportQuery) -> Self {
        Self {
            group_by: query.group_by,
            as_of: query.as_of,
            checkpoint: query.checkpoint,
            denominator: query.denominator,
            batch_id: query.batch_id,
            programme_id: query.programme_id,
            office_id: query.office_id,
        }
    }
}

/// Which list behind which number.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    group_by: Option<String>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    as_of: Option<NaiveDate>,
    checkpoint: Option<String>,
    denominator: Option<String>,
    batch_id: Option<Uuid>,
    programme_id: Option<Uuid>,
    office_id: Option<Uuid>,
    /// The slice, by its `id`; empty for those of whom it is not filled in; left out for everyone.
    group: Option<String>,
    /// The number, by its name in the report: `verified`, `reported`, `unknown`, …; `denominator` where left out or empty.
    figure: Option<String>,
    /// Only who does this kind of thing.
    kind: Option<String>,
    /// Only those whose status is proved.
    proved: Option<bool>,
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    cursor: Option<String>,
}

/// How many were absorbed, out of whom, and how well that is known.
#[utoipa::path(tag = "reports", params(ReportQuery), responses((status = 200, body = ReportOut), Problems))]
#[get("/reports/absorption")]
async fn absorption(granted: Granted<ReadReports>, Params(query): Params<ReportQuery>) -> Answer {
    found(&ReportOut::from(granted.look().absorption(&query.into()).await?))
}

/// The people behind one number of the report: the list is as long as the number says.
#[utoipa::path(tag = "reports", params(PeopleQuery), responses((status = 200, body = ListOut<CountedOut>), Problems))]
#[get("/reports/absorption/people")]
async fn absorption_people(granted: Granted<ReadReportPeople>, Params(query): Params<PeopleQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let which = PeopleAsk { group: query.group, figure: query.figure, kind: query.kind, proved: query.proved.unwrap_or(false) };
    let ask = ReportAsk {
        group_by: query.group_by,
        as_of: query.as_of,
        checkpoint: query.checkpoint,
        denominator: query.denominator,
        batch_id: query.batch_id,
        programme_id: query.programme_id,
        office_id: query.office_id,
    };
    let page = granted.look().absorption_people(&ask, &which, slice).await?;
    found(&list_out(&granted.app, page, |person| person.place.participant_id.0, CountedOut::from))
}
