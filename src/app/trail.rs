//! Who did what, who read whose file, and what changed: read, never written, here.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::app::actor::Who;
use crate::app::error::AppError;
use crate::app::paging::{Page, Slice};
use crate::app::work::Look;
use crate::engine::id::GraduateId;
use crate::store::entity::{audit, change_log, graduate};
use crate::store::feed::Position;
use crate::store::trail;
use crate::words::refusal::Refusal;

/// One line of the audit: ids and codes only.
pub type AuditRow = audit::Model;
/// One reading of a person's file.
pub type ReadingRow = trail::ReadingRow;
/// One change: which thing changed, and no more.
pub type ChangeRow = change_log::Model;

/// How long rows of the feed live (DECISIONS 24).
const FEED_LIVES: Duration = Duration::days(30);
/// How many bytes a place in the feed takes in a cursor.
const PLACE_BYTES: usize = 32;

/// Where somebody who follows the feed stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedPlace {
    epoch: i64,
    position: Position,
    /// When it was read, in milliseconds since 1970: a place older than the rows' life has lost some of them.
    read_at: i64,
}

impl FeedPlace {
    /// The bytes a cursor carries.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        [self.epoch, self.position.xid, self.position.seq, self.read_at].iter().flat_map(|number| number.to_be_bytes()).collect()
    }

    /// Reads [`Self::to_bytes`]; `None` if it is something else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != PLACE_BYTES {
            return None;
        }
        let (numbers, _) = bytes.as_chunks::<8>();
        let [epoch, xid, seq, read_at] = numbers else { return None };
        let number = |bytes: &[u8; 8]| i64::from_be_bytes(*bytes);
        Some(Self { epoch: number(epoch), position: Position { xid: number(xid), seq: number(seq) }, read_at: number(read_at) })
    }
}

impl Look<'_> {
    /// The audit of the actor's scope, newest first: of one thing, or of everything.
    pub async fn audit(&self, of: Option<Uuid>, slice: Slice) -> Result<Page<AuditRow>, AppError> {
        Ok(trail::audit_rows(self.db(), &self.scope(), of, slice).await?)
    }

    /// Who read a person's file, newest first. The person sees every reading, an office those of its own people.
    pub async fn readings(&self, graduate: GraduateId, slice: Slice) -> Result<Page<ReadingRow>, AppError> {
        let graduate = self.found::<graduate::Entity>(graduate).await?;
        let own_office = self.actor.office.filter(|_| self.actor.who != Who::Graduate);
        Ok(trail::readings(self.db(), graduate.person_id, own_office, slice).await?)
    }

    /// Changes after a place in the feed, oldest first, and the place to go on from.
    ///
    /// A place of an earlier epoch, or older than the rows live, is 410 `cursor_expired`: whoever holds it may have
    /// missed something and reads everything anew.
    pub async fn changes(&self, after: Option<FeedPlace>, limit: u64) -> Result<(Vec<ChangeRow>, FeedPlace), AppError> {
        let epoch = self.app.epoch();
        let start = FeedPlace { epoch, position: Position::default(), read_at: self.now.timestamp_millis() };
        let place = after.unwrap_or(start);
        let read_at = DateTime::<Utc>::from_timestamp_millis(place.read_at).unwrap_or_default();
        if place.epoch != epoch || read_at + FEED_LIVES < self.now {
            return Err(Refusal::CursorExpired.into());
        }
        let page = trail::changes(self.db(), epoch, place.position, self.actor.office, limit).await?;
        let position = page.rows.last().map_or(place.position, |row| Position { xid: row.xid, seq: row.seq });
        Ok((page.rows, FeedPlace { epoch, position, read_at: self.now.timestamp_millis() }))
    }
}
