//! The words of a catalogue, and what the words of a question are among them.

use rustc_hash::FxHashMap;

use crate::engine::resolve::best::best;
use crate::engine::resolve::index::{Id, Index, count, damped, place};
use crate::engine::resolve::letters::Letters;
use crate::engine::resolve::lexicon::Lexicon;
use crate::engine::resolve::scratch::Sums;
use crate::engine::resolve::spelling::{Spelling, StandIn};
use crate::engine::text::{self, meaning};

/// How far a word is trusted that has the letters of an unknown one (compounds, abbreviations), and from which likeness on.
const LOOKALIKE_TRUST: f32 = 0.6;
const LOOKALIKE: f32 = 0.4;
/// The same where nothing else is like the unknown word.
const FAINT: f32 = 0.15;
const LOOKALIKES: usize = 4;
/// How far a wider trade is trusted that a phrase suggests.
const HINT_TRUST: f32 = 0.6;

/// Roots and words by number.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    pub(super) lexicon: Lexicon,
    roots: FxHashMap<String, Id>,
    spelling: Spelling,
    /// What the words of `spelling` are like.
    lookalikes: Letters,
    /// By word of `spelling`: its root, and the roots it means after rewriting.
    words: Vec<(String, Vec<Id>)>,
}

/// How far a word may stand for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Only where that is sure: for deciding what is meant.
    Careful,
    /// Wherever it may be: for ordering what is like a text.
    Generous,
}

/// A question's words as typed, and the root of each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a> {
    pub(super) tokens: &'a [String],
    pub(super) stems: &'a [String],
}

/// A question's roots as numbers.
#[derive(Debug, Default)]
pub(super) struct Question<'a> {
    /// Each root with its weight, times the trust in it where it stands in for another.
    pub(super) roots: Vec<(Id, f32)>,
    /// What the first root of the question means.
    pub(super) heads: Vec<(Id, f32)>,
    /// The words that neither the catalogue nor the table of meanings knows.
    pub(super) misspelt: Vec<&'a str>,
    pub(super) squares: f32,
    pub(super) total: f32,
}

/// Gathers the words of a catalogue while its rows are read.
#[derive(Debug, Default)]
pub(super) struct Reader {
    stems: FxHashMap<String, String>,
    roots: FxHashMap<String, Id>,
}

impl Reader {
    /// The numbers of a surface's roots, in the order written.
    pub(super) fn read(&mut self, tokens: &[String], lexicon: &Lexicon) -> Vec<Id> {
        let meaning = tokens.iter().filter(|token| !text::stop::is_stop(token));
        let stemmed: Vec<String> =
            meaning.map(|token| self.stems.entry(token.clone()).or_insert_with(|| text::root(token)).clone()).collect();
        let mut number = |root: String| {
            let next = Id::try_from(self.roots.len()).unwrap_or(Id::MAX);
            *self.roots.entry(root).or_insert(next)
        };
        lexicon.rewritten(&stemmed).into_iter().map(&mut number).collect()
    }

    pub(super) fn finish(self, lexicon: Lexicon) -> Vocabulary {
        let spelling = Spelling::new(self.stems.keys().cloned());
        let mean = |stem: &String| {
            lexicon.rewritten(std::slice::from_ref(stem)).iter().filter_map(|root| self.roots.get(root).copied()).collect::<Vec<Id>>()
        };
        let stems = spelling.words().iter().map(|word| self.stems.get(word).unwrap_or(word));
        let words = stems.map(|stem| (stem.clone(), mean(stem))).collect();
        let lookalikes = Letters::new(spelling.words().iter().map(String::as_str));
        Vocabulary { lexicon, roots: self.roots, spelling, lookalikes, words }
    }
}

impl Vocabulary {
    /// How many roots there are.
    pub(super) fn roots(&self) -> usize {
        self.roots.len()
    }

    /// How many words there are.
    pub(super) fn words(&self) -> usize {
        self.words.len()
    }

