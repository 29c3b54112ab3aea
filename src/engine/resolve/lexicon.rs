//! Trade words: phrases that mean a unit, and words that mean other words (`overlock` = `obras`, `welder` = `las`).
//!
//! The table is `data/lexicon.tsv`: phrase, target, source. A target is one or more unit codes joined with `|`, or `=words` for a rewrite.
//! It holds meanings alone; how sure a match is, `resolve` decides.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use crate::engine::catalogue::Alias;
use crate::engine::text::{self, stop};
use crate::engine::unit_code::UnitCode;

/// The longest phrase an alias may have, in roots.
const LONGEST: usize = 6;

/// A phrase and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As it is written in the table.
    pub phrase: String,
    /// The units; several make the phrase ambiguous.
    pub codes: Vec<UnitCode>,
}

/// Phrases by their roots.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    entries: FxHashMap<String, Entry>,
    /// By the first root of the phrase: its other roots and what it means, longest first.
    rewrites: Arc<FxHashMap<String, Vec<Rewrite>>>,
    /// The same for what phrases suggest.
    hints: Arc<FxHashMap<String, Vec<Rewrite>>>,
}

/// What follows the first root of a phrase, and the roots that the phrase means.
#[derive(Debug, Clone)]
struct Rewrite {
    rest: Vec<String>,
    words: Vec<String>,
}

/// An alias found in a question.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Where in the question it begins, in roots.
    pub place: usize,
    /// How many of the question's roots it covers.
    pub length: usize,
}

static STARTER: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("../../../data/lexicon.tsv")).with_hints(include_str!("../../../data/related.tsv")));

impl Lexicon {
    /// The trade words that ship in the binary.
    #[must_use]
    pub fn starter() -> Self {
        STARTER.clone()
    }

    /// Reads a table; lines without a phrase and a target that can be read are left out, as are comments (`#`).
    #[must_use]
    pub fn parse(table: &str) -> Self {
        let mut lexicon = Self::default();
        let mut rewrites: FxHashMap<String, Vec<Rewrite>> = FxHashMap::default();
        let lines = || table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        for (phrase, rest) in lines() {
            let target = rest.split('\t').next().unwrap_or(rest);
            if let Some(words) = target.strip_prefix('=') {
                let mut roots = text::terms(phrase).into_iter();
                let Some(first) = roots.next() else { continue };
                let rest: Vec<String> = roots.collect();
                let known: &mut Vec<Rewrite> = rewrites.entry(first).or_default();
                known.retain(|rewrite| rewrite.rest != rest);
                known.push(Rewrite { rest, words: text::terms(words) });
            }
        }
        rewrites.values_mut().for_each(|known| known.sort_by_key(|rewrite| std::cmp::Reverse(rewrite.rest.len())));
        lexicon.rewrites = Arc::new(rewrites);
        for (phrase, rest) in lines() {
            let target = rest.split('\t').next().unwrap_or(rest);
            let codes: Vec<UnitCode> = target.split('|').filter_map(UnitCode::parse).collect();
            if !codes.is_empty() && !target.starts_with('=') {
                lexicon.add(Entry { phrase: phrase.trim().to_owned(), codes });
            }
        }
        lexicon
    }

