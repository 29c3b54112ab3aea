//! Follow-up tasks: one for each person who passed and each day on which the office asks how it went.

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, IntoActiveModel, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, Select,
};

use crate::engine::id::{BatchId, GraduateId, OfficeId, ParticipantId, PersonId, RowId};
use crate::engine::kinds::{ParticipantStatus, TrainingResult};
use crate::store::entity::{batch, follow_up, graduate, participant, person};
use crate::store::error::StoreError;
use crate::store::page::Page;
use crate::store::scope::{Scope, Scoped};

/// Somebody who passed and is to be asked.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Passed {
    /// The place in the class.
    pub participant_id: ParticipantId,
    /// Who.
    pub graduate_id: GraduateId,
    /// The human being.
    pub person_id: PersonId,
    /// Whose.
    pub office_id: OfficeId,
    /// The day of the result.
    pub result_on: Option<NaiveDate>,
    /// The last day of the class.
    pub ends_on: NaiveDate,
}

/// A task with the names beside it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct TaskRow {
    /// The task.
    pub id: RowId,
    /// The place in the class.
    pub participant_id: ParticipantId,
    /// Who is to be asked.
    pub graduate_id: GraduateId,
    /// The name; empty once erased.
    pub name: String,
    /// District code of residence.
    pub district_code: Option<String>,
    /// The class.
    pub batch_id: BatchId,
    /// The class's name.
    pub batch_name: String,
    /// Days after day 0.
    pub day_number: i32,
    /// The day on which to ask.
    pub due_on: NaiveDate,
    /// `open` or `done`.
    pub state: String,
    /// Who tried when.
    pub attempts: sea_orm::JsonValue,
    /// When an answer came.
    pub done_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// Which tasks of a list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Only tasks that no answer came for.
    pub open: bool,
    /// Only tasks due on or after this day.
    pub from: Option<NaiveDate>,
    /// Only tasks due on or before this day.
    pub until: Option<NaiveDate>,
    /// Only tasks of this class.
    pub batch: Option<BatchId>,
}

/// People within a scope who passed and have no task yet, of one class or of all.
pub async fn unplanned(db: &impl ConnectionTrait, scope: &Scope, of: Option<BatchId>) -> Result<Vec<Passed>, StoreError> {
    let mut planned = Query::select();
    planned.column(follow_up::Column::ParticipantId).from(follow_up::Entity);
    let query = passed(scope, of).filter(participant::Column::Id.not_in_subquery(planned));
    Ok(query.into_model::<Passed>().all(db).await?)
}

/// People of one class within a scope who passed.
pub async fn passed_of(db: &impl ConnectionTrait, scope: &Scope, of: BatchId) -> Result<Vec<Passed>, StoreError> {
    Ok(passed(scope, Some(of)).into_model::<Passed>().all(db).await?)
}

fn passed(scope: &Scope, of: Option<BatchId>) -> Select<participant::Entity> {
    participant::Entity::find()
        .select_only()
        .column_as(participant::Column::Id, "participant_id")
        .columns([participant::Column::GraduateId, participant::Column::OfficeId, participant::Column::ResultOn])
        .column(batch::Column::EndsOn)
        .column(graduate::Column::PersonId)
        .join(JoinType::InnerJoin, to_batch())
        .join(JoinType::InnerJoin, to_graduate())
        .filter(participant::Entity::within(scope))
        .filter(to_be_asked())
        .filter(Condition::all().add_option(of.map(|id| participant::Column::BatchId.eq(id))))
}

/// Whoever was entered by mistake, left, was erased or was merged into another record is not asked.
fn to_be_asked() -> Condition {
    let mut merged = Query::select();
    merged.column(person::Column::Id).from(person::Entity).and_where(person::Column::MergedInto.is_not_null());
    let taking_part = [ParticipantStatus::Enrolled, ParticipantStatus::Completed];
    Condition::all()
        .add(participant::Column::Result.eq(TrainingResult::Passed))
        .add(participant::Column::Status.is_in(taking_part))
        .add(graduate::Column::Name.ne(""))
        .add(graduate::Column::PersonId.not_in_subquery(merged))
}

