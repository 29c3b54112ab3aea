//! Offices, accounts and the failed sign-ins of each.

use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};

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

#[derive(Debug, FromQueryResult)]
struct Tries {
    failures: i32,
}

/// Counts one more try under a key and answers how many there are in the window that is open at `now`.
///
/// One statement counts and reads, so that tries sent side by side cannot all see the count before them.
pub async fn count_try(db: &impl ConnectionTrait, key: &str, now: DateTime<Utc>, window: Duration) -> Result<i32, StoreError> {
    let backend = db.get_database_backend();
    let [key_mark, now_mark, over_mark, over_again, now_again] = match backend {
        DbBackend::Postgres => ["$1", "$2", "$3", "$4", "$5"],
        _ => ["?", "?", "?", "?", "?"],
    };
    let sql = format!(
        "INSERT INTO login_attempt (key, window_started_at, failures) VALUES ({key_mark}, {now_mark}, 1) ON CONFLICT (key) DO UPDATE SET \
         failures = CASE WHEN login_attempt.window_started_at <= {over_mark} THEN 1 ELSE login_attempt.failures + 1 END, \
         window_started_at = CASE WHEN login_attempt.window_started_at <= {over_again} THEN {now_again} ELSE login_attempt.window_started_at END \
         RETURNING failures"
    );
    let over = now - window;
    let statement = Statement::from_sql_and_values(backend, sql, [key.into(), now.into(), over.into(), over.into(), now.into()]);
    let counted = Tries::find_by_statement(statement).one(db).await?;
    counted.map(|tries| tries.failures).ok_or_else(|| StoreError::Other("a counted try was not answered".to_owned()))
}

/// Takes one try under a key back: it succeeded.
pub async fn uncount_try(db: &impl ConnectionTrait, key: &str) -> Result<(), StoreError> {
    login_attempt::Entity::update_many()
        .col_expr(login_attempt::Column::Failures, Expr::col(login_attempt::Column::Failures).sub(1))
        .filter(login_attempt::Column::Key.eq(key))
        .filter(login_attempt::Column::Failures.gt(0))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets the failures under a key.
pub async fn forget_failures(db: &impl ConnectionTrait, key: &str) -> Result<(), StoreError> {
    login_attempt::Entity::delete_by_id(key.to_owned()).exec(db).await?;
    Ok(())
}
