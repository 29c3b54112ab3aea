//! `serap demo`: an installation with invented people, to try everything by hand.

mod classes;
mod fill;
mod jobs;
mod people;

use std::net::TcpListener;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::app::clock::Clock;
use crate::app::installation::{App, OpenError, Place};
use crate::cli::print;
use crate::config::DataArgs;
use crate::server::{self, Running};
use crate::telemetry;

/// Flags of `serap demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Folder of the demo; made and filled if it is missing.
    #[arg(long, env = "SERAP_DATA", default_value = "serap-demo", value_name = "DIR")]
    data: PathBuf,
    /// Loopback address to listen on.
    #[arg(long, env = "SERAP_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// What to log, in the words of `RUST_LOG`.
    #[arg(long, env = "SERAP_LOG", default_value = "warn")]
    log: String,
}

/// Fills the demo if it is new, then serves it until told to stop.
pub async fn run(args: DemoArgs) -> anyhow::Result<()> {
    telemetry::start(&args.log, false);
    let listener =
        TcpListener::bind(&args.listen).with_context(|| format!("cannot listen on {}; try --listen 127.0.0.1:0", args.listen))?;
    let address = listener.local_addr()?;
    anyhow::ensure!(address.ip().is_loopback(), "the demo listens on loopback only; its passwords are known to everybody");
    let public_url = format!("http://{address}");
    let fresh = !args.data.exists();
    std::fs::create_dir_all(&args.data).with_context(|| format!("cannot make the folder {}", args.data.display()))?;
    let place =
        Place { database_url: DataArgs::url_in(&args.data), key_file: args.data.join("serap.key"), public_url, snapshot_file: None };
    if fresh && let Err(error) = fill::fill(&place, Clock::Machine.now()).await {
        // A half-filled demo would look like a broken product; begin anew next time.
        std::fs::remove_dir_all(&args.data).ok();
        return Err(match error {
            OpenError::App(error) => crate::cli::told(error),
            other => other.into(),
        });
    }
    let app = App::open(&place, Clock::Machine).await?;
    welcome(&app, &args.data).await?;
    server::serve(app, listener, Running { workers: 2, shutdown_seconds: 10 }).await?;
    Ok(())
}

/// Prints where to look and who may sign in.
async fn welcome(app: &App, folder: &std::path::Path) -> anyhow::Result<()> {
    let link = app.first_live_offer().await.map_err(crate::cli::told)?;
    let url = &app.public_url;
    let password = fill::PASSWORD;
    print(&format!(
        "Serap demo: {url}\n\
         API docs: {url}/docs/\n\
         Password for every login: {password}\n\
         \x20 staf       officer, Disnaker Kabupaten Probolinggo (contoh)\n\
         \x20 rekan      a second officer of the same office\n\
         \x20 pimpinan   head of the office\n\
         \x20 instruktur instructor of its classes\n\
         \x20 staf2      officer of another office\n\
         \x20 mitra      PT Garmen Rekaan Nusantara\n\
         \x20 mitra2     CV Konveksi Misalan Jaya\n\
         \x20 admin      administrator of the installation\n\
         A graduate's offer: {}\n\
         Data: {} (delete it to begin anew). Every person and firm is invented.",
        link.unwrap_or_else(|| "none is live".to_owned()),
        folder.display()
    ))
}
