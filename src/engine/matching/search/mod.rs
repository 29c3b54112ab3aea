//! Searching one segment: who is on a vacancy's list, and who of them stands first.
//!
//! A search gives exactly what asking `check`, `coverage` and `score` of everybody would give. What cannot come before those already found
//! is counted and not looked at again. Pages are searched one by one, with room to work in that is kept from page to page.

mod each;
mod explain;
mod near;
mod question;
mod required;
mod soft;
mod tally;
mod voters;

use crate::engine::geo::Circle;
use crate::engine::matching::collect::{Collector, Found};
use crate::engine::matching::eligibility;
use crate::engine::matching::page::Key;
use crate::engine::matching::score::Pair;
use crate::engine::matching::segment::{Page, Row, Segment, is_set, set};
use rayon::prelude::*;
use std::ops::Range;

pub(super) use question::Question;

/// So many people are fetched from memory together before each is looked at.
const TOGETHER: usize = 32;
/// Below this many people one thread is faster than sharing the work out.
const WORTH_SHARING: usize = 32_768;

/// What is known of a stance before anybody who has it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Unasked,
    No,
    Yes,
    /// The distance or the blocked employers decide.
    LookCloser,
}

/// A code that can meet a line, as a page numbers it.
#[derive(Debug, Clone, Copy)]
struct Local {
    unit: u16,
    target: usize,
    line: usize,
    /// The next local of the same box; 0 is none.
    next: u32,
}

/// A search of one segment.
#[derive(Debug)]
pub(super) struct Search<'a> {
    question: &'a Question<'a>,
    segment: &'a Segment,
    /// One bit a slot: gone, or anew in a later layer. Empty where nobody is.
    dead: &'a [u64],
    layer: usize,
    /// By target, the segment's number of its unit.
    units: Vec<Option<u32>>,
    /// What the vacancy's own limit leaves in reach.
    circle: Option<Circle>,
    room: Room<'a>,
}

/// An eligible person of a page; with the metres, which may be unknown, if they had to be measured.
type Admitted = (u16, Option<Option<u32>>);

/// Few boxes, so that all of them stay in the cache; few units of one page are asked for.
const BOXES: usize = 256;

/// By box, a place in a list.
#[derive(Debug)]
struct Boxes([u32; BOXES]);

impl Default for Boxes {
    fn default() -> Self {
        Self([0; BOXES])
    }
}

impl Boxes {
    fn first(&self, unit: u16) -> usize {
        self.0.get(usize::from(unit) % BOXES).map_or(0, |first| usize::try_from(*first).unwrap_or(0))
    }

    /// Puts a place first in the box of a unit; answers the one that was.
    fn put(&mut self, unit: u16, place: u32) -> u32 {
        self.0.get_mut(usize::from(unit) % BOXES).map_or(0, |first| std::mem::replace(first, place))
    }
}

/// Room to work in, filled anew for each page.
#[derive(Debug, Default)]
struct Room<'a> {
    /// By validity, its class on the day.
    classes: Vec<u8>,
    /// The first person of the page whose numbers the locals have.
    numbered: Option<u32>,
    /// Targets whose unit the page knows; behind one that stands for none.
    locals: Vec<Local>,
    /// By box of units, the first of its locals; 0 has none.
    first: Boxes,
    verdicts: Vec<Verdict>,
    /// By line, what the best certificate is worth and one; 0 is not met. One more for what serves no line.
    worths: Vec<u16>,
    people: Vec<u16>,
    chosen: Vec<Admitted>,
    /// For explaining: what one person holds.
    pairs: Vec<Pair<'a>>,
    /// Metres that nobody of the page lives nearer than.
    least_metres: u32,
    /// The most that the context can give anybody of the page.
    context_most: u64,
    /// What fetching came across; it serves no other end.
    fetched: u64,
}

impl<'a> Search<'a> {
    pub(super) fn new(question: &'a Question<'a>, segment: &'a Segment, dead: &'a [u64], layer: usize) -> Self {
        let units = question.targets.iter().map(|target| segment.unit(&target.accept.code)).collect();
        let demand = question.terms.demand;
        let circle = demand.max_distance_metres.zip(demand.place).and_then(|(metres, place)| Circle::new(place, metres));
        Self { question, segment, dead, layer, units, circle, room: Room::default() }
    }

    /// Counts who is on the list and offers those who may stand among the first.
    pub(super) fn list(&mut self, collector: &mut Collector) {
        let runs = self.runs();
        let soft = self.question.required.is_empty();
        if !self.question.terms.is_assessable() || (soft && collector.keeps_all()) {
            self.page_by_page(collector, |search, page, part| search.everybody_of(page, &runs, part));
        } else if soft {
            self.list_soft(&runs, collector);
        } else {
            self.list_required(&runs, collector);
        }
    }

