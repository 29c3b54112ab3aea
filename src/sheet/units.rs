//! Reads lists of competency units.

use rustc_hash::FxHashMap;

use super::columns::{Column, SheetKind};
use super::fields::{Fields, is_dash};
use super::header;
use super::participants::Parsed;
use super::table::Table;
use crate::engine::name::likeness;
use crate::engine::unit_code::UnitCode;
use crate::words::import::RowProblem;

/// From how alike two titles of one code are one title in two spellings.
const SAME_TITLE: f64 = 0.85;

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// The row in the spreadsheet.
    pub row: u32,
    /// The canonical code; a local one where the list knows only the title.
    pub code: UnitCode,
    /// The code as typed.
    pub typed: String,
    /// Title.
    pub title: String,
    /// The decree it stands in.
    pub decree: Option<String>,
    /// Sector.
    pub sector: Option<String>,
    /// Where the fact comes from.
    pub source: Option<String>,
    /// How sure the source is, as written.
    pub standing: Option<String>,
    /// Other titles in use.
    pub alternatives: Vec<String>,
}

/// Reads a list of units.
#[must_use]
pub fn parse(table: &Table) -> Parsed<UnitRow> {
    let found = header::find(table, SheetKind::Units);
    let mut problems = found.problems;
    let mut seen = FxHashMap::default();
    let mut rows = Vec::new();
    for row in found.body {
        let mut fields = Fields::new(SheetKind::Units, &found.map, row, table.serial_shift, &mut problems);
        rows.extend(unit(&mut fields, &mut seen));
    }
    Parsed { rows, problems, ignored_columns: found.map.ignored }
}

fn unit(fields: &mut Fields<'_>, seen: &mut FxHashMap<UnitCode, (u32, String)>) -> Option<UnitRow> {
    let title = fields.required(Column::Title, 500);
    let typed = fields.text(Column::Code, 60).unwrap_or_default();
    let code = if is_dash(&typed) { title.as_deref().and_then(UnitCode::local) } else { UnitCode::parse(&typed) };
    let row = UnitRow {
        row: fields.number(),
        code: code_or_complaint(fields, code, title.is_some())?,
        typed,
        title: title?,
        decree: fields.text(Column::Decree, 300),
        sector: fields.text(Column::Sector, 200),
        source: fields.text(Column::Source, 300),
        standing: fields.text(Column::Standing, 60),
        alternatives: fields.text(Column::Alternatives, 1_000).map(|text| parts(&text, &[';', '|', '\n'])).unwrap_or_default(),
    };
    let (first, known_title) = seen.entry(row.code.clone()).or_insert_with(|| (row.row, row.title.clone()));
    let first = *first;
    if first == row.row {
        return fields.accept(row);
    }
    if likeness(known_title, &row.title) > SAME_TITLE {
        // One unit under two spellings, as lists gathered from several sources have it.
        fields.complain(Column::Code, RowProblem::SameAgain { first });
    } else {
        fields.complain(Column::Code, RowProblem::DuplicateCode { code: row.code.to_string(), first, second: row.row });
    }
    None
}

fn code_or_complaint(fields: &mut Fields<'_>, code: Option<UnitCode>, has_title: bool) -> Option<UnitCode> {
    if code.is_none() && has_title {
        fields.complain(Column::Code, RowProblem::UnitCodeNotUnderstood);
    }
    code
}

/// The filled parts of a cell that holds a list.
pub(super) fn parts(text: &str, separators: &[char]) -> Vec<String> {
    text.split(separators).map(str::trim).filter(|part| !is_dash(part)).map(str::to_owned).collect()
}
