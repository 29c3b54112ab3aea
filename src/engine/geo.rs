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
        whole(metres)
    }
}

/// What lies between two latitudes and two longitudes, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The least latitude.
    pub south: f64,
    /// The greatest latitude.
    pub north: f64,
    /// The least longitude.
    pub west: f64,
    /// The greatest longitude.
    pub east: f64,
}

/// A place from which many distances are measured: near ones without trigonometry, all as [`Point::metres_to`] measures them.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    place: Point,
    latitude: f64,
    sine: f64,
    cosine: f64,
}

impl Origin {
    /// Halves of angles up to here are near: what their series leave out is less than a part in 10^13.
    const NEAR: f64 = 0.02;
    /// Series are not trusted about which whole metre is nearest when the next one is as near but for so much.
    const DOUBT: f64 = 1e-3;

    /// Measures from a place.
    #[must_use]
    pub fn new(place: Point) -> Self {
        let latitude = place.latitude.to_radians();
        let (sine, cosine) = latitude.sin_cos();
        Self { place, latitude, sine, cosine }
    }

    /// What `other.metres_to(place)` gives.
    #[must_use]
    pub fn metres_from(&self, other: Point) -> u32 {
        self.near_metres(other).unwrap_or_else(|| other.metres_to(self.place))
    }

    /// Metres that no point of an area is nearer than, a little less than the truth: series and shares of the distance, each too small.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no point is farther than half the earth")]
    pub fn least_metres(&self, area: &Area) -> u32 {
        let Point { latitude, longitude } = self.place;
        let on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        if !on_earth {
            return 0;
        }
        let north = (area.south - latitude).max(latitude - area.north).max(0.0);
        let east = (area.west - longitude).max(longitude - area.east).max(0.0);
        // The other way round the earth may be shorter.
        let east = east.min((area.west + 360.0 - longitude).min(longitude + 360.0 - area.east)).max(0.0);
        let at_least = |degrees: f64| {
            let half = degrees.to_radians() / 2.0;
            half - half * half * half / 6.0
        };
        let farthest = area.south.abs().max(area.north.abs()).to_radians();
        let cosine = (1.0 - farthest * farthest / 2.0).max(0.0);
        let chord = at_least(north).powi(2) + cosine * self.cosine.max(0.0) * at_least(east).powi(2);
        let root = chord.sqrt();
        let metres = 2.0 * EARTH_RADIUS_METRES * (root + root * chord / 6.0) - 2.0;
        metres as u32
    }

    /// The metres from a point that is near, unless they lie between two whole ones.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "near points are less than a million metres apart")]
    fn near_metres(&self, other: Point) -> Option<u32> {
        let half_latitude = (self.latitude - other.latitude.to_radians()) / 2.0;
        let half_longitude = (self.place.longitude - other.longitude).to_radians() / 2.0;
        let near = half_latitude.abs() <= Self::NEAR && half_longitude.abs() <= Self::NEAR;
        if !near {
            return None;
        }
        let (north, east) = (sine(half_latitude), sine(half_longitude));
        // The other latitude's cosine, from the sine and cosine of this one and of the whole angle between them.
        let (sine, cosine) = (2.0 * north * (1.0 - north * north).sqrt(), 1.0 - 2.0 * north * north);
        let chord = north * north + (self.cosine * cosine + self.sine * sine) * self.cosine * east * east;
        let root = chord.sqrt();
        let arc = root * (1.0 + chord * (1.0 / 6.0 + chord * (3.0 / 40.0 + chord * (5.0 / 112.0 + chord * (35.0 / 1152.0)))));
        let metres = 2.0 * EARTH_RADIUS_METRES * arc + 0.5;
        let nearest = metres as u32;
        let beyond = metres - f64::from(nearest);
        (Self::DOUBT..1.0 - Self::DOUBT).contains(&beyond).then_some(nearest)
    }
}

/// The sine of a small angle.
fn sine(angle: f64) -> f64 {
    let square = angle * angle;
    angle * (1.0 - square * (1.0 / 6.0 - square * (1.0 / 120.0 - square * (1.0 / 5040.0))))
}

/// A circle on the ground that tells of most points without trigonometry whether they lie in it.
///
/// Near a centre the ground is nearly flat: the flat distance is off by less than a part in five thousand, so only points that close to
/// the edge have to be measured ([`Point::metres_to`] decides, also about which whole metre a point is rounded to).
#[derive(Debug, Clone, Copy)]
pub struct Circle {
    centre: Point,
    /// Squares of the flat distance in radians, below which a point is inside and above which it is outside.
    inside: f64,
    outside: f64,
    cosine: f64,
    sine: f64,
}

impl Circle {
    /// Beyond this the ground is not flat enough.
    const WIDEST_METRES: u32 = 100_000;
    /// Nor near the poles.
    const FARTHEST_LATITUDE: f64 = 60.0;

    /// The circle of everything within so many metres; `None` where it is too wide or lies too near a pole.
    #[must_use]
    pub fn new(centre: Point, metres: u32) -> Option<Self> {
        let flat = metres <= Self::WIDEST_METRES && centre.latitude.abs() <= Self::FARTHEST_LATITUDE && centre.longitude.abs() <= 180.0;
        let square = |metres: f64| (metres / EARTH_RADIUS_METRES).powi(2);
        let (sine, cosine) = centre.latitude.to_radians().sin_cos();
        flat.then(|| Self {
            centre,
            inside: square((f64::from(metres) - 1.0).max(0.0)) * (1.0 - 4e-4),
            outside: square(f64::from(metres) + 1.0) * (1.0 + 4e-4),
            cosine,
            sine,
        })
    }

    /// Whether a point lies within the circle, or `None` if it has to be measured.
    #[must_use]
    pub fn holds(&self, point: Point) -> Option<bool> {
        let north = (point.latitude - self.centre.latitude).to_radians();
        let east = (point.longitude - self.centre.longitude).to_radians();
        if north.abs() > 0.04 || east.abs() > 0.08 {
            // Far off, or beyond the date line.
            return None;
        }
        let cosine = self.cosine - self.sine * north - self.cosine * north * north / 2.0;
        let square = north * north + self.cosine * cosine * east * east;
        if square < self.inside { Some(true) } else { (square > self.outside).then_some(false) }
    }
}

/// Rounded to the nearest whole; what is no number is the largest distance.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no two points of the earth are 2^32 metres apart")]
fn whole(metres: f64) -> u32 {
    if metres.is_nan() { u32::MAX } else { metres.round_ties_even() as u32 }
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
