//! What `benches/instructions.sh` counts under callgrind: a hundred questions of one kind, inside a function of their own.
//!
//! `instructions rank|top_local`

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
use anchors::{rng, text, world};
use market::{LIMIT, Market, Mode, today};
use serap::engine::matching::{Demand, Index};
use serap::engine::resolve::Ranker;

const QUESTIONS: usize = 100;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("rank") => {
            let titles = text::catalogue(world::SEED, 15_000);
            let questions = text::queries(world::SEED, &titles, QUESTIONS);
            let ranker = Ranker::new(titles.iter().enumerate().map(|(number, title)| (number.to_string(), title)));
            counted_rank(&ranker, &questions);
        }
        Some("top_local") => {
            let market = Market::of(20_000, QUESTIONS);
            let index = Index::build(market.candidates());
            let demands: Vec<Demand> = (0..QUESTIONS).map(|number| market.demand(number, Mode::Local)).collect();
            counted_top_local(&index, &market, &demands);
        }
        // Cargo's own runs name nothing; there is nothing to count then.
        _ => (),
    }
}

#[inline(never)]
fn counted_rank(ranker: &Ranker, questions: &[(String, Option<u32>)]) {
    for (question, _) in questions {
        black_box(ranker.rank(question, 1));
    }
}

#[inline(never)]
fn counted_top_local(index: &Index, market: &Market, demands: &[Demand]) {
    for demand in demands {
        black_box(index.top(demand, market.policy(), today(), LIMIT, None));
    }
}
