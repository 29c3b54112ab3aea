//! What every table can do: find one row within a scope, insert, update, insert many.

use sea_orm::sea_query::LockType;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::store::error::StoreError;
use crate::store::scope::{Scope, Scoped};

/// How rows are locked before they change: keys never do, so rows that refer to them can still be written meanwhile.
///
/// With `FOR UPDATE` two transactions that each write an offer of one vacancy and then lock it would wait for each other.
pub const ROW_LOCK: LockType = LockType::NoKeyUpdate;
/// How many rows one INSERT carries: below the bind limit of SQLite (32,766) for the widest table.
const CHUNK: usize = 500;

/// One row by id, if it lies within the scope.
pub async fn find<E: Scoped>(db: &impl ConnectionTrait, scope: &Scope, id: impl Into<Uuid>) -> Result<Option<E::Model>, StoreError> {
    Ok(E::find().filter(E::within(scope)).filter(E::has_id(id.into())).one(db).await?)
}

/// One row by id within the scope, locked until the transaction ends (SQLite holds the whole file already).
pub async fn find_locked<E: Scoped>(db: &impl ConnectionTrait, scope: &Scope, id: impl Into<Uuid>) -> Result<Option<E::Model>, StoreError> {
    Ok(E::find().filter(E::within(scope)).filter(E::has_id(id.into())).lock(ROW_LOCK).one(db).await?)
}

/// Writes a new row.
pub async fn insert<M>(db: &impl ConnectionTrait, row: M) -> Result<(), StoreError>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelBehavior + Send,
{
    <M::Entity as EntityTrait>::insert(row.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Writes a new row unless a unique index refuses it; whether it was written. The transaction goes on either way.
///
/// A row that another transaction is writing is waited for, so that a look-up after `false` finds it.
pub async fn insert_once<M>(db: &impl ConnectionTrait, row: M) -> Result<bool, StoreError>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelBehavior + Send,
{
    let insert = <M::Entity as EntityTrait>::insert(row.into_active_model().reset_all());
    let written = insert.on_conflict(OnConflict::new().do_nothing().to_owned()).exec_without_returning(db).await?;
    Ok(written > 0)
}

/// Writes many new rows, a few hundred a statement.
pub async fn insert_many<M>(db: &impl ConnectionTrait, rows: Vec<M>) -> Result<(), StoreError>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelBehavior + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(CHUNK).map(|row| row.into_active_model().reset_all()).collect();
        <M::Entity as EntityTrait>::insert_many(chunk).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Overwrites a row found by its primary key.
pub async fn update<M>(db: &impl ConnectionTrait, row: M) -> Result<(), StoreError>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelBehavior + Send,
{
    let done = <M::Entity as EntityTrait>::update(row.into_active_model().reset_all()).exec_without_returning(db).await?;
    if done.rows_affected == 0 {
        return Err(StoreError::Other("the row to update is gone".to_owned()));
    }
    Ok(())
}
