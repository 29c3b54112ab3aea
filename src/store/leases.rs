//! Leases: of many processes on one database one does the housekeeping, until its lease runs out.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};

use crate::store::entity::lease;
use crate::store::error::StoreError;

/// Takes a lease until a moment, if nobody holds it at `now`; `false` if somebody does.
pub async fn take(
    db: &impl ConnectionTrait,
    name: &str,
    holder: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let free = lease::Column::Name.eq(name).and(lease::Column::Until.lte(now));
    let renewed = lease::Entity::update_many()
        .col_expr(lease::Column::Holder, holder.into())
        .col_expr(lease::Column::Until, until.into())
        .filter(free)
        .exec(db)
        .await?;
    if renewed.rows_affected == 1 {
        return Ok(true);
    }
    let row = lease::ActiveModel { name: Set(name.to_owned()), holder: Set(holder.to_owned()), until: Set(until) };
    let conflict = OnConflict::column(lease::Column::Name).do_nothing().to_owned();
    let inserted = lease::Entity::insert(row).on_conflict(conflict).try_insert().exec_without_returning(db).await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1)))
}
