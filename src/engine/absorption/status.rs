//! How one person stood on one day, as it was known at one time.
//!
//! Status on a day is status at the end of it. Nothing is inferred: after a job has ended we know that it ended and no
//! more; who was not heard of, or too long ago, is unknown. A denied claim is unknown until who denied it says otherwise.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::coded_enum;
use crate::engine::absorption::claim::{Claim, claims};
use crate::engine::absorption::event::{Order, OutcomeEvent};
use crate::engine::absorption::evidence::level;
use crate::engine::id::{EmployerId, OutcomeId, PlacementId};
use crate::engine::kinds::{EvidenceLevel, OutcomeKind};

coded_enum! {
    /// What a standing counts as; each person is in exactly one class.
    pub enum Class {
        /// Heard nothing, too long ago, or only that something ended.
        Unknown = "unknown",
        /// Seeks, studies, does not seek.
        NotAbsorbed = "not_absorbed",
        /// One side says yes and the other no; counts as unknown.
        Disputed = "disputed",
        /// An apprentice: heard of, never in the headline.
        Apprenticeship = "apprenticeship",
        /// Works, but only one side says so ("menunggu konfirmasi").
        Reported = "reported",
        /// Works, by a document, both sides or a second officer.
        Verified = "verified",
        /// Out of the count, checked by a second officer or a document.
        Excluded = "excluded",
    }
}

coded_enum! {
    /// Why a standing is unknown.
    pub enum Silence {
        /// Nobody ever said anything.
        NoWord = "no_word",
        /// The last word is too old for the day asked about.
        Stale = "stale",
        /// The last thing known is that something ended.
        Ended = "ended",
        /// The two sides contradict each other.
        Disputed = "disputed",
    }
}

coded_enum! {
    /// How old the evidence may be.
    pub enum Freshness {
        /// It must lie within the days given, before or after the day asked about; else the status is unknown.
        Required = "required",
        /// The last known status holds until something ends or replaces it; old evidence is counted and pointed out.
        LastKnown = "last_known",
    }
}

/// Whether somebody of this kind is in the headline total.
#[must_use]
pub fn is_absorbed(kind: OutcomeKind) -> bool {
    matches!(kind, OutcomeKind::Partner | OutcomeKind::OtherEmployer | OutcomeKind::HomeWork | OutcomeKind::SelfEmployed)
}

/// Whether this kind is something a person does at a place or on own account, an apprenticeship included.
#[must_use]
pub fn is_occupied(kind: OutcomeKind) -> bool {
    is_absorbed(kind) || kind == OutcomeKind::Apprenticeship
}

/// The day asked about, and from where we look back at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day whose status is asked.
    pub day: NaiveDate,
    /// The day of the report: later events are no evidence in it.
    pub as_of: NaiveDate,
    /// Only what was recorded by then is known; `None` for all.
    pub known_at: Option<DateTime<Utc>>,
    /// How many days evidence stays fresh.
    pub freshness_days: u32,
    /// What happens when it is not fresh.
    pub freshness: Freshness,
}

impl Moment {
    fn fresh_from(&self) -> NaiveDate {
        self.day.checked_sub_days(Days::new(self.freshness_days.into())).unwrap_or(NaiveDate::MIN)
    }

    /// The span of event dates that are evidence for the day.
    fn span(&self) -> (Option<NaiveDate>, NaiveDate) {
        match self.freshness {
            Freshness::LastKnown => (None, self.day.min(self.as_of)),
            Freshness::Required => {
                let until = self.day.checked_add_days(Days::new(self.freshness_days.into())).unwrap_or(NaiveDate::MAX);
                (Some(self.fresh_from()), until.min(self.as_of))
            }
        }
    }
}

/// How a person stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What the person did; `None` when unknown. Kept for a disputed claim, which says what is disputed.
    pub kind: Option<OutcomeKind>,
    /// What it counts as.
    pub class: Class,
    /// How well it is proved, by the evidence that counts for the day.
    pub evidence: Option<EvidenceLevel>,
    /// Why it is unknown, when it is.
    pub silence: Option<Silence>,
    /// Where, if that is known.
    pub employer: Option<EmployerId>,
    /// The placement, if it is one.
    pub placement: Option<PlacementId>,
    /// Since when.
    pub opened_on: Option<NaiveDate>,
    /// Whether all that was heard is older than the freshness allows: unknown at a checkpoint, pointed out otherwise.
    pub stale: bool,
    /// The events this rests on, in order.
    pub events: Vec<OutcomeId>,
}

