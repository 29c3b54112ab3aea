//! `serap doctor`, `serap backup` and `serap restore`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::app::clock::Clock;
use crate::app::doctor::CHECKS;
use crate::app::installation::App;
use crate::cli::print;
use crate::config::DataArgs;

/// Flags of `serap doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

/// Flags of `serap backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file to write; it must not exist yet.
    file: PathBuf,
    #[command(flatten)]
    data: DataArgs,
}

/// Flags of `serap restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// A file that `serap backup` wrote.
    file: PathBuf,
    #[command(flatten)]
    data: DataArgs,
}

/// Checks what must always hold; a finding is exit code 1.
pub async fn examine(args: DoctorArgs) -> anyhow::Result<()> {
    let app = App::open(&args.data.existing_place("serap-data")?, Clock::Machine).await?;
    let findings = app.examine().await.map_err(crate::cli::told)?;
    if args.json {
        let list: Vec<_> = findings.iter().map(|finding| serde_json::json!({"check": finding.check, "what": finding.what})).collect();
        print(&serde_json::to_string_pretty(&serde_json::json!({"healthy": findings.is_empty(), "findings": list}))?)?;
    } else {
        for check in CHECKS {
            let wrong: Vec<&str> = findings.iter().filter(|finding| finding.check == check).map(|finding| finding.what.as_str()).collect();
            print(&format!("{check:16} {}", if wrong.is_empty() { "ok".to_owned() } else { wrong.join("; ") }))?;
        }
    }
    anyhow::ensure!(findings.is_empty(), "{} findings; nothing was repaired", findings.len());
    Ok(())
}

/// Copies the embedded database to one file while it is used.
pub async fn back_up(args: BackupArgs) -> anyhow::Result<()> {
    anyhow::ensure!(!args.file.exists(), "{} exists already; choose another name", args.file.display());
    let place = args.data.existing_place("serap-data")?;
    let app = App::open(&place, Clock::Machine).await?;
    anyhow::ensure!(app.is_embedded(), "this installation uses PostgreSQL; back it up with pg_dump");
    app.back_up(&args.file).await.map_err(crate::cli::told)?;
    print(&format!(
        "Written: {}\nKeep the key file {} apart from it, in a safe place: without it the personal data in the backup cannot be read.",
        args.file.display(),
        place.key_file.display()
    ))
}

/// Puts a backup in place as a new installation's database. The key file must be put beside it first.
pub async fn restore(args: RestoreArgs) -> anyhow::Result<()> {
    let place = args.data.place("serap-data", "127.0.0.1:8080")?;
    let file = place.database_file().context("restore serves the embedded database; use pg_restore for PostgreSQL")?;
    anyhow::ensure!(!file.exists(), "{} exists; restore into an empty folder", file.display());
    anyhow::ensure!(place.key_file.exists(), "put the key file at {} first", place.key_file.display());
    std::fs::copy(&args.file, &file).with_context(|| format!("cannot copy {}", args.file.display()))?;
    let app = App::open(&place, Clock::Machine).await?;
    app.raise_epoch().await.map_err(crate::cli::told)?;
    print("Restored. Followers of the change feed must begin anew.")
}
