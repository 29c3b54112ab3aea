//! The acceptance cases of section I, with A7, A17 and B4.

use serap::engine::absorption::event::{Act, in_force};
use serap::engine::absorption::month::{Month, starts_by_month};
use serap::engine::absorption::population::Denominator;
use serap::engine::absorption::rate::{Checkpoint, Query};
use serap::engine::absorption::revision::{compare, freeze};
use serap::engine::absorption::share::Share;
use serap::engine::absorption::status::{Class, status_at};
use serap::engine::absorption::tally::Figure;
use serap::engine::day::Zone;
use serap::engine::kinds::{Assessment, OutcomeKind, OutcomeSource, ParticipantStatus, TrainingResult};
use serap::engine::lifecycle::{PlacementEvent, PlacementState};

use super::*;

#[test]
fn case_i1_three_offers_and_one_placement_are_one_absorbed_person() {
    let mut book = Book::default();
    book.job(1, 1, d(3));
    let totals = count(&members(1), &book, &Query::new(d(10))).totals;
    assert_eq!(totals.tally.share(Figure::Verified), Share { numerator: 1, denominator: 1 });
}

#[test]
fn case_i4_placing_cancelling_and_placing_the_same_pair_is_one() {
    let mut book = Book::default();
    book.at_seat(1, 1, Act::Cancelled, d(2));
    book.job(1, 2, d(5));
    let totals = count(&members(1), &book, &Query::new(d(10))).totals;
    assert_eq!(totals.tally.people(Figure::Verified), vec![participant(1)]);
    let starts = starts_by_month(&members(1), &book.events, None);
    assert_eq!(starts.values().map(Vec::len).sum::<usize>(), 1);
}

#[test]
fn case_i7_each_rate_stands_with_its_denominator_and_passed_is_the_default() {
    let mut class = members(16);
    for (n, member) in (1..).zip(class.iter_mut()) {
        member.attended = n <= 14;
        member.result = Some(if n <= 13 { TrainingResult::Passed } else { TrainingResult::Failed });
        member.assessed = Some(if n <= 11 { Assessment::Competent } else { Assessment::NotYetCompetent });
    }
    let mut book = Book::default();
    (1..=9).for_each(|n| _ = book.job(n, n, d(3)));
    let totals = count(&class, &book, &Query::new(d(10))).totals;
    let shares: Vec<(Denominator, Share)> =
        totals.beside.iter().map(|(denominator, tally)| (*denominator, tally.share(Figure::Verified))).collect();
    let nine_of = |denominator| Share { numerator: 9, denominator };
    assert_eq!(
        shares,
        [
            (Denominator::Started, nine_of(16)),
            (Denominator::Attended, nine_of(14)),
            (Denominator::Passed, nine_of(13)),
            (Denominator::Competent, nine_of(11)),
        ]
    );
    assert_eq!(totals.tally.share(Figure::Verified), nine_of(13));
}

#[test]
fn case_i7_nobody_is_in_a_numerator_who_is_not_in_its_denominator() {
    let mut class = members(2);
    class[1].assessed = Some(Assessment::NotYetCompetent);
    let mut book = Book::default();
    book.job(1, 1, d(3));
    book.job(2, 2, d(3));
    let totals = count(&class, &book, &Query::new(d(10))).totals;
    let competent = &totals.beside.iter().find(|(denominator, _)| *denominator == Denominator::Competent).expect("beside").1;
    assert_eq!(competent.share(Figure::Verified), Share { numerator: 1, denominator: 1 });
}

/// 7 jobs by both sides, 1 job only self-reported, 1 business checked by a second officer, 2 seeking, 2 silent.
fn class_of_thirteen() -> Book {
    let mut book = Book::default();
    (1..=7).for_each(|n| _ = book.job(n, n, d(5)));
    book.told(8, OutcomeKind::OtherEmployer, d(20));
    let business = book.push(9, Act::Reported, OutcomeKind::SelfEmployed, d(20));
    (business.source, business.recorded_by) = (OutcomeSource::Staff, Some(FIRST));
    let business = business.id;
    book.verified(business, SECOND, d(21));
    book.told(10, OutcomeKind::Seeking, d(22));
    book.told(11, OutcomeKind::Seeking, d(22));
    book
}

