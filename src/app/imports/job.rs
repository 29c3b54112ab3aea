//! An import as a job: begun at once, carried out beside other requests, its progress readable meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};

use chrono::{DateTime, Duration, Utc};

use crate::app::actor::Actor;
use crate::app::error::AppError;
use crate::app::imports::reading::{Rows, limits_of, understood};
use crate::app::imports::report::{Counts, ImportReport, Sentence};
use crate::app::imports::{apply, esco, esco_links, facts, lexicon, plan, vacancies};
use crate::app::installation::App;
use crate::app::paging::{Page, Slice};
use crate::app::work::{Look, Work};
use crate::coded_enum;
use crate::engine::id::{BatchId, ImportId, OfficeId};
use crate::sheet;
use crate::store::entity::{batch, import_job};
use crate::store::{id, imports, rows};
use crate::words::refusal::Refusal;

coded_enum! {
    /// What a file holds.
    pub enum ImportKind {
        /// A class list.
        Participants = "participants",
        /// Competency units.
        Units = "units",
        /// Certification schemes.
        Schemes = "schemes",
        /// Regions.
        Regions = "regions",
        /// Minimum wages.
        Wages = "wages",
        /// Vacancies.
        Vacancies = "vacancies",
        /// What an office's own words mean.
        Lexicon = "lexicon",
        /// A table of ESCO.
        Esco = "esco",
        /// Proposals which ESCO skill a unit teaches.
        EscoLinks = "esco-links",
    }
}

impl ImportKind {
    /// Whether what such a file holds belongs to one office; otherwise it is for everybody.
    #[must_use]
    pub fn is_of_one_office(self) -> bool {
        matches!(self, Self::Participants | Self::Vacancies | Self::Lexicon)
    }
}

/// A file to import and how.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// What it holds.
    pub kind: ImportKind,
    /// Its name.
    pub file_name: String,
    /// Plan and report, but store nothing.
    pub dry_run: bool,
    /// Store the good rows though others are refused.
    pub partial: bool,
    /// Overwrite what is stored where the file differs.
    pub apply_differences: bool,
    /// The class, where the file does not name it.
    pub batch: Option<BatchId>,
    /// The office, for an actor who has none.
    pub office: Option<OfficeId>,
}

/// A file understood, ready to be planned.
#[derive(Debug)]
pub struct ImportJob {
    id: ImportId,
    office: Option<OfficeId>,
    request: ImportRequest,
    rows: Rows,
}

