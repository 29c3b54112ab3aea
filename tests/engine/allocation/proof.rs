//! The certificate proves what is best and refuses everything else.

use proptest::prelude::*;
use serap::engine::allocation::{Certificate, Flaw, Plan, Price, Problem};

use super::worlds::{best, small};

fn prices(problem: &Problem, certificate: &Certificate) -> [Vec<Price>; 3] {
    let count = |length: usize| u32::try_from(length).expect("few");
    [
        (0..problem.people()).filter_map(|person| certificate.person(person)).collect(),
        (0..count(problem.vacancies().len())).filter_map(|vacancy| certificate.seat(vacancy)).collect(),
        (0..count(problem.partner_limits().len())).filter_map(|partner| certificate.partner(partner)).collect(),
    ]
}

proptest! {
    #[test]
    fn a_worse_plan_is_refused(world in small(true), chosen in any::<prop::sample::Index>()) {
        let problem = world.problem();
        let found = best(&problem);
        let placed: Vec<usize> = found.plan.edges().iter().enumerate().filter(|(_, edge)| edge.is_some()).map(|(person, _)| person).collect();
        prop_assume!(!placed.is_empty());
        let mut edges = found.plan.edges().to_vec();
        edges[placed[chosen.index(placed.len())]] = None;
        let refused = matches!(found.certificate.verify(&problem, &Plan::new(edges)), Err(Flaw::Gap { .. }));
        prop_assert!(refused);
    }

    #[test]
    fn a_changed_price_is_refused(world in small(true), kind in 0..3_usize, chosen in any::<prop::sample::Index>(), less in any::<bool>()) {
        let problem = world.problem();
        let found = best(&problem);
        let mut changed = prices(&problem, &found.certificate);
        prop_assume!(!changed[kind].is_empty());
        let place = chosen.index(changed[kind].len());
        // A seat or a place that nobody needs can cost anything.
        let counts = match kind {
            0 => true,
            1 => problem.vacancies()[place].capacity > 0,
            _ => problem.partner_limits()[place] != Some(0),
        };
        prop_assume!(counts);
        changed[kind][place].score += if less { -1 } else { 1 };
        let [people, vacancies, partners] = changed;
        prop_assert!(Certificate::new(people, vacancies, partners).verify(&problem, &found.plan).is_err());
    }

    #[test]
    fn a_plan_that_cannot_be_is_refused(world in small(true)) {
        let problem = world.problem();
        let found = best(&problem);
        let mut edges = found.plan.edges().to_vec();
        edges.push(None);
        let refused = matches!(found.certificate.verify(&problem, &Plan::new(edges)), Err(Flaw::Plan(_)));
        prop_assert!(refused);
        let [mut people, vacancies, partners] = prices(&problem, &found.certificate);
        people.push(Price::ZERO);
        prop_assert_eq!(Certificate::new(people, vacancies, partners).verify(&problem, &found.plan), Err(Flaw::OtherProblem));
    }
}