impl Standing {
    fn unknown(silence: Silence, events: Vec<OutcomeId>) -> Self {
        Self {
            kind: None,
            class: Class::Unknown,
            evidence: None,
            silence: Some(silence),
            employer: None,
            placement: None,
            opened_on: None,
            stale: silence == Silence::Stale,
            events,
        }
    }
}

/// How the person these events belong to stood at a moment.
#[must_use]
pub fn status_at<'e>(events: impl IntoIterator<Item = &'e OutcomeEvent>, moment: &Moment) -> Standing {
    standing_of(&claims(events, moment.known_at), moment)
}

/// How well one event is proved by all that vouch for it; `None` once it no longer stands.
#[must_use]
pub fn proof_of<'e>(events: impl IntoIterator<Item = &'e OutcomeEvent>, id: OutcomeId) -> Option<EvidenceLevel> {
    let claims = claims(events, None);
    let claim = claims.iter().find(|claim| claim.words().any(|event| event.id == id))?;
    level(&claim.witnesses_of(id))
}

/// The best standing among the claims that hold on the day: of two part-time jobs the better proved one.
pub(super) fn standing_of(claims: &[Claim<'_>], moment: &Moment) -> Standing {
    let begun: Vec<&Claim<'_>> = claims.iter().filter(|claim| !claim.never_was() && claim.opening(moment.day).is_some()).collect();
    let holds = |claim: &Claim<'_>| !claim.is_over(moment.day) && !begun.iter().any(|other| replaces(other, claim, moment.day));
    begun
        .iter()
        .filter(|claim| holds(claim))
        .map(|claim| (standing_by(claim, moment), claim.last_word(moment.day).map(OutcomeEvent::order)))
        .max_by_key(rank)
        .map_or_else(|| nothing_holds(&begun), |(standing, _)| standing)
}

fn rank((standing, last): &(Standing, Option<Order>)) -> (Class, Option<EvidenceLevel>, Option<Order>) {
    (standing.class, standing.evidence, *last)
}

fn nothing_holds(begun: &[&Claim<'_>]) -> Standing {
    let silence = if begun.is_empty() { Silence::NoWord } else { Silence::Ended };
    Standing::unknown(silence, begun.iter().flat_map(|claim| claim.words()).map(|event| event.id).collect())
}

/// Whether the later word about `newer` puts an end to what `older` says on `day`.
///
/// A told status replaces every earlier told one, and "seeking" replaces a job too. A second job replaces no first one.
fn replaces(newer: &Claim<'_>, older: &Claim<'_>, day: NaiveDate) -> bool {
    let (Some(new), Some(old)) = (newer.last_word(day), older.last_word(day)) else {
        return false;
    };
    let later = new.order() > old.order();
    let both_told = !newer.is_placement() && !older.is_placement();
    later && (both_told || !is_occupied(new.kind) || !is_occupied(old.kind))
}

/// What one claim that holds on the day amounts to.
fn standing_by(claim: &Claim<'_>, moment: &Moment) -> Standing {
    let Some(opening) = claim.opening(moment.day) else {
        return Standing::unknown(Silence::NoWord, Vec::new());
    };
    let (from, until) = moment.span();
    // Somebody taken out of the count stays out until a newer word: such a fact does not grow old.
    let from = from.filter(|_| opening.kind != OutcomeKind::Excluded);
    let witnesses = claim.witnesses(moment.day, from, until);
    let Some(evidence) = level(&witnesses) else {
        return Standing::unknown(Silence::Stale, claim.words().map(|event| event.id).collect());
    };
    let denial = claim.denial(until);
    let class = if denial.is_some() { Class::Disputed } else { class_of(opening.kind, evidence) };
    Standing {
        kind: Some(opening.kind),
        class,
        evidence: Some(evidence),
        silence: denial.map(|_| Silence::Disputed),
        employer: opening.employer,
        placement: opening.placement.filter(|_| claim.is_placement()),
        opened_on: claim.opened_on(moment.day),
        stale: claim.last_word(until).is_some_and(|word| word.on < moment.fresh_from()),
        events: witnesses.iter().map(|witness| witness.event).chain(denial).map(|event| event.id).collect(),
    }
}

/// An exclusion shrinks the denominator and so lifts the rate: without a second pair of eyes it does not take effect.
fn class_of(kind: OutcomeKind, evidence: EvidenceLevel) -> Class {
    match kind {
        OutcomeKind::Apprenticeship => Class::Apprenticeship,
        OutcomeKind::Excluded if evidence.is_verified() => Class::Excluded,
        kind if !is_absorbed(kind) => Class::NotAbsorbed,
        _ if evidence.is_verified() => Class::Verified,
        _ => Class::Reported,
    }
}
