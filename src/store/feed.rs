//! The change feed: what changed, in an order that never skips (DECISIONS 24).
//!
//! A row names an entity and nothing more; whoever follows reads the entity's current row, so applying a change
//! twice or late does no harm.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, Statement};
use uuid::Uuid;

use crate::engine::id::OfficeId;
use crate::store::entity::change_log;
use crate::store::error::StoreError;

/// One change, not yet written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The kind of thing.
    pub entity: &'static str,
    /// Which one.
    pub id: Uuid,
    /// Whose it is.
    pub office: Option<OfficeId>,
}

/// Where a follower stands: the transaction and row last applied (SQLite has no transaction ids: 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// The transaction.
    pub xid: i64,
    /// The row.
    pub seq: i64,
}

/// A change that was read from the feed.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Followed {
    /// The transaction it came from.
    pub xid: i64,
    /// Its row.
    pub seq: i64,
    /// The kind of thing.
    pub entity: String,
    /// Which one.
    pub entity_id: Uuid,
}

/// How many changes one statement carries.
const CHUNK: usize = 200;

/// Writes changes in the transaction that makes them.
pub async fn append(db: &impl ConnectionTrait, epoch: i64, now: DateTime<Utc>, changes: &[Change]) -> Result<(), StoreError> {
    let backend = db.get_database_backend();
    let xid = match backend {
        DbBackend::Postgres => "pg_current_xact_id()::text::bigint",
        _ => "0",
    };
    for chunk in changes.chunks(CHUNK) {
        let mut rows = Vec::with_capacity(chunk.len());
        let mut values = Vec::with_capacity(chunk.len() * 5);
        for change in chunk {
            let mark = |offset: usize| match backend {
                DbBackend::Postgres => format!("${}", rows.len() * 5 + offset),
                _ => "?".to_owned(),
            };
            rows.push(format!("({}, {xid}, {}, {}, {}, {})", mark(1), mark(2), mark(3), mark(4), mark(5)));
            values.extend([epoch.into(), now.into(), change.office.into(), change.entity.into(), change.id.into()]);
        }
        let sql = format!("INSERT INTO change_log (epoch, xid, at, office_id, entity, entity_id) VALUES {}", rows.join(", "));
        db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}

/// Changes after a position, oldest first, at most `limit`.
///
/// PostgreSQL rows are read only below the oldest transaction still running: a row that commits late can then
/// never lie behind a reader.
pub async fn after(db: &impl ConnectionTrait, position: Position, limit: u64) -> Result<Vec<Followed>, StoreError> {
    let backend = db.get_database_backend();
    let statement = match backend {
        DbBackend::Postgres => Statement::from_sql_and_values(
            backend,
            "SELECT xid, seq, entity, entity_id FROM change_log WHERE (xid, seq) > ($1, $2) \
             AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY xid, seq LIMIT $3",
            [position.xid.into(), position.seq.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()],
        ),
        _ => Statement::from_sql_and_values(
            backend,
            "SELECT xid, seq, entity, entity_id FROM change_log WHERE seq > ? ORDER BY seq LIMIT ?",
            [position.seq.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()],
        ),
    };
    Ok(Followed::find_by_statement(statement).all(db).await?)
}

/// The position of the newest change that a follower starting now may take as known.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Position, StoreError> {
    let backend = db.get_database_backend();
    let below = match backend {
        DbBackend::Postgres => "WHERE xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
        _ => "",
    };
    let sql = format!("SELECT xid, seq, entity, entity_id FROM change_log {below} ORDER BY xid DESC, seq DESC LIMIT 1");
    let newest = Followed::find_by_statement(Statement::from_string(backend, sql)).one(db).await?;
    Ok(newest.map_or_else(Position::default, |row| Position { xid: row.xid, seq: row.seq }))
}

/// Drops rows older than 30 days.
pub async fn prune(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = change_log::Entity::delete_many().filter(change_log::Column::At.lt(now - Duration::days(30))).exec(db).await?;
    Ok(done.rows_affected)
}
