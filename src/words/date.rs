//! Days in words, as letters and pages write them.

use chrono::{Datelike, NaiveDate};

use crate::words::Language;

const INDONESIAN: [&str; 12] =
    ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const ENGLISH: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `1 Desember 2026`, `1 December 2026`. A date has no zone; whoever names a deadline names the zone beside it.
#[must_use]
pub fn in_words(day: NaiveDate, language: Language) -> String {
    let months = match language {
        Language::Indonesian => &INDONESIAN,
        Language::English => &ENGLISH,
    };
    let month = usize::try_from(day.month0()).ok().and_then(|month| months.get(month)).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}
