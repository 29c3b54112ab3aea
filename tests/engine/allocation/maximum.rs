//! The best plan: against every plan there is, against the other way of finding it, and on the shapes that break solvers.

use std::ops::ControlFlow;

use proptest::prelude::*;
use serap::engine::allocation::{Cancelled, Price, Problem, Vacancy, maximum, maximum_by_general_way};

use super::brute::best_worth;
use super::worlds::{World, best, edge, random, seats, small};

fn worth(problem: &Problem) -> Price {
    let found = best(problem);
    let proof = found.certificate.verify(problem, &found.plan).expect("the prices prove the plan");
    assert_eq!(proof.placed, u64::try_from(found.plan.placed()).expect("few"));
    assert_eq!(proof.total, found.plan.total(problem));
    Price::of_plan(problem, &found.plan)
}

fn general_worth(problem: &Problem) -> Price {
    let found = maximum_by_general_way(problem, &mut |_| ControlFlow::Continue(())).expect("nobody breaks it off");
    found.certificate.verify(problem, &found.plan).expect("the prices prove the plan");
    Price::of_plan(problem, &found.plan)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_plan_is_better(world in small(false)) {
        let problem = world.problem();
        prop_assert_eq!(worth(&problem), best_worth(&problem));
        prop_assert_eq!(general_worth(&problem), best_worth(&problem));
    }

    #[test]
    fn no_plan_under_limits_is_better(world in small(true)) {
        let problem = world.problem();
        prop_assert_eq!(worth(&problem), best_worth(&problem));
        prop_assert_eq!(general_worth(&problem), best_worth(&problem));
    }

    #[test]
    fn names_do_not_matter(world in small(true)) {
        let before = worth(&world.problem());
        let turned = |number: u32, count: usize| u32::try_from(count).expect("few") - 1 - number;
        let mut other = world.clone();
        other.vacancies.reverse();
        other.limits.reverse();
        for vacancy in &mut other.vacancies {
            vacancy.partner = turned(vacancy.partner, other.limits.len());
        }
        for edge in &mut other.edges {
            edge.person = world.people - 1 - edge.person;
            edge.vacancy = turned(edge.vacancy, world.vacancies.len());
        }
        other.edges.reverse();
        prop_assert_eq!(worth(&other.problem()), before);
    }

    #[test]
    fn a_seat_more_never_hurts(world in small(true), chosen in any::<prop::sample::Index>()) {
        let before = worth(&world.problem());
        let mut larger = world.clone();
        if !larger.vacancies.is_empty() {
            let place = chosen.index(larger.vacancies.len());
            larger.vacancies[place].capacity += 1;
        }
        prop_assert!(worth(&larger.problem()) >= before);
    }
}

#[test]
fn every_tiny_problem() {
    // Two people, two vacancies: every choice of capacities, edges, three scores, a must-fill vacancy and one limit.
    for pattern in 0..4_u32.pow(4) {
        for shape in 0..3 * 3 * 2 * 4_u32 {
            let capacities = [shape % 3, shape / 3 % 3];
            let must_fill = shape / 9 % 2 == 1;
            let limit = [None, Some(0), Some(1), Some(2)][usize::try_from(shape / 18).expect("four")];
            let pair = |place: u32| {
                (pattern / 4_u32.pow(place) % 4).checked_sub(1).map(|step| [0, 3, 10_000][usize::try_from(step).expect("three")])
            };
            let edges = (0..4).filter_map(|place| pair(place).map(|score| edge(place / 2, place % 2, score))).collect();
            let vacancy = |capacity, must_fill| Vacancy { capacity, partner: 0, must_fill };
            let vacancies = vec![vacancy(capacities[0], false), vacancy(capacities[1], must_fill)];
            let problem = World { people: 2, vacancies, limits: vec![limit], edges }.problem();
            assert_eq!(worth(&problem), best_worth(&problem), "pattern {pattern} shape {shape}");
        }
    }
}

#[test]
fn both_ways_agree_on_larger_worlds() {
    for (seed, (people, vacancies, degree, scores, most)) in (0..).zip([
        (300, 40, 12, 10_001, 8),
        (300, 40, 12, 3, 8),
        (300, 40, 12, 1, 8),
        (200, 200, 6, 500, 1),
        (200, 200, 6, 500, 2),
        (120, 300, 10, 10_001, 1),
        (400, 5, 4, 50, 60),
        (400, 5, 4, 50, 200),
        (500, 1, 1, 9, 400),
    ]) {
        let problem = random(seed, people, vacancies, degree, scores, most).problem();
        assert_eq!(worth(&problem), general_worth(&problem), "world {seed}");
    }
}

#[test]
fn limits_and_must_fill_on_larger_worlds() {
    for seed in 0..6 {
        let mut world = random(seed, 250, 30, 8, 1_000, 12);
        world.limits = (0..7).map(|partner| (partner % 2 == 0).then_some(5 * partner + 3)).collect();
        for vacancy in world.vacancies.iter_mut().step_by(4) {
            vacancy.must_fill = true;
        }
        worth(&world.problem());
    }
}

