//! `serap serve`: serve an installation.

use std::net::TcpListener;

use anyhow::Context as _;
use clap::Args;

use crate::app::clock::Clock;
use crate::app::installation::App;
use crate::config::DataArgs;
use crate::server::{self, Running};
use crate::telemetry;

/// Flags of `serap serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Address to listen on.
    #[arg(long, env = "SERAP_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// What to log, in the words of `RUST_LOG`.
    #[arg(long, env = "SERAP_LOG", default_value = "info")]
    log: String,
    /// Log as JSON lines.
    #[arg(long, env = "SERAP_LOG_JSON")]
    log_json: bool,
}

/// Serves until the process is told to stop.
pub async fn run(args: ServeArgs) -> anyhow::Result<()> {
    telemetry::start(&args.log, args.log_json);
    let listener = TcpListener::bind(&args.listen).with_context(|| format!("cannot listen on {}", args.listen))?;
    let address = listener.local_addr()?.to_string();
    let place = args.data.place("serap-data", &address)?;
    let app = App::open(&place, Clock::Machine).await?;
    eprintln!("Serap listens on {}", app.public_url);
    server::serve(app, listener, Running { workers: 2, shutdown_seconds: 10 }).await?;
    Ok(())
}
