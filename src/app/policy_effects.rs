//! What a policy would change: the match list of each open vacancy under the policy in force and under a draft, side by side.
//!
//! It reads and compares, and writes nothing.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::app::error::AppError;
use crate::app::matches::policy_name;
use crate::app::policies::next_version;
use crate::app::policy_file;
use crate::app::vacancies::open_on;
use crate::app::work::Look;
use crate::engine::id::{GraduateId, OfficeId, VacancyId};
use crate::engine::matching::index::{Index, Listed};
use crate::engine::matching::policy::Policy;
use crate::engine::matching::requirement::Demand;
use crate::engine::name::Name;
use crate::store::entity::vacancy;
use crate::store::match_lists;
use crate::words::refusal::Refusal;

/// The most vacancies one check compares.
const VACANCIES: usize = 200;
/// The most people one list of a comparison names.
const NAMED: usize = 10;

/// A draft that was checked.
#[derive(Debug, Clone)]
pub struct PolicyCheck {
    /// The policy, with the version it would get.
    pub policy: Policy,
    /// Why setting it would be refused, although its numbers are sound.
    pub conflict: Option<Refusal>,
    /// What it would change, vacancy by vacancy.
    pub effects: Vec<PolicyEffect>,
    /// Open vacancies that were not compared.
    pub left_out: usize,
}

/// What a policy would change in one vacancy's list.
#[derive(Debug, Clone)]
pub struct PolicyEffect {
    /// The vacancy.
    pub vacancy: VacancyId,
    /// Its title.
    pub title: String,
    /// The policy in force, and its version.
    pub policy: String,
    /// Whether anything can be scored; if not, a policy changes nothing.
    pub assessable: bool,
    /// The comparison.
    pub changes: Changes,
}

/// Two lists side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// How many first places are looked at: the free seats, and one at least.
    pub seats: usize,
    /// Length of the list now.
    pub count_before: usize,
    /// Length of the list then.
    pub count_after: usize,
    /// People who would stand in another place, or on one list alone.
    pub moved: usize,
    /// Who would come into the first places, best first.
    pub entering: Vec<Moved>,
    /// Who would fall out of them.
    pub leaving: Vec<Moved>,
    /// Who would move farthest.
    pub movers: Vec<Moved>,
}

/// Somebody's place and score under both policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Who.
    pub graduate: GraduateId,
    /// Initials: a policy is judged by places, not by names.
    pub initials: String,
    /// Place now; `None` is not on the list.
    pub rank_before: Option<usize>,
    /// Place then.
    pub rank_after: Option<usize>,
    /// Score now, in hundredths.
    pub score_before: Option<u32>,
    /// Score then, in hundredths.
    pub score_after: Option<u32>,
}

/// A vacancy to compare: its row, the policy in force, and what it asks under that and under the draft.
struct Question {
    row: vacancy::Model,
    policy: Arc<Policy>,
    now: Demand,
    then: Demand,
}

impl Look<'_> {
    /// Checks a draft and tells what it would change in the lists of an office, or of every office that set no policy.
    pub async fn check_policy(&self, text: &str, named: Option<OfficeId>) -> Result<PolicyCheck, AppError> {
        let office = self.policy_owner(named).await?;
        let written = policy_file::read(text).map_err(AppError::Invalid)?;
        let knowledge = self.app.knowledge();
        let (policy, conflict) = match next_version(self.db(), written.clone(), knowledge.policies.own(office), office).await {
            Ok(policy) => (policy, None),
            Err(AppError::Refused(refusal)) => (written.policy, Some(refusal)),
            Err(other) => return Err(other),
        };
        let mut open = match_lists::open_vacancies(self.db(), self.today()).await?;
        let governed = |owner: OfficeId| match office {
            Some(office) => office == owner,
            None => knowledge.policies.own(Some(owner)).is_none(),
        };
        open.retain(|row| open_on(row, self.today()) && governed(row.office_id));
        let left_out = open.len().saturating_sub(VACANCIES);
        open.truncate(VACANCIES);
        let mut questions = Vec::with_capacity(open.len());
        for (in_force, rows) in self.app.by_policy(open) {
            let now = self.app.demands(self.db(), &rows, &in_force).await?;
            let then = self.app.demands(self.db(), &rows, &policy).await?;
            let question = |((row, now), then)| Question { row, policy: in_force.clone(), now, then };
            questions.extend(rows.into_iter().zip(now).zip(then).map(question));
        }
        let (index, today, draft) = (self.app.index(), self.today(), policy.clone());
        let compared =
            tokio::task::spawn_blocking(move || questions.iter().map(|question| compared(&index, question, &draft, today)).collect());
        let mut effects: Vec<PolicyEffect> = compared.await.map_err(|panic| AppError::Internal(panic.to_string()))?;
        self.initial(&mut effects).await?;
        Ok(PolicyCheck { policy, conflict, effects, left_out })
    }

    /// Puts initials to everybody who is named in a comparison.
    async fn initial(&self, effects: &mut [PolicyEffect]) -> Result<(), AppError> {
        let mut ids: Vec<GraduateId> = effects.iter().flat_map(|effect| effect.changes.named()).map(|moved| moved.graduate).collect();
        ids.sort_unstable();
        ids.dedup();
        let rows = match_lists::shown(self.db(), &ids).await?;
        let initials: FxHashMap<GraduateId, String> =
            rows.iter().filter_map(|row| Some((row.id, Name::parse(&row.name)?.initials()))).collect();
        for moved in effects.iter_mut().flat_map(|effect| effect.changes.named_mut()) {
            moved.initials = initials.get(&moved.graduate).cloned().unwrap_or_default();
        }
        Ok(())
    }
}

