//! Ranks the surfaces of a catalogue by likeness with a question, in two steps.
//!
//! First the rows that share roots with the question are summed up, where a word that no row holds lends its weight to the known words that
//! it may be. The best of them are survivors, and only these are compared in full: trigrams of letters, which survive typing mistakes and
//! inflection; roots, which survive order and affixes; all surfaces of the concept together, since a question often takes one word from
//! each; and the letters in their order. Each signal alone is worse than the mix. Any catalogue will do: a concept may have several
//! surfaces, and its best one counts. It always ranks; whether the best is good enough is `resolve`'s to say.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::resolve::best::best;
use crate::engine::resolve::edits::Pattern;
use crate::engine::resolve::index::{Id, Index, Lists, count, damped, place};
use crate::engine::resolve::letters::Letters;
use crate::engine::resolve::lexicon::Lexicon;
use crate::engine::resolve::scratch::{Pool, Scratch, Sums};
use crate::engine::resolve::spelling::{Spelling, StandIn};
use crate::engine::text;

/// What each signal adds to the score.
const LETTERS: f32 = 0.58;
const ROOTS: f32 = 0.42;
const BAG: f32 = 0.25;
const ORDER: f32 = 0.17;
const ORDER_AT_TYPOS: f32 = 0.6;
const HEAD: f32 = 0.04;
/// How many rows are compared in full at least, and for each concept that is wanted.
const SURVIVORS: usize = 64;
const SURVIVORS_EACH: usize = 4;
/// How far a word is trusted that has the letters of an unknown one (compounds, abbreviations), and from which likeness on.
const LOOKALIKE_TRUST: f32 = 0.6;
const LOOKALIKE: f32 = 0.4;
const LOOKALIKES: usize = 8;
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
    concepts: Vec<Concept>,
    rows: Vec<Row>,
    letters: Letters,
    /// The numbers of the roots.
    ids: FxHashMap<String, Id>,
    roots: Index,
    /// Roots by concept instead of row.
    bags: Index,
    spelling: Spelling,
    /// What the words of `spelling` are like.
    lookalikes: Letters,
    /// By word of `spelling`: its root, and the roots it means after rewriting.
    words: Vec<(String, Vec<Id>)>,
    pool: Pool,
}

#[derive(Debug, Clone)]
struct Concept {
    name: String,
    /// Its place among all names in order.
    rank: Id,
    surfaces: u32,
}

#[derive(Debug, Clone)]
struct Row {
    concept: Id,
    /// The root it begins with.
    head: Option<Id>,
    folded: String,
}

/// A question's roots as numbers.
#[derive(Debug, Default)]
struct Question {
    /// Each root with its weight, times the trust in it where it stands in for another.
    roots: Vec<(Id, f32)>,
    /// What the first root of the question means.
    heads: Vec<(Id, f32)>,
    /// Whether it holds a word that no row does and that is like a known one.
    misspelt: bool,
    squares: f32,
    total: f32,
}

impl Ranker {
    /// Indexes rows of (concept, surface), with the trade words of the binary.
    pub fn new<C: AsRef<str>, S: AsRef<str>>(rows: impl IntoIterator<Item = (C, S)>) -> Self {
        Self::with_lexicon(rows, Lexicon::starter())
    }

    /// Indexes rows with the trade words given.
    pub fn with_lexicon<C: AsRef<str>, S: AsRef<str>>(rows: impl IntoIterator<Item = (C, S)>, lexicon: Lexicon) -> Self {
        let mut places: FxHashMap<String, Id> = FxHashMap::default();
        let mut stems: FxHashMap<String, String> = FxHashMap::default();
        let mut ids: FxHashMap<String, Id> = FxHashMap::default();
        let (mut concepts, mut indexed) = (Vec::new(), Vec::new());
        let (mut roots, mut bags) = (Lists::default(), Vec::new());
        for (concept, surface) in rows {
            let concept = *places.entry(concept.as_ref().to_owned()).or_insert_with(|| {
                concepts.push(Concept { name: concept.as_ref().to_owned(), rank: 0, surfaces: 0 });
                bags.push(Vec::new());
                number_of(concepts.len() - 1)
            });
            let tokens = text::tokens(surface.as_ref());
            let meaning = tokens.iter().filter(|token| !text::stop::is_stop(token));
            let stemmed: Vec<String> =
                meaning.map(|token| stems.entry(token.clone()).or_insert_with(|| text::root(token)).clone()).collect();
            let mut number = |root: String| {
                let next = number_of(ids.len());
                *ids.entry(root).or_insert(next)
            };
            let numbers: Vec<Id> = lexicon.rewritten(&stemmed).into_iter().map(&mut number).collect();
            if let (Some(known), Some(bag)) = (concepts.get_mut(place(concept)), bags.get_mut(place(concept))) {
                known.surfaces += 1;
                bag.extend(&numbers);
            }
            indexed.push(Row { concept, head: numbers.first().copied(), folded: tokens.join(" ") });
            roots.push(weighed(numbers));
        }
        rank_names(&mut concepts);
        let mut by_concept = Lists::default();
        bags.into_iter().for_each(|bag| by_concept.push(weighed(bag)));
        let spelling = Spelling::new(stems.keys().cloned());
        let mean = |stem: &String| lexicon.rewritten(std::slice::from_ref(stem)).iter().filter_map(|root| ids.get(root).copied()).collect();
        let words = spelling.words().iter().filter_map(|word| stems.get(word)).map(|stem| (stem.clone(), mean(stem))).collect();
        Self {
            letters: Letters::new(indexed.iter().map(|row| row.folded.as_str())),
            roots: Index::new(roots, ids.len()),
            bags: Index::new(by_concept, ids.len()),
            lookalikes: Letters::new(spelling.words().iter().map(String::as_str)),
            pool: Pool::default(),
            rows: indexed,
            lexicon,
            concepts,
            ids,
            spelling,
            words,
        }
    }

