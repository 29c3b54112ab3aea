//! `serap serve`: serve an installation.

use std::net::{SocketAddr, TcpListener};

use anyhow::Context as _;
use clap::Args;

use crate::app::clock::Clock;
use crate::cli::{open_app, print, told};
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
    /// Serve the local network over plain HTTP; passwords then cross it unencrypted.
    #[arg(long, env = "SERAP_LAN")]
    lan: bool,
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
    let address = listener.local_addr()?;
    refuse_open_door(&args, address)?;
    let place = args.data.place("serap-data", &address.to_string())?;
    let app = open_app(&place, Clock::Machine).await?;
    if let Some(link) = app.first_administrator().await.map_err(told)? {
        print(&format!("Set the administrator's password (login `admin`) within seven days: {link}"))?;
    }
    print(&format!("Serap listens on {}", app.public_url))?;
    server::serve(app, listener, Running { workers: 2, shutdown_seconds: 10 }).await?;
    Ok(())
}

/// Beyond this machine only behind TLS, or on a network that somebody declared to be local.
fn refuse_open_door(args: &ServeArgs, address: SocketAddr) -> anyhow::Result<()> {
    let behind_tls = args.data.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    anyhow::ensure!(
        address.ip().is_loopback() || behind_tls || args.lan,
        "{address} can be reached from other machines: put TLS in front and name it with --public-url https://…, or say --lan for a local network"
    );
    Ok(())
}
