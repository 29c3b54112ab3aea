//! Who lacks one or a few of the required units.
//!
//! Somebody who lacks at most n of the required units holds one of any n + 1 of them: only holders of the rarest are looked at.

use crate::engine::matching::collect::Collector;
use crate::engine::matching::requirement::RequirementLine;
use crate::engine::matching::search::{Search, runs_in, set};
use crate::engine::matching::segment::Page;
use std::ops::Range;

impl Search<'_> {
    /// Offers those of a page who lack one to so many of the required units.
    pub(super) fn near_misses_of(&mut self, page: &Page, runs: &[Range<u32>], most: usize, collector: &mut Collector) {
        let parts: Vec<Range<usize>> = runs_in(page, runs).collect();
        if parts.is_empty() {
            return;
        }
        self.open(page);
        let pool = self.pool(page, most);
        for person in parts.into_iter().flatten().filter_map(|person| u16::try_from(person).ok()) {
            if pool.as_ref().is_some_and(|pool| !super::is_set(pool, person)) {
                continue;
            }
            if let Some(finding) = self.examine(page, person, most).filter(|finding| finding.unmet > 0) {
                collector.count(1);
                self.offer_finding(page, person, finding, collector);
            }
        }
    }

    /// A bit for everybody who may lack at most so many required units; `None` is everybody.
    fn pool(&self, page: &Page, lacking: usize) -> Option<Vec<u64>> {
        let units = |line: usize| {
            let of_line = move |target: usize| self.question.targets.get(target).is_some_and(|target| target.line == line);
            self.room.locals.iter().skip(1).filter(move |local| of_line(local.target)).map(|local| local.unit)
        };
        let holders = |line: &usize| units(*line).map(|unit| page.holders(unit).len()).sum::<usize>();
        let asked = |line: usize| -> Option<&RequirementLine> { self.question.terms.lines.get(line).copied() };
        let mut rarest: Vec<usize> = Vec::new();
        let mut required = self.question.required.clone();
        required.sort_by_key(holders);
        for line in required {
            // Two lines of one unit are lacked together.
            if rarest.iter().all(|taken| asked(*taken).map(|line| &line.unit) != asked(line).map(|line| &line.unit)) {
                rarest.push(line);
            }
        }
        if rarest.len() <= lacking {
            return None;
        }
        let mut pool = vec![0; page.words()];
        for unit in rarest.into_iter().take(lacking + 1).flat_map(units) {
            page.holders(unit).iter().for_each(|posting| set(&mut pool, posting.person));
        }
        Some(pool)
    }
}
