//! One database, SQLite or PostgreSQL, and the only place that opens write transactions.
//!
//! SQLite writes begin IMMEDIATE behind a fair gate: a deferred one that reads before it writes fails with
//! `SQLITE_BUSY` at once. On PostgreSQL serialisation failures and deadlocks are tried again, three times.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ConnectOptions, DatabaseBackend, DatabaseConnection, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use sea_orm_migration::MigratorTrait;
use serap_migrations::Migrator;
use tokio::sync::Semaphore;

use crate::store::error::StoreError;

/// A write transaction.
pub type Tx = sea_orm::DatabaseTransaction;
/// A connection for reading.
pub type Reader = DatabaseConnection;

/// How often a transaction that lost to another is tried in all.
const ATTEMPTS: u32 = 4;
/// How long one write may wait for the gate or a lock before the caller is told to come back.
const PATIENCE: Duration = Duration::from_secs(20);

/// An error that may come from the store.
pub trait Fails {
    /// The store's part of it, if there is one.
    fn store(&self) -> Option<&StoreError>;
}

/// A database with its schema in place.
#[derive(Debug, Clone)]
pub struct Database {
    connection: DatabaseConnection,
    gate: Option<Arc<Semaphore>>,
}

impl Database {
    /// Opens the SQLite file in a data folder, or a `postgres://` (or `sqlite:`) URL, and brings its schema up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new(url);
        options.sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
        let embedded = url.starts_with("sqlite:");
        if embedded {
            options.max_connections(8).min_connections(1);
            options.map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .create_if_missing(true)
                    .foreign_keys(true)
                    .busy_timeout(PATIENCE)
                    .pragma("journal_mode", "WAL")
                    .pragma("synchronous", "FULL")
                    .pragma("temp_store", "memory")
                    .pragma("cache_size", "-32768")
            });
        } else {
            options.max_connections(16).min_connections(1);
        }
        let connection = sea_orm::Database::connect(options).await?;
        Migrator::up(&connection, None).await?;
        let gate = embedded.then(|| Arc::new(Semaphore::new(1)));
        Ok(Self { connection, gate })
    }

    /// The URL of the SQLite file in a data folder.
    #[must_use]
    pub fn url_in(folder: &Path) -> String {
        format!("sqlite:{}?mode=rwc", folder.join("serap.db").display())
    }

    /// For reading outside a transaction.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.connection
    }

    /// Whether this is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.connection.get_database_backend() == DatabaseBackend::Postgres
    }

    /// Runs one write transaction: all of it or nothing.
    ///
    /// `effect` may run more than once if another transaction got in the way, so it must keep its effects inside.
    pub async fn write<T, E>(&self, effect: impl AsyncFn(&Tx) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError> + Fails,
    {
        let mut attempt = 1;
        loop {
            let outcome = self.write_once(&effect).await;
            match &outcome {
                Err(error) if attempt < ATTEMPTS && matches!(error.store(), Some(StoreError::Contention)) => {
                    tokio::time::sleep(Duration::from_millis(u64::from(attempt) * 7)).await;
                    attempt += 1;
                }
                _ => return outcome,
            }
        }
    }

    async fn write_once<T, E>(&self, effect: &impl AsyncFn(&Tx) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let _permit = match &self.gate {
            Some(gate) => Some(
                tokio::time::timeout(PATIENCE, gate.acquire())
                    .await
                    .map_err(|_late| E::from(StoreError::Unavailable("too many writes are waiting".to_owned())))?,
            ),
            None => None,
        };
        let options = TransactionOptions {
            sqlite_transaction_mode: self.gate.is_some().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = self.connection.begin_with_options(options).await.map_err(StoreError::from)?;
        match effect(&tx).await {
            Ok(value) => {
                tx.commit().await.map_err(StoreError::from)?;
                Ok(value)
            }
            Err(error) => {
                // A failed roll-back leaves nothing behind either: the connection is dropped.
                tx.rollback().await.ok();
                Err(error)
            }
        }
    }

    /// Closes every connection.
    pub async fn close(&self) -> Result<(), StoreError> {
        Ok(self.connection.clone().close().await?)
    }

    /// Checks that the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.connection.ping().await?)
    }
}

/// Anything that runs statements: a transaction or a reader.
pub trait Connection: sea_orm::ConnectionTrait {}

impl<C: sea_orm::ConnectionTrait> Connection for C {}