    /// Offers those who lack one to so many of the required units.
    pub(super) fn near_misses(&mut self, most: usize, collector: &mut Collector) {
        let runs = self.runs();
        self.page_by_page(collector, |search, page, part| search.near_misses_of(page, &runs, most, part));
    }

    /// The pages that runs reach into, nearest first, so that others' equals can be passed over for their distance alone.
    fn pages_by_distance(&self, runs: &[Range<u32>]) -> Vec<&'a Page> {
        let place = self.question.terms.demand.place;
        let mut pages: Vec<&Page> = self.segment.pages().iter().filter(|page| runs_in(page, runs).next().is_some()).collect();
        pages.sort_by(|one, other| one.least_degrees(place).total_cmp(&other.least_degrees(place)));
        pages
    }

    /// Searches each page, side by side where there are many people.
    fn page_by_page(&mut self, collector: &mut Collector, search_page: impl Fn(&mut Self, &Page, &mut Collector) + Sync) {
        let segment = self.segment;
        if segment.len() < WORTH_SHARING {
            for page in segment.pages() {
                search_page(self, page, collector);
            }
            return;
        }
        let whole: &Self = self;
        let alone = |page: &Page| {
            let mut search = Self { room: Room::default(), units: whole.units.clone(), ..*whole };
            let mut part = collector.like();
            search_page(&mut search, page, &mut part);
            part
        };
        let found: Vec<Collector> = segment.pages().par_iter().map(alone).collect();
        for part in found {
            collector.merge(part);
        }
    }

    fn metres(&self, row: &Row) -> Option<u32> {
        self.question.terms.metres_from(self.segment.place(row))
    }

    /// Runs of slots within the distance the vacancy allows, or all.
    fn runs(&self) -> Vec<Range<u32>> {
        let demand = self.question.terms.demand;
        match demand.max_distance_metres {
            Some(metres) => self.segment.around(demand.place, metres),
            None => self.segment.everywhere(),
        }
    }

    /// Numbers the targets as a page numbers their units.
    fn number(&mut self, page: &Page) {
        let Room { numbered, locals, first, .. } = &mut self.room;
        if numbered.replace(page.first) == Some(page.first) {
            return;
        }
        locals.clear();
        locals.reserve(self.question.targets.len() + 1);
        *first = Boxes::default();
        locals.push(Local { unit: u16::MAX, target: usize::MAX, line: self.question.terms.lines.len(), next: 0 });
        for (target, (asked, unit)) in self.question.targets.iter().zip(&self.units).enumerate() {
            let Some(unit) = unit.and_then(|unit| page.unit(unit)) else { continue };
            let Ok(place) = u32::try_from(locals.len()) else { break };
            locals.push(Local { unit, target, line: asked.line, next: first.put(unit, place) });
        }
    }

    /// Prepares for a page.
    fn open(&mut self, page: &Page) {
        self.number(page);
        let Room { classes, verdicts, worths, least_metres, context_most, .. } = &mut self.room;
        *least_metres = page.least_metres(self.question.terms.demand.place);
        *context_most = self.question.terms.context_most(*least_metres);
        self.question.classify(page, classes);
        verdicts.clear();
        verdicts.resize(page.stances().len(), Verdict::Unasked);
        worths.clear();
        worths.resize(self.question.terms.lines.len() + 1, 0);
    }

    /// Adds those of some people who are alive and eligible, as [`Search::admit`] does; where they live is fetched for all at once.
    fn admit_all(&mut self, page: &Page, people: &[u16], admitted: &mut Vec<Admitted>) {
        let stances = people.iter().map(|person| u64::from(page.stance_number(*person))).sum::<u64>();
        let near = if self.question.terms.demand.max_distance_metres.is_some() { people } else { &[] };
        let number = |person: &u16| self.segment.row(page.first + u32::from(*person)).map_or(0, Row::place_number);
        let numbers = near.iter().map(|person| u64::from(number(person))).sum::<u64>();
        let place = |person: &u16| self.segment.place_by_number(number(person)).map_or(0, |place| place.latitude.to_bits());
        self.room.fetched = near.iter().map(place).fold(stances ^ numbers, u64::wrapping_add);
        for person in people {
            admitted.extend(self.admit(page, *person).map(|metres| (*person, metres)));
        }
    }

    /// Whether a person of the open page is alive and eligible; with the metres if they had to be known.
    fn admit(&mut self, page: &Page, person: u16) -> Option<Option<Option<u32>>> {
        let slot = page.first + u32::from(person);
        if is_set_at(self.dead, slot) {
            return None;
        }
        match self.verdict(page, page.stance_number(person)) {
            Verdict::Yes => Some(None),
            Verdict::LookCloser => self.look_closer(page, person, slot),
            Verdict::No | Verdict::Unasked => None,
        }
    }

    fn verdict(&mut self, page: &Page, stance: u16) -> Verdict {
        let terms = self.question.terms;
        let Some(verdict) = self.room.verdicts.get_mut(usize::from(stance)) else { return Verdict::No };
        if *verdict == Verdict::Unasked {
            *verdict = page.stances().get(usize::from(stance)).map_or(Verdict::No, |stance| {
                let limited = terms.demand.max_distance_metres.is_some() || stance.own_radius().is_some();
                match eligibility::decide(stance, || &[], terms.demand, None, terms.today) {
                    Err(_) => Verdict::No,
                    Ok(()) if limited || stance.has_blocks => Verdict::LookCloser,
                    Ok(()) => Verdict::Yes,
                }
            });
        }
        *verdict
    }

    fn look_closer(&self, page: &Page, person: u16, slot: u32) -> Option<Option<Option<u32>>> {
        let (row, stance, terms) = (self.segment.row(slot)?, page.stance(person)?, self.question.terms);
        if let Some(circle) = self.circle.filter(|_| stance.own_radius().is_none() && !stance.has_blocks)
            && let Some(inside) = self.segment.place(row).and_then(|place| circle.holds(place))
        {
            return inside.then_some(None);
        }
        let metres = self.metres(row);
        eligibility::decide(stance, || self.segment.extra(row).blocked(), terms.demand, metres, terms.today).ok()?;
        Some(Some(metres))
    }

    /// Fills the worths of the open page's lines from a person's certificates.
    fn weigh(&mut self, page: &Page, person: u16) {
        let Room { classes, locals, first, worths, .. } = &mut self.room;
        worths.fill(0);
        for held in page.held(person) {
            let mut place = first.first(held.unit);
            // A unit that serves no line goes the same way as one that does: guessing which comes next would cost more.
            while let Some(local) = locals.get(place) {
                let (target, line) = if local.unit == held.unit { (local.target, local.line) } else { (usize::MAX, 0) };
                let worth = self.question.worth(target, held.proof, classes, page);
                if let Some(best) = worths.get_mut(line) {
                    *best = worth.max(*best);
                }
                place = usize::try_from(local.next).unwrap_or(0);
                if place == 0 {
                    break;
                }
            }
        }
    }

    /// Brings the certificates of people into the cache: all at once they take hardly longer than one after the other takes each.
    fn fetch(&mut self, page: &Page, people: &[Admitted]) {
        let ends = |(person, _): &(u16, _)| match page.held(*person) {
            // What somebody holds often lies in two lines of the cache.
            [first, .., last] => u64::from(first.unit) + u64::from(last.unit),
            held => held.first().map_or(0, |held| u64::from(held.unit)),
        };
        self.room.fetched = people.iter().map(ends).sum();
    }

    /// Offers a person who is on the list, unless they cannot stand among the first.
    fn offer(&mut self, page: &Page, person: u16, metres: Option<Option<u32>>, collector: &mut Collector) {
        let slot = page.first + u32::from(person);
        let (Some(row), Some(stance)) = (self.segment.row(slot), page.stance(person)) else { return };
        let layer = self.layer;
        let found = |key| Found { missing: 0, key, layer, slot };
        if stance.objects_to_ranking {
            collector.offer(found(Key::unranked(row.graduate)));
            return;
        }
        let terms = self.question.terms;
        self.weigh(page, person);
        let units = self.question.units_part(&self.room.worths);
        let worst = collector.worst();
        let too_low = |parts: u64, metres: u32| worst.is_some_and(|worst| worst.is_before(terms.compare(parts, worst.score()), metres));
        if too_low(units + self.room.context_most, self.room.least_metres) {
            return collector.pass_over();
        }
        if metres.is_none() && worst.is_some() {
            let least = terms.least_metres(page.area(person));
            if too_low(units + terms.context_most(least), least) {
                return collector.pass_over();
            }
        }
        let metres = metres.unwrap_or_else(|| self.metres(row));
        let context: u64 = terms.context_parts(&self.segment.wishes(row, stance.ready_to_board), metres).iter().sum();
        if too_low(units + context, metres.unwrap_or(u32::MAX)) {
            return collector.pass_over();
        }
        collector.offer(found(Key::new(terms.total(units + context), metres, 0, row.graduate)));
    }
}

/// The parts of runs of slots that lie in a page, as its people.
fn runs_in<'r>(page: &Page, runs: &'r [Range<u32>]) -> impl Iterator<Item = Range<usize>> + Clone + 'r {
    let slots = page.slots();
    let part = move |run: &Range<u32>| {
        let (from, to) = (run.start.max(slots.start), run.end.min(slots.end));
        let person = |slot: u32| usize::try_from(slot.saturating_sub(slots.start)).unwrap_or(0);
        (from < to).then(|| person(from)..person(to))
    };
    runs.iter().filter_map(part)
}

fn is_set_at(bits: &[u64], slot: u32) -> bool {
    usize::try_from(slot / 64).ok().and_then(|word| bits.get(word)).is_some_and(|word| word >> (slot % 64) & 1 == 1)
}
