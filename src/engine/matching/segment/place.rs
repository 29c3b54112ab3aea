//! The order in which candidates lie: by small cells of the earth, so that a circle is a few runs of neighbours.
//!
//! A cell is an eighth of a degree each way. Whoever lives nowhere known lies behind all others and belongs to every circle, because
//! an unknown distance excludes nobody. Runs hold a little more than the circle; who is within it, the exact distance decides.

use crate::engine::geo::{Area, Point};
use crate::engine::matching::eligibility::is_a_place;
use crate::engine::matching::segment::at;
use std::ops::Range;

/// Cells a degree.
const PER_DEGREE: f64 = 8.0;
/// Cells of one row; more than there are, so that rows don't run into each other.
const ROW: u32 = 1 << 12;
/// The cell of who lives nowhere known.
const NOWHERE: u32 = u32::MAX;
/// Metres a degree of latitude has at least; a little less than the truth, for safety.
const METRES_A_DEGREE: f64 = 110_000.0;
/// Beyond this the circle is taken for the whole earth: its shape on a map is no longer nearly an ellipse.
const WIDEST_METRES: u32 = 1_000_000;

/// The cell of a place.
pub(super) fn cell_of(place: Option<Point>) -> u32 {
    let on_earth = |point: &Point| is_a_place(*point) && point.latitude.abs() <= 90.0 && point.longitude.abs() <= 180.0;
    place.filter(on_earth).map_or(NOWHERE, |point| row_of(point.latitude) * ROW + column_of(point.longitude))
}

/// The latitudes between which a cell lies; `None` for who lives nowhere known.
pub(super) fn latitudes_of(cell: u32) -> Option<(f64, f64)> {
    let south = f64::from(cell / ROW) / PER_DEGREE - 90.0;
    (cell != NOWHERE).then_some((south, south + 1.0 / PER_DEGREE))
}

/// Where the cells between two lie in their order; `None` where one of them is nowhere.
pub(super) fn area_of(first: u32, last: u32) -> Option<Area> {
    let ((south, _), (_, north)) = latitudes_of(first).zip(latitudes_of(last))?;
    let west = |cell: u32| f64::from(cell % ROW) / PER_DEGREE - 180.0;
    let one_row = first / ROW == last / ROW;
    let (west, east) = if one_row { (west(first), west(last) + 1.0 / PER_DEGREE) } else { (-180.0, 180.0) };
    Some(Area { south, north, west, east })
}

/// Steps of a row from the south pole.
fn row_of(latitude: f64) -> u32 {
    steps(latitude.clamp(-90.0, 90.0) + 90.0)
}

/// Steps of a column from the date line.
fn column_of(longitude: f64) -> u32 {
    steps(longitude.clamp(-180.0, 180.0) + 180.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 360 degrees make at most 2880 steps")]
fn steps(degrees: f64) -> u32 {
    (degrees * PER_DEGREE) as u32
}

/// Where each cell begins among slots that are sorted by cell.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// A cell and its first slot, rising.
    first: Vec<(u32, u32)>,
    /// By row from the southernmost on, the first of its cells in that list.
    row_from: Vec<u32>,
    /// How many cells lie somewhere.
    somewhere: u32,
    slots: u32,
}

impl Cells {
    /// Notes the next slot's cell.
    pub(super) fn push(&mut self, cell: u32) {
        if self.first.last().is_none_or(|(last, _)| *last != cell) {
            if cell != NOWHERE {
                let (number, south) = (u32::try_from(self.first.len()).unwrap_or(u32::MAX), self.south().unwrap_or(cell / ROW));
                self.row_from.resize(at((cell / ROW).saturating_sub(south) + 1), number);
                self.somewhere = number + 1;
            }
            self.first.push((cell, self.slots));
        }
        self.slots += 1;
    }

    /// One run of all slots.
    pub(super) fn everywhere(&self) -> Vec<Range<u32>> {
        std::iter::once(0..self.slots).collect()
    }

    /// Runs of slots, rising and apart, in which everybody stands who may live within so many metres, or nowhere known.
    pub(super) fn around(&self, centre: Option<Point>, metres: u32) -> Vec<Range<u32>> {
        let whole = || self.everywhere();
        let Some(centre) = centre.filter(|point| is_a_place(*point)) else { return whole() };
        if metres > WIDEST_METRES || centre.latitude.abs() > 80.0 {
            return whole();
        }
        let reach = f64::from(metres.saturating_add(2)) / METRES_A_DEGREE;
        let wide = reach / (centre.latitude.abs() + reach).to_radians().cos();
        if centre.longitude.abs() + wide > 180.0 {
            return whole();
        }
        let columns = (column_of(centre.longitude - wide), column_of(centre.longitude + wide));
        let mut runs: Vec<Range<u32>> = Vec::with_capacity(16);
        for row in row_of(centre.latitude - reach)..=row_of(centre.latitude + reach) {
            add(&mut runs, self.slot_at(row * ROW + columns.0)..self.slot_at(row * ROW + columns.1 + 1));
        }
        add(&mut runs, self.slot_at(NOWHERE)..self.slots);
        runs
    }

    /// The southernmost row of anybody.
    fn south(&self) -> Option<u32> {
        self.first.first().map(|(cell, _)| *cell / ROW)
    }

    /// The first slot of a cell or of one behind it.
    fn slot_at(&self, cell: u32) -> u32 {
        let row = self.south().and_then(|south| (cell / ROW).checked_sub(south));
        let begin = |row: u32| self.row_from.get(at(row)).map_or(self.somewhere, |from| *from);
        let cells = row.map_or(0..0, |row| at(begin(row))..at(begin(row + 1)));
        let of_row = self.first.get(cells.clone()).unwrap_or_default();
        let place = cells.start + of_row.partition_point(|(known, _)| *known < cell);
        self.first.get(place).map_or(self.slots, |(_, slot)| *slot)
    }
}

fn add(runs: &mut Vec<Range<u32>>, run: Range<u32>) {
    match runs.last_mut() {
        _ if run.is_empty() => {}
        Some(last) if last.end == run.start => last.end = run.end,
        _ => runs.push(run),
    }
}
