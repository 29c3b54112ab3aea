//! Dates as Indonesian forms write them, and the office's zone.
//!
//! A date in a spreadsheet has no zone; day comes before month, always. The engine reads no clock.

use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use crate::coded_enum;

coded_enum! {
    /// One of the three time zones of Indonesia.
    pub enum Zone {
        /// UTC+7, western Indonesia.
        Wib = "WIB",
        /// UTC+8, central Indonesia.
        Wita = "WITA",
        /// UTC+9, eastern Indonesia.
        Wit = "WIT",
    }
}

impl Zone {
    fn offset(self) -> FixedOffset {
        let hours = match self {
            Self::Wib => 7,
            Self::Wita => 8,
            Self::Wit => 9,
        };
        FixedOffset::east_opt(hours * 3600).unwrap_or_else(|| FixedOffset::east_opt(0).unwrap_or(chrono::offset::Offset::fix(&Utc)))
    }

    /// The calendar day of an instant, as people in this zone live it.
    #[must_use]
    pub fn day_of(self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.offset()).date_naive()
    }

    /// Date and clock of an instant, as people in this zone read them.
    #[must_use]
    pub fn local(self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.offset()).naive_local()
    }

    /// The last instant of a day in this zone (23:59:59), when deadlines end.
    #[must_use]
    pub fn end_of(self, day: NaiveDate) -> DateTime<Utc> {
        let end = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or(NaiveTime::MIN);
        match self.offset().from_local_datetime(&day.and_time(end)).single() {
            Some(instant) => instant.with_timezone(&Utc),
            None => day.and_time(end).and_utc(),
        }
    }
}

/// Why a written date was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    /// The year has two digits; guessing the century makes people born in the future.
    #[error("the year needs four digits")]
    TwoDigitYear,
    /// No such day in the calendar.
    #[error("no such day in the calendar")]
    NoSuchDay,
    /// Not written as a date at all.
    #[error("not a date")]
    NotADate,
}

const MONTHS: [(&str, u32); 36] = [
    ("januari", 1),
    ("februari", 2),
    ("maret", 3),
    ("april", 4),
    ("mei", 5),
    ("juni", 6),
    ("juli", 7),
    ("agustus", 8),
    ("september", 9),
    ("oktober", 10),
    ("november", 11),
    ("desember", 12),
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("october", 10),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("agu", 8),
    ("agt", 8),
    ("aug", 8),
    ("sep", 9),
    ("okt", 10),
    ("oct", 10),
    ("nov", 11),
    ("nop", 11),
    ("des", 12),
];

/// Reads `2025-01-28`, `28/01/2025`, `28-1-2025`, `28.01.2025` or `28 Januari 2025` (or English month names).
///
/// Day always comes before month in the slashed forms: it is declared, never inferred from the values.
pub fn parse_date(text: &str) -> Result<NaiveDate, DateProblem> {
    let text = text.trim();
    let parts: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ',')).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else {
        return Err(DateProblem::NotADate);
    };
    if is_digits(first) && first.len() == 4 && is_digits(second) && is_digits(third) {
        return civil(first, number(second)?, third);
    }
    if !is_digits(first) || first.len() > 2 || !is_digits(third) {
        return Err(DateProblem::NotADate);
    }
    let month = if is_digits(second) { number(second)? } else { month_named(second)? };
    if third.len() != 4 {
        return Err(DateProblem::TwoDigitYear);
    }
    civil(third, month, first)
}

/// The day of a spreadsheet's date serial (1900 system, day 60 being its phantom 29 February).
///
/// Serial 36526 is 2000-01-01 whatever zone the machine stands in.
#[must_use]
pub fn date_of_serial(serial: f64) -> Option<NaiveDate> {
    if !serial.is_finite() || !(1.0..=2_958_465.0).contains(&serial) {
        return None;
    }
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let whole = format!("{:.0}", serial.floor()).parse::<i64>().ok()?;
    let shift = i64::from(whole < 60);
    epoch.checked_add_signed(Duration::days(whole + shift))
}

/// Full years between two days.
#[must_use]
pub fn age_on(born: NaiveDate, today: NaiveDate) -> i32 {
    let before_birthday = (today.month(), today.day()) < (born.month(), born.day());
    today.year() - born.year() - i32::from(before_birthday)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn number(text: &str) -> Result<u32, DateProblem> {
    text.parse().map_err(|_too_long| DateProblem::NotADate)
}

/// The number of a month by its Indonesian or English name, or the short form of it.
pub(in crate::engine) fn month_named(text: &str) -> Result<u32, DateProblem> {
    let lower = text.to_lowercase();
    MONTHS.iter().find(|(name, _)| *name == lower).map(|(_, month)| *month).ok_or(DateProblem::NotADate)
}

fn civil(year: &str, month: u32, day: &str) -> Result<NaiveDate, DateProblem> {
    let year: i32 = year.parse().map_err(|_too_long| DateProblem::NotADate)?;
    NaiveDate::from_ymd_opt(year, month, number(day)?).ok_or(DateProblem::NoSuchDay)
}
