//! How storing fails.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique index or a check refused the row; carries what the database named.
    #[error("a constraint refused the row: {0}")]
    Constraint(String),
    /// Another transaction got in the way; the same work may be tried again.
    #[error("another transaction got in the way")]
    Contention,
    /// The database cannot be reached, is full or is too busy.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// Stored data could not be understood.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// Anything else the database said.
    #[error("the database refused: {0}")]
    Other(String),
}

impl StoreError {
    /// Whether the constraint that refused bears this name (or names these columns, as SQLite says it).
    #[must_use]
    pub fn is_constraint(&self, names: &[&str]) -> bool {
        matches!(self, Self::Constraint(text) if names.iter().any(|name| text.contains(name)))
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(text) | SqlErr::ForeignKeyConstraintViolation(text)) = error.sql_err() {
            return Self::Constraint(text);
        }
        let text = error.to_string();
        let says = |needles: &[&str]| needles.iter().any(|needle| text.contains(needle));
        match &error {
            _ if says(&["CHECK constraint", "violates check constraint"]) => Self::Constraint(text),
            _ if says(&["40001", "40P01", "could not serialize", "deadlock detected", "database is locked", "(code: 517)"]) => {
                Self::Contention
            }
            _ if says(&["lock timeout", "database or disk is full", "disk I/O error"]) => Self::Unavailable(text),
            DbErr::Conn(_) | DbErr::ConnectionAcquire(_) | DbErr::Exec(RuntimeErr::Internal(_)) => Self::Unavailable(text),
            _ if says(&["error communicating with database", "connection", "pool timed out"]) => Self::Unavailable(text),
            DbErr::Type(_) | DbErr::Json(_) => Self::Damaged(text),
            _ => Self::Other(text),
        }
    }
}
