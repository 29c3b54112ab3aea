//! What must hold for any events whatever.

use proptest::prelude::*;
use serap::engine::absorption::event::{Act, OutcomeEvent};
use serap::engine::absorption::population::{Denominator, GroupBy};
use serap::engine::absorption::rate::{Checkpoint, Query, Records, Report, report};
use serap::engine::absorption::tally::{Figure, Tally};
use serap::engine::kinds::{Assessment, EvidenceLevel, OutcomeKind, OutcomeSource, ParticipantStatus, TrainingResult};

use super::*;

const PEOPLE: u128 = 6;

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn some_member(n: u128) -> impl Strategy<Value = Member> {
    let results = proptest::option::of(any_of(TrainingResult::ALL));
    let assessed = proptest::option::of(any_of(Assessment::ALL));
    // Half of the places belong to people who have another one: two classes of one person.
    let whose = 1..=(PEOPLE / 2 + n / 2).max(1);
    (any_of(ParticipantStatus::ALL), any::<bool>(), results, assessed, proptest::option::of(-40i64..200), 0u128..3, whose).prop_map(
        move |(status, attended, result, assessed, end, class, whose)| Member {
            participant: participant(n),
            person: person(whose),
            batch: batch(class),
            status,
            attended,
            result,
            assessed,
            graduated_on: end.map(d),
            employer: (class > 0).then(|| employer(class)),
            fund: (class > 1).then(|| "APBD".to_owned()),
            ..member(n)
        },
    )
}

prop_compose! {
    fn some_event(n: u128)(
        who in 1..=PEOPLE, act in any_of(Act::ALL), kind in any_of(OutcomeKind::ALL), seat in proptest::option::of(0u128..3),
        firm in proptest::option::of(1u128..3), on in -20i64..300, late in 0i64..60, source in any_of(OutcomeSource::ALL),
        evidence in any_of(EvidenceLevel::ALL), by in proptest::option::of(1u128..4), checker in proptest::option::of(1u128..4),
        about in proptest::option::of(0u128..30),
    ) -> OutcomeEvent {
        OutcomeEvent {
            id: OutcomeId(Uuid::from_u128(n)),
            person: person(who),
            graduate: GraduateId(Uuid::from_u128(who)),
            kind,
            act,
            placement: seat.map(|seat| placement(who * 10 + seat)),
            employer: firm.map(employer),
            contract: None,
            on: d(on),
            recorded_at: d(on + late).and_hms_opt(1, 0, 0).expect("a time").and_utc(),
            source,
            evidence,
            recorded_by: by.map(|by| AccountId(Uuid::from_u128(by))),
            verified_by: checker.map(|by| AccountId(Uuid::from_u128(by))),
            about: about.map(|about| OutcomeId(Uuid::from_u128(about))),
            commitment: None,
        }
    }
}

fn some_query() -> impl Strategy<Value = Query> {
    let checkpoint = proptest::option::of(any_of(Checkpoint::ALL));
    let known = proptest::option::of(0i64..300);
    (0i64..600, known, checkpoint, any_of(GroupBy::ALL), any_of(Denominator::ALL)).prop_map(
        |(as_of, known, checkpoint, group_by, denominator)| Query {
            known_at: known.map(|n| d(n).and_hms_opt(0, 0, 0).expect("midnight").and_utc()),
            checkpoint,
            group_by,
            denominator,
            ..Query::new(d(as_of))
        },
    )
}

fn some_world() -> impl Strategy<Value = (Vec<Member>, Vec<OutcomeEvent>, Query)> {
    let members: Vec<_> = (1..=PEOPLE + 2).map(some_member).collect();
    let events: Vec<_> = (0..24).map(some_event).collect();
    (members, events, some_query())
}

fn run(members: &[Member], events: &[OutcomeEvent], query: &Query) -> Report {
    let promises = [promise(1, 2)];
    report(&Records { members, events, commitments: &promises, targets: &[] }, query)
}

