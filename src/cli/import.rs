//! `serap import`: import files from the machine itself.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::actor::Actor;
use crate::app::imports::job::{ImportKind, ImportRequest, ImportView, Progress};
use crate::app::installation::App;
use crate::cli::office_named;
use crate::config::DataArgs;
use crate::engine::id::{BatchId, OfficeId};
use crate::words::Language;

/// Flags of `serap import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// What the file holds: participants, units, schemes, regions, wages, vacancies, lexicon, esco or esco-links.
    #[arg(long, value_parser = kind)]
    kind: ImportKind,
    /// The files, XLSX or CSV, the latter packed (`.csv.gz`) or not; each is stored before the next is read.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Report what would happen and store nothing.
    #[arg(long)]
    dry_run: bool,
    /// Store the good rows though others are refused.
    #[arg(long)]
    partial: bool,
    /// Overwrite what is stored where the file differs.
    #[arg(long)]
    apply_differences: bool,
    /// The class, where the file does not name it.
    #[arg(long, value_parser = batch)]
    batch: Option<BatchId>,
    /// The office, by name or id; not needed where there is only one.
    #[arg(long)]
    office: Option<String>,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

fn kind(code: &str) -> Result<ImportKind, String> {
    ImportKind::parse(code).ok_or_else(|| format!("one of {}", ImportKind::codes().join(", ")))
}

fn batch(text: &str) -> Result<BatchId, String> {
    BatchId::parse(text).ok_or_else(|| "not an id".to_owned())
}

/// Imports the files one after the other; the first that is refused is an error, and those behind it are not read.
pub async fn run(args: ImportArgs) -> anyhow::Result<()> {
    let app = App::open(&args.data.place("serap-data", "127.0.0.1:8080")?, crate::app::clock::Clock::Machine).await?;
    let office = if args.kind.is_of_one_office() { Some(office_named(&app, args.office.as_deref()).await?) } else { None };
    let mut told = Vec::new();
    let mut end = Ok(());
    for file in &args.files {
        match import_file(&app, office, &args, file).await {
            Ok(view) if args.json => {
                told.push(as_json(&view));
                end = accepted(&view);
            }
            Ok(view) => {
                crate::cli::print(&as_text(&view))?;
                end = accepted(&view);
            }
            Err(error) => end = Err(error),
        }
        if end.is_err() {
            break;
        }
    }
    // One file is one object, as it always was; several are a list.
    match told.as_slice() {
        [] => {}
        [only] if args.files.len() == 1 => crate::cli::print(&serde_json::to_string_pretty(only)?)?,
        several => crate::cli::print(&serde_json::to_string_pretty(several)?)?,
    }
    end
}

fn accepted(view: &ImportView) -> anyhow::Result<()> {
    anyhow::ensure!(view.status == "done", "{}: the file was refused; nothing of it was stored", view.file_name);
    Ok(())
}

async fn import_file(app: &App, office: Option<OfficeId>, args: &ImportArgs, file: &Path) -> anyhow::Result<ImportView> {
    let actor = Actor::cli(office);
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let file_name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let request = ImportRequest {
        kind: args.kind,
        file_name,
        dry_run: args.dry_run,
        partial: args.partial,
        apply_differences: args.apply_differences,
        batch: args.batch,
        office,
    };
    let job = app.begin_import(&actor, request, bytes).await.map_err(crate::cli::told)?;
    with_bar(async |progress: &Progress| app.run_import(&actor, &job, progress).await).await.map_err(crate::cli::told)
}

/// Runs a long effect beside a progress bar, if a person is watching.
async fn with_bar<T>(effect: impl AsyncFn(&Progress) -> T) -> T {
    let progress = Progress::default();
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed}") {
        bar.set_style(style);
    }
    let work = effect(&progress);
    tokio::pin!(work);
    let value = loop {
        tokio::select! {
            value = &mut work => break value,
            () = tokio::time::sleep(Duration::from_millis(100)) => {
                let (done, total) = progress.now();
                bar.set_length(u64::try_from(total).unwrap_or(0));
                bar.set_position(u64::try_from(done).unwrap_or(0));
            }
        }
    };
    bar.finish_and_clear();
    value
}

fn as_json(view: &ImportView) -> serde_json::Value {
    let counts = view.counts;
    let problems = view.report.problems.iter().map(|line| {
        let message = line.message.in_language(Language::Indonesian);
        serde_json::json!({ "row": line.row, "column": line.column, "code": line.message.code, "message": message, "read": line.read })
    });
    let rows = serde_json::json!({ "total": counts.total, "created": counts.created, "updated": counts.updated,
        "unchanged": counts.unchanged, "rejected": counts.rejected });
    serde_json::json!({ "id": view.id.to_string(), "status": view.status, "rows": rows, "problems": problems.collect::<Vec<_>>() })
}

fn as_text(view: &ImportView) -> String {
    let counts = view.counts;
    let mut text = format!("{}: {}\n", view.file_name, view.status);
    text.push_str(&format!(
        "total {}  baru {}  diubah {}  tetap {}  ditolak {}\n",
        counts.total, counts.created, counts.updated, counts.unchanged, counts.rejected
    ));
    for line in &view.report.problems {
        let mark = if line.refuses { "!" } else { "-" };
        text.push_str(&format!(
            "{mark} baris {} [{}] {}: {}\n",
            line.row,
            line.column,
            line.read,
            line.message.in_language(Language::Indonesian)
        ));
    }
    if let Some(failure) = &view.report.failure {
        text.push_str(&format!("! {}\n", failure.in_language(Language::Indonesian)));
    }
    text
}
