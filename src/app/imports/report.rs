//! What an import says about itself: counts, complaints, differences.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::sheet::problem::{Problem, Severity};
use crate::words::import::RowProblem;
use crate::words::{Language, Say};

/// The report of one import, kept sealed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImportReport {
    /// Complaints, by row.
    pub problems: Vec<ProblemLine>,
    /// Where the file and what is stored disagree.
    pub differences: Vec<Difference>,
    /// Earlier classes of people in the file.
    pub earlier_classes: Vec<EarlierClasses>,
    /// Rows of people whom another office knows.
    pub known_elsewhere: Vec<KnownElsewhere>,
    /// Columns nobody knows.
    pub ignored_columns: Vec<String>,
    /// Why the whole file was refused, if it was.
    pub failure: Option<Sentence>,
}

/// A sentence in both languages, with its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The stable code.
    pub code: String,
    /// In Indonesian.
    pub id: String,
    /// In English.
    pub en: String,
}

impl Sentence {
    /// A message under its code.
    #[must_use]
    pub fn of(code: &str, message: &impl Say) -> Self {
        Self { code: code.to_owned(), id: message.say(Language::Indonesian), en: message.say(Language::English) }
    }

    /// In one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Indonesian => &self.id,
            Language::English => &self.en,
        }
    }
}

/// One complaint about a row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProblemLine {
    /// The row as the spreadsheet numbers it; 0 means the whole sheet.
    pub row: u32,
    /// The header as written.
    pub column: String,
    /// What was read, shortened and masked.
    pub read: String,
    /// Whether the row is refused.
    pub refuses: bool,
    /// What is wrong and what to do.
    pub message: Sentence,
}

impl From<&Problem> for ProblemLine {
    fn from(problem: &Problem) -> Self {
        Self {
            row: problem.row,
            column: problem.column.clone(),
            read: problem.read.clone(),
            refuses: problem.severity() == Severity::Error,
            message: Sentence::of(problem.code().code(), &problem.message),
        }
    }
}

impl ProblemLine {
    /// A complaint that only the stored data could raise.
    #[must_use]
    pub fn new(row: u32, column: &str, read: &str, message: RowProblem) -> Self {
        Self::from(&Problem::new(row, column, read, message))
    }
}

/// A field in which the file differs from what is stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Difference {
    /// The row.
    pub row: u32,
    /// Whose record.
    pub graduate_id: Uuid,
    /// Which field.
    pub field: String,
    /// What is stored; starred where it is sealed.
    pub stored: String,
    /// What the file says; starred where it is sealed.
    pub read: String,
}

/// Classes somebody was in before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EarlierClasses {
    /// The row.
    pub row: u32,
    /// Names of classes.
    pub classes: Vec<String>,
}

/// Somebody whom another office knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownElsewhere {
    /// The row.
    pub row: u32,
    /// The other office.
    pub office: String,
}

/// How many rows met which fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that hold something.
    pub total: usize,
    /// New.
    pub created: usize,
    /// Changed.
    pub updated: usize,
    /// As they were.
    pub unchanged: usize,
    /// Refused.
    pub rejected: usize,
}
