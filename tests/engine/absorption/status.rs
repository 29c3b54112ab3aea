//! A person's standing on a day.

use serap::engine::absorption::event::Act;
use serap::engine::absorption::status::{Class, Freshness, Moment, Silence, status_at};
use serap::engine::kinds::{EvidenceLevel, OutcomeKind, OutcomeSource};

use super::*;

#[test]
fn nothing_heard_is_unknown() {
    let standing = status_at(&[], &on_day(d(10)));
    assert_eq!((standing.class, standing.silence, standing.kind), (Class::Unknown, Some(Silence::NoWord), None));
}

#[test]
fn a_job_that_ended_is_unknown_not_unemployed() {
    let mut book = Book::default();
    book.told(1, OutcomeKind::Seeking, d(1));
    let start = book.job(1, 1, d(3));
    book.at_seat(1, 1, Act::Ended, d(50));
    assert_eq!(status_at(&book.events, &on_day(d(49))).class, Class::Verified);
    let after = status_at(&book.events, &on_day(d(50)));
    assert_eq!((after.class, after.silence), (Class::Unknown, Some(Silence::Ended)), "nor does the older status come back");
    book.says(Act::Confirmed, start, d(55));
    assert_eq!(status_at(&book.events, &on_day(d(60))).class, Class::Unknown, "a late yes to the start does not reopen it");
}

#[test]
fn evidence_counts_up_to_thirty_days_on_either_side_of_a_checkpoint() {
    let class_on = |on: i64, checkpoint: i64| {
        let mut book = Book::default();
        let start = book.job(1, 1, d(3));
        book.says(Act::Confirmed, start, d(on));
        status_at(&book.events, &at_checkpoint(d(checkpoint))).class
    };
    assert_eq!(class_on(59, 90), Class::Unknown);
    assert_eq!(class_on(60, 90), Class::Reported, "one side's word is fresh; what both said on day 3 is not");
    assert_eq!(class_on(120, 90), Class::Reported, "a call made late still tells of the checkpoint");
    assert_eq!(class_on(121, 90), Class::Unknown);
    assert_eq!(class_on(200, 30), Class::Verified, "day 3 is within 30 days of day 30");
}

#[test]
fn a_later_end_proves_that_the_person_was_there_before() {
    let mut book = Book::default();
    book.job(1, 1, d(3));
    book.at_seat(1, 1, Act::Ended, d(95)).source = OutcomeSource::Employer;
    assert_eq!(status_at(&book.events, &at_checkpoint(d(90))).class, Class::Reported);
    assert_eq!(status_at(&book.events, &at_checkpoint(d(95))).class, Class::Unknown);
}

#[test]
fn a_status_told_after_the_checkpoint_says_nothing_of_it() {
    let mut book = Book::default();
    book.told(1, OutcomeKind::SelfEmployed, d(95));
    assert_eq!(status_at(&book.events, &at_checkpoint(d(90))).class, Class::Unknown);
    book.told(1, OutcomeKind::SelfEmployed, d(40));
    assert_eq!(status_at(&book.events, &at_checkpoint(d(90))).class, Class::Reported, "unless the same was told before");
}

#[test]
fn a_report_reads_no_event_later_than_its_own_day() {
    let mut book = Book::default();
    let start = book.job(1, 1, d(3));
    book.says(Act::Confirmed, start, d(95));
    let moment = Moment { as_of: d(92), ..at_checkpoint(d(90)) };
    assert_eq!(status_at(&book.events, &moment).class, Class::Unknown);
}

#[test]
fn looking_for_work_replaces_a_job_and_a_second_job_does_not() {
    let mut book = Book::default();
    book.job(1, 1, d(3));
    book.started(1, 2, d(20));
    book.told(1, OutcomeKind::SelfEmployed, d(25));
    let both = status_at(&book.events, &on_day(d(30)));
    assert_eq!((both.class, both.placement), (Class::Verified, Some(placement(1))), "the better proved of the jobs");
    book.told(1, OutcomeKind::Seeking, d(40));
    assert_eq!(status_at(&book.events, &on_day(d(45))).class, Class::NotAbsorbed);
    assert_eq!(status_at(&book.events, &on_day(d(39))).class, Class::Verified);
}

