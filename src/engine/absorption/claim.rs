//! A claim: all words about one fact, "she works there" or "he is looking for work".
//!
//! A placement is one claim. A status told without a placement is one claim for each kind and firm, so that telling
//! the same again is a confirmation and not a second job. It never decides what counts; `status` does.

use chrono::{DateTime, NaiveDate, Utc};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::absorption::event::{Act, Order, OutcomeEvent, in_force};
use crate::engine::absorption::evidence::{Witness, is_second_officer};
use crate::engine::absorption::status::is_occupied;
use crate::engine::id::{AccountId, EmployerId, OutcomeId, PlacementId};
use crate::engine::kinds::{OutcomeKind, OutcomeSource};

/// What makes two words speak of the same fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ClaimKey {
    /// A seat in the books.
    Placement(PlacementId),
    /// A status told by itself.
    Told(OutcomeKind, Option<EmployerId>),
}

impl ClaimKey {
    fn of(event: &OutcomeEvent) -> Self {
        match event.placement {
            // "Looking for work" noted at a placement's page speaks of the person, not of the seat.
            Some(placement) if is_occupied(event.kind) || !event.act.opens() => Self::Placement(placement),
            _ => Self::Told(event.kind, event.employer),
        }
    }
}

/// One event within a claim, with the events it vouches for besides its own day.
#[derive(Debug)]
pub(super) struct Word<'e> {
    pub(super) event: &'e OutcomeEvent,
    covers: Vec<OutcomeId>,
    second: bool,
}

impl<'e> Word<'e> {
    fn witness(&self) -> Witness<'e> {
        Witness { event: self.event, second: self.second }
    }
}

/// All standing words about one fact, in order.
#[derive(Debug)]
pub(super) struct Claim<'e> {
    key: ClaimKey,
    words: Vec<Word<'e>>,
}

/// Sorts the standing events of one person into claims, in order of their first word.
pub(super) fn claims<'e>(events: impl IntoIterator<Item = &'e OutcomeEvent>, known_at: Option<DateTime<Utc>>) -> Vec<Claim<'e>> {
    let standing = in_force(events, known_at);
    let by_id: FxHashMap<OutcomeId, &OutcomeEvent> = standing.iter().map(|event| (event.id, *event)).collect();
    let mut claims: Vec<Claim<'e>> = Vec::new();
    for event in standing {
        let Some((key, covers)) = chain(event, &by_id) else { continue };
        let word = Word { event, covers, second: false };
        match claims.iter_mut().find(|claim| claim.key == key) {
            Some(claim) => claim.words.push(word),
            None => claims.push(Claim { key, words: vec![word] }),
        }
    }
    for claim in &mut claims {
        claim.cover_openings();
        claim.find_second_officers();
    }
    claims
}

/// The claim an event belongs to and the events it speaks of; `None` when one of those no longer stands.
fn chain(event: &OutcomeEvent, by_id: &FxHashMap<OutcomeId, &OutcomeEvent>) -> Option<(ClaimKey, Vec<OutcomeId>)> {
    let (mut root, mut covers) = (event, Vec::new());
    while let Some(about) = root.about.filter(|_| root.act.speaks_about_another()) {
        if covers.contains(&about) {
            return None;
        }
        root = by_id.get(&about)?;
        covers.push(about);
    }
    Some((ClaimKey::of(root), covers))
}

impl<'e> Claim<'e> {
    /// A confirmation or check that names no event vouches for the latest opening before it, else for the first.
    fn cover_openings(&mut self) {
        let openings: Vec<(Order, OutcomeId)> =
            self.words.iter().filter(|word| word.event.act.opens()).map(|word| (word.event.order(), word.event.id)).collect();
        for word in &mut self.words {
            if word.covers.is_empty() && matches!(word.event.act, Act::Confirmed | Act::Verified) {
                let order = word.event.order();
                let opening = openings.iter().rev().find(|(opened, _)| *opened <= order).or(openings.first());
                word.covers.extend(opening.map(|(_, id)| *id));
            }
        }
    }

