//! Ranks the surfaces of a catalogue by likeness with a question: character trigrams and word roots, both TF-IDF, mixed.
//!
//! Trigrams survive typing mistakes and inflection, roots survive order and affixes; each alone is worse than both. Any catalogue will
//! do: a concept may have several surfaces, and its best one counts. It always ranks; whether the best is good enough is `resolve`'s to say.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::resolve::lexicon::Lexicon;
use crate::engine::resolve::spelling::Spelling;
use crate::engine::text;

/// The share of the trigrams in the mixed score; the roots have the rest.
const TRIGRAM_SHARE: f32 = 0.5;
/// How many rows are looked at more closely, letter by letter.
const SURVIVORS: usize = 60;
/// What the closer look may add; more where the question holds words that no row does, which are mostly typing mistakes.
const CLOSE_LOOK: f32 = 0.1;
const CLOSE_LOOK_AT_TYPOS: f32 = 0.35;
/// What all surfaces of a concept together may add: a question often takes one word from each.
const BAG: f32 = 0.3;
/// The longest question read, in characters: no requirement line is longer.
const LONGEST_QUESTION: usize = 400;

/// What a row has in common with a question; the parts run from 0 to 1, the score a little beyond.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The row's place in the catalogue.
    pub row: usize,
    /// Likeness of letters (cosine).
    pub letters: f32,
    /// Likeness of roots (cosine).
    pub roots: f32,
    /// How much of the question's roots, by weight, the row holds.
    pub covered: f32,
    /// The mixed score that orders hits.
    pub score: f32,
}

/// Rows of one catalogue, indexed.
#[derive(Debug, Clone)]
pub struct Ranker {
    lexicon: Lexicon,
    concepts: Vec<String>,
    /// How many surfaces each concept has.
    surfaces: Vec<u32>,
    rows: Vec<Row>,
    letters: Postings<u64>,
    roots: Postings<String>,
    bags: Postings<String>,
    spelling: Spelling,
}

#[derive(Debug, Clone)]
struct Row {
    concept: usize,
    folded: String,
}

impl Ranker {
    /// Indexes rows of (concept, surface), with the trade words of the binary.
    pub fn new<C: AsRef<str>, S: AsRef<str>>(rows: impl IntoIterator<Item = (C, S)>) -> Self {
        Self::with_lexicon(rows, Lexicon::starter())
    }

    /// Indexes rows with the trade words given.
    pub fn with_lexicon<C: AsRef<str>, S: AsRef<str>>(rows: impl IntoIterator<Item = (C, S)>, lexicon: Lexicon) -> Self {
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let (mut concepts, mut indexed) = (Vec::new(), Vec::new());
        let (mut letters, mut roots) = (Builder::default(), Builder::default());
        let mut bags = Builder::default();
        for (concept, surface) in rows {
            let concept = *places.entry(concept.as_ref().to_owned()).or_insert_with(|| {
                concepts.push(concept.as_ref().to_owned());
                concepts.len() - 1
            });
            let folded = text::fold(surface.as_ref());
            let terms = lexicon.terms(surface.as_ref());
            letters.add(trigrams(&folded));
            bags.add_to(concept, terms.clone());
            roots.add(terms);
            indexed.push(Row { concept, folded });
        }
        let mut surfaces = vec![0; concepts.len()];
        for row in &indexed {
            if let Some(many) = surfaces.get_mut(row.concept) {
                *many += 1;
            }
        }
        let roots = roots.build();
        let spelling = Spelling::new(roots.terms.keys().cloned());
        Self { lexicon, concepts, surfaces, rows: indexed, letters: letters.build(), roots, bags: bags.build(), spelling }
    }

    /// Concepts by likeness, best first, at most `top`; ties by concept.
    #[must_use]
    pub fn rank(&self, query: &str, top: usize) -> Vec<(&str, f32)> {
        let query: String = query.chars().take(LONGEST_QUESTION).collect();
        let hits = self.hits(&query, &self.lexicon.terms(&query), top.saturating_mul(4).max(SURVIVORS));
        let mut seen = FxHashSet::default();
        let mut ranked = Vec::with_capacity(top.min(hits.len()));
        for hit in hits {
            let Some(concept) = self.concept(hit.row) else { continue };
            if ranked.len() < top && seen.insert(concept) {
                ranked.push((concept, hit.score));
            }
        }
        ranked
    }

