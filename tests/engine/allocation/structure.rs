//! Reasons read off a plan, against every plan there is.

use super::markets::every_plan;
use super::worlds::{World, best, edge, seats, small};
use proptest::prelude::*;
use serap::engine::allocation::{Plan, Price, Problem, Structure, Vacancy, WhyEmpty, WhyUnplaced, honour_friends};

/// A plan with moves made.
fn moved(problem: &Problem, plan: &Plan, steps: &[(u32, u32)], displaced: u32) -> Plan {
    let mut edges = plan.edges().to_vec();
    edges[usize::try_from(displaced).expect("few")] = None;
    for (person, vacancy) in steps {
        let edge = problem.edge_between(*person, *vacancy).expect("a move along an edge");
        edges[usize::try_from(*person).expect("few")] = Some(u32::try_from(edge).expect("few"));
    }
    Plan::new(edges)
}

/// The best total among plans as good as possible that place a person without changing how many each vacancy gets.
fn best_with(problem: &Problem, plan: &Plan, person: u32) -> Option<u64> {
    let filled = plan.filled(problem);
    let others = every_plan(problem).into_iter().filter(|other| other.edge_of(person).is_some() && other.filled(problem) == filled);
    others.map(|other| other.total(problem)).max()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_chain_can_be_made_and_costs_what_it_says(world in small(false)) {
        let problem = world.problem();
        let found = best(&problem);
        let structure = Structure::of(&problem, &found.plan);
        for person in 0..problem.people() {
            match structure.why_unplaced(&found.certificate, person) {
                WhyUnplaced::Placed => prop_assert!(found.plan.edge_of(person).is_some()),
                WhyUnplaced::NoEdge => prop_assert!(problem.edges_of(person).is_empty()),
                WhyUnplaced::AllTaken(taken) => {
                    // So many people for fewer seats, and nobody of them can go elsewhere.
                    prop_assert!(u64::try_from(taken.people).expect("few") > taken.seats);
                    let filled = found.plan.filled(&problem);
                    for vacancy in &taken.vacancies {
                        let number = usize::try_from(*vacancy).expect("few");
                        prop_assert_eq!(filled[number], problem.vacancies()[number].capacity);
                    }
                    let Some(chain) = taken.chain else {
                        prop_assert_eq!(best_with(&problem, &found.plan, person), None);
                        continue;
                    };
                    let other = moved(&problem, &found.plan, &chain.steps, chain.displaced);
                    prop_assert_eq!(other.check(&problem), Ok(()));
                    prop_assert!(other.edge_of(person).is_some() && other.edge_of(chain.displaced).is_none());
                    prop_assert_eq!(other.placed(), found.plan.placed());
                    prop_assert_eq!(other.total(&problem) + chain.price, found.plan.total(&problem));
                    prop_assert_eq!(Some(other.total(&problem)), best_with(&problem, &found.plan, person));
                }
                WhyUnplaced::PartnerLimit { .. } | WhyUnplaced::MustFillFirst { .. } => prop_assert!(false, "there are no limits here"),
            }
        }
    }

    #[test]
    fn reasons_under_limits_are_true(world in small(true)) {
        let problem = world.problem();
        let found = best(&problem);
        let structure = Structure::of(&problem, &found.plan);
        let got = found.plan.filled_by_partner(&problem);
        let is_full = |partner: u32| {
            let number = usize::try_from(partner).expect("few");
            problem.partner_limits()[number].is_some_and(|limit| got[number] >= limit)
        };
        for person in 0..problem.people() {
            match structure.why_unplaced(&found.certificate, person) {
                WhyUnplaced::PartnerLimit { partner } => prop_assert!(is_full(partner)),
                // A seat more somewhere would be had only by leaving a must-fill seat empty.
                WhyUnplaced::MustFillFirst { .. } => prop_assert!(problem.vacancies().iter().any(|vacancy| vacancy.must_fill)),
                WhyUnplaced::AllTaken(taken) => {
                    if let Some(chain) = taken.chain {
                        let other = moved(&problem, &found.plan, &chain.steps, chain.displaced);
                        prop_assert_eq!(other.check(&problem), Ok(()));
                        prop_assert_eq!(other.total(&problem) + chain.price, found.plan.total(&problem));
                    }
                }
                WhyUnplaced::Placed | WhyUnplaced::NoEdge => {}
            }
        }
    }

    #[test]
    fn a_seat_stays_empty_for_the_reason_told(world in small(false)) {
        let problem = world.problem();
        let found = best(&problem);
        let nobody = Plan::new(vec![None; usize::try_from(problem.people()).expect("few")]);
        let (structure, idle) = (Structure::of(&problem, &found.plan), Structure::of(&problem, &nobody));
        for (number, vacancy) in (0..).zip(problem.vacancies()) {
            let takers = (0..problem.people()).filter(|person| problem.edge_between(*person, number).is_some()).count();
            let filled = found.plan.filled(&problem)[usize::try_from(number).expect("few")];
            if filled < vacancy.capacity {
                // A best plan leaves no seat empty that somebody could be brought to.
                let expected = if takers == 0 { WhyEmpty::NobodyMayTakeIt } else { WhyEmpty::EveryoneIsPlaced };
                prop_assert_eq!(structure.why_empty(number), expected);
            }
            if takers > 0 {
                prop_assert_eq!(idle.why_empty(number), WhyEmpty::CouldBeFilled);
            }
        }
    }

    #[test]
    fn friends_cost_nothing(world in small(true), pairs in prop::collection::vec((0..6_u32, 0..6_u32), 0..4)) {
        let problem = world.problem();
        let found = best(&problem);
        let friends: Vec<(u32, u32)> = pairs.into_iter().filter(|(one, other)| one != other && *one < world.people && *other < world.people).collect();
        let partner = |plan: &Plan, person: u32| {
            plan.vacancy_of(&problem, person).map(|vacancy| problem.vacancies()[usize::try_from(vacancy).expect("few")].partner)
        };
        let together = |plan: &Plan, pair: &(u32, u32)| partner(plan, pair.0).is_some() && partner(plan, pair.0) == partner(plan, pair.1);
        let (plan, honoured) = honour_friends(&problem, &found.plan, &friends);
        prop_assert_eq!(plan.check(&problem), Ok(()));
        prop_assert_eq!(Price::of_plan(&problem, &plan), Price::of_plan(&problem, &found.plan));
        prop_assert!(found.certificate.verify(&problem, &plan).is_ok());
        for pair in &friends {
            prop_assert_eq!(together(&plan, pair), honoured.contains(pair));
            prop_assert!(!together(&found.plan, pair) || together(&plan, pair));
        }
    }
}