    /// The number of a root.
    pub(super) fn id(&self, root: &str) -> Option<Id> {
        self.roots.get(root).copied()
    }

    /// The root of each word; words of the catalogue are not cut again.
    pub(super) fn stems(&self, tokens: &[String]) -> Vec<String> {
        let root = |token: &String| {
            let known = self.spelling.id(token).and_then(|word| self.words.get(place(word)));
            known.map_or_else(|| text::root(token), |(root, _)| root.clone())
        };
        tokens.iter().map(root).collect()
    }

    /// The roots of a question after rewriting, from its words and the root of each.
    pub(super) fn terms(&self, tokens: &[String], stems: &[String]) -> Vec<String> {
        let meaning = tokens.iter().zip(stems).filter(|(token, _)| !text::stop::is_stop(token));
        self.lexicon.rewritten(&meaning.map(|(_, stem)| stem.clone()).collect::<Vec<_>>())
    }

    /// Looks the roots of a question up. `words` are its words as typed, each with its root; `sums` is room for one sum a word.
    pub(super) fn question<'a>(&self, words: &Typed<'a>, roots: &'a [String], way: Way, index: &Index, sums: &mut Sums) -> Question<'a> {
        let mut question = Question::default();
        let mut asked: Vec<(Id, f32)> = Vec::with_capacity(2 * roots.len());
        for (root, times) in count(roots.iter().collect()) {
            let known = self.id(root);
            let weight = index.weight(known) * damped(times);
            question.squares += weight * weight;
            question.total += weight;
            let mut means: Vec<(Id, f32)> = known.into_iter().map(|id| (id, 1.0)).collect();
            if known.is_none() {
                let typed = words.tokens.iter().zip(words.stems).find(|(_, stem)| *stem == root).map_or(root, |(token, _)| token);
                if way == Way::Generous && meaning::embed([typed.as_str()]).is_none() {
                    question.misspelt.push(typed);
                }
                for stand_in in self.near(typed, way, sums) {
                    let meant = self.words.get(place(stand_in.word)).map(|(_, meant)| meant.as_slice()).unwrap_or_default();
                    means.extend(meant.iter().map(|id| (*id, stand_in.trust)));
                }
            }
            asked.extend(means.iter().map(|(id, trust)| (*id, weight * trust)));
            if roots.first() == Some(root) {
                question.heads = means;
            }
        }
        if way == Way::Generous {
            asked.extend(self.hints(roots, index));
        }
        asked.sort_unstable_by(|left, right| left.0.cmp(&right.0).then_with(|| right.1.total_cmp(&left.1)));
        asked.dedup_by_key(|(id, _)| *id);
        question.roots = asked;
        question
    }

    /// Roots of wider trades that the question suggests; none weighs more than what suggests it.
    fn hints(&self, roots: &[String], index: &Index) -> Vec<(Id, f32)> {
        let hints = self.lexicon.hints(roots).filter_map(|(by, hint)| {
            let id = self.id(hint)?;
            Some((id, HINT_TRUST * index.weight(Some(id)).min(index.weight(self.id(by)))))
        });
        hints.collect()
    }

    /// Known words that an unknown one may be: misspelt, without vowels, run together or cut off.
    fn near(&self, typed: &str, way: Way, sums: &mut Sums) -> Vec<StandIn> {
        if way == Way::Careful {
            return self.spelling.near(typed);
        }
        let mut near = self.spelling.likely(typed);
        for (trigram, weight) in self.lookalikes.ask(typed) {
            sums.add(weight, self.lookalikes.holding(trigram));
        }
        let least = if near.is_empty() { FAINT } else { LOOKALIKE };
        let alike = best(sums.all(), LOOKALIKES).into_iter().filter(|(_, alike)| *alike >= least);
        near.extend(alike.map(|(word, alike)| StandIn { word, trust: LOOKALIKE_TRUST * alike.min(1.0) }));
        sums.clear();
        near
    }
}
