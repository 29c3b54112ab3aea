//! Frozen match lists and the decisions on them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, get, patch, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, optional_version};
use crate::api::list::ListOut;
use crate::api::matches::NamedOut;
use crate::api::problem::{FieldOut, Problem, Problems};
use crate::api::wire::{Code, DecisionCode, ReasonCode, code, hundredths};
use crate::app::match_lists::{EntryDecision, FrozenEntry, FrozenList};
use crate::app::permission::DecideMatches;
use crate::engine::kinds::Decision;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(freeze).service(list_frozen).service(get_frozen).service(decide).service(decide_many);
}

/// A frozen list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchListOut {
    id: Uuid,
    vacancy_id: Uuid,
    as_of: NaiveDate,
    policy: String,
    catalogue: String,
    seed: i64,
    count: i32,
    assessable: bool,
    frozen_by: Option<Uuid>,
    frozen_at: DateTime<Utc>,
    version: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<Vec<EntryOut>>,
}

/// One entry of a frozen list.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryOut {
    graduate_id: Uuid,
    /// `null` once the person's data was erased.
    graduate: Option<NamedOut>,
    rank: i32,
    place: i32,
    score: Option<f64>,
    distance_m: Option<i64>,
    decision: Option<DecisionCode>,
    reason: Option<ReasonCode>,
    reason_text: Option<String>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    version: i32,
    /// Whether scoring the kept inputs again gives the same score; `null` where they are gone.
    recomputes: Option<bool>,
}

/// A decision.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionIn {
    decision: DecisionCode,
    /// A reason's code, or words; needed to reject and to move.
    reason: Option<String>,
    /// A new place in the order, with a reason.
    place: Option<i32>,
}

/// Decisions on several entries.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionsIn {
    decisions: Vec<BulkDecisionIn>,
}

/// One of several decisions.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkDecisionIn {
    graduate_id: Uuid,
    decision: DecisionCode,
    reason: Option<String>,
    place: Option<i32>,
}

/// What became of one of several decisions.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionResultOut {
    graduate_id: Uuid,
    /// `decided` or `refused`.
    status: &'static str,
    entry: Option<EntryOut>,
    problem: Option<FieldOut>,
}

impl From<FrozenList> for MatchListOut {
    fn from(list: FrozenList) -> Self {
        Self {
            id: list.id.0,
            vacancy_id: list.vacancy.0,
            as_of: list.as_of,
            policy: list.policy,
            catalogue: list.catalogue,
            seed: list.seed,
            count: list.count,
            assessable: list.assessable,
            frozen_by: list.frozen_by.map(Uuid::from),
            frozen_at: list.frozen_at,
            version: list.version,
            entries: None,
        }
    }
}

impl From<FrozenEntry> for EntryOut {
    fn from(entry: FrozenEntry) -> Self {
        Self {
            graduate_id: entry.graduate_id.0,
            graduate: entry.graduate.map(NamedOut::from),
            rank: entry.rank,
            place: entry.place,
            score: entry.score.map(hundredths),
            distance_m: entry.metres,
            decision: code(entry.decision),
            reason: code(entry.reason),
            reason_text: entry.reason_text,
            decided_by: entry.decided_by.map(Uuid::from),
            decided_at: entry.decided_at,
            version: entry.version,
            recomputes: entry.recomputes,
        }
    }
}

/// Freeze a vacancy's match list as it is now.
#[utoipa::path(tag = "matching", params(("id" = Uuid, Path)), responses((status = 201, body = MatchListOut), Problems))]
#[post("/vacancies/{id}/match-lists")]
async fn freeze(granted: Granted<DecideMatches>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::CREATED, &[], async |work| Ok(MatchListOut::from(work.freeze_matches(id).await?))).await
}

/// The frozen lists of a vacancy, newest first.
#[utoipa::path(tag = "matching", params(("id" = Uuid, Path)), responses((status = 200, body = ListOut<MatchListOut>), Problems))]
#[get("/vacancies/{id}/match-lists")]
async fn list_frozen(granted: Granted<DecideMatches>, id: web::Path<Uuid>) -> Answer {
    let lists = granted.look().frozen_lists(id.into_inner().into()).await?;
    found(&ListOut { items: lists.into_iter().map(MatchListOut::from).collect(), next_cursor: None })
}

/// One frozen list with its entries.
#[utoipa::path(tag = "matching", params(("id" = Uuid, Path)), responses((status = 200, body = MatchListOut), Problems))]
#[get("/match-lists/{id}")]
async fn get_frozen(granted: Granted<DecideMatches>, id: web::Path<Uuid>) -> Answer {
    let (list, entries) = granted.look().frozen_list(id.into_inner().into()).await?;
    found(&MatchListOut { entries: Some(entries.into_iter().map(EntryOut::from).collect()), ..list.into() })
}

/// Shortlist, reserve or reject one entry, or move it. `If-Match` may name the entry's version.
#[utoipa::path(tag = "matching", params(("id" = Uuid, Path), ("graduate_id" = Uuid, Path)), request_body = DecisionIn,
    responses((status = 200, body = EntryOut), Problems))]
#[patch("/match-lists/{id}/entries/{graduate_id}")]
async fn decide(granted: Granted<DecideMatches>, request: HttpRequest, path: web::Path<(Uuid, Uuid)>, body: Body<DecisionIn>) -> Answer {
    let (list, graduate) = path.into_inner();
    let decided = EntryDecision {
        graduate: graduate.into(),
        decision: body.value.decision.0,
        reason: body.value.reason.clone(),
        place: body.value.place,
        version: optional_version(&request)?,
    };
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(EntryOut::from(work.decide_entry(list.into(), &decided).await?))).await
}

/// Decide several entries, with a result for each: one that is refused leaves the others decided.
#[utoipa::path(tag = "matching", params(("id" = Uuid, Path)), request_body = DecisionsIn,
    responses((status = 200, body = ListOut<DecisionResultOut>), Problems))]
#[post("/match-lists/{id}/decisions")]
async fn decide_many(granted: Granted<DecideMatches>, id: web::Path<Uuid>, body: Body<DecisionsIn>) -> Answer {
    let id = id.into_inner();
    if body.value.decisions.len() > 200 {
        return Err(Problem::field("/decisions", crate::words::refusal::Refusal::NumberOutOfRange { low: 0, high: 200 }));
    }
    granted
        .write(StatusCode::OK, &body.hash, async |work| {
            let mut items = Vec::with_capacity(body.value.decisions.len());
            for line in &body.value.decisions {
                let BulkDecisionIn { graduate_id, decision: Code(decision), reason, place } = line.clone();
                items.push(one_of_many(work, id, graduate_id, decision, reason, place).await?);
            }
            Ok(ListOut { items, next_cursor: None })
        })
        .await
}

async fn one_of_many(
    work: &crate::app::work::Work<'_>,
    list: Uuid,
    graduate_id: Uuid,
    decision: Decision,
    reason: Option<String>,
    place: Option<i32>,
) -> Result<DecisionResultOut, crate::app::error::AppError> {
    let decided = EntryDecision { graduate: graduate_id.into(), decision, reason, place, version: None };
    match work.decide_entry(list.into(), &decided).await {
        Ok(entry) => Ok(DecisionResultOut { graduate_id, status: "decided", entry: Some(entry.into()), problem: None }),
        Err(error) => match error.first_field() {
            Some(field) => Ok(DecisionResultOut { graduate_id, status: "refused", entry: None, problem: Some(FieldOut::from(&field)) }),
            None => Err(error),
        },
    }
}
