//! The commands. Output is a table for people and `--json` for programs; errors go to standard error with exit
//! code 1, wrong usage with 2.

pub mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = actix_web::rt::System::new();
    let outcome = runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => serve::run(args).await,
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
