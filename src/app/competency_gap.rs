//! What stands between graduates and open seats: the units that open vacancies require, who holds them, and who lacks but one.
//!
//! A first, honest version: it counts, and does not plan. A near miss is counted with every vacancy it misses by that one
//! unit, so seats and people must not be multiplied; planning what to teach to whom is exact only when it is computed as a
//! whole.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::app::error::AppError;
use crate::app::vacancies::open_on;
use crate::app::work::Look;
use crate::engine::id::GraduateId;
use crate::engine::lifecycle::VacancyState;
use crate::engine::matching::policy::Policy;
use crate::engine::matching::requirement::{Demand, RequirementLine};
use crate::engine::unit_code::UnitCode;
use crate::store::entity::vacancy;
use crate::store::page::Slice;
use crate::store::vacancies::{self, Wanted};

/// One required unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapLine {
    /// The unit as asked.
    pub code: UnitCode,
    /// Its title.
    pub title: String,
    /// Open vacancies with a free seat that require it.
    pub vacancies: u32,
    /// Free seats in them.
    pub seats_free: u32,
    /// People eligible for one of them, units apart, who hold it.
    pub holders: u32,
    /// People eligible for one of them who lack this required unit and no other.
    pub lacking_only_this: u32,
    /// Of those, who say they master it.
    pub claiming_it: u32,
}

#[derive(Default)]
struct Gap {
    vacancies: u32,
    seats_free: u32,
    holders: FxHashSet<GraduateId>,
    lacking: FxHashSet<GraduateId>,
    claiming: FxHashSet<GraduateId>,
}

impl Look<'_> {
    /// Required units of the open vacancies the actor sees, those that most people lack by a hair first.
    pub async fn competency_gap(&self) -> Result<Vec<GapLine>, AppError> {
        let wanted = Wanted { state: Some(VacancyState::Published), ..Wanted::default() };
        let rows = vacancies::list(self.db(), &self.scope(), &wanted, Slice::all()).await?.rows;
        let open: Vec<vacancy::Model> = rows.into_iter().filter(|row| open_on(row, self.today()) && row.filled < row.positions).collect();
        let mut gaps: BTreeMap<UnitCode, Gap> = BTreeMap::new();
        for (policy, rows) in self.app.by_policy(open) {
            for demand in &self.app.demands(self.db(), &rows, &policy).await? {
                self.add(&mut gaps, demand, &policy);
            }
        }
        let knowledge = self.app.knowledge();
        let count = |people: &FxHashSet<GraduateId>| u32::try_from(people.len()).unwrap_or(u32::MAX);
        let line = |(code, gap): (UnitCode, Gap)| GapLine {
            title: knowledge.unit_title(&code),
            code,
            vacancies: gap.vacancies,
            seats_free: gap.seats_free,
            holders: count(&gap.holders),
            lacking_only_this: count(&gap.lacking),
            claiming_it: count(&gap.claiming),
        };
        let mut lines: Vec<GapLine> = gaps.into_iter().map(line).collect();
        lines.sort_by(|left, right| {
            let order = |line: &GapLine| std::cmp::Reverse((line.lacking_only_this, line.seats_free));
            (order(left), &left.code).cmp(&(order(right), &right.code))
        });
        Ok(lines)
    }

    /// Adds one vacancy's required units.
    fn add(&self, gaps: &mut BTreeMap<UnitCode, Gap>, demand: &Demand, policy: &Policy) {
        let (index, today) = (self.app.index(), self.today());
        let required: Vec<&RequirementLine> = demand.lines.iter().filter(|line| line.excludes()).collect();
        for line in &required {
            let alone = Demand { lines: vec![(*line).clone()], ..demand.clone() };
            let gap = gaps.entry(line.unit.clone()).or_default();
            gap.vacancies = gap.vacancies.saturating_add(1);
            gap.seats_free = gap.seats_free.saturating_add(demand.seats_free);
            gap.holders.extend(index.everyone(&alone, policy, today).iter().map(|listed| listed.graduate));
        }
        for near in index.near_misses(demand, policy, today, usize::MAX) {
            if let [missing] = near.missing.as_slice() {
                let gap = gaps.entry(missing.clone()).or_default();
                gap.lacking.insert(near.graduate);
                if near.claimed.contains(missing) {
                    gap.claiming.insert(near.graduate);
                }
            }
        }
    }
}
