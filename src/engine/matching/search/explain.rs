//! The rows of a page of a list: who was found, with the score and what it is made of.

use crate::engine::matching::collect::Found;
use crate::engine::matching::contribution::Apportioning;
use crate::engine::matching::page::Ranked;
use crate::engine::matching::score::{self, Facts, Pair, Score};
use crate::engine::matching::search::Search;
use crate::engine::matching::segment::{Page, Row};

impl<'a> Search<'a> {
    /// The row of somebody found here.
    pub(in crate::engine::matching) fn ranked(&mut self, found: &Found, rounding: &mut Apportioning) -> Ranked {
        let row = self.segment.row(found.slot);
        // A key knows the metres, except of who is not ranked.
        let metres = if found.key.is_ranked() { found.key.metres() } else { row.and_then(|row| self.metres(row)) };
        let score = row.filter(|_| found.key.is_ranked()).and_then(|row| {
            let (page, person) = self.segment.page_of(found.slot)?;
            self.explain(page, person, row, rounding)
        });
        Ranked { graduate: found.key.graduate, score, metres }
    }

    fn explain(&mut self, page: &Page, person: u16, row: &Row, rounding: &mut Apportioning) -> Option<Score> {
        self.number(page);
        let mut pairs = std::mem::take(&mut self.room.pairs);
        self.add_pairs(page, person, &mut pairs);
        let boards = page.stance(person)?.ready_to_board;
        let (claimed, wishes) = (self.segment.extra(row).claimed(), self.segment.wishes(row, boards));
        let facts = Facts { pairs, claimed, place: self.segment.place(row), wishes };
        let score = score::explain(&facts, self.question.terms, rounding);
        self.room.pairs = facts.pairs;
        self.room.pairs.clear();
        score
    }

    /// Adds a person's certificates that can stand for a line.
    fn add_pairs(&self, page: &Page, person: u16, pairs: &mut Vec<Pair<'a>>) {
        for held in page.held(person) {
            let mut place = self.room.first.first(held.unit);
            while let Some(local) = self.room.locals.get(place).filter(|_| place > 0) {
                let target = self.question.targets.get(local.target).filter(|_| local.unit == held.unit);
                pairs.extend(target.zip(page.proof(held.proof)).map(|(target, proof)| Pair {
                    line: target.line,
                    accept: target.accept,
                    proof,
                }));
                place = usize::try_from(local.next).unwrap_or(0);
            }
        }
    }
}
