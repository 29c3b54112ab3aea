//! Two classes, groups, and who is due.

use serap::engine::absorption::population::{Denominator, Group, GroupBy};
use serap::engine::absorption::rate::{Checkpoint, Query, Records, Report, report};
use serap::engine::absorption::tally::Figure;
use serap::engine::kinds::{OutcomeKind, ParticipantStatus, TrainingResult};

use super::*;

/// Person 1 in class 1 (day 0) and class 2 (day 150), as participants 1 and 2.
fn two_classes() -> Vec<Member> {
    let first = member(1);
    let second = Member { participant: participant(2), batch: batch(2), graduated_on: Some(d(150)), ..member(1) };
    vec![first, second]
}

fn of(report: &Report, class: u128, figure: Figure) -> Vec<ParticipantId> {
    let group = Some(Group::Batch(batch(class)));
    report.items.iter().find(|item| item.group == group).map(|item| item.tally.people(figure)).unwrap_or_default()
}

#[test]
fn a_job_belongs_to_the_later_class_that_ended_before_it_and_to_the_total_once() {
    for (start, class, other) in [(30, 1, 2), (149, 1, 2), (150, 2, 1), (170, 2, 1)] {
        let mut book = Book::default();
        book.job(1, 1, d(start));
        let report = count(&two_classes(), &book, &Query::new(d(200)));
        assert_eq!(of(&report, class, Figure::Verified), vec![participant(class)], "start on day {start}");
        assert!(of(&report, other, Figure::Denominator).is_empty());
        assert_eq!(of(&report, other, Figure::Elsewhere), vec![participant(other)]);
        assert_eq!(report.totals.tally.count(Figure::Denominator), 1);
        assert_eq!(report.totals.tally.count(Figure::Verified), 1);
        assert_eq!(report.totals.tally.count(Figure::Elsewhere), 0);
    }
}

#[test]
fn who_was_not_heard_of_is_unknown_once() {
    let report = count(&two_classes(), &Book::default(), &Query::new(d(200)));
    assert_eq!(of(&report, 2, Figure::Unknown), vec![participant(2)]);
    assert_eq!(report.totals.tally.count(Figure::Unknown), 1);
}

#[test]
fn each_class_has_its_own_checkpoint() {
    let mut book = Book::default();
    book.job(1, 1, d(80));
    book.at_seat(1, 1, Act::Ended, d(100));
    book.job(1, 2, d(160));
    let report = count(&two_classes(), &book, &Query { checkpoint: Some(Checkpoint::D30), ..Query::new(d(300)) });
    assert_eq!(of(&report, 1, Figure::Unknown), vec![participant(1)]);
    assert_eq!(of(&report, 2, Figure::Verified), vec![participant(2)]);
    assert_eq!(report.totals.tally.count(Figure::Denominator), 1);
    let early = count(&two_classes(), &book, &Query { checkpoint: Some(Checkpoint::D90), ..Query::new(d(200)) });
    assert_eq!(of(&early, 1, Figure::Verified), vec![participant(1)]);
    assert_eq!(of(&early, 2, Figure::NotDue), vec![participant(2)]);
    assert_eq!((early.totals.tally.count(Figure::Verified), early.totals.tally.count(Figure::NotDue)), (1, 0));
}

#[test]
fn a_class_that_was_not_passed_owns_nothing_among_those_who_passed() {
    let mut class = two_classes();
    class[1].result = Some(TrainingResult::Failed);
    let mut book = Book::default();
    book.job(1, 1, d(170));
    let report = count(&class, &book, &Query::new(d(200)));
    assert_eq!(of(&report, 1, Figure::Verified), vec![participant(1)]);
    let started = &report.totals.beside.iter().find(|(of, _)| *of == Denominator::Started).expect("beside").1;
    assert_eq!(started.people(Figure::Verified), vec![participant(2)]);
}

#[test]
fn reserves_and_running_classes_are_in_no_denominator() {
    let mut class = members(4);
    class[0].status = ParticipantStatus::Reserve;
    class[1].graduated_on = None;
    class[1].result = None;
    class[2].result = None;
    let report = count(&class, &Book::default(), &Query::new(d(10)));
    assert_eq!(report.totals.tally.people(Figure::Denominator), vec![participant(4)]);
    assert_eq!(report.totals.tally.people(Figure::NotDue), vec![participant(2), participant(3)]);
}

