//! One row, field by field: each reader takes a cell, or complains about it and marks the row refused.

use chrono::NaiveDate;

use super::columns::{Column, SheetKind, header_of};
use super::header::HeaderMap;
use super::problem::{Problem, Severity};
use super::table::{Cell, Row};
use crate::engine::day::{DateProblem, date_of_serial, parse_date};
use crate::engine::geo::RegionCode;
use crate::engine::money::Rupiah;
use crate::engine::name::search_key;
use crate::engine::unit_code::is_ascii_digits;
use crate::words::import::RowProblem;

/// Bare numbers in a date column are serials of the years 1909 to 2173.
const SERIALS: std::ops::RangeInclusive<f64> = 3_500.0..=100_000.0;

/// Finds regions by name or code: each hit is a code and a printable name.
pub type FindRegion<'f> = dyn Fn(&str) -> Vec<(RegionCode, String)> + 'f;

/// Reads the fields of one row.
#[derive(Debug)]
pub struct Fields<'a> {
    kind: SheetKind,
    map: &'a HeaderMap,
    row: &'a Row,
    serial_shift: u16,
    problems: &'a mut Vec<Problem>,
    refused: bool,
}

impl<'a> Fields<'a> {
    /// A reader of one row that adds its complaints to `problems`.
    pub fn new(kind: SheetKind, map: &'a HeaderMap, row: &'a Row, serial_shift: u16, problems: &'a mut Vec<Problem>) -> Self {
        Self { kind, map, row, serial_shift, problems, refused: false }
    }

    /// The row's number.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.row.number
    }

    /// Whether a complaint refused the row.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refused
    }

    /// The row, unless a complaint refused it.
    pub fn accept<T>(&self, row: T) -> Option<T> {
        (!self.refused).then_some(row)
    }

    /// The cell of a column; empty where the sheet lacks the column.
    #[must_use]
    pub fn cell(&self, column: Column) -> &'a Cell {
        self.map.place(column).map_or(&Cell::Empty, |place| self.row.cell(place))
    }

    /// Any cell of the row, for columns that carry a unit code.
    #[must_use]
    pub fn cell_at(&self, place: usize) -> &'a Cell {
        self.row.cell(place)
    }

    /// Complains about a column's cell.
    pub fn complain(&mut self, column: Column, message: RowProblem) {
        let header = match self.map.header(column) {
            "" => header_of(self.kind, column),
            written => written,
        };
        self.complain_at(header, &self.cell(column).shown(), message);
    }

    /// Complains about a cell under a header of the caller's.
    pub fn complain_at(&mut self, header: &str, read: &str, message: RowProblem) {
        let problem = Problem::new(self.row.number, header, read, message);
        self.refused |= problem.severity() == Severity::Error;
        self.problems.push(problem);
    }

    /// A text, trimmed, of at most `limit` characters.
    pub fn text(&mut self, column: Column, limit: usize) -> Option<String> {
        let text = self.cell(column).shown();
        if text.chars().count() > limit {
            self.complain(column, RowProblem::TextTooLong { limit });
            return None;
        }
        let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        Some(clean).filter(|text| !is_dash(text))
    }

    /// A text that must be there.
    pub fn required(&mut self, column: Column, limit: usize) -> Option<String> {
        if is_dash(&self.cell(column).shown()) {
            self.complain(column, RowProblem::ValueMissing { header: header_of(self.kind, column).to_owned() });
            return None;
        }
        self.text(column, limit)
    }

    /// A day; what is no day is a complaint.
    pub fn date(&mut self, column: Column) -> Option<NaiveDate> {
        match day_of(self.cell(column), self.serial_shift) {
            Ok(day) => day,
            Err(problem) => {
                self.complain(column, date_message(problem));
                None
            }
        }
    }

    /// A day without complaint, for fields with complaints of their own.
    pub fn date_or_problem(&self, column: Column) -> Result<Option<NaiveDate>, DateProblem> {
        day_of(self.cell(column), self.serial_shift)
    }

    /// A whole number within bounds.
    pub fn integer(&mut self, column: Column, least: i64, most: i64) -> Option<i64> {
        let cell = self.cell(column);
        if is_dash(&cell.shown()) {
            return None;
        }
        let number = whole(cell).filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.complain(column, RowProblem::NumberNotUnderstood { least, most });
        }
        number
    }

    /// A number with decimals, within bounds; a decimal comma is understood.
    pub fn decimal(&mut self, column: Column, least: i32, most: i32) -> Option<f64> {
        let shown = self.cell(column).shown();
        if is_dash(&shown) {
            return None;
        }
        let number = shown.replace(',', ".").parse().ok().filter(|number| (f64::from(least)..=f64::from(most)).contains(number));
        if number.is_none() {
            self.complain(column, RowProblem::NumberNotUnderstood { least: least.into(), most: most.into() });
        }
        number
    }

    /// An amount of rupiah.
    pub fn money(&mut self, column: Column) -> Option<Rupiah> {
        let shown = self.cell(column).shown();
        if is_dash(&shown) {
            return None;
        }
        let amount = match self.cell(column) {
            cell @ Cell::Number(_) => whole(cell).and_then(Rupiah::new),
            _ => Rupiah::parse(&shown),
        };
        if amount.is_none() {
            self.complain(column, RowProblem::MoneyNotUnderstood);
        }
        amount
    }

    /// One of a closed list: each member with the folded words people use for it.
    pub fn choice<T: Copy>(&mut self, column: Column, words: &[(T, &[&str])], message: RowProblem) -> Option<T> {
        let shown = self.cell(column).shown();
        if is_dash(&shown) {
            return None;
        }
        let found = chosen(&shown, words);
        if found.is_none() {
            self.complain(column, message);
        }
        found
    }

    /// A region code that must be there, as text: a number loses the zero of `35.10`.
    pub fn region_code(&mut self, column: Column) -> Option<RegionCode> {
        let shown = self.required(column, 20)?;
        let whole_number = whole(self.cell(column)).is_some();
        let code = match self.cell(column) {
            Cell::Number(_) if !whole_number => None,
            _ => RegionCode::parse(&shown),
        };
        if code.is_none() {
            self.complain(column, RowProblem::RegionCodeNotUnderstood);
        }
        code
    }

    /// A district by code or name; `regency` helps to choose among namesakes. Unknown ones are warnings.
    pub fn district(&mut self, column: Column, written: &str, regency: &str, find: &FindRegion<'_>) -> Option<RegionCode> {
        let mut hits = find(written);
        let wanted = regency_key(regency);
        if hits.len() > 1 && !wanted.is_empty() {
            hits.retain(|(_, name)| search_key(name).contains(&wanted));
        }
        match hits.as_slice() {
            [(code, _)] => return Some(code.clone()),
            [] => self.complain(column, RowProblem::DistrictUnknown),
            several => {
                let names = several.iter().take(4).map(|(code, name)| format!("{code} {name}")).collect::<Vec<_>>().join("; ");
                self.complain(column, RowProblem::DistrictAmbiguous { candidates: names });
            }
        }
        None
    }
}