    /// Adds a table of phrases (parted by `|`) with the words that they suggest.
    #[must_use]
    pub fn with_hints(mut self, table: &str) -> Self {
        let mut hints: FxHashMap<String, Vec<Rewrite>> = FxHashMap::default();
        for (phrases, rest) in table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')) {
            let words = self.terms(rest.split('\t').next().unwrap_or(rest));
            for phrase in phrases.split('|') {
                let mut roots = self.terms(phrase).into_iter();
                let Some(first) = roots.next() else { continue };
                hints.entry(first).or_default().push(Rewrite { rest: roots.collect(), words: words.clone() });
            }
        }
        hints.values_mut().for_each(|known| known.sort_by_key(|hint| std::cmp::Reverse(hint.rest.len())));
        self.hints = Arc::new(hints);
        self
    }

    /// The roots of wider occupations and trades that phrases within a question suggest, with the root that does; the longest phrase at each
    /// place counts.
    pub(super) fn hints<'a>(&'a self, roots: &'a [String]) -> impl Iterator<Item = (&'a String, &'a String)> {
        (0..roots.len()).filter_map(|place| roots.get(place..).and_then(<[String]>::split_first)).flat_map(|(first, after)| {
            let known = self.hints.get(first).map(Vec::as_slice).unwrap_or_default();
            let longest = known.iter().find(|hint| after.starts_with(&hint.rest)).map_or(0, |hint| hint.rest.len() + 1);
            let fitting = known.iter().filter(move |hint| hint.rest.len() + 1 == longest && after.starts_with(&hint.rest));
            fitting.flat_map(move |hint| hint.words.iter().map(move |word| (first, word)))
        })
    }

    /// Adds what an office taught; it wins over the table.
    #[must_use]
    pub fn with_aliases<'a>(mut self, aliases: impl IntoIterator<Item = &'a Alias>) -> Self {
        for alias in aliases {
            self.add(Entry { phrase: alias.phrase.clone(), codes: vec![alias.code.clone()] });
        }
        self
    }

    /// How many phrases mean a unit.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no phrase does.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every phrase with its units.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// The roots of a text after rewriting: the longest known phrase at each place is replaced, once.
    #[must_use]
    pub fn terms(&self, text: &str) -> Vec<String> {
        self.rewritten(&text::terms(text))
    }

    /// The roots that a question is about: like [`Lexicon::terms`], without openers and fillers unless nothing else is there.
    #[must_use]
    pub fn question(&self, text: &str) -> Vec<String> {
        let tokens: Vec<String> = text::tokens(text).into_iter().filter(|token| !stop::is_stop(token)).collect();
        let content: Vec<String> = tokens.iter().filter(|token| !stop::is_filler(token)).cloned().collect();
        let kept = if content.is_empty() { tokens } else { content };
        self.rewritten(&kept.iter().map(|token| text::root(token)).collect::<Vec<_>>())
    }

    /// Every phrase of the table within a question, the longest at each place; phrases don't overlap.
    #[must_use]
    pub fn find(&self, question: &[String]) -> Vec<Found<'_>> {
        let mut found = Vec::new();
        let mut place = 0;
        while place < question.len() {
            let hit = windows(question, place).find_map(|(key, length)| self.entries.get(&key).map(|entry| Found { entry, place, length }));
            place += hit.map_or(1, |hit| hit.length);
            found.extend(hit);
        }
        found
    }

    fn add(&mut self, entry: Entry) {
        let key = self.question(&entry.phrase).join(" ");
        if !key.is_empty() {
            self.entries.insert(key, entry);
        }
    }

    /// Roots with the longest known phrase at each place replaced, once.
    pub(super) fn rewritten(&self, roots: &[String]) -> Vec<String> {
        let mut out = Vec::with_capacity(roots.len());
        let mut rest = roots;
        while let Some((first, after)) = rest.split_first() {
            let rewrite = self.rewrites.get(first).and_then(|known| known.iter().find(|rewrite| after.starts_with(&rewrite.rest)));
            match rewrite {
                Some(rewrite) => {
                    out.extend(rewrite.words.iter().cloned());
                    rest = after.get(rewrite.rest.len()..).unwrap_or_default();
                }
                None => {
                    out.push(first.clone());
                    rest = after;
                }
            }
        }
        out
    }
}

/// The phrases that begin at a place, longest first, with their lengths.
fn windows(roots: &[String], place: usize) -> impl Iterator<Item = (String, usize)> {
    let most = LONGEST.min(roots.len().saturating_sub(place));
    (1..=most).rev().filter_map(move |length| roots.get(place..place + length).map(|window| (window.join(" "), length)))
}