/// How far a running job is.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Progress {
    /// Notes how many rows there are.
    pub fn of(&self, total: usize) {
        self.total.store(total, Ordering::Relaxed);
    }

    /// Notes how many rows are done.
    pub fn reach(&self, done: usize) {
        self.done.store(done, Ordering::Relaxed);
    }

    /// Rows done and rows in all.
    #[must_use]
    pub fn now(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// An import as its owner sees it.
#[derive(Debug, Clone)]
pub struct ImportView {
    /// The job.
    pub id: ImportId,
    /// What the file holds.
    pub kind: String,
    /// `running`, `done`, `rejected`, `failed` or `interrupted`.
    pub status: String,
    /// Name of the file.
    pub file_name: String,
    /// Whether nothing was to be stored.
    pub dry_run: bool,
    /// The class.
    pub batch: Option<BatchId>,
    /// The counts.
    pub counts: Counts,
    /// Rows done so far.
    pub done: usize,
    /// Complaints and differences.
    pub report: ImportReport,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

/// What planning and storing came to.
pub(in crate::app::imports) struct Outcome {
    /// The counts.
    pub counts: Counts,
    /// Complaints and differences.
    pub report: ImportReport,
    /// Whether the file was refused.
    pub rejected: bool,
}

/// No import runs longer; one that seems to was left by a process that stopped.
const LONGEST: Duration = Duration::minutes(30);
/// How long the report of an import is kept: it quotes what rows said.
const REPORTS: Duration = Duration::days(90);

impl App {
    /// Reads and understands a file and notes the job; nothing is stored of its rows yet.
    ///
    /// A file that is no table, is damaged or is too large is refused here.
    pub async fn begin_import(&self, actor: &Actor, request: ImportRequest, bytes: Vec<u8>) -> Result<ImportJob, AppError> {
        let knowledge = self.knowledge();
        let (kind, name, today) = (request.kind, request.file_name.clone(), self.look(actor).today());
        let read = tokio::task::spawn_blocking(move || {
            let table = sheet::read(&bytes, &name, &limits_of(kind))?;
            Ok::<_, sheet::error::ReadError>(understood(kind, &table, today, &knowledge.regions))
        });
        let rows = read.await.map_err(|panic| AppError::Internal(panic.to_string()))?.map_err(AppError::File)?;
        self.work(actor, async |work| {
            let office = work.import_office(&request).await?;
            let row = work.import_row(&request, office);
            let id = row.id;
            rows::insert(work.tx, row).await?;
            Ok((id, office))
        })
        .await
        .map(|(id, office)| ImportJob { id, office, request, rows })
    }

    /// Plans and, unless it is a dry run, stores a file. Its fate is written to the job; only a failing store is an error.
    pub async fn run_import(&self, actor: &Actor, job: &ImportJob, progress: &Progress) -> Result<ImportView, AppError> {
        let outcome = self.work(actor, async |work| work.import(job, progress).await).await;
        let (status, outcome) = match outcome {
            Ok(outcome) => (if outcome.rejected { "rejected" } else { "done" }, outcome),
            Err(error) => ("failed", failed(job, error)?),
        };
        self.work(actor, async |work| {
            let row =
                rows::find::<import_job::Entity>(work.tx, &crate::store::scope::Scope::All, job.id).await?.ok_or(Refusal::NotFound)?;
            let finished = finished_row(row, status, &outcome, work)?;
            rows::update(work.tx, finished.clone()).await?;
            work.record(
                "import",
                "import",
                job.id,
                job.office,
                serde_json::json!({"kind": finished.kind, "status": status, "created": finished.rows_created}),
            )
            .await?;
            work.app.import_view(finished)
        })
        .await
    }

    /// Carries out a begun import with its progress readable meanwhile.
    pub async fn carry_out_import(&self, actor: &Actor, job: &ImportJob) -> Result<ImportView, AppError> {
        let progress = Arc::new(Progress::default());
        self.running_imports.lock().unwrap_or_else(PoisonError::into_inner).insert(job.id, Arc::clone(&progress));
        let outcome = self.run_import(actor, job, &progress).await;
        self.running_imports.lock().unwrap_or_else(PoisonError::into_inner).remove(&job.id);
        outcome
    }

    /// Marks jobs that a stopped process left running, once no living one could still be at them. Nothing of them was stored.
    pub async fn end_interrupted_imports(&self) -> Result<usize, AppError> {
        self.work(&Actor::system(), async |work| {
            let left = imports::unfinished(work.tx, work.now - LONGEST).await?;
            for row in &left {
                let row = import_job::Model { status: "interrupted".to_owned(), finished_at: Some(work.now), ..row.clone() };
                rows::update(work.tx, row).await?;
            }
            Ok(left.len())
        })
        .await
    }

    /// Drops reports of imports that nobody needs any more; their counts stay.
    pub(in crate::app) async fn forget_old_reports(&self) -> Result<u64, AppError> {
        self.work(&Actor::system(), async |work| Ok(imports::forget_reports_before(work.tx, work.now - REPORTS).await?)).await
    }

    fn import_view(&self, row: import_job::Model) -> Result<ImportView, AppError> {
        let report = match &row.report_sealed {
            Some(sealed) => serde_json::from_slice(&self.keyring.open(sealed)?).map_err(|error| AppError::Internal(error.to_string()))?,
            None => ImportReport::default(),
        };
        let count = |number: i32| usize::try_from(number).unwrap_or(0);
        Ok(ImportView {
            id: row.id,
            kind: row.kind,
            status: row.status,
            file_name: row.file_name,
            dry_run: row.dry_run,
            batch: row.batch_id,
            counts: Counts {
                total: count(row.rows_total),
                created: count(row.rows_created),
                updated: count(row.rows_updated),
                unchanged: count(row.rows_unchanged),
                rejected: count(row.rows_rejected),
            },
            done: count(row.rows_done),
            report,
            created_at: row.created_at,
            finished_at: row.finished_at,
        })
    }
}

impl ImportJob {
    /// The job's id.
    #[must_use]
    pub fn id(&self) -> ImportId {
        self.id
    }
}

impl Look<'_> {
    /// One import.
    pub async fn import(&self, id: ImportId) -> Result<ImportView, AppError> {
        let view = self.app.import_view(self.found::<import_job::Entity>(id).await?)?;
        let running = self.app.running_imports.lock().unwrap_or_else(PoisonError::into_inner).get(&id).map(|progress| progress.now());
        Ok(match running {
            Some((done, total)) if view.status == "running" => ImportView { done, counts: Counts { total, ..view.counts }, ..view },
            _ => view,
        })
    }

    /// Imports of the actor's office.
    pub async fn imports(&self, slice: Slice) -> Result<Page<ImportView>, AppError> {
        let page = imports::list(self.db(), &self.scope(), slice).await?;
        let rows = page.rows.into_iter().map(|row| self.app.import_view(row)).collect::<Result<_, _>>()?;
        Ok(Page { rows, more: page.more })
    }
}

impl Work<'_> {
    async fn import_office(&self, request: &ImportRequest) -> Result<Option<OfficeId>, AppError> {
        match (request.kind, request.batch) {
            (ImportKind::Participants, Some(batch)) => Ok(Some(self.found::<batch::Entity>(batch).await?.office_id)),
            (kind, _) if kind.is_of_one_office() => self.office(request.office).map(Some),
            _ => Ok(self.actor.office.or(request.office)),
        }
    }

    fn import_row(&self, request: &ImportRequest, office: Option<OfficeId>) -> import_job::Model {
        import_job::Model {
            id: id::fresh(),
            office_id: office,
            kind: request.kind.code().to_owned(),
            status: "running".to_owned(),
            file_name: request.file_name.chars().take(200).collect(),
            dry_run: request.dry_run,
            partial: request.partial,
            apply_differences: request.apply_differences,
            batch_id: request.batch,
            rows_total: 0,
            rows_done: 0,
            rows_created: 0,
            rows_updated: 0,
            rows_unchanged: 0,
            rows_rejected: 0,
            report_sealed: None,
            created_by: self.by(),
            created_at: self.now,
            finished_at: None,
        }
    }

    async fn import(&self, job: &ImportJob, progress: &Progress) -> Result<Outcome, AppError> {
        match &job.rows {
            Rows::Participants(parsed) => {
                let office = job.office.ok_or(Refusal::NotFound)?;
                let plan = plan::of(self, office, job.request.batch, parsed).await?;
                apply::run(self, office, job.id, &job.request, parsed, plan, progress).await
            }
            Rows::Units(parsed) => facts::units(self, &job.request, parsed, progress).await,
            Rows::Schemes(parsed) => facts::schemes(self, &job.request, parsed, progress).await,
            Rows::Regions(parsed) => facts::regions(self, &job.request, parsed, progress).await,
            Rows::Wages(parsed) => facts::wages(self, &job.request, parsed, progress).await,
            Rows::Vacancies(parsed) => vacancies::run(self, job.office.ok_or(Refusal::NotFound)?, &job.request, parsed, progress).await,
            Rows::Esco(parsed) => esco::run(self, &job.request, parsed, progress).await,
            Rows::EscoLinks(parsed) => esco_links::run(self, &job.request, parsed, progress).await,
            Rows::Lexicon(parsed) => lexicon::run(self, job.office.ok_or(Refusal::NotFound)?, &job.request, parsed, progress).await,
        }
    }
}

