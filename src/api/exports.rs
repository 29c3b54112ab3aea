//! Lists to take away as files.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::Answer;
use crate::api::extract::{Granted, Params};
use crate::api::language::spoken;
use crate::api::problem::Problems;
use crate::app::error::AppError;
use crate::app::exports::{ExportAsk, Format, ListName};
use crate::app::permission::ExportLists;
use crate::app::reports::ReportAsk;
use crate::words::refusal::Refusal;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(export);
}

/// How a list is taken away.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// `xlsx` (where left out) or `csv`.
    format: Option<String>,
    /// `full`: identity numbers are written whole; for officers, and recorded.
    nik: Option<String>,
    /// Participants and absorption of one class.
    batch_id: Option<Uuid>,
    /// For absorption, as in the report.
    group_by: Option<String>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    as_of: Option<NaiveDate>,
    checkpoint: Option<String>,
    denominator: Option<String>,
    programme_id: Option<Uuid>,
    office_id: Option<Uuid>,
}

/// A list as a file: `graduates`, `participants`, `vacancies`, `referrals`, `offers`, `placements`, `outcomes` or `absorption`.
///
/// It shows what the API shows to the same actor: an employer reads initials until the person has said yes.
#[utoipa::path(tag = "exports", params(("list" = String, Path), ExportQuery), responses(
    (status = 200, description = "The file", content(
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv"))), Problems))]
#[get("/exports/{list}")]
async fn export(granted: Granted<ExportLists>, list: web::Path<String>, Params(query): Params<ExportQuery>) -> Answer {
    let list = ListName::parse(&list).ok_or(Refusal::NotFound)?;
    let format = match query.format.as_deref() {
        None => Format::Xlsx,
        Some(code) => Format::parse(code).ok_or_else(|| unknown("/format", "xlsx, csv"))?,
    };
    let full_nik = match query.nik.as_deref() {
        None | Some("masked") => false,
        Some("full") => true,
        Some(_) => return Err(unknown("/nik", "masked, full").into()),
    };
    let report = ReportAsk {
        group_by: query.group_by,
        as_of: query.as_of,
        checkpoint: query.checkpoint,
        denominator: query.denominator,
        batch_id: query.batch_id,
        programme_id: query.programme_id,
        office_id: query.office_id,
    };
    let ask = ExportAsk { list, format, full_nik, batch: query.batch_id.map(Into::into), report, language: spoken() };
    let file = granted.app.export(&granted.actor, &ask).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.media_type))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.file_name)))
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("Serap-Rows", file.rows.to_string()))
        .body(file.bytes))
}

fn unknown(pointer: &str, allowed: &str) -> AppError {
    AppError::field(pointer, Refusal::CodeUnknown { allowed: allowed.to_owned() })
}
