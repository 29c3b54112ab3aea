//! Up to 65,536 neighbours and what they hold, in numbers of two bytes: small enough that a search of one page stays in the cache.
//!
//! A page knows its own people, units and certificates by numbers of its own; the segment says what they stand for.

use crate::engine::geo::{Area, Point};
use crate::engine::kinds::CertificateKind;
use crate::engine::matching::coverage::Proof;
use crate::engine::matching::eligibility::Stance;
use crate::engine::matching::segment::blocks::Blocks;
use crate::engine::matching::segment::crowds::{Bits, Crowds};
use crate::engine::matching::segment::days::Days;
use crate::engine::matching::segment::{at, bytes_of};
use chrono::NaiveDate;
use std::ops::Range;

/// The most people of a page.
pub(super) const MOST_PEOPLE: usize = 1 << 16;
/// The most kinds of certificate (evidence, days) of a page: what is left of two bytes beside the level.
pub(super) const MOST_VALIDITIES: usize = 1 << 13;
/// The most units and stances of a page.
pub(super) const MOST_OTHERS: usize = (1 << 16) - 1;
/// Where a page knows less than one in so many of the segment's units, they are not listed one and all.
const SPARSE: usize = 8;
/// The level code of a level that only the validity tells.
const ODD: u16 = 7;
/// The bits of a level code.
pub(in crate::engine::matching) const LEVEL_BITS: u16 = 7;

/// Everything a certificate says of a unit except its usual levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::engine::matching) struct Validity {
    pub(in crate::engine::matching) evidence: CertificateKind,
    pub(in crate::engine::matching) expires: Option<NaiveDate>,
    pub(in crate::engine::matching) issued: NaiveDate,
    /// A level outside 1 to 6.
    pub(in crate::engine::matching) odd_level: Option<u8>,
}

/// A level's code in three bits: 0 is unstated, 7 is told by the validity.
pub(in crate::engine::matching) fn level_code(level: Option<u8>) -> u16 {
    match level {
        None => 0,
        Some(level @ 1..=6) => u16::from(level),
        Some(_) => ODD,
    }
}

/// A held unit: the page's number of the unit, and the certificate's validity (13 bits) with the level's code (3 bits).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine::matching) struct Held {
    pub(in crate::engine::matching) unit: u16,
    pub(in crate::engine::matching) proof: u16,
}

/// What is read first of a person: where what they hold begins, in two halves so that no room is left between seats, and their stance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    held_low: u16,
    held_high: u16,
    pub(super) stance: u16,
}

impl Seat {
    pub(super) fn new(held_from: u32, stance: u16) -> Self {
        let half = |number: u32| u16::try_from(number & 0xffff).unwrap_or(0);
        Self { held_low: half(held_from), held_high: half(held_from >> 16), stance }
    }

    pub(super) fn held_from(self) -> u32 {
        u32::from(self.held_high) << 16 | u32::from(self.held_low)
    }
}

/// Who holds a unit: the place in the page, and the proof as in [`Held`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine::matching) struct Posting {
    pub(in crate::engine::matching) person: u16,
    pub(in crate::engine::matching) proof: u16,
}

/// Where a unit's postings begin, and the number of its crowd from 1; 0 is held by few.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Listed {
    from: u32,
    crowd: u32,
}

/// Neighbours with what they hold.
#[derive(Debug, Default)]
pub(in crate::engine::matching) struct Page {
    /// The segment's number of the first person.
    pub(in crate::engine::matching) first: u32,
    /// The latitudes between which everybody lives; `None` where somebody lives nowhere known.
    pub(super) latitudes: Option<(f64, f64)>,
    pub(super) blocks: Blocks,
    /// The segment's number of each unit, rising.
    pub(super) units: Vec<u32>,
    /// By the segment's number, the page's from 1; 0 is not in the page. Empty where the page knows but few of many.
    pub(super) unit_at: Vec<u16>,
    pub(super) stances: Vec<Stance>,
    /// By stance, how many have it.
    pub(super) stance_counts: Vec<u32>,
    /// By person; one more at the end of a page that is closed.
    pub(super) seats: Vec<Seat>,
    /// Sorted.
    pub(super) validities: Vec<Validity>,
    pub(super) days: Days,
    /// By person, in the order of their certificates.
    pub(super) held: Vec<Held>,
    /// By unit; one more at the end.
    pub(super) listed: Vec<Listed>,
    pub(super) postings: Vec<Posting>,
    pub(super) crowds: Crowds,
}

