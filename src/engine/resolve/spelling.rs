//! The known words that a misspelt one may be.
//!
//! Edits are counted with transpositions. The careful way is for deciding what is meant: one edit in words of five to seven letters, two in
//! longer ones; a shorter word has no typo (`las` is not `kas`), and neither has a word that Indonesian knows (`keras` is not `kemas`).
//! The generous way is for ordering what is like a text, where a wrong guess costs a place in a list.

use rustc_hash::FxHashMap;

use crate::engine::resolve::edits::Pattern;
use crate::engine::resolve::index::{Id, place};
use crate::engine::text;

/// The longest word read as a misspelt one, in bytes.
const LONGEST: usize = 40;
/// How many stand-ins a word gets.
const CAREFUL: usize = 3;
const GENEROUS: usize = 5;

/// A known word in place of a typed one, with a weight below one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StandIn {
    pub(super) word: Id,
    pub(super) trust: f32,
}

/// The words of a catalogue, as they are written there.
#[derive(Debug, Clone, Default)]
pub(super) struct Spelling {
    /// By length in bytes, then by letters, so that answers don't depend on a map's order.
    words: Vec<String>,
    ids: FxHashMap<String, Id>,
    /// Which letters each word holds, for a quick first look.
    letters: Vec<u32>,
    /// Where the words of each length end.
    ends: Vec<usize>,
    /// Words by their consonants, as people write in a hurry: `mesin` -> `msn`.
    skeletons: FxHashMap<String, Vec<Id>>,
}

impl Spelling {
    pub(super) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut words: Vec<String> = words.into_iter().collect();
        words.sort_unstable_by(|left, right| left.len().cmp(&right.len()).then_with(|| left.cmp(right)));
        words.dedup();
        let mut skeletons: FxHashMap<String, Vec<Id>> = FxHashMap::default();
        for (id, word) in (0..).zip(&words) {
            if word.len() >= 4 {
                skeletons.entry(skeleton(word)).or_default().push(id);
            }
        }
        let ends = (0..=LONGEST + 4).map(|length| words.partition_point(|word| word.len() <= length)).collect();
        let letters = words.iter().map(|word| letters(word)).collect();
        let ids = (0..).zip(&words).map(|(id, word)| (word.clone(), id)).collect();
        Self { words, ids, letters, ends, skeletons }
    }

    /// The number of a word that is known as it is typed.
    pub(super) fn id(&self, word: &str) -> Option<Id> {
        self.ids.get(word).copied()
    }

    /// The words in the order of their numbers.
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// The few known words that a typed one surely is, nearest first.
    pub(super) fn near(&self, typed: &str) -> Vec<StandIn> {
        let reach = match typed.len() {
            0..=4 => return self.unvowelled(typed, CAREFUL),
            _ if text::is_known_root(typed) => return Vec::new(),
            5..=7 => 1,
            8..=LONGEST => 2,
            _ => return Vec::new(),
        };
        let near = self.within(typed, reach).into_iter().filter(|(_, word)| self.word(*word).len() >= 4);
        let near: Vec<StandIn> =
            near.take(CAREFUL).map(|(edits, word)| StandIn { word, trust: if edits <= 1 { 0.85 } else { 0.6 } }).collect();
        if near.is_empty() { self.unvowelled(typed, CAREFUL) } else { near }
    }

    /// Every known word that a typed one may be, likeliest first.
    pub(super) fn likely(&self, typed: &str) -> Vec<StandIn> {
        let reach = match typed.len() {
            0..=2 => return Vec::new(),
            3..=4 => 1,
            5..=7 => 2,
            8..=LONGEST => 3,
            _ => return Vec::new(),
        };
        let mut likely = self.unvowelled(typed, GENEROUS);
        for (edits, word) in self.within(typed, reach) {
            let longer = fraction(typed.len().max(self.word(word).len()));
            let trust = (1.0 - fraction(edits) / longer).powi(2);
            if !likely.iter().any(|known| known.word == word) {
                likely.push(StandIn { word, trust });
            }
        }
        likely.sort_by(|left, right| right.trust.total_cmp(&left.trust).then_with(|| left.word.cmp(&right.word)));
        likely.truncate(GENEROUS);
        likely
    }

    /// Known words of the same consonants, if the typed word has hardly any vowel: `srvyr` is `surveyor`.
    fn unvowelled(&self, typed: &str, most: usize) -> Vec<StandIn> {
        let consonants = skeleton(typed);
        if consonants.len() < 3 || consonants.len() + 1 < typed.len() {
            return Vec::new();
        }
        let same = self.skeletons.get(&consonants).map(Vec::as_slice).unwrap_or_default();
        same.iter().take(most).map(|word| StandIn { word: *word, trust: 0.8 }).collect()
    }

    /// Known words within so many edits, nearest first.
    fn within(&self, typed: &str, reach: usize) -> Vec<(usize, Id)> {
        let pattern = Pattern::new(typed);
        let mask = letters(typed);
        let most = u32::try_from(2 * reach).unwrap_or(u32::MAX);
        let start = typed.len().checked_sub(reach + 1).and_then(|shorter| self.ends.get(shorter).copied()).unwrap_or(0);
        let end = self.ends.get(typed.len() + reach).copied().unwrap_or(self.words.len());
        let alike = self.letters.get(start..end).unwrap_or_default().iter().zip(start..);
        let mut within: Vec<(usize, Id)> = alike
            .filter(|(letters, _)| (*letters ^ mask).count_ones() <= most)
            .filter_map(|(_, at)| Id::try_from(at).ok())
            .filter_map(|word| pattern.edits(self.word(word)).map(|edits| (edits, word)))
            .filter(|(edits, _)| *edits <= reach)
            .collect();
        within.sort_unstable();
        within
    }

    fn word(&self, id: Id) -> &str {
        self.words.get(place(id)).map(String::as_str).unwrap_or_default()
    }
}

fn fraction(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

fn skeleton(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')).collect()
}

fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |mask, letter| mask | 1 << (letter - b'a'))
}
