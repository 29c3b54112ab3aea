//! `serap allocate`: a class to its seats on the terminal, the ways side by side.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rustc_hash::FxHashMap;
use uuid::Uuid;

use crate::app::actor::Actor;
use crate::app::allocation::job::Running;
use crate::app::allocation::request::{AllocationRequest, Way, WhatIf};
use crate::app::allocation::result::{AllocationResult, WayDoc};
use crate::app::allocation::view::AllocationView;
use crate::app::clock::Clock;
use crate::app::installation::App;
use crate::app::paging::Slice;
use crate::cli::{open_app, print, told};
use crate::config::DataArgs;
use crate::engine::allocation::{Objective, Side};
use crate::engine::id::VacancyId;
use crate::words::Language;
use crate::words::allocation as words;

/// Flags of `serap allocate`.
#[derive(Debug, Args)]
pub struct AllocateArgs {
    /// A batch, by id or name; give it again for more.
    #[arg(long = "batch", required = true)]
    batches: Vec<String>,
    /// A vacancy's id; every open one of the office unless given.
    #[arg(long = "vacancy")]
    vacancies: Vec<Uuid>,
    /// `maximum` places most people, `stable` leaves nobody who would rather have each other.
    #[arg(long, default_value = "maximum", value_parser = |text: &str| Objective::parse(text).ok_or("maximum or stable"))]
    objective: Objective,
    /// Whose best stable plan: `graduates` or `employers`.
    #[arg(long, default_value = "graduates", value_parser = |text: &str| Side::parse(text).ok_or("graduates or employers"))]
    optimal_for: Side,
    /// Decides between equals; the same seed gives the same plan.
    #[arg(long, default_value_t = 1)]
    seed: i64,
    /// The least score of an assignment, in whole points.
    #[arg(long, value_parser = clap::value_parser!(u16).range(0..=100))]
    minimum_score: Option<u16>,
    /// The most people any partner gets.
    #[arg(long)]
    most_per_partner: Option<u32>,
    /// A vacancy that is filled before any other.
    #[arg(long)]
    must_fill: Vec<Uuid>,
    /// Something to try out: seats:VACANCY=+10, wage:VACANCY=3500000, radius=30, drop:UNIT[@VACANCY], shuttle:DISTRICT[@VACANCY].
    #[arg(long)]
    what_if: Vec<String>,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

/// Works an allocation out, keeps it, and prints it.
pub async fn run(args: AllocateArgs) -> anyhow::Result<()> {
    let app = open_app(&args.data.existing_place("serap-data")?, Clock::Machine).await?;
    let actor = Actor::cli(None);
    let request = request_of(&app, &actor, &args).await?;
    let prepared = app.prepare_allocation(&actor, request).await.map_err(told)?;
    let running = Arc::new(Running::default());
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(100) } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}% {elapsed}")?);
    let result = {
        let solving = app.work_out(&prepared, &running);
        tokio::pin!(solving);
        loop {
            tokio::select! {
                result = &mut solving => break result.map_err(told)?,
                () = tokio::time::sleep(Duration::from_millis(100)) => bar.set_position(u64::try_from(running.percent()).unwrap_or(0)),
                _ = tokio::signal::ctrl_c() => running.stop(),
            }
        }
    };
    bar.finish_and_clear();
    let result = result.context("dihentikan; tidak ada yang disimpan")?;
    let view = app.work(&actor, async |work| work.keep_allocation(&prepared, &result).await).await.map_err(told)?;
    if args.json {
        return print(&serde_json::to_string_pretty(&as_json(&view, &result))?);
    }
    print(&as_text(&view, &result))
}

