//! A run as staff see it: the outcome with the names of whom and what it speaks of.

use chrono::{DateTime, NaiveDate, Utc};
use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::job::{AT_ONCE, result_of};
use super::request::{AllocationRequest, Way};
use super::result::AllocationResult;
use crate::app::error::AppError;
use crate::app::matches::Named;
use crate::app::work::Look;
use crate::engine::id::{AccountId, AllocationId, CommitmentId, EmployerId, GraduateId, OfficeId, VacancyId};
use crate::store::database::Connection;
use crate::store::entity::allocation;
use crate::store::{allocations, faces};

/// A run.
#[derive(Debug, Clone)]
pub struct AllocationView {
    /// The run.
    pub id: AllocationId,
    /// Whose.
    pub office: OfficeId,
    /// The way that was asked for.
    pub way: Way,
    /// `running`, `done`, `cancelled`, `failed` or `interrupted`.
    pub status: String,
    /// Percent done.
    pub progress: i32,
    /// Whether something was only tried out.
    pub is_simulation: bool,
    /// The day it speaks of.
    pub as_of: NaiveDate,
    /// Policy and its version.
    pub policy: String,
    /// Version of the catalogue.
    pub catalogue: String,
    /// Decides between equals.
    pub seed: i64,
    /// What was asked.
    pub request: Option<AllocationRequest>,
    /// What came of it.
    pub result: Option<AllocationResult>,
    /// The way that was chosen.
    pub chosen_way: Option<Way>,
    /// Who chose it.
    pub chosen_by: Option<AccountId>,
    /// When.
    pub chosen_at: Option<DateTime<Utc>>,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Version.
    pub version: i32,
    /// Names of the graduates, of runs that are answered at once.
    pub people: Vec<Named>,
    /// Titles of the vacancies and who they belong to.
    pub jobs: FxHashMap<VacancyId, JobName>,
    /// Seats promised by the commitments that vacancies were posted under.
    pub promised: FxHashMap<Uuid, i32>,
}

/// How a vacancy is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobName {
    /// Its title.
    pub title: String,
    /// Whose.
    pub employer: EmployerId,
    /// Their name.
    pub employer_name: String,
}

impl AllocationView {
    /// A run as lists show it.
    pub(super) fn without_outcome(row: allocation::Model) -> Self {
        Self {
            id: row.id,
            office: row.office_id,
            way: Way::parse(&row.objective).unwrap_or(Way::Maximum),
            status: row.status,
            progress: row.progress,
            is_simulation: row.is_simulation,
            as_of: row.as_of,
            policy: format!("{} v{}", row.policy_name, row.policy_revision),
            catalogue: row.catalogue,
            seed: row.seed,
            request: serde_json::from_value(row.request).ok(),
            result: None,
            chosen_way: row.chosen_way.as_deref().and_then(Way::parse),
            chosen_by: row.chosen_by,
            chosen_at: row.chosen_at,
            created_at: row.created_at,
            finished_at: row.finished_at,
            version: row.version,
            people: Vec::new(),
            jobs: FxHashMap::default(),
            promised: FxHashMap::default(),
        }
    }
}

impl Look<'_> {
    /// A run with its outcome and the names in it.
    pub(super) async fn allocation_view<C: Connection>(&self, db: &C, row: allocation::Model) -> Result<AllocationView, AppError> {
        let result = if row.result.is_some() { Some(result_of(&row)?) } else { None };
        let mut view = AllocationView::without_outcome(row);
        if let Some(result) = &result {
            let vacancies = result.vacancies.iter().map(|one| one.vacancy).chain(result.skipped.iter().filter_map(|one| one.vacancy));
            let held = result.held.iter().map(|one| one.vacancy);
            let mut ids: Vec<VacancyId> = vacancies.chain(held).map(VacancyId).collect();
            ids.sort_unstable();
            ids.dedup();
            view.jobs = self.job_names(db, &ids).await?;
            let commitments: Vec<CommitmentId> = result.vacancies.iter().filter_map(|one| one.commitment.map(CommitmentId)).collect();
            let promises = allocations::commitments_named(db, &commitments).await?;
            view.promised = promises.into_iter().map(|row| (row.id.0, row.seats)).collect();
            if result.people <= AT_ONCE {
                let mut people: Vec<Uuid> = result.held.iter().map(|one| one.graduate).collect();
                for way in &result.ways {
                    people.extend(way.assignments.iter().map(|one| one.graduate));
                    people.extend(way.unplaced.iter().map(|one| one.graduate));
                }
                people.sort_unstable();
                people.dedup();
                let named = self.named(people.iter().copied().map(GraduateId)).await?;
                view.people = people.iter().filter_map(|id| named.get(&GraduateId(*id)).cloned()).collect();
            }
        }
        Ok(AllocationView { result, ..view })
    }

    pub(super) async fn job_names<C: Connection>(&self, db: &C, ids: &[VacancyId]) -> Result<FxHashMap<VacancyId, JobName>, AppError> {
        let rows = allocations::vacancies_named(db, ids).await?;
        let mut employers: Vec<EmployerId> = rows.iter().map(|row| row.employer_id).collect();
        employers.sort_unstable();
        employers.dedup();
        let names: FxHashMap<EmployerId, String> =
            faces::employers(db, &employers).await?.into_iter().map(|row| (row.id, row.name)).collect();
        let named = rows.into_iter().map(|row| {
            let employer_name = names.get(&row.employer_id).cloned().unwrap_or_default();
            (row.id, JobName { title: row.title, employer: row.employer_id, employer_name })
        });
        Ok(named.collect())
    }
}
