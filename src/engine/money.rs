//! Whole rupiah.

use crate::coded_enum;

/// An amount in whole rupiah, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rupiah(i64);

impl Rupiah {
    /// The largest amount we take for a wage or a cost: a hundred billion.
    pub const MAX: i64 = 100_000_000_000;

    /// Takes 0 to [`Rupiah::MAX`].
    #[must_use]
    pub fn new(amount: i64) -> Option<Self> {
        (0..=Self::MAX).contains(&amount).then_some(Self(amount))
    }

    /// The amount.
    #[must_use]
    pub fn amount(self) -> i64 {
        self.0
    }

    /// Reads `Rp3.250.000`, `3250000`, `3.250.000,00` as people type them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("Rp").or_else(|| text.strip_prefix("rp")).or_else(|| text.strip_prefix("RP")).unwrap_or(text);
        let text = text.trim_start_matches('.').trim();
        let whole = text.strip_suffix(",00").or_else(|| text.strip_suffix(",-")).unwrap_or(text);
        let digits: String = whole.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
        (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten().and_then(Self::new)
    }
}

impl std::fmt::Display for Rupiah {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.0.to_string();
        formatter.write_str("Rp")?;
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                formatter.write_str(".")?;
            }
            write!(formatter, "{digit}")?;
        }
        Ok(())
    }
}

coded_enum! {
    /// What one wage pays for.
    pub enum WageUnit {
        /// A month of full-time work.
        Month = "month",
        /// A day.
        Day = "day",
        /// An hour.
        Hour = "hour",
        /// A piece.
        Piece = "piece",
    }
}

impl WageUnit {
    /// The wage as rupiah a month, or `None` for piece work, which cannot be compared.
    ///
    /// 25 working days a month and 173 hours a month (PP 36/2021 art. 17; Kepmenaker 102/2004 art. 8).
    #[must_use]
    pub fn monthly(self, wage: Rupiah) -> Option<Rupiah> {
        let times = match self {
            Self::Month => 1,
            Self::Day => 25,
            Self::Hour => 173,
            Self::Piece => return None,
        };
        wage.0.checked_mul(times).and_then(Rupiah::new)
    }
}
