//! Reads the cells of a checked XLSX container, one after the other, never as a range: a range is as large as a file claims.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::NaiveDate;

use super::container;
use super::error::{ReadError, column_letters};
use super::header;
use super::limits::Limits;
use super::table::{Cell, Row, Table};
use crate::engine::day::date_of_serial;

/// How far the 1904 calendar of old Macintosh workbooks lies behind the 1900 one.
const SHIFT_1904: u16 = 1462;

/// From how many known headers on a sheet is a list and not a cover or a page of instructions.
const LIST_HEADERS: usize = 2;

/// Reads the first visible sheet with a list in it, or else the first that holds anything.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Table, ReadError> {
    let container = container::repack(bytes, limits)?;
    // The reader checks its arithmetic only in debug builds; a cell called A99999999999 must be an error in both.
    catch_unwind(AssertUnwindSafe(|| list_sheet(container, limits)))
        .unwrap_or_else(|_panic| Err(ReadError::Damaged { detail: "cell reference".to_owned() }))
}

fn list_sheet(container: Vec<u8>, limits: &Limits) -> Result<Table, ReadError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(container)).map_err(|error| refusal(&error))?;
    let serial_shift = if book.has_1904_epoch() { SHIFT_1904 } else { 0 };
    let visible = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet;
    let names: Vec<String> = book.sheets_metadata().iter().filter(visible).map(|sheet| sheet.name.clone()).collect();
    let mut first_filled = None;
    for sheet_name in names {
        let rows = sheet_rows(&mut book, &sheet_name, serial_shift, limits)?;
        let is_list = header::likeness(&rows) >= LIST_HEADERS;
        let table = Table { sheet_name, rows, serial_shift };
        if is_list {
            return Ok(table);
        }
        if first_filled.is_none() && !table.rows.is_empty() {
            first_filled = Some(table);
        }
    }
    first_filled.ok_or(ReadError::NoFilledSheet)
}

fn sheet_rows(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, shift: u16, limits: &Limits) -> Result<Vec<Row>, ReadError> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| refusal(&error))?;
    let mut rows = Rows { done: Vec::new(), limits };
    while let Some(cell) = cells.next_cell().map_err(|error| refusal(&error))? {
        let (row, column) = cell.get_position();
        let value = cell_of(cell.get_value(), shift);
        if value != Cell::Empty {
            rows.put(row.saturating_add(1), usize::try_from(column).unwrap_or(usize::MAX), value)?;
        }
    }
    Ok(rows.done)
}

/// The rows so far; cells come in reading order, or the file is damaged.
struct Rows<'a> {
    done: Vec<Row>,
    limits: &'a Limits,
}

impl Rows<'_> {
    fn put(&mut self, number: u32, column: usize, value: Cell) -> Result<(), ReadError> {
        if column >= self.limits.columns {
            return Err(ReadError::TooManyColumns { row: number, limit: self.limits.columns });
        }
        check_length(&value, number, column, self.limits)?;
        if self.done.last().is_none_or(|row| row.number < number) {
            if self.done.len() >= self.limits.rows {
                return Err(ReadError::TooManyRows { limit: self.limits.rows });
            }
            self.done.push(Row { number, cells: Vec::new() });
        }
        let Some(row) = self.done.last_mut().filter(|row| row.number == number) else {
            return Err(ReadError::Damaged { detail: format!("row {number} out of order") });
        };
        if row.cells.len() <= column {
            row.cells.resize(column + 1, Cell::Empty);
        }
        if let Some(place) = row.cells.get_mut(column) {
            *place = value;
        }
        Ok(())
    }
}

/// Refuses a text above the limit, naming its cell.
pub(super) fn check_length(value: &Cell, row: u32, column: usize, limits: &Limits) -> Result<(), ReadError> {
    match value {
        // Bytes bound characters from above, so that short texts are not counted.
        Cell::Text(text) if text.len() > limits.cell_chars && text.chars().count() > limits.cell_chars => {
            Err(ReadError::CellTooLong { cell: format!("{}{row}", column_letters(column)), limit: limits.cell_chars })
        }
        _ => Ok(()),
    }
}

fn cell_of(value: &DataRef<'_>, shift: u16) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::text(text.as_str()),
        DataRef::SharedString(text) => Cell::text(*text),
        DataRef::Int(number) => Cell::integer(*number),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(moment) => {
            let serial = moment.as_f64();
            let day = if moment.is_duration() { None } else { date_of_serial(serial + f64::from(shift)) };
            day.map_or(Cell::Number(serial), Cell::Date)
        }
        // An ISO moment keeps its day as written; whatever zone stands behind it is not applied.
        DataRef::DateTimeIso(text) => iso_day(text).map_or_else(|| Cell::text(text.as_str()), Cell::Date),
        DataRef::Error(error) => Cell::Text(error.to_string()),
    }
}

fn iso_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
}

fn refusal(error: &XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::OldOrLocked,
        XlsxError::RelationshipNotFound | XlsxError::FileNotFound(_) => ReadError::NotAWorkbook,
        other => ReadError::Damaged { detail: other.to_string().chars().take(200).collect() },
    }
}
