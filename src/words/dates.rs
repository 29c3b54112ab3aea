//! Days and deadlines in words.

use chrono::{Datelike as _, NaiveDate};

use crate::engine::day::Zone;
use crate::words::Language;

const MONTHS_ID: [&str; 12] =
    ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `2 Desember 2026`, or `2 December 2026`.
#[must_use]
pub fn day(day: NaiveDate, language: Language) -> String {
    let months = match language {
        Language::Indonesian => MONTHS_ID,
        Language::English => MONTHS_EN,
    };
    let month = usize::try_from(day.month0()).ok().and_then(|at| months.get(at)).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// The last moment of a day, with its zone: `1 Desember 2026 pukul 23.59 WIB`, or `1 December 2026, 23:59 WIB`.
#[must_use]
pub fn deadline(last: NaiveDate, zone: Zone, language: Language) -> String {
    match language {
        Language::Indonesian => format!("{} pukul 23.59 {zone}", day(last, language)),
        Language::English => format!("{}, 23:59 {zone}", day(last, language)),
    }
}

/// A closing day with its zone: `12 Desember 2026 (WIB)`. No clock of server or reader touches it.
#[must_use]
pub fn closing(last: NaiveDate, zone: Zone, language: Language) -> String {
    format!("{} ({zone})", day(last, language))
}
