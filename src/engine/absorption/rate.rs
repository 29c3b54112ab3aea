//! Counting: from members, events and promises to a report.
//!
//! A person is in one class and one bucket of each slice, and once in the totals. Who is not yet due is neither in
//! the numerator nor in the denominator. It reads events alone, never the state of a placement.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use rustc_hash::FxHashMap;

use crate::coded_enum;
use crate::engine::absorption::claim::{Claim, claims};
use crate::engine::absorption::commitment::{Commitment, direct_start};
use crate::engine::absorption::definition::Definition;
use crate::engine::absorption::event::OutcomeEvent;
use crate::engine::absorption::population::{Belongs, Denominator, Group, GroupBy, Member, by_person};
use crate::engine::absorption::status::{Class, Freshness, Moment, Standing, standing_of};
use crate::engine::absorption::tally::{Entry, Place, Tally};
use crate::engine::id::{ParticipantId, PersonId};

coded_enum! {
    /// Days after day 0 at which each person is looked at.
    pub enum Checkpoint {
        /// A month.
        D30 = "30",
        /// A quarter.
        D90 = "90",
        /// Half a year.
        D180 = "180",
        /// A year.
        D365 = "365",
    }
}

impl Checkpoint {
    /// The number of days.
    #[must_use]
    pub fn days(self) -> u32 {
        match self {
            Self::D30 => 30,
            Self::D90 => 90,
            Self::D180 => 180,
            Self::D365 => 365,
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The day of the report; nothing dated later is in it.
    pub as_of: NaiveDate,
    /// Only what was recorded by then; `None` for all.
    pub known_at: Option<DateTime<Utc>>,
    /// The checkpoint; `None`: status at `as_of`.
    pub checkpoint: Option<Checkpoint>,
    /// How to cut.
    pub group_by: GroupBy,
    /// Out of whom.
    pub denominator: Denominator,
    /// How many days evidence stays fresh.
    pub freshness_days: u32,
    /// What becomes of old evidence when no checkpoint is asked; at a checkpoint it always makes the status unknown.
    pub without_checkpoint: Freshness,
    /// Days from day 0 within which a start at a partner is direct.
    pub direct_days: u32,
}

impl Query {
    /// The defaults of DESIGN 3.9 and 3.10: those who passed, 30 days of freshness, 30 days for a direct start, the last known status.
    #[must_use]
    pub fn new(as_of: NaiveDate) -> Self {
        Self {
            as_of,
            known_at: None,
            checkpoint: None,
            group_by: GroupBy::Batch,
            denominator: Denominator::Passed,
            freshness_days: 30,
            without_checkpoint: Freshness::LastKnown,
            direct_days: 30,
        }
    }

    /// The rule for old evidence that applies.
    #[must_use]
    pub fn freshness(&self) -> Freshness {
        if self.checkpoint.is_some() { Freshness::Required } else { self.without_checkpoint }
    }

    /// The day on which a member is looked at, once it has come.
    fn due_day(&self, member: &Member) -> Option<NaiveDate> {
        let day_zero = member.graduated_on.filter(|day| *day <= self.as_of)?;
        let day = match self.checkpoint {
            Some(checkpoint) => day_zero.checked_add_days(Days::new(checkpoint.days().into()))?,
            None => self.as_of,
        };
        (day <= self.as_of).then_some(day)
    }

    fn moment(&self, day: NaiveDate) -> Moment {
        Moment { day, as_of: self.as_of, known_at: self.known_at, freshness_days: self.freshness_days, freshness: self.freshness() }
    }
}

/// What is counted. `members` should hold every class of the people in it, or a job is credited to the wrong class.
#[derive(Debug, Clone, Copy)]
pub struct Records<'r> {
    /// Places in classes.
    pub members: &'r [Member],
    /// Events, of anyone and in any order.
    pub events: &'r [OutcomeEvent],
    /// Promises of partners.
    pub commitments: &'r [Commitment],
    /// What each slice was to reach, in hundredths of a percent.
    pub targets: &'r [(Group, u32)],
}

/// One slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which; `None` for the totals.
    pub group: Option<Group>,
    /// Everyone in it, under the denominator asked for.
    pub tally: Tally,
    /// The same under every denominator, to stand beside it.
    pub beside: Vec<(Denominator, Tally)>,
    /// What it was to reach, in hundredths of a percent.
    pub target: Option<u32>,
}

/// A report: slices, totals, and what the numbers mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What the numbers mean.
    pub definition: Definition,
    /// Slices in the order of their group.
    pub items: Vec<Item>,
    /// Everyone once.
    pub totals: Item,
}

/// A member with what is known of the person on the member's own day.
struct Case<'r> {
    member: &'r Member,
    due: Option<(NaiveDate, Standing)>,
    /// The day of a direct start and whether it is verified.
    direct: Option<(NaiveDate, bool)>,
}

/// Counts everyone.
#[must_use]
pub fn report(records: &Records<'_>, query: &Query) -> Report {
    report_on(records, query, |_| true)
}

