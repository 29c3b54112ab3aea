//! `serap vacancy read`: what a firm's message says, field by field. It writes nothing.

use std::io::Read as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::app::actor::Actor;
use crate::app::adverts::AdvertView;
use crate::app::clock::Clock;
use crate::app::installation::App;
use crate::cli::{office_named, print, told};
use crate::config::DataArgs;
use crate::engine::advert::Read;
use crate::engine::geo::RegionCode;

/// The largest file read, in bytes; an advert of 10,000 characters is far smaller.
const LARGEST: u64 = 1 << 20;

/// Flags of `serap vacancy`.
#[derive(Debug, Args)]
pub struct VacancyArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read a message into the fields of a vacancy.
    Read(ReadArgs),
}

#[derive(Debug, Args)]
struct ReadArgs {
    /// The file with the message; `-` for standard input.
    file: PathBuf,
    /// The office whose region comes first where places share a name, and whose memory counts.
    #[arg(long)]
    office: Option<String>,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

/// Prints what an advert says.
pub async fn run(args: VacancyArgs) -> anyhow::Result<()> {
    let What::Read(args) = args.what;
    let text = message(&args.file)?;
    let app = App::open(&args.data.existing_place("serap-data")?, Clock::Machine).await?;
    let office = match args.office.as_deref() {
        Some(named) => Some(office_named(&app, Some(named)).await?),
        None => office_named(&app, None).await.ok(),
    };
    let view = app.look(&Actor::cli(None)).read_advert(&text, office).await.map_err(told)?;
    if args.json {
        return print(&serde_json::to_string_pretty(&as_json(&view))?);
    }
    let mut lines: Vec<String> = Vec::new();
    for (name, value, words) in fields(&view) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        lines.push(format!("{name:18} {value:28} “{}”", words.replace('\n', " ")));
    }
    for (part, resolution) in &view.requirements {
        let best = resolution.candidates.first().map(|best| format!("{} {}", best.code, best.title)).unwrap_or_default();
        lines.push(format!("{:18} {:28} {} {best}", "requirement", part.text, resolution.status));
    }
    lines.extend(view.advert.others.iter().map(|part| format!("{:18} {}", part.kind.code(), part.text.replace('\n', " "))));
    lines.extend(view.flags.iter().map(|(text, flag)| format!("! {:16} {text}", flag.code())));
    print(&lines.join("\n"))
}

fn message(file: &PathBuf) -> anyhow::Result<String> {
    let mut text = String::new();
    let read = if file.as_os_str() == "-" {
        std::io::stdin().lock().take(LARGEST).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|opened| opened.take(LARGEST).read_to_string(&mut text))
    };
    read.with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text)
}

/// The fields that were read: name, value, words.
fn fields(view: &AdvertView) -> Vec<(&'static str, Value, String)> {
    fn put<T>(all: &mut Vec<(&'static str, Value, String)>, name: &'static str, read: Option<&Read<T>>, value: impl Fn(&T) -> Value) {
        all.extend(read.map(|read| (name, value(&read.value), read.text.clone())));
    }
    let advert = &view.advert;
    let mut all = Vec::new();
    put(&mut all, "title", advert.title().as_ref(), |title| json!(title));
    put(&mut all, "positions", advert.positions.as_ref(), |seats| json!(seats));
    put(&mut all, "district", advert.district.as_ref(), |code| json!(code.as_ref().map(RegionCode::as_str)));
    put(&mut all, "wage_min", advert.wage_min.as_ref(), |wage| json!(wage.amount()));
    put(&mut all, "wage_max", advert.wage_max.as_ref(), |wage| json!(wage.amount()));
    put(&mut all, "wage_unit", advert.wage_unit.as_ref(), |unit| json!(unit.code()));
    put(&mut all, "shift", advert.shift.as_ref(), |shift| json!(shift.code()));
    put(&mut all, "starts_on", advert.starts_on.as_ref(), |day| json!(day));
    put(&mut all, "closes_on", advert.closes_on.as_ref(), |day| json!(day));
    put(&mut all, "contract", advert.contract.as_ref(), |contract| json!(contract.code()));
    put(&mut all, "hours_per_week", advert.hours_per_week.as_ref(), |hours| json!(hours));
    put(&mut all, "education", advert.education.as_ref(), |schools| json!(schools));
    put(&mut all, "experience_months", advert.experience_months.as_ref(), |months| json!(months));
    put(&mut all, "licences", advert.licences.as_ref(), |licences| json!(licences));
    if let [Some(only)] = view.occupations.as_slice() {
        all.push(("kbji", json!(only.occupation.kbji), only.text.clone()));
    }
    all
}

fn as_json(view: &AdvertView) -> Value {
    let fields: serde_json::Map<String, Value> =
        fields(view).into_iter().map(|(name, value, text)| (name.to_owned(), json!({ "value": value, "text": text }))).collect();
    let requirements: Vec<Value> = view
        .requirements
        .iter()
        .map(|(part, resolution)| {
            let codes: Vec<&str> = resolution.candidates.iter().map(|candidate| candidate.code.as_str()).collect();
            json!({ "text": part.text, "status": resolution.status.code(), "candidates": codes })
        })
        .collect();
    let others: Vec<Value> = view.advert.others.iter().map(|part| json!({ "text": part.text, "kind": part.kind.code() })).collect();
    let flags: Vec<Value> = view.flags.iter().map(|(text, flag)| json!({ "code": flag.code(), "text": text })).collect();
    json!({ "fields": fields, "requirements": requirements, "not_skills": others, "flags": flags })
}
