//! Days as adverts write them: `1 Des`, `5/12/26`, `minggu depan`, `akhir bulan`, `secepatnya`; counted from a day that the caller gives.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::line::Line;
use crate::engine::day::month_named;

/// What a text says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// This day of the calendar.
    Date(NaiveDate),
    /// A day and month without a year.
    DayOf { month: u32, day: u32 },
    /// A day of the month.
    Day(u32),
    /// At the beginning, in the middle or at the end of a month.
    Within { month: Month, part: Part },
    /// So many days on.
    In(u64),
    /// The next such day of the week.
    On(Weekday),
}

/// A month by name or by distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Month {
    Named(u32),
    Ahead(u32),
}

/// A part of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Start,
    Middle,
    End,
}

impl Said {
    /// The day that is meant on `as_of`; a day and month without a year are those nearest ahead, or at most two months past.
    pub(super) fn on(self, as_of: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => Some(date),
            Self::DayOf { month, day } => near(as_of, |year| NaiveDate::from_ymd_opt(year, month, day)),
            Self::Day(day) => (0..3)
                .filter_map(|ahead| as_of.with_day(1)?.checked_add_months(Months::new(ahead))?.with_day(day))
                .find(|date| *date >= as_of),
            Self::Within { month: Month::Named(month), part } => near(as_of, |year| part.of(NaiveDate::from_ymd_opt(year, month, 1)?)),
            Self::Within { month: Month::Ahead(ahead), part } => part.of(as_of.with_day(1)?.checked_add_months(Months::new(ahead))?),
            Self::In(days) => as_of.checked_add_days(Days::new(days)),
            Self::On(weekday) => as_of.iter_days().skip(1).find(|date| date.weekday() == weekday),
        }
    }
}

impl Part {
    fn of(self, first: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Start => Some(first),
            Self::Middle => first.with_day(15),
            Self::End => first.checked_add_months(Months::new(1))?.pred_opt(),
        }
    }
}

fn near(as_of: NaiveDate, in_year: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
    let earliest = as_of.checked_sub_days(Days::new(60))?;
    (as_of.year() - 1..=as_of.year() + 8).filter_map(in_year).find(|date| *date >= earliest)
}

/// Words that may stand before a day: `pada tanggal 1`, `hari Senin`.
const LEADING: &[&str] = &["pada", "hari", "tanggal", "di", "dari", "bulan", "on", "per"];

/// The day written at a place, and where it ends.
pub(super) fn read(line: Line<'_>, place: usize) -> Option<(usize, Said)> {
    let start = place + line.run(place, LEADING);
    let dated = start > place && (place..start).any(|at| line.said(at) == "tanggal");
    written(line, start)
        .or_else(|| relative(line, start))
        .or_else(|| relative(line, place))
        .or_else(|| month_part(line, place))
        .or_else(|| month_part(line, start))
        .or_else(|| weekday(line, start))
        .or_else(|| line.number(start).filter(|day| dated && (1..=31).contains(day)).map(|day| (start + 1, Said::Day(day))))
}

/// `1 Des 2026`, `1 Des`, `1/12/2026`, `1-12-26`, `2026-12-01`, `Dec 1`.
fn written(line: Line<'_>, place: usize) -> Option<(usize, Said)> {
    let said = line.said(place);
    let parts: Vec<&str> = said.split(['/', '.']).collect();
    match parts.as_slice() {
        [day, month, year] => return Some((place + 1, dated(day, month, year)?)),
        [day, month] if said.contains('/') => return Some((place + 1, day_of(day, month)?)),
        _ => {}
    }
    let dashed = |at: usize| line.gap(at).trim() == "-" && line.number(at).is_some();
    if said.len() <= 4 && line.number(place).is_some() && dashed(place + 1) && dashed(place + 2) {
        let (second, third) = (line.said(place + 1), line.said(place + 2));
        let date = if said.len() == 4 { dated(third, second, said)? } else { dated(said, second, third)? };
        return Some((place + 3, date));
    }
    let (day, month) = match (line.number(place), month_named(line.said(place)).ok()) {
        (Some(day), _) => (day, month_named(line.said(place + 1)).ok()?),
        (None, Some(month)) => (line.number(place + 1).filter(|day| *day <= 31)?, month),
        (None, None) => return None,
    };
    let year = line.number(place + 2).filter(|year| (2000..=2100).contains(year)).and_then(|year| i32::try_from(year).ok());
    match year {
        Some(year) => Some((place + 3, Said::Date(NaiveDate::from_ymd_opt(year, month, day)?))),
        None => (1..=31).contains(&day).then_some((place + 2, Said::DayOf { month, day })),
    }
}

