//! Absorption through the public API: a small world, then the acceptance cases and the properties.

#![expect(clippy::expect_used, reason = "the helpers of a test may panic as the test itself may")]

mod cases;
mod classes;
mod evidence;
mod promises;
mod properties;
mod status;

use chrono::{DateTime, NaiveDate, Utc};
use serap::engine::absorption::commitment::Commitment;
use serap::engine::absorption::event::{Act, OutcomeEvent};
use serap::engine::absorption::population::Member;
use serap::engine::absorption::rate::{Query, Records, Report, report};
use serap::engine::absorption::status::{Freshness, Moment};
use serap::engine::id::{
    AccountId, BatchId, CommitmentId, EmployerId, GraduateId, OutcomeId, ParticipantId, PersonId, PlacementId, ProgrammeId,
};
use serap::engine::kinds::{Assessment, EvidenceLevel, OutcomeKind, OutcomeSource, ParticipantStatus, TrainingResult};
use uuid::Uuid;

/// The officer who writes most things down, and the one who checks.
const FIRST: AccountId = AccountId(Uuid::from_u128(1));
const SECOND: AccountId = AccountId(Uuid::from_u128(2));
const HR: AccountId = AccountId(Uuid::from_u128(3));

fn employer(n: u128) -> EmployerId {
    EmployerId(Uuid::from_u128(0xE000 + n))
}

fn placement(n: u128) -> PlacementId {
    PlacementId(Uuid::from_u128(0xF000 + n))
}

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(0xA000 + n))
}

fn participant(n: u128) -> ParticipantId {
    ParticipantId(Uuid::from_u128(0xB000 + n))
}

fn batch(n: u128) -> BatchId {
    BatchId(Uuid::from_u128(0xC000 + n))
}

fn commitment(n: u128) -> CommitmentId {
    CommitmentId(Uuid::from_u128(0xD000 + n))
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// Day 0 of every class here.
fn day_zero() -> NaiveDate {
    day("2026-01-01")
}

/// So many days after day 0.
fn d(n: i64) -> NaiveDate {
    day_zero() + chrono::Duration::days(n)
}

/// A member of class 1 who passed on day 0.
fn member(n: u128) -> Member {
    Member {
        participant: participant(n),
        graduate: GraduateId(Uuid::from_u128(0x9000 + n)),
        person: person(n),
        batch: batch(1),
        programme: ProgrammeId(Uuid::from_u128(0x8001)),
        status: ParticipantStatus::Completed,
        attended: true,
        result: Some(TrainingResult::Passed),
        assessed: Some(Assessment::Competent),
        graduated_on: Some(day_zero()),
        employer: None,
        district: None,
        fund: None,
    }
}

fn members(count: u128) -> Vec<Member> {
    (1..=count).map(member).collect()
}

/// Events written one after the other, each recorded at noon of the day it speaks of.
#[derive(Default)]
struct Book {
    events: Vec<OutcomeEvent>,
}

impl Book {
    fn push(&mut self, who: u128, act: Act, kind: OutcomeKind, on: NaiveDate) -> &mut OutcomeEvent {
        let id = OutcomeId(Uuid::from_u128(0x1_0000 + self.events.len() as u128));
        self.events.push(OutcomeEvent {
            id,
            person: person(who),
            graduate: GraduateId(Uuid::from_u128(0x9000 + who)),
            kind,
            act,
            placement: None,
            employer: None,
            contract: None,
            on,
            recorded_at: on.and_hms_opt(12, 0, 0).expect("noon").and_utc(),
            source: OutcomeSource::Graduate,
            evidence: EvidenceLevel::SelfReport,
            recorded_by: None,
            verified_by: None,
            about: None,
            commitment: None,
        });
        self.events.last_mut().expect("just pushed")
    }

    /// A status the graduate told.
    fn told(&mut self, who: u128, kind: OutcomeKind, on: NaiveDate) -> OutcomeId {
        self.push(who, Act::Reported, kind, on).id
    }

    /// A start at partner 1 that its personnel office recorded.
    fn started(&mut self, who: u128, seat: u128, on: NaiveDate) -> OutcomeId {
        let event = self.at_seat(who, seat, Act::Started, on);
        event.source = OutcomeSource::Employer;
        event.recorded_by = Some(HR);
        event.id
    }

    fn at_seat(&mut self, who: u128, seat: u128, act: Act, on: NaiveDate) -> &mut OutcomeEvent {
        let event = self.push(who, act, OutcomeKind::Partner, on);
        event.placement = Some(placement(seat));
        event.employer = Some(employer(1));
        event
    }

    /// The graduate says something about an event by the own link.
    fn says(&mut self, act: Act, about: OutcomeId, on: NaiveDate) -> OutcomeId {
        self.reply(act, about, on).id
    }

    /// An event about another one of the same person.
    fn reply(&mut self, act: Act, about: OutcomeId, on: NaiveDate) -> &mut OutcomeEvent {
        let target = self.events.iter().find(|event| event.id == about).expect("an event").clone();
        let who = target.person.0.as_u128() - 0xA000;
        let event = self.push(who, act, target.kind, on);
        (event.placement, event.employer, event.about) = (target.placement, target.employer, Some(about));
        event
    }

    /// An officer checks an event.
    fn verified(&mut self, about: OutcomeId, by: AccountId, on: NaiveDate) -> OutcomeId {
        let event = self.reply(Act::Verified, about, on);
        (event.source, event.recorded_by, event.verified_by) = (OutcomeSource::Staff, Some(by), Some(by));
        event.id
    }

    /// A start that both sides say.
    fn job(&mut self, who: u128, seat: u128, on: NaiveDate) -> OutcomeId {
        let start = self.started(who, seat, on);
        self.says(Act::Confirmed, start, on);
        start
    }
}

fn count(members: &[Member], book: &Book, query: &Query) -> Report {
    report(&Records { members, events: &book.events, commitments: &[], targets: &[] }, query)
}

/// Last known status at the end of a day.
fn on_day(day: NaiveDate) -> Moment {
    Moment { day, as_of: day, known_at: None, freshness_days: 30, freshness: Freshness::LastKnown }
}

/// Status at a checkpoint, looked at long afterwards.
fn at_checkpoint(day: NaiveDate) -> Moment {
    Moment { day, as_of: d(1000), known_at: None, freshness_days: 30, freshness: Freshness::Required }
}

fn promise(n: u128, seats: u32) -> Commitment {
    Commitment { id: commitment(n), employer: employer(1), valid_from: d(-30), valid_until: Some(d(60)), promised: seats }
}
