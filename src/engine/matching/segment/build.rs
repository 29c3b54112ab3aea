//! Lays candidates out as a segment: gathered one by one in any order, then sorted by place and cut into pages.
//!
//! A candidate is taken apart as it comes, so that a million of them never stand in memory as they are.

use crate::engine::geo::Point;
use crate::engine::id::GraduateId;
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::coverage::Proof;
use crate::engine::matching::digest::digest;
use crate::engine::matching::eligibility::Stance;
use crate::engine::matching::segment::page::{Held, MOST_OTHERS, MOST_PEOPLE, MOST_VALIDITIES, Page, Seat, Validity, level_code};
use crate::engine::matching::segment::place::{cell_of, latitudes_of};
use crate::engine::matching::segment::{Extra, Row, Segment, Wish, at};
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// So many drafts are fetched from memory together.
const TOGETHER: usize = 64;

/// Numbers things in the order in which they are first seen.
#[derive(Debug)]
struct Numbers<T> {
    known: FxHashMap<T, u32>,
    seen: Vec<T>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self { known: FxHashMap::default(), seen: Vec::new() }
    }
}

impl<T: Hash + Eq + Clone> Numbers<T> {
    fn of(&mut self, thing: &T) -> u32 {
        if let Some(number) = self.known.get(thing) {
            return *number;
        }
        let number = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
        self.known.insert(thing.clone(), number);
        self.seen.push(thing.clone());
        number
    }
}

/// A held unit in the builder's numbers: the unit, and the validity (29 bits) with the level's code (3 bits).
#[derive(Debug, Clone, Copy)]
struct Holding {
    unit: u32,
    proof: u32,
}

/// A candidate that was taken apart.
#[derive(Debug, Clone, Copy)]
struct Draft {
    row: Row,
    cell: u32,
    stance: u32,
    held_from: u32,
    held_to: u32,
    digest: u64,
}

/// Gathers candidates for one segment.
#[derive(Debug, Default)]
pub(in crate::engine::matching) struct Builder {
    drafts: Vec<Draft>,
    holdings: Vec<Holding>,
    units: Numbers<UnitCode>,
    validities: Numbers<Validity>,
    last_validity: Option<(Validity, u32)>,
    stances: Numbers<Stance>,
    places: Numbers<(u64, u64)>,
    wishes: Numbers<Wish>,
    extras: Numbers<Extra>,
}

impl Builder {
    /// Takes one candidate; of several with one id the last stays.
    pub(in crate::engine::matching) fn push(&mut self, candidate: &Candidate) {
        let held_from = self.holdings.len();
        for held in &candidate.units {
            let unit = self.units.of(&held.code);
            self.hold(unit, Proof::of(held));
        }
        let extra = Extra::of(candidate);
        let (graduate, stance) = (candidate.graduate, Stance::of(candidate));
        let wishes = (candidate.wage_wish_monthly, candidate.available_from);
        self.add(graduate, &stance, candidate.place, wishes, &extra, held_from);
        if let Some(draft) = self.drafts.last_mut() {
            draft.digest = digest(candidate);
        }
    }

    /// Takes the people of another segment that a test lets through.
    pub(in crate::engine::matching) fn push_all(&mut self, segment: &Segment, keep: impl Fn(u32) -> bool) {
        let units: Vec<u32> = segment.codes.iter().map(|code| self.units.of(code)).collect();
        for page in &segment.pages {
            for (slot, person) in page.slots().zip(0..=u16::MAX).filter(|(slot, _)| keep(*slot)) {
                let (Some(row), Some(stance)) = (segment.row(slot), page.stance(person)) else { continue };
                let held_from = self.holdings.len();
                for held in page.held(person) {
                    let unit = page.segment_unit(held.unit).and_then(|unit| units.get(at(unit))).copied();
                    if let Some((unit, proof)) = unit.zip(page.proof(held.proof)) {
                        self.hold(unit, proof);
                    }
                }
                let wishes = segment.wish(row).map_or((None, None), |wish| (wish.wage, wish.available_from));
                self.add(row.graduate, stance, segment.place(row), wishes, segment.extra(row), held_from);
            }
        }
    }

    fn hold(&mut self, unit: u32, proof: Proof) {
        let level = level_code(proof.level);
        let odd_level = proof.level.filter(|_| level == level_code(Some(u8::MAX)));
        let validity = Validity { evidence: proof.evidence, expires: proof.expires, issued: proof.issued, odd_level };
        // Much of what somebody holds stands on one certificate.
        let number = match &self.last_validity {
            Some((last, number)) if *last == validity => *number,
            _ => self.validities.of(&validity),
        };
        self.last_validity = Some((validity, number));
        self.holdings.push(Holding { unit, proof: number << 3 | u32::from(level) });
    }

