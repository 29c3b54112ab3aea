//! Ranks the surfaces of a catalogue by likeness with a question, in two steps.
//!
//! First the rows that share roots with the question are summed up, where a word that no row holds lends its weight to the known words that
//! it may be; in a small catalogue those that are about the same join them. The best are survivors, and only these are compared in full:
//! trigrams of letters, which survive typing mistakes and inflection; roots, which survive order and affixes; all surfaces of the concept
//! together, since a question often takes one word from each; the letters in their order; and what the words are about. Each signal alone
//! is worse than the mix. Any catalogue will do: a concept may have several surfaces, and its best one counts. It always ranks; whether the
//! best is good enough is `resolve`'s to say.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::resolve::best::best;
use crate::engine::resolve::edits::Pattern;
use crate::engine::resolve::index::{Id, Index, Lists, count, damped, place};
use crate::engine::resolve::letters::Letters;
use crate::engine::resolve::lexicon::Lexicon;
use crate::engine::resolve::scratch::{Pool, Scratch, Sums};
use crate::engine::resolve::vocabulary::{Question, Reader, Typed, Vocabulary, Way};
use crate::engine::text;
use crate::engine::text::meaning::{self, Meaning};

/// What each signal adds to the score.
const LETTERS: f32 = 0.5;
const ROOTS: f32 = 0.42;
const BAG: f32 = 0.35;
const ORDER: f32 = 0.12;
const HEAD: f32 = 0.05;
const MEANING: f32 = 0.55;
const MEANING_OF_ALL: f32 = 0.25;
/// Where the question holds a word that nobody knows, the order of letters tells more and the other words' meaning less.
const ORDER_AT_TYPOS: f32 = 0.7;
const MEANING_AT_TYPOS: f32 = 0.25;
/// How much more meaning counts where no row shares a root with the question.
const MEANING_AT_LOSS: f32 = 1.2;
/// Meanings less alike than this are all equally unlike.
const UNLIKE: f32 = 0.1;
/// How many rows are compared in full at least, and for each concept that is wanted.
const SURVIVORS: usize = 32;
const SURVIVORS_EACH: usize = 4;
/// The largest catalogue, in concepts, that is searched by meaning, and how many of its concepts and rows then join the survivors.
const SEARCHED: usize = 4096;
const CONCEPTS_IN_MEANING: usize = 40;
const ROWS_IN_MEANING: usize = 200;
/// The longest question read, in characters: no requirement line is longer.
const LONGEST_QUESTION: usize = 400;

/// What a row has in common with a question; the parts run from 0 to 1, the score beyond.
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
    concepts: Vec<Concept>,
    rows: Vec<Row>,
    vocabulary: Vocabulary,
    letters: Letters,
    roots: Index,
    /// Roots by concept instead of row.
    bags: Index,
    pool: Pool,
}

#[derive(Debug, Clone)]
struct Concept {
    name: String,
    /// Its place among all names in order.
    rank: Id,
    surfaces: Vec<Id>,
    /// What all its surfaces together are about.
    meaning: Option<Meaning>,
}

#[derive(Debug, Clone)]
struct Row {
    concept: Id,
    /// The root it begins with.
    head: Option<Id>,
    folded: String,
    meaning: Option<Meaning>,
}

/// A question as the comparison needs it.
struct Asked<'a> {
    question: &'a Question<'a>,
    length: f32,
    meaning: Option<Meaning>,
    /// What meaning and order of letters add for this question.
    shares: (f32, f32),
}

impl Ranker {
    /// Indexes rows of (concept, surface), with the trade words of the binary.
    pub fn new<C: AsRef<str>, S: AsRef<str>>(rows: impl IntoIterator<Item = (C, S)>) -> Self {
        Self::with_lexicon(rows, Lexicon::starter())
    }