fn tallies(report: &Report) -> impl Iterator<Item = &Tally> {
    let items = report.items.iter().chain([&report.totals]);
    items.flat_map(|item| std::iter::once(&item.tally).chain(item.beside.iter().map(|(_, tally)| tally)))
}

proptest! {
    #[test]
    fn case_i3_the_buckets_sum_to_the_denominator_for_every_filter((members, events, query) in some_world()) {
        let report = run(&members, &events, &query);
        for tally in tallies(&report) {
            let sum: u32 = Figure::BUCKETS.iter().map(|bucket| tally.count(*bucket)).sum();
            prop_assert_eq!(sum, tally.count(Figure::Denominator));
            let kinds: u32 = tally.by_kind().iter().map(|line| line.people).sum();
            prop_assert_eq!(kinds + tally.count(Figure::Unknown), tally.count(Figure::Denominator));
            let people: std::collections::BTreeSet<_> = tally.entries.iter().map(|entry| entry.person).collect();
            prop_assert_eq!(people.len(), tally.entries.len(), "each person once");
        }
    }

    #[test]
    fn bounds_are_nested((members, events, query) in some_world()) {
        let report = run(&members, &events, &query);
        for tally in tallies(&report) {
            let count = |figure| tally.count(figure);
            prop_assert!(count(Figure::Verified) <= count(Figure::Reported));
            prop_assert!(count(Figure::Reported) <= count(Figure::Upper));
            prop_assert!(count(Figure::Upper) <= count(Figure::Denominator));
            prop_assert_eq!(count(Figure::Upper), count(Figure::Reported) + count(Figure::Unknown));
            prop_assert_eq!(count(Figure::Responded) + count(Figure::Unknown), count(Figure::Denominator));
            prop_assert!(count(Figure::Disputed) <= count(Figure::Unknown));
            prop_assert!(count(Figure::DirectVerified) <= count(Figure::Direct));
        }
    }

    #[test]
    fn the_order_in_which_rows_arrive_does_not_matter((members, events, query) in some_world(), turn in 0usize..24) {
        let mut turned = events.clone();
        turned.rotate_left(turn);
        turned.reverse();
        let mut others = members.clone();
        others.reverse();
        prop_assert_eq!(run(&members, &events, &query), run(&others, &turned, &query));
    }

    #[test]
    fn an_event_that_was_retracted_changes_nothing((members, events, query) in some_world(), extra in some_event(900)) {
        prop_assume!(extra.act != Act::Retracted);
        let retraction = OutcomeEvent {
            id: OutcomeId(Uuid::from_u128(901)), act: Act::Retracted, about: Some(extra.id), ..extra.clone()
        };
        let mut more = events.clone();
        more.extend([extra, retraction]);
        prop_assert_eq!(run(&members, &events, &query), run(&members, &more, &query));
    }

    #[test]
    fn what_was_recorded_later_does_not_reach_a_report_of_earlier_knowledge(
        (members, events, query) in some_world(), extra in some_event(900),
    ) {
        let known_at = extra.recorded_at - chrono::Duration::seconds(1);
        let query = Query { known_at: Some(known_at), ..query };
        let mut more = events.clone();
        more.push(extra);
        prop_assert_eq!(run(&members, &events, &query), run(&members, &more, &query));
    }

    #[test]
    fn without_a_checkpoint_the_slices_sum_to_the_totals((members, events, query) in some_world()) {
        let query = Query { checkpoint: None, ..query };
        let report = run(&members, &events, &query);
        for figure in [Figure::Denominator, Figure::Verified, Figure::Reported, Figure::Unknown, Figure::Excluded] {
            let sum: u32 = report.items.iter().map(|item| item.tally.count(figure)).sum();
            prop_assert_eq!(sum, report.totals.tally.count(figure), "{}", figure);
        }
    }
}
