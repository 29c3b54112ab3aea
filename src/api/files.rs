//! Evidence files.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use futures_util::StreamExt as _;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::Answer;
use crate::api::extract::Granted;
use crate::api::problem::{Problem, Problems};
use crate::api::wire::Code;
use crate::app::error::AppError;
use crate::app::files::{FileView, MOST_BYTES, Subject};
use crate::app::permission::{ReadEvidence, UploadEvidence};
use crate::app::work::body_digest;
use crate::words::refusal::Refusal;

/// How long an upload may take to arrive.
const PATIENCE: Duration = Duration::from_secs(120);
/// The longest text field of a form, in bytes.
const TEXT_BYTES: usize = 200;

/// The code of what a file or note is about.
pub type SubjectCode = Code<Subject>;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(upload_file).service(get_file);
}

/// A file to keep, as a form.
#[derive(Debug, ToSchema)]
#[allow(dead_code, clippy::allow_attributes, reason = "the shape of a form, for the OpenAPI document")]
pub struct FileIn {
    /// PNG, JPEG or PDF, at most 5 MB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What it is about.
    entity: SubjectCode,
    /// Which one.
    entity_id: Option<Uuid>,
}

/// A file kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileOut {
    id: Uuid,
    media_type: String,
    size_bytes: i64,
    /// Hexadecimal.
    sha256: String,
    entity: String,
    entity_id: Option<Uuid>,
    created_at: DateTime<Utc>,
}

impl From<FileView> for FileOut {
    fn from(view: FileView) -> Self {
        Self {
            id: view.id.0,
            media_type: view.media_type,
            size_bytes: view.size_bytes,
            sha256: view.sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
            entity: view.entity,
            entity_id: view.entity_id,
            created_at: view.created_at,
        }
    }
}

/// A form, read.
#[derive(Debug, Default)]
struct Upload {
    file: Option<Vec<u8>>,
    entity: Option<String>,
    entity_id: Option<String>,
}

/// Keep an evidence file, sealed.
#[utoipa::path(tag = "files", request_body(content = FileIn, content_type = "multipart/form-data"),
    responses((status = 201, body = FileOut), Problems))]
#[post("/files")]
async fn upload_file(granted: Granted<UploadEvidence>, form: Multipart) -> Answer {
    let upload = tokio::time::timeout(PATIENCE, read(form)).await;
    let upload = upload.map_err(|_late| Refusal::BodyUnreadable { problem: "timeout".to_owned() })??;
    let bytes = upload.file.ok_or_else(|| AppError::field("/file", Refusal::FileMissing))?;
    let subject = subject_of(upload.entity.as_deref())?;
    let about = match upload.entity_id.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => Some(
            Uuid::try_parse(text)
                .map_err(|error| AppError::field("/entity_id", Refusal::FieldNotUnderstood { problem: error.to_string() }))?,
        ),
        None => None,
    };
    let hash = body_digest(&[bytes.as_slice(), subject.code().as_bytes(), upload.entity_id.unwrap_or_default().as_bytes()].concat());
    granted.write(StatusCode::CREATED, &hash, async |work| Ok(FileOut::from(work.keep_file(subject, about, &bytes).await?))).await
}

/// The content of an evidence file; reading what is about a person is recorded.
#[utoipa::path(tag = "files", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The file.", content_type = "application/octet-stream", body = Vec<u8>), Problems))]
#[get("/files/{id}")]
async fn get_file(granted: Granted<ReadEvidence>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    let (view, bytes) = granted.look().file(id.into_inner().into()).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, view.media_type))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", view.id)))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes))
}

fn subject_of(code: Option<&str>) -> Result<Subject, Problem> {
    let code = code.ok_or_else(|| AppError::field("/entity", Refusal::FieldMissing { field: "entity".to_owned() }))?;
    let allowed = || Refusal::CodeUnknown { allowed: Subject::codes().join(", ") };
    Ok(Subject::parse(code.trim()).ok_or_else(|| AppError::field("/entity", allowed()))?)
}

async fn read(mut form: Multipart) -> Result<Upload, Problem> {
    let mut upload = Upload::default();
    while let Some(field) = form.next().await {
        let field = field.map_err(|error| unreadable(&error))?;
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" => upload.file = Some(bytes_of(field, MOST_BYTES).await?),
            "entity" => upload.entity = Some(text_of(field).await?),
            "entity_id" => upload.entity_id = Some(text_of(field).await?),
            _ => return Err(AppError::field(&format!("/{name}"), Refusal::FieldUnknown { field: name }).into()),
        }
    }
    Ok(upload)
}

async fn bytes_of(mut field: Field, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Refusal::BodyTooLarge { limit_kb: limit / 1024 }.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

async fn text_of(field: Field) -> Result<String, Problem> {
    let bytes = bytes_of(field, TEXT_BYTES).await?;
    String::from_utf8(bytes).map_err(|error| Refusal::BodyUnreadable { problem: error.to_string() }.into())
}

fn unreadable(error: &actix_multipart::MultipartError) -> Problem {
    Refusal::BodyUnreadable { problem: error.to_string() }.into()
}