#[test]
fn equal_sides_on_larger_worlds() {
    // As many seats as people, or nearly: chains from the seats grow long here and an auction is held.
    for (seed, (people, vacancies, degree, scores, most)) in (20..).zip([
        (1_500, 1_500, 12, 10_001, 2),
        (1_500, 1_480, 12, 1_000, 2),
        (1_500, 150, 20, 10_001, 20),
        (1_500, 150, 20, 7, 20),
        (1_500, 150, 20, 1_000, 19),
        (1_500, 30, 20, 10_001, 98),
    ]) {
        let problem = random(seed, people, vacancies, degree, scores, most).problem();
        assert_eq!(worth(&problem), general_worth(&problem), "world {seed}");
    }
}

#[test]
fn nothing_to_do() {
    for (people, vacancies) in [(0, 0), (0, 3), (3, 0), (3, 3)] {
        let world = World { people, vacancies: vec![seats(2); vacancies], limits: vec![None], edges: Vec::new() };
        assert_eq!(worth(&world.problem()), Price::ZERO);
    }
    let none = World { people: 2, vacancies: vec![seats(0)], limits: vec![None], edges: vec![edge(0, 0, 9), edge(1, 0, 9)] };
    assert_eq!(worth(&none.problem()), Price::ZERO);
}

#[test]
fn placing_more_people_comes_before_any_score() {
    let edges = vec![edge(0, 0, 0), edge(0, 1, 10_000), edge(1, 1, 0)];
    let world = World { people: 2, vacancies: vec![seats(1), seats(1)], limits: vec![None], edges };
    assert_eq!(worth(&world.problem()), Price { must_fill: 0, placed: 2, score: 0 });
}

#[test]
fn must_fill_comes_before_placing_more_people() {
    // One person could take either of two seats under one limit; the must-fill seat is worth two placements elsewhere.
    let vacancy = |partner, must_fill| Vacancy { capacity: 1, partner, must_fill };
    let vacancies = vec![vacancy(0, true), vacancy(1, false)];
    let edges = vec![edge(0, 0, 1), edge(0, 1, 10_000), edge(1, 1, 5)];
    let both = World { people: 2, vacancies: vacancies.clone(), limits: vec![None; 2], edges };
    assert_eq!(worth(&both.problem()), Price { must_fill: 1, placed: 2, score: 6 });
    let alone = World { people: 1, vacancies, limits: vec![None; 2], edges: vec![edge(0, 0, 1), edge(0, 1, 10_000)] };
    assert_eq!(worth(&alone.problem()), Price { must_fill: 1, placed: 1, score: 1 });
}

#[test]
fn case_h9_maximum_places_three_where_stable_places_two() {
    let edges = vec![edge(0, 0, 50), edge(1, 0, 90), edge(1, 1, 60), edge(2, 1, 80), edge(2, 2, 70)];
    let world = World { people: 3, vacancies: vec![seats(1); 3], limits: vec![None], edges };
    assert_eq!(worth(&world.problem()).placed, 3);
}

#[test]
fn long_chains_are_walked_without_recursion() {
    // Person k can go to k or to a neighbour and prefers the neighbour; the last has none: everybody must move back.
    let count = 100_000_u32;
    let limits = vec![None];
    for up in [true, false] {
        for turned in [true, false] {
            let mut edges = Vec::new();
            for number in 0..count {
                let other = if up { number + 1 } else { number.wrapping_sub(1) };
                for (other, score) in [(number, 1), (other, 2)] {
                    let (person, vacancy) = if turned { (other, number) } else { (number, other) };
                    if other < count {
                        edges.push(edge(person, vacancy, score));
                    }
                }
            }
            let vacancies = vec![seats(1); usize::try_from(count).expect("fits")];
            let world = World { people: count, vacancies, limits: limits.clone(), edges };
            let all = i64::from(count);
            assert_eq!(worth(&world.problem()), Price { must_fill: 0, placed: all, score: all }, "up {up} turned {turned}");
        }
    }
}

#[test]
fn work_can_be_broken_off() {
    let problem = random(1, 300, 30, 8, 1_000, 12).problem();
    assert_eq!(maximum(&problem, &mut |_| ControlFlow::Break(())), Err(Cancelled));
    let mut limited = random(1, 300, 30, 8, 1_000, 12);
    limited.limits = vec![Some(3); 7];
    let mut left = 4;
    let stopped = maximum(&limited.problem(), &mut |progress| {
        assert!(progress.done <= progress.all);
        left -= 1;
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(stopped, Err(Cancelled));
}

#[test]
fn the_same_problem_has_the_same_plan() {
    let world = random(3, 400, 60, 9, 4, 5);
    let mut other = world.clone();
    other.edges.reverse();
    assert_eq!(best(&world.problem()), best(&other.problem()));
}
