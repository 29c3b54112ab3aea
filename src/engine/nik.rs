//! The national identity number: 16 digits, never a number.

use chrono::{Datelike, NaiveDate};

/// A NIK: 16 digits, meant as 6 region digits, DDMMYY (women DD+40), 4 serial digits. It has no check digit.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nik(String);

/// Why a NIK was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NikProblem {
    /// It came as a number, so a spreadsheet may have lost its last digit.
    #[error("read as a number, digits may be lost")]
    ReadAsNumber,
    /// Not 16 digits.
    #[error("not 16 digits")]
    NotSixteenDigits,
}

impl Nik {
    /// Reads 16 digits, allowing spaces, dots, dashes and a leading apostrophe between them.
    pub fn parse(text: &str) -> Result<Self, NikProblem> {
        let text = text.trim();
        if text.contains(['e', 'E']) && text.contains(['+', '.', ',']) {
            return Err(NikProblem::ReadAsNumber);
        }
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\'' | '\u{a0}' | '\u{2019}')).collect();
        if digits.len() != 16 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NikProblem::NotSixteenDigits);
        }
        Ok(Self(digits))
    }

    /// The 16 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How a NIK is shown to anyone: `************0001`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("************{}", self.0.get(12..).unwrap_or_default())
    }

    /// Whether a birth date agrees with the date digits (the century is not written).
    #[must_use]
    pub fn agrees_with(&self, born: NaiveDate) -> bool {
        let (day, month, year) = self.date_digits();
        let day = if day > 40 { day - 40 } else { day };
        day == born.day() && month == born.month() && i64::from(year) == i64::from(born.year().rem_euclid(100))
    }

    fn date_digits(&self) -> (u32, u32, u32) {
        let two = |from: usize| self.0.get(from..from + 2).and_then(|d| d.parse().ok()).unwrap_or(0);
        (two(6), two(8), two(10))
    }

    /// Whether the date digits name a day. Real cards exist on which they do not, so this is a doubt and never a refusal.
    #[must_use]
    pub fn has_a_day(&self) -> bool {
        let (day, month, year) = self.date_digits();
        let day = if day > 40 { day - 40 } else { day };
        let centuries = [1900, 2000];
        centuries.iter().any(|century| i32::try_from(year).ok().and_then(|y| NaiveDate::from_ymd_opt(century + y, month, day)).is_some())
    }
}

impl std::fmt::Debug for Nik {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Nik({})", self.masked())
    }
}
