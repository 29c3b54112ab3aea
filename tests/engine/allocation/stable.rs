//! Deferred acceptance beside every plan there is.

use super::markets::{World, apart, by_score, every_plan, problem, wishes, world};
use proptest::prelude::*;
use serap::engine::allocation::{Edge, Lots, Plan, Preferences, Problem, Side, objections, rank_after_wishes, reserves, stable};

fn names(world: &World, plan: &Plan) -> Vec<Option<u32>> {
    (0..world.problem.people()).map(|person| plan.vacancy_of(&world.problem, person)).collect()
}

#[test]
fn case_h9_stable_places_two_where_three_could_be() {
    let world = wishes(&[&[0], &[0, 1], &[1, 2]], &[&[1, 0], &[2, 1], &[2]], &[1, 1, 1]);
    for side in Side::ALL {
        let plan = stable(&world.problem, &world.preferences, *side);
        assert_eq!(names(&world, &plan), [None, Some(0), Some(1)]);
        assert_eq!(objections(&world.problem, &world.preferences, &plan), []);
    }
    // Everybody placed, and who would rather have whom.
    let all =
        Plan::new((0..3).map(|person| world.problem.edge_between(person, person).and_then(|edge| u32::try_from(edge).ok())).collect());
    let price: Vec<_> = objections(&world.problem, &world.preferences, &all).iter().map(|one| (one.person, one.vacancy)).collect();
    assert_eq!((all.placed(), price), (3, vec![(1, 0), (2, 1)]));
}

#[test]
fn case_h10_residents_and_hospitals() {
    let people: &[&[u32]] = &[&[0, 1], &[2, 0], &[0, 2], &[2, 1], &[0, 2], &[1, 0], &[2, 0], &[1, 0]];
    let hospitals: &[&[u32]] = &[&[4, 5, 2, 3, 0, 1, 6, 7], &[7, 1, 2, 3, 4, 5, 6, 0], &[6, 4, 1, 2, 3, 5, 7, 0]];
    let world = wishes(people, hospitals, &[2, 2, 2]);
    let plan = stable(&world.problem, &world.preferences, Side::Graduates);
    assert_eq!(names(&world, &plan), [None, Some(2), None, Some(1), Some(0), Some(0), Some(2), Some(1)]);
    let waiting = reserves(&world.problem, &world.preferences, &plan, 10);
    assert_eq!(waiting, [vec![2, 0], vec![0], vec![2]]);
    let other = stable(&world.problem, &world.preferences, Side::Employers);
    assert_eq!(objections(&world.problem, &world.preferences, &other), []);
    assert_eq!(other.placed(), plan.placed());
}

#[test]
fn case_h12_nobody_is_ranked() {
    let (seats, limits) = apart(&[1, 1]);
    let edges = [(0, 0, 400), (0, 1, 600), (1, 0, 500), (1, 1, 700)];
    let edges = edges.map(|(person, vacancy, score)| Edge { person, vacancy, score }).to_vec();
    let problem = Problem::new(2, seats, limits, edges).expect("a problem");
    let ranks: Vec<u32> = problem.scores().iter().map(|score| rank_after_wishes(None, *score)).collect();
    let lots = Lots { seed: 0, people: &[1, 2], vacancies: &[1, 2] };
    let preferences = Preferences::ranked(&problem, ranks.clone(), ranks, lots).expect("ranks");
    let plan = stable(&problem, &preferences, Side::Graduates);
    assert_eq!((0..2).map(|person| plan.vacancy_of(&problem, person)).collect::<Vec<_>>(), [Some(0), Some(1)]);
    assert!(preferences.shares_one_order());
}

#[test]
fn nobody_and_nothing_makes_an_empty_plan() {
    for (people, capacities) in [(0, vec![]), (0, vec![1]), (3, vec![]), (3, vec![0, 0])] {
        let (seats, limits) = apart(&capacities);
        let edges = (0..people).flat_map(|person| (0..).take(capacities.len()).map(move |vacancy| Edge { person, vacancy, score: 1 }));
        let problem = Problem::new(people, seats, limits, edges.collect()).expect("a problem");
        for side in Side::ALL {
            assert_eq!(stable(&problem, &by_score(&problem, 3), *side).placed(), 0);
        }
    }
}

