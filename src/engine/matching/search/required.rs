//! Lists of vacancies that require units: from the rarest required unit's holders to those of the others.

use crate::engine::matching::collect::Collector;
use crate::engine::matching::search::voters::Voter;
use crate::engine::matching::search::{Admitted, Local, Search, TOGETHER, runs_in};
use crate::engine::matching::segment::{Bits, Page, Posting};
use std::cmp::Reverse;
use std::ops::Range;

/// From so many people of a page on, it is worth knowing what each could reach at most.
const WORTH_HOPING: usize = 128;

/// What somebody who meets every required line could reach at most.
struct Hopes<'p> {
    required: u64,
    voters: Vec<Voter<'p>>,
}

impl<'p> Hopes<'p> {
    fn new(search: &Search<'_>, page: &'p Page) -> Self {
        let (required, voters): (Vec<_>, Vec<_>) = search.voters(page).into_iter().partition(|voter| voter.required);
        Self { required: required.iter().map(|voter| voter.top).sum(), voters }
    }

    fn of(&self, person: u16) -> u64 {
        self.required + self.voters.iter().map(|voter| voter.of(person)).sum::<u64>()
    }
}

/// A code that can meet a required line: who holds it, and a bit for each of them where there are many.
#[derive(Debug, Clone, Copy)]
struct Holders<'p> {
    target: usize,
    postings: &'p [Posting],
    bits: Option<Bits<'p>>,
}

impl<'p> Holders<'p> {
    /// Something near the first posting of a part of a page of so many people.
    fn likely(&self, part: &Range<usize>, people: usize) -> u16 {
        let likely = (part.start * self.postings.len()).checked_div(people).unwrap_or(0);
        self.postings.get(likely).map_or(0, |posting| posting.person)
    }

    /// The postings of a part of a page of so many people.
    fn within(&self, part: &Range<usize>, people: usize) -> &'p [Posting] {
        let Ok(start) = u16::try_from(part.start) else { return &[] };
        let counted = self.bits.filter(Bits::counts_places).and_then(|bits| bits.place(start));
        // Without counts it is likely to lie as far into the list as the person into the page.
        let likely = (part.start * self.postings.len()).checked_div(people).unwrap_or(0);
        let from = counted.unwrap_or_else(|| first_from(self.postings, likely, start));
        let rest = self.postings.get(from..).unwrap_or_default();
        match u16::try_from(part.end) {
            Ok(end) if part.end < people => rest.get(..first_from(rest, 0, end)).unwrap_or_default(),
            _ => rest,
        }
    }
}

