//! People who may be the same: proposed, and decided by staff.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, Params};
use crate::api::graduates::GraduateLineOut;
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::problem::Problems;
use crate::app::duplicates::DuplicateView;
use crate::app::error::AppError;
use crate::app::permission::{ManagePeople, ReadClasses};
use crate::words::refusal::Refusal;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_duplicates).service(decide_duplicate);
}

/// Which pairs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DuplicatesQuery {
    /// `open` (the default) or `decided`.
    state: Option<String>,
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What staff decided of a pair.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateDecisionIn {
    /// `same` or `different`.
    decision: String,
}

/// A pair that may be one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct DuplicateOut {
    id: Uuid,
    left: GraduateLineOut,
    right: GraduateLineOut,
    /// `high`, `medium` or `low`.
    confidence: String,
    reasons: Vec<String>,
    /// `same` or `different`, once decided.
    decision: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

impl From<DuplicateView> for DuplicateOut {
    fn from(view: DuplicateView) -> Self {
        Self {
            id: view.id.0,
            left: view.left.into(),
            right: view.right.into(),
            confidence: view.confidence,
            reasons: view.reasons,
            decision: view.decision,
            decided_at: view.decided_at,
            created_at: view.created_at,
        }
    }
}

/// Pairs that may be one person.
#[utoipa::path(tag = "people", params(DuplicatesQuery), responses((status = 200, body = ListOut<DuplicateOut>), Problems))]
#[get("/duplicates")]
async fn list_duplicates(granted: Granted<ReadClasses>, Params(query): Params<DuplicatesQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let decided = match query.state.as_deref() {
        None | Some("open") => false,
        Some("decided") => true,
        Some(_) => return Err(AppError::field("/state", Refusal::CodeUnknown { allowed: "open, decided".to_owned() }).into()),
    };
    let page = granted.look().duplicates(decided, slice).await?;
    found(&list_out(&granted.app, page, |view| view.id.0, DuplicateOut::from))
}

/// Decide whether a pair is one person; nothing is merged by it.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), request_body = DuplicateDecisionIn,
    responses((status = 200, body = DuplicateOut), Problems))]
#[post("/duplicates/{id}/decide")]
async fn decide_duplicate(granted: Granted<ManagePeople>, id: web::Path<Uuid>, body: Body<DuplicateDecisionIn>) -> Answer {
    let same = match body.value.decision.as_str() {
        "same" => true,
        "different" => false,
        _ => return Err(AppError::field("/decision", Refusal::CodeUnknown { allowed: "same, different".to_owned() }).into()),
    };
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(DuplicateOut::from(work.decide_duplicate(id, same).await?))).await
}
