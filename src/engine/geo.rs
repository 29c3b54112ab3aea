//! Where a district lies, and how far two districts are apart.

use crate::engine::unit_code::is_ascii_digits;

/// A point on the earth, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

const EARTH_RADIUS_METRES: f64 = 6_371_008.8;

impl Point {
    /// Straight-line distance over the ground in whole metres (haversine, mean earth radius of IUGG).
    #[must_use]
    pub fn metres_to(self, other: Self) -> u32 {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_latitude = (b - a) / 2.0;
        let half_longitude = (other.longitude - self.longitude).to_radians() / 2.0;
        let chord = half_latitude.sin().powi(2) + a.cos() * b.cos() * half_longitude.sin().powi(2);
        let metres = 2.0 * EARTH_RADIUS_METRES * chord.sqrt().min(1.0).asin();
        format!("{metres:.0}").parse().unwrap_or(u32::MAX)
    }
}

/// A Kemendagri code of a province (`35`), regency (`35.13`) or district (`35.13.17`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegionCode(String);

impl RegionCode {
    /// Reads the dotted form; anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let parts: Vec<&str> = text.split('.').collect();
        let right_shape = (1..=4).contains(&parts.len())
            && parts.iter().enumerate().all(|(level, part)| is_ascii_digits(part) && part.len() == if level == 3 { 4 } else { 2 });
        right_shape.then(|| Self(text.to_owned()))
    }

    /// The dotted form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The regency this region is or lies in (`35.13` of `35.13.17`); `None` for a province.
    #[must_use]
    pub fn regency(&self) -> Option<&str> {
        self.0.get(..5)
    }

    /// The province this region is or lies in.
    #[must_use]
    pub fn province(&self) -> &str {
        self.0.get(..2).unwrap_or(&self.0)
    }

    /// Whether `other` is this region or lies within it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0 == self.0 || other.0.strip_prefix(self.0.as_str()).is_some_and(|rest| rest.starts_with('.'))
    }
}

impl std::fmt::Display for RegionCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}
