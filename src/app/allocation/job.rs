//! A run as a job: worked out at once where it is small, beside other requests where it is not, and broken off when asked.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration as Pause;

use chrono::Duration;

use super::gather::Gathered;
use super::request::AllocationRequest;
use super::result::AllocationResult;
use super::solve::solve;
use super::view::AllocationView;
use crate::app::actor::Actor;
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::paging::{Page, Slice};
use crate::app::work::{Look, Work};
use crate::engine::allocation::Progress;
use crate::engine::id::AllocationId;
use crate::store::entity::allocation;
use crate::store::{allocations, id, rows};
use crate::words::refusal::Refusal;

/// Up to so many graduates are answered at once (DECISIONS 31).
pub const AT_ONCE: usize = 5_000;
/// How often a running run is asked whether it should go on.
const LOOK: Pause = Pause::from_millis(400);
/// No run lasts longer; one that seems to was left by a process that stopped.
const LONGEST: Duration = Duration::minutes(60);

/// A request with everything it is worked out from.
#[derive(Debug)]
pub struct PreparedAllocation {
    request: AllocationRequest,
    gathered: Gathered,
}

impl PreparedAllocation {
    /// Whether it is small enough to be answered at once.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.gathered.people.len() <= AT_ONCE
    }
}

/// How far a run is, and whether it should stop.
#[derive(Debug, Default)]
pub struct Running {
    percent: AtomicI32,
    stop: AtomicBool,
}

impl Running {
    /// Percent done of the present step.
    #[must_use]
    pub fn percent(&self) -> i32 {
        self.percent.load(Ordering::Relaxed)
    }

    /// Asks it to stop.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn hear(&self, progress: Progress) -> ControlFlow<()> {
        let percent = progress.done.saturating_mul(100).checked_div(progress.all).unwrap_or(0);
        self.percent.store(i32::try_from(percent.min(99)).unwrap_or(99), Ordering::Relaxed);
        if self.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// The outcome that is stored with a finished run.
pub(super) fn result_of(row: &allocation::Model) -> Result<AllocationResult, AppError> {
    let unfinished = || match row.status.as_str() {
        "running" => Refusal::AllocationRunning,
        _ => Refusal::AllocationUnfinished { status: row.status.clone() },
    };
    let stored = row.result.clone().ok_or_else(unfinished)?;
    serde_json::from_value(stored).map_err(|error| AppError::Internal(format!("allocation {}: {error}", row.id)))
}

impl App {
    /// Reads what a request needs, and refuses what it names wrongly.
    pub async fn prepare_allocation(&self, actor: &Actor, request: AllocationRequest) -> Result<Arc<PreparedAllocation>, AppError> {
        let gathered = self.look(actor).gather(&request).await?;
        Ok(Arc::new(PreparedAllocation { request, gathered }))
    }

    /// Works a request out beside other requests; `None` if it was stopped.
    pub async fn work_out(&self, prepared: &Arc<PreparedAllocation>, running: &Arc<Running>) -> Result<Option<AllocationResult>, AppError> {
        let (prepared, running) = (Arc::clone(prepared), Arc::clone(running));
        let solving = move || solve(&prepared.gathered, &prepared.request, &mut |progress| running.hear(progress));
        tokio::task::spawn_blocking(solving).await.map_err(|error| AppError::Internal(error.to_string()))?
    }

    /// Carries out a begun run, noting its progress, until it is done or somebody cancels it.
    pub async fn carry_out_allocation(&self, actor: &Actor, id: AllocationId, prepared: &Arc<PreparedAllocation>) -> Result<(), AppError> {
        let running = Arc::new(Running::default());
        let solving = self.work_out(prepared, &running);
        tokio::pin!(solving);
        let outcome = loop {
            tokio::select! {
                outcome = &mut solving => break outcome,
                () = tokio::time::sleep(LOOK) => {
                    if !allocations::note_progress(self.database.reader(), id, running.percent()).await.unwrap_or(true) {
                        running.stop();
                    }
                }
            }
        };
        let failed = outcome.as_ref().err().map(ToString::to_string);
        self.work(actor, async |work| work.finish_allocation(id, outcome.as_ref().ok().and_then(Option::as_ref), failed.is_some()).await)
            .await?;
        outcome.map(|_| ())
    }

