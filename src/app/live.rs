//! What is kept in memory and follows the feed: the match index and the knowledge.
//!
//! Readers hold a snapshot and never wait; a writer publishes a new one. A change is applied by reading its current
//! row, so applying it twice, late or out of order does no harm.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use rustc_hash::FxHashSet;

use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::knowledge::Knowledge;
use crate::engine::id::GraduateId;
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::index::{Index, IndexBuilder};
use crate::engine::matching::row::{self, KnownCodes};
use crate::store::database::Database;
use crate::store::entity::match_row;
use crate::store::error::StoreError;
use crate::store::feed::{self, Change, Position};
use crate::store::matching;
use crate::store::snapshot::{self, Kept};

/// How many changes one step of following reads.
const STEP: u64 = 2_000;

/// What of the knowledge changed; the later takes in the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Taught {
    Nothing,
    /// What a text means to an office, or the policy an office scores by.
    Meanings,
    /// Units, links, schemes, regions or wages.
    Catalogue,
}

impl Taught {
    fn by<'a>(entities: impl Iterator<Item = &'a str>) -> Self {
        let one = |entity| match entity {
            "catalogue" => Self::Catalogue,
            "confirmation" | "policy" => Self::Meanings,
            _ => Self::Nothing,
        };
        entities.map(one).max().unwrap_or(Self::Nothing)
    }
}

/// The live part of an installation.
#[derive(Debug)]
pub(in crate::app) struct Live {
    index: ArcSwap<Index>,
    knowledge: ArcSwap<Knowledge>,
    position: Mutex<Position>,
    /// One writer at a time, so that no snapshot is lost.
    publishing: tokio::sync::Mutex<()>,
    snapshot_file: Option<PathBuf>,
    /// The index's checksum when a snapshot was last written or read.
    kept: AtomicU64,
}

/// How far reading the match index has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loading {
    /// Graduates read.
    pub read: u64,
    /// Graduates there are.
    pub all: u64,
}

impl Live {
    /// Reads everything that is kept in memory.
    pub(in crate::app) async fn load(
        database: &Database,
        snapshot_file: Option<PathBuf>,
        epoch: i64,
        now: DateTime<Utc>,
        watch: impl Fn(Loading),
    ) -> Result<Self, AppError> {
        let knowledge = Knowledge::load(database.reader()).await?;
        let (index, position, kept) = match read_snapshot(database, snapshot_file.as_deref(), epoch, now).await? {
            Some((index, position)) => {
                let kept = index.checksum();
                (index, position, kept)
            }
            None => {
                let position = feed::newest(database.reader()).await?;
                (read_rows(database, watch).await?, position, 0)
            }
        };
        Ok(Self {
            index: ArcSwap::from_pointee(index),
            knowledge: ArcSwap::from_pointee(knowledge),
            position: Mutex::new(position),
            publishing: tokio::sync::Mutex::new(()),
            snapshot_file,
            kept: AtomicU64::new(kept),
        })
    }
}

/// The index of the snapshot file, if there is one that fits.
async fn read_snapshot(
    database: &Database,
    file: Option<&Path>,
    epoch: i64,
    now: DateTime<Utc>,
) -> Result<Option<(Index, Position)>, AppError> {
    let Some(kept) = file.and_then(snapshot::read) else { return Ok(None) };
    if !kept.fits(database.reader(), epoch, now).await? {
        return Ok(None);
    }
    match Index::from_snapshot(&kept.body) {
        Ok(index) => Ok(Some((index, kept.position))),
        Err(damage) => {
            tracing::warn!(%damage, "the snapshot of the match index is left aside; every row is read instead");
            Ok(None)
        }
    }
}

/// The index of everybody's packed row.
async fn read_rows(database: &Database, watch: impl Fn(Loading)) -> Result<Index, AppError> {
    let all = matching::count(database.reader()).await?;
    let (mut builder, mut codes) = (IndexBuilder::default(), KnownCodes::default());
    let (mut after, mut read) = (None, 0);
    loop {
        let rows = matching::page_after(database.reader(), after).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.graduate_id);
        read += u64::try_from(rows.len()).unwrap_or(0);
        for row in &rows {
            builder.push(&unpacked(&mut codes, row)?);
        }
        watch(Loading { read, all: all.max(read) });
    }
    Ok(builder.finish())
}

impl App {
    /// The match index as it is now.
    #[must_use]
    pub fn index(&self) -> Arc<Index> {
        self.live.index.load_full()
    }

    /// Units, regions and wages as they are now.
    #[must_use]
    pub fn knowledge(&self) -> Arc<Knowledge> {
        self.live.knowledge.load_full()
    }

