//! Who did what, and the message that each effect will cause.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::store::entity::{audit, idempotency, outbox, read_log};
use crate::store::error::StoreError;
use crate::store::rows;
use crate::store::scope::{Scope, Scoped};

/// Appends an audit row in the transaction it tells about.
pub async fn append(db: &impl ConnectionTrait, row: audit::Model) -> Result<(), StoreError> {
    rows::insert(db, row).await
}

/// The audit rows of one thing within a scope, newest first.
pub async fn of_entity(db: &impl ConnectionTrait, scope: &Scope, id: Uuid, limit: u64) -> Result<Vec<audit::Model>, StoreError> {
    let query = audit::Entity::find().filter(audit::Entity::within(scope)).filter(audit::Column::EntityId.eq(id));
    Ok(query.order_by_desc(audit::Column::At).limit(limit).all(db).await?)
}

/// Notes that somebody read a person's file.
pub async fn note_reading(db: &impl ConnectionTrait, row: read_log::Model) -> Result<(), StoreError> {
    rows::insert(db, row).await
}

/// Queues a message once: a second row with the same `dedupe_key` is dropped.
pub async fn queue(db: &impl ConnectionTrait, row: outbox::Model) -> Result<(), StoreError> {
    let conflict = OnConflict::column(outbox::Column::DedupeKey).do_nothing().to_owned();
    let row = sea_orm::ActiveModelTrait::reset_all(row.into_active_model());
    outbox::Entity::insert(row).on_conflict(conflict).try_insert().exec_without_returning(db).await?;
    Ok(())
}

/// Drops messages about a thing that have not left yet.
pub async fn unqueue(db: &impl ConnectionTrait, entity_id: Uuid, kinds: &[&str]) -> Result<(), StoreError> {
    let waiting = outbox::Column::EntityId.eq(entity_id).and(outbox::Column::State.eq("waiting"));
    outbox::Entity::delete_many().filter(waiting).filter(outbox::Column::Kind.is_in(kinds.iter().copied())).exec(db).await?;
    Ok(())
}

/// Messages of some kinds about a thing that have not left yet.
pub async fn waiting_about(db: &impl ConnectionTrait, entity_id: Uuid, kinds: &[&str]) -> Result<Vec<outbox::Model>, StoreError> {
    let waiting = outbox::Column::EntityId.eq(entity_id).and(outbox::Column::State.eq("waiting"));
    Ok(outbox::Entity::find().filter(waiting).filter(outbox::Column::Kind.is_in(kinds.iter().copied())).all(db).await?)
}

/// The stored answer to a keyed request.
pub async fn stored_answer(
    db: &impl ConnectionTrait,
    actor: &str,
    method: &str,
    path: &str,
    key: &str,
) -> Result<Option<idempotency::Model>, StoreError> {
    let query = idempotency::Entity::find()
        .filter(idempotency::Column::Actor.eq(actor))
        .filter(idempotency::Column::Method.eq(method))
        .filter(idempotency::Column::Path.eq(path))
        .filter(idempotency::Column::Key.eq(key));
    Ok(query.one(db).await?)
}

/// Drops stored answers older than a moment.
pub async fn prune_answers(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = idempotency::Entity::delete_many().filter(idempotency::Column::CreatedAt.lt(before)).exec(db).await?;
    Ok(done.rows_affected)
}