    fn add(
        &mut self,
        graduate: GraduateId,
        stance: &Stance,
        place: Option<Point>,
        (wage, available_from): (Option<Rupiah>, Option<NaiveDate>),
        extra: &Extra,
        held_from: usize,
    ) {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let extra = if *extra == Extra::default() { 0 } else { self.extras.of(extra) + 1 };
        let row = Row {
            graduate,
            place: place.map_or(0, |place| self.places.of(&(place.latitude.to_bits(), place.longitude.to_bits())) + 1),
            wish: self.wishes.of(&Wish { wage, available_from, extra }),
        };
        let stance = self.stances.of(stance);
        self.drafts.push(Draft {
            row,
            cell: cell_of(place),
            stance,
            held_from: number(held_from),
            held_to: number(self.holdings.len()),
            digest: 0,
        });
    }

    /// The segment of everyone taken, and the sum of the digests of those taken as candidates.
    pub(in crate::engine::matching) fn finish(self) -> (Segment, u64) {
        let by_id = self.newest_by_id();
        // A cell and the rank of the id beside it, so that sorting moves eight bytes a person.
        let cell = |draft: u32| self.drafts.get(at(draft)).map_or(0, |draft| u64::from(draft.cell));
        let mut order: Vec<u64> = (0_u64..).zip(&by_id).map(|(rank, draft)| cell(*draft) << 32 | rank).collect();
        order.sort_unstable();
        let mut segment = Segment { rows: Vec::with_capacity(order.len()), by_id: vec![0; order.len()], ..Segment::default() };
        let mut paper = Paper::new(&self);
        let mut digests = 0_u64;
        let rank = |key: &u64| usize::try_from(key & u64::from(u32::MAX)).unwrap_or(usize::MAX);
        let draft = |key: &u64| by_id.get(rank(key)).and_then(|draft| self.drafts.get(at(*draft)));
        let mut slot = 0_u32;
        for keys in order.chunks(TOGETHER) {
            paper.fetch(keys.iter().filter_map(draft));
            for (key, draft) in keys.iter().filter_map(|key| Some((key, draft(key)?))) {
                if let Some(place) = segment.by_id.get_mut(rank(key)) {
                    *place = slot;
                }
                slot += 1;
                segment.cells.push(draft.cell);
                digests = digests.wrapping_add(draft.digest);
                paper.write(draft, &mut segment);
            }
        }
        paper.close(&mut segment);
        let places = paper.places.used.iter().filter_map(|place| self.places.seen.get(at(*place)));
        segment.places = places.map(|(latitude, longitude)| point(*latitude, *longitude)).collect();
        segment.places.shrink_to_fit();
        segment.wishes = self.wishes.seen;
        segment.extras = self.extras.seen;
        segment.units = self.units.known;
        segment.codes = self.units.seen;
        segment.pages.shrink_to_fit();
        (segment, digests)
    }

    /// The drafts in the order of their ids, each id once: its last draft.
    fn newest_by_id(&self) -> Vec<u32> {
        let graduate = |draft: u32| self.drafts.get(at(draft)).map(|draft| draft.row.graduate);
        let mut drafts: Vec<u32> = (0..u32::try_from(self.drafts.len()).unwrap_or(u32::MAX)).collect();
        drafts.sort_by_key(|draft| graduate(*draft));
        drafts.reverse();
        drafts.dedup_by_key(|draft| graduate(*draft));
        drafts.reverse();
        drafts
    }
}

fn point(latitude: u64, longitude: u64) -> Point {
    Point { latitude: f64::from_bits(latitude), longitude: f64::from_bits(longitude) }
}

/// The page that is being filled.
struct Paper<'a> {
    builder: &'a Builder,
    page: Page,
    units: Local,
    validities: Local,
    stances: Local,
    first_cell: u32,
    last_cell: u32,
    /// By the builder's number, the segment's: places are numbered in the order of slots, so that neighbours' lie together.
    places: Local,
}

/// The page's numbers of the builder's numbers.
struct Local {
    /// By the builder's number, the page's number from 1; 0 is not in the page.
    known: Vec<u32>,
    used: Vec<u32>,
}

