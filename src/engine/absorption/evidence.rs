//! How well a claim is proved by the words that speak for it.
//!
//! It never takes one hand for two: both sides typed by one account are one account's word, and nobody verifies what
//! they recorded. A level stored with an event is believed only as far as one event can carry it.

use crate::engine::absorption::event::{Act, OutcomeEvent};
use crate::engine::id::AccountId;
use crate::engine::kinds::{EvidenceLevel, OutcomeSource};

/// A word that speaks for a claim on the day asked about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Witness<'e> {
    pub(super) event: &'e OutcomeEvent,
    /// Whether it is a check by an officer who recorded nothing of what was checked, on whatever day that was.
    pub(super) second: bool,
}

/// The strongest level that these words reach together, or `None` where there is no word.
///
/// A document, then employer and graduate each by their own hand, then a second officer, then one side, then an old sheet.
pub(super) fn level(witnesses: &[Witness<'_>]) -> Option<EvidenceLevel> {
    if witnesses.is_empty() {
        None
    } else if witnesses.iter().any(|word| has_document(word.event)) {
        Some(EvidenceLevel::Document)
    } else if both_sides(witnesses) {
        Some(EvidenceLevel::BothSides)
    } else if witnesses.iter().any(|word| word.second) {
        Some(EvidenceLevel::SecondOfficer)
    } else if witnesses.iter().all(|word| word.event.source == OutcomeSource::Import) {
        Some(EvidenceLevel::Import)
    } else {
        Some(EvidenceLevel::SelfReport)
    }
}

/// Whether an event is a check by somebody who recorded neither it nor, for a verification, any event it vouches for.
pub(super) fn is_second_officer(event: &OutcomeEvent, vouched: impl IntoIterator<Item = Option<AccountId>>) -> bool {
    let checker = match (event.act, event.evidence) {
        (Act::Verified, _) => event.verified_by.or(event.recorded_by),
        (_, EvidenceLevel::SecondOfficer) if event.source != OutcomeSource::Import => {
            event.verified_by.filter(|officer| event.recorded_by != Some(*officer))
        }
        _ => None,
    };
    checker.is_some() && vouched.into_iter().all(|recorder| recorder != checker)
}

/// An old sheet that mentions a document does not hold it.
fn has_document(word: &OutcomeEvent) -> bool {
    word.evidence == EvidenceLevel::Document && word.source != OutcomeSource::Import
}

fn both_sides(witnesses: &[Witness<'_>]) -> bool {
    let side = |source| witnesses.iter().map(|word| word.event).filter(move |word| word.act != Act::Verified && word.source == source);
    side(OutcomeSource::Employer).any(|employer| {
        side(OutcomeSource::Graduate).any(|graduate| employer.recorded_by.is_none() || employer.recorded_by != graduate.recorded_by)
    })
}
