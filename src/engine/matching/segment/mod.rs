//! An immutable block of candidates laid out for searching: neighbours lie together, and what many share is kept once.
//!
//! A graduate takes about 150 bytes with ten units. A segment answers for its own people only and knows nothing of deletions; the
//! index keeps those beside it. Whatever went in comes out again, unchanged ([`Segment::candidate`]).

mod blocks;
mod build;
mod bytes;
mod crowds;
mod days;
mod page;
mod place;

use crate::engine::geo::Point;
use crate::engine::id::{EmployerId, GraduateId};
use crate::engine::kinds::Shift;
use crate::engine::matching::candidate::{Candidate, HeldUnit};
use crate::engine::matching::context::Wishes;
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::ops::Range;

pub(super) use build::Builder;
pub(super) use crowds::{Bits, is_set, set};
pub(super) use page::{Held, Page, Posting};
use place::Cells;

/// What is a person's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) graduate: GraduateId,
    /// Counted from 1; 0 is unknown.
    place: u32,
    wish: u32,
}

/// What a score reads besides certificates and place; many share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Wish {
    wage: Option<Rupiah>,
    available_from: Option<NaiveDate>,
    /// Counted from 1; 0 is none.
    extra: u32,
}

impl Row {
    /// The number of the place; 0 is unknown.
    pub(super) fn place_number(&self) -> u32 {
        self.place
    }
}

/// What few have, or many share, and no search reads except where nothing can be scored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Extra {
    shifts: Vec<Shift>,
    blocked: Vec<EmployerId>,
    ranked: Vec<EmployerId>,
    claimed: Vec<UnitCode>,
    occupations: Vec<String>,
    trade: Option<String>,
}

impl Extra {
    fn of(candidate: &Candidate) -> Self {
        Self {
            shifts: candidate.shifts.clone(),
            blocked: candidate.blocked_employers.clone(),
            ranked: candidate.ranked_employers.clone(),
            claimed: candidate.claimed_units.clone(),
            occupations: candidate.occupations.clone(),
            trade: candidate.trade.clone(),
        }
    }

    /// Employers not to be shown to.
    pub(super) fn blocked(&self) -> &[EmployerId] {
        &self.blocked
    }

    /// Units that are only claimed.
    pub(super) fn claimed(&self) -> &[UnitCode] {
        &self.claimed
    }

    /// KBJI codes of wished or past work.
    pub(super) fn occupations(&self) -> &[String] {
        &self.occupations
    }

    /// The trade of the class.
    pub(super) fn trade(&self) -> Option<&str> {
        self.trade.as_deref()
    }
}

static NO_EXTRA: Extra =
    Extra { shifts: Vec::new(), blocked: Vec::new(), ranked: Vec::new(), claimed: Vec::new(), occupations: Vec::new(), trade: None };

/// Candidates by place.
#[derive(Debug, Default)]
pub(super) struct Segment {
    /// By slot, in the order of places.
    rows: Vec<Row>,
    /// Slots in the order of ids.
    by_id: Vec<u32>,
    pages: Vec<Page>,
    places: Vec<Point>,
    wishes: Vec<Wish>,
    extras: Vec<Extra>,
    units: FxHashMap<UnitCode, u32>,
    /// Units by number.
    codes: Vec<UnitCode>,
    cells: Cells,
}

impl Segment {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Bytes it takes in memory, without the texts of extras and what the allocator adds.
    pub(super) fn bytes(&self) -> usize {
        let pages: usize = self.pages.iter().map(Page::bytes).sum();
        let shared = bytes_of(&self.places) + bytes_of(&self.wishes) + bytes_of(&self.extras) + 2 * bytes_of(&self.codes);
        pages + shared + bytes_of(&self.rows) + bytes_of(&self.by_id)
    }

    pub(super) fn pages(&self) -> &[Page] {
        &self.pages
    }

    pub(super) fn row(&self, slot: u32) -> Option<&Row> {
        self.rows.get(at(slot))
    }

