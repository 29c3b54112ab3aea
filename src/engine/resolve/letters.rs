//! Likeness of letters: TF-IDF of runs of three characters within each word, its ends included.

use rustc_hash::FxHashMap;

use crate::engine::resolve::index::{Id, Index, Lists, count, damped, place};

/// A run of three characters, packed 21 bits a character.
type Trigram = u64;

/// Texts by their trigrams.
#[derive(Debug, Clone, Default)]
pub(super) struct Letters {
    ids: FxHashMap<Trigram, Id>,
    index: Index,
}

impl Letters {
    /// Indexes texts that are folded already.
    pub(super) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut ids: FxHashMap<Trigram, Id> = FxHashMap::default();
        let mut number = |trigram| {
            let next = Id::try_from(ids.len()).unwrap_or(Id::MAX);
            *ids.entry(trigram).or_insert(next)
        };
        let mut counted = Lists::default();
        for text in texts {
            let trigrams = count(trigrams(text).map(&mut number).collect());
            counted.push(trigrams.into_iter().map(|(trigram, times)| (trigram, damped(times))));
        }
        let terms = ids.len();
        Self { ids, index: Index::new(counted, terms) }
    }

    /// How many trigrams are known.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// A question's trigrams that are known, by how much each weighs over the whole.
    pub(super) fn ask(&self, folded: &str) -> Vec<(Id, f32)> {
        let mut squares = 0.0_f32;
        let mut known = Vec::with_capacity(folded.len());
        for (trigram, times) in count(trigrams(folded).collect()) {
            let id = self.ids.get(&trigram).copied();
            let weight = self.index.weight(id) * damped(times);
            squares += weight * weight;
            known.extend(id.map(|id| (id, weight)));
        }
        let length = squares.sqrt().max(f32::MIN_POSITIVE);
        known.iter_mut().for_each(|(_, weight)| *weight /= length);
        known
    }

    /// The cosine of a text with a question whose weights stand in an array by trigram.
    pub(super) fn likeness(&self, asked: &[f32], text: usize) -> f32 {
        let shares = self.index.by_row.of(text).iter();
        shares.map(|(trigram, share)| asked.get(place(*trigram)).copied().unwrap_or(0.0) * share).sum::<f32>().min(1.0)
    }

    /// The texts that hold a trigram.
    pub(super) fn holding(&self, trigram: Id) -> &[(Id, f32)] {
        self.index.by_term.of(place(trigram))
    }
}

fn trigrams(folded: &str) -> impl Iterator<Item = Trigram> {
    folded.split(' ').filter(|word| !word.is_empty()).flat_map(|word| {
        let (mut before, mut last) = (None, u64::from(u32::from(' ')));
        word.chars().chain(std::iter::once(' ')).filter_map(move |c| {
            let c = u64::from(u32::from(c));
            let trigram = before.map(|before: u64| before << 42 | last << 21 | c);
            (before, last) = (Some(last), c);
            trigram
        })
    })
}