impl Local {
    fn new(numbers: usize) -> Self {
        Self { known: vec![0; numbers], used: Vec::new() }
    }

    fn of(&mut self, number: u32) -> u16 {
        u16::try_from(self.wide(number)).unwrap_or(u16::MAX)
    }

    fn wide(&mut self, number: u32) -> u32 {
        let next = u32::try_from(self.used.len()).unwrap_or(u32::MAX) + 1;
        let Some(known) = self.known.get_mut(at(number)) else { return 0 };
        if *known == 0 {
            *known = next;
            self.used.push(number);
        }
        *known - 1
    }

    fn clear(&mut self) {
        for number in self.used.drain(..) {
            if let Some(known) = self.known.get_mut(at(number)) {
                *known = 0;
            }
        }
    }
}

impl<'a> Paper<'a> {
    fn new(builder: &'a Builder) -> Self {
        Self {
            page: Page::default(),
            units: Local::new(builder.units.seen.len()),
            validities: Local::new(builder.validities.seen.len()),
            stances: Local::new(builder.stances.seen.len()),
            places: Local::new(builder.places.seen.len() + 1),
            first_cell: 0,
            last_cell: 0,
            builder,
        }
    }

    /// Brings what some drafts refer to into the cache: they were taken in another order, and one after the other each would be waited for.
    fn fetch<'d>(&self, drafts: impl Iterator<Item = &'d Draft> + Clone) {
        let unit = |place: u32| self.builder.holdings.get(at(place)).map_or(0, |holding| holding.unit);
        let ends = |draft: &Draft| (unit(draft.held_from), unit(draft.held_to.saturating_sub(1)));
        let place = |draft: &Draft| self.places.known.get(at(draft.row.place.saturating_sub(1))).map_or(0, |place| *place);
        let all = drafts.map(|draft| (ends(draft), place(draft))).fold(0, |all, ((first, last), place)| all ^ first ^ last ^ place);
        std::hint::black_box(all);
    }

    fn write(&mut self, draft: &Draft, segment: &mut Segment) {
        let held = self.builder.holdings.get(at(draft.held_from)..at(draft.held_to)).unwrap_or_default();
        let full = |used: usize, most: usize| used + held.len() > most;
        if self.page.seats.len() == MOST_PEOPLE
            || full(self.units.used.len(), MOST_OTHERS)
            || full(self.validities.used.len(), MOST_VALIDITIES)
            || self.stances.used.len() == MOST_OTHERS
        {
            self.close(segment);
        }
        // People come in the order of their cells.
        self.first_cell = if self.page.seats.is_empty() { draft.cell } else { self.first_cell };
        self.last_cell = draft.cell;
        self.page.blocks.push(draft.cell);
        let held_from = u32::try_from(self.page.held.len()).unwrap_or(u32::MAX);
        self.page.seats.push(Seat::new(held_from, self.stances.of(draft.stance)));
        for holding in held {
            let (unit, validity) = (self.units.of(holding.unit), self.validities.of(holding.proof >> 3));
            self.page.held.push(Held { unit, proof: validity << 3 | u16::try_from(holding.proof & 7).unwrap_or(0) });
        }
        let place = if draft.row.place == 0 { 0 } else { self.places.wide(draft.row.place - 1) + 1 };
        segment.rows.push(Row { place, ..draft.row });
    }

    /// Adds the page to the segment, if anybody stands in it, and begins another.
    fn close(&mut self, segment: &mut Segment) {
        let mut page = std::mem::take(&mut self.page);
        if page.seats.is_empty() {
            return;
        }
        let people = u32::try_from(segment.rows.len()).unwrap_or(u32::MAX);
        page.first = people - u32::try_from(page.seats.len()).unwrap_or(0);
        page.latitudes = latitudes_of(self.first_cell).zip(latitudes_of(self.last_cell)).map(|((south, _), (_, north))| (south, north));
        page.blocks.close(self.last_cell);
        page.units = self.units.used.clone();
        page.validities = self.validities.used.iter().filter_map(|number| self.builder.validities.seen.get(at(*number))).copied().collect();
        page.stances = self.stances.used.iter().filter_map(|number| self.builder.stances.seen.get(at(*number))).copied().collect();
        page.seats.push(Seat::new(u32::try_from(page.held.len()).unwrap_or(u32::MAX), u16::MAX));
        page.close();
        page.held.shrink_to_fit();
        page.seats.shrink_to_fit();
        segment.pages.push(page);
        self.units.clear();
        self.validities.clear();
        self.stances.clear();
    }
}
