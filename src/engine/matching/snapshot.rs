//! An index as bytes: written now and then, so that a start need not read everybody's row.
//!
//! A snapshot says nothing about the database it was made from; whoever keeps it keeps the feed's position beside it.

use crate::engine::matching::index::Index;
use crate::engine::matching::segment::Segment;

/// How a snapshot begins; the last character counts the layouts.
const MARK: [u8; 8] = *b"SERAPIX1";

/// Why a snapshot cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotDamage {
    /// Not a snapshot, or one of another layout.
    #[error("not a snapshot of this layout")]
    Layout,
    /// The bytes end early.
    #[error("the snapshot ends early")]
    Short,
    /// A byte differs from what was written.
    #[error("the snapshot was changed or only half written")]
    Digest,
    /// A field holds what it cannot hold.
    #[error("{0} cannot be read")]
    Field(&'static str),
}

impl Index {
    /// The index as bytes.
    #[must_use]
    pub fn to_snapshot(&self) -> Vec<u8> {
        let body = self.whole().to_bytes();
        let mut out = Vec::with_capacity(body.len() + 24);
        out.extend_from_slice(&MARK);
        out.extend_from_slice(&self.checksum().to_le_bytes());
        out.extend_from_slice(&digest(&body).to_le_bytes());
        out.extend_from_slice(&body);
        out
    }

    /// The index that bytes of [`Index::to_snapshot`] hold.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, SnapshotDamage> {
        let (mark, rest) = bytes.split_first_chunk::<8>().ok_or(SnapshotDamage::Layout)?;
        if *mark != MARK {
            return Err(SnapshotDamage::Layout);
        }
        let (checksum, rest) = rest.split_first_chunk().ok_or(SnapshotDamage::Short)?;
        let (written, body) = rest.split_first_chunk().ok_or(SnapshotDamage::Short)?;
        if digest(body) != u64::from_le_bytes(*written) {
            return Err(SnapshotDamage::Digest);
        }
        Ok(Self::of(Segment::from_bytes(body)?, u64::from_le_bytes(*checksum)))
    }
}

/// A number over bytes, four lanes side by side; for accidents, not against forgery.
fn digest(bytes: &[u8]) -> u64 {
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut lanes = [0x9e37_79b9_7f4a_7c15_u64, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0x2d35_8dcc_aa6c_78a5];
    for block in blocks {
        let (words, _) = block.as_chunks::<8>();
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = (*lane ^ u64::from_le_bytes(*word)).wrapping_mul(0x9fb2_1c65_1e98_df25).rotate_left(29);
        }
    }
    let start = lanes.iter().fold(u64::try_from(bytes.len()).unwrap_or(u64::MAX), |sum, lane| mixed(sum ^ lane));
    rest.iter().fold(start, |sum, byte| mixed(sum ^ u64::from(*byte)))
}

fn mixed(sum: u64) -> u64 {
    let sum = (sum ^ (sum >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    sum ^ (sum >> 27)
}
