//! Offices, accounts and the failed sign-ins of each.

use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::store::entity::{account, login_attempt, office};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::scope::{Scope, Scoped};

/// The account with a login name.
pub async fn by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<account::Model>, StoreError> {
    Ok(account::Entity::find().filter(account::Column::Login.eq(login)).one(db).await?)
}

/// Accounts within a scope.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, slice: Slice) -> Result<Page<account::Model>, StoreError> {
    page(db, account::Entity::find().filter(account::Entity::within(scope)), account::Column::Id, slice).await
}

/// Offices within a scope, by name.
pub async fn offices(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<office::Model>, StoreError> {
    Ok(office::Entity::find().filter(office::Entity::within(scope)).order_by_asc(office::Column::Name).all(db).await?)
}

/// Failures counted under a key in the window that is open at `now`.
pub async fn failures(db: &impl ConnectionTrait, key: &str, now: DateTime<Utc>, window: Duration) -> Result<i32, StoreError> {
    let row = login_attempt::Entity::find_by_id(key.to_owned()).one(db).await?;
    Ok(row.filter(|row| row.window_started_at + window > now).map_or(0, |row| row.failures))
}

/// Counts one more failure under a key.
pub async fn count_failure(db: &impl ConnectionTrait, key: &str, now: DateTime<Utc>, window: Duration) -> Result<(), StoreError> {
    let row = login_attempt::Entity::find_by_id(key.to_owned()).one(db).await?;
    let (started, count) = match row.filter(|row| row.window_started_at + window > now) {
        Some(row) => (row.window_started_at, row.failures + 1),
        None => (now, 1),
    };
    let row = login_attempt::ActiveModel { key: Set(key.to_owned()), window_started_at: Set(started), failures: Set(count) };
    let conflict = OnConflict::column(login_attempt::Column::Key)
        .update_columns([login_attempt::Column::WindowStartedAt, login_attempt::Column::Failures])
        .to_owned();
    login_attempt::Entity::insert(row).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}

/// Forgets the failures under a key.
pub async fn forget_failures(db: &impl ConnectionTrait, key: &str) -> Result<(), StoreError> {
    login_attempt::Entity::delete_by_id(key.to_owned()).exec(db).await?;
    Ok(())
}
