//! The facts that ship in the binary: units, schemes, occupations, industries, regions, wages.
//!
//! They are read once, on first use, from `data/` (sources in `data/PROVENANCE.md`). Nothing is corrected here: a fact is what its
//! source says, and an office's import overlays it elsewhere (`catalogue`, `regions`).

pub mod table;

use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::engine::geo::{Point, RegionCode};
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;

/// A competency unit as its source states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFact {
    /// The canonical code; `None` where only the title was seen.
    pub code: Option<UnitCode>,
    /// The code as the source writes it; empty where there is none.
    pub written: String,
    /// The title.
    pub title: String,
    /// The same title as other sources write it.
    pub title_variants: Vec<String>,
    /// The decree, where known.
    pub decree: Option<String>,
    /// The trade it belongs to, in the words of the list.
    pub sector: String,
    /// Which kind of source it is from.
    pub source: String,
}

/// A certification scheme: a named set of units that a certification body offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeFact {
    /// The body's code.
    pub code: String,
    /// The name.
    pub title: String,
    /// `OKUPASI`, `KLASTER` or `KKNI`, as published.
    pub kind: String,
    /// The field of work.
    pub field: String,
    /// The profession.
    pub profession: String,
}

/// An occupation of KBJI 2014; its first four digits are those of ISCO-08.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccupationFact {
    /// `7531.01`, or one to four digits for a group.
    pub kbji: String,
    /// The title.
    pub title: String,
}

/// An industry of KBLI 2020.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndustryFact {
    /// A section's letter or a class's five digits.
    pub kbli: String,
    /// The title.
    pub title: String,
}

/// A province, regency or district.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionFact {
    /// The Kemendagri code.
    pub code: RegionCode,
    /// Its name.
    pub name: String,
    /// The regency it lies in; empty for a regency or province.
    pub regency: String,
    /// The province it lies in or is.
    pub province: String,
    /// Its centroid.
    pub point: Point,
}

/// A minimum wage by the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WageFact {
    /// The regency.
    pub region: RegionCode,
    /// The year it was set for.
    pub year: i32,
    /// The trade, for a sectoral wage (UMSK); `None` for the regency's own (UMK).
    pub sector: Option<String>,
    /// Rupiah a month.
    pub amount: Rupiah,
    /// The first day it applies.
    pub valid_from: NaiveDate,
    /// The decree.
    pub basis: String,
}

static UNITS: LazyLock<Vec<UnitFact>> = LazyLock::new(|| table::read(include_str!("../../../data/skkni/units.csv"), unit));
static SCHEMES: LazyLock<Vec<SchemeFact>> =
    LazyLock::new(|| table::read(include_str!("../../../data/skkni/schemes_lsp_blk_surabaya_2026.csv"), scheme));
static OCCUPATIONS: LazyLock<Vec<OccupationFact>> =
    LazyLock::new(|| table::read(include_str!("../../../data/bps/kbji2014.csv"), occupation));
static INDUSTRIES: LazyLock<Vec<IndustryFact>> = LazyLock::new(|| {
    let mut all = table::read(include_str!("../../../data/bps/kbli_sections.csv"), industry);
    all.extend(table::read(include_str!("../../../data/bps/kbli_garment.csv"), industry));
    all
});
static REGIONS: LazyLock<Vec<RegionFact>> = LazyLock::new(|| {
    let mut all = table::read(include_str!("../../../data/wilayah/provinces_regencies.csv"), region);
    all.extend(table::read(include_str!("../../../data/wilayah/districts.csv"), region));
    all
});
static WAGES: LazyLock<Vec<WageFact>> = LazyLock::new(|| table::read(include_str!("../../../data/wages/umk_jatim_2026.csv"), wage));

/// Every unit, in file order.
#[must_use]
pub fn units() -> &'static [UnitFact] {
    &UNITS
}

/// Every scheme, in file order.
#[must_use]
pub fn schemes() -> &'static [SchemeFact] {
    &SCHEMES
}

/// Every occupation and occupation group, in code order.
#[must_use]
pub fn occupations() -> &'static [OccupationFact] {
    &OCCUPATIONS
}

/// The sections of KBLI 2020 and the classes of the garment trade.
#[must_use]
pub fn industries() -> &'static [IndustryFact] {
    &INDUSTRIES
}

/// Provinces and regencies, then districts.
#[must_use]
pub fn regions() -> &'static [RegionFact] {
    &REGIONS
}

/// Every minimum wage, in file order.
#[must_use]
pub fn wages() -> &'static [WageFact] {
    &WAGES
}

fn unit(row: &table::Row<'_>) -> Option<UnitFact> {
    let title = row.filled("title")?;
    Some(UnitFact {
        code: UnitCode::parse(row.get("code")),
        written: row.get("code").to_owned(),
        title,
        title_variants: row.get("title_variants").split("||").map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned).collect(),
        decree: row.filled("decree"),
        sector: row.get("sector").to_owned(),
        source: row.get("source").to_owned(),
    })
}

fn scheme(row: &table::Row<'_>) -> Option<SchemeFact> {
    Some(SchemeFact {
        code: row.filled("code")?,
        title: row.filled("title")?,
        kind: row.get("kind").to_owned(),
        field: row.get("field").to_owned(),
        profession: row.get("profession").to_owned(),
    })
}

fn occupation(row: &table::Row<'_>) -> Option<OccupationFact> {
    Some(OccupationFact { kbji: row.filled("code")?, title: row.filled("title")? })
}

fn industry(row: &table::Row<'_>) -> Option<IndustryFact> {
    Some(IndustryFact { kbli: row.filled("code")?, title: row.filled("title")? })
}

fn region(row: &table::Row<'_>) -> Option<RegionFact> {
    let point = Point { latitude: row.get("latitude").parse().ok()?, longitude: row.get("longitude").parse().ok()? };
    Some(RegionFact {
        code: RegionCode::parse(row.get("code"))?,
        name: row.filled("name")?,
        regency: row.get("regency").to_owned(),
        province: row.get("province").to_owned(),
        point,
    })
}

fn wage(row: &table::Row<'_>) -> Option<WageFact> {
    let kind = row.get("kind");
    Some(WageFact {
        region: RegionCode::parse(row.get("region"))?,
        year: row.get("year").parse().ok()?,
        sector: kind.strip_prefix("UMSK").map(|sector| sector.trim().to_owned()),
        amount: row.get("rupiah_per_month").parse().ok().and_then(Rupiah::new)?,
        valid_from: row.get("valid_from").parse().ok()?,
        basis: row.get("basis").to_owned(),
    })
}
