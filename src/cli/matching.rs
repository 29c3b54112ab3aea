//! `serap match`: the match list of a vacancy, or of every open one, on the terminal.

use std::io::{BufWriter, IsTerminal as _, Write as _};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::actor::Actor;
use crate::app::clock::Clock;
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::match_all::VacancyMatches;
use crate::app::matches::MatchLine;
use crate::cli::{open_app, print, told};
use crate::config::DataArgs;
use crate::engine::id::VacancyId;
use crate::engine::unit_code::UnitCode;
use crate::words::Language;
use crate::words::matching::explain;

/// Flags of `serap match`.
#[derive(Debug, Args)]
pub struct MatchArgs {
    /// The vacancy's id.
    #[arg(value_parser = vacancy, required_unless_present = "all")]
    vacancy: Option<VacancyId>,
    /// Every open vacancy against every graduate.
    #[arg(long, conflicts_with = "vacancy")]
    all: bool,
    /// How many graduates of each list.
    #[arg(long, default_value_t = 16)]
    limit: usize,
    /// Show why, line by line.
    #[arg(long)]
    explain: bool,
    /// Answer as JSON; with --all a line a vacancy.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

fn vacancy(text: &str) -> Result<VacancyId, String> {
    VacancyId::parse(text).ok_or_else(|| "not an id".to_owned())
}

/// Prints match lists.
pub async fn run(args: MatchArgs) -> anyhow::Result<()> {
    let app = open_app(&args.data.existing_place("serap-data")?, Clock::Machine).await?;
    match args.vacancy {
        Some(vacancy) => one(&app, vacancy, &args).await,
        None => all(&app, &args).await,
    }
}

async fn one(app: &App, vacancy: VacancyId, args: &MatchArgs) -> anyhow::Result<()> {
    let actor = Actor::cli(None);
    let page = app.look(&actor).matches(vacancy, args.limit.clamp(1, 1_000), None).await.map_err(told)?;
    if args.json {
        let items: Vec<_> = page.items.iter().map(as_json).collect();
        let out = serde_json::json!({ "as_of": page.as_of.to_string(), "policy": page.policy, "catalogue": page.catalogue, "count": page.count, "items": items });
        return print(&serde_json::to_string_pretty(&out)?);
    }
    let mut text = format!("{} orang · {} · katalog {} · {}\n", page.count, page.policy, page.catalogue, page.as_of);
    page.items.iter().for_each(|line| add(&mut text, line, args.explain));
    print(&text)
}

/// Lists go out as they are made; the bar counts vacancies, if a person is watching.
async fn all(app: &App, args: &MatchArgs) -> anyhow::Result<()> {
    let actor = Actor::cli(None);
    let look = app.look(&actor);
    let vacancies = look.open_vacancy_count().await.map_err(told)?;
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(u64::try_from(vacancies)?) } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed}")?);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut ended = None;
    let taken = look.match_all(args.limit.clamp(1, 1_000), |lists| {
        bar.inc(u64::try_from(lists.len()).unwrap_or(0));
        let written = lists.iter().try_for_each(|list| out.write_all(told_list(list, args).as_bytes())).and_then(|()| out.flush());
        written.map_err(|error| {
            let message = AppError::Internal(error.to_string());
            ended = Some(error);
            message
        })
    });
    let taken = taken.await;
    bar.finish_and_clear();
    match ended {
        Some(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        _ => taken.map_err(told),
    }
}

fn told_list(list: &VacancyMatches, args: &MatchArgs) -> String {
    if args.json {
        let items: Vec<_> = list.items.iter().map(as_json).collect();
        let line = serde_json::json!({ "vacancy_id": list.vacancy.to_string(), "title": list.title, "policy": list.policy, "assessable": list.assessable, "count": list.count, "items": items });
        return format!("{line}\n");
    }
    let mut text = format!("{} · {} · {} orang · {}\n", list.title, list.vacancy, list.count, list.policy);
    list.items.iter().for_each(|line| add(&mut text, line, args.explain));
    text.push('\n');
    text
}

/// Adds a line of a list, with its reasons if asked.
fn add(text: &mut String, line: &MatchLine, explained: bool) {
    let score =
        line.score.as_ref().map_or_else(|| "   -  ".to_owned(), |score| format!("{:6.2}", f64::from(score.total_hundredths) / 100.0));
    let km = line.metres.map_or_else(|| "?".to_owned(), |metres| format!("{:.1}", f64::from(metres) / 1000.0));
    let district = line.graduate.district_name.as_deref().unwrap_or("-");
    text.push_str(&format!("{:3} {score}  {:28} {district:16} {km:>6} km\n", line.rank, line.graduate.display_name));
    let parts = line.score.iter().flat_map(|score| &score.contributions).filter(|_| explained);
    for part in parts {
        let unit = part.unit.as_ref().map(UnitCode::as_str).unwrap_or_default();
        let (points, most) = (f64::from(part.points_hundredths) / 100.0, f64::from(part.max_hundredths) / 100.0);
        let why = explain(&part.detail, Language::Indonesian);
        text.push_str(&format!("          {points:5.2}/{most:5.2} {} {unit}: {why}\n", part.factor));
    }
}

fn as_json(line: &MatchLine) -> serde_json::Value {
    serde_json::json!({
        "rank": line.rank,
        "graduate": { "id": line.graduate.id.to_string(), "display_name": line.graduate.display_name, "district": line.graduate.district },
        "score": line.score.as_ref().map(|score| f64::from(score.total_hundredths) / 100.0),
        "distance_km": line.metres.map(|metres| f64::from(metres) / 1000.0),
    })
}
