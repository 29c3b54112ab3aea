//! Writes what people take away: identity and telephone numbers as text, dates as dates, and nothing that runs as a formula.

mod csv;
mod xlsx;

pub use self::csv::write_csv;
pub use self::xlsx::write_xlsx;

use super::table::Cell;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text, and everything made of digits that is no amount: NIK, telephone, postcode.
    Text,
    /// A day.
    Date,
    /// A count.
    Integer,
    /// Rupiah.
    Money,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// Its header.
    pub header: String,
    /// What it holds.
    pub kind: ColumnKind,
}

impl SheetColumn {
    /// A column.
    #[must_use]
    pub fn new(header: impl Into<String>, kind: ColumnKind) -> Self {
        Self { header: header.into(), kind }
    }
}

/// A list to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its title; also the name of the worksheet, as far as that may be.
    pub title: String,
    /// Its columns.
    pub columns: Vec<SheetColumn>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// What a reader must know: as of when, which filters, which definitions.
    pub notes: Vec<(String, String)>,
}

/// Why a list could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// More rows, columns or text than a worksheet takes.
    #[error("the list does not fit a worksheet: {0}")]
    Worksheet(#[from] rust_xlsxwriter::XlsxError),
    /// The CSV writer failed.
    #[error("the list could not be written as CSV: {0}")]
    Csv(#[from] ::csv::Error),
}