    /// Brings what is kept in memory up to date with changes just committed by this process.
    pub(in crate::app) async fn applied(&self, changes: &[Change]) -> Result<(), AppError> {
        let graduates = changes.iter().filter(|change| change.entity == "graduate").map(|change| GraduateId(change.id)).collect();
        let taught = Taught::by(changes.iter().map(|change| change.entity));
        self.bring_up_to_date(graduates, taught).await
    }

    /// Follows what other processes wrote since the last call; answers how many changes there were.
    pub async fn follow(&self) -> Result<usize, AppError> {
        let position = *self.live.position.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = feed::after(self.database.reader(), position, STEP).await?;
        let Some(last) = rows.last() else { return Ok(0) };
        let reached = Position { xid: last.xid, seq: last.seq };
        let graduates = rows.iter().filter(|row| row.entity == "graduate").map(|row| GraduateId(row.entity_id)).collect();
        let taught = Taught::by(rows.iter().map(|row| row.entity.as_str()));
        self.bring_up_to_date(graduates, taught).await?;
        *self.live.position.lock().unwrap_or_else(PoisonError::into_inner) = reached;
        Ok(rows.len())
    }

    /// Follows until little is left, so that a start ends even while others go on writing.
    pub(in crate::app) async fn catch_up(&self) -> Result<(), AppError> {
        while u64::try_from(self.follow().await?).unwrap_or(0) == STEP {}
        Ok(())
    }

    /// The feed position this process has reached.
    #[must_use]
    pub fn position(&self) -> Position {
        *self.live.position.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn bring_up_to_date(&self, graduates: FxHashSet<GraduateId>, taught: Taught) -> Result<(), AppError> {
        if graduates.is_empty() && taught == Taught::Nothing {
            return Ok(());
        }
        let _publishing = self.live.publishing.lock().await;
        match taught {
            Taught::Nothing => {}
            Taught::Meanings => {
                let next = self.knowledge().reminded(self.database.reader()).await?;
                self.live.knowledge.store(Arc::new(next));
            }
            Taught::Catalogue => self.live.knowledge.store(Arc::new(Knowledge::load(self.database.reader()).await?)),
        }
        if !graduates.is_empty() {
            let wanted: Vec<GraduateId> = graduates.into_iter().collect();
            let rows = matching::rows_of(self.database.reader(), &wanted).await?;
            let present: FxHashSet<GraduateId> = rows.iter().map(|row| row.graduate_id).collect();
            let gone: Vec<GraduateId> = wanted.into_iter().filter(|id| !present.contains(id)).collect();
            let mut codes = KnownCodes::default();
            let candidates = rows.iter().map(|row| unpacked(&mut codes, row)).collect::<Result<Vec<_>, _>>()?;
            let next = self.live.index.load().with_changes(&candidates, &gone);
            self.live.index.store(Arc::new(next));
            if !gone.is_empty() || candidates.iter().any(|candidate| candidate.limited) {
                self.forget_snapshot();
            }
        }
        Ok(())
    }

    /// Writes a snapshot of the index, if it changed since the last; answers whether one was written.
    pub async fn keep_snapshot(&self) -> Result<bool, AppError> {
        let Some(file) = self.live.snapshot_file.clone() else { return Ok(false) };
        // The position first: the index may then hold more than it says, never less.
        let position = self.position();
        let index = self.index();
        if self.live.kept.load(Ordering::SeqCst) == index.checksum() {
            return Ok(false);
        }
        let (epoch, at, checksum) = (self.epoch(), self.clock.now(), index.checksum());
        let write = move || snapshot::write(&file, &Kept { epoch, position, at, body: index.to_snapshot() });
        let written = tokio::task::spawn_blocking(write).await.map_err(|error| AppError::Internal(error.to_string()))?;
        written.map_err(|error| AppError::Internal(format!("the snapshot of the match index was not written: {error}")))?;
        self.live.kept.store(checksum, Ordering::SeqCst);
        Ok(true)
    }

    /// Somebody left the index or was limited, perhaps by erasure: no file should keep what they were.
    fn forget_snapshot(&self) {
        self.live.kept.store(0, Ordering::SeqCst);
        if let Some(Err(error)) = self.live.snapshot_file.as_deref().map(snapshot::remove) {
            tracing::error!(%error, "the snapshot of the match index could not be removed");
        }
    }
}

fn unpacked(codes: &mut KnownCodes, row: &match_row::Model) -> Result<Candidate, AppError> {
    row::unpack_with(codes, &row.packed).map_err(|damage| StoreError::Damaged(format!("match row of {}: {damage}", row.graduate_id)).into())
}
