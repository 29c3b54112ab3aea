//! Which trade a unit is of, as a question may name it: by its sector, or else by what the titles beside it in its standard speak of.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::catalogue::Unit;
use crate::engine::text::{root, terms, tokens};

/// A standard with fewer units says nothing of its trade.
const LEAST_UNITS: usize = 6;
/// A root names the trade of a standard if this share of its titles holds it, this many times as large a share as of the others.
const OFTEN: f32 = 0.3;
const OFTENER: f32 = 4.0;

/// What a sector's name is told apart by: `Garmen/menjahit` -> garmen, jahit.
pub(super) fn of_sector(sector: &str) -> Vec<String> {
    const COMMON: [&str; 7] = ["tik", "industri", "sistem", "dan", "kelola", "barang", "kerja"];
    tokens(sector).iter().map(|token| root(token)).filter(|word| !COMMON.contains(&word.as_str())).collect()
}

/// What the trade of each unit is told apart by.
pub(super) fn of_units(units: &[Unit]) -> Vec<Vec<String>> {
    let mut everywhere: FxHashMap<String, usize> = FxHashMap::default();
    let mut standards: FxHashMap<&str, (usize, FxHashMap<String, usize>)> = FxHashMap::default();
    for unit in units.iter().filter(|unit| unit.sector.is_empty()) {
        let (size, held) = standards.entry(standard(unit.code.as_str())).or_default();
        *size += 1;
        for root in terms(&unit.title).into_iter().collect::<FxHashSet<String>>() {
            *everywhere.entry(root.clone()).or_default() += 1;
            *held.entry(root).or_default() += 1;
        }
    }
    let share = |part: usize, whole: usize| fraction(part) / fraction(whole.max(1));
    let named = |unit: &Unit| {
        let Some((size, held)) = standards.get(standard(unit.code.as_str())).filter(|(size, _)| *size >= LEAST_UNITS) else {
            return Vec::new();
        };
        let telling = |(root, times): (&String, &usize)| {
            let often = share(*times, *size);
            let elsewhere = everywhere.get(root).copied().unwrap_or(0).saturating_sub(*times);
            let usual = share(elsewhere, units.len().saturating_sub(*size));
            (often >= OFTEN && often >= OFTENER * usual).then(|| root.clone())
        };
        let mut named: Vec<String> = held.iter().filter_map(telling).collect();
        named.sort_unstable();
        named
    };
    units.iter().map(|unit| if unit.sector.is_empty() { named(unit) } else { of_sector(&unit.sector) }).collect()
}

/// The part of a code that its standard's units have in common: `JIP` of `JIP.SM02.011.01`, `C.14GMT` of `C.14GMT06.010.1`.
fn standard(code: &str) -> &str {
    match code.split_once('.') {
        Some((head, rest)) if head.len() == 1 => code.get(..head.len() + 1 + rest.len().min(5)).unwrap_or(code),
        Some((head, _)) => head,
        None => code,
    }
}

fn fraction(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}
