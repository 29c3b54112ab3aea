//! A policy that could break the score is refused, and the refusal names every field that is wrong.

use super::*;
use serap::engine::matching::policy::keys::{KEYS, PolicyKey};
use serap::engine::matching::{PolicyDraft, PolicyProblem};

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
}

#[test]
fn every_fault_is_told_at_once() {
    let draft = PolicyDraft { name: "a\nb".to_owned(), units_weight: 0, late_days: -1, older_still: 71, ..PolicyDraft::default() };
    let problems = Policy::validate(draft).err().unwrap();
    let expected = [
        PolicyProblem::Name,
        PolicyProblem::OutOfRange { field: "units_weight", value: 0, least: 1, most: 10_000 },
        PolicyProblem::OutOfRange { field: "late_days", value: -1, least: 1, most: 3_650 },
        PolicyProblem::Order { weaker: "older_still", stronger: "one_version_older" },
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
