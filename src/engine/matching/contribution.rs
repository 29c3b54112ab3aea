//! What a score is made of, as facts: no sentences, those are the words module's.
//!
//! Contributions add up to their score exactly and none exceeds its maximum; nothing is shown that was not counted.

use crate::coded_enum;
use crate::engine::kinds::CertificateKind;
use crate::engine::matching::coverage::Shortfall;
use crate::engine::matching::requirement::Via;
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;
use chrono::NaiveDate;

coded_enum! {
    /// What gave the points.
    pub enum Factor {
        /// A required unit.
        RequiredUnit = "required_unit",
        /// A preferred unit.
        PreferredUnit = "preferred_unit",
        /// The straight-line distance.
        Distance = "distance",
        /// The wage against the wish.
        Wage = "wage",
        /// The day the graduate can begin.
        Start = "start",
    }
}

coded_enum! {
    /// The fact whose absence makes a factor neutral.
    pub enum UnknownFact {
        /// Where the graduate lives.
        PlaceOfGraduate = "place_of_graduate",
        /// Where the work is.
        PlaceOfWork = "place_of_work",
        /// The wage the graduate hopes for.
        WageWish = "wage_wish",
        /// The wage as a monthly sum.
        WageOffered = "wage_offered",
        /// The day the graduate can begin.
        AvailableFrom = "available_from",
    }
}

/// How a certificate's level stands to the level asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelFit {
    /// No level was asked.
    NotAsked,
    /// At or above it.
    Reached,
    /// The certificate states none: never fails, scored as one short.
    Unstated,
    /// This many levels below.
    Short(u8),
}

/// Why a factor gave what it gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// A certificate meets the line.
    Certified {
        /// The code on the certificate.
        code: UnitCode,
        /// By what right it stands for the unit asked.
        via: Via,
        /// The kind of certificate.
        evidence: CertificateKind,
        /// How its level stands to the level asked.
        level: LevelFit,
        /// Its last day, where it has one.
        expires: Option<NaiveDate>,
        /// Whether it will have expired: "once competent".
        expired: bool,
    },
    /// A certificate is held, but does not meet what the line asks.
    FallsShort {
        /// The code on the certificate.
        code: UnitCode,
        /// Why it does not count.
        why: Shortfall,
        /// Whether the graduate also claims the unit.
        claimed: bool,
    },
    /// The graduate says they master it; no certificate does.
    ClaimedOnly,
    /// Not held.
    NotHeld,
    /// The distance.
    Distance {
        /// Straight-line metres.
        metres: u32,
        /// Whether the graduate would live near the work.
        ready_to_board: bool,
    },
    /// Both wages, a month.
    Wage {
        /// What is paid.
        offered: Rupiah,
        /// What is hoped for.
        wished: Rupiah,
    },
    /// Both days.
    Start {
        /// When the graduate can begin.
        available_from: NaiveDate,
        /// When the work begins.
        begins: NaiveDate,
    },
    /// A fact is unknown, so the factor is neutral.
    Neutral {
        /// The first fact that is unknown.
        unknown: UnknownFact,
        /// The neutral share in percent of the maximum.
        percent: u8,
    },
}

/// One factor's share of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// What gave the points.
    pub factor: Factor,
    /// The unit as asked, for unit factors.
    pub unit: Option<UnitCode>,
    /// The points, in hundredths.
    pub points_hundredths: u32,
    /// The most it could have given, in hundredths; over all contributions these make 10000.
    pub max_hundredths: u32,
    /// Why.
    pub detail: Detail,
}

/// Divides exact parts and their exact maxima into whole hundredths by largest remainder; keeps its room from score to score.
///
/// Parts with their maxima are counted in 1/`unit` hundredths, no part exceeds its maximum, and the maxima make a whole number.
/// The result's points add up to the parts' sum rounded half up, its maxima to theirs, and no points exceed their
/// maximum. Each maximum is its exact value rounded up or down, so it may differ by a hundredth between two graduates:
/// with maxima fixed in advance somebody who fills only the rounded-down ones could not be given their exact sum.
#[derive(Debug, Default)]
pub(super) struct Apportioning {
    unit: u64,
    shares: Vec<Share>,
    /// Places of shares, in the order in which they are rounded up.
    order: Vec<usize>,
    parts: u64,
}

impl Apportioning {
    /// Begins anew with so many parts counted in 1/`unit` hundredths.
    pub(super) fn begin(&mut self, parts: usize, unit: u64) {
        self.shares.clear();
        self.shares.reserve(parts);
        (self.unit, self.parts) = (unit.max(1), 0);
    }

    /// Takes a part with its maximum.
    pub(super) fn add(&mut self, part: u64, most: u64) {
        self.parts += part;
        self.shares.push(Share::new(part, most, self.unit));
    }

    /// The exact sum of the parts.
    pub(super) fn parts(&self) -> u64 {
        self.parts
    }

    /// Points and maximum of each part, in the order in which they were added.
    pub(super) fn divide(&mut self) -> impl Iterator<Item = (u32, u32)> {
        let Self { unit, shares, order, parts } = self;
        let most = (shares.iter().map(|share| share.most * *unit + share.most_over).sum::<u64>()) / *unit;
        let mut spare = most.saturating_sub(shares.iter().map(|share| share.most).sum());
        let mut left = ((*parts + *unit / 2) / *unit).saturating_sub(shares.iter().map(|share| share.points).sum());
        by_remainder(order, shares, |share| if left > 0 { share.points_over } else { 0 });
        for place in order.iter() {
            let Some(share) = shares.get_mut(*place).filter(|_| left > 0) else { break };
            if share.points < share.most {
                share.points += 1;
                left -= 1;
            } else if spare > 0 {
                share.points += 1;
                share.most += 1;
                share.most_over = 0;
                left -= 1;
                spare -= 1;
            }
        }
        by_remainder(order, shares, |share| if spare > 0 { share.most_over } else { 0 });
        for place in order.iter() {
            let Some(share) = shares.get_mut(*place).filter(|_| spare > 0) else { break };
            share.most += 1;
            spare -= 1;
        }
        let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        shares.iter().map(move |share| (small(share.points), small(share.most)))
    }
}

/// One part and its maximum while they are rounded.
#[derive(Debug)]
struct Share {
    points: u64,
    points_over: u64,
    most: u64,
    most_over: u64,
}

impl Share {
    fn new(part: u64, most: u64, unit: u64) -> Self {
        let (most_whole, most_over) = (most / unit, most % unit);
        // Most parts are nothing or all: dividing takes longer than asking.
        let (points, points_over) = match part {
            0 => (0, 0),
            _ if part == most => (most_whole, most_over),
            _ => (part / unit, part % unit),
        };
        Self { points, points_over, most: most_whole, most_over }
    }
}

/// The places of shares that have a remainder, largest first, the earliest among equals.
fn by_remainder(order: &mut Vec<usize>, shares: &[Share], over: impl Fn(&Share) -> u64) {
    let over_at = |place: usize| shares.get(place).map_or(0, &over);
    order.clear();
    order.reserve(shares.len());
    order.extend((0..shares.len()).filter(|place| over_at(*place) > 0));
    order.sort_by_key(|place| std::cmp::Reverse(over_at(*place)));
}
