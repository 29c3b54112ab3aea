//! `serap match`: the match list of a vacancy on the terminal.

use clap::Args;

use crate::app::actor::Actor;
use crate::app::clock::Clock;
use crate::app::installation::App;
use crate::app::matches::MatchLine;
use crate::cli::{print, told};
use crate::config::DataArgs;
use crate::engine::id::VacancyId;
use crate::engine::unit_code::UnitCode;
use crate::words::Language;
use crate::words::matching::explain;

/// Flags of `serap match`.
#[derive(Debug, Args)]
pub struct MatchArgs {
    /// The vacancy's id.
    #[arg(value_parser = vacancy)]
    vacancy: VacancyId,
    /// How many graduates.
    #[arg(long, default_value_t = 16)]
    limit: usize,
    /// Show why, line by line.
    #[arg(long)]
    explain: bool,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

fn vacancy(text: &str) -> Result<VacancyId, String> {
    VacancyId::parse(text).ok_or_else(|| "not an id".to_owned())
}

/// Prints a vacancy's match list.
pub async fn run(args: MatchArgs) -> anyhow::Result<()> {
    let app = App::open(&args.data.existing_place("serap-data")?, Clock::Machine).await?;
    let actor = Actor::cli(None);
    let page = app.look(&actor).matches(args.vacancy, args.limit.clamp(1, 1_000), None).await.map_err(told)?;
    if args.json {
        let items: Vec<_> = page.items.iter().map(as_json).collect();
        let out = serde_json::json!({ "as_of": page.as_of.to_string(), "policy": page.policy, "catalogue": page.catalogue, "count": page.count, "items": items });
        return print(&serde_json::to_string_pretty(&out)?);
    }
    let mut text = format!("{} orang · {} · katalog {} · {}\n", page.count, page.policy, page.catalogue, page.as_of);
    for line in &page.items {
        let score =
            line.score.as_ref().map_or_else(|| "   -  ".to_owned(), |score| format!("{:6.2}", f64::from(score.total_hundredths) / 100.0));
        let km = line.metres.map_or_else(|| "?".to_owned(), |metres| format!("{:.1}", f64::from(metres) / 1000.0));
        let district = line.graduate.district_name.as_deref().unwrap_or("-");
        text.push_str(&format!("{:3} {score}  {:28} {district:16} {km:>6} km\n", line.rank, line.graduate.display_name));
        if args.explain {
            for part in line.score.iter().flat_map(|score| &score.contributions) {
                let unit = part.unit.as_ref().map(UnitCode::as_str).unwrap_or_default();
                let (points, most) = (f64::from(part.points_hundredths) / 100.0, f64::from(part.max_hundredths) / 100.0);
                text.push_str(&format!(
                    "          {points:5.2}/{most:5.2} {} {unit}: {}\n",
                    part.factor,
                    explain(&part.detail, Language::Indonesian)
                ));
            }
        }
    }
    print(&text)
}

fn as_json(line: &MatchLine) -> serde_json::Value {
    serde_json::json!({
        "rank": line.rank,
        "graduate": { "id": line.graduate.id.to_string(), "display_name": line.graduate.display_name, "district": line.graduate.district },
        "score": line.score.as_ref().map(|score| f64::from(score.total_hundredths) / 100.0),
        "distance_km": line.metres.map(|metres| f64::from(metres) / 1000.0),
    })
}
