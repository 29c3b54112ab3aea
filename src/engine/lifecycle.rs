//! The states of vacancies, referrals, offers and placements, and the one table of moves for each.
//!
//! The store enforces what is written here; no other place decides whether a move is allowed.

use crate::coded_enum;

/// A move that the table does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} cannot {event} while {state}")]
pub struct WrongTransition {
    /// The kind of thing: `offer`, `vacancy`, …
    pub what: &'static str,
    /// The state it is in.
    pub state: &'static str,
    /// The move that was asked for.
    pub event: &'static str,
}

macro_rules! machine {
    ($what:literal, $state:ident, $event:ident, $table:ident, [$($from:ident + $on:ident => $to:ident),+ $(,)?]) => {
        /// Every allowed move: state, event, state after.
        pub const $table: &[($state, $event, $state)] = &[$(($state::$from, $event::$on, $state::$to)),+];

        impl $state {
            /// The state after an event, or why there is none.
            pub fn after(self, event: $event) -> Result<Self, WrongTransition> {
                $table
                    .iter()
                    .find(|(from, on, _)| *from == self && *on == event)
                    .map(|(_, _, to)| *to)
                    .ok_or(WrongTransition { what: $what, state: self.code(), event: event.code() })
            }

            /// Whether no move leads out of it.
            #[must_use]
            pub fn is_terminal(self) -> bool {
                !$table.iter().any(|(from, _, _)| *from == self)
            }
        }
    };
}

