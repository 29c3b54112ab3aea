//! Reads lists of regions with where they lie.

use rustc_hash::FxHashMap;

use super::columns::{Column, SheetKind};
use super::fields::Fields;
use super::header;
use super::participants::Parsed;
use super::table::Table;
use crate::engine::geo::{Point, RegionCode};
use crate::words::import::RowProblem;

/// One province, regency or district.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionRow {
    /// The row in the spreadsheet.
    pub row: u32,
    /// Kemendagri code.
    pub code: RegionCode,
    /// Name.
    pub name: String,
    /// Where it lies, if told.
    pub point: Option<Point>,
}

/// Reads a list of regions.
#[must_use]
pub fn parse(table: &Table) -> Parsed<RegionRow> {
    let found = header::find(table, SheetKind::Regions);
    let mut problems = found.problems;
    let mut seen = FxHashMap::default();
    let mut rows = Vec::new();
    for row in found.body {
        let mut fields = Fields::new(SheetKind::Regions, &found.map, row, table.serial_shift, &mut problems);
        rows.extend(region(&mut fields, &mut seen));
    }
    Parsed { rows, problems, ignored_columns: found.map.ignored }
}

fn region(fields: &mut Fields<'_>, seen: &mut FxHashMap<RegionCode, u32>) -> Option<RegionRow> {
    let code = fields.region_code(Column::Code);
    let name = fields.required(Column::Title, 120);
    let latitude = fields.decimal(Column::Latitude, -90, 90);
    let longitude = fields.decimal(Column::Longitude, -180, 180);
    let point = latitude.zip(longitude).map(|(latitude, longitude)| Point { latitude, longitude });
    let row = RegionRow { row: fields.number(), code: code?, name: name?, point };
    let first = *seen.entry(row.code.clone()).or_insert(row.row);
    if first != row.row {
        fields.complain(Column::Code, RowProblem::DuplicateCode { code: row.code.to_string(), first, second: row.row });
    }
    fields.accept(row)
}
