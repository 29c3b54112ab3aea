//! XLSX: a header that stays, a filter, text cells for what must keep its digits, a sheet of notes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::{ColumnKind, Sheet, WriteError};
use crate::sheet::table::Cell;

/// The formats of one workbook.
struct Formats {
    header: Format,
    label: Format,
    text: Format,
    date: Format,
    integer: Format,
    money: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            header: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            label: Format::new().set_bold(),
            text: Format::new().set_num_format("@"),
            date: Format::new().set_num_format("d mmm yyyy"),
            integer: Format::new().set_num_format("0"),
            money: Format::new().set_num_format("#,##0"),
        }
    }

    fn of(&self, kind: ColumnKind) -> &Format {
        match kind {
            ColumnKind::Text => &self.text,
            ColumnKind::Date => &self.date,
            ColumnKind::Integer => &self.integer,
            ColumnKind::Money => &self.money,
        }
    }
}

/// Writes a workbook. The same list gives the same bytes: no clock is read.
pub fn write_xlsx(sheet: &Sheet) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(sheet.title.as_str()).set_creation_datetime(&created));
    let formats = Formats::new();
    fill(book.add_worksheet(), sheet, &formats)?;
    if !sheet.notes.is_empty() {
        notes(book.add_worksheet(), sheet, &formats)?;
    }
    Ok(book.save_to_buffer()?)
}

fn fill(page: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    page.set_name(page_name(&sheet.title))?;
    for (place, column) in sheet.columns.iter().enumerate() {
        let width = if column.kind == ColumnKind::Text { 24 } else { 14 };
        page.set_column_width(col(place)?, width)?;
        page.write_string_with_format(0, col(place)?, &column.header, &formats.header)?;
    }
    for (line, cells) in sheet.rows.iter().enumerate() {
        for ((place, cell), column) in cells.iter().enumerate().zip(&sheet.columns) {
            write(page, row(line + 1)?, col(place)?, cell, column.kind, formats)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    if let Some(last) = sheet.columns.len().checked_sub(1) {
        page.autofilter(0, 0, row(sheet.rows.len())?, col(last)?)?;
    }
    Ok(())
}

fn write(page: &mut Worksheet, row: u32, col: u16, cell: &Cell, kind: ColumnKind, formats: &Formats) -> Result<(), XlsxError> {
    let format = formats.of(kind);
    match (cell, kind) {
        (Cell::Empty, _) => {}
        (Cell::Number(number), ColumnKind::Integer | ColumnKind::Money) => {
            page.write_number_with_format(row, col, *number, format)?;
        }
        (Cell::Date(day), ColumnKind::Date) => {
            page.write_datetime_with_format(row, col, day, format)?;
        }
        // Whatever the column holds, a text is written as a string: it can't become a formula.
        (Cell::Text(text), _) => {
            page.write_string_with_format(row, col, text, &formats.text)?;
        }
        (other, _) => {
            page.write_string_with_format(row, col, other.shown(), &formats.text)?;
        }
    }
    Ok(())
}

fn notes(page: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    page.set_name("Catatan")?;
    page.set_column_width(0, 28)?;
    page.set_column_width(1, 80)?;
    for (line, (what, text)) in sheet.notes.iter().enumerate() {
        page.write_string_with_format(row(line)?, 0, what, &formats.label)?;
        page.write_string_with_format(row(line)?, 1, text, &formats.text)?;
    }
    Ok(())
}

/// Worksheet names have at most 31 characters, without `[]:*?/\`, and no apostrophe at their ends.
fn page_name(title: &str) -> String {
    let clean: String = title.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).take(31).collect();
    let clean = clean.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    if clean.is_empty() || clean.eq_ignore_ascii_case("history") || clean.eq_ignore_ascii_case("catatan") {
        return "Data".to_owned();
    }
    clean.to_owned()
}

fn row(line: usize) -> Result<u32, XlsxError> {
    u32::try_from(line).map_err(|_huge| XlsxError::RowColumnLimitError)
}

fn col(place: usize) -> Result<u16, XlsxError> {
    u16::try_from(place).map_err(|_huge| XlsxError::RowColumnLimitError)
}
