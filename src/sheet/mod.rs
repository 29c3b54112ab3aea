//! Bytes to rows and back: XLSX and CSV (packed or not) in, row-numbered complaints beside what was understood, XLSX and CSV out.
//!
//! It is for files that strangers send. It must never trust a size a file claims, never apply a time zone to a date,
//! never guess a digit that a spreadsheet lost, and never know of databases, HTTP or who is asking.

pub mod columns;
pub mod error;
pub mod esco;
pub mod esco_links;
pub mod fields;
pub mod formula;
pub mod header;
pub mod lexicon;
pub mod limits;
pub mod participants;
pub mod problem;
pub mod regions;
pub mod schemes;
pub mod table;
pub mod units;
pub mod vacancies;
pub mod wages;
pub mod write;

mod claims;
mod container;
mod delimited;
mod gzip;
mod inflate;
mod text;
mod xlsx;

use error::ReadError;
use limits::Limits;
use table::Table;

/// Reads the first visible sheet with a list of an XLSX workbook, or a CSV file, as it is or packed (`.csv.gz`); which of them, the bytes decide.
///
/// `file_name` only names the sheet of a CSV; its ending decides nothing, because people rename files.
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Table, ReadError> {
    if bytes.len() > limits.container_bytes {
        return Err(ReadError::FileTooLarge { limit_mb: megabytes(limits.container_bytes) });
    }
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return xlsx::read(bytes, limits);
    }
    if bytes.starts_with(&gzip::MARK) {
        return delimited::read(&gzip::unpack(bytes, limits)?, file_name, limits);
    }
    // The container of old .xls files is also that of password-protected .xlsx files.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(ReadError::OldOrLocked);
    }
    if bytes.starts_with(b"%PDF") || bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Err(ReadError::NotASpreadsheet);
    }
    delimited::read(bytes, file_name, limits)
}

/// Whole megabytes, for messages.
fn megabytes(bytes: usize) -> usize {
    bytes / (1024 * 1024)
}
