//! The engine's hot functions, each by itself. Run with `cargo bench --no-default-features --bench engine [-- FILTER]`.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    dead_code,
    reason = "a bench that cannot begin should stop there, and shares its market with others"
)]

#[rustfmt::skip]
#[path = "anchors/rs/src/lib.rs"]
#[allow(warnings, unsafe_code, clippy::all, reason = "the anchors are kept as they came")]
mod anchors;
mod market;

use std::hint::black_box;

// The anchors' modules name each other from the root of their crate.
use anchors::{rng, text};
use criterion::{Criterion, criterion_group, criterion_main};
use market::{LIMIT, Market, Mode, today};
use serap::engine::catalogue::Catalogue;
use serap::engine::matching::{Index, score};
use serap::engine::resolve::{Lexicon, PhraseKind, Ranker, Resolver, split_phrases};
use serap::engine::text::stem;

const GRADUATES: usize = 100_000;
const TITLES: usize = 15_000;
/// Questions asked in turn, so that none is answered from a warm cache alone.
const QUESTIONS: usize = 200;
const MESSAGE: &str = "Dicari segera 5 operator obras dan jahit untuk CV kami di Maron. Paham K3, bisa baca pola dasar, jujur dan rajin. \
    Pengalaman las listrik jadi nilai tambah, penempatan Kraksaan, gaji 3,2 juta, SIM C.";
const WORDS: [&str; 8] = ["menjahit", "pengelasan", "perawatan", "mengoperasikan", "pembuatan", "keselamatan", "memperbaiki", "welding"];

fn resolving(criterion: &mut Criterion) {
    let resolver = Resolver::new(&Catalogue::starter(), &Lexicon::starter(), []);
    criterion.bench_function("resolve_phrase", |bencher| bencher.iter(|| resolver.resolve(black_box("tukang jahit pola dasar"))));
    criterion.bench_function("resolve_message", |bencher| {
        bencher.iter(|| {
            let phrases = split_phrases(black_box(MESSAGE));
            let skills: Vec<&str> =
                phrases.iter().filter(|phrase| phrase.kind == PhraseKind::Skill).map(|phrase| phrase.text.as_str()).collect();
            resolver.resolve_together(&skills)
        });
    });
}

fn ranking(criterion: &mut Criterion) {
    let titles = text::catalogue(anchors::world::SEED, TITLES);
    let questions = text::queries(anchors::world::SEED, &titles, QUESTIONS);
    let ranker = Ranker::new(titles.iter().enumerate().map(|(number, title)| (number.to_string(), title)));
    let mut turn = questions.iter().cycle();
    criterion.bench_function("rank_15k_titles", |bencher| {
        bencher.iter(|| turn.next().map(|(question, _)| ranker.rank(black_box(question), 1).len()));
    });
}

fn stemming(criterion: &mut Criterion) {
    let mut turn = WORDS.iter().cycle();
    criterion.bench_function("stem", |bencher| bencher.iter(|| turn.next().map(|word| stem(black_box(word)))));
}

fn matching(criterion: &mut Criterion) {
    let market = Market::of(GRADUATES, QUESTIONS);
    let index = Index::build(market.candidates());
    for mode in Mode::ALL {
        let demands: Vec<_> = (0..QUESTIONS).map(|number| market.demand(number, mode)).collect();
        let mut turn = demands.iter().cycle();
        criterion.bench_function(&format!("top_{}_100k", mode.name()), |bencher| {
            bencher.iter(|| turn.next().map(|demand| index.top(black_box(demand), market.policy(), today(), LIMIT, None)));
        });
    }
    let demand = market.demand(0, Mode::National);
    let best = index.top(&demand, market.policy(), today(), 1, None).items.first().map(|item| item.graduate).expect("somebody fits");
    let candidate = index.candidate(best).map(|candidate| (*candidate).clone()).expect("a candidate");
    criterion.bench_function("score_one", |bencher| {
        bencher.iter(|| score(black_box(&candidate), &demand, market.policy(), today()));
    });
}

criterion_group!(benches, resolving, ranking, stemming, matching);
criterion_main!(benches);
