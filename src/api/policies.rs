//! Scoring policies.

use actix_web::http::StatusCode;
use actix_web::{get, post};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted};
use crate::api::language::spoken;
use crate::api::list::ListOut;
use crate::api::problem::Problems;
use crate::api::wire::hundredths;
use crate::app::permission::{ManagePolicies, ReadPolicies};
use crate::app::policies::PolicyView;
use crate::app::policy_check::{ListChange, Mover, PolicyCheck};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_policies).service(set_policy).service(check_policy);
}

/// A policy as a file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyIn {
    /// TOML, as `GET /policies` gives it.
    toml: String,
}

/// A version of a policy.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyOut {
    /// `null` for the one in the binary.
    id: Option<Uuid>,
    /// `null` holds for every office without its own.
    office_id: Option<Uuid>,
    name: String,
    version: u32,
    toml: String,
    set_by: Option<Uuid>,
    set_at: Option<DateTime<Utc>>,
}

impl From<PolicyView> for PolicyOut {
    fn from(view: PolicyView) -> Self {
        Self {
            id: view.id.map(|id| id.0),
            office_id: view.office.map(|id| id.0),
            name: view.name,
            version: view.version,
            toml: view.toml,
            set_by: view.set_by.map(|id| id.0),
            set_at: view.set_at,
        }
    }
}

/// Rank and score on one list.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandingOut {
    rank: usize,
    score: Option<f64>,
}

/// Somebody whose place would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoverOut {
    graduate_id: Uuid,
    display_name: String,
    /// `null` beyond the first 1,000.
    before: Option<StandingOut>,
    after: Option<StandingOut>,
}

impl From<Mover> for MoverOut {
    fn from(mover: Mover) -> Self {
        let standing = |(rank, score): (usize, Option<u32>)| StandingOut { rank, score: score.map(hundredths) };
        Self {
            graduate_id: mover.graduate.id.0,
            display_name: mover.graduate.display_name,
            before: mover.before.map(standing),
            after: mover.after.map(standing),
        }
    }
}

/// What would become of one vacancy's list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListChangeOut {
    vacancy_id: Uuid,
    title: String,
    count: usize,
    /// How many people change their rank.
    moved: usize,
    /// How many first places are compared: three a free seat.
    first: usize,
    enters: Vec<MoverOut>,
    leaves: Vec<MoverOut>,
    /// Who moves farthest.
    movers: Vec<MoverOut>,
}

impl From<ListChange> for ListChangeOut {
    fn from(change: ListChange) -> Self {
        let movers = |movers: Vec<Mover>| movers.into_iter().map(MoverOut::from).collect();
        Self {
            vacancy_id: change.vacancy.0,
            title: change.title,
            count: change.count,
            moved: change.moved,
            first: change.first,
            enters: movers(change.enters),
            leaves: movers(change.leaves),
            movers: movers(change.movers),
        }
    }
}

/// What a draft means and would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyCheckOut {
    name: String,
    /// What each number means, in plain sentences.
    explanation: Vec<String>,
    /// The policy in force.
    in_force: String,
    lists: Vec<ListChangeOut>,
    /// Open vacancies that were not compared.
    left_out: usize,
}

impl From<PolicyCheck> for PolicyCheckOut {
    fn from(check: PolicyCheck) -> Self {
        Self {
            name: check.policy.name().to_owned(),
            explanation: crate::words::policy::explain(check.policy.draft(), spoken()),
            in_force: check.in_force,
            lists: check.lists.into_iter().map(ListChangeOut::from).collect(),
            left_out: check.left_out,
        }
    }
}

/// The policy in force for the own office, then those that were, newest first; the last is the one in the binary.
#[utoipa::path(tag = "policies", responses((status = 200, body = ListOut<PolicyOut>), Problems))]
#[get("/policies")]
async fn list_policies(granted: Granted<ReadPolicies>) -> Answer {
    let views = granted.look().policies().await?;
    found(&ListOut { items: views.into_iter().map(PolicyOut::from).collect(), next_cursor: None })
}

/// Set the policy of the own office (an administrator: of every office without its own) as its next version.
#[utoipa::path(tag = "policies", request_body = PolicyIn, responses((status = 201, body = PolicyOut), Problems))]
#[post("/policies")]
async fn set_policy(granted: Granted<ManagePolicies>, body: Body<PolicyIn>) -> Answer {
    let toml = body.value.toml;
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(PolicyOut::from(work.set_policy(&toml).await?))).await
}

/// What a policy means and what it would change on the open vacancies; writes nothing.
#[utoipa::path(tag = "policies", request_body = PolicyIn, responses((status = 200, body = PolicyCheckOut), Problems))]
#[post("/policies/check")]
async fn check_policy(granted: Granted<ReadPolicies>, body: Body<PolicyIn>) -> Answer {
    found(&PolicyCheckOut::from(granted.look().check_policy(&body.value.toml).await?))
}