/// Writes tasks; one that is there for the same place and day stays as it is.
pub async fn put(db: &impl ConnectionTrait, tasks: Vec<follow_up::Model>) -> Result<(), StoreError> {
    let conflict = OnConflict::columns([follow_up::Column::ParticipantId, follow_up::Column::DayNumber]).do_nothing().to_owned();
    let mut tasks = tasks.into_iter().peekable();
    while tasks.peek().is_some() {
        let chunk: Vec<_> = tasks.by_ref().take(500).map(|row| row.into_active_model().reset_all()).collect();
        follow_up::Entity::insert_many(chunk).on_conflict(conflict.clone()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The tasks about a graduate, who was found within a scope.
pub async fn of_graduate(db: &impl ConnectionTrait, graduate: GraduateId) -> Result<Vec<follow_up::Model>, StoreError> {
    let query = follow_up::Entity::find().filter(follow_up::Column::GraduateId.eq(graduate));
    Ok(query.order_by_asc(follow_up::Column::DueOn).order_by_asc(follow_up::Column::Id).all(db).await?)
}

/// The tasks about some places in classes, which were found within a scope.
pub async fn of_places(db: &impl ConnectionTrait, places: &[ParticipantId]) -> Result<Vec<follow_up::Model>, StoreError> {
    Ok(follow_up::Entity::find().filter(follow_up::Column::ParticipantId.is_in(places.iter().copied())).all(db).await?)
}

/// One task within a scope, with the names beside it.
pub async fn named(db: &impl ConnectionTrait, scope: &Scope, task: RowId) -> Result<Option<TaskRow>, StoreError> {
    Ok(task_rows(scope).filter(follow_up::Column::Id.eq(task)).into_model::<TaskRow>().one(db).await?)
}

/// Tasks within a scope about people who are still to be asked, by the day they are due.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    wanted: Wanted,
    after: Option<(NaiveDate, RowId)>,
    limit: u64,
) -> Result<Page<TaskRow>, StoreError> {
    let beyond = |(due, id): (NaiveDate, RowId)| {
        let same_day = follow_up::Column::DueOn.eq(due).and(follow_up::Column::Id.gt(id));
        follow_up::Column::DueOn.gt(due).or(same_day)
    };
    let condition = Condition::all()
        .add(to_be_asked())
        .add_option(wanted.open.then(|| follow_up::Column::State.eq("open")))
        .add_option(wanted.from.map(|day| follow_up::Column::DueOn.gte(day)))
        .add_option(wanted.until.map(|day| follow_up::Column::DueOn.lte(day)))
        .add_option(wanted.batch.map(|id| participant::Column::BatchId.eq(id)))
        .add_option(after.map(beyond));
    let query = task_rows(scope).filter(condition).order_by_asc(follow_up::Column::DueOn).order_by_asc(follow_up::Column::Id);
    let mut rows = query.limit(limit + 1).into_model::<TaskRow>().all(db).await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    Ok(Page { rows, more })
}

fn task_rows(scope: &Scope) -> Select<follow_up::Entity> {
    let to_participant: RelationDef =
        follow_up::Entity::belongs_to(participant::Entity).from(follow_up::Column::ParticipantId).to(participant::Column::Id).into();
    follow_up::Entity::find()
        .select_only()
        .columns([follow_up::Column::Id, follow_up::Column::ParticipantId, follow_up::Column::GraduateId])
        .columns([follow_up::Column::DayNumber, follow_up::Column::DueOn, follow_up::Column::State])
        .columns([follow_up::Column::Attempts, follow_up::Column::DoneAt])
        .columns([graduate::Column::Name, graduate::Column::DistrictCode])
        .column(participant::Column::BatchId)
        .column_as(batch::Column::Name, "batch_name")
        .join(JoinType::InnerJoin, to_participant)
        .join(JoinType::InnerJoin, to_batch())
        .join(JoinType::InnerJoin, to_graduate())
        .filter(follow_up::Entity::within(scope))
}

fn to_graduate() -> RelationDef {
    participant::Entity::belongs_to(graduate::Entity).from(participant::Column::GraduateId).to(graduate::Column::Id).into()
}

fn to_batch() -> RelationDef {
    participant::Entity::belongs_to(batch::Entity).from(participant::Column::BatchId).to(batch::Column::Id).into()
}