#[test]
fn case_i8_the_headline_the_bounds_and_the_response() {
    let book = class_of_thirteen();
    for checkpoint in [None, Some(Checkpoint::D30)] {
        let tally = count(&members(13), &book, &Query { checkpoint, ..Query::new(d(40)) }).totals.tally;
        let of = |figure| (tally.share(figure).numerator, tally.share(figure).denominator);
        assert_eq!(of(Figure::Verified), (8, 13));
        assert_eq!(of(Figure::Reported), (9, 13));
        assert_eq!((of(Figure::Lower), of(Figure::Upper)), ((8, 13), (11, 13)));
        assert_eq!(of(Figure::Responded), (11, 13));
        assert_eq!(tally.count(Figure::Unknown), 2);
        assert_eq!(tally.share(Figure::Verified).hundredths(), Some(6154));
        let kinds: Vec<_> = tally.by_kind().iter().map(|line| (line.kind, line.people, line.verified)).collect();
        assert_eq!(
            kinds,
            [
                (OutcomeKind::Partner, 7, 7),
                (OutcomeKind::OtherEmployer, 1, 0),
                (OutcomeKind::SelfEmployed, 1, 1),
                (OutcomeKind::Seeking, 2, 0)
            ]
        );
    }
}

#[test]
fn case_i8_nothing_is_overwritten_later() {
    let mut book = class_of_thirteen();
    let before = book.events.clone();
    book.told(12, OutcomeKind::HomeWork, d(50));
    let known_at = Some(instant("2026-02-09T00:00:00Z"));
    let closed = count(&members(13), &book, &Query { known_at, ..Query::new(d(40)) });
    assert_eq!(closed.totals.tally.count(Figure::Reported), 9);
    assert_eq!(count(&members(13), &book, &Query::new(d(60))).totals.tally.count(Figure::Reported), 10);
    assert_eq!(book.events[..before.len()], before);
}

#[test]
fn case_i9_a_hire_told_by_the_partner_alone_awaits_confirmation_and_a_no_disputes_it() {
    let mut book = Book::default();
    let silent = book.started(1, 1, d(3));
    let denied = book.started(2, 2, d(3));
    book.says(Act::Disputed, denied, d(5));
    book.job(3, 3, d(3));
    let tally = count(&members(3), &book, &Query::new(d(10))).totals.tally;
    assert_eq!(tally.people(Figure::Awaiting), vec![participant(1)]);
    assert_eq!(tally.people(Figure::Disputed), vec![participant(2)]);
    assert_eq!(tally.people(Figure::Verified), vec![participant(3)]);
    assert_eq!(tally.people(Figure::Unknown), vec![participant(2)], "disputed counts as unknown");
    assert_eq!(tally.count(Figure::Upper), 3);

    book.says(Act::Confirmed, silent, d(11));
    book.says(Act::Confirmed, denied, d(12));
    let tally = count(&members(3), &book, &Query::new(d(13))).totals.tally;
    assert_eq!(tally.count(Figure::Verified), 3, "who denied it may say otherwise later");
}

#[test]
fn case_i10_every_number_opens_a_list_of_its_length() {
    let report = count(&members(13), &class_of_thirteen(), &Query::new(d(40)));
    for item in report.items.iter().chain([&report.totals]) {
        for figure in Figure::ALL {
            let people = item.tally.people(*figure);
            assert_eq!(people.len(), item.tally.count(*figure) as usize);
            let distinct: std::collections::BTreeSet<_> = people.iter().collect();
            assert_eq!(distinct.len(), people.len(), "{figure}");
        }
        for line in item.tally.by_kind() {
            assert_eq!(item.tally.people_of(line.kind).len(), line.people as usize);
        }
    }
}

#[test]
fn case_i13_working_on_day_20_says_nothing_about_day_90() {
    let mut book = Book::default();
    book.told(1, OutcomeKind::OtherEmployer, d(20));
    book.job(2, 1, d(20));
    for checkpoint in [Checkpoint::D90, Checkpoint::D180] {
        let tally = count(&members(2), &book, &Query { checkpoint: Some(checkpoint), ..Query::new(d(200)) }).totals.tally;
        assert_eq!(tally.count(Figure::Reported), 0);
        assert_eq!(tally.count(Figure::Unknown), 2);
        assert_eq!(tally.count(Figure::Upper), 2);
        assert_eq!(tally.count(Figure::Stale), 2);
    }
    let tally = count(&members(2), &book, &Query { checkpoint: Some(Checkpoint::D30), ..Query::new(d(200)) }).totals.tally;
    assert_eq!((tally.count(Figure::Verified), tally.count(Figure::Reported)), (1, 2));
}