    /// The concept of a row.
    #[must_use]
    pub fn concept(&self, row: usize) -> Option<&str> {
        self.rows.get(row).and_then(|row| self.concepts.get(row.concept)).map(String::as_str)
    }

    /// How telling a root is in this catalogue; one that no row holds is as telling as can be.
    #[must_use]
    pub fn weight(&self, root: &str) -> f32 {
        self.roots.terms.get(root).map_or(self.roots.rarest, |posting| posting.idf)
    }

    /// Rows by likeness with a question, whose roots the caller has found, best first.
    #[must_use]
    pub fn hits(&self, query: &str, roots: &[String], most: usize) -> Vec<Hit> {
        let folded = text::fold(query);
        let letters = self.letters.ask(count(trigrams(&folded)), self.rows.len(), |_| Vec::new());
        let asked = count(roots.to_vec());
        let near = self.stand_ins(roots);
        let stand_ins = |typed: &String| near.get(typed).cloned().unwrap_or_default();
        let bags = self.bags.ask(asked.clone(), self.concepts.len(), stand_ins);
        let bag = |row: usize| {
            let concept =
                self.rows.get(row).map(|row| row.concept).filter(|concept| self.surfaces.get(*concept).is_some_and(|many| *many > 1))?;
            bags.get(concept).map(|share| share.cosine)
        };
        let known = self.roots.ask(asked, self.rows.len(), stand_ins);
        let mut hits: Vec<Hit> = letters
            .iter()
            .zip(&known)
            .enumerate()
            .filter(|(_, (letters, known))| letters.cosine > 0.05 || known.cosine > 0.0)
            .map(|(row, (letters, known))| {
                let own = TRIGRAM_SHARE * letters.cosine + (1.0 - TRIGRAM_SHARE) * known.cosine;
                let score = own + BAG * bag(row).unwrap_or(own);
                Hit { row, letters: letters.cosine, roots: known.cosine, covered: known.covered, score }
            })
            .collect();
        hits.sort_by(|left, right| self.order(left, right));
        hits.truncate(most);
        self.look_closely(&mut hits, &folded, roots);
        hits
    }

    /// Compares the first rows letter by letter with the question and orders anew.
    fn look_closely(&self, hits: &mut [Hit], folded: &str, roots: &[String]) {
        let look = if roots.iter().all(|root| self.roots.terms.contains_key(root)) { CLOSE_LOOK } else { CLOSE_LOOK_AT_TYPOS };
        for hit in hits.iter_mut().take(SURVIVORS) {
            let alike = self.rows.get(hit.row).map_or(0.0, |row| strsim::normalized_damerau_levenshtein(&row.folded, folded));
            hit.score += look * narrowed(alike);
        }
        hits.sort_by(|left, right| self.order(left, right));
    }

    /// What stands in for the roots that no row holds.
    fn stand_ins<'a>(&self, roots: &'a [String]) -> FxHashMap<&'a String, Vec<(String, f32)>> {
        let unknown = roots.iter().filter(|root| !self.roots.terms.contains_key(*root));
        unknown
            .map(|typed| (typed, self.spelling.near(typed).into_iter().map(|(word, trust)| (word.to_owned(), trust)).collect()))
            .collect()
    }

    fn order(&self, left: &Hit, right: &Hit) -> std::cmp::Ordering {
        let by_concept = || self.concept(left.row).cmp(&self.concept(right.row));
        right.score.total_cmp(&left.score).then_with(by_concept).then_with(|| left.row.cmp(&right.row))
    }
}

/// One row's part in an answer.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    cosine: f32,
    covered: f32,
}

#[derive(Debug, Clone)]
struct Posting {
    idf: f32,
    rows: Vec<(u32, f32)>,
}

/// An inverted index with normalised TF-IDF weights.
#[derive(Debug, Clone)]
struct Postings<K> {
    terms: FxHashMap<K, Posting>,
    /// The weight of a term that no row holds.
    rarest: f32,
}

struct Builder<K> {
    rows: Vec<Vec<(K, u16)>>,
}

impl<K> Default for Builder<K> {
    fn default() -> Self {
        Self { rows: Vec::new() }
    }
}

impl<K: Eq + Hash + Clone + Ord> Builder<K> {
    fn add(&mut self, terms: Vec<K>) {
        self.rows.push(count(terms));
    }

