//! Laws every score obeys, whoever the graduate and whatever the vacancy and the policy.

use super::world::{any_candidate, any_certificate, any_question, any_unit};
use super::*;
use proptest::prelude::*;
use serap::engine::matching::{Accept, Contribution, Detail, Factor, PolicyDraft, Via, check, coverage, on_list, score, with_related};

fn sum(contributions: &[Contribution], of: impl Fn(&Contribution) -> u32) -> u32 {
    contributions.iter().map(of).sum()
}

/// The units' part of the score in floating point, from the words of the rule and nothing else.
fn units_part(person: &Candidate, demand: &Demand, policy: &Policy) -> f64 {
    let begins = demand.starts_on.max(today());
    let draft = policy.draft();
    let percent = |value: i64| f64::from(i32::try_from(value).unwrap()) / 100.0;
    let worth = |line: &RequirementLine, held: &HeldUnit| -> f64 {
        let expired = held.expires.is_some_and(|last| last < begins);
        let strong = line.min_evidence.is_none_or(|least| held.evidence.strength() >= least.strength());
        let short = line.min_level.map_or(0, |asked| held.level.map_or(1, |level| asked.saturating_sub(level)));
        let fails = line.importance == Importance::Required && short > 0 && held.level.is_some();
        if held.issued > begins || !strong || (expired && line.must_be_valid) || fails {
            return 0.0;
        }
        let accept = line.accepts.iter().find(|accept| accept.code == held.code);
        let counts = |accept: &&Accept| accept.via != Via::Related || line.importance == Importance::Preferred;
        let factor = accept.filter(counts).map_or(0, |accept| accept.factor_hundredths);
        let evidence = match held.evidence {
            CertificateKind::Bnsp => draft.evidence_bnsp,
            CertificateKind::Training => draft.evidence_training,
            CertificateKind::Industry => draft.evidence_industry,
        };
        let level = [100, draft.one_level_short, draft.two_levels_short, draft.further_short][usize::from(short.min(3))];
        percent(evidence) * percent(i64::from(factor)) * percent(level) * if expired { percent(draft.expired) } else { 1.0 }
    };
    let lines = || demand.lines.iter().filter(|line| line.is_assessable());
    let weights: f64 = lines().map(|line| f64::from(line.weight)).sum();
    let best = |line: &RequirementLine| person.units.iter().map(|held| worth(line, held)).fold(0.0, f64::max);
    percent(draft.units_weight * 100) * lines().map(|line| f64::from(line.weight) * best(line)).sum::<f64>() / weights
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn case_h5_contributions_make_the_score_and_maxima_make_the_whole(person in any_candidate(0..9), (policy, demand) in any_question()) {
        let Some(score) = score(&person, &demand, &policy, today()) else {
            prop_assert!(demand.lines.iter().all(|line| line.accepts.is_empty()));
            return Ok(());
        };
        prop_assert!(score.total_hundredths <= 10_000);
        prop_assert_eq!(sum(&score.contributions, |c| c.points_hundredths), score.total_hundredths);
        prop_assert_eq!(sum(&score.contributions, |c| c.max_hundredths), 10_000);
        prop_assert!(score.contributions.iter().all(|c| c.points_hundredths <= c.max_hundredths));
        let context = sum(&score.contributions, |c| if c.unit.is_none() { c.max_hundredths } else { 0 });
        let draft = policy.draft();
        let weights = [draft.distance_weight, draft.wage_weight, draft.start_weight];
        prop_assert_eq!(i64::from(context), weights.iter().flatten().sum::<i64>(), "context weights are whole, so never rounded");
    }

    #[test]
    fn the_units_part_is_what_the_rule_says(person in any_candidate(0..9), (policy, demand) in any_question()) {
        if let Some(score) = score(&person, &demand, &policy, today()) {
            let units = |c: &Contribution| matches!(c.factor, Factor::RequiredUnit | Factor::PreferredUnit);
            let points = f64::from(sum(&score.contributions, |c| if units(c) { c.points_hundredths } else { 0 }));
            let expected = units_part(&person, &demand, &policy);
            // A worth is cut to a hundredth of a percent, and each part is rounded to a hundredth of a point.
            let slack = 1.0 + f64::from(u32::try_from(score.contributions.len()).unwrap());
            prop_assert!((points - expected).abs() <= slack, "{points} against {expected}");
        }
    }

    #[test]
    fn another_certificate_never_lowers_a_score_nor_closes_a_list(
        person in any_candidate(0..9), gained in any_certificate(), (policy, demand) in any_question(),
    ) {
        let mut richer = person.clone();
        richer.units.push(gained);
        let total = |person: &Candidate| score(person, &demand, &policy, today()).map(|score| score.total_hundredths);
        prop_assert!(total(&richer) >= total(&person));
        prop_assert!(on_list(&person, &demand, today()).is_err() || on_list(&richer, &demand, today()).is_ok());
    }

    #[test]
    fn a_missing_required_unit_is_never_bought(person in any_candidate(0..9), (policy, mut demand) in any_question(), asked in any_unit()) {
        let mut person = person;
        person.units.retain(|held| held.code.family() != asked.family());
        person.claimed_units.push(asked.clone());
        let accepts = expand(&asked, &[], &[], &policy);
        let related: Vec<UnitCode> = person.units.iter().map(|held| held.code.clone()).collect();
        demand.lines.push(with_related(RequirementLine::new(asked.clone(), Importance::Required, accepts), &related, &policy));
        prop_assert!(on_list(&person, &demand, today()).is_err());
        prop_assert!(coverage(&person, &demand, today()).unmet_required.contains(&asked));
        let score = score(&person, &demand, &policy, today()).unwrap();
        prop_assert_eq!(score.contributions[demand.lines.iter().filter(|line| line.is_assessable()).count() - 1].points_hundredths, 0);
    }

    #[test]
    fn a_related_skill_never_meets_a_required_line(person in any_candidate(0..9), (policy, demand) in any_question()) {
        let mut plain = demand.clone();
        for line in plain.lines.iter_mut().filter(|line| line.importance == Importance::Required) {
            line.accepts.retain(|accept| accept.via != Via::Related);
        }
        prop_assert_eq!(on_list(&person, &demand, today()), on_list(&person, &plain, today()));
        prop_assert_eq!(coverage(&person, &demand, today()), coverage(&person, &plain, today()));
        let told = score(&person, &demand, &policy, today());
        prop_assert_eq!(&told, &score(&person, &plain, &policy, today()));
        for part in told.iter().flat_map(|score| &score.contributions) {
            let related = matches!(part.detail, Detail::Certified { via: Via::Related, .. });
            prop_assert!(!related || part.factor == Factor::PreferredUnit);
        }
        let coverage = coverage(&person, &demand, today());
        prop_assert!(coverage.related.iter().all(|unit| !coverage.unmet_required.contains(unit)));
    }

    #[test]
    fn a_related_skill_is_worth_at_most_its_share_and_proves_nothing(person in any_candidate(0..9), (policy, demand) in any_question()) {
        let mut without = demand.clone();
        without.lines.iter_mut().for_each(|line| line.accepts.retain(|accept| accept.via != Via::Related));
        let (more, less) = (coverage(&person, &demand, today()), coverage(&person, &without, today()));
        prop_assert_eq!((&more.met, &more.unmet_required), (&less.met, &less.unmet_required));
        prop_assert!(more.claimed.iter().all(|unit| less.claimed.contains(unit)));
        let Some(with) = score(&person, &demand, &policy, today()) else { return Ok(()) };
        let plain = score(&person, &without, &policy, today()).unwrap();
        prop_assert!(with.total_hundredths >= plain.total_hundredths);
        let share = u64::try_from(policy.draft().related).unwrap();
        for part in &with.contributions {
            if matches!(part.detail, Detail::Certified { via: Via::Related, .. }) {
                // Points are rounded to a hundredth, and a maximum may be rounded down.
                prop_assert!(u64::from(part.points_hundredths) <= (u64::from(part.max_hundredths) + 1) * share / 100 + 1);
            }
        }
        prop_assert!(with.related().iter().all(|unit| more.related.contains(unit) || more.met.contains(unit)));
        prop_assert!(with.met().iter().all(|unit| more.met.contains(unit)));
        prop_assert_eq!((with.claimed(), with.missing()), (more.claimed, more.missing));
    }

    #[test]
    fn claims_change_neither_score_nor_eligibility(
        person in any_candidate(0..9), claimed in any_unit(), (policy, demand) in any_question(),
    ) {
        let mut boastful = person.clone();
        boastful.claimed_units.push(claimed);
        let total = |person: &Candidate| score(person, &demand, &policy, today()).map(|score| score.total_hundredths);
        prop_assert_eq!(total(&boastful), total(&person));
        prop_assert_eq!(check(&boastful, &demand, today()), check(&person, &demand, today()));
        prop_assert_eq!(on_list(&boastful, &demand, today()), on_list(&person, &demand, today()));
    }

    #[test]
    fn each_unit_stands_in_one_list(person in any_candidate(0..9), (_, demand) in any_question()) {
        let coverage = coverage(&person, &demand, today());
        let mut told: Vec<&UnitCode> = coverage.met.iter().chain(&coverage.related).chain(&coverage.claimed).chain(&coverage.missing).collect();
        let mut asked: Vec<&UnitCode> = demand.lines.iter().filter(|line| line.is_assessable()).map(|line| &line.unit).collect();
        told.sort();
        asked.sort();
        asked.dedup();
        prop_assert_eq!(told, asked);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn case_h5_rounding_holds_for_every_mix_of_full_and_partial_lines(
        lines in prop::collection::vec((1_u16..8, prop_oneof![Just(None), Just(Some(100_u16)), (1_u16..100).prop_map(Some)]), 1..14),
        units_weight in 7000_i64..=7020,
    ) {
        let draft = PolicyDraft { units_weight, distance_weight: Some(8200 - units_weight), ..PolicyDraft::default() };
        let policy = Policy::validate(draft).unwrap();
        let codes: Vec<String> = (1..=lines.len()).map(|number| format!("C.141110.{number:03}.01")).collect();
        let held: Vec<&str> = codes.iter().zip(&lines).filter(|(_, line)| line.1.is_some()).map(|(code, _)| code.as_str()).collect();
        let mut demand = vacancy(&[], &codes.iter().map(String::as_str).collect::<Vec<_>>());
        for (line, (weight, factor)) in demand.lines.iter_mut().zip(&lines) {
            (line.weight, line.accepts[0].factor_hundredths) = (*weight, factor.unwrap_or(100));
        }
        let score = score(&holder(1, &held), &demand, &policy, today()).unwrap();
        prop_assert_eq!(sum(&score.contributions, |c| c.points_hundredths), score.total_hundredths);
        prop_assert_eq!(sum(&score.contributions, |c| c.max_hundredths), 10_000);
        prop_assert!(score.contributions.iter().all(|c| c.points_hundredths <= c.max_hundredths));
        for (contribution, (_, factor)) in score.contributions.iter().zip(&lines) {
            prop_assert!(factor.is_some() || contribution.points_hundredths == 0);
        }
    }
}

#[test]
fn many_equal_lines_filled_in_part_still_add_up() {
    let codes: Vec<String> = (1..=6).map(|number| format!("C.141110.{number:03}.01")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let demand = vacancy(&[], &codes);
    for held in 0_u32..64 {
        let codes: Vec<&str> = codes.iter().enumerate().filter(|(bit, _)| held >> bit & 1 == 1).map(|(_, code)| *code).collect();
        let score = score(&holder(1, &codes), &demand, &Policy::default(), today()).unwrap();
        assert_eq!(score.total_hundredths, 1500 + (7000 * held.count_ones() + 3) / 6, "the same for whichever lines are filled");
        assert_eq!(sum(&score.contributions, |c| c.points_hundredths), score.total_hundredths);
        assert_eq!(sum(&score.contributions, |c| c.max_hundredths), 10_000);
        assert!(score.contributions.iter().all(|c| c.points_hundredths <= c.max_hundredths));
        assert!(
            score
                .contributions
                .iter()
                .all(|c| c.points_hundredths == 0 || c.unit.is_none() || score.met().contains(c.unit.as_ref().unwrap()))
        );
    }
}