    /// Concepts by likeness, best first, at most `top`; ties by concept.
    #[must_use]
    pub fn rank(&self, query: &str, top: usize) -> Vec<(&str, f32)> {
        let query = query.char_indices().nth(LONGEST_QUESTION).and_then(|(end, _)| query.get(..end)).unwrap_or(query);
        let tokens = text::tokens(query);
        let meaning = tokens.iter().filter(|token| !text::stop::is_stop(token));
        let roots = self.lexicon.rewritten(&meaning.map(|token| self.root(token)).collect::<Vec<_>>());
        let hits =
            self.ask(&tokens, &roots, top.saturating_mul(SURVIVORS_EACH).max(SURVIVORS), |typed, scratch| self.likely(typed, scratch));
        let mut seen = FxHashSet::default();
        let mut ranked = Vec::with_capacity(top.min(hits.len()));
        for hit in hits {
            if ranked.len() >= top {
                break;
            }
            let Some(concept) = self.concept(hit.row) else { continue };
            if seen.insert(concept) {
                ranked.push((concept, hit.score));
            }
        }
        ranked
    }

    /// The concept of a row.
    #[must_use]
    pub fn concept(&self, row: usize) -> Option<&str> {
        self.rows.get(row).and_then(|row| self.concepts.get(place(row.concept))).map(|concept| concept.name.as_str())
    }

    /// How telling a root is in this catalogue; one that no row holds is as telling as can be.
    #[must_use]
    pub fn weight(&self, root: &str) -> f32 {
        self.roots.weight(self.ids.get(root).copied())
    }

    /// Rows by likeness with a question, whose roots the caller has found, best first. A word that no row holds stands for another only where
    /// that is sure.
    #[must_use]
    pub fn hits(&self, query: &str, roots: &[String], most: usize) -> Vec<Hit> {
        let mut hits = self.ask(&text::tokens(query), roots, most.max(SURVIVORS), |typed, _| self.spelling.near(typed));
        hits.truncate(most);
        hits
    }

    fn root(&self, token: &str) -> String {
        let known = self.spelling.id(token).and_then(|word| self.words.get(place(word)));
        known.map_or_else(|| text::root(token), |(root, _)| root.clone())
    }

    fn ask(&self, tokens: &[String], roots: &[String], survivors: usize, near: impl Fn(&str, &mut Scratch) -> Vec<StandIn>) -> Vec<Hit> {
        let mut scratch = self.pool.take().unwrap_or_else(|| Scratch {
            rows: Sums::new(self.rows.len()),
            roots: Sums::new(self.ids.len()),
            trigrams: Sums::new(self.letters.len()),
            words: Sums::new(self.words.len()),
        });
        let question = self.question(tokens, roots, |typed| near(typed, &mut scratch));
        for (root, weight) in &question.roots {
            scratch.rows.add(*weight, self.roots.by_term.of(place(*root)));
        }
        let found = best(scratch.rows.all(), survivors);
        scratch.rows.clear();
        let hits = self.compare(&tokens.join(" "), &question, &found, &mut scratch);
        self.pool.give_back(scratch);
        hits
    }