#[test]
fn a_first_answer_that_says_no_reaches_back_and_a_change_of_mind_does_not() {
    let mut book = Book::default();
    let start = book.started(1, 1, d(20));
    book.says(Act::Disputed, start, d(100));
    assert_eq!(status_at(&book.events, &at_checkpoint(d(30))).class, Class::Disputed);

    let mut book = Book::default();
    let start = book.job(1, 1, d(20));
    book.says(Act::Disputed, start, d(100));
    assert_eq!(status_at(&book.events, &at_checkpoint(d(30))).class, Class::Verified);
    assert_eq!(status_at(&book.events, &on_day(d(100))).class, Class::Disputed);
}

#[test]
fn an_exclusion_needs_a_second_officer_and_does_not_grow_old() {
    let mut book = Book::default();
    let out = book.push(1, Act::Reported, OutcomeKind::Excluded, d(5));
    (out.source, out.recorded_by) = (OutcomeSource::Staff, Some(FIRST));
    let out = out.id;
    assert_eq!(status_at(&book.events, &on_day(d(10))).class, Class::NotAbsorbed);
    book.verified(out, SECOND, d(6));
    assert_eq!(status_at(&book.events, &at_checkpoint(d(365))).class, Class::Excluded);
}

#[test]
fn an_apprentice_is_heard_of_and_never_in_the_headline() {
    let mut book = Book::default();
    let start = book.job(1, 1, d(3));
    book.events.iter_mut().for_each(|event| event.kind = OutcomeKind::Apprenticeship);
    let standing = status_at(&book.events, &on_day(d(10)));
    assert_eq!((standing.class, standing.evidence), (Class::Apprenticeship, Some(EvidenceLevel::BothSides)));
    assert_eq!(standing.events.first(), Some(&start));
}

#[test]
fn a_setting_may_ask_for_fresh_evidence_without_a_checkpoint_too() {
    let mut book = Book::default();
    book.job(1, 1, d(3));
    let fresh = |freshness| status_at(&book.events, &Moment { freshness, ..on_day(d(60)) });
    assert_eq!(fresh(Freshness::Required).class, Class::Unknown);
    let kept = fresh(Freshness::LastKnown);
    assert_eq!((kept.class, kept.stale), (Class::Verified, true), "old evidence is pointed out");
}

#[test]
fn a_retraction_takes_back_what_it_names_and_what_speaks_of_that() {
    let mut book = Book::default();
    let start = book.job(1, 1, d(3));
    let retraction = book.says(Act::Retracted, start, d(200));
    assert_eq!(status_at(&book.events, &on_day(d(10))).silence, Some(Silence::NoWord), "whatever its event date");
    book.says(Act::Retracted, retraction, d(201));
    assert_eq!(status_at(&book.events, &on_day(d(10))).class, Class::Verified);
    let known_at = Some(instant("2026-02-01T00:00:00Z"));
    assert_eq!(status_at(&book.events, &Moment { known_at, ..on_day(d(10)) }).class, Class::Verified);
}

#[test]
fn a_void_placement_never_was() {
    for act in [Act::Voided, Act::NoShow, Act::Cancelled] {
        let mut book = Book::default();
        book.job(1, 1, d(3));
        book.at_seat(1, 1, act, d(40));
        assert_eq!(status_at(&book.events, &on_day(d(10))).silence, Some(Silence::NoWord), "{act}");
    }
}

#[test]
fn a_told_status_replaces_the_one_told_before_it() {
    let mut book = Book::default();
    let business = book.told(1, OutcomeKind::SelfEmployed, d(10));
    book.verified(business, SECOND, d(11));
    book.told(1, OutcomeKind::OtherEmployer, d(20));
    let standing = status_at(&book.events, &on_day(d(25)));
    assert_eq!((standing.kind, standing.class), (Some(OutcomeKind::OtherEmployer), Class::Reported));
}

#[test]
fn a_placement_does_not_reopen_after_its_end_and_a_told_status_does_with_new_evidence_only() {
    let mut book = Book::default();
    book.job(1, 1, d(3));
    book.at_seat(1, 1, Act::Ended, d(50));
    book.at_seat(1, 1, Act::Reported, d(60));
    assert_eq!(status_at(&book.events, &on_day(d(70))).silence, Some(Silence::Ended));

    let mut book = Book::default();
    let business = book.told(1, OutcomeKind::SelfEmployed, d(65));
    book.verified(business, SECOND, d(66));
    book.push(1, Act::Ended, OutcomeKind::SelfEmployed, d(70));
    assert_eq!(status_at(&book.events, &at_checkpoint(d(75))).silence, Some(Silence::Ended));
    book.told(1, OutcomeKind::SelfEmployed, d(80));
    let again = status_at(&book.events, &at_checkpoint(d(90)));
    assert_eq!((again.class, again.opened_on), (Class::Reported, Some(d(80))));
}
