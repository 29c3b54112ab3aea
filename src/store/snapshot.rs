//! The file in which a snapshot of the match index lies between two starts, with the feed position it had reached.
//!
//! The file is a copy of what the database holds, without names, and may be deleted at any time: the next start then reads every row.
//! What is in it is believed only if it belongs to this database (epoch), is whole, and the feed still holds everything since.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::store::entity::change_log;
use crate::store::error::StoreError;
use crate::store::feed::Position;

/// The header: epoch, transaction, row, second of writing, and a check of these four.
const HEADER: usize = 40;
/// An older file is not read: the feed forgets after 30 days, and following a week costs more than reading anew.
const OLDEST: Duration = Duration::days(7);

/// A snapshot with where in the feed it was made.
#[derive(Debug)]
pub struct Kept {
    /// The feed's epoch.
    pub epoch: i64,
    /// The newest change it is sure to hold.
    pub position: Position,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What the engine made of the index.
    pub body: Vec<u8>,
}

impl Kept {
    /// Whether it may stand for the database: its epoch, young enough, and the feed holds the change it stopped at.
    pub async fn fits(&self, db: &impl ConnectionTrait, epoch: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
        if self.epoch != epoch || now - self.at > OLDEST || self.at > now + Duration::hours(1) {
            return Ok(false);
        }
        let Position { xid, seq } = self.position;
        let same = change_log::Entity::find().filter(change_log::Column::Xid.eq(xid)).filter(change_log::Column::Seq.eq(seq));
        Ok(same.count(db).await? == 1)
    }
}

/// What the file holds, if it can be read and its header is whole; anything else is as good as no file.
#[must_use]
pub fn read(file: &Path) -> Option<Kept> {
    let mut body = std::fs::read(file).ok()?;
    let header: [u8; HEADER] = body.first_chunk().copied()?;
    let (words, _) = header.as_chunks::<8>();
    let [epoch, xid, seq, second, check] = words else { return None };
    let number = |word: &[u8; 8]| i64::from_le_bytes(*word);
    if number(check) != check_of([number(epoch), number(xid), number(seq), number(second)]) {
        return None;
    }
    let at = DateTime::from_timestamp(number(second), 0)?;
    body.drain(..HEADER);
    Some(Kept { epoch: number(epoch), position: Position { xid: number(xid), seq: number(seq) }, at, body })
}

/// Puts a snapshot in the file's place; a reader sees the old file or the new one, never a part.
pub fn write(file: &Path, kept: &Kept) -> std::io::Result<()> {
    let words = [kept.epoch, kept.position.xid, kept.position.seq, kept.at.timestamp()];
    let mut bytes = Vec::with_capacity(HEADER + kept.body.len());
    for word in words.iter().chain([&check_of(words)]) {
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    bytes.extend_from_slice(&kept.body);
    let beside: PathBuf = file.with_extension(format!("{}.part", std::process::id()));
    std::fs::write(&beside, &bytes)?;
    std::fs::rename(&beside, file)
}

/// Removes the file, where there is one.
pub fn remove(file: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A number over the header, for accidents.
fn check_of(words: [i64; 4]) -> i64 {
    words.iter().fold(0x5e7a_9000, |sum: i64, word| (sum ^ word).wrapping_mul(0x1000_0000_01b3).rotate_left(17))
}
