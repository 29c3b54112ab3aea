//! The audit, the readings of a person's file, and the change feed.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Granted, Params};
use crate::api::list::{ListOut, PageQuery, limit_of, list_out, slice_of};
use crate::api::problem::Problems;
use crate::app::permission::{ReadAudit, ReadFeed, ReadReadings};
use crate::app::trail::{AuditRow, ChangeRow, FeedPlace, ReadingRow};
use crate::words::refusal::Refusal;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_audit).service(list_readings).service(list_changes);
}

/// Which lines of the audit.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only what was done to this thing.
    entity_id: Option<Uuid>,
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    cursor: Option<String>,
}

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditActorOut {
    /// A role, `graduate`, `cli` or `system`.
    kind: String,
    id: Option<Uuid>,
}

/// One line of the audit.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditOut {
    id: Uuid,
    at: DateTime<Utc>,
    office_id: Option<Uuid>,
    actor: AuditActorOut,
    action: String,
    entity: String,
    entity_id: Option<Uuid>,
    request_id: Option<String>,
    /// Ids and codes; never personal data.
    #[schema(value_type = Object)]
    detail: Value,
}

impl From<AuditRow> for AuditOut {
    fn from(row: AuditRow) -> Self {
        Self {
            id: row.id.0,
            at: row.at,
            office_id: row.office_id.map(Into::into),
            actor: AuditActorOut { kind: row.actor_kind, id: row.actor_id },
            action: row.action,
            entity: row.entity,
            entity_id: row.entity_id,
            request_id: row.request_id,
            detail: row.detail,
        }
    }
}

/// Who read a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReaderOut {
    /// The account; `null` for the person's own link.
    id: Option<Uuid>,
    display_name: Option<String>,
    /// The account's role; `graduate` for the person's own link.
    role: &'static str,
    office_id: Option<Uuid>,
    office_name: Option<String>,
}

/// One reading of a person's file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadingOut {
    id: Uuid,
    at: DateTime<Utc>,
    reader: ReaderOut,
    /// What was read.
    purpose: String,
}

impl From<ReadingRow> for ReadingOut {
    fn from(row: ReadingRow) -> Self {
        let reader = ReaderOut {
            id: row.account_id.map(Into::into),
            display_name: row.account_name,
            role: row.role.map_or("graduate", |role| role.code()),
            office_id: row.office_id.map(Into::into),
            office_name: row.office_name,
        };
        Self { id: row.id.0, at: row.at, reader, purpose: row.purpose }
    }
}

/// One change: which thing, and no more. Read the thing to learn what it is now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeOut {
    at: DateTime<Utc>,
    entity: String,
    entity_id: Uuid,
    office_id: Option<Uuid>,
}

impl From<ChangeRow> for ChangeOut {
    fn from(row: ChangeRow) -> Self {
        Self { at: row.at, entity: row.entity, entity_id: row.entity_id, office_id: row.office_id.map(Into::into) }
    }
}

/// Who did what, newest first.
#[utoipa::path(tag = "trail", params(AuditQuery), responses((status = 200, body = ListOut<AuditOut>), Problems))]
#[get("/audit")]
async fn list_audit(granted: Granted<ReadAudit>, Params(query): Params<AuditQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().audit(query.entity_id, slice).await?;
    found(&list_out(&granted.app, page, |row| row.id.0, AuditOut::from))
}

/// Who read a person's file, newest first.
#[utoipa::path(tag = "trail", params(("id" = Uuid, Path), PageQuery), responses((status = 200, body = ListOut<ReadingOut>), Problems))]
#[get("/graduates/{id}/readings")]
async fn list_readings(granted: Granted<ReadReadings>, id: web::Path<Uuid>, Params(query): Params<PageQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().readings(id.into_inner().into(), slice).await?;
    found(&list_out(&granted.app, page, |row| row.id.0, ReadingOut::from))
}

/// What changed, oldest first. `next_cursor` is always there: ask again with it for what comes later.
#[utoipa::path(tag = "trail", params(PageQuery), responses((status = 200, body = ListOut<ChangeOut>),
    (status = 410, description = "The cursor is of an earlier epoch or too old; read everything anew", body = crate::api::problem::ProblemOut,
        content_type = "application/problem+json"), Problems))]
#[get("/changes")]
async fn list_changes(granted: Granted<ReadFeed>, Params(query): Params<PageQuery>) -> Answer {
    let limit = limit_of(query.limit)?;
    let place = |cursor: &str| granted.app.open_cursor(cursor).as_deref().and_then(FeedPlace::from_bytes);
    let after = query.cursor.as_deref().map(|cursor| place(cursor).ok_or(Refusal::CursorUnreadable)).transpose()?;
    let (rows, reached) = granted.look().changes(after, limit).await?;
    let next_cursor = Some(granted.app.seal_cursor(&reached.to_bytes()));
    found(&ListOut { items: rows.into_iter().map(ChangeOut::from).collect(), next_cursor })
}
