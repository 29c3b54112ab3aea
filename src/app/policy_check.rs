//! What a policy would change: the open vacancies' lists under the policy in force beside those under a draft. Writes nothing.

use rustc_hash::FxHashMap;

use crate::app::error::AppError;
use crate::app::matches::{Named, policy_name};
use crate::app::policy_text::read;
use crate::app::vacancies::open_on;
use crate::app::work::Look;
use crate::engine::id::{GraduateId, VacancyId};
use crate::engine::matching::page::Page;
use crate::engine::matching::policy::Policy;
use crate::store::match_lists;

/// The most vacancies compared, and the most places of each list.
const VACANCIES: usize = 200;
const PLACES: usize = 1_000;
/// Movers named a vacancy.
const MOVERS: usize = 5;
/// How many graduates are referred a seat (DESIGN 3.7): the first places are so many times the free seats.
const A_SEAT: usize = 3;

/// Where somebody stands before and after.
#[derive(Debug, Clone)]
pub struct Mover {
    /// Who.
    pub graduate: Named,
    /// Rank and score under the policy in force.
    pub before: Option<(usize, Option<u32>)>,
    /// Rank and score under the draft.
    pub after: Option<(usize, Option<u32>)>,
}

/// What becomes of one list.
#[derive(Debug, Clone)]
pub struct ListChange {
    /// The vacancy.
    pub vacancy: VacancyId,
    /// Its title.
    pub title: String,
    /// Length of the list; a policy orders, it excludes nobody.
    pub count: usize,
    /// How many of the compared places change their rank.
    pub moved: usize,
    /// How many first places were compared for who enters and leaves.
    pub first: usize,
    /// Who enters the first places.
    pub enters: Vec<Mover>,
    /// Who leaves them.
    pub leaves: Vec<Mover>,
    /// Who moves farthest.
    pub movers: Vec<Mover>,
}

/// What a draft would change.
#[derive(Debug, Clone)]
pub struct PolicyCheck {
    /// The draft, checked.
    pub policy: Policy,
    /// The policy in force, by name and version.
    pub in_force: String,
    /// Open vacancies that were compared.
    pub lists: Vec<ListChange>,
    /// Open vacancies that were not, beyond the first 200.
    pub left_out: usize,
}

/// Rank and score by graduate.
type Standing = FxHashMap<GraduateId, (usize, Option<u32>)>;

impl Look<'_> {
    /// Checks a draft and compares it with the policy in force on the open vacancies of the actor's scope.
    pub async fn check_policy(&self, toml: &str) -> Result<PolicyCheck, AppError> {
        let policy = read(toml)?;
        let mut rows = match_lists::open_vacancies(self.db(), self.today()).await?;
        rows.retain(|row| open_on(row, self.today()) && self.actor.office.is_none_or(|office| office == row.office_id));
        let left_out = rows.len().saturating_sub(VACANCIES);
        rows.truncate(VACANCIES);
        let in_force = self.policy();
        let index = self.app.index();
        let mut lists = Vec::with_capacity(rows.len());
        // One by one: codes that can stand for a unit are expanded under each policy anew.
        for row in &rows {
            let before = self.app.demand(self.db(), row, &in_force).await?;
            let after = self.app.demand(self.db(), row, &policy).await?;
            let old = index.top(&before, &in_force, self.today(), PLACES, None);
            let new = index.top(&after, &policy, self.today(), PLACES, None);
            let first = usize::try_from(before.seats_free).unwrap_or(1).max(1) * A_SEAT;
            lists.push(self.change(row.id, &row.title, first, &old, &new).await?);
        }
        Ok(PolicyCheck { in_force: policy_name(&in_force), policy, lists, left_out })
    }

    async fn change(&self, vacancy: VacancyId, title: &str, first: usize, old: &Page, new: &Page) -> Result<ListChange, AppError> {
        let (before, after) = (standing(old), standing(new));
        let rank = |standing: &Standing, graduate: &GraduateId| standing.get(graduate).map_or(usize::MAX, |(rank, _)| *rank);
        let everyone: Vec<GraduateId> = new.items.iter().chain(&old.items).map(|item| item.graduate).collect();
        let mut far: Vec<GraduateId> = everyone.clone();
        far.sort_unstable();
        far.dedup();
        let moved = far.iter().filter(|graduate| rank(&before, graduate) != rank(&after, graduate)).count();
        let gap = |graduate: &GraduateId| rank(&before, graduate).abs_diff(rank(&after, graduate));
        far.sort_by_key(|graduate| (std::cmp::Reverse(gap(graduate)), rank(&after, graduate), *graduate));
        far.retain(|graduate| gap(graduate) > 0);
        far.truncate(MOVERS);
        let among = |page: &Page| page.items.iter().take(first).map(|item| item.graduate).collect::<Vec<_>>();
        let (old_first, new_first) = (among(old), among(new));
        let enters: Vec<GraduateId> = new_first.iter().filter(|graduate| !old_first.contains(graduate)).copied().collect();
        let leaves: Vec<GraduateId> = old_first.iter().filter(|graduate| !new_first.contains(graduate)).copied().collect();
        let named = self.named(enters.iter().chain(&leaves).chain(&far).copied()).await?;
        let mover = |graduate: &GraduateId| {
            let name = named.get(graduate)?.clone();
            Some(Mover { graduate: name, before: before.get(graduate).copied(), after: after.get(graduate).copied() })
        };
        let movers = |people: &[GraduateId]| people.iter().filter_map(mover).collect::<Vec<Mover>>();
        Ok(ListChange {
            vacancy,
            title: title.to_owned(),
            count: new.count,
            moved,
            first: first.min(new.count),
            enters: movers(&enters),
            leaves: movers(&leaves),
            movers: movers(&far),
        })
    }
}

fn standing(page: &Page) -> Standing {
    let place = |(at, item): (usize, &crate::engine::matching::page::Ranked)| {
        (item.graduate, (at + 1, item.score.as_ref().map(|score| score.total_hundredths)))
    };
    page.items.iter().enumerate().map(place).collect()
}
