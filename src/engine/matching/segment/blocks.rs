//! Where 64 neighbours at a time live, so that most of those who live too far off are passed over without looking where.

use crate::engine::geo::Area;
use crate::engine::matching::segment::bytes_of;
use crate::engine::matching::segment::place::area_of;

/// People of a block.
const BLOCK: usize = 64;

/// A page's people in blocks.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// By block, the cell of its first person; one more at the end, of the last person.
    first: Vec<u32>,
    people: usize,
}

impl Blocks {
    /// The blocks of people with these cells, rising.
    pub(super) fn of(cells: &[u32]) -> Self {
        let mut blocks = Self::default();
        cells.iter().for_each(|cell| blocks.push(*cell));
        cells.last().into_iter().for_each(|last| blocks.close(*last));
        blocks
    }

    /// Adds the next person's cell.
    pub(super) fn push(&mut self, cell: u32) {
        if self.people.is_multiple_of(BLOCK) {
            self.first.push(cell);
        }
        self.people += 1;
    }

    /// Ends the list with the last person's cell.
    pub(super) fn close(&mut self, last: u32) {
        self.first.push(last);
        self.first.shrink_to_fit();
    }

    /// Bytes it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        bytes_of(&self.first)
    }

    /// Where the neighbours of a person live; `None` where one of them may live nowhere known.
    pub(super) fn area(&self, person: u16) -> Option<Area> {
        let block = usize::from(person) / BLOCK;
        area_of(*self.first.get(block)?, *self.first.get(block + 1)?)
    }
}
