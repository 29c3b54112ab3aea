//! The numbers of one slice, each of them the length of a list that can be opened.
//!
//! No number is stored: a count that is not a list's length cannot be written here.

use crate::coded_enum;
use crate::engine::absorption::share::{Share, count};
use crate::engine::absorption::status::{Class, is_absorbed};
use crate::engine::id::{ParticipantId, PersonId};
use crate::engine::kinds::{EvidenceLevel, OutcomeKind};

coded_enum! {
    /// Where a person stands towards the denominator of a slice.
    pub enum Place {
        /// In it.
        Counted = "counted",
        /// The day asked about has not come, or the result is not in.
        NotDue = "not_due",
        /// The outcome belongs to another class of the same person.
        Elsewhere = "elsewhere",
        /// Taken out, with a reason, checked.
        Excluded = "excluded",
    }
}

/// One person in a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The place in the class by which the person is listed.
    pub participant: ParticipantId,
    /// The human being; once in every slice.
    pub person: PersonId,
    /// Where towards the denominator.
    pub place: Place,
    /// What the standing counts as; meaningful where counted.
    pub class: Class,
    /// What the person does, where it is known and not disputed.
    pub kind: Option<OutcomeKind>,
    /// How well that is proved.
    pub evidence: Option<EvidenceLevel>,
    /// Whether all evidence is older than the freshness allows.
    pub stale: bool,
    /// Whether the person started in time at a partner whose promise was valid.
    pub direct: bool,
    /// Whether that start is verified.
    pub direct_verified: bool,
}

coded_enum! {
    /// A number of a report, and the list behind it.
    ///
    /// Verified, awaiting, apprenticeship, not absorbed and unknown (disputed ones in it) are the buckets: each
    /// counted person is in exactly one.
    pub enum Figure {
        /// Everyone in the denominator.
        Denominator = "denominator",
        /// The headline: absorbed, and proved.
        Verified = "verified",
        /// Absorbed as far as anyone says: the verified ones too.
        Reported = "reported",
        /// Reported and not verified: waits for the other side.
        Awaiting = "awaiting",
        /// The least it can be: the verified ones.
        Lower = "lower",
        /// The most it can be: reported and unknown.
        Upper = "upper",
        /// Of whom we know how they stand.
        Responded = "responded",
        /// Of whom we do not, the disputed ones too.
        Unknown = "unknown",
        /// The two sides contradict each other.
        Disputed = "disputed",
        /// Seek, study, do not seek.
        NotAbsorbed = "not_absorbed",
        /// Apprentices.
        Apprenticeship = "apprenticeship",
        /// Counted, with evidence older than the freshness allows.
        Stale = "stale",
        /// Started in time at a partner whose promise was valid.
        Direct = "direct",
        /// Of those, with a verified start.
        DirectVerified = "direct_verified",
        /// The day has not come.
        NotDue = "not_due",
        /// Belongs to another class of the same person.
        Elsewhere = "elsewhere",
        /// Taken out of the denominator.
        Excluded = "excluded",
    }
}

impl Figure {
    /// The buckets that a denominator falls into: every counted person is in exactly one.
    pub const BUCKETS: [Self; 5] = [Self::Verified, Self::Awaiting, Self::Apprenticeship, Self::NotAbsorbed, Self::Unknown];

    /// Whether a person is on the list behind this number.
    #[must_use]
    pub fn holds(self, entry: &Entry) -> bool {
        let place = match self {
            Self::NotDue => Place::NotDue,
            Self::Elsewhere => Place::Elsewhere,
            Self::Excluded => Place::Excluded,
            _ => Place::Counted,
        };
        entry.place == place && self.holds_counted(entry)
    }

    fn holds_counted(self, entry: &Entry) -> bool {
        let class = entry.class;
        match self {
            Self::Denominator | Self::NotDue | Self::Elsewhere | Self::Excluded => true,
            Self::Verified | Self::Lower => class == Class::Verified,
            Self::Reported => matches!(class, Class::Verified | Class::Reported),
            Self::Awaiting => class == Class::Reported,
            Self::Upper => Self::Reported.holds_counted(entry) || Self::Unknown.holds_counted(entry),
            Self::Responded => !Self::Unknown.holds_counted(entry),
            Self::Unknown => matches!(class, Class::Unknown | Class::Disputed),
            Self::Disputed => class == Class::Disputed,
            Self::NotAbsorbed => class == Class::NotAbsorbed,
            Self::Apprenticeship => class == Class::Apprenticeship,
            Self::Stale => entry.stale,
            Self::Direct => entry.direct,
            Self::DirectVerified => entry.direct_verified,
        }
    }
}

/// How many do one kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindLine {
    /// The kind.
    pub kind: OutcomeKind,
    /// All of it.
    pub people: u32,
    /// Of those, proved by a document, both sides or a second officer.
    pub verified: u32,
    /// Whether it is part of the absorbed total.
    pub absorbed: bool,
}

/// Everyone in one slice under one denominator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// One entry a person, by participant.
    pub entries: Vec<Entry>,
}

impl Tally {
    /// The list behind a number.
    #[must_use]
    pub fn people(&self, figure: Figure) -> Vec<ParticipantId> {
        self.entries.iter().filter(|entry| figure.holds(entry)).map(|entry| entry.participant).collect()
    }

    /// The number.
    #[must_use]
    pub fn count(&self, figure: Figure) -> u32 {
        count(&self.people(figure))
    }

    /// The number over the denominator.
    #[must_use]
    pub fn share(&self, figure: Figure) -> Share {
        Share { numerator: self.count(figure), denominator: self.count(Figure::Denominator) }
    }

    /// What the counted people do, each once; kinds that nobody does are left out.
    #[must_use]
    pub fn by_kind(&self) -> Vec<KindLine> {
        let line = |kind: OutcomeKind| {
            let proved = |entry: &&Entry| entry.evidence.is_some_and(EvidenceLevel::is_verified);
            let people: Vec<&Entry> = self.of_kind(kind).collect();
            let verified: Vec<&Entry> = people.iter().copied().filter(proved).collect();
            KindLine { kind, people: count(&people), verified: count(&verified), absorbed: is_absorbed(kind) }
        };
        OutcomeKind::ALL.iter().map(|kind| line(*kind)).filter(|line| line.people > 0).collect()
    }

    /// The list behind one kind's number.
    #[must_use]
    pub fn people_of(&self, kind: OutcomeKind) -> Vec<ParticipantId> {
        self.of_kind(kind).map(|entry| entry.participant).collect()
    }

    fn of_kind(&self, kind: OutcomeKind) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.place == Place::Counted && entry.kind == Some(kind))
    }
}
