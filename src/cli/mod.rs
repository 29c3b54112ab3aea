//! The commands. Output is a table for people and `--json` for programs; errors go to standard error with exit
//! code 1, wrong usage with 2.

pub mod allocate;
pub mod demo;
pub mod doctor;
pub mod import;
pub mod matching;
pub mod policy;
pub mod rank;
pub mod report;
pub mod serve;
pub mod user;
pub mod vacancy;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::actor::Actor;
use crate::app::clock::Clock;
use crate::app::error::AppError;
use crate::app::installation::{App, Place};
use crate::app::live::Loading;
use crate::engine::id::OfficeId;
use crate::words::{Language, Say as _};

/// Graduates between two lines of the log while starting.
const TOLD_EVERY: u64 = 100_000;

/// Matches certified graduates of vocational training to vacancies, and counts who was absorbed.
#[derive(Debug, Parser)]
#[command(name = "serap", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve an installation.
    Serve(serve::ServeArgs),
    /// Try everything with invented people.
    Demo(demo::DemoArgs),
    /// Import a file.
    Import(import::ImportArgs),
    /// Print a vacancy's match list.
    Match(matching::MatchArgs),
    /// Allocate a class to seats, the ways side by side.
    Allocate(allocate::AllocateArgs),
    /// Show, check or set the scoring policy.
    Policy(policy::PolicyArgs),
    /// Print the absorption report.
    Report(report::ReportArgs),
    /// Check what must always hold.
    Doctor(doctor::DoctorArgs),
    /// Copy the embedded database to one file.
    Backup(doctor::BackupArgs),
    /// Put a backup in place.
    Restore(doctor::RestoreArgs),
    /// Rank a catalogue for many queries.
    Rank(rank::RankArgs),
    /// Open and reset accounts.
    User(user::UserArgs),
    /// Read an advert into the fields of a vacancy.
    Vacancy(vacancy::VacancyArgs),
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = crate::server::block_on(async {
        match cli.command {
            Command::Serve(args) => serve::run(args).await,
            Command::Demo(args) => Box::pin(demo::run(args)).await,
            Command::Import(args) => import::run(args).await,
            Command::Match(args) => matching::run(args).await,
            Command::Allocate(args) => Box::pin(allocate::run(args)).await,
            Command::Policy(args) => policy::run(args).await,
            Command::Report(args) => report::run(args).await,
            Command::Doctor(args) => doctor::examine(args).await,
            Command::Backup(args) => doctor::back_up(args).await,
            Command::Restore(args) => doctor::restore(args).await,
            Command::Rank(args) => rank::run(&args),
            Command::User(args) => user::run(args).await,
            Command::Vacancy(args) => vacancy::run(args).await,
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("serap: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Opens an installation; reading a large match index is shown, on a terminal as a bar, elsewhere in the log.
async fn open_app(place: &Place, clock: Clock) -> anyhow::Result<App> {
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed}")?);
    let told = std::cell::Cell::new(0);
    let opened = App::open_watched(place, clock, |Loading { read, all }| {
        bar.set_length(all);
        bar.set_position(read);
        if bar.is_hidden() && read >= told.get() + TOLD_EVERY {
            told.set(read);
            tracing::info!(read, all, "reading the match index");
        }
    });
    let app = opened.await;
    bar.finish_and_clear();
    Ok(app?)
}

/// Writes a result to standard output; a closed pipe ends the program quietly.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{}", text.trim_end()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// A refusal in words a person at the machine can act on.
fn told(error: AppError) -> anyhow::Error {
    match error {
        AppError::Refused(refusal) | AppError::Exists { refusal, .. } => anyhow::anyhow!("{}", refusal.say(Language::Indonesian)),
        AppError::Invalid(fields) => {
            let lines: Vec<String> =
                fields.iter().map(|field| format!("{} {}", field.pointer, field.refusal.say(Language::Indonesian))).collect();
            anyhow::anyhow!("{}", lines.join("; "))
        }
        AppError::File(problem) => anyhow::anyhow!("{}", problem.message().say(Language::Indonesian)),
        other => other.into(),
    }
}

/// The office a command is for: named by id or name, or the only one.
async fn office_named(app: &App, named: Option<&str>) -> anyhow::Result<OfficeId> {
    let actor = Actor::cli(None);
    let offices = app.look(&actor).offices().await?;
    let found = match named {
        Some(text) => offices.iter().find(|office| office.id.to_string() == text || office.name == text),
        None if offices.len() == 1 => offices.first(),
        None => None,
    };
    let names = || offices.iter().map(|office| office.name.clone()).collect::<Vec<_>>().join("; ");
    found.map(|office| office.id).ok_or_else(|| anyhow::anyhow!("name the office with --office; there are: {}", names()))
}