fn dated(day: &str, month: &str, year: &str) -> Option<Said> {
    let year: i32 = year.parse().ok()?;
    let year = if year < 100 { 2000 + year } else { year };
    let date = NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)?;
    (2000..=2100).contains(&year).then_some(Said::Date(date))
}

fn day_of(day: &str, month: &str) -> Option<Said> {
    let (day, month): (u32, u32) = (day.parse().ok()?, month.parse().ok()?);
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(Said::DayOf { month, day })
}

fn relative(line: Line<'_>, place: usize) -> Option<(usize, Said)> {
    let next = line.said(place + 1);
    let pair = |said: Said| Some((place + 2, said));
    match line.said(place) {
        "secepatnya" => Some((place + 1, Said::In(0))),
        "segera" | "sekarang" | "now" => Some((place + 1, Said::In(0))),
        "besok" | "tomorrow" => Some((place + 1, Said::In(1))),
        "lusa" => Some((place + 1, Said::In(2))),
        "hari" if next == "ini" => pair(Said::In(0)),
        "minggu" if next == "depan" => pair(Said::On(Weekday::Mon)),
        "next" if next == "minggu" => pair(Said::On(Weekday::Mon)),
        "bulan" if next == "depan" => pair(Said::Within { month: Month::Ahead(1), part: Part::Start }),
        "next" if next == "bulan" => pair(Said::Within { month: Month::Ahead(1), part: Part::Start }),
        _ => None,
    }
}

/// `awal Desember`, `akhir bulan`, `pertengahan bulan depan`, `bulan Desember`, `Desember 2026`.
fn month_part(line: Line<'_>, place: usize) -> Option<(usize, Said)> {
    let part = match line.said(place) {
        "awal" | "early" => Some(Part::Start),
        "pertengahan" | "tengah" | "mid" => Some(Part::Middle),
        "akhir" | "end" => Some(Part::End),
        _ => None,
    };
    let mut at = place + usize::from(part.is_some());
    at += usize::from(part.is_some() && line.said(at) == "of");
    let named = usize::from(line.said(at) == "bulan");
    let part = part.or((named == 1).then_some(Part::Start));
    if let Ok(month) = month_named(line.said(at + named)) {
        let end = at + named + 1;
        let year = line.number(end).filter(|year| (2000..=2100).contains(year)).and_then(|year| i32::try_from(year).ok());
        let part = part.unwrap_or(Part::Start);
        return match year {
            Some(year) => Some((end + 1, Said::Date(part.of(NaiveDate::from_ymd_opt(year, month, 1)?)?))),
            None => Some((end, Said::Within { month: Month::Named(month), part })),
        };
    }
    let part = part.filter(|_| at > place && named == 1)?;
    let (ahead, length) = match line.said(at + 1) {
        "depan" => (1, 2),
        "ini" => (0, 2),
        _ => (0, 1),
    };
    Some((at + length, Said::Within { month: Month::Ahead(ahead), part }))
}

fn weekday(line: Line<'_>, place: usize) -> Option<(usize, Said)> {
    let day = match line.said(place) {
        "senin" | "monday" => Weekday::Mon,
        "selasa" | "tuesday" => Weekday::Tue,
        "rabu" | "wednesday" => Weekday::Wed,
        "kamis" | "thursday" => Weekday::Thu,
        "jumat" | "friday" => Weekday::Fri,
        "sabtu" | "saturday" => Weekday::Sat,
        "ahad" | "sunday" => Weekday::Sun,
        _ => return None,
    };
    Some((place + 1 + usize::from(matches!(line.said(place + 1), "depan" | "ini" | "besok")), Said::On(day)))
}