    /// Looks the roots of a question up; `near` gives stand-ins for a word that no row holds.
    fn question(&self, tokens: &[String], roots: &[String], mut near: impl FnMut(&str) -> Vec<StandIn>) -> Question {
        let mut question = Question::default();
        let mut asked: Vec<(Id, f32)> = Vec::with_capacity(2 * roots.len());
        let first = roots.first();
        for (root, times) in count(roots.iter().collect()) {
            let known = self.ids.get(root).copied();
            let weight = self.roots.weight(known) * damped(times);
            question.squares += weight * weight;
            question.total += weight;
            let mut means: Vec<(Id, f32)> = known.into_iter().map(|id| (id, 1.0)).collect();
            if known.is_none() {
                let typed = tokens.iter().find(|token| self.root(token) == *root).unwrap_or(root);
                for stand_in in near(typed) {
                    let meant = self.words.get(place(stand_in.word)).map(|(_, meant)| meant.as_slice()).unwrap_or_default();
                    question.misspelt = true;
                    means.extend(meant.iter().map(|id| (*id, stand_in.trust)));
                }
            }
            asked.extend(means.iter().map(|(id, trust)| (*id, weight * trust)));
            if first == Some(root) {
                question.heads = means;
            }
        }
        asked.sort_unstable_by(|left, right| left.0.cmp(&right.0).then_with(|| right.1.total_cmp(&left.1)));
        asked.dedup_by_key(|(id, _)| *id);
        question.roots = asked;
        question
    }

    /// Known words that an unknown one may be: misspelt, without vowels, run together or cut off.
    fn likely(&self, typed: &str, scratch: &mut Scratch) -> Vec<StandIn> {
        let mut likely = self.spelling.likely(typed);
        for (trigram, weight) in self.lookalikes.ask(typed) {
            scratch.words.add(weight, self.lookalikes.holding(trigram));
        }
        for (word, alike) in best(scratch.words.all(), LOOKALIKES) {
            if alike >= LOOKALIKE {
                likely.push(StandIn { word, trust: LOOKALIKE_TRUST * alike.min(1.0) });
            }
        }
        scratch.words.clear();
        likely
    }

    /// Compares rows in full with a question, best first.
    fn compare(&self, folded: &str, question: &Question, rows: &[(Id, f32)], scratch: &mut Scratch) -> Vec<Hit> {
        let length = question.squares.sqrt().max(f32::MIN_POSITIVE);
        let trigrams = self.letters.ask(folded);
        scratch.trigrams.put(&trigrams);
        scratch.roots.put(&question.roots);
        let mut pattern = Pattern::new(folded);
        let order = if question.misspelt { ORDER_AT_TYPOS } else { ORDER };
        let mut hits: Vec<(Id, Hit)> = Vec::with_capacity(rows.len());
        for (number, sum) in rows {
            let Some(row) = self.rows.get(place(*number)) else { continue };
            let Some(concept) = self.concepts.get(place(row.concept)) else { continue };
            let letters = self.letters.likeness(scratch.trigrams.all(), place(*number));
            let roots = (sum / length).min(1.0);
            let held = self.roots.by_row.of(place(*number)).iter();
            let covered = (held.map(|(root, _)| scratch.roots.at(*root)).sum::<f32>() / question.total.max(f32::MIN_POSITIVE)).min(1.0);
            let bag = if concept.surfaces > 1 {
                let shares = self.bags.by_row.of(place(row.concept)).iter();
                (shares.map(|(root, share)| share * scratch.roots.at(*root)).sum::<f32>() / length).min(1.0)
            } else {
                roots
            };
            let heads = question.heads.iter().filter(|(root, _)| row.head == Some(*root));
            let head = heads.map(|(_, trust)| *trust).fold(0.0, f32::max);
            let score = LETTERS * letters + ROOTS * roots + BAG * bag + order * pattern.likeness(&row.folded) + HEAD * head;
            hits.push((concept.rank, Hit { row: place(*number), letters, roots, covered, score }));
        }
        scratch.trigrams.forget(&trigrams);
        scratch.roots.forget(&question.roots);
        hits.sort_unstable_by(|(left_rank, left), (right_rank, right)| {
            right.score.total_cmp(&left.score).then_with(|| left_rank.cmp(right_rank)).then_with(|| left.row.cmp(&right.row))
        });
        hits.into_iter().map(|(_, hit)| hit).collect()
    }
}

fn number_of(place: usize) -> Id {
    Id::try_from(place).unwrap_or(Id::MAX)
}

fn weighed(terms: Vec<Id>) -> impl Iterator<Item = (Id, f32)> {
    count(terms).into_iter().map(|(term, times)| (term, damped(times)))
}

fn rank_names(concepts: &mut [Concept]) {
    let mut ordered: Vec<&mut Concept> = concepts.iter_mut().collect();
    ordered.sort_unstable_by(|left, right| left.name.cmp(&right.name));
    for (rank, concept) in (0..).zip(ordered) {
        concept.rank = rank;
    }
}
