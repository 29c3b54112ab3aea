//! Reads lists of certification schemes.

use rustc_hash::FxHashMap;

use super::columns::{Column, SheetKind};
use super::fields::Fields;
use super::header;
use super::participants::Parsed;
use super::table::Table;
use super::units::parts;
use crate::coded_enum;
use crate::engine::unit_code::UnitCode;
use crate::words::import::RowProblem;

coded_enum! {
    /// How a scheme is packed.
    pub enum SchemeKind {
        /// The units of an occupation (okupasi).
        Occupation = "occupation",
        /// A cluster of units (klaster).
        Cluster = "cluster",
        /// A level of the national framework (KKNI).
        Kkni = "kkni",
    }
}

const KINDS: [(SchemeKind, &[&str]); 3] = [
    (SchemeKind::Occupation, &["okupasi", "occupation", "okupasinasional"]),
    (SchemeKind::Cluster, &["klaster", "kluster", "cluster"]),
    (SchemeKind::Kkni, &["kkni", "kualifikasi", "kualifikasinasional"]),
];

/// One scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeRow {
    /// The row in the spreadsheet.
    pub row: u32,
    /// The code as written; bodies number as they please.
    pub code: String,
    /// Title.
    pub title: String,
    /// Okupasi, klaster or KKNI.
    pub kind: Option<SchemeKind>,
    /// Sector.
    pub sector: Option<String>,
    /// The occupation it certifies.
    pub occupation: Option<String>,
    /// Its units.
    pub units: Vec<UnitCode>,
}

/// Reads a list of schemes.
#[must_use]
pub fn parse(table: &Table) -> Parsed<SchemeRow> {
    let found = header::find(table, SheetKind::Schemes);
    let mut problems = found.problems;
    let mut seen = FxHashMap::default();
    let mut rows = Vec::new();
    for row in found.body {
        let mut fields = Fields::new(SheetKind::Schemes, &found.map, row, table.serial_shift, &mut problems);
        rows.extend(scheme(&mut fields, &mut seen));
    }
    Parsed { rows, problems, ignored_columns: found.map.ignored }
}

fn scheme(fields: &mut Fields<'_>, seen: &mut FxHashMap<String, u32>) -> Option<SchemeRow> {
    let code = fields.required(Column::Code, 120);
    let title = fields.required(Column::Title, 300);
    let kind = fields.choice(Column::SchemeKind, &KINDS, RowProblem::ChoiceNotUnderstood { choices: "Okupasi, Klaster, KKNI".to_owned() });
    let listed = fields.text(Column::Units, 2_000).unwrap_or_default();
    let mut units = Vec::new();
    for typed in parts(&listed, &[';', ',', '\n', ' ']) {
        match UnitCode::parse(&typed) {
            Some(unit) => units.push(unit),
            None => fields.complain(Column::Units, RowProblem::UnitCodeNotUnderstood),
        }
    }
    let row = SchemeRow {
        row: fields.number(),
        code: code?,
        title: title?,
        kind,
        sector: fields.text(Column::Sector, 200),
        occupation: fields.text(Column::Occupation, 200),
        units,
    };
    let first = *seen.entry(row.code.to_uppercase()).or_insert(row.row);
    if first != row.row {
        fields.complain(Column::Code, RowProblem::DuplicateCode { code: row.code.clone(), first, second: row.row });
    }
    fields.accept(row)
}
