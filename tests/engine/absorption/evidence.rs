//! How well words prove something.

use rstest::rstest;
use serap::engine::absorption::event::Act;
use serap::engine::absorption::evidence::level;
use serap::engine::kinds::{EvidenceLevel, OutcomeKind, OutcomeSource};

use super::*;

fn level_of(book: &Book) -> Option<EvidenceLevel> {
    level(&book.events.iter().collect::<Vec<_>>())
}

#[test]
fn no_word_is_no_evidence() {
    assert_eq!(level(&[]), None);
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
    for (source, by) in [(OutcomeSource::Employer, FIRST), (OutcomeSource::Graduate, FIRST)] {
        let event = book.at_seat(1, 1, Act::Confirmed, d(3));
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
