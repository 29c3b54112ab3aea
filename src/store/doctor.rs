//! Sums that must agree, asked of the database itself.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};
use uuid::Uuid;

use crate::store::database::Database;
use crate::store::error::StoreError;

/// One row whose two sums disagree.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Disagreement {
    /// Which row.
    pub id: Uuid,
    /// What the row says.
    pub stored: i64,
    /// What its parts add up to.
    pub counted: i64,
}

/// Vacancies whose `filled` is not the number of placements that hold a seat.
pub async fn seats(database: &Database) -> Result<Vec<Disagreement>, StoreError> {
    let sql = "SELECT v.id AS id, CAST(v.filled AS bigint) AS stored, (SELECT COUNT(*) FROM placement p WHERE p.vacancy_id = v.id \
               AND p.state IN ('planned', 'started', 'ended')) AS counted FROM vacancy v \
               WHERE v.filled <> (SELECT COUNT(*) FROM placement p WHERE p.vacancy_id = v.id AND p.state IN ('planned', 'started', 'ended'))";
    ask(database, sql).await
}

/// Vacancies with more seats taken than there are.
pub async fn overfull(database: &Database) -> Result<Vec<Disagreement>, StoreError> {
    ask(database, "SELECT id, CAST(positions AS bigint) AS stored, CAST(filled AS bigint) AS counted FROM vacancy WHERE filled > positions")
        .await
}

/// People whose committed hours are not those of their engagements.
pub async fn hours(database: &Database) -> Result<Vec<Disagreement>, StoreError> {
    let engaged =
        "COALESCE((SELECT SUM(p.hours_per_week) FROM placement p WHERE p.person_id = q.id AND p.state IN ('planned', 'started')), 0)";
    let sql = format!(
        "SELECT q.id AS id, CAST(q.committed_hours AS bigint) AS stored, CAST({engaged} AS bigint) AS counted FROM person q \
         WHERE q.committed_hours <> {engaged}"
    );
    ask(database, &sql).await
}

async fn ask(database: &Database, sql: &str) -> Result<Vec<Disagreement>, StoreError> {
    let backend = if database.is_postgres() { DbBackend::Postgres } else { DbBackend::Sqlite };
    Ok(Disagreement::find_by_statement(Statement::from_string(backend, sql)).all(database.reader()).await?)
}

/// Writes a consistent copy of an embedded database to a file that does not exist yet, while others go on working.
pub async fn copy_to(database: &Database, file: &std::path::Path) -> Result<(), StoreError> {
    let name = file.display().to_string().replace('\'', "''");
    database.reader().execute_unprepared(&format!("VACUUM INTO '{name}'")).await?;
    Ok(())
}