impl Search<'_> {
    pub(super) fn list_required(&mut self, runs: &[Range<u32>], collector: &mut Collector) {
        for page in self.pages_by_distance(runs) {
            if !self.every_line_is_held(page) {
                continue;
            }
            self.open(page);
            let mut people = std::mem::take(&mut self.room.people);
            self.who_meets_all(page, runs_in(page, runs), &mut people);
            self.offer_all(page, &people, collector);
            self.room.people = people;
        }
    }

    /// Counts those of people, who meet every required line, that are eligible, and offers those who may stand among the first.
    fn offer_all(&mut self, page: &Page, people: &[u16], collector: &mut Collector) {
        let mut chosen = std::mem::take(&mut self.room.chosen);
        for some in people.chunks(TOGETHER) {
            self.admit_all(page, some, &mut chosen);
        }
        collector.count(chosen.len());
        if chosen.len() > WORTH_HOPING && !collector.keeps_all() {
            self.offer_by_hope(page, &chosen, collector);
        } else if !collector.only_counts() {
            for some in chosen.chunks(TOGETHER) {
                self.offer_some(page, some, collector);
            }
        }
        chosen.clear();
        self.room.chosen = chosen;
    }

    /// Offers many counted people: first some who could reach the most, so that most of the others need not be looked at.
    fn offer_by_hope(&mut self, page: &Page, people: &[Admitted], collector: &mut Collector) {
        if collector.only_counts() {
            return;
        }
        let hopes = Hopes::new(self, page);
        let needed = self.needed(collector);
        let with_hope = people.iter().map(|person| (hopes.of(person.0), *person));
        let mut hopeful: Vec<(u64, Admitted)> = with_hope.filter(|(hope, _)| *hope >= needed.unwrap_or(0)).collect();
        let few = collector.first_cut();
        if needed.is_none() && hopeful.len() / 2 > few {
            hopeful.select_nth_unstable_by_key(few, |(hope, _)| Reverse(*hope));
        }
        let (mut some, mut offered) = (Vec::with_capacity(TOGETHER), 0);
        for hopeful in hopeful.chunks(TOGETHER) {
            let needed = self.needed(collector).unwrap_or(0);
            some.clear();
            some.extend(hopeful.iter().filter(|(hope, _)| *hope >= needed).map(|(_, person)| *person));
            offered += some.len();
            self.offer_some(page, &some, collector);
        }
        if offered < people.len() {
            collector.pass_over();
        }
    }

    /// Offers counted people; what they hold is fetched for all at once.
    pub(super) fn offer_some(&mut self, page: &Page, people: &[Admitted], collector: &mut Collector) {
        self.fetch(page, people);
        for (person, metres) in people {
            self.offer(page, *person, *metres, collector);
        }
    }

    /// Whether anybody of the page holds a unit of every required line.
    fn every_line_is_held(&self, page: &Page) -> bool {
        let held = |line: &usize| {
            let targets = self.question.targets.iter().zip(&self.units).filter(|(target, _)| target.line == *line);
            targets.filter_map(|(_, unit)| *unit).any(|unit| page.unit(unit).is_some())
        };
        self.question.required.iter().all(held)
    }

    /// The people of some parts of a page, rising, who meet every required line.
    fn who_meets_all(&self, page: &Page, parts: impl Iterator<Item = Range<usize>> + Clone, people: &mut Vec<u16>) {
        people.clear();
        let mut lines: Vec<Vec<Holders<'_>>> = self.question.required.iter().map(|line| self.holders(page, *line)).collect();
        lines.sort_by_key(|holders| holders.iter().map(|holders| holders.postings.len()).sum::<usize>());
        let Some((rarest, others)) = lines.split_first_mut() else { return };
        let likely = parts.clone().flat_map(|part| rarest.iter().map(move |holders| holders.likely(&part, page.len())));
        // Where each part begins is fetched for all at once, as finding it means guessing.
        std::hint::black_box(likely.fold(0, |all, near| all ^ near));
        for part in parts {
            self.add_meeting(page, rarest, &part, people);
        }
        for line in others {
            self.keep_meeting(page, line, people);
        }
    }

    /// Who holds a code that can meet a line.
    fn holders<'p>(&self, page: &'p Page, line: usize) -> Vec<Holders<'p>> {
        let holders = |local: &Local| Holders { target: local.target, postings: page.holders(local.unit), bits: page.dense(local.unit) };
        self.room.locals.iter().skip(1).filter(|local| local.line == line).map(holders).collect()
    }

    /// Adds the people of a part of the page, rising, who meet a line.
    fn add_meeting(&self, page: &Page, line: &[Holders<'_>], part: &Range<usize>, people: &mut Vec<u16>) {
        let known = people.len();
        let several = line.len() > 1;
        for holders in line {
            let within = holders.within(part, page.len());
            let from = people.len();
            people.extend(within.iter().map(|posting| posting.person));
            let mut proofs = within.iter().map(|posting| posting.proof);
            let meets = |_| self.question.worth(holders.target, proofs.next().unwrap_or(0), &self.room.classes, page) > 0;
            keep(people, from, meets);
        }
        if several && let Some(added) = people.get_mut(known..) {
            added.sort_unstable();
        }
        if several || !line.iter().all(|holders| holders.bits.is_some_and(|bits| bits.counts_places())) {
            people.dedup();
        }
    }

    /// Keeps of people, rising, those who meet a line too.
    fn keep_meeting(&self, page: &Page, line: &mut [Holders<'_>], people: &mut Vec<u16>) {
        let worth = |target, posting: &Posting| self.question.worth(target, posting.proof, &self.room.classes, page);
        if let [Holders { target, postings, bits: Some(bits) }] = line
            && bits.counts_places()
        {
            keep(people, 0, |person| bits.is_set(person));
            keep(people, 0, |person| bits.place(person).and_then(|place| postings.get(place)).is_some_and(|own| worth(*target, own) > 0));
            return;
        }
        keep(people, 0, |person| {
            let mut met = false;
            for holders in line.iter_mut() {
                holders.postings = from_person(holders.postings, person);
                let own = holders.postings.iter().take_while(|posting| posting.person == person);
                met |= own.map(|posting| worth(holders.target, posting)).any(|worth| worth > 0);
            }
            met
        });
    }
}

/// Keeps the people from a place on that pass a test, without guessing what it will say: its answers are hard to foresee.
fn keep(people: &mut Vec<u16>, from: usize, mut test: impl FnMut(u16) -> bool) {
    let mut kept = from;
    for next in from..people.len() {
        let Some(person) = people.get(next).copied() else { break };
        if let Some(place) = people.get_mut(kept) {
            *place = person;
        }
        kept += usize::from(test(person));
    }
    people.truncate(kept);
}

/// The postings from a person on.
fn from_person(postings: &[Posting], person: u16) -> &[Posting] {
    postings.get(first_from(postings, 0, person)..).unwrap_or_default()
}

/// The place of the first posting from a person on, found in steps that double from where it is likely.
fn first_from(postings: &[Posting], likely: usize, person: u16) -> usize {
    let before = |place: usize| postings.get(place).is_some_and(|posting| posting.person < person);
    let mut step = 1;
    let around = if before(likely) {
        while before(likely + step) {
            step *= 2;
        }
        likely + step / 2..likely + step
    } else {
        while likely >= step && !before(likely - step) {
            step *= 2;
        }
        likely.saturating_sub(step)..likely.saturating_sub(step / 2)
    };
    let near = postings.get(around.start..around.end.min(postings.len())).unwrap_or_default();
    around.start + near.partition_point(|posting| posting.person < person)
}
