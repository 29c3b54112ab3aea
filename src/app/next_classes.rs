//! The next class that teaches a missing unit.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::app::error::AppError;
use crate::app::work::Look;
use crate::engine::id::{BatchId, OfficeId, ProgrammeId};
use crate::engine::matching::requirement::Demand;
use crate::engine::unit_code::UnitCode;
use crate::store::{classes, planning};

/// A class that begins in the future.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextClass {
    /// The class.
    pub batch: BatchId,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub starts_on: NaiveDate,
}

impl Look<'_> {
    /// By required unit of a demand, the office's soonest class to come that teaches it or a unit that stands for it.
    pub(in crate::app) async fn next_classes(&self, office: OfficeId, demand: &Demand) -> Result<FxHashMap<UnitCode, NextClass>, AppError> {
        let coming = planning::coming_classes(self.db(), office, self.today()).await?;
        let mut taught: FxHashMap<ProgrammeId, Vec<UnitCode>> = FxHashMap::default();
        for unit in classes::programme_units(self.db(), &planning::programmes_of(&coming)).await? {
            taught.entry(unit.programme_id).or_default().extend(UnitCode::parse(&unit.code));
        }
        let mut next = FxHashMap::default();
        for line in demand.lines.iter().filter(|line| line.excludes()) {
            let teaches = |units: &Vec<UnitCode>| line.rights().any(|accept| units.contains(&accept.code));
            if let Some(class) = coming.iter().find(|class| taught.get(&class.programme_id).is_some_and(teaches)) {
                let class = NextClass { batch: class.id, name: class.name.clone(), starts_on: class.starts_on };
                next.entry(line.unit.clone()).or_insert(class);
            }
        }
        Ok(next)
    }
}
