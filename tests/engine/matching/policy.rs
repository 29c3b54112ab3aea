//! A policy that could break the score is refused, and the refusal names every field that is wrong.

use super::*;
use serap::engine::matching::policy::keys::{KEYS, PolicyKey};
use serap::engine::matching::{PolicyDraft, PolicyProblem, Via, coverage, score, with_related};
use serap::words::Language;

#[test]
fn the_default_policy_is_the_default_draft_checked() {
    assert_eq!(Policy::validate(PolicyDraft::default()), Ok(Policy::default()));
    assert_eq!((Policy::default().name(), Policy::default().version()), ("serap", 1));
}

/// What a draft is told when one number is another.
fn told(key: &PolicyKey, value: i64) -> Vec<PolicyProblem> {
    let mut draft = PolicyDraft::default();
    key.write(&mut draft, value);
    assert_eq!(key.read(&draft), Some(value), "{}", key.name);
    Policy::validate(draft).err().unwrap_or_default()
}

fn refuses(key: &PolicyKey, value: i64) -> bool {
    told(key, value)
        .iter()
        .any(|problem| matches!(problem, PolicyProblem::OutOfRange { field, value: given, .. } if *field == key.name && *given == value))
}

#[test]
fn every_number_is_refused_beyond_its_bounds_by_name() {
    for key in KEYS {
        for value in [key.least - 1, key.most + 1, -7000, i64::from(u32::MAX) + 7001, i64::MAX, i64::MIN] {
            assert!(refuses(key, value), "{} {value}", key.name);
        }
    }
    let weights: Vec<&PolicyKey> = KEYS.iter().filter(|key| key.name.ends_with("_weight")).collect();
    assert!(weights.len() == 4 && weights.iter().all(|key| refuses(key, 0)));
    assert!(refuses(PolicyKey::named("far_metres").unwrap(), 5_000), "no decay from a point to itself");
    assert!(refuses(PolicyKey::named("related").unwrap(), 51), "a related skill counts little");
}

#[test]
fn every_fault_is_told_at_once() {
    let draft = PolicyDraft {
        name: "a\nb".to_owned(),
        units_weight: 0,
        late_days: -1,
        older_still: 71,
        related: 50,
        equivalent: 40,
        ..PolicyDraft::default()
    };
    let problems = Policy::validate(draft).err().unwrap();
    let expected = [
        PolicyProblem::Name,
        PolicyProblem::OutOfRange { field: "units_weight", value: 0, least: 1, most: 10_000 },
        PolicyProblem::OutOfRange { field: "late_days", value: -1, least: 1, most: 3_650 },
        PolicyProblem::Order { weaker: "older_still", stronger: "one_version_older" },
        PolicyProblem::Order { weaker: "related", stronger: "equivalent" },
    ];
    assert_eq!(problems, expected);
}

#[test]
fn weights_make_the_whole_and_weaker_proof_is_never_worth_more() {
    let draft = PolicyDraft { units_weight: 7001, ..PolicyDraft::default() };
    assert_eq!(Policy::validate(draft), Err(vec![PolicyProblem::Sum { sum: 10_001 }]));
    let draft = PolicyDraft { evidence_training: 50, ..PolicyDraft::default() };
    let order = PolicyProblem::Order { weaker: "evidence_industry", stronger: "evidence_training" };
    assert_eq!(Policy::validate(draft), Err(vec![order]));
    for name in ["", " ", &"n".repeat(201)] {
        assert_eq!(Policy::validate(PolicyDraft { name: name.to_owned(), ..PolicyDraft::default() }), Err(vec![PolicyProblem::Name]));
    }
    for version in [0, 1_000_001] {
        assert!(Policy::validate(PolicyDraft { version, ..PolicyDraft::default() }).is_err());
    }
}

