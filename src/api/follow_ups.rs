//! Follow-up tasks.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, Params};
use crate::api::list::{ListOut, limit_of};
use crate::api::problem::{Problem, Problems};
use crate::api::report_wire::{CountedBatchOut, CountedGraduateOut};
use crate::app::error::AppError;
use crate::app::follow_up::{Attempt, Due, NewAttempt, TaskView};
use crate::app::installation::App;
use crate::app::permission::{ReadFollowUps, WorkFollowUps};
use crate::engine::id::RowId;
use crate::words::refusal::Refusal;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_follow_ups).service(plan_follow_ups).service(attempt_follow_up);
}

/// Which tasks.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FollowUpQuery {
    /// `overdue`, `today` or `all`; left out: open ones that are due.
    due: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    cursor: Option<String>,
}

/// An attempt to reach somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttemptOut {
    at: DateTime<Utc>,
    by: Option<Uuid>,
    reached: bool,
    /// Whether a note was left; it is read on the person's timeline.
    has_note: bool,
}

impl From<Attempt> for AttemptOut {
    fn from(attempt: Attempt) -> Self {
        Self { at: attempt.at, by: attempt.by, reached: attempt.reached, has_note: attempt.has_note() }
    }
}

/// Somebody to ask how it went.
#[derive(Debug, Serialize, ToSchema)]
pub struct FollowUpOut {
    id: Uuid,
    participant_id: Uuid,
    graduate: CountedGraduateOut,
    batch: CountedBatchOut,
    /// 30, 90, 180 or 365 days after day 0.
    day_number: i32,
    due_on: NaiveDate,
    /// `open`, or `done` once a word about the person falls near the day.
    state: String,
    overdue_days: i64,
    attempts: Vec<AttemptOut>,
    done_at: Option<DateTime<Utc>>,
}

impl From<TaskView> for FollowUpOut {
    fn from(view: TaskView) -> Self {
        let row = view.row;
        Self {
            id: row.id.0,
            participant_id: row.participant_id.0,
            graduate: CountedGraduateOut { id: row.graduate_id.0, display_name: row.name, district: row.district_code },
            batch: CountedBatchOut { id: row.batch_id.0, name: row.batch_name },
            day_number: row.day_number,
            due_on: row.due_on,
            state: row.state,
            overdue_days: view.overdue_days,
            attempts: view.attempts.into_iter().map(AttemptOut::from).collect(),
            done_at: row.done_at,
        }
    }
}

/// What asking brought.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttemptIn {
    reached: bool,
    note: Option<String>,
}

/// Whom to ask how it went, by the day it is due.
#[utoipa::path(tag = "follow-ups", params(FollowUpQuery), responses((status = 200, body = ListOut<FollowUpOut>), Problems))]
#[get("/follow-ups")]
async fn list_follow_ups(granted: Granted<ReadFollowUps>, Params(query): Params<FollowUpQuery>) -> Answer {
    let due = match query.due.as_deref() {
        None | Some("") => Due::Waiting,
        Some("overdue") => Due::Overdue,
        Some("today") => Due::Today,
        Some("all") => Due::All,
        Some(_) => return Err(AppError::field("/due", Refusal::CodeUnknown { allowed: "overdue, today, all".to_owned() }).into()),
    };
    let limit = limit_of(query.limit)?;
    let after = query.cursor.as_deref().map(|cursor| key_of(&granted.app, cursor)).transpose()?;
    granted.app.plan_missing_follow_ups(&granted.actor).await?;
    let (tasks, more) = granted.look().follow_ups(due, after, limit).await?;
    let next_cursor = tasks.last().filter(|_| more).map(|task| cursor_after(&granted.app, task));
    found(&ListOut { items: tasks.into_iter().map(FollowUpOut::from).collect(), next_cursor })
}

/// Make the tasks of a class whose results are in.
#[utoipa::path(tag = "follow-ups", params(("id" = Uuid, Path)), responses((status = 201, body = ListOut<FollowUpOut>), Problems))]
#[post("/batches/{id}/follow-ups")]
async fn plan_follow_ups(granted: Granted<WorkFollowUps>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted
        .write(StatusCode::CREATED, &[], async |work| {
            let items = work.plan_follow_ups(id).await?.into_iter().map(FollowUpOut::from).collect();
            Ok(ListOut { items, next_cursor: None })
        })
        .await
}

/// Note an attempt to reach somebody.
#[utoipa::path(tag = "follow-ups", params(("id" = Uuid, Path)), request_body = AttemptIn,
    responses((status = 200, body = FollowUpOut), Problems))]
#[post("/follow-ups/{id}/attempt")]
async fn attempt_follow_up(granted: Granted<WorkFollowUps>, id: web::Path<Uuid>, body: Body<AttemptIn>) -> Answer {
    let AttemptIn { reached, note } = body.value;
    let (id, new) = (id.into_inner().into(), NewAttempt { reached, note });
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(FollowUpOut::from(work.attempt_follow_up(id, &new).await?))).await
}

/// The day and task a cursor stands after.
fn key_of(app: &App, cursor: &str) -> Result<(NaiveDate, RowId), Problem> {
    let key = app.open_cursor(cursor);
    let (day, id) = key.as_deref().and_then(|key| key.split_at_checked(10)).ok_or(Refusal::CursorUnreadable)?;
    let day = std::str::from_utf8(day).ok().and_then(|day| day.parse().ok());
    let id = Uuid::from_slice(id).ok();
    Ok(day.zip(id.map(RowId)).ok_or(Refusal::CursorUnreadable)?)
}

fn cursor_after(app: &App, task: &TaskView) -> String {
    app.seal_cursor(&[task.row.due_on.to_string().as_bytes(), task.row.id.0.as_bytes()].concat())
}
