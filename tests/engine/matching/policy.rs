//! A policy that could break the score is refused, and the refusal names the field.

use super::*;
use serap::engine::matching::{PolicyDraft, PolicyProblem};

#[test]
fn the_default_policy_is_the_default_draft_checked() {
    assert_eq!(Policy::validate(PolicyDraft::default()), Ok(Policy::default()));
    assert_eq!((Policy::default().name(), Policy::default().version()), ("serap", 1));
}

type Change = fn(&mut PolicyDraft, i64);

const WEIGHTS: [(&str, Change); 4] = [
    ("units_weight", |d, v| d.units_weight = v),
    ("distance_weight", |d, v| d.distance_weight = Some(v)),
    ("wage_weight", |d, v| d.wage_weight = Some(v)),
    ("start_weight", |d, v| d.start_weight = Some(v)),
];

const SHARES: [(&str, Change); 14] = [
    ("evidence_bnsp", |d, v| d.evidence_bnsp = v),
    ("evidence_training", |d, v| d.evidence_training = v),
    ("evidence_industry", |d, v| d.evidence_industry = v),
    ("newer_version", |d, v| d.newer_version = v),
    ("one_version_older", |d, v| d.one_version_older = v),
    ("older_still", |d, v| d.older_still = v),
    ("equivalent", |d, v| d.equivalent = v),
    ("expired", |d, v| d.expired = v),
    ("one_level_short", |d, v| d.one_level_short = v),
    ("two_levels_short", |d, v| d.two_levels_short = v),
    ("further_short", |d, v| d.further_short = v),
    ("unknown", |d, v| d.unknown = v),
    ("ready_to_board", |d, v| d.ready_to_board = v),
    ("wage_floor", |d, v| d.wage_floor = v),
];

fn refused(change: Change, value: i64) -> Option<&'static str> {
    let mut draft = PolicyDraft::default();
    change(&mut draft, value);
    match Policy::validate(draft) {
        Err(PolicyProblem::OutOfRange { field, value: told, .. }) => {
            assert_eq!(told, value);
            Some(field)
        }
        _ => None,
    }
}

#[test]
fn zero_negative_and_enormous_weights_are_refused_by_name() {
    for (field, change) in WEIGHTS {
        for value in [0, -1, -7000, 10_001, i64::from(u32::MAX) + 7001, i64::MAX, i64::MIN] {
            assert_eq!(refused(change, value), Some(field), "{field} {value}");
        }
    }
}

#[test]
fn shares_beyond_the_whole_are_refused_by_name() {
    for (field, change) in SHARES {
        for value in [-1, 101, i64::MAX, i64::MIN] {
            assert_eq!(refused(change, value), Some(field), "{field} {value}");
        }
    }
    assert_eq!(refused(|d, v| d.near_metres = v, -1), Some("near_metres"));
    assert_eq!(refused(|d, v| d.near_metres = v, i64::MAX), Some("near_metres"));
    assert_eq!(refused(|d, v| d.far_metres = v, 5_000), Some("far_metres"), "no decay from a point to itself");
    assert_eq!(refused(|d, v| d.late_days = v, 0), Some("late_days"));
}

#[test]
fn weights_make_the_whole_and_weaker_proof_is_never_worth_more() {
    let draft = PolicyDraft { units_weight: 7001, ..PolicyDraft::default() };
    assert_eq!(Policy::validate(draft), Err(PolicyProblem::Sum { sum: 10_001 }));
    let draft = PolicyDraft { evidence_training: 50, ..PolicyDraft::default() };
    let order = PolicyProblem::Order { weaker: "evidence_industry", stronger: "evidence_training" };
    assert_eq!(Policy::validate(draft), Err(order));
    assert_eq!(Policy::validate(PolicyDraft { name: " ".to_owned(), ..PolicyDraft::default() }), Err(PolicyProblem::Name));
}

#[test]
fn a_factor_left_out_gives_no_contribution() {
    let draft =
        PolicyDraft { units_weight: 10_000, distance_weight: None, wage_weight: None, start_weight: None, ..PolicyDraft::default() };
    let policy = Policy::validate(draft).unwrap();
    let score = serap::engine::matching::score(&holder(1, &[SEW]), &vacancy(&[SEW], &[]), &policy, today()).unwrap();
    assert_eq!((score.contributions.len(), score.total_hundredths), (1, 10_000));
}
