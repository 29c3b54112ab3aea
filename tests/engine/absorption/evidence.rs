//! How well words prove something.

use rstest::rstest;
use serap::engine::absorption::event::Act;
use serap::engine::absorption::status::status_at;
use serap::engine::kinds::{EvidenceLevel, OutcomeKind, OutcomeSource};

use super::*;

fn level_of(book: &Book) -> Option<EvidenceLevel> {
    status_at(&book.events, &on_day(d(10))).evidence
}

#[test]
fn no_word_is_no_evidence() {
    assert_eq!(level_of(&Book::default()), None);
}

#[rstest]
#[case(OutcomeSource::Employer, OutcomeSource::Graduate, EvidenceLevel::BothSides)]
#[case(OutcomeSource::Graduate, OutcomeSource::Employer, EvidenceLevel::BothSides)]
#[case(OutcomeSource::Employer, OutcomeSource::Employer, EvidenceLevel::SelfReport)]
#[case(OutcomeSource::Graduate, OutcomeSource::Graduate, EvidenceLevel::SelfReport)]
#[case(OutcomeSource::Employer, OutcomeSource::Staff, EvidenceLevel::SelfReport)]
#[case(OutcomeSource::Import, OutcomeSource::Import, EvidenceLevel::Import)]
#[case(OutcomeSource::Import, OutcomeSource::Graduate, EvidenceLevel::SelfReport)]
fn two_words(#[case] first: OutcomeSource, #[case] second: OutcomeSource, #[case] expected: EvidenceLevel) {
    let mut book = Book::default();
    book.at_seat(1, 1, Act::Started, d(3)).source = first;
    book.at_seat(1, 1, Act::Confirmed, d(5)).source = second;
    assert_eq!(level_of(&book), Some(expected));
}

#[test]
fn one_hand_is_not_two_sides() {
    let mut book = Book::default();
    for (act, source, by) in [(Act::Started, OutcomeSource::Employer, FIRST), (Act::Confirmed, OutcomeSource::Graduate, FIRST)] {
        let event = book.at_seat(1, 1, act, d(3));
        (event.source, event.recorded_by) = (source, Some(by));
    }
    assert_eq!(level_of(&book), Some(EvidenceLevel::SelfReport));
    book.events[1].recorded_by = Some(SECOND);
    assert_eq!(level_of(&book), Some(EvidenceLevel::BothSides));
}

#[test]
fn a_stored_level_is_believed_as_far_as_one_event_carries_it() {
    let stored = |evidence, source| {
        let mut book = Book::default();
        let event = book.push(1, Act::Reported, OutcomeKind::OtherEmployer, d(3));
        (event.evidence, event.source, event.recorded_by) = (evidence, source, Some(FIRST));
        event.verified_by = Some(FIRST);
        level_of(&book)
    };
    assert_eq!(stored(EvidenceLevel::Document, OutcomeSource::Staff), Some(EvidenceLevel::Document));
    assert_eq!(stored(EvidenceLevel::Document, OutcomeSource::Import), Some(EvidenceLevel::Import));
    assert_eq!(stored(EvidenceLevel::BothSides, OutcomeSource::Staff), Some(EvidenceLevel::SelfReport));
    assert_eq!(stored(EvidenceLevel::SecondOfficer, OutcomeSource::Staff), Some(EvidenceLevel::SelfReport));
}

#[test]
fn a_check_without_a_checker_lifts_nothing() {
    let mut book = Book::default();
    let told = book.told(1, OutcomeKind::SelfEmployed, d(3));
    book.reply(Act::Verified, told, d(4)).source = OutcomeSource::Staff;
    assert_eq!(level_of(&book), Some(EvidenceLevel::SelfReport));
    book.verified(told, SECOND, d(5));
    assert_eq!(level_of(&book), Some(EvidenceLevel::SecondOfficer));
}

#[test]
fn case_i16_an_own_record_is_not_verified_by_a_later_call_either() {
    let mut book = Book::default();
    let told = book.push(1, Act::Reported, OutcomeKind::SelfEmployed, d(3));
    (told.source, told.recorded_by) = (OutcomeSource::Staff, Some(FIRST));
    let told = told.id;
    book.verified(told, FIRST, d(85));
    let standing = status_at(&book.events, &at_checkpoint(d(90)));
    assert_eq!(standing.evidence, Some(EvidenceLevel::SelfReport), "a fresh word, but the same hand");
    book.verified(told, SECOND, d(86));
    assert_eq!(status_at(&book.events, &at_checkpoint(d(90))).evidence, Some(EvidenceLevel::SecondOfficer));
}

#[test]
fn two_officers_check_each_other_in_turns() {
    let mut book = Book::default();
    for (on, by, checker) in [(3, FIRST, SECOND), (85, SECOND, FIRST)] {
        let told = book.push(1, Act::Reported, OutcomeKind::SelfEmployed, d(on));
        (told.source, told.recorded_by) = (OutcomeSource::Staff, Some(by));
        let told = told.id;
        book.verified(told, checker, d(on + 1));
    }
    for checkpoint in [30, 90] {
        assert_eq!(status_at(&book.events, &at_checkpoint(d(checkpoint))).evidence, Some(EvidenceLevel::SecondOfficer));
    }
}
