//! Finds the header row under the title rows, and says which column is where.

use rustc_hash::FxHashMap;

use super::columns::{Column, SheetKind, header_of, known};
use super::problem::Problem;
use super::table::{Cell, Row, Table};
use crate::engine::unit_code::UnitCode;
use crate::words::import::RowProblem;

/// Within how many filled rows from the top the header must stand.
const SEARCHED_ROWS: usize = 30;

/// Which column is where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderMap {
    /// The header's row number.
    pub row: u32,
    /// Known columns: place from 0, and the header as written.
    places: FxHashMap<Column, (usize, String)>,
    /// Columns headed by a unit code: place, code, header as written.
    pub units: Vec<(usize, UnitCode, String)>,
    /// Headers nobody knows; their columns are not read.
    pub ignored: Vec<String>,
}

impl HeaderMap {
    /// Where a column stands.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<usize> {
        self.places.get(&column).map(|(place, _)| *place)
    }

    /// How a column's header is written in this sheet.
    #[must_use]
    pub fn header(&self, column: Column) -> &str {
        self.places.get(&column).map_or("", |(_, header)| header)
    }
}

/// A sheet whose header was found, and the complaints about it.
#[derive(Debug)]
pub struct Headed<'t> {
    /// Which column is where.
    pub map: HeaderMap,
    /// The rows below the header.
    pub body: &'t [Row],
    /// Missing and doubled columns.
    pub problems: Vec<Problem>,
}

/// Takes the row, among the first thirty, that names most known columns; without the required ones there is no body.
#[must_use]
pub fn find(table: &Table, kind: SheetKind) -> Headed<'_> {
    let below = |index: usize| table.rows.get(index + 1..).unwrap_or_default();
    let lines = table.rows.iter().take(SEARCHED_ROWS).enumerate();
    let candidates = lines.map(|(index, row)| (score(&with_second_line(row, below(index), kind).0, kind), index));
    // Of equals the upper row wins: `max_by_key` would take the lower.
    let best = candidates.rev().max_by_key(|(score, _)| *score).filter(|(score, _)| *score > 0);
    let found = best.and_then(|(_, index)| Some((table.rows.get(index)?, below(index))));
    let Some((header, below)) = found else {
        return Headed { map: HeaderMap::default(), body: &[], problems: vec![not_found(kind)] };
    };
    let (header, below) = with_second_line(header, below, kind);
    let (map, mut problems) = read(&header, kind);
    let missing: Vec<Column> = kind.required().iter().copied().filter(|column| map.place(*column).is_none()).collect();
    let complete = missing.is_empty();
    problems.extend(missing.into_iter().map(|column| {
        let message = RowProblem::ColumnMissing { header: header_of(kind, column).to_owned() };
        Problem::new(header.number, header_of(kind, column), "", message)
    }));
    let body = if complete { without_counters(below) } else { &[] };
    Headed { map, body, problems }
}

/// How much a sheet looks like one of our kinds: the best score of any of its first rows.
#[must_use]
pub fn likeness(rows: &[Row]) -> usize {
    let scores = rows.iter().take(SEARCHED_ROWS).flat_map(|row| SheetKind::ALL.iter().map(|kind| score(row, *kind)));
    scores.max().unwrap_or(0)
}

/// Joins a header of two rows, where merged cells such as "Unit Kompetensi" stand above the codes.
///
/// The second row is one only if all it holds are headers: a row of data never does.
fn with_second_line<'t>(header: &Row, below: &'t [Row], kind: SheetKind) -> (Row, &'t [Row]) {
    let mut joined = header.clone();
    let Some((second, rest)) = below.split_first() else {
        return (joined, below);
    };
    let mut filled = second.cells.iter().filter(|cell| !cell.is_blank()).peekable();
    let is_header = |cell: &Cell| known(kind, &cell.shown()).is_some() || unit_of(&cell.shown()).is_some();
    if filled.peek().is_none() || !filled.all(is_header) {
        return (joined, below);
    }
    joined.cells.resize(joined.cells.len().max(second.cells.len()), Cell::Empty);
    for (upper, lower) in joined.cells.iter_mut().zip(&second.cells).filter(|(_, lower)| !lower.is_blank()) {
        upper.clone_from(lower);
    }
    (joined, rest)
}

fn not_found(kind: SheetKind) -> Problem {
    let expected = kind.required().iter().map(|column| header_of(kind, *column)).collect::<Vec<_>>().join(", ");
    Problem::new(0, "", "", RowProblem::HeaderNotFound { expected })
}

/// How many different known columns a row names.
fn score(row: &Row, kind: SheetKind) -> usize {
    let mut columns: Vec<Column> = row.cells.iter().filter_map(|cell| known(kind, &cell.shown())).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.len() + row.cells.iter().filter(|cell| unit_of(&cell.shown()).is_some()).count()
}

/// Indonesian forms number their columns in the row under the header: 1, 2, 3, …
fn without_counters(below: &[Row]) -> &[Row] {
    let is_counter = |row: &Row| {
        let filled: Vec<String> = row.cells.iter().filter(|cell| !cell.is_blank()).map(Cell::shown).collect();
        filled.len() >= 3 && filled.iter().zip(1_usize..).all(|(cell, count)| cell.trim_matches(['(', ')']) == count.to_string())
    };
    match below.split_first() {
        Some((first, rest)) if is_counter(first) => rest,
        _ => below,
    }
}

fn read(header: &Row, kind: SheetKind) -> (HeaderMap, Vec<Problem>) {
    let mut map = HeaderMap { row: header.number, ..HeaderMap::default() };
    let mut problems = Vec::new();
    for (place, cell) in header.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
        let written = cell.shown();
        match known(kind, &written) {
            // A row counter may stand twice, and says nothing either time.
            Some(Column::Ordinal) => {}
            Some(column) if map.places.contains_key(&column) => {
                problems.push(Problem::new(header.number, &written, "", RowProblem::ColumnTwice { header: written.clone() }));
            }
            Some(column) => {
                map.places.insert(column, (place, written));
            }
            None if kind == SheetKind::Participants => place_unit(&mut map, place, written, &mut problems),
            None => map.ignored.push(written),
        }
    }
    (map, problems)
}

fn place_unit(map: &mut HeaderMap, place: usize, written: String, problems: &mut Vec<Problem>) {
    match unit_of(&written) {
        Some(code) if map.units.iter().any(|(_, known, _)| *known == code) => {
            problems.push(Problem::new(map.row, &written, "", RowProblem::ColumnTwice { header: written.clone() }));
        }
        Some(code) => map.units.push((place, code, written)),
        None => {
            if is_nearly_a_code(&written) {
                problems.push(Problem::new(map.row, &written, &written, RowProblem::UnitColumnNotUnderstood));
            }
            map.ignored.push(written);
        }
    }
}

/// The unit a header names: `C.14GMT06.010.1` or `C.14GMT06.010.1 - Mengoperasikan Mesin Obras`.
fn unit_of(header: &str) -> Option<UnitCode> {
    let official = |text: &str| UnitCode::parse(text).filter(UnitCode::is_official);
    official(header).or_else(|| header.split([' ', '\n', '\r', '\t', ':', '(', '–', '—']).find(|word| !word.is_empty()).and_then(official))
}

fn is_nearly_a_code(header: &str) -> bool {
    let first = header.split_whitespace().next().unwrap_or_default();
    first.matches('.').count() >= 2 && first.bytes().filter(u8::is_ascii_digit).count() >= 4
}