fn compared(index: &Index, question: &Question, draft: &Policy, today: chrono::NaiveDate) -> PolicyEffect {
    let Question { row, policy, now, then } = question;
    let before = index.everyone(now, policy, today);
    let after = index.everyone(then, draft, today);
    let seats = usize::try_from(now.seats_free).unwrap_or(usize::MAX).max(1);
    PolicyEffect {
        vacancy: row.id,
        title: row.title.clone(),
        policy: policy_name(policy),
        assessable: now.is_assessable(),
        changes: Changes::between(&before, &after, seats),
    }
}

impl Changes {
    /// Compares a list as it is with the list as it would be; `seats` are the first places that matter most.
    #[must_use]
    pub fn between(before: &[Listed], after: &[Listed], seats: usize) -> Self {
        let mut people: FxHashMap<GraduateId, Moved> = FxHashMap::default();
        for (at, listed) in before.iter().enumerate() {
            let moved = people.entry(listed.graduate).or_insert_with(|| Moved::nowhere(listed.graduate));
            (moved.rank_before, moved.score_before) = (Some(at + 1), listed.score_hundredths);
        }
        for (at, listed) in after.iter().enumerate() {
            let moved = people.entry(listed.graduate).or_insert_with(|| Moved::nowhere(listed.graduate));
            (moved.rank_after, moved.score_after) = (Some(at + 1), listed.score_hundredths);
        }
        let first = |rank: Option<usize>| rank.is_some_and(|rank| rank <= seats);
        let those = |list: &[Listed], which: &dyn Fn(&Moved) -> bool| {
            let in_order = list.iter().filter_map(|listed| people.get(&listed.graduate));
            in_order.take(seats).filter(|moved| which(moved)).take(NAMED).cloned().collect::<Vec<_>>()
        };
        let entering = those(after, &|moved| !first(moved.rank_before));
        let leaving = those(before, &|moved| !first(moved.rank_after));
        let mut movers: Vec<Moved> = people.into_values().filter(|moved| moved.rank_before != moved.rank_after).collect();
        let moved = movers.len();
        let place = |rank: Option<usize>, count: usize| rank.unwrap_or(count + 1);
        let distance = |moved: &Moved| place(moved.rank_before, before.len()).abs_diff(place(moved.rank_after, after.len()));
        movers.sort_by_key(|moved| (std::cmp::Reverse(distance(moved)), moved.graduate));
        movers.truncate(NAMED);
        Self { seats, count_before: before.len(), count_after: after.len(), moved, entering, leaving, movers }
    }

    fn named(&self) -> impl Iterator<Item = &Moved> {
        self.entering.iter().chain(&self.leaving).chain(&self.movers)
    }

    fn named_mut(&mut self) -> impl Iterator<Item = &mut Moved> {
        self.entering.iter_mut().chain(&mut self.leaving).chain(&mut self.movers)
    }
}

impl Moved {
    fn nowhere(graduate: GraduateId) -> Self {
        Self { graduate, initials: String::new(), rank_before: None, rank_after: None, score_before: None, score_after: None }
    }
}
