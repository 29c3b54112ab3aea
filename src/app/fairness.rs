//! Selection by sex, from thirty people a group upward (DESIGN 3.5, 3.6).
//!
//! It shows where an office or an employer selects unevenly. It never names anybody, and a group of fewer people shows
//! no number at all, nor does any sum from which its number could be worked out.

use chrono::{Days, NaiveDate};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::app::error::AppError;
use crate::app::work::Look;
use crate::engine::absorption::share::Share;
use crate::engine::day::Zone;
use crate::engine::id::{GraduateId, PersonId, VacancyId};
use crate::engine::kinds::{Decision, Sex};
use crate::store::entity::vacancy;
use crate::store::fairness::{self, Looked};

/// The fewest people of a group whose numbers are shown.
pub const FEWEST: u32 = 30;

/// How far the people of one group came; each person counts once in each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stages {
    /// On a match list, or further.
    pub considered: u32,
    /// Shortlisted, or further.
    pub shortlisted: u32,
    /// Referred, or further.
    pub referred: u32,
    /// Sent an offer, or placed.
    pub offered: u32,
    /// Took a seat.
    pub placed: u32,
}

impl Stages {
    /// Placed over considered, in hundredths of a percent.
    #[must_use]
    pub fn placed_hundredths(&self) -> Option<u32> {
        Share { numerator: self.placed, denominator: self.considered }.hundredths()
    }

    /// Referred over considered, in hundredths of a percent.
    #[must_use]
    pub fn referred_hundredths(&self) -> Option<u32> {
        Share { numerator: self.referred, denominator: self.considered }.hundredths()
    }
}

/// One group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupLine {
    /// The group; `None` where the class list did not say.
    pub sex: Option<Sex>,
    /// How far its people came; `None` where they are too few to show.
    pub stages: Option<Stages>,
}

/// Selection in groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FairnessView {
    /// Women, men, and those of whom it is not known, where there are any.
    pub groups: Vec<GroupLine>,
    /// Everyone; `None` where a group is hidden.
    pub totals: Option<Stages>,
}

/// Which part of the work is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct FairnessAsk {
    /// One vacancy.
    pub vacancy: Option<VacancyId>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Up to this day.
    pub to: Option<NaiveDate>,
}

/// How far each graduate came.
#[derive(Default)]
struct Reached {
    considered: FxHashSet<GraduateId>,
    shortlisted: FxHashSet<GraduateId>,
    referred: FxHashSet<GraduateId>,
    offered: FxHashSet<GraduateId>,
    placed: FxHashSet<GraduateId>,
}

impl Look<'_> {
    /// Selection by sex: for one vacancy, or for all work of a time.
    pub async fn fairness(&self, ask: &FairnessAsk) -> Result<FairnessView, AppError> {
        if let Some(id) = ask.vacancy {
            self.found::<vacancy::Entity>(id).await?;
        }
        let after = ask.from.and_then(|day| day.checked_sub_days(Days::new(1))).map(|day| Zone::Wib.end_of(day));
        let of = Looked { vacancy: ask.vacancy, after, by: ask.to.map(|day| Zone::Wib.end_of(day)) };
        let reached = self.reached(of).await?;
        let ids: Vec<GraduateId> = reached.considered.iter().copied().collect();
        let known: FxHashMap<GraduateId, (PersonId, Option<Sex>)> =
            fairness::sexes(self.db(), &ids).await?.into_iter().map(|(id, person, sex)| (id, (person, sex))).collect();
        let stages = |wanted: Option<Option<Sex>>| {
            let count = |stage: &FxHashSet<GraduateId>| {
                let people = stage.iter().filter_map(|id| known.get(id)).filter(|(_, sex)| wanted.is_none_or(|wanted| *sex == wanted));
                u32::try_from(people.map(|(person, _)| *person).collect::<FxHashSet<_>>().len()).unwrap_or(u32::MAX)
            };
            Stages {
                considered: count(&reached.considered),
                shortlisted: count(&reached.shortlisted),
                referred: count(&reached.referred),
                offered: count(&reached.offered),
                placed: count(&reached.placed),
            }
        };
        let groups = [Some(Sex::Female), Some(Sex::Male), None];
        let counted = groups.map(|sex| (sex, stages(Some(sex)))).into_iter().filter(|(_, stages)| stages.considered > 0);
        let shown = |(sex, stages): (Option<Sex>, Stages)| GroupLine { sex, stages: (stages.considered >= FEWEST).then_some(stages) };
        let groups: Vec<GroupLine> = counted.map(shown).collect();
        let totals = groups.iter().all(|group| group.stages.is_some()).then(|| stages(None));
        Ok(FairnessView { groups, totals })
    }

    async fn reached(&self, of: Looked) -> Result<Reached, AppError> {
        let (db, scope) = (self.db(), &self.scope());
        let mut reached = Reached::default();
        reached.placed.extend(fairness::placed(db, scope, of).await?);
        reached.offered.extend(fairness::offered(db, scope, of).await?);
        reached.offered.extend(&reached.placed);
        reached.referred.extend(fairness::referred(db, scope, of).await?);
        reached.referred.extend(&reached.offered);
        for (graduate, decision) in fairness::listed(db, scope, of).await? {
            reached.considered.insert(graduate);
            if decision == Some(Decision::Shortlist) {
                reached.shortlisted.insert(graduate);
            }
        }
        reached.shortlisted.extend(&reached.referred);
        reached.considered.extend(&reached.shortlisted);
        Ok(reached)
    }
}