    pub(super) fn slot_of(&self, graduate: GraduateId) -> Option<u32> {
        let id = |slot: &u32| self.row(*slot).map(|row| row.graduate);
        self.by_id.binary_search_by(|slot| id(slot).cmp(&Some(graduate))).ok().and_then(|place| self.by_id.get(place)).copied()
    }

    /// The page that a slot stands in, and its place there.
    pub(super) fn page_of(&self, slot: u32) -> Option<(&Page, u16)> {
        let page = self.pages.partition_point(|page| page.first <= slot).checked_sub(1).and_then(|page| self.pages.get(page))?;
        Some((page, u16::try_from(slot - page.first).ok()?))
    }

    pub(super) fn place(&self, row: &Row) -> Option<Point> {
        self.place_by_number(row.place)
    }

    pub(super) fn place_by_number(&self, number: u32) -> Option<Point> {
        number.checked_sub(1).and_then(|place| self.places.get(at(place))).copied()
    }

    pub(super) fn extra(&self, row: &Row) -> &Extra {
        let extra = self.wish(row).and_then(|wish| wish.extra.checked_sub(1));
        extra.and_then(|extra| self.extras.get(at(extra))).unwrap_or(&NO_EXTRA)
    }

    fn wish(&self, row: &Row) -> Option<&Wish> {
        self.wishes.get(at(row.wish))
    }

    pub(super) fn wishes(&self, row: &Row, ready_to_board: bool) -> Wishes {
        let wish = self.wish(row);
        Wishes { ready_to_board, wage_wish: wish.and_then(|wish| wish.wage), available_from: wish.and_then(|wish| wish.available_from) }
    }

    /// The segment's number of a unit that anybody holds.
    pub(super) fn unit(&self, code: &UnitCode) -> Option<u32> {
        self.units.get(code).copied()
    }

    /// The code of a unit by a page's number.
    pub(super) fn code(&self, page: &Page, unit: u16) -> Option<&UnitCode> {
        page.segment_unit(unit).and_then(|unit| self.codes.get(at(unit)))
    }

    /// Runs of slots in which everybody stands who may live within so many metres, or nowhere known.
    pub(super) fn around(&self, centre: Option<Point>, metres: u32) -> Vec<Range<u32>> {
        self.cells.around(centre, metres)
    }

    /// One run of all slots.
    pub(super) fn everywhere(&self) -> Vec<Range<u32>> {
        self.cells.everywhere()
    }

    /// The candidate as it was put in.
    pub(super) fn candidate(&self, slot: u32) -> Option<Candidate> {
        let row = self.row(slot)?;
        let (page, person) = self.page_of(slot)?;
        let (stance, wish, extra) = (page.stance(person)?, self.wish(row)?, self.extra(row));
        let unit = |held: &Held| {
            let proof = page.proof(held.proof)?;
            let code = self.code(page, held.unit)?.clone();
            Some(HeldUnit { code, level: proof.level, evidence: proof.evidence, issued: proof.issued, expires: proof.expires })
        };
        Some(Candidate {
            graduate: row.graduate,
            office: stance.office,
            units: page.held(person).iter().filter_map(unit).collect(),
            place: self.place(row),
            radius_metres: stance.radius_metres,
            ready_to_board: stance.ready_to_board,
            wage_wish_monthly: wish.wage,
            available_from: wish.available_from,
            paused_until: stance.paused_until,
            has_passed: stance.has_passed,
            declares_available: stance.declares_available,
            wants_change: stance.wants_change,
            free_hours: stance.free_hours,
            blocked_employers: extra.blocked.clone(),
            ranked_employers: extra.ranked.clone(),
            shifts: extra.shifts.clone(),
            limited: stance.limited,
            objects_to_ranking: stance.objects_to_ranking,
            claimed_units: extra.claimed.clone(),
            occupations: extra.occupations.clone(),
            trade: extra.trade.clone(),
        })
    }
}

/// Bytes that a list has taken.
fn bytes_of<T>(list: &Vec<T>) -> usize {
    list.capacity() * size_of::<T>()
}

/// A small number as a place in a list.
fn at(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
