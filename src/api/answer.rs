//! How handlers answer: one unit of work, its result as JSON, once per idempotency key.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::ETAG;
use serde::Serialize;
use serde_json::Value;

use crate::api::extract::Granted;
use crate::api::problem::Problem;
use crate::app::error::AppError;
use crate::app::work::{Reply, Work};

/// What a handler returns.
pub type Answer = Result<HttpResponse, Problem>;

impl<P> Granted<P> {
    /// Runs one unit of work and answers `status` with its result; under an `Idempotency-Key`, once.
    pub async fn write<T: Serialize>(
        &self,
        status: StatusCode,
        body_hash: &[u8],
        effect: impl AsyncFn(&Work<'_>) -> Result<T, AppError>,
    ) -> Answer {
        let once = self.once(body_hash)?;
        let reply = self
            .app
            .work_once(&self.actor, once.as_ref(), async |work| {
                let value = effect(work).await?;
                let body = serde_json::to_vec(&value).map_err(|error| AppError::Internal(error.to_string()))?;
                Ok(Reply { status: status.as_u16(), body })
            })
            .await?;
        Ok(sent(&reply))
    }
}

/// A value as the answer to a reading.
pub fn found<T: Serialize>(value: &T) -> Answer {
    let body = serde_json::to_vec(value).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(sent(&Reply { status: 200, body }))
}

/// An answer without a body.
#[must_use]
pub fn nothing() -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// Sends a reply; a body with a `version` carries it as its entity tag too.
fn sent(reply: &Reply) -> HttpResponse {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    if let Some(version) = version_of(&reply.body) {
        response.insert_header((ETAG, format!("\"{version}\"")));
    }
    response.content_type("application/json").body(reply.body.clone())
}

/// The top-level `version` of a JSON object; lists have none.
fn version_of(body: &[u8]) -> Option<i64> {
    const NEEDLE: &[u8] = b"\"version\":";
    if !body.windows(NEEDLE.len()).any(|window| window == NEEDLE) {
        return None;
    }
    serde_json::from_slice::<Value>(body).ok()?.get("version")?.as_i64()
}