/// A refusal becomes the job's fate; a failing store stays an error.
fn failed(job: &ImportJob, error: AppError) -> Result<Outcome, AppError> {
    let refusal = match error {
        AppError::Refused(refusal) | AppError::Exists { refusal, .. } => refusal,
        AppError::Invalid(fields) => fields.into_iter().next().map_or(Refusal::FieldsInvalid, |field| field.refusal),
        other => return Err(other),
    };
    let (report, rejected) = job.rows.complaints();
    let failure = Some(Sentence::of(refusal.code(), &refusal));
    Ok(Outcome { counts: Counts { rejected, ..Counts::default() }, report: ImportReport { failure, ..report }, rejected: true })
}

fn finished_row(row: import_job::Model, status: &str, outcome: &Outcome, work: &Work<'_>) -> Result<import_job::Model, AppError> {
    let plain = serde_json::to_vec(&outcome.report).map_err(|error| AppError::Internal(error.to_string()))?;
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    Ok(import_job::Model {
        status: status.to_owned(),
        rows_total: count(outcome.counts.total),
        rows_done: count(outcome.counts.total),
        rows_created: count(outcome.counts.created),
        rows_updated: count(outcome.counts.updated),
        rows_unchanged: count(outcome.counts.unchanged),
        rows_rejected: count(outcome.counts.rejected),
        report_sealed: Some(work.app.keyring.seal(&plain)?),
        finished_at: Some(work.now),
        ..row
    })
}
