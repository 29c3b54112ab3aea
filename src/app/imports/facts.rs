//! Importing facts for everybody: units, schemes, regions, minimum wages. The later file wins.

use crate::app::error::AppError;
use crate::app::imports::job::{ImportRequest, Outcome, Progress};
use crate::app::imports::reading::complaints;
use crate::app::imports::report::Counts;
use crate::app::work::Work;
use crate::sheet::participants::Parsed;
use crate::sheet::regions::RegionRow;
use crate::sheet::schemes::SchemeRow;
use crate::sheet::units::UnitRow;
use crate::sheet::wages::WageRow;
use crate::store::entity::{minimum_wage, region, scheme, unit};
use crate::store::{catalogue, id};

/// How many rows are written between two notes of progress.
const STEP: usize = 1_000;

/// Imports competency units.
pub(super) async fn units(
    work: &Work<'_>,
    request: &ImportRequest,
    parsed: &Parsed<UnitRow>,
    progress: &Progress,
) -> Result<Outcome, AppError> {
    let known = work.app.knowledge();
    let same = |row: &UnitRow| {
        known.catalogue.get(&row.code).is_some_and(|unit| {
            let same_sector = row.sector.as_ref().is_none_or(|sector| *sector == unit.sector);
            unit.title == row.title && same_sector && (row.decree.is_none() || row.decree == unit.decree)
        })
    };
    let seen = |row: &UnitRow| known.catalogue.get(&row.code).is_some();
    let stored = |row: &UnitRow| unit::Model {
        code: row.code.as_str().to_owned(),
        family: row.code.family().to_owned(),
        edition: i32::from(row.code.version()),
        written: row.typed.clone(),
        title: row.title.clone(),
        sector: row.sector.clone(),
        decree: row.decree.clone(),
        source: row.source.clone().or_else(|| Some(request.file_name.clone())),
        official: row.code.is_official(),
        updated_at: work.now,
        version: 1,
    };
    let (outcome, rows) = sorted(request, parsed, seen, same, stored);
    if let Some(rows) = rows {
        progress.of(rows.len());
        for (step, chunk) in rows.chunks(STEP).enumerate() {
            catalogue::put_units(work.tx, chunk.to_vec()).await?;
            progress.reach(step * STEP + chunk.len());
        }
        taught(work);
    }
    Ok(outcome)
}

/// Imports certification schemes.
pub(super) async fn schemes(
    work: &Work<'_>,
    request: &ImportRequest,
    parsed: &Parsed<SchemeRow>,
    progress: &Progress,
) -> Result<Outcome, AppError> {
    let known = work.app.knowledge();
    let find = |row: &SchemeRow| known.catalogue.schemes().iter().find(|scheme| scheme.code == row.code);
    let same = |row: &SchemeRow| find(row).is_some_and(|scheme| scheme.title == row.title && row.units.is_empty());
    let stored = |row: &SchemeRow| scheme::Model {
        code: row.code.clone(),
        title: row.title.clone(),
        kind: row.kind.map(|kind| kind.code().to_owned()),
        sector: row.sector.clone(),
        unit_codes: row.units.iter().map(|code| serde_json::Value::from(code.as_str())).collect(),
        source: Some(request.file_name.clone()),
        updated_at: work.now,
        version: 1,
    };
    let (outcome, rows) = sorted(request, parsed, |row| find(row).is_some(), same, stored);
    if let Some(rows) = rows {
        progress.of(rows.len());
        for (step, chunk) in rows.chunks(STEP).enumerate() {
            catalogue::put_schemes(work.tx, chunk.to_vec()).await?;
            progress.reach(step * STEP + chunk.len());
        }
        taught(work);
    }
    Ok(outcome)
}

/// Imports regions.
pub(super) async fn regions(
    work: &Work<'_>,
    request: &ImportRequest,
    parsed: &Parsed<RegionRow>,
    progress: &Progress,
) -> Result<Outcome, AppError> {
    let known = work.app.knowledge();
    let find = |row: &RegionRow| known.regions.get(&row.code);
    let same = |row: &RegionRow| find(row).is_some_and(|fact| fact.name == row.name && row.point.is_none_or(|point| point == fact.point));
    let stored = |row: &RegionRow| region::Model {
        code: row.code.as_str().to_owned(),
        name: row.name.clone(),
        latitude: row.point.or_else(|| find(row).map(|fact| fact.point)).map(|point| point.latitude),
        longitude: row.point.or_else(|| find(row).map(|fact| fact.point)).map(|point| point.longitude),
        updated_at: work.now,
    };
    let (outcome, rows) = sorted(request, parsed, |row| find(row).is_some(), same, stored);
    if let Some(rows) = rows {
        progress.of(rows.len());
        for (step, chunk) in rows.chunks(STEP).enumerate() {
            catalogue::put_regions(work.tx, chunk.to_vec()).await?;
            progress.reach(step * STEP + chunk.len());
        }
        taught(work);
    }
    Ok(outcome)
}

/// Imports minimum wages.
pub(super) async fn wages(
    work: &Work<'_>,
    request: &ImportRequest,
    parsed: &Parsed<WageRow>,
    progress: &Progress,
) -> Result<Outcome, AppError> {
    let known = work.app.knowledge();
    let find = |row: &WageRow| known.regions.minimum_wage(&row.region, row.valid_from).filter(|_| sector_of(row).is_empty()).cloned();
    let same = |row: &WageRow| find(row).is_some_and(|fact| fact.amount == row.monthly && fact.valid_from == row.valid_from);
    let stored = |row: &WageRow| minimum_wage::Model {
        id: id::fresh(),
        region_code: row.region.as_str().to_owned(),
        sector: sector_of(row),
        year: row.year,
        amount: row.monthly.amount(),
        valid_from: row.valid_from,
        basis: row.decree.clone(),
        source: row.source.clone().or_else(|| Some(request.file_name.clone())),
    };
    let (outcome, rows) = sorted(request, parsed, |row| find(row).is_some(), same, stored);
    if let Some(rows) = rows {
        progress.of(rows.len());
        catalogue::put_wages(work.tx, rows).await?;
        taught(work);
    }
    Ok(outcome)
}

/// The sector of a sectoral wage (UMSK); empty for the wage of a whole regency or province.
fn sector_of(row: &WageRow) -> String {
    row.kind.as_deref().filter(|kind| kind.to_uppercase().starts_with("UMS")).unwrap_or_default().to_owned()
}

/// Sorts rows into new, changed and known, and gives those to be written, if any are to be.
fn sorted<R, M>(
    request: &ImportRequest,
    parsed: &Parsed<R>,
    known: impl Fn(&R) -> bool,
    same: impl Fn(&R) -> bool,
    stored: impl Fn(&R) -> M,
) -> (Outcome, Option<Vec<M>>) {
    let (report, rejected) = complaints(parsed);
    let mut counts = Counts { total: parsed.rows.len() + rejected, rejected, ..Counts::default() };
    let mut rows = Vec::new();
    for row in &parsed.rows {
        if same(row) {
            counts.unchanged += 1;
            continue;
        }
        if known(row) {
            counts.updated += 1;
        } else {
            counts.created += 1;
        }
        rows.push(stored(row));
    }
    let refused = rejected > 0 && !request.partial;
    if refused {
        counts = Counts { total: counts.total, rejected, ..Counts::default() };
    }
    let write = !refused && !request.dry_run && !rows.is_empty();
    (Outcome { counts, report, rejected: refused }, write.then_some(rows))
}

/// Every process reads the catalogue anew.
pub(super) fn taught(work: &Work<'_>) {
    work.changed("catalogue", uuid::Uuid::nil(), None);
}
