//! Promise against delivery: what a partner promised, and what came of it.
//!
//! A commitment never caps: six of five is praised, not cut. Offers are counted apart from people.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::engine::absorption::claim::{Claim, claims};
use crate::engine::absorption::event::{Act, OutcomeEvent};
use crate::engine::absorption::evidence::level;
use crate::engine::absorption::population::{Member, by_person, removed_people};
use crate::engine::absorption::share::{Share, count};
use crate::engine::id::{CommitmentId, EmployerId, OfferId, PersonId, PlacementId, ReferralId, VacancyId};
use crate::engine::kinds::{EvidenceLevel, OutcomeKind};
use crate::engine::lifecycle::PlacementState;

/// Seats a partner promised for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Its id.
    pub id: CommitmentId,
    /// Who promised.
    pub employer: EmployerId,
    /// First day of validity.
    pub valid_from: NaiveDate,
    /// Last day of validity; `None` when it has no end.
    pub valid_until: Option<NaiveDate>,
    /// Seats.
    pub promised: u32,
}

impl Commitment {
    /// Whether it is valid on a day, its first and last included.
    #[must_use]
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// What the office did under a commitment, as the store lists it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activity {
    /// Vacancies that name it and were published, with their positions.
    pub opened: Vec<(VacancyId, u32)>,
    /// Referrals to them.
    pub referred: Vec<ReferralId>,
    /// Offers that were sent.
    pub offered: Vec<OfferId>,
    /// Placements in whatever state.
    pub placements: Vec<(PlacementId, PlacementState)>,
}

/// Promise and delivery of one commitment, or of all of one employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The commitment; `None` for an employer as a whole.
    pub commitment: Option<CommitmentId>,
    /// Who promised.
    pub employer: EmployerId,
    /// Seats promised.
    pub promised: u32,
    /// What was done; its placements are those that hold a seat, which is what "accepted" means.
    pub activity: Activity,
    /// Who started, each person once.
    pub started: Vec<PersonId>,
    /// Of those, who are still there on the day of the report, as far as is known.
    pub still_there: Vec<PersonId>,
}

impl Line {
    /// Positions opened.
    #[must_use]
    pub fn opened(&self) -> u32 {
        self.activity.opened.iter().fold(0, |sum, (_, positions)| sum.saturating_add(*positions))
    }

    /// Starts over seats promised; above the whole when the promise was exceeded.
    #[must_use]
    pub fn kept(&self) -> Share {
        Share { numerator: count(&self.started), denominator: self.promised }
    }

    /// Starts over offers sent.
    #[must_use]
    pub fn yield_of_offers(&self) -> Share {
        Share { numerator: count(&self.started), denominator: count(&self.activity.offered) }
    }
}

/// A start of work that stands.
struct Start {
    person: PersonId,
    employer: Option<EmployerId>,
    commitment: Option<CommitmentId>,
    still_there: bool,
}

/// Where promise and delivery are read.
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'l> {
    /// Promises.
    pub commitments: &'l [Commitment],
    /// What was done under each.
    pub activity: &'l BTreeMap<CommitmentId, Activity>,
    /// Places in classes, to leave out who was entered by mistake.
    pub members: &'l [Member],
    /// Outcome events.
    pub events: &'l [OutcomeEvent],
}

