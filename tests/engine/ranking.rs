//! The ranker against a plain, slow reading of its definition, on catalogues made at random.

#![expect(clippy::indexing_slicing, reason = "a plain reading of a definition; a wrong index fails the test")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rstest::rstest;
use serap::engine::resolve::{Lexicon, Ranker};
use serap::engine::text::{fold, is_known_root, root, terms, tokens};

type Row = (String, String);

fn idf(rows: usize, held: usize) -> f64 {
    ((1.0 + rows as f64) / (1.0 + held as f64)).ln() + 1.0
}

fn counted<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeMap<T, f64> {
    let mut times: BTreeMap<T, f64> = BTreeMap::new();
    items.into_iter().for_each(|item| *times.entry(item).or_default() += 1.0);
    times.into_iter().map(|(item, times)| (item, 1.0 + times.ln())).collect()
}

fn trigrams(folded: &str) -> Vec<String> {
    let within = |word: &str| -> Vec<String> {
        let letters: Vec<char> = [' '].into_iter().chain(word.chars()).chain([' ']).collect();
        letters.windows(3).map(|run| run.iter().collect()).collect()
    };
    folded.split(' ').filter(|word| !word.is_empty()).flat_map(within).collect()
}

/// TF-IDF over documents: how telling each term is, and each document's share of it.
struct Weighed<T> {
    documents: Vec<BTreeMap<T, f64>>,
    held: BTreeMap<T, usize>,
}

impl<T: Ord + Clone> Weighed<T> {
    fn new(documents: Vec<Vec<T>>) -> Self {
        let documents: Vec<BTreeMap<T, f64>> = documents.into_iter().map(counted).collect();
        let held = documents.iter().flat_map(BTreeMap::keys).fold(BTreeMap::new(), |mut held, term| {
            *held.entry(term.clone()).or_insert(0) += 1;
            held
        });
        Self { documents, held }
    }

    fn weight(&self, term: &T) -> f64 {
        idf(self.documents.len(), self.held.get(term).copied().unwrap_or(0))
    }

    /// The document's weights with the asked ones, over the document's length.
    fn shared(&self, document: usize, asked: &BTreeMap<T, f64>) -> f64 {
        let own = &self.documents[document];
        let length = own.iter().map(|(term, times)| (times * self.weight(term)).powi(2)).sum::<f64>().sqrt();
        own.iter().map(|(term, times)| times * self.weight(term) / length * asked.get(term).unwrap_or(&0.0)).sum()
    }
}

fn longest_common(left: &str, right: &str) -> usize {
    let mut before = vec![0; right.len() + 1];
    for a in left.bytes() {
        let mut row = vec![0];
        for (place, b) in right.bytes().enumerate() {
            row.push(if a == b { before[place] + 1 } else { row[place].max(before[place + 1]) });
        }
        before = row;
    }
    before[right.len()]
}

fn skeleton(word: &str) -> String {
    word.chars().filter(|c| !"aeiou".contains(*c)).collect()
}

/// The known words that a typed one surely is, with how far each is trusted.
fn stand_ins(typed: &str, words: &BTreeSet<String>) -> Vec<(String, f64)> {
    let mut ordered: Vec<&String> = words.iter().filter(|word| word.len() >= 4).collect();
    ordered.sort_by_key(|word| (word.len(), (*word).clone()));
    let same = || -> Vec<(String, f64)> {
        let bare = skeleton(typed);
        let hurried = bare.len() >= 3 && bare.len() + 1 >= typed.len();
        ordered.iter().filter(|word| hurried && skeleton(word) == bare).take(3).map(|word| ((*word).clone(), 0.8)).collect()
    };
    let reach = match typed.len() {
        0..=4 => return same(),
        _ if is_known_root(typed) => return Vec::new(),
        5..=7 => 1,
        _ => 2,
    };
    let mut near: Vec<(usize, usize)> = ordered.iter().enumerate().map(|(at, word)| (strsim::osa_distance(word, typed), at)).collect();
    near.retain(|(edits, _)| *edits <= reach);
    near.sort_unstable();
    let near: Vec<(String, f64)> =
        near.iter().take(3).map(|(edits, at)| (ordered[*at].clone(), if *edits <= 1 { 0.85 } else { 0.6 })).collect();
    if near.is_empty() { same() } else { near }
}

