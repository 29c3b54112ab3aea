//! What to teach next.

use actix_web::get;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Granted, Params};
use crate::api::problem::Problems;
use crate::app::competency_gap::{GapAsk, GapLine, GapReport};
use crate::app::permission::ReadReports;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(competency_gap);
}

/// What is asked of the report.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct GapQuery {
    /// What is taught at once: `unit` (where left out), `scheme` or `programme`.
    group_by: Option<String>,
    /// Teach only people who live in this region: a district (`35.13.17`), regency or province.
    district: Option<String>,
    /// Teach only for the seats of this partner.
    employer_id: Option<Uuid>,
}

/// One unit, scheme or programme.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapOut {
    /// Code of the unit or scheme, id of the programme.
    code: String,
    title: String,
    /// Open vacancies with a free seat that require it, or a unit it stands for.
    vacancies: u32,
    seats_free: u32,
    /// People eligible for one of them, other units apart, who hold it.
    holders: u32,
    /// People eligible for one of them who lack it and nothing else.
    lacking_only_this: u32,
    /// Of those, who say they master it.
    claiming_it: u32,
    /// How many more the largest plan over all open seats places once all of those are taught; `null` where it was not solved, beyond the
    /// 200 that most people lack.
    added_placements: Option<u32>,
    /// The fewest people to teach for that.
    taught_fewest: Option<u32>,
    /// Who they are; `null` for whoever may not read people.
    taught: Option<Vec<Uuid>>,
    /// Seats promised to graduates of programmes that teach it and not opened as vacancies; no plan counts them.
    promised_unopened: u32,
}

impl From<GapLine> for GapOut {
    fn from(line: GapLine) -> Self {
        Self {
            code: line.code,
            title: line.title,
            vacancies: line.vacancies,
            seats_free: line.seats_free,
            holders: line.holders,
            lacking_only_this: line.lacking_only_this,
            claiming_it: line.claiming_it,
            added_placements: line.added_placements,
            taught_fewest: line.taught_fewest,
            taught: line.taught,
            promised_unopened: line.promised_unopened,
        }
    }
}

/// What to teach next.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllGapsOut {
    as_of: NaiveDate,
    group_by: String,
    catalogue: String,
    /// Free seats of all open vacancies.
    seats_free: u32,
    /// People the largest plan places in them as things are.
    placed_today: u32,
    /// Seats promised and not opened as vacancies, for any programme.
    promised_unopened: u32,
    items: Vec<GapOut>,
}

impl From<GapReport> for AllGapsOut {
    fn from(report: GapReport) -> Self {
        Self {
            as_of: report.as_of,
            group_by: report.group_by,
            catalogue: report.catalogue,
            seats_free: report.seats_free,
            placed_today: report.placed_today,
            promised_unopened: report.promised_unopened,
            items: report.items.into_iter().map(GapOut::from).collect(),
        }
    }
}

/// Which unit, programme or scheme, taught to whom, adds the most placements: the largest plan over all open seats and available
/// graduates with it taught (as a training certificate of today) to everybody who lacks nothing else, less the largest plan without.
#[utoipa::path(tag = "reports", params(GapQuery), responses((status = 200, body = AllGapsOut), Problems))]
#[get("/reports/competency-gap")]
async fn competency_gap(granted: Granted<ReadReports>, Params(query): Params<GapQuery>) -> Answer {
    let ask = GapAsk { group_by: query.group_by, district: query.district, employer: query.employer_id.map(Into::into) };
    found(&AllGapsOut::from(granted.look().competency_gap(&ask).await?))
}
