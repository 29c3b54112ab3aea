//! What words are about: a table of word vectors, so that `tailor` comes near `penjahit` though they share no letters.
//!
//! `data/meaning.bin` was distilled when the data was made from two public sentence encoders, multilingual E5-small (MIT) and
//! all-MiniLM-L6-v2 (Apache-2.0): the sum of a title's word vectors comes close to what the encoders make of the whole title. No encoder
//! runs here; a text's meaning is that sum. `data/tools/meaning.py` makes the table again, `data/PROVENANCE.md` says of what. Alone it
//! ranks poorly: it knows no spelling and no word outside its table. Mix it with a likeness of letters.
//!
//! Everything is counted in whole numbers until one division at the end, so that every machine gives the same answer, whatever the order
//! of the words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::engine::text::{singular, stem};

/// The numbers in a vector.
pub const DIMENSIONS: usize = 96;

/// The first bytes of a table: its name and the version of its layout.
const MARK: [u8; 8] = *b"meaning1";
/// Mark, checksum, number of words, number of dimensions.
const HEADER: usize = 20;
/// The most words of a text that count; the sums could not overflow before some sixty thousand.
const LONGEST: usize = 400;

static SHIPPED: LazyLock<Table> = LazyLock::new(|| Table::read(include_bytes!("../../../data/meaning.bin")).unwrap_or_default());

/// Why bytes are no table of meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DamagedTable {
    /// The mark at the beginning is missing: another file, or another layout.
    #[error("not a table of meanings")]
    Unmarked,
    /// The checksum differs.
    #[error("the table of meanings is damaged")]
    Checksum,
    /// The parts do not add up, or the words are not in order.
    #[error("the table of meanings does not hold what it announces")]
    Layout,
}

/// The meaning of a text: a direction. Two texts are alike as far as their directions agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meaning {
    direction: [i8; DIMENSIONS],
    /// One over the length of `direction`.
    shortening: f32,
}

/// Words and their vectors.
#[derive(Debug, Clone, Default)]
pub struct Table {
    words: FxHashMap<&'static str, Vector>,
}

/// A word's vector: its numbers times its weight.
#[derive(Debug, Clone, Copy)]
struct Vector {
    numbers: &'static [u8; DIMENSIONS],
    weight: i32,
}

/// The meaning of a text from its words, folded as `tokens` gives them or as roots; `None` when no word is known.
#[must_use]
pub fn embed<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<Meaning> {
    SHIPPED.embed(words)
}

impl Meaning {
    /// How alike two meanings are: the cosine, from -1 to 1. Unrelated texts lie around 0.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        let dot: i32 = self.direction.iter().zip(&other.direction).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        narrow(f64::from(dot)) * self.shortening * other.shortening
    }

    fn of(sum: &[i32; DIMENSIONS]) -> Option<Self> {
        let largest = sum.iter().map(|part| part.abs()).max().filter(|largest| *largest > 0)?;
        let mut direction = [0_i8; DIMENSIONS];
        for (to, part) in direction.iter_mut().zip(sum) {
            // Rounded to the nearest; the quotient lies between -127 and 127.
            let scaled = (i64::from(*part) * 254 + i64::from(part.signum() * largest)) / (i64::from(largest) * 2);
            *to = i8::try_from(scaled).unwrap_or_default();
        }
        let squares: i32 = direction.iter().map(|part| i32::from(*part) * i32::from(*part)).sum();
        Some(Self { direction, shortening: narrow(1.0 / f64::from(squares).sqrt()) })
    }
}

impl Table {
    /// Reads and checks a table.
    ///
    /// # Errors
    /// When the bytes are not a whole table of this layout.
    pub fn read(bytes: &'static [u8]) -> Result<Self, DamagedTable> {
        let (header, body) = bytes.split_at_checked(HEADER).ok_or(DamagedTable::Unmarked)?;
        let marked = header.strip_prefix(&MARK).ok_or(DamagedTable::Unmarked)?;
        let (sum, sizes) = marked.split_first_chunk::<8>().ok_or(DamagedTable::Layout)?;
        if u64::from_le_bytes(*sum) != checksum(sizes, body) {
            return Err(DamagedTable::Checksum);
        }
        let &[a, b, c, d] = sizes else { return Err(DamagedTable::Layout) };
        let (count, dimensions) = (usize::from(u16::from_le_bytes([a, b])), usize::from(u16::from_le_bytes([c, d])));
        if dimensions != DIMENSIONS {
            return Err(DamagedTable::Layout);
        }
        let spelled = body.len().checked_sub(count * (DIMENSIONS + 1)).ok_or(DamagedTable::Layout)?;
        let (spelled, rest) = body.split_at_checked(spelled).ok_or(DamagedTable::Layout)?;
        let (weights, numbers) = rest.split_at_checked(count).ok_or(DamagedTable::Layout)?;
        let Ok(spelled) = std::str::from_utf8(spelled) else { return Err(DamagedTable::Layout) };
        let (numbers, _) = numbers.as_chunks::<DIMENSIONS>();
        let mut words = FxHashMap::with_capacity_and_hasher(count, rustc_hash::FxBuildHasher);
        let mut last = "";
        for ((word, weight), numbers) in spelled.lines().zip(weights).zip(numbers) {
            if word <= last {
                return Err(DamagedTable::Layout);
            }
            last = word;
            words.insert(word, Vector { numbers, weight: i32::from(*weight) });
        }
        if words.len() == count && spelled.lines().count() == count { Ok(Self { words }) } else { Err(DamagedTable::Layout) }
    }

    /// How many words the table knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether the table knows no word at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The meaning of a text from its words; `None` when no word is known.
    #[must_use]
    pub fn embed<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Option<Meaning> {
        let mut sum = [0_i32; DIMENSIONS];
        for vector in words.into_iter().take(LONGEST).filter_map(|word| self.vector(word)) {
            for (to, number) in sum.iter_mut().zip(vector.numbers) {
                *to += i32::from(number.cast_signed()) * vector.weight;
            }
        }
        Meaning::of(&sum)
    }

    /// The vector of a word as it is written, else of its singular, else of its root.
    fn vector(&self, word: &str) -> Option<Vector> {
        let known = |word: &str| self.words.get(word).copied();
        known(word).or_else(|| {
            let single = singular(word);
            known(&single).or_else(|| known(&stem(&single)))
        })
    }
}

/// FNV-1a over the sizes and all that follows: finds a damaged file, is no protection from a forged one.
fn checksum(sizes: &[u8], body: &[u8]) -> u64 {
    sizes.iter().chain(body).fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[expect(clippy::cast_possible_truncation, reason = "a likeness needs no more than an f32 holds")]
const fn narrow(value: f64) -> f32 {
    value as f32
}