    /// Indexes rows with the trade words given.
    pub fn with_lexicon<C: AsRef<str>, S: AsRef<str>>(rows: impl IntoIterator<Item = (C, S)>, lexicon: Lexicon) -> Self {
        let mut places: FxHashMap<String, Id> = FxHashMap::default();
        let mut reader = Reader::default();
        let (mut concepts, mut indexed, mut roots) = (Vec::new(), Vec::new(), Vec::new());
        for (number, (concept, surface)) in (0..).zip(rows) {
            let next = Id::try_from(concepts.len()).unwrap_or(Id::MAX);
            let place_of = *places.entry(concept.as_ref().to_owned()).or_insert(next);
            if place_of == next {
                concepts.push(Concept { name: concept.as_ref().to_owned(), rank: 0, surfaces: Vec::new(), meaning: None });
            }
            if let Some(known) = concepts.get_mut(place(place_of)) {
                known.surfaces.push(number);
            }
            let tokens = text::tokens(surface.as_ref());
            let numbers = reader.read(&tokens, &lexicon);
            let meaning = meaning::embed(tokens.iter().map(String::as_str));
            indexed.push(Row { concept: place_of, head: numbers.first().copied(), folded: tokens.join(" "), meaning });
            roots.push(numbers);
        }
        rank_names(&mut concepts);
        let vocabulary = reader.finish(lexicon);
        let mut bags = Lists::default();
        for concept in &mut concepts {
            let rows = || concept.surfaces.iter().map(|row| place(*row));
            bags.push(weighed(rows().filter_map(|row| roots.get(row)).flatten().copied().collect()));
            let words = rows().filter_map(|row| indexed.get(row)).flat_map(|row| row.folded.split(' '));
            concept.meaning = if concept.surfaces.len() > 1 { meaning::embed(words) } else { None };
        }
        let mut by_row = Lists::default();
        roots.into_iter().for_each(|numbers| by_row.push(weighed(numbers)));
        Self {
            letters: Letters::new(indexed.iter().map(|row| row.folded.as_str())),
            roots: Index::new(by_row, vocabulary.roots()),
            bags: Index::new(bags, vocabulary.roots()),
            pool: Pool::default(),
            rows: indexed,
            concepts,
            vocabulary,
        }
    }

