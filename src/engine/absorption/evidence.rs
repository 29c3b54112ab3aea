//! How well a claim is proved by the words that speak for it.
//!
//! It never takes one hand for two: both sides typed by one account are one account's word, and nobody verifies what
//! they recorded. A level stored with an event is believed only as far as one event can carry it.

use crate::engine::absorption::event::{Act, OutcomeEvent};
use crate::engine::kinds::{EvidenceLevel, OutcomeSource};

/// The strongest level that these words reach together, or `None` where there is no word.
///
/// A document, then employer and graduate each by their own hand, then a second officer, then one side, then an old sheet.
#[must_use]
pub fn level(witnesses: &[&OutcomeEvent]) -> Option<EvidenceLevel> {
    if witnesses.is_empty() {
        None
    } else if witnesses.iter().any(|word| has_document(word)) {
        Some(EvidenceLevel::Document)
    } else if both_sides(witnesses) {
        Some(EvidenceLevel::BothSides)
    } else if second_officer(witnesses) {
        Some(EvidenceLevel::SecondOfficer)
    } else if witnesses.iter().all(|word| word.source == OutcomeSource::Import) {
        Some(EvidenceLevel::Import)
    } else {
        Some(EvidenceLevel::SelfReport)
    }
}

/// An old sheet that mentions a document does not hold it.
fn has_document(word: &OutcomeEvent) -> bool {
    word.evidence == EvidenceLevel::Document && word.source != OutcomeSource::Import
}

fn both_sides(witnesses: &[&OutcomeEvent]) -> bool {
    let side = |source| witnesses.iter().filter(move |word| word.act != Act::Verified && word.source == source);
    side(OutcomeSource::Employer).any(|employer| {
        side(OutcomeSource::Graduate).any(|graduate| employer.recorded_by.is_none() || employer.recorded_by != graduate.recorded_by)
    })
}

/// Whether an officer checked it who recorded none of the words it rests on.
fn second_officer(witnesses: &[&OutcomeEvent]) -> bool {
    let recorded = |officer| witnesses.iter().any(|word| word.act != Act::Verified && word.recorded_by == Some(officer));
    witnesses.iter().any(|word| {
        let checker = match (word.act, word.evidence) {
            (Act::Verified, _) => word.verified_by.or(word.recorded_by),
            (_, EvidenceLevel::SecondOfficer) if word.source != OutcomeSource::Import => word.verified_by,
            _ => None,
        };
        checker.is_some_and(|officer| !recorded(officer))
    })
}
