//! Reports beside absorption: starts by month, promise against delivery, selection.

use actix_web::get;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Granted, Params};
use crate::api::problem::Problems;
use crate::api::wire::{SexCode, code, hundredths};
use crate::app::commitment_report::{Delivery, PartnerLine, PromiseLine};
use crate::app::fairness::{FEWEST, FairnessAsk, GroupLine, Stages};
use crate::app::permission::ReadReports;
use crate::app::reports::Classes;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(starts).service(commitments).service(fairness);
}

/// Which classes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StartsQuery {
    batch_id: Option<Uuid>,
    programme_id: Option<Uuid>,
    office_id: Option<Uuid>,
}

/// Starts of work in one month.
#[derive(Debug, Serialize, ToSchema)]
pub struct StartsOut {
    /// `2026-12`.
    month: String,
    /// People who started in it, each once.
    people: u32,
}

/// Starts of work by month.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllStartsOut {
    items: Vec<StartsOut>,
}

/// Who started work in which month.
#[utoipa::path(tag = "reports", params(StartsQuery), responses((status = 200, body = AllStartsOut), Problems))]
#[get("/reports/starts")]
async fn starts(granted: Granted<ReadReports>, Params(query): Params<StartsQuery>) -> Answer {
    let classes = Classes {
        batch: query.batch_id.map(Into::into),
        programme: query.programme_id.map(Into::into),
        office: query.office_id.map(Into::into),
    };
    let months = granted.look().starts(classes).await?;
    found(&AllStartsOut { items: months.into_iter().map(|(month, people)| StartsOut { month, people }).collect() })
}

/// The day of a report.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AsOfQuery {
    /// Today where left out.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    as_of: Option<NaiveDate>,
}

/// What came of a promise.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryOut {
    /// Seats promised.
    promised: u32,
    /// Positions in vacancies that name the promise.
    opened: u32,
    referred: u32,
    /// Offers sent.
    offered: u32,
    /// Seats taken.
    accepted: u32,
    /// People who started, each once.
    started: u32,
    /// Of those, who are still there as far as is known.
    still_there: u32,
    /// Starts over seats promised in percent; above 100 where the promise was exceeded.
    kept: Option<f64>,
    /// How many started beyond the promise.
    beyond: u32,
    /// Starts over offers sent in percent.
    started_per_offer: Option<f64>,
}

impl From<Delivery> for DeliveryOut {
    fn from(delivery: Delivery) -> Self {
        Self {
            promised: delivery.promised,
            opened: delivery.opened,
            referred: delivery.referred,
            offered: delivery.offered,
            accepted: delivery.accepted,
            started: delivery.started,
            still_there: delivery.still_there,
            kept: delivery.kept_hundredths().map(hundredths),
            beyond: delivery.beyond(),
            started_per_offer: delivery.yield_hundredths().map(hundredths),
        }
    }
}

/// One promise.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromiseOut {
    id: Uuid,
    number: Option<String>,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    batch_id: Option<Uuid>,
    programme_id: Option<Uuid>,
    #[serde(flatten)]
    delivery: DeliveryOut,
}

impl From<PromiseLine> for PromiseOut {
    fn from(line: PromiseLine) -> Self {
        Self {
            id: line.row.id.0,
            number: line.row.number,
            valid_from: line.row.valid_from,
            valid_until: line.row.valid_until,
            batch_id: line.row.batch_id.map(Into::into),
            programme_id: line.row.programme_id.map(Into::into),
            delivery: line.delivery.into(),
        }
    }
}

/// A partner.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerOut {
    id: Uuid,
    name: String,
}

/// What one partner promised and what came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerLineOut {
    employer: PartnerOut,
    #[serde(flatten)]
    delivery: DeliveryOut,
    commitments: Vec<PromiseOut>,
}

impl From<PartnerLine> for PartnerLineOut {
    fn from(line: PartnerLine) -> Self {
        Self {
            employer: PartnerOut { id: line.employer.0, name: line.name },
            delivery: line.delivery.into(),
            commitments: line.promises.into_iter().map(PromiseOut::from).collect(),
        }
    }
}

/// Promise against delivery.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentsOut {
    as_of: NaiveDate,
    items: Vec<PartnerLineOut>,
}

/// What partners promised, and what came of it. A promise is a floor: six of five is praised.
#[utoipa::path(tag = "reports", params(AsOfQuery), responses((status = 200, body = CommitmentsOut), Problems))]
#[get("/reports/commitments")]
async fn commitments(granted: Granted<ReadReports>, Params(query): Params<AsOfQuery>) -> Answer {
    let (as_of, partners) = granted.look().promise_and_delivery(query.as_of).await?;
    found(&CommitmentsOut { as_of, items: partners.into_iter().map(PartnerLineOut::from).collect() })
}

/// Which part of the work.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FairnessQuery {
    vacancy_id: Option<Uuid>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    from: Option<NaiveDate>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    to: Option<NaiveDate>,
}

/// How far the people of one group came, each counted once.
#[derive(Debug, Serialize, ToSchema)]
pub struct StagesOut {
    considered: u32,
    shortlisted: u32,
    referred: u32,
    offered: u32,
    placed: u32,
    /// Referred over considered in percent.
    referred_rate: Option<f64>,
    /// Placed over considered in percent.
    placed_rate: Option<f64>,
}

impl From<Stages> for StagesOut {
    fn from(stages: Stages) -> Self {
        Self {
            considered: stages.considered,
            shortlisted: stages.shortlisted,
            referred: stages.referred,
            offered: stages.offered,
            placed: stages.placed,
            referred_rate: stages.referred_hundredths().map(hundredths),
            placed_rate: stages.placed_hundredths().map(hundredths),
        }
    }
}

/// One group.
#[derive(Debug, Serialize, ToSchema)]
pub struct FairGroupOut {
    /// `null` where the class list did not say.
    sex: Option<SexCode>,
    /// Whether the group is too small to show.
    suppressed: bool,
    /// `null` where suppressed.
    stages: Option<StagesOut>,
}

impl From<GroupLine> for FairGroupOut {
    fn from(line: GroupLine) -> Self {
        Self { sex: code(line.sex), suppressed: line.stages.is_none(), stages: line.stages.map(StagesOut::from) }
    }
}

/// Selection by sex.
#[derive(Debug, Serialize, ToSchema)]
pub struct FairnessOut {
    /// The fewest people of a group that is shown.
    smallest_group: u32,
    items: Vec<FairGroupOut>,
    /// `null` where a group is suppressed: its numbers could be worked out.
    totals: Option<StagesOut>,
}

/// Selection by sex, from thirty people a group upward.
#[utoipa::path(tag = "reports", params(FairnessQuery), responses((status = 200, body = FairnessOut), Problems))]
#[get("/reports/fairness")]
async fn fairness(granted: Granted<ReadReports>, Params(query): Params<FairnessQuery>) -> Answer {
    let ask = FairnessAsk { vacancy: query.vacancy_id.map(Into::into), from: query.from, to: query.to };
    let view = granted.look().fairness(&ask).await?;
    let items = view.groups.into_iter().map(FairGroupOut::from).collect();
    found(&FairnessOut { smallest_group: FEWEST, items, totals: view.totals.map(StagesOut::from) })
}