/// Counts the members shown. The others are read only so that each outcome is credited to the class it belongs to.
#[must_use]
pub fn report_on(records: &Records<'_>, query: &Query, shown: impl Fn(&Member) -> bool) -> Report {
    let cases = cases(records, query);
    let counts: Vec<(Denominator, Counted)> =
        Denominator::ALL.iter().map(|denominator| (*denominator, Counted::new(&cases, *denominator))).collect();
    let mut slices: BTreeMap<Group, Vec<&Case<'_>>> = BTreeMap::new();
    let all: Vec<&Case<'_>> = cases.iter().filter(|case| shown(case.member)).collect();
    for case in &all {
        slices.entry(Group::of(case.member, query.group_by)).or_default().push(case);
    }
    let item = |group: Option<&Group>, slice: &[&Case<'_>]| {
        let beside: Vec<(Denominator, Tally)> = counts.iter().map(|(denominator, counted)| (*denominator, counted.tally(slice))).collect();
        let tally = beside.iter().find(|(denominator, _)| *denominator == query.denominator).map(|(_, tally)| tally.clone());
        let target = records.targets.iter().find(|(of, _)| group == Some(of)).map(|(_, target)| *target);
        Item { group: group.cloned(), tally: tally.unwrap_or_default(), beside, target }
    };
    Report {
        definition: Definition::of(query),
        items: slices.iter().map(|(group, slice)| item(Some(group), slice)).collect(),
        totals: item(None, &all),
    }
}

fn cases<'r>(records: &Records<'r>, query: &Query) -> Vec<Case<'r>> {
    let known: FxHashMap<PersonId, Vec<Claim<'r>>> =
        by_person(records.events).into_iter().map(|(person, own)| (person, claims(own, query.known_at))).collect();
    let case = |member: &'r Member| {
        let own = known.get(&member.person).map_or(&[][..], Vec::as_slice);
        let due = query.due_day(member).map(|day| (day, standing_of(own, &query.moment(day))));
        let direct = member.graduated_on.and_then(|day| direct_start(own, records.commitments, day, query.direct_days, query.as_of));
        Case { member, due, direct }
    };
    records.members.iter().filter(|member| member.took_part()).map(case).collect()
}

/// The members of one denominator, and whose an outcome is when a person has two classes.
struct Counted {
    denominator: Denominator,
    /// Day 0 and place of each class of a person, earliest first.
    classes: FxHashMap<PersonId, Vec<(NaiveDate, ParticipantId)>>,
}

impl Counted {
    fn new(cases: &[Case<'_>], denominator: Denominator) -> Self {
        let mut classes: FxHashMap<PersonId, Vec<(NaiveDate, ParticipantId)>> = FxHashMap::default();
        for Case { member, .. } in cases.iter().filter(|case| case.member.belongs(denominator) == Belongs::Yes) {
            if let Some(day_zero) = member.graduated_on {
                classes.entry(member.person).or_default().push((day_zero, member.participant));
            }
        }
        classes.values_mut().for_each(|own| own.sort_unstable());
        Self { denominator, classes }
    }

    /// The later class that ended before the event; what came before every class belongs to the first.
    fn owner(&self, person: PersonId, event: NaiveDate) -> Option<ParticipantId> {
        let own = self.classes.get(&person)?;
        own.iter().rev().find(|(day_zero, _)| *day_zero <= event).or(own.first()).map(|(_, participant)| *participant)
    }

    fn tally(&self, slice: &[&Case<'_>]) -> Tally {
        let mut people: BTreeMap<PersonId, Vec<&Case<'_>>> = BTreeMap::new();
        for case in slice {
            people.entry(case.member.person).or_default().push(case);
        }
        let mut entries: Vec<Entry> = people.values().filter_map(|own| self.entry(own)).collect();
        entries.sort_by_key(|entry| entry.participant);
        Tally { entries }
    }

    /// The one place under which a person is listed in a slice: where the outcome belongs, of several the latest.
    fn entry(&self, own: &[&Case<'_>]) -> Option<Entry> {
        let within = |participant: ParticipantId| own.iter().any(|case| case.member.participant == participant);
        own.iter()
            .filter_map(|case| self.place(case, &within).map(|(preference, place)| (preference, case, place)))
            .max_by_key(|(preference, case, _)| (*preference, case.member.graduated_on, case.member.participant))
            .map(|(_, case, place)| self.listed(case, place))
    }

    /// How gladly a case is taken for its person, and where it stands; `None` when it is in no list.
    fn place(&self, case: &Case<'_>, within: &impl Fn(ParticipantId) -> bool) -> Option<(u8, Place)> {
        match (case.member.belongs(self.denominator), &case.due) {
            (Belongs::NotYet, _) | (Belongs::Yes, None) => Some((3, Place::NotDue)),
            (Belongs::Yes, Some((day, standing))) => {
                let place = if standing.class == Class::Excluded { Place::Excluded } else { Place::Counted };
                let owner = self.owner(case.member.person, standing.opened_on.unwrap_or(*day))?;
                Some(if owner == case.member.participant {
                    (4, place)
                } else if within(owner) {
                    (2, place)
                } else {
                    (1, Place::Elsewhere)
                })
            }
            _ => None,
        }
    }

    fn listed(&self, case: &Case<'_>, place: Place) -> Entry {
        let Member { participant, person, .. } = *case.member;
        let standing = case.due.as_ref().map(|(_, standing)| standing);
        let direct = case.direct.filter(|(start, _)| self.owner(person, *start) == Some(participant));
        let class = standing.map_or(Class::Unknown, |standing| standing.class);
        let known = standing.filter(|_| class != Class::Disputed);
        Entry {
            participant,
            person,
            place,
            class,
            kind: known.and_then(|standing| standing.kind),
            evidence: known.and_then(|standing| standing.evidence),
            stale: standing.is_some_and(|standing| standing.stale),
            direct: direct.is_some(),
            direct_verified: direct.is_some_and(|(_, verified)| verified),
        }
    }
}
