//! Notes on records.

use actix_web::http::StatusCode;
use actix_web::{get, post};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, Params};
use crate::api::files::SubjectCode;
use crate::api::list::ListOut;
use crate::api::problem::Problems;
use crate::app::notes::NoteView;
use crate::app::permission::WriteNotes;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(write_note).service(list_notes);
}

/// A note to write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteIn {
    /// `graduate`, `employer`, `vacancy` or `offer`.
    entity: SubjectCode,
    entity_id: Uuid,
    text: String,
    /// Whether other offices that hold the same record may read it.
    #[serde(default)]
    shared: bool,
}

/// A note.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteOut {
    id: Uuid,
    office_id: Uuid,
    entity: String,
    entity_id: Uuid,
    text: String,
    shared: bool,
    written_by: Option<Uuid>,
    created_at: DateTime<Utc>,
}

impl From<NoteView> for NoteOut {
    fn from(view: NoteView) -> Self {
        Self {
            id: view.id.0,
            office_id: view.office_id.0,
            entity: view.entity,
            entity_id: view.entity_id,
            text: view.text,
            shared: view.shared,
            written_by: view.written_by.map(|id| id.0),
            created_at: view.created_at,
        }
    }
}

/// Notes on which record.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct NotesQuery {
    entity_id: Uuid,
}

/// Write a note.
#[utoipa::path(tag = "notes", request_body = NoteIn, responses((status = 201, body = NoteOut), Problems))]
#[post("/notes")]
async fn write_note(granted: Granted<WriteNotes>, body: Body<NoteIn>) -> Answer {
    let NoteIn { entity, entity_id, text, shared } = body.value;
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| Ok(NoteOut::from(work.write_note(entity.0, entity_id, &text, shared).await?)))
        .await
}

/// Notes on a record: the own office's, and those that others shared.
#[utoipa::path(tag = "notes", params(NotesQuery), responses((status = 200, body = ListOut<NoteOut>), Problems))]
#[get("/notes")]
async fn list_notes(granted: Granted<WriteNotes>, Params(query): Params<NotesQuery>) -> Answer {
    let views = granted.look().notes(query.entity_id).await?;
    found(&ListOut { items: views.into_iter().map(NoteOut::from).collect(), next_cursor: None })
}