#[test]
fn an_exclusion_leaves_the_denominator_and_stays_listed() {
    let mut book = Book::default();
    let out = book.told(1, OutcomeKind::Excluded, d(3));
    book.verified(out, SECOND, d(4));
    let tally = count(&members(2), &book, &Query::new(d(10))).totals.tally;
    assert_eq!(tally.people(Figure::Denominator), vec![participant(2)]);
    assert_eq!(tally.people(Figure::Excluded), vec![participant(1)]);
}

#[test]
fn what_is_not_filled_in_has_its_own_group() {
    let mut class = members(3);
    class[0].fund = Some("APBD".to_owned());
    let query = Query { group_by: GroupBy::Fund, ..Query::new(d(10)) };
    let report = count(&class, &Book::default(), &query);
    let groups: Vec<_> = report.items.iter().map(|item| (item.group.clone(), item.tally.count(Figure::Denominator))).collect();
    assert_eq!(groups, [(Some(Group::Fund("APBD".to_owned())), 1), (Some(Group::Unset), 2)]);
}

#[test]
fn a_target_stands_with_its_group() {
    let targets = [(Group::Batch(batch(1)), 7000)];
    let records = Records { members: &members(1), events: &[], commitments: &[], targets: &targets };
    let report = report(&records, &Query::new(d(10)));
    assert_eq!(report.items[0].target, Some(7000));
    assert_eq!(report.totals.target, None);
}

/// Class 2 ends so many days after class 1, for the same person.
fn classes_apart(days: i64) -> Vec<Member> {
    let mut class = two_classes();
    class.iter_mut().skip(1).for_each(|second| second.graduated_on = Some(d(days)));
    class
}

#[test]
fn a_job_of_a_class_that_is_not_yet_due_leaves_the_person_not_yet_due_in_the_total() {
    let mut book = Book::default();
    book.job(1, 1, d(70));
    let report = count(&classes_apart(60), &book, &Query { checkpoint: Some(Checkpoint::D90), ..Query::new(d(100)) });
    assert_eq!(of(&report, 1, Figure::Elsewhere), vec![participant(1)]);
    assert_eq!(report.totals.tally.people(Figure::NotDue), vec![participant(2)]);
    assert_eq!(report.totals.tally.count(Figure::Denominator), 0);
}

#[test]
fn nobody_falls_out_of_the_total_when_each_class_points_at_the_other() {
    let mut book = Book::default();
    let early = book.started(1, 1, d(10));
    book.job(1, 2, d(70));
    book.at_seat(1, 2, Act::Ended, d(100));
    book.says(Act::Confirmed, early, d(140));
    let report = count(&classes_apart(60), &book, &Query { checkpoint: Some(Checkpoint::D90), ..Query::new(d(300)) });
    assert_eq!(of(&report, 1, Figure::Elsewhere), vec![participant(1)]);
    assert_eq!(of(&report, 2, Figure::Elsewhere), vec![participant(2)]);
    assert_eq!(report.totals.tally.people(Figure::Awaiting), vec![participant(2)]);
}

#[test]
fn a_direct_start_belongs_to_the_later_class_too() {
    let class = classes_apart(20);
    let mut book = Book::default();
    book.job(1, 1, d(5));
    book.events.iter_mut().for_each(|event| event.kind = OutcomeKind::OtherEmployer);
    book.started(1, 2, d(25));
    let records = Records { members: &class, events: &book.events, commitments: &[promise(1, 1)], targets: &[] };
    let report = report(&records, &Query::new(d(40)));
    assert_eq!(of(&report, 1, Figure::Verified), vec![participant(1)]);
    assert!(of(&report, 1, Figure::Direct).is_empty());
}

#[test]
fn who_left_early_without_a_result_waits_for_none() {
    let mut class = members(1);
    (class[0].status, class[0].result) = (ParticipantStatus::Withdrawn, None);
    let tally = count(&class, &Book::default(), &Query { checkpoint: Some(Checkpoint::D90), ..Query::new(d(40)) }).totals.tally;
    assert!(tally.entries.is_empty());
}
