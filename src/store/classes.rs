//! Programmes, batches and the places in them.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel as _, QueryFilter, QueryOrder};

use crate::engine::id::{BatchId, GraduateId, ParticipantId, ProgrammeId};
use crate::engine::kinds::ParticipantStatus;
use crate::store::entity::{attendance, batch, participant, programme, programme_unit, unit_result};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::rows;
use crate::store::scope::{Scope, Scoped};

/// Programmes within a scope.
pub async fn programmes(db: &impl ConnectionTrait, scope: &Scope, slice: Slice) -> Result<Page<programme::Model>, StoreError> {
    page(db, programme::Entity::find().filter(programme::Entity::within(scope)), programme::Column::Id, slice).await
}

/// Programmes by id, found through their batches.
pub async fn programmes_of(db: &impl ConnectionTrait, ids: &[ProgrammeId]) -> Result<Vec<programme::Model>, StoreError> {
    Ok(programme::Entity::find().filter(programme::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// Units of some programmes, each programme's in its own order.
pub async fn programme_units(db: &impl ConnectionTrait, programmes: &[ProgrammeId]) -> Result<Vec<programme_unit::Model>, StoreError> {
    let query = programme_unit::Entity::find().filter(programme_unit::Column::ProgrammeId.is_in(programmes.iter().copied()));
    Ok(query.order_by_asc(programme_unit::Column::ProgrammeId).order_by_asc(programme_unit::Column::Position).all(db).await?)
}

/// Replaces the units of a programme.
pub async fn put_programme_units(
    db: &impl ConnectionTrait,
    programme: ProgrammeId,
    units: Vec<programme_unit::Model>,
) -> Result<(), StoreError> {
    programme_unit::Entity::delete_many().filter(programme_unit::Column::ProgrammeId.eq(programme)).exec(db).await?;
    rows::insert_many(db, units).await
}

/// Batches within a scope, of one programme or all, open, closed or both.
pub async fn batches(
    db: &impl ConnectionTrait,
    scope: &Scope,
    programme: Option<ProgrammeId>,
    closed: Option<bool>,
    slice: Slice,
) -> Result<Page<batch::Model>, StoreError> {
    let mut query = batch::Entity::find().filter(batch::Entity::within(scope));
    if let Some(programme) = programme {
        query = query.filter(batch::Column::ProgrammeId.eq(programme));
    }
    if let Some(closed) = closed {
        query = query.filter(if closed { batch::Column::ClosedAt.is_not_null() } else { batch::Column::ClosedAt.is_null() });
    }
    page(db, query, batch::Column::Id, slice).await
}

/// Places in some batches, in order of entry; those entered by mistake are left out.
pub async fn participants(db: &impl ConnectionTrait, batches: &[BatchId]) -> Result<Vec<participant::Model>, StoreError> {
    let query = participant::Entity::find()
        .filter(participant::Column::BatchId.is_in(batches.iter().copied()))
        .filter(participant::Column::Status.ne(ParticipantStatus::Removed));
    Ok(query.order_by_asc(participant::Column::Id).all(db).await?)
}

/// One person's place in a batch, whatever became of it.
pub async fn place_of(db: &impl ConnectionTrait, batch: BatchId, graduate: GraduateId) -> Result<Option<participant::Model>, StoreError> {
    let query = participant::Entity::find().filter(participant::Column::BatchId.eq(batch));
    Ok(query.filter(participant::Column::GraduateId.eq(graduate)).one(db).await?)
}

/// Moves everybody on a reserve list who stands behind a rank one rank up.
pub async fn close_ranks(db: &impl ConnectionTrait, batch: BatchId, left: i32) -> Result<(), StoreError> {
    let behind = participant::Column::BatchId
        .eq(batch)
        .and(participant::Column::Status.eq(ParticipantStatus::Reserve))
        .and(participant::Column::ReserveRank.gt(left));
    let up = Expr::col(participant::Column::ReserveRank).sub(1);
    participant::Entity::update_many().col_expr(participant::Column::ReserveRank, up).filter(behind).exec(db).await?;
    Ok(())
}

/// Attendance of some participants.
pub async fn attendance(db: &impl ConnectionTrait, participants: &[ParticipantId]) -> Result<Vec<attendance::Model>, StoreError> {
    let query = attendance::Entity::find().filter(attendance::Column::ParticipantId.is_in(participants.iter().copied()));
    Ok(query.order_by_asc(attendance::Column::HeldOn).all(db).await?)
}

/// Writes marks, overwriting earlier ones of the same day.
pub async fn put_attendance(db: &impl ConnectionTrait, marks: Vec<attendance::Model>) -> Result<(), StoreError> {
    if marks.is_empty() {
        return Ok(());
    }
    let kept = [attendance::Column::Mark, attendance::Column::RecordedBy, attendance::Column::RecordedAt];
    let conflict = OnConflict::columns([attendance::Column::ParticipantId, attendance::Column::HeldOn]).update_columns(kept).to_owned();
    let marks = marks.into_iter().map(|row| row.into_active_model().reset_all());
    attendance::Entity::insert_many(marks).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}

/// Results of single units of some participants.
pub async fn unit_results(db: &impl ConnectionTrait, participants: &[ParticipantId]) -> Result<Vec<unit_result::Model>, StoreError> {
    let query = unit_result::Entity::find().filter(unit_result::Column::ParticipantId.is_in(participants.iter().copied()));
    Ok(query.order_by_asc(unit_result::Column::Code).all(db).await?)
}

/// Writes results of single units, overwriting earlier ones of the same unit.
pub async fn put_unit_results(db: &impl ConnectionTrait, results: Vec<unit_result::Model>) -> Result<(), StoreError> {
    if results.is_empty() {
        return Ok(());
    }
    let kept = [unit_result::Column::Result, unit_result::Column::RecordedAt];
    let conflict = OnConflict::columns([unit_result::Column::ParticipantId, unit_result::Column::Code]).update_columns(kept).to_owned();
    let results = results.into_iter().map(|row| row.into_active_model().reset_all());
    unit_result::Entity::insert_many(results).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}