#[test]
fn case_i14_who_is_not_yet_due_is_in_no_denominator() {
    let mut class = members(16);
    class.iter_mut().take(4).for_each(|member| member.result = None);
    let report = count(&class, &Book::default(), &Query { checkpoint: Some(Checkpoint::D90), ..Query::new(d(40)) });
    let tally = &report.totals.tally;
    assert_eq!(tally.share(Figure::Verified), Share { numerator: 0, denominator: 0 });
    assert_eq!(tally.share(Figure::Verified).hundredths(), None);
    assert_eq!(tally.count(Figure::NotDue), 16, "a result that is not in yet is not due either");
    assert_eq!(report.items.len(), 1);
}

#[test]
fn case_i15_a_closed_report_stays_and_a_revision_line_shows_one_more() {
    let class = members(2);
    let mut book = Book::default();
    let late = book.at_seat(1, 1, Act::Started, day("2026-01-20"));
    (late.source, late.recorded_at) = (OutcomeSource::Employer, instant("2026-03-05T03:00:00Z"));
    let january = Query::new(day("2026-01-31"));
    let closed_at = Query { known_at: Some(instant("2026-02-10T10:00:00Z")), ..january.clone() };

    let closed = count(&class, &book, &closed_at);
    assert_eq!(closed.totals.tally.count(Figure::Reported), 0);
    let revisions = compare(&freeze(&closed), &count(&class, &book, &january));
    let line = revisions.iter().find(|line| line.group.is_none() && line.figure == Figure::Reported).expect("a line");
    assert_eq!((line.was, line.is, line.change()), (0, 1, 1));
    assert_eq!((line.came.as_slice(), line.left.as_slice()), (&[participant(1)][..], &[][..]));

    // The graduate's later yes to that start makes January's figure verified, and the closed one stays as it was.
    let start = book.events[0].id;
    book.says(Act::Confirmed, start, day("2026-03-06"));
    assert_eq!(count(&class, &book, &january).totals.tally.count(Figure::Verified), 1);
    assert_eq!(count(&class, &book, &closed_at), closed);
    assert!(compare(&freeze(&closed), &closed).is_empty());
}

#[test]
fn case_i16_nobody_verifies_what_they_recorded() {
    let mut book = Book::default();
    let told = book.push(1, Act::Reported, OutcomeKind::SelfEmployed, d(5));
    (told.source, told.recorded_by) = (OutcomeSource::Staff, Some(FIRST));
    let told = told.id;
    book.verified(told, FIRST, d(6));
    assert_eq!(status_at(&book.events, &on_day(d(10))).class, Class::Reported);
    book.verified(told, SECOND, d(7));
    assert_eq!(status_at(&book.events, &on_day(d(10))).class, Class::Verified);
}

#[test]
fn case_a7_a_partner_that_cancels_before_the_start_changes_no_absorption() {
    let mut book = Book::default();
    let nothing = count(&members(1), &book, &Query::new(d(10))).totals;
    let event = book.at_seat(1, 1, Act::Cancelled, d(2));
    event.source = OutcomeSource::Employer;
    assert_eq!(count(&members(1), &book, &Query::new(d(10))).totals, nothing);
    assert_eq!(in_force(&book.events, None).len(), 1, "history is kept");
    let after = PlacementState::Planned.after(PlacementEvent::Cancel).expect("allowed");
    assert!(!after.holds_seat() && !after.engages());
}

#[test]
fn case_a17_who_was_entered_by_mistake_is_counted_nowhere() {
    let mut class = members(2);
    class[0].status = ParticipantStatus::Removed;
    let mut book = Book::default();
    book.job(1, 1, d(3));
    let report = count(&class, &book, &Query::new(d(10)));
    for figure in Figure::ALL {
        assert!(!report.totals.tally.people(*figure).contains(&participant(1)), "{figure}");
    }
    assert!(report.totals.beside.iter().all(|(_, tally)| tally.entries.len() == 1));
    assert!(starts_by_month(&class, &book.events, None).is_empty());
}

#[test]
fn case_b4_a_start_at_half_past_six_in_the_morning_of_december_is_december() {
    let mut book = Book::default();
    let on = Zone::Wib.day_of(instant("2026-11-30T23:30:00Z"));
    book.started(1, 1, on);
    let months = starts_by_month(&members(1), &book.events, None);
    assert_eq!(months.into_iter().collect::<Vec<_>>(), [(Month { year: 2026, month: 12 }, vec![person(1)])]);
    assert_eq!(Month::of(on).to_string(), "2026-12");
}
