//! The nearest known word of a misspelt one.
//!
//! Edits are counted with transpositions (optimal string alignment): one in words of five to seven letters, two in longer ones. A shorter
//! word has no typo (`las` is not `kas`), and neither has a word that Indonesian knows (`keras` is not `kemas`).

use crate::engine::text;

/// A known word with the letters it holds, for a quick first look.
#[derive(Debug, Clone)]
struct Known {
    word: String,
    /// Its consonants, as people write in a hurry: `mesin` -> `msn`.
    skeleton: String,
    letters: u32,
    chars: usize,
}

/// The words of a catalogue.
#[derive(Debug, Clone, Default)]
pub(super) struct Spelling {
    known: Vec<Known>,
}

impl Spelling {
    /// Takes the words in a fixed order, so that answers don't depend on a map's.
    pub(super) fn new(words: impl Iterator<Item = String>) -> Self {
        let mut known: Vec<Known> = words
            .filter(|word| word.len() >= 4 && word.bytes().any(|b| b.is_ascii_alphabetic()))
            .map(|word| Known { letters: letters(&word), chars: word.chars().count(), skeleton: skeleton(&word), word })
            .collect();
        known.sort_by(|left, right| left.word.cmp(&right.word));
        Self { known }
    }

    /// Known words of the same consonants, if the typed word has hardly any vowel: `srvyr` is `surveyor`.
    fn unvowelled(&self, typed: &str) -> Vec<(&str, f32)> {
        let consonants = skeleton(typed);
        if consonants.len() < 3 || consonants.len() + 1 < typed.len() {
            return Vec::new();
        }
        self.known.iter().filter(|known| known.skeleton == consonants).take(3).map(|known| (known.word.as_str(), 0.8)).collect()
    }

    /// Known words within reach, nearest first, at most three, with a weight below one.
    pub(super) fn near(&self, typed: &str) -> Vec<(&str, f32)> {
        let length = typed.chars().count();
        let reach = match length {
            0..=4 => return self.unvowelled(typed),
            _ if text::is_known_root(typed) => return Vec::new(),
            5..=7 => 1,
            8..=40 => 2,
            _ => return Vec::new(),
        };
        let mask = letters(typed);
        let mut near: Vec<(usize, &str)> = self
            .known
            .iter()
            .filter(|known| {
                known.chars.abs_diff(length) <= reach && (known.letters ^ mask).count_ones() <= 2 * u32::try_from(reach).unwrap_or(2)
            })
            .map(|known| (strsim::osa_distance(&known.word, typed), known.word.as_str()))
            .filter(|(edits, _)| *edits <= reach)
            .collect();
        if near.is_empty() {
            return self.unvowelled(typed);
        }
        near.sort_unstable();
        near.into_iter().take(3).map(|(edits, word)| (word, if edits <= 1 { 0.85 } else { 0.6 })).collect()
    }
}

fn skeleton(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')).collect()
}

fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |mask, letter| mask | 1 << (letter - b'a'))
}
