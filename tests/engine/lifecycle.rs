//! The tables of moves, against what is written about them.

use std::collections::BTreeSet;
use std::fmt::Debug;

use serap::engine::lifecycle::{
    OFFER_MOVES, OfferEvent, OfferState, PLACEMENT_MOVES, PlacementEvent, PlacementState, REFERRAL_MOVES, ReferralEvent, ReferralState,
    VACANCY_MOVES, VacancyEvent, VacancyState,
};

/// Checks a table: one answer for each state and event, every state reached from the first, every event used.
fn check<S: Copy + Ord + Debug, E: Copy + Ord + Debug>(moves: &[(S, E, S)], first: S, states: &[S], events: &[E]) {
    let asked: BTreeSet<(S, E)> = moves.iter().map(|(from, on, _)| (*from, *on)).collect();
    assert_eq!(asked.len(), moves.len(), "one answer for each state and event");
    let mut reached = BTreeSet::from([first]);
    for _ in states {
        let next: Vec<S> = moves.iter().filter(|(from, _, _)| reached.contains(from)).map(|(_, _, to)| *to).collect();
        reached.extend(next);
    }
    assert_eq!(reached, states.iter().copied().collect(), "every state can be reached from {first:?}");
    let used: BTreeSet<E> = moves.iter().map(|(_, on, _)| *on).collect();
    assert_eq!(used, events.iter().copied().collect(), "every event is used");
}

#[test]
fn every_table_is_unambiguous_and_reaches_every_state() {
    check(VACANCY_MOVES, VacancyState::Draft, VacancyState::ALL, VacancyEvent::ALL);
    check(REFERRAL_MOVES, ReferralState::Proposed, ReferralState::ALL, ReferralEvent::ALL);
    check(OFFER_MOVES, OfferState::Draft, OfferState::ALL, OfferEvent::ALL);
    check(PLACEMENT_MOVES, PlacementState::Planned, PlacementState::ALL, PlacementEvent::ALL);
}

#[test]
fn terminal_states_are_the_written_ones() {
    fn terminal<S: Copy + PartialEq>(states: &[S], ends: impl Fn(S) -> bool) -> Vec<S> {
        states.iter().copied().filter(|state| ends(*state)).collect()
    }
    use {OfferState as O, PlacementState as P, ReferralState as R, VacancyState as V};
    assert_eq!(terminal(V::ALL, V::is_terminal), [V::Withdrawn]);
    assert_eq!(terminal(R::ALL, R::is_terminal), [R::Declined, R::NoShow, R::Failed, R::Withdrawn]);
    assert_eq!(terminal(O::ALL, O::is_terminal), [O::Withdrawn, O::Expired, O::Closed]);
    assert_eq!(terminal(P::ALL, P::is_terminal), [P::Cancelled, P::NoShow, P::Voided]);
}

#[test]
fn the_table_answers_and_refuses_by_name() {
    for (from, on, to) in OFFER_MOVES {
        assert_eq!(from.after(*on), Ok(*to));
    }
    let refused = OfferState::Expired.after(OfferEvent::Accept).expect_err("expired");
    assert_eq!((refused.what, refused.state, refused.event), ("offer", "expired", "accept"));
    assert_eq!(refused.to_string(), "offer cannot accept while expired");
}

#[test]
fn case_a6_every_open_state_has_a_rule_when_the_person_is_placed_elsewhere() {
    for state in ReferralState::ALL {
        match state.closes_when_placed() {
            Some(event) => assert_eq!(state.after(event), Ok(ReferralState::Withdrawn), "{state}"),
            None => assert!(state.is_terminal(), "{state} stays open without a rule"),
        }
    }
    for state in OfferState::ALL {
        match state.closes_when_placed() {
            Some(event) => assert_eq!(state.after(event), Ok(OfferState::Closed), "{state}"),
            None => assert!(!state.is_live() && state.after(OfferEvent::Send).is_err(), "{state} could still be answered"),
        }
    }
}

#[test]
fn what_an_acceptance_closed_reopens_as_it_was_and_nothing_else_does() {
    for before in OfferState::ALL {
        assert_eq!(OfferState::Closed.reopened(*before).ok(), before.closes_when_placed().map(|_| *before), "{before}");
        assert!(OfferState::Declined.reopened(*before).is_err());
    }
    for before in ReferralState::ALL {
        assert_eq!(ReferralState::Withdrawn.reopened(*before).ok(), before.closes_when_placed().map(|_| *before), "{before}");
        assert!(ReferralState::Failed.reopened(*before).is_err());
    }
    let refused = OfferState::Sent.reopened(OfferState::Draft).expect_err("it was not closed");
    assert_eq!((refused.what, refused.state, refused.event), ("offer", "sent", "reopen"));
}

#[test]
fn seats_and_hours_follow_the_written_states() {
    use PlacementState as P;
    let seats: Vec<P> = P::ALL.iter().copied().filter(|state| state.holds_seat()).collect();
    let hours: Vec<P> = P::ALL.iter().copied().filter(|state| state.engages()).collect();
    assert_eq!(seats, [P::Planned, P::Started, P::Ended]);
    assert_eq!(hours, [P::Planned, P::Started]);
}

#[test]
fn an_undone_answer_is_a_live_offer_again() {
    for answered in [OfferState::Accepted, OfferState::Declined] {
        assert!(answered.after(OfferEvent::Undo).expect("undo").is_live());
    }
    assert!(OfferState::Withdrawn.after(OfferEvent::Undo).is_err());
    assert!(OfferState::Expired.after(OfferEvent::Undo).is_err());
}