    /// Concepts by likeness, best first, at most `top`; ties by concept.
    #[must_use]
    pub fn rank(&self, query: &str, top: usize) -> Vec<(&str, f32)> {
        let query = query.char_indices().nth(LONGEST_QUESTION).and_then(|(end, _)| query.get(..end)).unwrap_or(query);
        let tokens = text::tokens(query);
        let stems = self.vocabulary.stems(&tokens);
        let roots = self.vocabulary.terms(&tokens, &stems);
        let survivors = top.saturating_mul(SURVIVORS_EACH).max(SURVIVORS);
        let mut seen = FxHashSet::default();
        let mut ranked = Vec::with_capacity(top.min(survivors));
        for hit in self.ask(&Typed { tokens: &tokens, stems: &stems }, &roots, survivors, Way::Generous) {
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
        self.roots.weight(self.vocabulary.id(root))
    }

    /// Rows by likeness of letters and roots with a question, whose roots the caller has found, best first. A word that no row holds stands
    /// for another only where that is sure, and nothing is guessed from meaning.
    #[must_use]
    pub fn hits(&self, query: &str, roots: &[String], most: usize) -> Vec<Hit> {
        let tokens = text::tokens(query);
        let stems = self.vocabulary.stems(&tokens);
        let mut hits = self.ask(&Typed { tokens: &tokens, stems: &stems }, roots, most.max(SURVIVORS), Way::Careful);
        hits.truncate(most);
        hits
    }

    fn ask(&self, words: &Typed<'_>, roots: &[String], survivors: usize, way: Way) -> Vec<Hit> {
        let mut scratch = self.pool.take().unwrap_or_else(|| Scratch {
            rows: Sums::new(self.rows.len()),
            roots: Sums::new(self.vocabulary.roots()),
            trigrams: Sums::new(self.letters.len()),
            words: Sums::new(self.vocabulary.words()),
        });
        let question = self.vocabulary.question(words, roots, way, &self.roots, &mut scratch.words);
        for (root, weight) in &question.roots {
            scratch.rows.add(*weight, self.roots.by_term.of(place(*root)));
        }
        let mut found = best(scratch.rows.all(), survivors);
        let known = words.tokens.iter().map(String::as_str).filter(|token| !question.misspelt.contains(token));
        let meaning = if way == Way::Generous && !roots.is_empty() { meaning::embed(known) } else { None };
        if let Some(meaning) = &meaning {
            let known: FxHashSet<Id> = found.iter().map(|(row, _)| *row).collect();
            let near = self.near_in_meaning(meaning).into_iter().filter(|row| !known.contains(row));
            found.extend(near.map(|row| (row, scratch.rows.at(row))));
        }
        scratch.rows.clear();
        let length = question.squares.sqrt().max(f32::MIN_POSITIVE);
        let nearest = found.iter().map(|(_, sum)| *sum).fold(0.0, f32::max) / length;
        let at_loss = 1.0 + MEANING_AT_LOSS * (1.0 - nearest.min(1.0));
        let shares = if !question.misspelt.is_empty() { (MEANING_AT_TYPOS * at_loss, ORDER_AT_TYPOS) } else { (at_loss, ORDER) };
        let hits = self.compare(&words.tokens.join(" "), &Asked { question: &question, length, meaning, shares }, &found, &mut scratch);
        self.pool.give_back(scratch);
        hits
    }

    /// The rows of a small catalogue that are about what the question is about.
    fn near_in_meaning(&self, meaning: &Meaning) -> Vec<Id> {
        if self.concepts.len() > SEARCHED {
            return Vec::new();
        }
        let of_concept = |concept: &Concept| match (concept.surfaces.as_slice(), &concept.meaning) {
            ([row], _) => self.rows.get(place(*row)).and_then(|row| row.meaning.as_ref()).map(|other| meaning.likeness(other)),
            (_, own) => own.as_ref().map(|other| meaning.likeness(other)),
        };
        let likeness: Vec<f32> = self.concepts.iter().map(|concept| of_concept(concept).unwrap_or(0.0).max(0.0)).collect();
        let single = self.concepts.len() == self.rows.len();
        let mut near = best(&likeness, if single { ROWS_IN_MEANING } else { CONCEPTS_IN_MEANING });
        near.sort_unstable_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        let rows = near.iter().filter_map(|(concept, _)| self.concepts.get(place(*concept))).flat_map(|concept| &concept.surfaces);
        rows.take(ROWS_IN_MEANING).copied().collect()
    }

    /// Compares rows in full with a question, best first.
    fn compare(&self, folded: &str, asked: &Asked<'_>, rows: &[(Id, f32)], scratch: &mut Scratch) -> Vec<Hit> {
        let trigrams = self.letters.ask(folded);
        scratch.trigrams.put(&trigrams);
        scratch.roots.put(&asked.question.roots);
        let mut pattern = Pattern::new(folded);
        let mut hits: Vec<(Id, Hit)> = Vec::with_capacity(rows.len());
        for (number, sum) in rows {
            let Some(row) = self.rows.get(place(*number)) else { continue };
            let Some(concept) = self.concepts.get(place(row.concept)) else { continue };
            let letters = self.letters.likeness(scratch.trigrams.all(), place(*number));
            let roots = (sum / asked.length).min(1.0);
            let held = self.roots.by_row.of(place(*number)).iter().map(|(root, _)| scratch.roots.at(*root)).sum::<f32>();
            let covered = (held / asked.question.total.max(f32::MIN_POSITIVE)).min(1.0);
            let heads = asked.question.heads.iter().filter(|(root, _)| row.head == Some(*root));
            let head = heads.map(|(_, trust)| *trust).fold(0.0, f32::max);
            let alone = concept.surfaces.len() == 1;
            let bag = if alone { roots } else { self.bag(row.concept, asked, scratch) };
            let (meaning, order) = asked.shares;
            let lexical = LETTERS * letters + ROOTS * roots + BAG * bag + order * pattern.likeness(&row.folded) + HEAD * head;
            let score = lexical + meaning * self.about(asked, row, concept);
            hits.push((concept.rank, Hit { row: place(*number), letters, roots, covered, score }));
        }
        scratch.trigrams.forget(&trigrams);
        scratch.roots.forget(&asked.question.roots);
        hits.sort_unstable_by(|(left_rank, left), (right_rank, right)| {
            right.score.total_cmp(&left.score).then_with(|| left_rank.cmp(right_rank)).then_with(|| left.row.cmp(&right.row))
        });
        hits.into_iter().map(|(_, hit)| hit).collect()
    }

    /// Likeness of all a concept's roots with the question.
    fn bag(&self, concept: Id, asked: &Asked<'_>, scratch: &Scratch) -> f32 {
        let shares = self.bags.by_row.of(place(concept)).iter();
        (shares.map(|(root, share)| share * scratch.roots.at(*root)).sum::<f32>() / asked.length).min(1.0)
    }

    /// How far a row and its concept are about what the question is about.
    fn about(&self, asked: &Asked<'_>, row: &Row, concept: &Concept) -> f32 {
        let Some(meaning) = &asked.meaning else { return 0.0 };
        let likeness = |other: &Option<Meaning>| other.as_ref().map_or(0.0, |other| meaning.likeness(other).max(UNLIKE));
        let own = likeness(&row.meaning);
        MEANING * own + MEANING_OF_ALL * if concept.surfaces.len() == 1 { own } else { likeness(&concept.meaning) }
    }
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
