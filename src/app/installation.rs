//! One installation: its database, its key, its clock, and what it keeps in memory.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::app::clock::Clock;
use crate::app::error::AppError;
use crate::app::imports::job::Progress;
use crate::app::live::{Live, Loading};
use crate::engine::id::ImportId;
use crate::seal::keyring::Keyring;
use crate::store::database::Database;
use crate::store::error::StoreError;
use crate::store::settings;

/// Where an installation lives.
#[derive(Debug, Clone)]
pub struct Place {
    /// `sqlite:…` or `postgres://…`.
    pub database_url: String,
    /// The key file.
    pub key_file: PathBuf,
    /// How links to this installation begin, `http://127.0.0.1:8080` for one.
    pub public_url: String,
    /// Where a snapshot of the match index lies between two starts; without one every start reads everybody's row.
    pub snapshot_file: Option<PathBuf>,
}

impl Place {
    /// The file of the embedded database; `None` for PostgreSQL.
    #[must_use]
    pub fn database_file(&self) -> Option<PathBuf> {
        let rest = self.database_url.strip_prefix("sqlite:")?;
        Some(PathBuf::from(rest.split('?').next().unwrap_or(rest)))
    }
}

/// Why an installation did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database did not open.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key file did not open.
    #[error(transparent)]
    Seal(#[from] crate::seal::keyring::SealError),
    /// The key file is another installation's.
    #[error("the key file holds key {found}, but this database was sealed with key {expected}; put the right key file in place")]
    ForeignKey {
        /// The key of the database.
        expected: String,
        /// The key of the file.
        found: String,
    },
    /// Something in the database was not understood while starting.
    #[error(transparent)]
    App(#[from] AppError),
}

/// One installation, shared by every request and every command.
#[derive(Debug, Clone)]
pub struct App(Arc<Installation>);

/// What an [`App`] holds.
#[derive(Debug)]
pub struct Installation {
    /// The database.
    pub(in crate::app) database: Database,
    /// The key.
    pub(in crate::app) keyring: Keyring,
    /// The clock.
    pub clock: Clock,
    /// How links begin.
    pub public_url: String,
    pub(in crate::app) live: Live,
    /// Imports that run in this process.
    pub(in crate::app) running_imports: Mutex<FxHashMap<ImportId, Arc<Progress>>>,
    epoch: AtomicI64,
}

impl std::ops::Deref for App {
    type Target = Installation;

    fn deref(&self) -> &Installation {
        &self.0
    }
}

impl App {
    /// Opens an installation: database, key, and everything kept in memory.
    pub async fn open(place: &Place, clock: Clock) -> Result<Self, OpenError> {
        Self::open_watched(place, clock, |_| {}).await
    }

    /// As [`App::open`], telling how many graduates have been read for the match index.
    pub async fn open_watched(place: &Place, clock: Clock, watch: impl Fn(Loading)) -> Result<Self, OpenError> {
        let database = Database::open(&place.database_url).await?;
        let keyring = Keyring::open_or_create(&place.key_file)?;
        match settings::get(database.reader(), "key_id").await? {
            None => settings::put(database.reader(), "key_id", keyring.id()).await?,
            Some(expected) if expected != keyring.id() => return Err(OpenError::ForeignKey { expected, found: keyring.id().to_owned() }),
            Some(_) => {}
        }
        let epoch = match settings::get(database.reader(), "epoch").await? {
            Some(text) => text.parse().unwrap_or(1),
            None => {
                settings::put(database.reader(), "epoch", "1").await?;
                1
            }
        };
        let live = Live::load(&database, place.snapshot_file.clone(), epoch, clock.now(), watch).await?;
        let installation = Installation {
            database,
            live,
            running_imports: Mutex::default(),
            keyring,
            clock,
            public_url: place.public_url.trim_end_matches('/').to_owned(),
            epoch: AtomicI64::new(epoch),
        };
        let app = Self(Arc::new(installation));
        app.catch_up().await?;
        Ok(app)
    }

    /// The feed's epoch; a restore or a move to another database raises it.
    #[must_use]
    pub fn epoch(&self) -> i64 {
        self.epoch.load(Ordering::SeqCst)
    }

    /// Raises the feed's epoch, so that followers know that what they saw may not be what is here.
    pub async fn raise_epoch(&self) -> Result<i64, AppError> {
        let next = self.epoch() + 1;
        settings::put(self.database.reader(), "epoch", &next.to_string()).await?;
        self.epoch.store(next, Ordering::SeqCst);
        Ok(next)
    }

    /// Closes the database.
    pub async fn close(&self) -> Result<(), AppError> {
        Ok(self.database.close().await?)
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> Result<(), AppError> {
        Ok(self.database.ping().await?)
    }
}
