//! `serap report absorption`: the rate with its numerator, denominator, day and definition; `serap report competency-gap`: what to teach
//! next.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use crate::app::actor::Actor;
use crate::app::clock::Clock;
use crate::app::competency_gap::{GapAsk, GapLine, GapReport};
use crate::app::installation::App;
use crate::app::report_view::{ItemView, Numbers};
use crate::app::reports::ReportAsk;
use crate::cli::{office_named, print, told};
use crate::config::DataArgs;

/// Flags of `serap report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    #[command(subcommand)]
    report: Report,
}

#[derive(Debug, Subcommand)]
enum Report {
    /// Who was absorbed, with bounds.
    Absorption(AbsorptionArgs),
    /// What to teach next: which unit, scheme or programme adds the most placements.
    CompetencyGap(GapArgs),
}

#[derive(Debug, Args)]
struct GapArgs {
    /// unit, scheme or programme.
    #[arg(long, default_value = "unit")]
    group_by: String,
    /// Teach only people who live in this region, by code.
    #[arg(long)]
    district: Option<String>,
    /// Only this office, by name or id.
    #[arg(long)]
    office: Option<String>,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Debug, Args)]
struct AbsorptionArgs {
    /// batch, programme, employer, district, fund or month.
    #[arg(long, default_value = "batch")]
    group_by: String,
    /// The day of the report; today unless named.
    #[arg(long)]
    as_of: Option<NaiveDate>,
    /// 30, 90, 180 or 365 days after each class.
    #[arg(long)]
    checkpoint: Option<String>,
    /// passed, started, attended or competent.
    #[arg(long)]
    denominator: Option<String>,
    /// Only this office, by name or id.
    #[arg(long)]
    office: Option<String>,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

/// Prints a report.
pub async fn run(args: ReportArgs) -> anyhow::Result<()> {
    match args.report {
        Report::Absorption(args) => absorption(args).await,
        Report::CompetencyGap(args) => competency_gap(args).await,
    }
}

async fn competency_gap(args: GapArgs) -> anyhow::Result<()> {
    let app = App::open(&args.data.existing_place("serap-data")?, Clock::Machine).await?;
    let office = match &args.office {
        Some(named) => Some(office_named(&app, Some(named)).await?),
        None => None,
    };
    let ask = GapAsk { group_by: Some(args.group_by), district: args.district, employer: None };
    let report = app.look(&Actor::cli(office)).competency_gap(&ask).await.map_err(told)?;
    if args.json {
        return print(&serde_json::to_string_pretty(&report)?);
    }
    let GapReport { as_of, placed_today, seats_free, promised_unopened, .. } = report;
    let mut text =
        format!("Per {as_of}: {placed_today} dari {seats_free} kursi bisa terisi; {promised_unopened} kursi dijanjikan belum dibuka\n");
    text.push_str(&format!("{:36} {:>9} {:>9} {:>9} {:>6} {:>8}\n", "", "tambahan", "diajar", "kurang", "kursi", "janji"));
    for line in &report.items {
        let number = |number: Option<u32>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
        let (added, fewest) = (number(line.added_placements), number(line.taught_fewest));
        let GapLine { code, lacking_only_this, seats_free, promised_unopened, title, .. } = line;
        text.push_str(&format!(
            "{code:36} {added:>9} {fewest:>9} {lacking_only_this:>9} {seats_free:>6} {promised_unopened:>8}  {title}\n"
        ));
    }
    print(&text)
}

async fn absorption(args: AbsorptionArgs) -> anyhow::Result<()> {
    let app = App::open(&args.data.existing_place("serap-data")?, Clock::Machine).await?;
    let office = match &args.office {
        Some(named) => Some(office_named(&app, Some(named)).await?),
        None => None,
    };
    let ask = ReportAsk {
        group_by: Some(args.group_by),
        as_of: args.as_of,
        checkpoint: args.checkpoint,
        denominator: args.denominator,
        ..ReportAsk::default()
    };
    let actor = Actor::cli(office);
    let view = app.look(&actor).absorption(&ask).await.map_err(told)?;
    if args.json {
        return print(&serde_json::to_string_pretty(&view)?);
    }
    let at = view.asked.checkpoint.map(|days| format!(", hari ke-{days}")).unwrap_or_default();
    let mut text = format!("Penyerapan per {}{at}; penyebut: {}\n", view.asked.as_of, view.asked.denominator);
    text.push_str(&format!(
        "{:36} {:>9} {:>8} {:>11} {:>13} {:>9} {:>7}\n",
        "", "terbukti", "persen", "dilaporkan", "batas", "tak tahu", "belum"
    ));
    for item in view.items.iter().chain([&view.totals]) {
        text.push_str(&line(item));
    }
    print(&text)
}

fn line(item: &ItemView) -> String {
    let label = item
        .slice
        .as_ref()
        .map_or_else(|| "SEMUA".to_owned(), |slice| slice.label.clone().or_else(|| slice.id.clone()).unwrap_or_else(|| "-".to_owned()));
    let Numbers { denominator, verified, reported, lower, upper, unknown, not_due, rate_hundredths, .. } = item.numbers;
    let rate = rate_hundredths.map_or_else(|| "-".to_owned(), |rate| format!("{},{:02} %", rate / 100, rate % 100));
    let (proved, bounds) = (format!("{verified}/{denominator}"), format!("{lower}-{upper}/{denominator}"));
    format!("{label:36} {proved:>9} {rate:>8} {reported:>11} {bounds:>13} {unknown:>9} {not_due:>7}\n")
}
