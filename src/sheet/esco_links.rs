//! Reads lists of proposals: which ESCO skill a competency unit teaches. Whether unit and skill are known, the caller knows.

use super::columns::{Column, SheetKind};
use super::fields::Fields;
use super::header;
use super::participants::Parsed;
use super::table::Table;
use crate::engine::esco::EscoUri;
use crate::words::import::RowProblem;

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscoLinkRow {
    /// The row in the spreadsheet.
    pub row: u32,
    /// The unit: its code as written, or its title where it has none.
    pub unit: UnitNamed,
    /// The skill: its address where one is given, else a label.
    pub skill: SkillNamed,
    /// Where the proposal comes from.
    pub source: Option<String>,
}

/// How a row names a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitNamed {
    /// By a code, as written.
    Code(String),
    /// By its title.
    Title(String),
}

/// How a row names a skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkillNamed {
    /// By its address.
    Uri(EscoUri),
    /// By a label.
    Label(String),
}

/// Reads a list of proposals.
#[must_use]
pub fn parse(table: &Table) -> Parsed<EscoLinkRow> {
    let found = header::find(table, SheetKind::EscoLinks);
    let mut problems = found.problems;
    let mut rows = Vec::new();
    for row in found.body {
        let mut fields = Fields::new(SheetKind::EscoLinks, &found.map, row, table.serial_shift, &mut problems);
        rows.extend(proposal(&mut fields));
    }
    Parsed { rows, problems, ignored_columns: found.map.ignored }
}

fn proposal(fields: &mut Fields<'_>) -> Option<EscoLinkRow> {
    let code = fields.text(Column::Code, 60).map(UnitNamed::Code);
    let title = fields.text(Column::Title, 500).map(UnitNamed::Title);
    let unit = code.or(title);
    if unit.is_none() {
        fields.required(Column::Code, 60);
    }
    let skill = skill(fields);
    let source = fields.text(Column::Source, 300);
    fields.accept(EscoLinkRow { row: fields.number(), unit: unit?, skill: skill?, source })
}

fn skill(fields: &mut Fields<'_>) -> Option<SkillNamed> {
    let Some(written) = fields.text(Column::EscoSkill, 200) else {
        return fields.required(Column::EscoLabel, 500).map(SkillNamed::Label);
    };
    let uri = EscoUri::parse(&written).map(SkillNamed::Uri);
    if uri.is_none() {
        fields.complain(Column::EscoSkill, RowProblem::EscoAddressNotUnderstood);
    }
    uri
}
