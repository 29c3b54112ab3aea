//! What is kept in memory and follows the feed: the match index and the knowledge.
//!
//! Readers hold a snapshot and never wait; a writer publishes a new one. A change is applied by reading its current
//! row, so applying it twice, late or out of order does no harm.

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use rustc_hash::FxHashSet;

use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::knowledge::Knowledge;
use crate::engine::id::GraduateId;
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::index::Index;
use crate::engine::matching::row;
use crate::store::database::Database;
use crate::store::entity::match_row;
use crate::store::error::StoreError;
use crate::store::feed::{self, Change, Position};
use crate::store::matching;

/// How many changes one step of following reads.
const STEP: u64 = 2_000;

/// What of the knowledge changed; the later takes in the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Taught {
    Nothing,
    /// What a text means to an office.
    Meanings,
    /// Units, links, schemes, regions or wages.
    Catalogue,
}

impl Taught {
    fn by<'a>(entities: impl Iterator<Item = &'a str>) -> Self {
        let one = |entity| match entity {
            "catalogue" => Self::Catalogue,
            "confirmation" => Self::Meanings,
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
}

impl Live {
    /// Reads everything that is kept in memory.
    pub(in crate::app) async fn load(database: &Database) -> Result<Self, AppError> {
        let position = feed::newest(database.reader()).await?;
        let knowledge = Knowledge::load(database.reader()).await?;
        let mut candidates = Vec::new();
        let mut after = None;
        loop {
            let rows = matching::page_after(database.reader(), after).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.graduate_id);
            for row in &rows {
                candidates.push(unpacked(row)?);
            }
        }
        Ok(Self {
            index: ArcSwap::from_pointee(Index::build(candidates.into_iter())),
            knowledge: ArcSwap::from_pointee(knowledge),
            position: Mutex::new(position),
            publishing: tokio::sync::Mutex::new(()),
        })
    }
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
            let candidates = rows.iter().map(unpacked).collect::<Result<Vec<_>, _>>()?;
            let next = self.live.index.load().with_changes(candidates, &gone);
            self.live.index.store(Arc::new(next));
        }
        Ok(())
    }
}

fn unpacked(row: &match_row::Model) -> Result<Candidate, AppError> {
    row::unpack(&row.packed).map_err(|damage| StoreError::Damaged(format!("match row of {}: {damage}", row.graduate_id)).into())
}