/// The rows of a concept.
fn of<'a>(rows: &'a [Row], concept: &'a str) -> impl Iterator<Item = &'a Row> {
    rows.iter().filter(move |(name, _)| name == concept)
}

/// Letters, roots, covered and score of each row that shares a root with the question.
fn plainly(rows: &[Row], query: &str) -> BTreeMap<usize, [f64; 4]> {
    let roots = Weighed::new(rows.iter().map(|(_, surface)| terms(surface)).collect());
    let letters = Weighed::new(rows.iter().map(|(_, surface)| trigrams(&fold(surface))).collect());
    let mut concepts: Vec<&String> = Vec::new();
    rows.iter().for_each(|(concept, _)| {
        if !concepts.contains(&concept) {
            concepts.push(concept)
        }
    });
    let bags = Weighed::new(concepts.iter().map(|concept| of(rows, concept).flat_map(|(_, surface)| terms(surface)).collect()).collect());
    let words: BTreeSet<String> = rows.iter().flat_map(|(_, surface)| tokens(surface)).filter(|word| !terms(word).is_empty()).collect();

    let question = terms(query);
    let (mut asked, mut total, mut squares) = (BTreeMap::<String, f64>::new(), 0.0, 0.0_f64);
    let mut heads: Vec<(String, f64)> = Vec::new();
    for (term, times) in counted(question.clone()) {
        let weight = roots.weight(&term) * times;
        total += weight;
        squares += weight * weight;
        let typed = tokens(query).into_iter().find(|word| root(word) == term).unwrap_or(term.clone());
        let means = if roots.held.contains_key(&term) {
            vec![(term.clone(), 1.0)]
        } else {
            stand_ins(&typed, &words).into_iter().map(|(word, trust)| (root(&word), trust)).collect()
        };
        for (known, trust) in &means {
            let most = asked.entry(known.clone()).or_default();
            *most = most.max(weight * trust);
        }
        if question.first() == Some(&term) {
            heads = means;
        }
    }
    let length = squares.sqrt();
    let folded = fold(query);
    let typed = counted(trigrams(&folded)).into_iter().map(|(gram, times)| (gram.clone(), times * letters.weight(&gram)));
    let typed: BTreeMap<String, f64> = typed.collect();
    let typed_length = typed.values().map(|weight| weight * weight).sum::<f64>().sqrt();

    let compared = rows.iter().enumerate().filter_map(|(at, (concept, surface))| {
        let shared = roots.shared(at, &asked);
        if shared <= 0.0 {
            return None;
        }
        let likeness = (letters.shared(at, &typed) / typed_length).min(1.0);
        let cosine = (shared / length).min(1.0);
        let covered = (roots.documents[at].keys().filter_map(|term| asked.get(term)).sum::<f64>() / total).min(1.0);
        let place = concepts.iter().position(|name| *name == concept)?;
        let bag = if of(rows, concept).count() > 1 { (bags.shared(place, &asked) / length).min(1.0) } else { cosine };
        let own = fold(surface);
        let order = 2.0 * longest_common(&folded, &own) as f64 / (folded.len() + own.len()) as f64;
        let first = terms(surface).into_iter().next();
        let head = heads.iter().filter(|(term, _)| Some(term) == first.as_ref()).map(|(_, trust)| *trust).fold(0.0, f64::max);
        let score = 0.5 * likeness + 0.42 * cosine + 0.35 * bag + 0.12 * order + 0.05 * head;
        Some((at, [likeness, cosine, covered, score]))
    });
    compared.collect()
}

