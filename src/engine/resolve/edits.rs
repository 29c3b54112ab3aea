//! How many edits lie between two writings, counted many letters at a time.
//!
//! Both ways keep a column of the table of partial answers in the bits of a word: edits with transpositions after Hyyrö (2003), the longest
//! common subsequence after Hyyrö (2004). They count bytes: a letter outside ASCII is two to four, which a likeness can live with.

/// What is compared of a long text, in bytes.
const LONGEST: usize = 256;
const WORD: usize = 64;
const BYTES: usize = 256;

/// A writing made ready to be compared with many others.
#[derive(Debug, Clone, Default)]
pub(super) struct Pattern {
    length: usize,
    /// For each run of 64 places of the pattern: where each byte stands.
    places: Vec<[u64; BYTES]>,
    columns: Vec<u64>,
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes().get(..text.len().min(LONGEST)).unwrap_or_default();
        let mut places = Vec::with_capacity(bytes.len().div_ceil(WORD));
        for run in bytes.chunks(WORD) {
            let mut standing = [0_u64; BYTES];
            for (place, byte) in run.iter().enumerate() {
                if let Some(bits) = standing.get_mut(usize::from(*byte)) {
                    *bits |= 1 << place;
                }
            }
            places.push(standing);
        }
        Self { length: bytes.len(), columns: vec![0; places.len()], places }
    }

    /// Likeness from 0 to 1: twice the longest common subsequence over both lengths.
    pub(super) fn likeness(&mut self, other: &str) -> f32 {
        let bytes = other.as_bytes().get(..other.len().min(LONGEST)).unwrap_or_default();
        let both = self.length + bytes.len();
        if both == 0 {
            return 0.0;
        }
        let common = match (self.places.as_slice(), self.columns.as_slice()) {
            ([places], _) => common_in_one(places, bytes),
            _ => self.common(bytes),
        };
        2.0 * small(common) / small(both)
    }

    fn common(&mut self, bytes: &[u8]) -> usize {
        self.columns.fill(u64::MAX);
        for byte in bytes {
            let mut carry = false;
            for (column, places) in self.columns.iter_mut().zip(&self.places) {
                let matched = *column & places.get(usize::from(*byte)).copied().unwrap_or(0);
                let (sum, first) = column.overflowing_add(matched);
                let (sum, second) = sum.overflowing_add(u64::from(carry));
                carry = first || second;
                *column = sum | (*column & !matched);
            }
        }
        let zeros: u32 = self.columns.iter().map(|column| column.count_zeros()).sum();
        usize::try_from(zeros).unwrap_or(0)
    }

    /// Edits with transpositions (optimal string alignment) to another writing, if the pattern fits one word.
    pub(super) fn edits(&self, other: &str) -> Option<usize> {
        let [places] = self.places.as_slice() else { return None };
        let last = 1_u64 << (self.length.min(WORD) - 1);
        let (mut more, mut fewer, mut diagonal, mut matched_before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let mut edits = self.length;
        for byte in other.bytes() {
            let matched = places.get(usize::from(byte)).copied().unwrap_or(0);
            let swapped = ((!diagonal & matched) << 1) & matched_before;
            diagonal = ((matched & more).wrapping_add(more) ^ more) | matched | fewer | swapped;
            let mut right_more = fewer | !(diagonal | more);
            let right_fewer = diagonal & more;
            edits += usize::from(right_more & last != 0);
            edits -= usize::from(right_fewer & last != 0);
            right_more = right_more << 1 | 1;
            more = right_fewer << 1 | !(diagonal | right_more);
            fewer = right_more & diagonal;
            matched_before = matched;
        }
        Some(edits)
    }
}

fn common_in_one(places: &[u64; BYTES], bytes: &[u8]) -> usize {
    let mut column = u64::MAX;
    for byte in bytes {
        let matched = column & places.get(usize::from(*byte)).copied().unwrap_or(0);
        column = column.wrapping_add(matched) | (column & !matched);
    }
    usize::try_from(column.count_zeros()).unwrap_or(0)
}

/// A small count as a fraction; exact up to 65,535.
fn small(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}
