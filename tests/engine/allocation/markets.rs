//! Small worlds to allocate in, and every plan there is for them.

use proptest::prelude::*;
use serap::engine::allocation::{Edge, Lots, Plan, Preferences, Problem, Vacancy};

/// A problem with ranks from both sides.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) problem: Problem,
    pub(super) preferences: Preferences,
}

/// Numbers from 0 as lots.
pub(super) fn lots(count: usize) -> Vec<u64> {
    (0..).take(count).collect()
}

/// Preferences by score with a seed.
pub(super) fn by_score(problem: &Problem, seed: u64) -> Preferences {
    let (people, vacancies) = (lots(usize::try_from(problem.people()).expect("fits")), lots(problem.vacancies().len()));
    Preferences::by_score(problem, Lots { seed, people: &people, vacancies: &vacancies }).expect("lots for all")
}

/// Vacancies with these capacities, one partner each.
pub(super) fn apart(capacities: &[u32]) -> (Vec<Vacancy>, Vec<Option<u32>>) {
    let vacancy = |(partner, capacity): (u32, &u32)| Vacancy { capacity: *capacity, partner, must_fill: false };
    ((0..).zip(capacities).map(vacancy).collect(), vec![None; capacities.len()])
}

/// Wishes as lists of names on both sides: an edge wherever both name each other.
pub(super) fn wishes(people: &[&[u32]], vacancies: &[&[u32]], capacities: &[u32]) -> World {
    let place = |list: &[u32], wanted: u32| list.iter().position(|one| *one == wanted).map(|place| u32::try_from(place).expect("few"));
    let mut edges = Vec::new();
    for (person, wished) in (0..).zip(people) {
        for vacancy in wished.iter().copied() {
            let named = vacancies.get(usize::try_from(vacancy).expect("few")).and_then(|list| place(list, person));
            if named.is_some() {
                edges.push(Edge { person, vacancy, score: 5_000 });
            }
        }
    }
    let (seats, limits) = apart(capacities);
    let problem = Problem::new(u32::try_from(people.len()).expect("few"), seats, limits, edges).expect("a problem");
    let (mut by_person, mut by_vacancy) = (Vec::new(), Vec::new());
    for (person, wished) in (0..).zip(people) {
        for edge in problem.edges_of(person) {
            let (vacancy, _) = problem.edge(edge).expect("an edge");
            by_person.push(place(wished, vacancy).expect("wished"));
            by_vacancy.push(place(vacancies.get(usize::try_from(vacancy).expect("few")).expect("there"), person).expect("named"));
        }
    }
    let (people, vacancies) = (lots(people.len()), lots(vacancies.len()));
    let lots = Lots { seed: 1, people: &people, vacancies: &vacancies };
    let preferences = Preferences::ranked(&problem, by_person, by_vacancy, lots).expect("ranks for all");
    World { problem, preferences }
}

/// Small problems: up to `people` x 5, few distinct scores, capacities from 0, shared partners with and without limits.
pub(super) fn problem(people: u32, with_must_fill: bool) -> impl Strategy<Value = Problem> {
    (0..=people, 0..=5_u32).prop_flat_map(move |(people, count)| {
        let vacancy = (0..4_u32, 0..3_u32, any::<bool>());
        let limits = prop::collection::vec(prop::option::of(0..4_u32), 3);
        let edge = (0..people.max(1), 0..count.max(1), prop::sample::select(vec![0_u16, 1, 300, 500, 500, 9_999, 10_000]));
        let edges = prop::collection::vec(edge, 0..=usize::try_from(people * count).expect("few"));
        (prop::collection::vec(vacancy, usize::try_from(count).expect("few")), limits, edges).prop_map(move |(vacancies, limits, edges)| {
            let vacancy = |(capacity, partner, must_fill)| Vacancy { capacity, partner, must_fill: must_fill && with_must_fill };
            let there = people > 0 && count > 0;
            let edges = edges.into_iter().filter(|_| there).map(|(person, vacancy, score)| Edge { person, vacancy, score });
            Problem::new(people, vacancies.into_iter().map(vacancy).collect(), limits, edges.collect()).expect("a problem")
        })
    })
}

/// A small world with ranks of its own on both sides.
pub(super) fn world() -> impl Strategy<Value = World> {
    (problem(5, false), any::<u64>(), prop::collection::vec((0..3_u32, 0..3_u32), 40)).prop_map(|(problem, seed, ranks)| {
        let (by_person, by_vacancy) = ranks.iter().copied().cycle().take(problem.edges()).unzip();
        let (people, vacancies) = (lots(usize::try_from(problem.people()).expect("few")), lots(problem.vacancies().len()));
        let lots = Lots { seed, people: &people, vacancies: &vacancies };
        let preferences = Preferences::ranked(&problem, by_person, by_vacancy, lots).expect("ranks for all");
        World { problem, preferences }
    })
}

/// Every plan that keeps capacities and limits.
pub(super) fn every_plan(problem: &Problem) -> Vec<Plan> {
    let mut plans = vec![Vec::new()];
    for person in 0..problem.people() {
        let options = |plan: &Vec<Option<u32>>| {
            let edges = problem.edges_of(person).map(|edge| Some(u32::try_from(edge).expect("few")));
            std::iter::once(None).chain(edges).map(|edge| [plan.as_slice(), &[edge]].concat()).collect::<Vec<_>>()
        };
        plans = plans.iter().flat_map(options).collect();
        let keeps = |plan: &Vec<Option<u32>>| {
            let whole = [plan.as_slice(), &vec![None; usize::try_from(problem.people()).expect("few") - plan.len()]].concat();
            Plan::new(whole).check(problem).is_ok()
        };
        plans.retain(keeps);
    }
    plans.into_iter().map(Plan::new).collect()
}
