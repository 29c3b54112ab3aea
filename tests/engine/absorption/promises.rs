//! Direct absorption, promise and delivery.

use std::collections::BTreeMap;

use serap::engine::absorption::commitment::{Activity, Ledger, Line};
use serap::engine::absorption::definition::Definition;
use serap::engine::absorption::rate::{Query, Records, report};
use serap::engine::absorption::share::Share;
use serap::engine::absorption::status::Freshness;
use serap::engine::absorption::tally::Figure;
use serap::engine::id::{OfferId, ReferralId, VacancyId};
use serap::engine::kinds::{EvidenceLevel, OutcomeKind, ParticipantStatus};
use serap::engine::lifecycle::PlacementState;

use super::*;

fn direct(start: i64, promises: &[Commitment]) -> (u32, u32) {
    let mut book = Book::default();
    book.started(1, 1, d(start));
    let class = members(1);
    let records = Records { members: &class, events: &book.events, commitments: promises, targets: &[] };
    let tally = report(&records, &Query::new(d(100))).totals.tally;
    (tally.count(Figure::Direct), tally.count(Figure::DirectVerified))
}

#[test]
fn a_direct_start_is_within_thirty_days_at_a_partner_whose_promise_is_valid_that_day() {
    let promises = [promise(1, 5)];
    assert_eq!(direct(0, &promises), (1, 0));
    assert_eq!(direct(30, &promises), (1, 0));
    assert_eq!(direct(31, &promises), (0, 0));
    assert_eq!(direct(-1, &promises), (0, 0));
    assert_eq!(direct(10, &[]), (0, 0));
    assert_eq!(direct(10, &[Commitment { valid_until: Some(d(9)), ..promise(1, 5) }]), (0, 0));
    assert_eq!(direct(10, &[Commitment { employer: employer(2), ..promise(1, 5) }]), (0, 0));
}

#[test]
fn a_direct_start_that_ended_was_direct_and_a_denied_one_was_not() {
    let promises = [promise(1, 5)];
    let mut book = Book::default();
    book.job(1, 1, d(5));
    book.at_seat(1, 1, Act::Ended, d(20));
    let denied = book.started(2, 2, d(5));
    book.says(Act::Disputed, denied, d(6));
    let class = members(2);
    let records = Records { members: &class, events: &book.events, commitments: &promises, targets: &[] };
    let tally = report(&records, &Query::new(d(100))).totals.tally;
    assert_eq!(tally.people(Figure::DirectVerified), vec![participant(1)]);
    assert_eq!(tally.people(Figure::Direct), vec![participant(1)]);
}

/// Six starts under a promise of five, one of them ended; nine offers.
fn line_of(class: &[Member]) -> Line {
    let mut book = Book::default();
    for n in 1..=6 {
        book.started(n, n, d(3));
    }
    book.at_seat(6, 6, Act::Ended, d(40));
    book.events.iter_mut().for_each(|event| event.commitment = Some(commitment(1)));
    let id = |n| Uuid::from_u128(n);
    let states = [PlacementState::Started, PlacementState::Ended, PlacementState::Planned, PlacementState::Cancelled];
    let done = Activity {
        opened: vec![(VacancyId(id(1)), 4), (VacancyId(id(2)), 2)],
        referred: (1..=12).map(|n| ReferralId(id(n))).collect(),
        offered: (1..=9).map(|n| OfferId(id(n))).collect(),
        placements: (1..).map(placement).zip(states).collect(),
    };
    let activity = BTreeMap::from([(commitment(1), done)]);
    let ledger = Ledger { commitments: &[promise(1, 5)], activity: &activity, members: class, events: &book.events };
    let (lines, whole) = (ledger.by_commitment(d(60), None), ledger.by_employer(d(60), None));
    let line = lines.first().expect("the one promise").clone();
    assert_eq!(whole, [Line { commitment: None, ..line.clone() }], "one promise: the same line for its employer");
    line
}

#[test]
fn a_promise_that_is_exceeded_is_six_of_five() {
    let line = line_of(&members(6));
    assert_eq!(line.kept(), Share { numerator: 6, denominator: 5 });
    assert_eq!((line.kept().surplus(), line.kept().hundredths()), (1, Some(12_000)));
    assert_eq!(line.yield_of_offers(), Share { numerator: 6, denominator: 9 });
    assert_eq!((line.opened(), line.activity.referred.len()), (6, 12));
    assert_eq!(line.still_there.len(), 5);
}

#[test]
fn case_a7_a_cancelled_placement_is_no_acceptance() {
    let accepted: Vec<_> = line_of(&[]).activity.placements.iter().map(|(_, state)| *state).collect();
    assert_eq!(accepted, [PlacementState::Started, PlacementState::Ended, PlacementState::Planned]);
}

#[test]
fn case_a17_a_start_of_somebody_entered_by_mistake_keeps_no_promise() {
    let mut class = members(6);
    class[0].status = ParticipantStatus::Removed;
    assert_eq!(line_of(&class).started.len(), 5);
}

#[test]
fn a_share_is_rounded_half_up_and_is_nothing_out_of_nobody() {
    let hundredths = |numerator, denominator| Share { numerator, denominator }.hundredths();
    assert_eq!(hundredths(1, 3), Some(3333));
    assert_eq!(hundredths(2, 3), Some(6667));
    assert_eq!(hundredths(1, 16), Some(625));
    assert_eq!(hundredths(1, 32), Some(313), "3.125 is rounded up");
    assert_eq!(hundredths(u32::MAX, u32::MAX), Some(10_000));
    assert_eq!(hundredths(0, 0), None);
}

#[test]
fn a_report_prints_what_its_numbers_mean() {
    let definition = Definition::of(&Query::new(d(10)));
    assert_eq!((definition.freshness_days, definition.direct_days, definition.freshness), (30, 30, Freshness::LastKnown));
    assert_eq!(definition.absorbed, [OutcomeKind::Partner, OutcomeKind::OtherEmployer, OutcomeKind::HomeWork, OutcomeKind::SelfEmployed]);
    let kinds = definition.absorbed.len() + definition.not_absorbed.len() + definition.left_out.len();
    assert_eq!(kinds, OutcomeKind::ALL.len(), "each kind is said to count or not");
    assert_eq!(definition.verified_by, [EvidenceLevel::SecondOfficer, EvidenceLevel::BothSides, EvidenceLevel::Document]);
}
