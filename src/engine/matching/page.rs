//! One page of a match list, and the cursor that leads to the next.
//!
//! A cursor is a position in the order, not a row number: people who come or go meanwhile make nobody else appear twice
//! or be skipped.

use crate::engine::id::GraduateId;
use crate::engine::matching::score::Score;
use std::cmp::Ordering;

/// One graduate of a match list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Who.
    pub graduate: GraduateId,
    /// The score and what it is made of; `None` where no line can be assessed or the graduate objects to being ranked.
    pub score: Option<Score>,
    /// Straight-line metres to the work, where both places are known.
    pub metres: Option<u32>,
}

/// Part of a match list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Whether any line of the vacancy can be assessed; if not, nobody has a score.
    pub assessable: bool,
    /// The graduates, best first.
    pub items: Vec<Ranked>,
    /// Length of the whole list, not of this page.
    pub count: usize,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// The position of the last graduate of a page: score, metres and id, as the order reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The score in hundredths; in a list that cannot be scored the nearness of the occupation; `None` stands after all.
    pub score: Option<u32>,
    /// The metres; `None` stands after all.
    pub metres: Option<u32>,
    /// Days late at the start, in a list that cannot be scored; `None`, unknown, stands after all. `Some(0)` elsewhere.
    pub wait_days: Option<u32>,
    /// The id.
    pub graduate: GraduateId,
}

impl Cursor {
    /// Reads what `Display` wrote; anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let mut number = || -> Option<Option<u32>> {
            let part = parts.next()?;
            if part == "n" { Some(None) } else { part.parse().ok().filter(|number| *number != u32::MAX).map(Some) }
        };
        let (score, metres, wait_days) = (number()?, number()?, number()?);
        let graduate = GraduateId::parse(parts.next()?)?;
        parts.next().is_none().then_some(Self { score, metres, wait_days, graduate })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for number in [self.score, self.metres, self.wait_days] {
            match number {
                Some(number) => write!(formatter, "{number}.")?,
                None => formatter.write_str("n.")?,
            }
        }
        write!(formatter, "{}", self.graduate)
    }
}

/// The order of a list: score falling, metres rising, days late rising, id rising; what is unknown stands last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    score: std::cmp::Reverse<Option<u32>>,
    metres: u32,
    wait_days: u32,
    pub(super) graduate: GraduateId,
}

impl Key {
    /// The place of somebody with a score, or with a nearness of occupation where nothing is scored.
    pub(super) fn new(score: u32, metres: Option<u32>, wait_days: u32, graduate: GraduateId) -> Self {
        Self { score: std::cmp::Reverse(Some(score)), metres: metres.unwrap_or(u32::MAX), wait_days, graduate }
    }

    /// Whether everybody whose score compares so with this place's, and who lives so far off or farther, stands behind it.
    pub(super) fn is_before(&self, score: Ordering, least_metres: u32) -> bool {
        self.score.0.is_some() && (score == Ordering::Less || (score == Ordering::Equal && self.metres < least_metres))
    }

    /// The score of this place; nothing behind all scores.
    pub(super) fn score(&self) -> u32 {
        self.score.0.unwrap_or(0)
    }

    /// Whether this is the place of somebody who is ranked.
    pub(super) fn is_ranked(&self) -> bool {
        self.score.0.is_some()
    }

    /// The metres, where they are known.
    pub(super) fn metres(&self) -> Option<u32> {
        (self.metres != u32::MAX).then_some(self.metres)
    }

    /// The place of somebody who is not to be ranked: after the others, by id alone.
    pub(super) fn unranked(graduate: GraduateId) -> Self {
        Self { score: std::cmp::Reverse(None), metres: u32::MAX, wait_days: 0, graduate }
    }
}

impl From<Cursor> for Key {
    fn from(cursor: Cursor) -> Self {
        Self {
            score: std::cmp::Reverse(cursor.score),
            metres: cursor.metres.unwrap_or(u32::MAX),
            wait_days: cursor.wait_days.unwrap_or(u32::MAX),
            graduate: cursor.graduate,
        }
    }
}

impl From<Key> for Cursor {
    fn from(key: Key) -> Self {
        let known = |number: u32| (number != u32::MAX).then_some(number);
        Self { score: key.score.0, metres: known(key.metres), wait_days: known(key.wait_days), graduate: key.graduate }
    }
}