impl Page {
    /// How many people.
    pub(in crate::engine::matching) fn len(&self) -> usize {
        self.seats.len().saturating_sub(1)
    }

    /// Bytes it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        let people = bytes_of(&self.stances) + bytes_of(&self.stance_counts) + bytes_of(&self.seats);
        let units = bytes_of(&self.units) + bytes_of(&self.listed) + bytes_of(&self.validities) + bytes_of(&self.unit_at);
        people + units + self.crowds.bytes() + self.days.bytes() + self.blocks.bytes() + bytes_of(&self.held) + bytes_of(&self.postings)
    }

    /// Words of a bit for everyone.
    pub(in crate::engine::matching) fn words(&self) -> usize {
        self.len().div_ceil(64)
    }

    /// The segment's numbers of its people.
    pub(in crate::engine::matching) fn slots(&self) -> Range<u32> {
        self.first..self.first + u32::try_from(self.len()).unwrap_or(0)
    }

    /// Metres from a place that nobody of the page lives nearer than.
    pub(in crate::engine::matching) fn least_metres(&self, place: Option<Point>) -> u32 {
        let degrees = self.least_degrees(place);
        Point { latitude: 0.0, longitude: 0.0 }.metres_to(Point { latitude: degrees.min(90.0), longitude: 0.0 }).saturating_sub(1)
    }

    /// Where a person lives, nearly; `None` where that is not known.
    pub(in crate::engine::matching) fn area(&self, person: u16) -> Option<Area> {
        self.blocks.area(person)
    }

    /// Degrees of latitude from a place that nobody of the page lives nearer than.
    pub(in crate::engine::matching) fn least_degrees(&self, place: Option<Point>) -> f64 {
        let Some((latitude, (south, north))) = place.map(|place| place.latitude).zip(self.latitudes) else { return 0.0 };
        (south - latitude).max(latitude - north).max(0.0)
    }

    /// The page's number of a unit.
    pub(in crate::engine::matching) fn unit(&self, segment_unit: u32) -> Option<u16> {
        if self.unit_at.is_empty() {
            return self.units.binary_search(&segment_unit).ok().and_then(|place| u16::try_from(place).ok());
        }
        self.unit_at.get(at(segment_unit)).and_then(|number| number.checked_sub(1))
    }

    /// The segment's number of one of its units.
    pub(in crate::engine::matching) fn segment_unit(&self, unit: u16) -> Option<u32> {
        self.units.get(usize::from(unit)).copied()
    }

    /// Who holds a unit, by person; somebody with two certificates of it stands twice.
    pub(in crate::engine::matching) fn holders(&self, unit: u16) -> &[Posting] {
        let from = |place: usize| self.listed.get(place).map_or(0, |listed| at(listed.from));
        self.postings.get(from(usize::from(unit))..from(usize::from(unit) + 1)).unwrap_or_default()
    }

    /// A bit for everyone, set for who holds the unit; only for units that many hold.
    pub(in crate::engine::matching) fn dense(&self, unit: u16) -> Option<Bits<'_>> {
        self.crowds.get(self.listed.get(usize::from(unit))?.crowd, self.words())
    }

    /// What predicate reads of its people, each once.
    pub(in crate::engine::matching) fn stances(&self) -> &[Stance] {
        &self.stances
    }

    /// How many people have each stance.
    pub(in crate::engine::matching) fn stance_counts(&self) -> &[u32] {
        &self.stance_counts
    }

    /// The number of a person's stance.
    pub(in crate::engine::matching) fn stance_number(&self, person: u16) -> u16 {
        self.seats.get(usize::from(person)).map_or(u16::MAX, |seat| seat.stance)
    }

    /// What the predicate reads of a person.
    pub(in crate::engine::matching) fn stance(&self, person: u16) -> Option<&Stance> {
        self.stances.get(usize::from(self.stance_number(person)))
    }

    /// Held units of a person, in the order of their certificates.
    pub(in crate::engine::matching) fn held(&self, person: u16) -> &[Held] {
        let from = |place: usize| self.seats.get(place).map_or(0, |seat| at(seat.held_from()));
        self.held.get(from(usize::from(person))..from(usize::from(person) + 1)).unwrap_or_default()
    }

    /// The certificates' validities, sorted.
    pub(in crate::engine::matching) fn validities(&self) -> &[Validity] {
        &self.validities
    }

    /// The days on which they count.
    pub(in crate::engine::matching) fn days(&self) -> &Days {
        &self.days
    }

    /// What a certificate says.
    pub(in crate::engine::matching) fn proof(&self, proof: u16) -> Option<Proof> {
        let validity = self.validities.get(usize::from(proof >> 3))?;
        let level = match proof & 7 {
            0 => None,
            ODD => validity.odd_level,
            level => u8::try_from(level).ok(),
        };
        Some(Proof { level, evidence: validity.evidence, issued: validity.issued, expires: validity.expires })
    }

    /// Puts units and validities in order and lists who holds what.
    pub(super) fn close(&mut self) {
        let units = ranks(&mut self.units);
        let validities = ranks(&mut self.validities);
        let rank = |ranks: &[u16], number: u16| ranks.get(usize::from(number)).copied().unwrap_or(0);
        for held in &mut self.held {
            *held = Held { unit: rank(&units, held.unit), proof: rank(&validities, held.proof >> 3) << 3 | held.proof & 7 };
        }
        self.list();
    }

    /// Works out everything that follows from what people hold.
    pub(super) fn list(&mut self) {
        self.days = Days::of(&self.validities);
        self.unit_at = places_of(&self.units);
        self.stance_counts = vec![0; self.stances.len()];
        for seat in self.seats.iter().take(self.len()) {
            if let Some(count) = self.stance_counts.get_mut(usize::from(seat.stance)) {
                *count += 1;
            }
        }
        self.list_holders();
        for unit in (0..=u16::MAX).take(self.units.len()) {
            let mut crowds = std::mem::take(&mut self.crowds);
            let crowd = crowds.add(self.len(), self.holders(unit));
            if let Some(listed) = self.listed.get_mut(usize::from(unit)) {
                listed.crowd = crowd;
            }
            self.crowds = crowds;
        }
        self.crowds.close();
    }

    fn list_holders(&mut self) {
        let mut from = vec![0_u32; self.units.len() + 1];
        for held in &self.held {
            if let Some(next) = from.get_mut(usize::from(held.unit) + 1) {
                *next += 1;
            }
        }
        let mut sum = 0;
        for begin in &mut from {
            sum += *begin;
            *begin = sum;
        }
        let mut next = from.clone();
        let mut postings = vec![Posting { person: 0, proof: 0 }; self.held.len()];
        for person in (0..=u16::MAX).take(self.len()) {
            for held in self.held(person) {
                if let Some(free) = next.get_mut(usize::from(held.unit)) {
                    if let Some(posting) = usize::try_from(*free).ok().and_then(|free| postings.get_mut(free)) {
                        *posting = Posting { person, proof: held.proof };
                    }
                    *free += 1;
                }
            }
        }
        self.listed = from.into_iter().map(|from| Listed { from, crowd: 0 }).collect();
        self.postings = postings;
    }
}

/// By number, its place in a rising list from 1; 0 is not in the list. Nothing where the list holds but few of many.
fn places_of(numbers: &[u32]) -> Vec<u16> {
    let most = numbers.last().map_or(0, |last| at(*last) + 1);
    if most > numbers.len().saturating_mul(SPARSE) {
        return Vec::new();
    }
    let mut places = vec![0; most];
    for (place, number) in (1..=u16::MAX).zip(numbers) {
        if let Some(known) = places.get_mut(at(*number)) {
            *known = place;
        }
    }
    places
}

/// Sorts values and gives each former place its new one.
fn ranks<T: Ord + Copy>(values: &mut [T]) -> Vec<u16> {
    let small = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by_key(|place| values.get(*place).copied());
    let mut ranks = vec![0; values.len()];
    for (rank, place) in order.iter().enumerate() {
        if let Some(known) = ranks.get_mut(*place) {
            *known = small(rank);
        }
    }
    values.sort_unstable();
    ranks
}
