//! Words out of free text, in Indonesian and English: folding, tokens, roots, stop words.
//!
//! Two writings of one thing must give the same terms (`jahit`, `menjahit`, `penjahit`, `jahitan`), and two things that merely contain
//! each other's letters must not (`las` in `kelas`). Nothing here knows a catalogue.

pub mod fold;
pub mod meaning;
mod roots;
pub mod stem;
pub mod stop;

pub use fold::{fold, text_key, tokens};
pub use stem::{singular, stem};

/// The root under which a word is indexed: English plural folded, Indonesian affixes taken off.
#[must_use]
pub fn root(word: &str) -> String {
    stem(&singular(word))
}

/// Whether a word is a root of everyday Indonesian or of the trades, so that it is no misspelling of another.
#[must_use]
pub fn is_known_root(word: &str) -> bool {
    roots::is_root(word)
}

/// The roots of the words that carry meaning, in the order written.
#[must_use]
pub fn terms(text: &str) -> Vec<String> {
    tokens(text).iter().filter(|token| !stop::is_stop(token)).map(|token| root(token)).collect()
}
