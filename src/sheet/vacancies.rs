//! Reads lists of vacancies. Requirements stay text here: resolving them needs the catalogue.

use chrono::NaiveDate;

use super::columns::{Column, SheetKind};
use super::fields::{Fields, FindRegion};
use super::header;
use super::participants::Parsed;
use super::table::Table;
use super::units::parts;
use crate::engine::geo::RegionCode;
use crate::engine::kinds::Contract;
use crate::engine::money::{Rupiah, WageUnit};
use crate::words::import::RowProblem;

const WAGE_UNITS: [(WageUnit, &[&str]); 4] = [
    (WageUnit::Month, &["bulan", "perbulan", "bln", "month", "bulanan"]),
    (WageUnit::Day, &["hari", "perhari", "day", "harian"]),
    (WageUnit::Hour, &["jam", "perjam", "hour"]),
    (WageUnit::Piece, &["potong", "perpotong", "piece", "borongan", "pcs"]),
];

const CONTRACTS: [(Contract, &[&str]); 5] = [
    (Contract::Pkwt, &["pkwt", "kontrak", "waktutertentu"]),
    (Contract::Pkwtt, &["pkwtt", "tetap", "permanent"]),
    (Contract::Daily, &["daily", "harian", "harianlepas"]),
    (Contract::PieceWork, &["piecework", "borongan", "potongan"]),
    (Contract::Outsourced, &["outsourced", "alihdaya", "outsourcing"]),
];

/// One vacancy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VacancyRow {
    /// The row in the spreadsheet.
    pub row: u32,
    /// The company as written; whether it is a partner, the caller knows.
    pub employer_name: String,
    /// Title.
    pub title: String,
    /// Seats.
    pub positions: u16,
    /// The district as written.
    pub district_text: Option<String>,
    /// The district, where the text names exactly one.
    pub district: Option<RegionCode>,
    /// First day of work.
    pub starts_on: Option<NaiveDate>,
    /// Last day of applying.
    pub closes_on: Option<NaiveDate>,
    /// Least wage.
    pub wage_min: Option<Rupiah>,
    /// Most wage.
    pub wage_max: Option<Rupiah>,
    /// What one wage pays for.
    pub wage_unit: Option<WageUnit>,
    /// How people are employed.
    pub contract: Option<Contract>,
    /// Requirements, a line each.
    pub requirements: Vec<String>,
}

/// Reads a list of vacancies; `regions` finds districts by name or code.
pub fn parse(table: &Table, regions: &FindRegion<'_>) -> Parsed<VacancyRow> {
    let found = header::find(table, SheetKind::Vacancies);
    let mut problems = found.problems;
    let mut rows = Vec::new();
    for row in found.body {
        let mut fields = Fields::new(SheetKind::Vacancies, &found.map, row, table.serial_shift, &mut problems);
        rows.extend(vacancy(&mut fields, regions));
    }
    Parsed { rows, problems, ignored_columns: found.map.ignored }
}

fn vacancy(fields: &mut Fields<'_>, regions: &FindRegion<'_>) -> Option<VacancyRow> {
    let employer_name = fields.required(Column::Employer, 200);
    let title = fields.required(Column::Title, 200);
    fields.required(Column::Positions, 20);
    let positions = fields.integer(Column::Positions, 1, 10_000).and_then(|seats| u16::try_from(seats).ok());
    let district_text = fields.text(Column::District, 120);
    let regency = fields.text(Column::Regency, 120).unwrap_or_default();
    let district = district_text.as_deref().and_then(|text| fields.district(Column::District, text, &regency, regions));
    let (wage_min, wage_max) = wages(fields);
    let row = VacancyRow {
        row: fields.number(),
        employer_name: employer_name?,
        title: title?,
        positions: positions?,
        district_text,
        district,
        starts_on: fields.date(Column::StartsOn),
        closes_on: fields.date(Column::ClosesOn),
        wage_min,
        wage_max,
        wage_unit: fields.choice(Column::WageUnit, &WAGE_UNITS, choices("bulan, hari, jam, potong")),
        contract: fields.choice(Column::Contract, &CONTRACTS, choices("PKWT, PKWTT, harian, borongan, alih daya")),
        requirements: fields.text(Column::Requirements, 2_000).map(|text| parts(&text, &[';', '\n'])).unwrap_or_default(),
    };
    fields.accept(row)
}

fn wages(fields: &mut Fields<'_>) -> (Option<Rupiah>, Option<Rupiah>) {
    let (least, most) = (fields.money(Column::WageMin), fields.money(Column::WageMax));
    if let (Some(least), Some(most)) = (least, most)
        && most < least
    {
        fields.complain(Column::WageMax, RowProblem::RangeReversed);
    }
    (least, most)
}

fn choices(words: &str) -> RowProblem {
    RowProblem::ChoiceNotUnderstood { choices: words.to_owned() }
}
