//! Evidence files.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::Answer;
use crate::api::extract::Granted;
use crate::api::problem::{Problem, Problems};
use crate::api::upload::Upload;
use crate::api::wire::Code;
use crate::app::error::AppError;
use crate::app::files::{FileView, MOST_BYTES, Subject};
use crate::app::permission::{ReadEvidence, UploadEvidence};
use crate::app::work::body_digest;
use crate::words::refusal::Refusal;

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

/// Keep an evidence file, sealed.
#[utoipa::path(tag = "files", request_body(content = FileIn, content_type = "multipart/form-data"),
    responses((status = 201, body = FileOut), Problems))]
#[post("/files")]
async fn upload_file(granted: Granted<UploadEvidence>, mut upload: Upload) -> Answer {
    let (_, bytes) = upload.take_file()?;
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::BodyTooLarge { limit_kb: MOST_BYTES / 1024 }.into());
    }
    let (entity, about) = (upload.take("entity"), upload.take_id("entity_id")?);
    upload.nothing_left()?;
    let subject = subject_of(entity.as_deref())?;
    let named = about.map(|id| id.to_string()).unwrap_or_default();
    let hash = body_digest(&[bytes.as_slice(), subject.code().as_bytes(), named.as_bytes()].concat());
    granted.write(StatusCode::CREATED, &hash, async |work| Ok(FileOut::from(work.keep_file(subject, about, &bytes).await?))).await
}

/// The content of an evidence file; reading what is about a person is recorded.
#[utoipa::path(tag = "files", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The file.",
        content((Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "application/pdf"))), Problems))]
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