    fn find_second_officers(&mut self) {
        let recorders: FxHashMap<OutcomeId, Option<AccountId>> = self.words().map(|event| (event.id, event.recorded_by)).collect();
        for word in &mut self.words {
            word.second = is_second_officer(word.event, word.covers.iter().filter_map(|id| recorders.get(id).copied()));
        }
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &'e OutcomeEvent> + '_ {
        self.words.iter().map(|word| word.event)
    }

    pub(super) fn is_placement(&self) -> bool {
        matches!(self.key, ClaimKey::Placement(_))
    }

    /// Called off, never shown up or entered by mistake: it never was, on no day.
    pub(super) fn never_was(&self) -> bool {
        self.words().any(|event| event.act.annuls())
    }

    /// The word that says, for `day`, what the person does and where.
    pub(super) fn opening(&self, day: NaiveDate) -> Option<&'e OutcomeEvent> {
        self.words().filter(|event| event.act.opens() && event.on <= day).last()
    }

    /// The order of the last end on or before `day`.
    fn last_end(&self, day: NaiveDate) -> Option<Order> {
        self.words().filter(|event| event.act == Act::Ended && event.on <= day).last().map(OutcomeEvent::order)
    }

    /// Whether it is over at the end of `day`. A told status can be told anew after its end, a placement cannot.
    pub(super) fn is_over(&self, day: NaiveDate) -> bool {
        let reopened = |end: Order| !self.is_placement() && self.opening(day).is_some_and(|opening| opening.order() > end);
        self.last_end(day).is_some_and(|end| !reopened(end))
    }

    /// The day on which the spell that holds on `day` began.
    pub(super) fn opened_on(&self, day: NaiveDate) -> Option<NaiveDate> {
        let end = self.last_end(day).filter(|_| !self.is_over(day));
        self.words().find(|event| event.act.opens() && event.on <= day && end.is_none_or(|end| event.order() > end)).map(|event| event.on)
    }

    /// The last word up to `day` that says how things stand; a denial says how they do not.
    pub(super) fn last_word(&self, day: NaiveDate) -> Option<&'e OutcomeEvent> {
        self.words().filter(|event| event.act.attests() && event.on <= day).last()
    }

    /// The words that speak for this claim within the days given, with all that vouch for those words, whenever they did.
    pub(super) fn witnesses(&self, day: NaiveDate, from: Option<NaiveDate>, until: NaiveDate) -> Vec<Witness<'e>> {
        let end = self.last_end(day);
        let within = |event: &OutcomeEvent| {
            event.act.attests()
                && from.is_none_or(|from| event.on >= from)
                && event.on <= until
                && end.is_none_or(|end| event.order() > end)
        };
        let points: FxHashSet<OutcomeId> = self.words().filter(|event| within(event)).map(|event| event.id).collect();
        self.words
            .iter()
            .filter(|word| points.contains(&word.event.id) || (vouches(word.event) && word.covers.iter().any(|id| points.contains(id))))
            .map(Word::witness)
            .collect()
    }

    /// The words that speak for one event of this claim: itself and all that vouch for it.
    pub(super) fn witnesses_of(&self, id: OutcomeId) -> Vec<Witness<'e>> {
        self.words
            .iter()
            .filter(|word| word.event.id == id || (vouches(word.event) && word.covers.contains(&id)))
            .map(Word::witness)
            .collect()
    }

    /// The denial that stands against this claim, reading each side's last word up to `until`.
    ///
    /// A side that had not spoken by then is heard on what it said first later: a first answer that says "no" reaches
    /// back, while one that takes back its own earlier "yes" counts from its own day on.
    pub(super) fn denial(&self, until: NaiveDate) -> Option<&'e OutcomeEvent> {
        OutcomeSource::ALL.iter().find_map(|source| {
            let said = || self.words().filter(|event| event.source == *source && takes_side(event));
            let word = said().filter(|event| event.on <= until).last().or_else(|| said().next());
            word.filter(|event| event.act == Act::Disputed)
        })
    }
}

fn vouches(event: &OutcomeEvent) -> bool {
    matches!(event.act, Act::Confirmed | Act::Verified)
}

fn takes_side(event: &OutcomeEvent) -> bool {
    matches!(event.act, Act::Started | Act::Reported | Act::Confirmed | Act::Disputed)
}