    /// Adds terms to the row of this number, making it if it is the next.
    fn add_to(&mut self, row: usize, terms: Vec<K>) {
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        if let Some(known) = self.rows.get_mut(row) {
            let mut all: Vec<K> = known.drain(..).flat_map(|(term, times)| std::iter::repeat_n(term, usize::from(times))).collect();
            all.extend(terms);
            *known = count(all);
        }
    }

    fn build(self) -> Postings<K> {
        let mut frequency: FxHashMap<K, u32> = FxHashMap::default();
        for (term, _) in self.rows.iter().flatten() {
            *frequency.entry(term.clone()).or_default() += 1;
        }
        let rows = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let mut terms: FxHashMap<K, Posting> =
            frequency.into_iter().map(|(term, held)| (term, Posting { idf: idf(rows, held), rows: Vec::new() })).collect();
        for (row, counted) in (0_u32..).zip(self.rows) {
            let weight = |term: &K, times: u16| terms.get(term).map_or(0.0, |posting| posting.idf * damped(times));
            let length = counted.iter().map(|(term, times)| weight(term, *times).powi(2)).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            for (term, times) in counted {
                if let Some(posting) = terms.get_mut(&term) {
                    let share = posting.idf * damped(times) / length;
                    posting.rows.push((row, share));
                }
            }
        }
        Postings { terms, rarest: idf(rows, 0) }
    }
}

impl<K: Eq + Hash + Clone + Ord> Postings<K> {
    /// Every row's likeness with the terms asked for; `near` gives stand-ins for a term that no row holds.
    fn ask(&self, asked: Vec<(K, u16)>, rows: usize, near: impl Fn(&K) -> Vec<(K, f32)>) -> Vec<Share> {
        let mut shares = vec![Share::default(); rows];
        let (mut squares, mut total) = (0.0_f32, 0.0_f32);
        for (term, times) in asked {
            let known = self.terms.get(&term);
            let weight = known.map_or(self.rarest, |posting| posting.idf) * damped(times);
            squares += weight.powi(2);
            total += weight;
            match known {
                Some(posting) => posting.share_out(weight, 1.0, &mut shares),
                None => near(&term).iter().for_each(|(stand_in, trust)| {
                    if let Some(posting) = self.terms.get(stand_in) {
                        posting.share_out(weight, *trust, &mut shares);
                    }
                }),
            }
        }
        let (length, total) = (squares.sqrt().max(f32::MIN_POSITIVE), total.max(f32::MIN_POSITIVE));
        for share in &mut shares {
            share.cosine = (share.cosine / length).min(1.0);
            share.covered = (share.covered / total).min(1.0);
        }
        shares
    }
}

impl Posting {
    fn share_out(&self, weight: f32, trust: f32, shares: &mut [Share]) {
        for (row, share) in &self.rows {
            if let Some(answer) = usize::try_from(*row).ok().and_then(|row| shares.get_mut(row)) {
                answer.cosine += weight * share * trust;
                answer.covered += weight * trust;
            }
        }
    }
}

/// Terms with how often each occurs, in a fixed order, so that sums of fractions come out the same on every run.
fn count<K: Ord>(mut terms: Vec<K>) -> Vec<(K, u16)> {
    terms.sort_unstable();
    let mut counted: Vec<(K, u16)> = Vec::with_capacity(terms.len());
    for term in terms {
        match counted.last_mut() {
            Some((last, times)) if *last == term => *times = times.saturating_add(1),
            _ => counted.push((term, 1)),
        }
    }
    counted
}

/// Smoothed inverse document frequency.
fn idf(rows: u32, held: u32) -> f32 {
    narrowed(((1.0 + f64::from(rows)) / (1.0 + f64::from(held))).ln() + 1.0)
}

/// A word said three times does not mean three times as much.
fn damped(times: u16) -> f32 {
    1.0 + f32::from(times).ln()
}

#[expect(clippy::cast_possible_truncation, reason = "an f32 holds weights and likenesses with precision to spare")]
fn narrowed(value: f64) -> f32 {
    value as f32
}

/// Runs of three characters within each word, its ends included, packed 21 bits a character.
fn trigrams(folded: &str) -> Vec<u64> {
    let mut out = Vec::with_capacity(folded.len() + 2);
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let (mut before, mut last) = (None, u64::from(u32::from(' ')));
        for c in word.chars().chain(std::iter::once(' ')) {
            let c = u64::from(u32::from(c));
            if let Some(before) = before {
                out.push(before << 42 | last << 21 | c);
            }
            (before, last) = (Some(last), c);
        }
    }
    out
}
