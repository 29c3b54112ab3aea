//! One clause as the readers of `marks`, `pay` and `days` look at it: words by place, and what stands between them.

use std::ops::Range;

use super::words::{Word, gap, number};

/// A clause of an advert.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    text: &'a str,
    words: &'a [Word],
}

impl<'a> Line<'a> {
    /// The words of one clause, in their text.
    pub(super) const fn new(text: &'a str, words: &'a [Word]) -> Self {
        Self { text, words }
    }

    /// How many words.
    pub(super) const fn len(self) -> usize {
        self.words.len()
    }

    /// The word at a place, in one spelling; empty beyond the ends.
    pub(super) fn said(self, place: usize) -> &'a str {
        self.words.get(place).map_or("", |word| word.said.as_str())
    }

    /// The word some steps before a place.
    pub(super) fn before(self, place: usize, steps: usize) -> &'a str {
        place.checked_sub(steps).map_or("", |place| self.said(place))
    }

    /// The plain number at a place.
    pub(super) fn number(self, place: usize) -> Option<u32> {
        number(self.said(place))
    }

    /// What stands between a word and the one before it.
    pub(super) fn gap(self, place: usize) -> &'a str {
        let ends = place.checked_sub(1).and_then(|before| self.words.get(before)).zip(self.words.get(place));
        ends.map_or("", |(before, word)| gap(self.text, before.at.end, word.at.start))
    }

    /// Whether one of some words stands in a stretch before a place.
    pub(super) fn has_before(self, place: usize, steps: usize, list: &[&str]) -> bool {
        (1..=steps).any(|step| list.contains(&self.before(place, step)))
    }

    /// Whether the word at a place is written with a capital letter.
    pub(super) fn is_capital(self, place: usize) -> bool {
        self.written(place..place + 1).starts_with(char::is_uppercase)
    }

    /// The places of the text from the first to the last of some words.
    pub(super) fn span(self, words: Range<usize>) -> Range<usize> {
        let ends = self.words.get(words.start).zip(words.end.checked_sub(1).and_then(|last| self.words.get(last)));
        ends.map_or(0..0, |(first, last)| first.at.start..last.at.end)
    }

    /// Some words as they were written.
    pub(super) fn written(self, words: Range<usize>) -> &'a str {
        self.text.get(self.span(words)).unwrap_or_default()
    }

    /// How many words from a place on are of a list.
    pub(super) fn run(self, place: usize, list: &[&str]) -> usize {
        (place..self.len()).take_while(|at| list.contains(&self.said(*at))).count()
    }

    /// Whether a word joins two numbers to a range, or a dash does: the place of the second number.
    pub(super) fn range_to(self, place: usize) -> Option<usize> {
        const TO: &[&str] = &["s/d", "sd", "sampai", "to", "dan", "dengan"];
        if TO.contains(&self.said(place)) {
            return Some(place + 1 + usize::from(self.said(place + 1) == "dengan"));
        }
        self.gap(place).contains(['-', '–', '—', '~']).then_some(place)
    }
}
