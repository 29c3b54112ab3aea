//! `serap user`: accounts from the machine itself.

use clap::{Args, Subcommand};

use crate::app::accounts::NewAccount;
use crate::app::actor::Actor;
use crate::app::clock::Clock;
use crate::app::installation::App;
use crate::cli::{office_named, print, told};
use crate::config::DataArgs;
use crate::engine::id::EmployerId;

/// Flags of `serap user`.
#[derive(Debug, Args)]
pub struct UserArgs {
    #[command(subcommand)]
    action: UserAction,
}

#[derive(Debug, Subcommand)]
enum UserAction {
    /// Open an account and print the one-time link that sets its password.
    Add(AddArgs),
    /// Print a new one-time link for an account and sign it out everywhere.
    Reset(ResetArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    /// Login name.
    login: String,
    /// admin, head, officer, instructor, viewer or employer.
    #[arg(long)]
    role: String,
    /// Name shown.
    #[arg(long)]
    name: Option<String>,
    /// Office, by name or id, for head, officer and instructor.
    #[arg(long)]
    office: Option<String>,
    /// Employer id, for an employer's account.
    #[arg(long)]
    employer: Option<String>,
    /// Region code, for a viewer.
    #[arg(long)]
    region: Option<String>,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Debug, Args)]
struct ResetArgs {
    /// Login name.
    login: String,
    #[command(flatten)]
    data: DataArgs,
}

/// Opens or resets an account.
pub async fn run(args: UserArgs) -> anyhow::Result<()> {
    match args.action {
        UserAction::Add(add) => open(add).await,
        UserAction::Reset(reset) => renew(reset).await,
    }
}

async fn open(args: AddArgs) -> anyhow::Result<()> {
    let app = App::open(&args.data.existing_place("serap-data")?, Clock::Machine).await?;
    let office = match args.role.as_str() {
        "head" | "officer" | "instructor" => Some(office_named(&app, args.office.as_deref()).await?),
        _ => None,
    };
    let new = NewAccount {
        display_name: args.name.unwrap_or_else(|| args.login.clone()),
        login: args.login,
        role: args.role,
        office_id: office,
        employer_id: args.employer.as_deref().and_then(EmployerId::parse),
        region_code: args.region,
        password: None,
    };
    let made = app.work(&Actor::cli(None), async |work| work.open_account(&new).await).await.map_err(told)?;
    print(&made.setup_url.unwrap_or_default())
}

async fn renew(args: ResetArgs) -> anyhow::Result<()> {
    let app = App::open(&args.data.existing_place("serap-data")?, Clock::Machine).await?;
    let url = app.work(&Actor::cli(None), async |work| work.reset_login(&args.login).await).await.map_err(told)?;
    print(&url)
}