    /// Marks runs that a stopped process left.
    pub(in crate::app) async fn end_interrupted_allocations(&self) -> Result<u64, AppError> {
        self.work(&Actor::system(), async |work| Ok(allocations::end_interrupted(work.tx, work.now - LONGEST, work.now).await?)).await
    }
}

impl Work<'_> {
    /// Keeps a run with its outcome.
    pub async fn keep_allocation(&self, prepared: &PreparedAllocation, result: &AllocationResult) -> Result<AllocationView, AppError> {
        let row = self.allocation_row(prepared)?;
        let stored = serde_json::to_value(result).map_err(|error| AppError::Internal(error.to_string()))?;
        let row = allocation::Model { status: "done".to_owned(), progress: 100, result: Some(stored), finished_at: Some(self.now), ..row };
        rows::insert(self.tx, row.clone()).await?;
        self.did("allocate", "allocation", row.id, row.office_id).await?;
        self.app.look(self.actor).allocation_view(self.tx, row).await
    }

    /// Notes a run that is about to begin.
    pub async fn begin_allocation(&self, prepared: &PreparedAllocation) -> Result<AllocationView, AppError> {
        let row = self.allocation_row(prepared)?;
        rows::insert(self.tx, row.clone()).await?;
        self.did("begin_allocation", "allocation", row.id, row.office_id).await?;
        self.app.look(self.actor).allocation_view(self.tx, row).await
    }

    /// Stops a run.
    pub async fn cancel_allocation(&self, id: AllocationId) -> Result<AllocationView, AppError> {
        let row = self.locked::<allocation::Entity>(id).await?;
        if row.status != "running" {
            return Err(Refusal::AllocationNotRunning.into());
        }
        let row = allocation::Model { status: "cancelled".to_owned(), finished_at: Some(self.now), version: row.version + 1, ..row };
        rows::update(self.tx, row.clone()).await?;
        self.did("cancel", "allocation", row.id, row.office_id).await?;
        self.app.look(self.actor).allocation_view(self.tx, row).await
    }

    async fn finish_allocation(&self, id: AllocationId, result: Option<&AllocationResult>, failed: bool) -> Result<(), AppError> {
        let row = self.locked::<allocation::Entity>(id).await?;
        if row.status != "running" {
            return Ok(());
        }
        let stored = result.map(serde_json::to_value).transpose().map_err(|error| AppError::Internal(error.to_string()))?;
        let status = match (&stored, failed) {
            (Some(_), _) => "done",
            (None, true) => "failed",
            (None, false) => "cancelled",
        };
        let row = allocation::Model {
            status: status.to_owned(),
            progress: if stored.is_some() { 100 } else { row.progress },
            result: stored,
            finished_at: Some(self.now),
            version: row.version + 1,
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.did("allocate", "allocation", row.id, row.office_id).await
    }

    fn allocation_row(&self, prepared: &PreparedAllocation) -> Result<allocation::Model, AppError> {
        let PreparedAllocation { request, gathered } = prepared;
        Ok(allocation::Model {
            id: id::fresh(),
            office_id: gathered.office,
            objective: request.way.code().to_owned(),
            seed: request.seed,
            status: "running".to_owned(),
            progress: 0,
            is_simulation: !request.what_if.is_nothing(),
            as_of: gathered.today,
            policy_name: gathered.policy.name().to_owned(),
            policy_revision: i32::try_from(gathered.policy.version()).unwrap_or(0),
            policy_body: gathered.policy_body.clone(),
            catalogue: gathered.catalogue.clone(),
            request: serde_json::to_value(request).map_err(|error| AppError::Internal(error.to_string()))?,
            result: None,
            chosen_way: None,
            chosen_by: None,
            chosen_at: None,
            created_by: self.by(),
            created_at: self.now,
            finished_at: None,
            version: 1,
        })
    }
}

impl Look<'_> {
    /// One run.
    pub async fn allocation(&self, id: AllocationId) -> Result<AllocationView, AppError> {
        let row = self.found::<allocation::Entity>(id).await?;
        self.allocation_view(self.db(), row).await
    }

    /// The runs of the actor's office, without their outcomes.
    pub async fn allocations(&self, slice: Slice) -> Result<Page<AllocationView>, AppError> {
        let page = allocations::list(self.db(), &self.scope(), slice).await?;
        Ok(Page { rows: page.rows.into_iter().map(AllocationView::without_outcome).collect(), more: page.more })
    }
}
