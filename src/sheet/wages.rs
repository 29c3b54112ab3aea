//! Reads lists of minimum wages.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::columns::{Column, SheetKind};
use super::fields::Fields;
use super::header;
use super::participants::Parsed;
use super::table::Table;
use crate::engine::geo::RegionCode;
use crate::engine::money::Rupiah;
use crate::engine::name::search_key;
use crate::words::import::RowProblem;

/// The minimum wage of one region in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WageRow {
    /// The row in the spreadsheet.
    pub row: u32,
    /// Regency or province.
    pub region: RegionCode,
    /// Which minimum it is, as written: `UMK`, `UMP`, or a sector's (`UMSK …`).
    pub kind: Option<String>,
    /// Year.
    pub year: i32,
    /// Rupiah a month.
    pub monthly: Rupiah,
    /// From when; 1 January of the year where it is not told.
    pub valid_from: NaiveDate,
    /// The decree.
    pub decree: Option<String>,
    /// Where the fact comes from.
    pub source: Option<String>,
}

/// Reads a list of minimum wages.
#[must_use]
pub fn parse(table: &Table) -> Parsed<WageRow> {
    let found = header::find(table, SheetKind::Wages);
    let mut problems = found.problems;
    let mut seen = FxHashMap::default();
    let mut rows = Vec::new();
    for row in found.body {
        let mut fields = Fields::new(SheetKind::Wages, &found.map, row, table.serial_shift, &mut problems);
        rows.extend(wage(&mut fields, &mut seen));
    }
    Parsed { rows, problems, ignored_columns: found.map.ignored }
}

fn wage(fields: &mut Fields<'_>, seen: &mut FxHashMap<(RegionCode, String, NaiveDate), u32>) -> Option<WageRow> {
    let region = fields.region_code(Column::Code);
    fields.required(Column::Year, 10);
    let year = fields.integer(Column::Year, 2000, 2100).and_then(|year| i32::try_from(year).ok());
    fields.required(Column::Monthly, 40);
    let monthly = fields.money(Column::Monthly);
    let valid_from = fields.date(Column::ValidFrom);
    let year = year?;
    let row = WageRow {
        row: fields.number(),
        region: region?,
        kind: fields.text(Column::WageKind, 120),
        year,
        monthly: monthly?,
        valid_from: valid_from.or_else(|| NaiveDate::from_ymd_opt(year, 1, 1))?,
        decree: fields.text(Column::Decree, 300),
        source: fields.text(Column::Source, 300),
    };
    let first = *seen.entry((row.region.clone(), search_key(row.kind.as_deref().unwrap_or_default()), row.valid_from)).or_insert(row.row);
    if first != row.row {
        fields.complain(Column::Code, RowProblem::DuplicateCode { code: row.region.to_string(), first, second: row.row });
    }
    fields.accept(row)
}