async fn request_of(app: &App, actor: &Actor, args: &AllocateArgs) -> anyhow::Result<AllocationRequest> {
    let known = app.look(actor).batches(None, None, Slice::all()).await.map_err(told)?.rows;
    let mut batches = Vec::with_capacity(args.batches.len());
    for text in &args.batches {
        let mut named = known.iter().filter(|batch| batch.row.id.to_string() == *text || batch.row.name == *text);
        let found = named.next().with_context(|| format!("tidak ada angkatan `{text}`"))?;
        anyhow::ensure!(named.next().is_none(), "ada beberapa angkatan bernama `{text}`; sebutkan id-nya");
        batches.push(found.row.id.0);
    }
    let way = match (args.objective, args.optimal_for) {
        (Objective::Maximum, _) => Way::Maximum,
        (Objective::Stable, Side::Graduates) => Way::StableGraduates,
        (Objective::Stable, Side::Employers) => Way::StableEmployers,
    };
    let mut what_if = WhatIf::default();
    for text in &args.what_if {
        try_out(&mut what_if, text).with_context(|| format!("--what-if {text}: seats:LOWONGAN=+10, wage:LOWONGAN=3500000, radius=30, drop:UNIT[@LOWONGAN] atau shuttle:KECAMATAN[@LOWONGAN]"))?;
    }
    Ok(AllocationRequest {
        vacancies: (!args.vacancies.is_empty()).then(|| args.vacancies.clone()),
        seed: args.seed,
        minimum_score: args.minimum_score.map(|points| points * 100),
        most_per_partner: args.most_per_partner,
        must_fill: args.must_fill.clone(),
        what_if,
        ..AllocationRequest::of(batches, way)
    })
}

/// Adds one thing to try out.
fn try_out(what_if: &mut WhatIf, text: &str) -> Option<()> {
    let vacancy = |text: &str| Uuid::try_parse(text).ok();
    let place = |text: &str| match text.split_once('@') {
        Some((what, at)) => Some((what.to_owned(), Some(vacancy(at)?))),
        None => Some((text.to_owned(), None)),
    };
    match text.split_once(':') {
        Some(("seats", rest)) => {
            let (at, seats) = rest.split_once('=')?;
            what_if.extra_seats.push((vacancy(at)?, seats.trim_start_matches('+').parse().ok()?));
        }
        Some(("wage", rest)) => {
            let (at, wage) = rest.split_once('=')?;
            what_if.wages.push((vacancy(at)?, wage.parse().ok()?));
        }
        Some(("drop", rest)) => {
            let (unit, at) = place(rest)?;
            what_if.dropped.push((at, unit));
        }
        Some(("shuttle", rest)) => what_if.shuttles.push(place(rest)?),
        Some(_) => return None,
        None => {
            let km: u32 = text.strip_prefix("radius=")?.parse().ok()?;
            what_if.radius_metres = Some(km.saturating_mul(1000));
        }
    }
    Some(())
}

