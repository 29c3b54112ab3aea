//! CSV as Indonesian spreadsheet programs open it: UTF-8 with its mark, semicolons, `2026-01-31` for dates.

use super::{Sheet, WriteError};
use crate::sheet::formula::neutralise;
use crate::sheet::table::Cell;

/// Writes a CSV file. Notes have no place in it: they would be read as rows.
pub fn write_csv(sheet: &Sheet) -> Result<Vec<u8>, WriteError> {
    let out = vec![0xEF, 0xBB, 0xBF];
    let mut writer = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).flexible(true).from_writer(out);
    writer.write_record(sheet.columns.iter().map(|column| neutralise(&column.header).into_owned()))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(field))?;
    }
    writer.into_inner().map_err(|error| WriteError::Csv(csv::Error::from(error.into_error())))
}

fn field(cell: &Cell) -> String {
    match cell {
        // Not trimmed: an export gives back what was stored.
        Cell::Text(text) => neutralise(text).into_owned(),
        other => other.shown(),
    }
}