#[test]
fn a_factor_left_out_gives_no_contribution() {
    let draft =
        PolicyDraft { units_weight: 10_000, distance_weight: None, wage_weight: None, start_weight: None, ..PolicyDraft::default() };
    let policy = Policy::validate(draft).unwrap();
    let score = serap::engine::matching::score(&holder(1, &[SEW]), &vacancy(&[SEW], &[]), &policy, today()).unwrap();
    assert_eq!((score.contributions.len(), score.total_hundredths), (1, 10_000));
}

#[test]
fn a_related_unit_counts_a_little_on_preferred_lines_and_never_on_required_ones() {
    let policy = Policy::validate(PolicyDraft { related: 20, ..PolicyDraft::default() }).unwrap();
    let related = [unit(PATTERN), unit(SEW), unit(OVERLOCK), unit("GAR.CM01.003.02")];
    let line = |importance, policy: &Policy| {
        let plain = RequirementLine::new(unit(SEW), importance, expand(&unit(SEW), &[], &[(unit(OVERLOCK), 10)], policy));
        with_related(plain, &related, policy)
    };
    let codes = |line: &RequirementLine| {
        line.rights().map(|accept| (accept.code.to_string(), accept.factor_hundredths, accept.via)).collect::<Vec<_>>()
    };
    let own = [(SEW.to_owned(), 100, Via::Exact), (OVERLOCK.to_owned(), 10, Via::Equivalent)];
    assert_eq!(codes(&line(Importance::Required, &policy)), own, "and an equivalent keeps its right");
    let preferred = codes(&line(Importance::Preferred, &policy));
    assert_eq!(
        (&preferred[..2], &preferred[2..]),
        (&own[..], &[(PATTERN.to_owned(), 20, Via::Related)][..]),
        "another version is not another unit"
    );
    let off = Policy::validate(PolicyDraft { related: 0, ..PolicyDraft::default() }).unwrap();
    assert_eq!(codes(&line(Importance::Preferred, &off)), own);
    // A line that was preferred when it was made and is required now is held to what it is now.
    let changed = RequirementLine { importance: Importance::Required, ..line(Importance::Preferred, &policy) };
    assert_eq!(codes(&changed), own);
}

#[test]
fn a_related_unit_gives_a_few_points_and_is_told_as_what_it_is() {
    let related = |line: RequirementLine| with_related(line, &[unit(PATTERN)], &Policy::default());
    let mut demand = vacancy(&[OVERLOCK], &[SEW]);
    demand.lines = demand.lines.into_iter().map(related).collect();
    let person = holder(1, &[OVERLOCK, PATTERN]);
    let score = score(&person, &demand, &Policy::default(), today()).unwrap();
    assert_eq!((score.met(), score.related(), score.missing()), (vec![unit(OVERLOCK)], vec![unit(SEW)], vec![]));
    assert_eq!(score.contributions[1].points_hundredths, 3500 * 30 / 100);
    let words = |language| serap::words::matching::explain(&score.contributions[1].detail, language);
    assert!(words(Language::Indonesian).contains("keterampilan yang berkaitan") && words(Language::English).contains("a related skill"));
    let only_related = holder(2, &[PATTERN]);
    assert_eq!(coverage(&only_related, &demand, today()).unmet_required, [unit(OVERLOCK)]);
    let claimed = Candidate { claimed_units: vec![unit(PATTERN)], ..holder(3, &[OVERLOCK]) };
    assert_eq!(coverage(&claimed, &demand, today()).missing, [unit(SEW)], "who claims a related skill does not claim the unit");
}

#[test]
fn a_policy_explains_related_skills_or_that_there_are_none() {
    let told = |policy: &Policy| serap::words::policy::explain(policy, Language::English).join(" ");
    assert!(
        told(&Policy::default())
            .contains("A unit of a related skill is worth 30 %, on preferred requirements only, never on required ones.")
    );
    let off = Policy::validate(PolicyDraft { related: 0, ..PolicyDraft::default() }).unwrap();
    assert!(told(&off).contains("Related skills are not counted."));
}
