//! A vacancy and a policy brought to the numbers that scoring needs, once for a whole list.
//!
//! The score's formula stands here and nowhere else; explaining and ranking both use it, so they cannot disagree.

use crate::engine::matching::context;
use crate::engine::matching::eligibility::Standing;
use crate::engine::matching::policy::{Policy, WHOLE};
use crate::engine::matching::requirement::{Demand, RequirementLine};
use chrono::NaiveDate;

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
    weight_sum: u64,
}

impl<'a> Terms<'a> {
    pub(super) fn new(demand: &'a Demand, policy: &'a Policy, today: NaiveDate) -> Self {
        let lines: Vec<&RequirementLine> = demand.lines.iter().filter(|line| line.is_assessable()).collect();
        let weight_sum = lines.iter().map(|line| line.bounded_weight()).sum();
        Self { demand, policy, today, begins: demand.judged_on(today), lines, weight_sum }
    }

    pub(super) fn is_assessable(&self) -> bool {
        !self.lines.is_empty()
    }

    /// What all parts are counted in: a hundredth of a point is this many. Zero only where nothing is assessable.
    pub(super) fn unit_of_parts(&self) -> u64 {
        self.weight_sum * u64::from(context::FULL)
    }

    /// The part of the score that a line gives, for a worth of 0 to 10000.
    pub(super) fn line_part(&self, line: &RequirementLine, worth: u32) -> u64 {
        u64::from(self.policy.units) * line.bounded_weight() * u64::from(worth)
    }

    /// The parts that distance, wage and start date give, in that order.
    pub(super) fn context_parts(&self, standing: &Standing, metres: Option<u32>) -> [u64; 3] {
        let part = |weight: u32, share: u32| u64::from(weight) * self.weight_sum * u64::from(share);
        let policy = self.policy;
        [
            part(policy.distance, context::distance(policy, metres, standing)),
            part(policy.wage, context::wage(policy, self.demand.monthly_wage, standing)),
            part(policy.start, context::start(policy, self.begins, standing)),
        ]
    }

    /// The score in hundredths that parts make: their exact sum, rounded half up once.
    pub(super) fn total(&self, parts: u64) -> u32 {
        let unit = self.unit_of_parts().max(1);
        u32::try_from((parts + unit / 2) / unit).unwrap_or(WHOLE).min(WHOLE)
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
