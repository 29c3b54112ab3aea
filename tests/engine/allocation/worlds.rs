//! Problems to ask, small ones from proptest and larger ones from a fixed stream of numbers.

use std::ops::ControlFlow;

use proptest::prelude::*;
use serap::engine::allocation::{Edge, Maximum, Problem, Vacancy, maximum};

/// Everything a problem is made of, so that tests can state it anew with a change.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) people: u32,
    pub(crate) vacancies: Vec<Vacancy>,
    pub(crate) limits: Vec<Option<u32>>,
    pub(crate) edges: Vec<Edge>,
}

impl World {
    pub(crate) fn problem(&self) -> Problem {
        Problem::new(self.people, self.vacancies.clone(), self.limits.clone(), self.edges.clone()).expect("a sound world")
    }
}

pub(crate) fn seats(capacity: u32) -> Vacancy {
    Vacancy { capacity, partner: 0, must_fill: false }
}

pub(crate) fn edge(person: u32, vacancy: u32, score: u16) -> Edge {
    Edge { person, vacancy, score }
}

/// The best plan, when nobody breaks the work off.
pub(crate) fn best(problem: &Problem) -> Maximum {
    maximum(problem, &mut |_| ControlFlow::Continue(())).expect("nobody breaks it off")
}

/// Scores of every kind: few and many different ones, both ends of the scale.
fn score() -> impl Strategy<Value = u16> {
    prop_oneof![Just(0), Just(10_000), Just(5_000), 0..4_u16, 0..=10_000_u16]
}

/// Small worlds of all kinds; a pair may be named twice. `bound` adds partners' limits and must-fill vacancies.
pub(crate) fn small(bound: bool) -> impl Strategy<Value = World> {
    (0..=6_u32, 0..=6_usize, 1..=3_usize).prop_flat_map(move |(people, count, partners)| {
        let last = u32::try_from(partners - 1).expect("few");
        let vacancy = (0..=3_u32, 0..=last, prop::bool::weighted(0.4));
        let vacancies = prop::collection::vec(vacancy, count);
        let limit = prop::option::weighted(0.6, 0..=4_u32);
        let limits = prop::collection::vec(limit, partners);
        let most = if people == 0 || count == 0 { 0 } else { 24 };
        let ends = (0..people.max(1), 0..u32::try_from(count.max(1)).expect("few"), score());
        (vacancies, limits, prop::collection::vec(ends, 0..=most)).prop_map(move |(vacancies, limits, edges)| World {
            people,
            vacancies: vacancies
                .into_iter()
                .map(|(capacity, partner, must_fill)| Vacancy { capacity, partner, must_fill: must_fill && bound })
                .collect(),
            limits: limits.into_iter().map(|limit| limit.filter(|_| bound)).collect(),
            edges: edges.into_iter().map(|(person, vacancy, score)| edge(person, vacancy, score)).collect(),
        })
    })
}

/// A stream of numbers that is the same everywhere.
pub(crate) struct Stream(pub(crate) u64);

impl Stream {
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(bound)).expect("below the bound")
    }
}

/// A random world: each person has up to `degree` edges with one of `scores` scores, each vacancy up to `most` seats.
pub(crate) fn random(seed: u64, people: u32, vacancies: u32, degree: u32, scores: u32, most: u32) -> World {
    let mut stream = Stream(seed);
    let seats = |stream: &mut Stream| Vacancy { capacity: stream.below(most + 1), partner: stream.below(7), must_fill: false };
    let vacancies_made = (0..vacancies).map(|_| seats(&mut stream)).collect();
    let mut edges = Vec::new();
    for person in 0..people {
        for _ in 0..stream.below(degree + 1) {
            let score = u16::try_from(stream.below(scores)).expect("a score");
            edges.push(edge(person, stream.below(vacancies), score));
        }
    }
    World { people, vacancies: vacancies_made, limits: vec![None; 7], edges }
}