#[test]
fn a_partners_limit_is_named() {
    let vacancy = |partner| Vacancy { capacity: 2, partner, must_fill: false };
    let edges = (0..3).map(|person| edge(person, 0, 500)).collect();
    let world = World { people: 3, vacancies: vec![vacancy(0), vacancy(1)], limits: vec![Some(1), None], edges };
    let problem = world.problem();
    let found = best(&problem);
    let structure = Structure::of(&problem, &found.plan);
    let unplaced = (0..3).find(|person| found.plan.edge_of(*person).is_none()).expect("somebody");
    assert_eq!(structure.why_unplaced(&found.certificate, unplaced), WhyUnplaced::PartnerLimit { partner: 0 });
    assert_eq!((structure.why_empty(0), structure.why_empty(1)), (WhyEmpty::PartnerLimit { partner: 0 }, WhyEmpty::NobodyMayTakeIt));
}

#[test]
fn friends_trade_seats_where_it_costs_nothing() {
    // Two firms of two seats, all scores equal: 0 and 3 are friends and sit apart in the first plan.
    let vacancy = |partner| Vacancy { partner, ..seats(2) };
    let edges = (0..4).flat_map(|person| [edge(person, 0, 700), edge(person, 1, 700)]).collect();
    let problem = World { people: 4, vacancies: vec![vacancy(0), vacancy(1)], limits: vec![None; 2], edges }.problem();
    let found = best(&problem);
    for pair in [(0, 1), (0, 2), (0, 3)] {
        let (plan, honoured) = honour_friends(&problem, &found.plan, &[pair]);
        assert_eq!((honoured, plan.vacancy_of(&problem, pair.0)), (vec![pair], plan.vacancy_of(&problem, pair.1)));
    }
}
