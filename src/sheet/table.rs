//! Cells, rows and tables as both file kinds yield them.

use chrono::NaiveDate;

/// One cell. A date has no time zone and never gets one.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing in it.
    #[default]
    Empty,
    /// Text, as written.
    Text(String),
    /// A number, as the file stores it.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// True or false.
    Bool(bool),
}

impl Cell {
    /// A text cell, or an empty one for blank text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A whole number; exact up to 2^53, far above any count or amount here.
    #[must_use]
    pub fn integer(number: i64) -> Self {
        Self::Number(number as f64)
    }

    /// Whether nothing can be read in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| c.is_whitespace() || c == '\u{feff}'),
            Self::Number(_) | Self::Date(_) | Self::Bool(_) => false,
        }
    }

    /// What a person sees in it, trimmed: whole numbers without decimals, dates as `2026-01-31`.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
            Self::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }
}

/// One row that holds something.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number as the spreadsheet program shows it, from 1.
    pub number: u32,
    /// Its cells from column A on; a row ends with its last filled cell.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column (from 0); beyond the end it is empty.
    #[must_use]
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// Whether nothing can be read in the whole row.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// A sheet as it was read: only rows that hold something, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The sheet's name, or the file's for CSV.
    pub sheet_name: String,
    /// Its filled rows.
    pub rows: Vec<Row>,
    /// Days to add to a bare serial number before it is a date: 1462 in workbooks that count from 1904, else 0.
    pub serial_shift: u16,
}
