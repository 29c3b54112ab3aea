//! Why a whole file was refused. Complaints about single rows are in [`super::problem`].

use crate::words::import::FileProblem;

/// A file that cannot be read at all. Nothing of it is used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The file itself is too large.
    #[error("the file is larger than {limit_mb} MB")]
    FileTooLarge {
        /// The limit.
        limit_mb: usize,
    },
    /// Its parts unpack to more than we take, or to more than they claim.
    #[error("the workbook unpacks to more than {limit_mb} MB or more than it claims")]
    InflatesTooLarge {
        /// The limit.
        limit_mb: usize,
    },
    /// Too many parts in the container.
    #[error("the workbook has more than {limit} parts")]
    TooManyEntries {
        /// The limit.
        limit: usize,
    },
    /// The sheet claims an absurd size.
    #[error("the sheet claims the range {range}")]
    AbsurdDimension {
        /// The range as written.
        range: String,
    },
    /// The table of texts claims more texts than its bytes could hold.
    #[error("the workbook claims {claimed} texts")]
    AbsurdTextCount {
        /// The count as written.
        claimed: String,
    },
    /// Too many filled rows.
    #[error("more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// Too many filled columns.
    #[error("row {row} goes beyond column {limit}")]
    TooManyColumns {
        /// The row.
        row: u32,
        /// The limit.
        limit: usize,
    },
    /// A cell holds too much text.
    #[error("cell {cell} holds more than {limit} characters")]
    CellTooLong {
        /// The cell, as `B7`.
        cell: String,
        /// The limit.
        limit: usize,
    },
    /// A part of the workbook is broken.
    #[error("the workbook is damaged: {detail}")]
    Damaged {
        /// What was found.
        detail: String,
    },
    /// Protected by a password, inside the ZIP.
    #[error("the workbook is protected by a password")]
    Protected,
    /// An old `.xls` file, or one protected by a password.
    #[error("an old .xls file or a file protected by a password")]
    OldOrLocked,
    /// A ZIP without a workbook, such as `.docx` or `.ods`.
    #[error("the container holds no XLSX workbook")]
    NotAWorkbook,
    /// Neither a workbook nor text.
    #[error("not a spreadsheet")]
    NotASpreadsheet,
    /// No sheet holds anything.
    #[error("no visible sheet holds anything")]
    NoFilledSheet,
    /// Bytes that are no text in any encoding we know.
    #[error("byte {offset} cannot be read as text")]
    Undecodable {
        /// Its place in the file, from 0.
        offset: usize,
    },
}

impl ReadError {
    /// Whether its size alone refused it.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self, Self::FileTooLarge { .. })
    }

    /// What is said to people: what is wrong and what to do.
    #[must_use]
    pub fn message(&self) -> FileProblem {
        match self.clone() {
            Self::Empty => FileProblem::Empty,
            Self::FileTooLarge { limit_mb } => FileProblem::FileTooLarge { limit_mb },
            Self::InflatesTooLarge { limit_mb } => FileProblem::InflatesTooLarge { limit_mb },
            Self::TooManyEntries { limit } => FileProblem::TooManyEntries { limit },
            Self::AbsurdDimension { range } => FileProblem::AbsurdDimension { range },
            Self::AbsurdTextCount { claimed } => FileProblem::AbsurdTextCount { claimed },
            Self::TooManyRows { limit } => FileProblem::TooManyRows { limit },
            Self::TooManyColumns { row, limit } => FileProblem::TooManyColumns { row, limit },
            Self::CellTooLong { cell, limit } => FileProblem::CellTooLong { cell, limit },
            Self::Damaged { .. } => FileProblem::Damaged,
            Self::Protected => FileProblem::Protected,
            Self::OldOrLocked => FileProblem::OldOrLocked,
            Self::NotAWorkbook => FileProblem::NotAWorkbook,
            Self::NotASpreadsheet => FileProblem::NotASpreadsheet,
            Self::NoFilledSheet => FileProblem::NoFilledSheet,
            Self::Undecodable { offset } => FileProblem::Undecodable { offset },
        }
    }

    /// The stable code of this refusal.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::InflatesTooLarge { .. } => "file_inflates_too_large",
            Self::TooManyEntries { .. } => "file_too_many_parts",
            Self::AbsurdDimension { .. } => "file_absurd_dimension",
            Self::AbsurdTextCount { .. } => "file_absurd_text_count",
            Self::TooManyRows { .. } => "file_too_many_rows",
            Self::TooManyColumns { .. } => "file_too_many_columns",
            Self::CellTooLong { .. } => "file_cell_too_long",
            Self::Damaged { .. } => "file_damaged",
            Self::Protected => "file_protected",
            Self::OldOrLocked => "file_old_or_locked",
            Self::NotAWorkbook => "file_not_a_workbook",
            Self::NotASpreadsheet => "file_not_a_spreadsheet",
            Self::NoFilledSheet => "file_no_filled_sheet",
            Self::Undecodable { .. } => "file_undecodable",
        }
    }
}

/// A column's letters from its number (from 0): `A`, `Z`, `AA`.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
        if rest == 0 {
            break;
        }
        rest -= 1;
    }
    letters.iter().rev().collect()
}