impl Ledger<'_> {
    /// One line a commitment, in the order given.
    #[must_use]
    pub fn by_commitment(&self, as_of: NaiveDate, known_at: Option<DateTime<Utc>>) -> Vec<Line> {
        let starts = self.starts(as_of, known_at);
        let line = |commitment: &Commitment| {
            let own = |start: &&Start| start.commitment == Some(commitment.id);
            self.line(Some(commitment.id), commitment.employer, commitment.promised, starts.iter().filter(own), [commitment.id])
        };
        self.commitments.iter().map(line).collect()
    }

    /// One line an employer that promised anything: all its promises, and every start there whichever promise it names.
    #[must_use]
    pub fn by_employer(&self, as_of: NaiveDate, known_at: Option<DateTime<Utc>>) -> Vec<Line> {
        let starts = self.starts(as_of, known_at);
        let mut promises: BTreeMap<EmployerId, Vec<&Commitment>> = BTreeMap::new();
        for commitment in self.commitments {
            promises.entry(commitment.employer).or_default().push(commitment);
        }
        let line = |(employer, own): (EmployerId, Vec<&Commitment>)| {
            let promised = own.iter().fold(0, |sum: u32, commitment| sum.saturating_add(commitment.promised));
            let ids: Vec<CommitmentId> = own.iter().map(|commitment| commitment.id).collect();
            let there = |start: &&Start| start.employer == Some(employer) || start.commitment.is_some_and(|id| ids.contains(&id));
            self.line(None, employer, promised, starts.iter().filter(there), ids.iter().copied())
        };
        promises.into_iter().map(line).collect()
    }

    fn line<'s>(
        &self,
        commitment: Option<CommitmentId>,
        employer: EmployerId,
        promised: u32,
        starts: impl Iterator<Item = &'s Start>,
        ids: impl IntoIterator<Item = CommitmentId>,
    ) -> Line {
        let mut activity = Activity::default();
        for done in ids.into_iter().filter_map(|id| self.activity.get(&id)) {
            activity.opened.extend(&done.opened);
            activity.referred.extend(&done.referred);
            activity.offered.extend(&done.offered);
            activity.placements.extend(done.placements.iter().filter(|(_, state)| state.holds_seat()));
        }
        let (mut started, mut still_there) = (BTreeSet::new(), BTreeSet::new());
        for start in starts {
            started.insert(start.person);
            still_there.extend(start.still_there.then_some(start.person));
        }
        let (started, still_there) = (started.into_iter().collect(), still_there.into_iter().collect());
        Line { commitment, employer, promised, activity, started, still_there }
    }

    fn starts(&self, as_of: NaiveDate, known_at: Option<DateTime<Utc>>) -> Vec<Start> {
        let removed = removed_people(self.members);
        by_person(self.events)
            .into_iter()
            .filter(|(person, _)| !removed.contains(person))
            .flat_map(|(_, own)| claims(own, known_at).iter().filter_map(|claim| start_of(claim, as_of)).collect::<Vec<_>>())
            .collect()
    }
}

fn start_of(claim: &Claim<'_>, as_of: NaiveDate) -> Option<Start> {
    let start = started(claim).filter(|start| start.on <= as_of)?;
    let still_there = !claim.is_over(as_of) && claim.denial(as_of).is_none();
    Some(Start { person: start.person, employer: start.employer, commitment: start.commitment, still_there })
}

/// The latest word that work began, unless it never did.
fn started<'e>(claim: &Claim<'e>) -> Option<&'e OutcomeEvent> {
    claim.words().filter(|event| event.act == Act::Started).last().filter(|_| !claim.never_was())
}

/// The first day within `days` of day 0 on which work began at a partner whose promise was valid that day, and whether it is verified.
///
/// A start that is denied is none.
pub(super) fn direct_start(
    own: &[Claim<'_>],
    commitments: &[Commitment],
    day_zero: NaiveDate,
    days: u32,
    as_of: NaiveDate,
) -> Option<(NaiveDate, bool)> {
    let last = day_zero.checked_add_days(Days::new(days.into()))?.min(as_of);
    let promised = |start: &OutcomeEvent| {
        let by = |promise: &Commitment| Some(promise.employer) == start.employer || Some(promise.id) == start.commitment;
        commitments.iter().any(|promise| by(promise) && promise.is_valid_on(start.on))
    };
    let in_time = |start: &OutcomeEvent| start.kind == OutcomeKind::Partner && day_zero <= start.on && start.on <= last;
    own.iter()
        .filter_map(|claim| started(claim).map(|start| (claim, start)))
        .filter(|(claim, start)| in_time(start) && promised(start) && claim.denial(as_of).is_none())
        .map(|(claim, start)| (start.on, level(&claim.witnesses_of(start.id)).is_some_and(EvidenceLevel::is_verified)))
        .min_by_key(|(on, verified)| (*on, !verified))
}
