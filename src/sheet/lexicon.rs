//! Reads lists of an office's own words: a text, and the code of the unit it means. Whether the code is known, the caller knows.

use rustc_hash::FxHashMap;

use super::columns::{Column, SheetKind};
use super::fields::Fields;
use super::header;
use super::participants::Parsed;
use super::table::Table;
use super::units::parts;
use crate::engine::text::text_key;
use crate::words::import::RowProblem;

/// The longest text whose meaning is kept, in characters.
const TEXT: usize = 2_000;

/// What one text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordRow {
    /// The row in the spreadsheet.
    pub row: u32,
    /// The words, as written.
    pub text: String,
    /// The codes, as written; several mean that somebody must choose.
    pub codes: Vec<String>,
}

/// Reads a list of words. A text may stand in several rows, each with another code.
#[must_use]
pub fn parse(table: &Table) -> Parsed<WordRow> {
    let found = header::find(table, SheetKind::Lexicon);
    let mut problems = found.problems;
    let mut seen = FxHashMap::default();
    let mut rows = Vec::new();
    for row in found.body {
        let mut fields = Fields::new(SheetKind::Lexicon, &found.map, row, table.serial_shift, &mut problems);
        rows.extend(word(&mut fields, &mut seen));
    }
    Parsed { rows, problems, ignored_columns: found.map.ignored }
}

fn word(fields: &mut Fields<'_>, seen: &mut FxHashMap<(String, Vec<String>), u32>) -> Option<WordRow> {
    let text = fields.required(Column::Text, TEXT);
    let key = text.as_deref().map(text_key).unwrap_or_default();
    if text.is_some() && key.is_empty() {
        fields.complain(Column::Text, RowProblem::NoWords);
    }
    let codes = fields.required(Column::Code, 500).map(|codes| parts(&codes, &['|', ';', ',', '\n'])).unwrap_or_default();
    let row = fields.accept(WordRow { row: fields.number(), text: text?, codes })?;
    let first = *seen.entry((key, row.codes.clone())).or_insert(row.row);
    if first != row.row {
        fields.complain(Column::Text, RowProblem::SameAgain { first });
        return None;
    }
    Some(row)
}
