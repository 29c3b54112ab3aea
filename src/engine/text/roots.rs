//! The roots the stemmer checks its cuts against: our own list of everyday Indonesian and words of the trades.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

static ROOTS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| include_str!("../../../data/roots.txt").split_whitespace().collect());

/// Whether a word is a known root.
pub(super) fn is_root(word: &str) -> bool {
    ROOTS.contains(word)
}
