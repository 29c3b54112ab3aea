//! Scoring policies: the one in force, those before, setting the next, and what a draft would change.

use actix_web::http::StatusCode;
use actix_web::{get, post};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, Params};
use crate::api::language::spoken;
use crate::api::list::{list_out, slice_of};
use crate::api::problem::{FieldOut, Problems};
use crate::api::wire::hundredths;
use crate::app::matches::policy_name;
use crate::app::permission::{ManagePolicies, ReadPolicies};
use crate::app::policies::PolicyView;
use crate::app::policy_effects::{Changes, Moved, PolicyCheck, PolicyEffect};
use crate::words::Say as _;
use crate::words::policy::explain;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_policies).service(set_policy).service(check_policy);
}

/// Whose policies, and which page of their history.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PoliciesQuery {
    /// The office, for an administrator; without one, the whole installation's.
    office_id: Option<Uuid>,
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A policy as a text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyIn {
    /// TOML; `data/policies/default.toml` shows every key. A text without `version` gets the next one of its name.
    toml: String,
    /// The office, for an administrator; without one, for every office that sets none.
    office_id: Option<Uuid>,
}

/// A version of a policy.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyOut {
    /// `null` for the policy built in.
    id: Option<Uuid>,
    /// `office`, `installation` or `built_in`.
    origin: &'static str,
    office_id: Option<Uuid>,
    name: String,
    revision: u32,
    /// Name and version, as lists print them.
    policy: String,
    toml: String,
    created_by: Option<Uuid>,
    created_at: Option<DateTime<Utc>>,
    /// When the next one took its place; `null` while it is in force.
    ended_at: Option<DateTime<Utc>>,
}

/// The policy in force, and every one that was set.
#[derive(Debug, Serialize, ToSchema)]
pub struct PoliciesOut {
    in_force: PolicyOut,
    /// What it means, sentence by sentence.
    explanation: Vec<String>,
    /// Oldest first; the office's own and the whole installation's.
    items: Vec<PolicyOut>,
    next_cursor: Option<String>,
}

/// Somebody's place and score now and under the draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyMoveOut {
    graduate_id: Uuid,
    initials: String,
    /// `null` is not on the list.
    rank_before: Option<usize>,
    rank_after: Option<usize>,
    score_before: Option<f64>,
    score_after: Option<f64>,
}

/// What a draft would change in one open vacancy's list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyEffectOut {
    vacancy_id: Uuid,
    title: String,
    /// The policy in force.
    policy: String,
    assessable: bool,
    /// How many first places `entering` and `leaving` look at: the free seats.
    seats: usize,
    count_before: usize,
    count_after: usize,
    /// People who would stand in another place, or on one list alone.
    moved: usize,
    /// Up to ten.
    entering: Vec<PolicyMoveOut>,
    /// Up to ten.
    leaving: Vec<PolicyMoveOut>,
    /// Up to ten, farthest first.
    biggest_movers: Vec<PolicyMoveOut>,
}

/// What a draft means and what it would change. Nothing was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyCheckOut {
    /// Name, and the version it would get.
    policy: String,
    explanation: Vec<String>,
    /// Why setting it would be refused, although its numbers are sound.
    conflict: Option<FieldOut>,
    vacancies: Vec<PolicyEffectOut>,
    /// Open vacancies beyond the first 200, not compared.
    vacancies_left_out: usize,
}

impl From<PolicyView> for PolicyOut {
    fn from(view: PolicyView) -> Self {
        let origin = match (view.id, view.office) {
            (None, _) => "built_in",
            (_, None) => "installation",
            (_, Some(_)) => "office",
        };
        Self {
            id: view.id.map(|id| id.0),
            origin,
            office_id: view.office.map(Uuid::from),
            name: view.policy.name().to_owned(),
            revision: view.policy.version(),
            policy: view.printed(),
            toml: view.toml,
            created_by: view.created_by.map(Uuid::from),
            created_at: view.created_at,
            ended_at: view.ended_at,
        }
    }
}

impl From<Moved> for PolicyMoveOut {
    fn from(moved: Moved) -> Self {
        Self {
            graduate_id: moved.graduate.0,
            initials: moved.initials,
            rank_before: moved.rank_before,
            rank_after: moved.rank_after,
            score_before: moved.score_before.map(hundredths),
            score_after: moved.score_after.map(hundredths),
        }
    }
}

impl From<PolicyEffect> for PolicyEffectOut {
    fn from(effect: PolicyEffect) -> Self {
        let Changes { seats, count_before, count_after, moved, entering, leaving, movers } = effect.changes;
        let all = |people: Vec<Moved>| people.into_iter().map(PolicyMoveOut::from).collect();
        Self {
            vacancy_id: effect.vacancy.0,
            title: effect.title,
            policy: effect.policy,
            assessable: effect.assessable,
            seats,
            count_before,
            count_after,
            moved,
            entering: all(entering),
            leaving: all(leaving),
            biggest_movers: all(movers),
        }
    }
}

impl From<PolicyCheck> for PolicyCheckOut {
    fn from(check: PolicyCheck) -> Self {
        let conflict = check.conflict.map(|refusal| FieldOut {
            pointer: "/toml".to_owned(),
            code: refusal.code().to_owned(),
            message: refusal.say(spoken()),
        });
        Self {
            policy: policy_name(&check.policy),
            explanation: explain(&check.policy, spoken()),
            conflict,
            vacancies: check.effects.into_iter().map(PolicyEffectOut::from).collect(),
            vacancies_left_out: check.left_out,
        }
    }
}

/// The scoring policy in force, and every version that was set.
#[utoipa::path(tag = "matching", params(PoliciesQuery), responses((status = 200, body = PoliciesOut), Problems))]
#[get("/policies")]
async fn list_policies(granted: Granted<ReadPolicies>, Params(query): Params<PoliciesQuery>) -> Answer {
    let office = query.office_id.map(Into::into);
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let in_force = granted.look().policy_in_force(office).await?;
    let history = granted.look().policy_history(office, slice).await?;
    let page = list_out(&granted.app, history, |view| view.id.map(|id| id.0).unwrap_or_default(), PolicyOut::from);
    found(&PoliciesOut {
        explanation: explain(&in_force.policy, spoken()),
        in_force: in_force.into(),
        items: page.items,
        next_cursor: page.next_cursor,
    })
}

/// Set the scoring policy; the one before ends, and stays readable.
#[utoipa::path(tag = "matching", request_body = PolicyIn, responses((status = 201, body = PolicyOut), Problems))]
#[post("/policies")]
async fn set_policy(granted: Granted<ManagePolicies>, body: Body<PolicyIn>) -> Answer {
    let PolicyIn { toml, office_id } = body.value;
    let office = office_id.map(Into::into);
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(PolicyOut::from(work.set_policy(&toml, office).await?))).await
}

/// What a draft means, and what it would change in the lists of open vacancies. Writes nothing.
#[utoipa::path(tag = "matching", request_body = PolicyIn, responses((status = 200, body = PolicyCheckOut), Problems))]
#[post("/policies/check")]
async fn check_policy(granted: Granted<ReadPolicies>, body: Body<PolicyIn>) -> Answer {
    let PolicyIn { toml, office_id } = body.value;
    found(&PolicyCheckOut::from(granted.look().check_policy(&toml, office_id.map(Into::into)).await?))
}