/// Hundredths as points with two decimals.
fn points(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn number(hundredths: u64) -> serde_json::Value {
    points(hundredths).parse::<f64>().map_or(serde_json::Value::Null, Into::into)
}

fn as_json(view: &AllocationView, result: &AllocationResult) -> serde_json::Value {
    let way = |plan: &WayDoc| {
        serde_json::json!({
            "way": plan.way.code(), "placed": plan.figures.placed, "total_score": number(plan.figures.total_score),
            "lowest_score": plan.figures.lowest_score.map(|score| number(u64::from(score))),
            "distance_m": plan.figures.metres, "objections": plan.figures.objections,
        })
    };
    let shown = result.way(view.way);
    let assignments = shown.iter().flat_map(|plan| &plan.assignments).map(|one| {
        serde_json::json!({ "graduate_id": one.graduate, "vacancy_id": one.vacancy, "score": one.score.map(|score| number(u64::from(score))) })
    });
    let unplaced = shown.iter().flat_map(|plan| &plan.unplaced).map(|one| {
        serde_json::json!({ "graduate_id": one.graduate, "reason": one.reason.code(), "vacancy_id": one.vacancy, "units": one.units })
    });
    serde_json::json!({
        "id": view.id.to_string(), "as_of": view.as_of.to_string(), "policy": view.policy, "catalogue": view.catalogue, "seed": view.seed,
        "is_simulation": view.is_simulation, "way": view.way.code(),
        "placed": shown.map(|plan| plan.figures.placed), "total_score": shown.map(|plan| number(plan.figures.total_score)),
        "assignments": assignments.collect::<Vec<_>>(), "unplaced": unplaced.collect::<Vec<_>>(),
        "skipped": result.skipped.iter().map(|one| serde_json::json!({ "batch_id": one.batch, "vacancy_id": one.vacancy, "reason": one.reason.code() })).collect::<Vec<_>>(),
        "verified": shown.and_then(|plan| plan.proof.as_ref()).map(|proof| proof.verified),
        "ways": result.ways.iter().map(way).collect::<Vec<_>>(),
    })
}

fn as_text(view: &AllocationView, result: &AllocationResult) -> String {
    let language = Language::Indonesian;
    let names: FxHashMap<Uuid, &str> = view.people.iter().map(|named| (named.id.0, named.display_name.as_str())).collect();
    let name = |id: Uuid| names.get(&id).map_or_else(|| id.to_string(), |name| (*name).to_owned());
    let job =
        |id: Uuid| view.jobs.get(&VacancyId(id)).map_or_else(|| id.to_string(), |job| format!("{} ({})", job.title, job.employer_name));
    let mut text = format!("Alokasi {} · {} · katalog {} · {} · benih {}\n", view.id, view.policy, view.catalogue, view.as_of, view.seed);
    if view.is_simulation {
        text.push_str("Percobaan: tidak ada data yang diubah.\n");
    }
    text.push_str(&format!("\n{:46} {:>5} {:>10} {:>8} {:>9} {:>9}\n", "", "kursi", "nilai", "terendah", "km", "keberatan"));
    let mut row = |name: &str, figures: &crate::app::allocation::result::Figures| {
        let lowest = figures.lowest_score.map_or_else(|| "-".to_owned(), |score| points(u64::from(score)));
        let (total, km) = (points(figures.total_score), figures.metres / 1000);
        text.push_str(&format!("{name:46} {:>5} {total:>10} {lowest:>8} {km:>9} {:>9}\n", figures.placed, figures.objections));
    };
    result.ways.iter().for_each(|plan| row(words::way(plan.way, language), &plan.figures));
    result.base.iter().flatten().for_each(|plan| row(&format!("sekarang: {}", words::way(plan.way, language)), &plan.figures));
    let Some(plan) = result.way(view.way) else { return text };
    let verified = if plan.proof.as_ref().is_some_and(|proof| proof.verified) { " (terbukti)" } else { "" };
    text.push_str(&format!("\n{}{verified}\n", words::way(plan.way, language)));
    for one in &plan.assignments {
        let score = one.score.map_or_else(|| "-".to_owned(), |score| points(u64::from(score)));
        text.push_str(&format!("  {:28} {score:>6}  {}\n", name(one.graduate), job(one.vacancy)));
    }
    if !plan.unplaced.is_empty() {
        text.push_str("\nBelum mendapat kursi\n");
    }
    for one in &plan.unplaced {
        let title = one.vacancy.map(job);
        let displaced = one.chain.as_ref().and_then(|chain| chain.displaced).map(name);
        let facts = words::Facts {
            job: title.as_deref(),
            units: &one.units,
            competition: one.competition.as_ref().map(|these| (these.people, these.seats)),
            displaced: displaced.as_deref(),
            price: one.chain.as_ref().map(|chain| chain.price),
        };
        text.push_str(&format!("  {:28} {}\n", name(one.graduate), words::unplaced(one.reason, facts, language)));
    }
    for one in &plan.empty_seats {
        text.push_str(&format!(
            "  {} kursi kosong di {}: {}\n",
            one.seats,
            job(one.vacancy),
            words::empty(one.reason, one.unit.as_deref(), one.lacking, language)
        ));
    }
    for one in &result.held {
        text.push_str(&format!("  {:28} {} di {}\n", name(one.graduate), words::held(one.by, language), job(one.vacancy)));
    }
    for one in &result.skipped {
        let what = one.vacancy.map(job).or_else(|| one.batch.map(|batch| format!("angkatan {batch}"))).unwrap_or_default();
        text.push_str(&format!("  dilewati: {what}: {}\n", words::skipped(one.reason, language)));
    }
    text
}
