//! A vacancy and a policy brought to the numbers that scoring needs, once for a whole list.
//!
//! The score's formula stands here and nowhere else; explaining and ranking both use it, so they cannot disagree.

use crate::engine::geo::{Area, Origin, Point};
use crate::engine::matching::context::{self, Wishes};
use crate::engine::matching::policy::{Policy, WHOLE};
use crate::engine::matching::requirement::{Demand, RequirementLine};
use chrono::NaiveDate;
use std::cmp::Ordering;

/// What stays the same while one list is made.
#[derive(Debug)]
pub(super) struct Terms<'a> {
    pub(super) demand: &'a Demand,
    pub(super) policy: &'a Policy,
    pub(super) today: NaiveDate,
    /// The day certificates are judged on and work begins.
    pub(super) begins: NaiveDate,
    /// The lines that can be assessed.
    pub(super) lines: Vec<&'a RequirementLine>,
    /// Where the work is.
    origin: Option<Origin>,
    weight_sum: u64,
}

impl<'a> Terms<'a> {
    pub(super) fn new(demand: &'a Demand, policy: &'a Policy, today: NaiveDate) -> Self {
        let lines: Vec<&RequirementLine> = demand.lines.iter().filter(|line| line.is_assessable()).collect();
        let weight_sum = lines.iter().map(|line| line.bounded_weight()).sum();
        Self { demand, policy, today, begins: demand.judged_on(today), lines, origin: demand.place.map(Origin::new), weight_sum }
    }

    /// Straight-line metres from a place to the work; `None` if either is unknown.
    pub(super) fn metres_from(&self, place: Option<Point>) -> Option<u32> {
        // A point that is not a number comes out as the largest distance; that is not a distance.
        Some(self.origin?.metres_from(place?)).filter(|metres| *metres != u32::MAX)
    }

    pub(super) fn is_assessable(&self) -> bool {
        !self.lines.is_empty()
    }

    /// What all parts are counted in: a hundredth of a point is this many. Zero only where nothing is assessable.
    pub(super) fn unit_of_parts(&self) -> u64 {
        self.weight_sum * u64::from(context::FULL)
    }

    /// How many factors beside the units the policy counts.
    pub(super) fn context_factors(&self) -> usize {
        [self.policy.distance, self.policy.wage, self.policy.start].iter().filter(|weight| **weight > 0).count()
    }

    /// The part of the score that a line gives, for a worth of 0 to 10000.
    pub(super) fn line_part(&self, line: &RequirementLine, worth: u32) -> u64 {
        u64::from(self.policy.units) * line.bounded_weight() * u64::from(worth)
    }

    /// The parts that distance, wage and start date give, in that order.
    pub(super) fn context_parts(&self, wishes: &Wishes, metres: Option<u32>) -> [u64; 3] {
        let part = |weight: u32, share: u32| u64::from(weight) * self.weight_sum * u64::from(share);
        let policy = self.policy;
        [
            part(policy.distance, context::distance(policy, metres, wishes)),
            part(policy.wage, context::wage(policy, self.demand.monthly_wage, wishes)),
            part(policy.start, context::start(policy, self.begins, wishes)),
        ]
    }

    /// Metres that nobody lives nearer than who lives in an area.
    pub(super) fn least_metres(&self, area: Option<Area>) -> u32 {
        self.origin.zip(area).map_or(0, |(origin, area)| origin.least_metres(&area))
    }

    /// The most that the context factors can give together to anybody who lives so far off or farther.
    pub(super) fn context_most(&self, least_metres: u32) -> u64 {
        let policy = self.policy;
        let share = |known: bool| if known { context::FULL } else { policy.unknown * 100 };
        let boards = Wishes { ready_to_board: true, wage_wish: None, available_from: None };
        let nearest = context::distance(policy, Some(least_metres), &boards);
        let unknown = context::distance(policy, None, &boards);
        let distance = policy.distance * if self.demand.place.is_some() { nearest.max(unknown) } else { unknown };
        let wage = policy.wage * share(self.demand.monthly_wage.is_some());
        self.weight_sum * (u64::from(distance) + u64::from(wage) + u64::from(policy.start * context::FULL))
    }

    /// The parts that the lines must give, at least, to reach a score where the context gives at most so much.
    pub(super) fn parts_needed(&self, score: u32, context_most: u64) -> u64 {
        let unit = self.unit_of_parts();
        (u64::from(score) * unit).saturating_sub(unit / 2).saturating_sub(context_most)
    }

    /// The score in hundredths that parts make: their exact sum, rounded half up once.
    pub(super) fn total(&self, parts: u64) -> u32 {
        let unit = self.unit_of_parts().max(1);
        u32::try_from((parts + unit / 2) / unit).unwrap_or(WHOLE).min(WHOLE)
    }

    /// How the score that parts make compares with another.
    pub(super) fn compare(&self, parts: u64, score: u32) -> Ordering {
        let unit = self.unit_of_parts().max(1);
        let (parts, score) = (parts + unit / 2, u64::from(score) * unit);
        if parts < score {
            Ordering::Less
        } else if parts < score + unit || score >= u64::from(WHOLE) * unit {
            Ordering::Equal
        } else {
            Ordering::Greater
        }
    }

    /// How near somebody's work is to the vacancy's, where no unit can tell: matching KBJI digits, then the trade.
    pub(super) fn affinity(&self, occupations: &[String], trade: Option<&str>) -> u32 {
        let digits = |wanted: &str| occupations.iter().map(|code| common_digits(wanted, code)).max().unwrap_or(0);
        let by_occupation = self.demand.kbji.as_deref().map_or(0, digits);
        let same = |(wanted, trade): (&str, &str)| wanted.trim().to_lowercase() == trade.trim().to_lowercase();
        let by_trade = self.demand.trade.as_deref().zip(trade).is_some_and(same);
        by_occupation * 2 + u32::from(by_trade)
    }
}

/// Digits that two KBJI codes share from the left; at most 9.
fn common_digits(a: &str, b: &str) -> u32 {
    let digits = |code: &'_ str| code.bytes().filter(u8::is_ascii_digit).take(9).collect::<Vec<u8>>();
    let same = digits(a).into_iter().zip(digits(b)).take_while(|(a, b)| a == b).count();
    u32::try_from(same).unwrap_or(0)
}
