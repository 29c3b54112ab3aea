//! Looking at people one by one: lists that cannot be scored, whole lists, near misses and small pages.

use crate::engine::matching::collect::{Collector, Found};
use crate::engine::matching::context;
use crate::engine::matching::page::Key;
use crate::engine::matching::search::{Search, runs_in};
use crate::engine::matching::segment::Page;
use std::ops::Range;

/// What a closer look found out about one eligible person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finding {
    /// Required units that are not proved.
    pub(super) unmet: usize,
    metres: Option<u32>,
}

impl Search<'_> {
    /// Looks at everybody of a page's runs, one by one.
    pub(super) fn everybody_of(&mut self, page: &Page, runs: &[Range<u32>], collector: &mut Collector) {
        let parts: Vec<Range<usize>> = runs_in(page, runs).collect();
        if parts.is_empty() {
            return;
        }
        self.open(page);
        for person in parts.into_iter().flatten().filter_map(|person| u16::try_from(person).ok()) {
            if let Some(finding) = self.examine(page, person, 0) {
                collector.count(1);
                self.offer_finding(page, person, finding, collector);
            }
        }
    }

    /// What there is to say about a person, or `None` if the predicate excludes them or they lack more than `lacking` units.
    pub(super) fn examine(&mut self, page: &Page, person: u16, lacking: usize) -> Option<Finding> {
        let metres = self.admit(page, person)?;
        self.weigh(page, person);
        let unmet = self.unmet(lacking)?;
        let row = self.segment.row(page.first + u32::from(person))?;
        Some(Finding { unmet, metres: metres.unwrap_or_else(|| self.metres(row)) })
    }

    /// Required units not met, each counted once; `None` beyond `lacking`.
    fn unmet(&self, lacking: usize) -> Option<usize> {
        let terms = self.question.terms;
        let lines = || terms.lines.iter().zip(&self.room.worths).filter(|(line, worth)| **worth == 0 && line.excludes());
        let mut units = 0;
        for (place, (line, _)) in lines().enumerate() {
            units += usize::from(lines().take(place).all(|(earlier, _)| earlier.unit != line.unit));
            if units > lacking {
                return None;
            }
        }
        Some(units)
    }

    /// Offers somebody whose worths were just filled.
    pub(super) fn offer_finding(&self, page: &Page, person: u16, finding: Finding, collector: &mut Collector) {
        let (terms, slot) = (self.question.terms, page.first + u32::from(person));
        let (Some(row), Some(stance)) = (self.segment.row(slot), page.stance(person)) else { return };
        let wishes = self.segment.wishes(row, stance.ready_to_board);
        let key = if stance.objects_to_ranking {
            Key::unranked(row.graduate)
        } else if terms.is_assessable() {
            let context: u64 = terms.context_parts(&wishes, finding.metres).iter().sum();
            Key::new(terms.total(self.question.units_part(&self.room.worths) + context), finding.metres, 0, row.graduate)
        } else {
            let (extra, late) = (self.segment.extra(row), |from| context::days_late(from, terms.begins));
            let affinity = terms.affinity(extra.occupations(), extra.trade());
            Key::new(affinity, finding.metres, wishes.available_from.map_or(u32::MAX, late), row.graduate)
        };
        collector.offer(Found { missing: finding.unmet, key, layer: self.layer, slot });
    }
}
