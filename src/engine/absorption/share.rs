//! A rate as two whole numbers. It is never a float and never stands without its denominator.

/// A numerator over a denominator, both counts of people or seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    /// Those counted.
    pub numerator: u32,
    /// Out of how many.
    pub denominator: u32,
}

impl Share {
    /// Percent in hundredths, rounded half up: 8 of 13 is 6154, printed 61.54 %. `None` out of nobody.
    #[must_use]
    pub fn hundredths(self) -> Option<u32> {
        let (top, bottom) = (u64::from(self.numerator), u64::from(self.denominator));
        let rounded = (top * 20_000 + bottom).checked_div(bottom * 2)?;
        Some(u32::try_from(rounded).unwrap_or(u32::MAX))
    }

    /// How far it lies above the whole: a promise of five kept with six is one over.
    #[must_use]
    pub fn surplus(self) -> u32 {
        self.numerator.saturating_sub(self.denominator)
    }
}

/// The length of a list as a count.
#[must_use]
pub(super) fn count<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