fn word() -> impl Strategy<Value = String> {
    let known = "mesin jahit menjahit penjahit obras pola busana kain potong las pelat pipa listrik pasang rawat merawat operator mekanik welder \
                 sewing machine cutting kasir toko gudang barang dan di";
    let known: Vec<String> = known.split_whitespace().map(str::to_owned).collect();
    prop_oneof![8 => prop::sample::select(known), 1 => "[a-c]{1,3}", 1 => "(m|msn|opertor|mekank|lstrk|pasng|busaan|gudagn)"]
}

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..=most).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn scores_and_order_are_those_of_the_plain_reading(
        rows in prop::collection::vec(("[a-f]", text(6)), 1..40),
        query in text(7),
    ) {
        let ranker = Ranker::with_lexicon(rows.clone(), Lexicon::default());
        let hits = ranker.hits(&query, &terms(&query), rows.len());
        let plain = plainly(&rows, &query);
        prop_assert_eq!(hits.iter().map(|hit| hit.row).collect::<BTreeSet<usize>>(), plain.keys().copied().collect::<BTreeSet<usize>>());
        for hit in &hits {
            let fast = [hit.letters, hit.roots, hit.covered, hit.score].map(f64::from);
            let near = fast.iter().zip(&plain[&hit.row]).all(|(fast, slow)| (fast - slow).abs() < 1e-4);
            prop_assert!(near, "{:?} {:?} {:?}", hit, plain[&hit.row], rows[hit.row]);
        }
        prop_assert!(hits.is_sorted_by(|left, right| left.score >= right.score));
    }

    #[test]
    fn the_best_of_many_are_the_best_of_all(rows in prop::collection::vec(("[a-z]{2}", text(5)), 70..200), query in text(5)) {
        let ranker = Ranker::with_lexicon(rows.clone(), Lexicon::default());
        let some = ranker.hits(&query, &terms(&query), 64);
        let plain = plainly(&rows, &query);
        let mut sums: Vec<f64> = plain.values().map(|[_, roots, _, _]| *roots).collect();
        sums.sort_by(|left, right| right.total_cmp(left));
        prop_assert_eq!(some.len(), sums.len().min(64));
        let least = sums.get(63).copied().unwrap_or(0.0);
        prop_assert!(some.iter().all(|hit| f64::from(hit.roots) >= least - 1e-4));
    }

    #[test]
    fn every_run_ranks_alike(rows in prop::collection::vec(("[a-f]", text(6)), 1..30), queries in prop::collection::vec(text(6), 1..6)) {
        let (ranker, other) = (Ranker::new(rows.clone()), Ranker::new(rows));
        let alone: Vec<_> = queries.iter().map(|query| ranker.rank(query, 10)).collect();
        let again: Vec<_> = queries.iter().rev().map(|query| other.rank(query, 10)).collect();
        prop_assert!(alone.iter().eq(again.iter().rev()));
        for ranked in &alone {
            prop_assert_eq!(ranked.iter().map(|(concept, _)| concept).collect::<BTreeSet<_>>().len(), ranked.len());
            prop_assert!(ranked.iter().all(|(_, score)| score.is_finite()));
        }
    }

    #[test]
    fn no_text_breaks_the_ranker(query in any::<String>(), surface in any::<String>()) {
        let ranker = Ranker::new([("a", surface.as_str()), ("b", "Operator Mesin Jahit")]);
        prop_assert!(ranker.rank(&query, 5).len() <= 2);
    }
}

#[test]
fn words_of_grammar_alone_are_like_nothing() {
    let ranker = Ranker::new([("a", "Penjahit dan Pemotong"), ("b", "Juru Las")]);
    assert_eq!(ranker.rank("yang dan di ke dari", 5), []);
}

#[rstest]
#[case("srvyr tanah", "surveyor")]
#[case("surveyro tanah", "surveyor")]
#[case("tanah surveyor", "surveyor")]
#[case("pnjht", "penjahit")]
#[case("penjhait", "penjahit")]
#[case("tailor", "penjahit")]
#[case("wedbesigner", "web")]
#[case("webdesigner", "web")]
fn misspelt_and_turned_words_find_their_row(#[case] query: &str, #[case] expected: &str) {
    let rows = [
        ("surveyor", "Surveyor Tanah"),
        ("asisten", "Asisten Surveyor"),
        ("penjahit", "Penjahit"),
        ("penjaga", "Penjaga Tanah"),
        ("web", "Web Designer"),
        ("las", "Juru Las"),
    ];
    let ranker = Ranker::new(rows);
    assert_eq!(ranker.rank(query, 1).first().map(|(concept, _)| *concept), Some(expected));
}
