//! Everything the first release stores. The SQL beside this file is the text of the schema for both databases.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

const SCHEMA: &str = include_str!("foundation.sql");

/// Each word of the schema that differs between databases: word, SQLite, PostgreSQL.
const TYPES: [(&str, &str, &str); 6] = [
    ("ID", "uuid_text", "uuid"),
    ("INSTANT", "timestamp_with_timezone_text", "timestamptz"),
    ("DAY", "date_text", "date"),
    ("BYTES", "blob", "bytea"),
    ("JSON", "json_text", "jsonb"),
    ("SERIAL", "integer PRIMARY KEY AUTOINCREMENT", "bigserial PRIMARY KEY"),
];

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let backend = connection.get_database_backend();
        for statement in SCHEMA.split(";\n") {
            let sql = spell(statement, backend);
            if !sql.trim().is_empty() {
                connection.execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// One statement with its comments gone and its types in the words of one database.
fn spell(statement: &str, backend: DatabaseBackend) -> String {
    let lines = statement.lines().filter(|line| !line.trim_start().starts_with("--"));
    let spelled = lines.map(|line| line.split(' ').map(|word| spell_word(word, backend)).collect::<Vec<_>>().join(" "));
    spelled.collect::<Vec<_>>().join("\n")
}

fn spell_word(word: &str, backend: DatabaseBackend) -> String {
    let bare = word.trim_end_matches(',');
    let tail = word.get(bare.len()..).unwrap_or_default();
    match TYPES.iter().find(|(name, _, _)| *name == bare) {
        Some((_, _, postgres)) if backend == DatabaseBackend::Postgres => format!("{postgres}{tail}"),
        Some((_, sqlite, _)) => format!("{sqlite}{tail}"),
        None => word.to_owned(),
    }
}