/// Whether a cell says nothing: blank, or the dash people type for it.
#[must_use]
pub fn is_dash(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—'))
}

/// The member whose words hold this text, folded.
#[must_use]
pub fn chosen<T: Copy>(text: &str, words: &[(T, &[&str])]) -> Option<T> {
    let key = search_key(text);
    words.iter().find(|(_, spellings)| spellings.contains(&key.as_str())).map(|(member, _)| *member)
}

/// What is said of a date that was not understood.
#[must_use]
pub fn date_message(problem: DateProblem) -> RowProblem {
    match problem {
        DateProblem::TwoDigitYear => RowProblem::DateTwoDigitYear,
        DateProblem::NoSuchDay => RowProblem::NoSuchDay,
        DateProblem::NotADate => RowProblem::DateNotUnderstood,
    }
}

fn regency_key(regency: &str) -> String {
    let lower = regency.to_lowercase();
    let lower = lower.trim();
    let bare = ["kabupaten", "kab.", "kab ", "kota "].iter().find_map(|prefix| lower.strip_prefix(prefix)).unwrap_or(lower);
    search_key(bare)
}

/// Day before month always: it is declared, never inferred from the column's other values.
fn day_of(cell: &Cell, serial_shift: u16) -> Result<Option<NaiveDate>, DateProblem> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Date(day) => Ok(Some(*day)),
        Cell::Number(serial) => serial_day(*serial, serial_shift).map(Some),
        Cell::Bool(_) => Err(DateProblem::NotADate),
        Cell::Text(text) => {
            let text = text.trim().trim_start_matches('\'');
            if is_dash(text) {
                return Ok(None);
            }
            if is_ascii_digits(text) && text.len() == 5 {
                return serial_day(text.parse().map_err(|_long| DateProblem::NotADate)?, serial_shift).map(Some);
            }
            parse_date(without_time(text)).map(Some)
        }
    }
}

fn serial_day(serial: f64, shift: u16) -> Result<NaiveDate, DateProblem> {
    let plausible = SERIALS.contains(&serial).then_some(serial + f64::from(shift));
    plausible.and_then(date_of_serial).ok_or(DateProblem::NotADate)
}

/// Cuts a time of day behind the date, as database exports write it: `2026-01-28 00:00:00`, `2026-01-28T00:00:00Z`.
fn without_time(text: &str) -> &str {
    let head = text.split(['T', ' ']).next().unwrap_or(text);
    let rest = text.strip_prefix(head).unwrap_or_default();
    if head.len() >= 8 && rest.contains(':') { head } else { text }
}

/// A whole number in a cell, however it is stored; `1.200` is twelve hundred.
fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => format!("{number:.0}").parse().ok(),
        Cell::Text(text) => {
            let text = text.trim().trim_start_matches('\'');
            // Dots part thousands, never decimals: `1.5` is refused rather than read as 15.
            let thousands = text.split('.').skip(1).all(|group| group.len() == 3);
            if thousands { text.replace('.', "").parse().ok() } else { None }
        }
        _ => None,
    }
}