coded_enum! {
    /// State of a vacancy.
    pub enum VacancyState {
        /// Being written.
        Draft = "draft",
        /// Waits for staff.
        Submitted = "submitted",
        /// Sent back with notes.
        Returned = "returned",
        /// Open.
        Published = "published",
        /// Held for a while.
        Paused = "paused",
        /// Every seat is taken.
        Filled = "filled",
        /// Over.
        Closed = "closed",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

coded_enum! {
    /// What happens to a vacancy.
    pub enum VacancyEvent {
        /// A partner hands it to the office.
        Submit = "submit",
        /// Staff send it back with notes.
        Return = "return",
        /// It opens.
        Publish = "publish",
        /// It is held.
        Pause = "pause",
        /// The last seat went.
        Fill = "fill",
        /// A seat came back.
        Reopen = "reopen",
        /// It ends.
        Close = "close",
        /// A closed one opens again.
        Renew = "renew",
        /// It is taken back.
        Withdraw = "withdraw",
    }
}

machine!("vacancy", VacancyState, VacancyEvent, VACANCY_MOVES, [
    Draft + Submit => Submitted, Returned + Submit => Submitted,
    Submitted + Return => Returned,
    Draft + Publish => Published, Submitted + Publish => Published, Returned + Publish => Published, Paused + Publish => Published,
    Published + Pause => Paused,
    Published + Fill => Filled, Paused + Fill => Filled, Filled + Reopen => Published,
    Published + Close => Closed, Paused + Close => Closed, Filled + Close => Closed,
    Closed + Renew => Published,
    Draft + Withdraw => Withdrawn, Submitted + Withdraw => Withdrawn, Returned + Withdraw => Withdrawn,
    Published + Withdraw => Withdrawn, Paused + Withdraw => Withdrawn,
]);

impl VacancyState {
    /// Whether it is over for good or taken back; a closed one can only be renewed.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }

    /// Whether its seats can be taken: it was published and is not over. Held ones honour the offers already sent.
    #[must_use]
    pub fn has_seats(self) -> bool {
        matches!(self, Self::Published | Self::Paused | Self::Filled)
    }
}

coded_enum! {
    /// State of a referral.
    pub enum ReferralState {
        /// The graduate is asked.
        Proposed = "proposed",
        /// The graduate said yes: the employer sees name and telephone.
        Consented = "consented",
        /// The graduate said no.
        Declined = "declined",
        /// Called to a test or interview.
        Invited = "invited",
        /// Came.
        Attended = "attended",
        /// Did not come.
        NoShow = "no_show",
        /// The employer wants the person.
        Passed = "passed",
        /// The employer does not.
        Failed = "failed",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

coded_enum! {
    /// What happens to a referral.
    pub enum ReferralEvent {
        /// The graduate says yes.
        Consent = "consent",
        /// The graduate says no.
        Decline = "decline",
        /// The employer calls to a test or interview.
        Invite = "invite",
        /// The graduate came.
        Attend = "attend",
        /// The graduate did not come.
        NoShow = "no_show",
        /// The employer wants the person.
        Pass = "pass",
        /// The employer does not.
        Fail = "fail",
        /// Taken back, or the person is placed elsewhere.
        Withdraw = "withdraw",
    }
}

machine!("referral", ReferralState, ReferralEvent, REFERRAL_MOVES, [
    Proposed + Consent => Consented, Proposed + Decline => Declined, Consented + Decline => Declined,
    Consented + Invite => Invited, Invited + Invite => Invited,
    Invited + Attend => Attended, Invited + NoShow => NoShow,
    Consented + Pass => Passed, Invited + Pass => Passed, Attended + Pass => Passed,
    Consented + Fail => Failed, Invited + Fail => Failed, Attended + Fail => Failed,
    Proposed + Withdraw => Withdrawn, Consented + Withdraw => Withdrawn, Invited + Withdraw => Withdrawn,
    Attended + Withdraw => Withdrawn, Passed + Withdraw => Withdrawn,
]);

impl ReferralState {
    /// What an acceptance elsewhere does to it; `None` leaves it as it is. A new state does not compile until it has a rule.
    #[must_use]
    pub fn closes_when_placed(self) -> Option<ReferralEvent> {
        match self {
            Self::Proposed | Self::Consented | Self::Invited | Self::Attended | Self::Passed => Some(ReferralEvent::Withdraw),
            Self::Declined | Self::NoShow | Self::Failed | Self::Withdrawn => None,
        }
    }

    /// The state that an undone acceptance elsewhere gives back: the rule of closing, read backwards.
    pub fn reopened(self, before: Self) -> Result<Self, WrongTransition> {
        let closed = before.closes_when_placed().map(|event| before.after(event));
        if closed == Some(Ok(self)) { Ok(before) } else { Err(WrongTransition { what: "referral", state: self.code(), event: "reopen" }) }
    }

    /// Whether the graduate's yes stands and the employer has not said no: an offer may follow.
    #[must_use]
    pub fn may_be_offered(self) -> bool {
        matches!(self, Self::Consented | Self::Invited | Self::Attended | Self::Passed)
    }
}

coded_enum! {
    /// State of an offer.
    pub enum OfferState {
        /// Written, not sent.
        Draft = "draft",
        /// Live: the graduate may answer.
        Sent = "sent",
        /// The graduate said yes.
        Accepted = "accepted",
        /// The graduate said no.
        Declined = "declined",
        /// Taken back.
        Withdrawn = "withdrawn",
        /// Its deadline passed; not a refusal.
        Expired = "expired",
        /// Closed by something else, `placed_elsewhere` for one.
        Closed = "closed",
    }
}

coded_enum! {
    /// What happens to an offer.
    pub enum OfferEvent {
        /// Staff send it.
        Send = "send",
        /// The graduate says yes.
        Accept = "accept",
        /// The graduate says no.
        Decline = "decline",
        /// Staff or employer take it back.
        Withdraw = "withdraw",
        /// The deadline passed.
        Expire = "expire",
        /// Something else closed it.
        Close = "close",
        /// The answer is undone within its window.
        Undo = "undo",
    }
}

machine!("offer", OfferState, OfferEvent, OFFER_MOVES, [
    Draft + Send => Sent,
    Sent + Accept => Accepted, Sent + Decline => Declined,
    Draft + Withdraw => Withdrawn, Sent + Withdraw => Withdrawn,
    Sent + Expire => Expired,
    Draft + Close => Closed, Sent + Close => Closed,
    // The seat came back after the window of undo: called off, no show, or a mistake.
    Accepted + Close => Closed,
    Accepted + Undo => Sent, Declined + Undo => Sent,
]);

impl OfferState {
    /// What an acceptance elsewhere does to it; `None` leaves it as it is. A new state does not compile until it has a rule.
    #[must_use]
    pub fn closes_when_placed(self) -> Option<OfferEvent> {
        match self {
            Self::Draft | Self::Sent => Some(OfferEvent::Close),
            Self::Accepted | Self::Declined | Self::Withdrawn | Self::Expired | Self::Closed => None,
        }
    }

    /// The state that an undone acceptance elsewhere gives back: the rule of closing, read backwards.
    pub fn reopened(self, before: Self) -> Result<Self, WrongTransition> {
        let closed = before.closes_when_placed().map(|event| before.after(event));
        if closed == Some(Ok(self)) { Ok(before) } else { Err(WrongTransition { what: "offer", state: self.code(), event: "reopen" }) }
    }

    /// Whether the graduate can answer it now.
    #[must_use]
    pub fn is_live(self) -> bool {
        self == Self::Sent
    }
}

coded_enum! {
    /// State of a placement.
    pub enum PlacementState {
        /// Seat taken, not begun.
        Planned = "planned",
        /// Working.
        Started = "started",
        /// Left; the seat stays used.
        Ended = "ended",
        /// Called off before the start.
        Cancelled = "cancelled",
        /// Did not come on the first day.
        NoShow = "no_show",
        /// Entered by mistake or undone.
        Voided = "voided",
    }
}

coded_enum! {
    /// What happens to a placement.
    pub enum PlacementEvent {
        /// Work begins.
        Start = "start",
        /// Work ends.
        End = "end",
        /// Called off.
        Cancel = "cancel",
        /// The person did not come.
        NoShow = "no_show",
        /// A mistake, or an answer undone.
        Void = "void",
    }
}

machine!("placement", PlacementState, PlacementEvent, PLACEMENT_MOVES, [
    Planned + Start => Started, Planned + Cancel => Cancelled, Planned + NoShow => NoShow,
    Started + End => Ended,
    Planned + Void => Voided, Started + Void => Voided, Ended + Void => Voided,
]);

impl PlacementState {
    /// Whether it counts in the vacancy's `filled`.
    #[must_use]
    pub fn holds_seat(self) -> bool {
        matches!(self, Self::Planned | Self::Started | Self::Ended)
    }

    /// Whether it takes the person's hours.
    #[must_use]
    pub fn engages(self) -> bool {
        matches!(self, Self::Planned | Self::Started)
    }
}
