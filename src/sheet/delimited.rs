//! Reads CSV: comma, semicolon or tab, sniffed; quotes; row numbers as a spreadsheet program would show them.

use super::columns::{self, SheetKind};
use super::error::ReadError;
use super::formula;
use super::limits::Limits;
use super::table::{Cell, Row, Table};
use super::text;
use super::xlsx::check_length;

/// How many lines are looked at to find the delimiter: title rows stand above the header.
const SNIFFED_LINES: usize = 30;

/// Reads a CSV file in any of the encodings of [`text::decode`].
pub(super) fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Table, ReadError> {
    let text = text::decode(bytes)?;
    let (text, delimiter) = match declared_delimiter(&text) {
        Some((delimiter, rest)) => (rest, delimiter),
        None => (text.as_str(), sniff(&text)),
    };
    let rows = records(text, delimiter, limits)?;
    if rows.is_empty() {
        return Err(ReadError::Empty);
    }
    let stem = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    Ok(Table { sheet_name: stem.chars().take(100).collect(), rows, serial_shift: 0 })
}

/// Excel's own first line `sep=;`, which it does not show as a row.
fn declared_delimiter(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let declared = first.trim_end().strip_prefix("sep=")?;
    match declared.as_bytes() {
        [delimiter @ (b';' | b',' | b'\t')] => Some((*delimiter, rest)),
        _ => None,
    }
}

/// The delimiter that parts one of the first lines into most known headers; of equals, into most fields.
fn sniff(text: &str) -> u8 {
    let mut best = ((0, 0), b',');
    for line in text.lines().take(SNIFFED_LINES) {
        for delimiter in [b';', b',', b'\t'] {
            let fields = fields_outside_quotes(line, char::from(delimiter));
            let known = fields.iter().filter(|field| is_header(field)).count();
            let found = (known, fields.len() - 1);
            if found > best.0 {
                best = (found, delimiter);
            }
        }
    }
    best.1
}

fn is_header(field: &str) -> bool {
    // Long cells are sentences: not worth folding to find that out.
    field.len() < 80 && SheetKind::ALL.iter().any(|kind| columns::known(*kind, field).is_some())
}

fn fields_outside_quotes(line: &str, delimiter: char) -> Vec<&str> {
    let mut quoted = false;
    line.split(|c| {
        quoted ^= c == '"';
        !quoted && c == delimiter
    })
    .collect()
}

fn records(text: &str, delimiter: u8, limits: &Limits) -> Result<Vec<Row>, ReadError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut rows = Vec::new();
    let mut number = 0_u32;
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let more = reader.read_record(&mut record).map_err(|error| ReadError::Damaged { detail: error.to_string() })?;
        if !more {
            return Ok(rows);
        }
        // The reader skips blank lines without a word, but a spreadsheet shows them as rows.
        number = number.saturating_add(1).saturating_add(blank_lines(text, from));
        let row = row(&record, number, limits)?;
        if row.is_blank() {
            continue;
        }
        if rows.len() >= limits.rows {
            return Err(ReadError::TooManyRows { limit: limits.rows });
        }
        rows.push(row);
    }
}

fn blank_lines(text: &str, from: usize) -> u32 {
    let (before, after) = text.as_bytes().split_at_checked(from).unwrap_or_default();
    // The second half of the line end that closed the last record is no blank line.
    let after = if before.last() == Some(&b'\r') { after.strip_prefix(b"\n").unwrap_or(after) } else { after };
    let ends: Vec<u8> = after.iter().copied().take_while(|byte| matches!(byte, b'\r' | b'\n')).collect();
    let pairs = ends.windows(2).filter(|pair| pair == b"\r\n").count();
    u32::try_from(ends.len() - pairs).unwrap_or(u32::MAX)
}

fn row(record: &csv::StringRecord, number: u32, limits: &Limits) -> Result<Row, ReadError> {
    let mut cells: Vec<Cell> = record.iter().map(|field| Cell::text(formula::restore(field))).collect();
    while cells.last().is_some_and(Cell::is_blank) {
        cells.pop();
    }
    if cells.len() > limits.columns {
        return Err(ReadError::TooManyColumns { row: number, limit: limits.columns });
    }
    for (column, cell) in cells.iter().enumerate() {
        check_length(cell, number, column, limits)?;
    }
    Ok(Row { number, cells })
}
