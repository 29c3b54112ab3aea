//! Imports of files: begun here, carried out beside other requests.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Granted, Params};
use crate::api::language::spoken;
use crate::api::list::{ListOut, PageQuery, list_out, slice_of};
use crate::api::problem::{Problem, Problems};
use crate::api::upload::Upload;
use crate::app::imports::job::{ImportKind, ImportRequest, ImportView};
use crate::app::imports::report::{Counts, Difference, EarlierClasses, KnownElsewhere, ProblemLine};
use crate::app::permission::ImportFiles;
use crate::words::refusal::Refusal;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(create_import).service(list_imports).service(get_import);
}

/// A file and how to import it.
#[derive(Debug, ToSchema)]
#[allow(dead_code, clippy::allow_attributes, reason = "describes the form for the OpenAPI document")]
pub struct ImportForm {
    /// The file, XLSX or CSV, the latter packed (`.csv.gz`) or not.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `participants`, `units`, `schemes`, `regions`, `wages`, `vacancies`, `lexicon`, `esco` or `esco-links`.
    kind: String,
    /// Report what would happen and store nothing.
    dry_run: Option<bool>,
    /// Store the good rows though others are refused.
    partial: Option<bool>,
    /// Overwrite what is stored where the file differs.
    apply_differences: Option<bool>,
    /// The class, where the file does not name it.
    batch_id: Option<Uuid>,
    /// The office, for an administrator.
    office_id: Option<Uuid>,
}

/// A begun import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportBegunOut {
    id: Uuid,
    status: String,
}

/// Rows by fate.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportRowsOut {
    total: usize,
    created: usize,
    updated: usize,
    unchanged: usize,
    rejected: usize,
    /// How many are done while it runs.
    done: usize,
}

/// A complaint about a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportProblemOut {
    row: u32,
    column: String,
    code: String,
    message: String,
    /// What was read, shortened and masked.
    read: String,
    /// `error` refuses the row, `warning` does not.
    severity: &'static str,
}

/// A field in which the file differs from what is stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceOut {
    row: u32,
    graduate_id: Uuid,
    field: String,
    stored: String,
    read: String,
}

/// Classes somebody in the file was in before.
#[derive(Debug, Serialize, ToSchema)]
pub struct EarlierClassesOut {
    row: u32,
    classes: Vec<String>,
}

/// Somebody in the file whom another office knows.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnownElsewhereOut {
    row: u32,
    office: String,
}

/// Why a whole file was refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFailureOut {
    code: String,
    message: String,
}

/// An import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOut {
    id: Uuid,
    kind: String,
    /// `running`, `done`, `rejected`, `failed` or `interrupted`.
    status: String,
    file_name: String,
    dry_run: bool,
    batch_id: Option<Uuid>,
    rows: ImportRowsOut,
    problems: Vec<ImportProblemOut>,
    differences: Vec<DifferenceOut>,
    earlier_classes: Vec<EarlierClassesOut>,
    known_elsewhere: Vec<KnownElsewhereOut>,
    ignored_columns: Vec<String>,
    failure: Option<ImportFailureOut>,
    created_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
}

impl From<ProblemLine> for ImportProblemOut {
    fn from(line: ProblemLine) -> Self {
        let message = line.message.in_language(spoken()).to_owned();
        let severity = if line.refuses { "error" } else { "warning" };
        Self { row: line.row, column: line.column, code: line.message.code, message, read: line.read, severity }
    }
}

impl From<Difference> for DifferenceOut {
    fn from(line: Difference) -> Self {
        Self { row: line.row, graduate_id: line.graduate_id, field: line.field, stored: line.stored, read: line.read }
    }
}

impl From<EarlierClasses> for EarlierClassesOut {
    fn from(line: EarlierClasses) -> Self {
        Self { row: line.row, classes: line.classes }
    }
}

impl From<KnownElsewhere> for KnownElsewhereOut {
    fn from(line: KnownElsewhere) -> Self {
        Self { row: line.row, office: line.office }
    }
}

impl From<ImportView> for ImportOut {
    fn from(view: ImportView) -> Self {
        let Counts { total, created, updated, unchanged, rejected } = view.counts;
        let failure = view
            .report
            .failure
            .map(|sentence| ImportFailureOut { message: sentence.in_language(spoken()).to_owned(), code: sentence.code });
        Self {
            id: view.id.0,
            kind: view.kind,
            status: view.status,
            file_name: view.file_name,
            dry_run: view.dry_run,
            batch_id: view.batch.map(Uuid::from),
            rows: ImportRowsOut { total, created, updated, unchanged, rejected, done: view.done },
            problems: view.report.problems.into_iter().map(Into::into).collect(),
            differences: view.report.differences.into_iter().map(Into::into).collect(),
            earlier_classes: view.report.earlier_classes.into_iter().map(Into::into).collect(),
            known_elsewhere: view.report.known_elsewhere.into_iter().map(Into::into).collect(),
            ignored_columns: view.report.ignored_columns,
            failure,
            created_at: view.created_at,
            finished_at: view.finished_at,
        }
    }
}

fn request_of(upload: &mut Upload, file_name: String) -> Result<ImportRequest, Problem> {
    let kind = upload.take("kind").ok_or_else(|| Problem::field("/kind", Refusal::FieldMissing { field: "kind".to_owned() }))?;
    let allowed = ImportKind::codes().join(", ");
    let request = ImportRequest {
        kind: ImportKind::parse(&kind).ok_or_else(|| Problem::field("/kind", Refusal::CodeUnknown { allowed }))?,
        file_name,
        dry_run: upload.take_flag("dry_run")?,
        partial: upload.take_flag("partial")?,
        apply_differences: upload.take_flag("apply_differences")?,
        batch: upload.take_id("batch_id")?.map(Into::into),
        office: upload.take_id("office_id")?.map(Into::into),
    };
    upload.nothing_left()?;
    Ok(request)
}

/// Begin an import. A file that cannot be read is refused at once; its rows are judged while the job runs.
#[utoipa::path(tag = "imports", request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 202, body = ImportBegunOut), Problems))]
#[post("/imports")]
async fn create_import(granted: Granted<ImportFiles>, mut upload: Upload) -> Answer {
    let (file_name, bytes) = upload.take_file()?;
    let request = request_of(&mut upload, file_name)?;
    let job = granted.app.begin_import(&granted.actor, request, bytes).await?;
    let begun = ImportBegunOut { id: job.id().0, status: "running".to_owned() };
    let (app, actor) = (Arc::clone(&granted.app.clone().into_inner()), granted.actor.clone());
    actix_web::rt::spawn(async move {
        if let Err(error) = app.carry_out_import(&actor, &job).await {
            tracing::error!(import.id = %job.id(), %error, "import failed");
        }
    });
    Ok(HttpResponse::build(StatusCode::ACCEPTED).json(begun))
}

/// Imports of the own office.
#[utoipa::path(tag = "imports", params(PageQuery), responses((status = 200, body = ListOut<ImportOut>), Problems))]
#[get("/imports")]
async fn list_imports(granted: Granted<ImportFiles>, Params(query): Params<PageQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().imports(slice).await?;
    found(&list_out(&granted.app, page, |view| view.id.0, ImportOut::from))
}

/// One import: its progress, and what became of each row.
#[utoipa::path(tag = "imports", params(("id" = Uuid, Path)), responses((status = 200, body = ImportOut), Problems))]
#[get("/imports/{id}")]
async fn get_import(granted: Granted<ImportFiles>, id: web::Path<Uuid>) -> Answer {
    found(&ImportOut::from(granted.look().import(id.into_inner().into()).await?))
}