proptest! {
    #[test]
    fn a_stable_plan_is_feasible_and_nobody_objects(world in world()) {
        for side in Side::ALL {
            let plan = stable(&world.problem, &world.preferences, *side);
            prop_assert_eq!(plan.check(&world.problem), Ok(()));
            prop_assert_eq!(objections(&world.problem, &world.preferences, &plan), []);
        }
    }

    #[test]
    fn each_side_gets_the_best_of_all_stable_plans(world in world()) {
        let World { problem, preferences } = &world;
        let stable_plans: Vec<Plan> =
            every_plan(problem).into_iter().filter(|plan| objections(problem, preferences, plan).is_empty()).collect();
        let (theirs, employers) = (stable(problem, preferences, Side::Graduates), stable(problem, preferences, Side::Employers));
        prop_assert!(stable_plans.contains(&theirs) && stable_plans.contains(&employers));
        let liking = |plan: &Plan, person: u32| plan.edge_of(person).map(|edge| preferences.of_person(problem, person, edge));
        for person in 0..problem.people() {
            for plan in &stable_plans {
                // Nobody unplaced in one stable plan is placed in another; who is placed does best and worst in these two.
                prop_assert_eq!(plan.edge_of(person).is_some(), theirs.edge_of(person).is_some());
                prop_assert!(liking(&theirs, person) <= liking(plan, person));
                prop_assert!(liking(&employers, person) >= liking(plan, person));
            }
        }
    }

    #[test]
    fn one_order_on_both_sides_leaves_one_stable_plan(problem in problem(6, false), seed: u64) {
        let preferences = by_score(&problem, seed);
        let plan = stable(&problem, &preferences, Side::Graduates);
        prop_assert_eq!(&plan, &stable(&problem, &preferences, Side::Employers));
        let others = every_plan(&problem).into_iter().filter(|other| objections(&problem, &preferences, other).is_empty()).count();
        prop_assert_eq!(others, 1);
    }

    #[test]
    fn reserves_hold_the_unplaced_in_order(world in world()) {
        let World { problem, preferences } = &world;
        let plan = stable(problem, preferences, Side::Graduates);
        for (vacancy, list) in (0..).zip(reserves(problem, preferences, &plan, 2)) {
            let liking = |person: &u32| problem.edge_between(*person, vacancy).map(|edge| preferences.of_vacancy(problem, *person, edge));
            prop_assert!(list.len() <= 2 && list.iter().all(|person| plan.edge_of(*person).is_none() && liking(person).is_some()));
            prop_assert!(list.windows(2).all(|two| two.first().and_then(liking) < two.last().and_then(liking)));
        }
    }

    #[test]
    fn numbering_does_not_matter(problem in problem(6, false), seed: u64, turn in 1..6_u32) {
        // The same people under other numbers, with the same lots, get the same seats.
        let people = problem.people();
        prop_assume!(people > 0);
        let renumbered = |person: u32| (person + turn) % people;
        let edges = (0..people).flat_map(|person| {
            let problem = &problem;
            problem.edges_of(person).filter_map(move |edge| problem.edge(edge).map(|(vacancy, score)| Edge { person: renumbered(person), vacancy, score }))
        });
        let other = Problem::new(people, problem.vacancies().to_vec(), problem.partner_limits().to_vec(), edges.collect()).expect("a problem");
        let lot = |person: u32| u64::from(person) + 77;
        let vacancy_lots = super::markets::lots(problem.vacancies().len());
        let here: Vec<u64> = (0..people).map(lot).collect();
        let mut there = vec![0; here.len()];
        for person in 0..people {
            if let Some(place) = there.get_mut(usize::try_from(renumbered(person)).expect("few")) {
                *place = lot(person);
            }
        }
        let plan_of = |problem: &Problem, people: &[u64]| {
            let lots = Lots { seed, people, vacancies: &vacancy_lots };
            stable(problem, &Preferences::by_score(problem, lots).expect("lots"), Side::Graduates)
        };
        let (first, second) = (plan_of(&problem, &here), plan_of(&other, &there));
        for person in 0..people {
            prop_assert_eq!(first.vacancy_of(&problem, person), second.vacancy_of(&other, renumbered(person)));
        }
    }
}
