//! `serap policy`: the scoring policy in force, what a draft would change, and setting it.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::app::actor::Actor;
use crate::app::clock::Clock;
use crate::app::installation::App;
use crate::app::matches::policy_name;
use crate::app::policies::PolicyView;
use crate::app::policy_effects::{Moved, PolicyCheck, PolicyEffect};
use crate::cli::{office_named, open_app, print, told};
use crate::config::DataArgs;
use crate::engine::id::OfficeId;
use crate::engine::matching::policy::Policy;
use crate::words::policy::explain;
use crate::words::{Language, Say as _};

/// Flags of `serap policy`.
#[derive(Debug, Args)]
pub struct PolicyArgs {
    #[command(subcommand)]
    action: PolicyAction,
}

#[derive(Debug, Subcommand)]
enum PolicyAction {
    /// Print the policy in force as a file to begin from, with what it means and those before it as comments.
    Show(ShowArgs),
    /// Explain a policy and tell what it would change. Writes nothing.
    Check(FileArgs),
    /// Set a policy; the one before ends.
    Set(FileArgs),
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// The office, by name or id; without it, the policy of offices that set none.
    #[arg(long)]
    office: Option<String>,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Debug, Args)]
struct FileArgs {
    /// The policy, TOML.
    file: PathBuf,
    #[command(flatten)]
    whose: ShowArgs,
}

/// Shows, checks or sets a policy.
pub async fn run(args: PolicyArgs) -> anyhow::Result<()> {
    match args.action {
        PolicyAction::Show(args) => show(&args).await,
        PolicyAction::Check(args) => check(&args).await,
        PolicyAction::Set(args) => set(&args).await,
    }
}

/// The installation and the office asked about.
async fn opened(args: &ShowArgs) -> anyhow::Result<(App, Option<OfficeId>)> {
    let app = open_app(&args.data.existing_place("serap-data")?, Clock::Machine).await?;
    let office = match &args.office {
        Some(name) => Some(office_named(&app, Some(name)).await?),
        None => None,
    };
    Ok((app, office))
}

fn text_of(args: &FileArgs) -> anyhow::Result<String> {
    std::fs::read_to_string(&args.file).with_context(|| format!("cannot read {}", args.file.display()))
}

async fn show(args: &ShowArgs) -> anyhow::Result<()> {
    let (app, office) = opened(args).await?;
    let actor = Actor::cli(None);
    let look = app.look(&actor);
    let view = look.policy_in_force(office).await.map_err(told)?;
    let history = look.policy_history(office, crate::app::paging::Slice::all()).await.map_err(told)?.rows;
    if args.json {
        let past: Vec<Value> = history.iter().map(view_json).collect();
        let out = json!({ "in_force": view_json(&view), "explanation": explain(&view.policy, Language::Indonesian), "items": past });
        return print(&serde_json::to_string_pretty(&out)?);
    }
    let mut text = format!("# {}\n\n{}\n", view.printed(), view.toml);
    text.extend(explain(&view.policy, Language::Indonesian).iter().map(|sentence| format!("# {sentence}\n")));
    for past in &history {
        let since = past.created_at.map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
        let until = past.ended_at.map_or_else(|| "berlaku".to_owned(), |at| at.format("sampai %Y-%m-%d %H:%M").to_string());
        let whose = past.office.map_or_else(|| "semua kantor".to_owned(), |office| office.to_string());
        text.push_str(&format!("# {:24} {whose}  sejak {since} UTC, {until}\n", past.printed()));
    }
    print(&text)
}

async fn check(args: &FileArgs) -> anyhow::Result<()> {
    let text = text_of(args)?;
    let (app, office) = opened(&args.whose).await?;
    let actor = Actor::cli(None);
    let check = app.look(&actor).check_policy(&text, office).await.map_err(told)?;
    if args.whose.json {
        return print(&serde_json::to_string_pretty(&check_json(&check))?);
    }
    let mut text = format!("{}\n\n{}\n", policy_name(&check.policy), sentences(&check.policy));
    if let Some(conflict) = &check.conflict {
        text.push_str(&format!("! {}\n\n", conflict.say(Language::Indonesian)));
    }
    check.effects.iter().for_each(|effect| add(&mut text, effect));
    if check.left_out > 0 {
        text.push_str(&format!("{} lowongan lain tidak dibandingkan.\n", check.left_out));
    }
    text.push_str("Tidak ada yang disimpan.\n");
    print(&text)
}

async fn set(args: &FileArgs) -> anyhow::Result<()> {
    let text = text_of(args)?;
    let (app, office) = opened(&args.whose).await?;
    let view = app.work(&Actor::cli(None), async |work| work.set_policy(&text, office).await).await.map_err(told)?;
    if args.whose.json {
        return print(&serde_json::to_string_pretty(&view_json(&view))?);
    }
    print(&format!("{} berlaku mulai sekarang.", view.printed()))
}

fn sentences(policy: &Policy) -> String {
    explain(policy, Language::Indonesian).iter().map(|sentence| format!("- {sentence}\n")).collect()
}

/// Adds what would change in one vacancy's list.
fn add(text: &mut String, effect: &PolicyEffect) {
    let changes = &effect.changes;
    text.push_str(&format!("{} · {} · sekarang {}\n", effect.title, effect.vacancy, effect.policy));
    if !effect.assessable {
        text.push_str("  belum dapat dinilai: tidak menyebut unit kompetensi\n\n");
        return;
    }
    let (before, after) = (changes.count_before, changes.count_after);
    text.push_str(&format!("  {before} orang menjadi {after}; {} pindah tempat; {} kursi kosong\n", changes.moved, changes.seats));
    for (mark, people) in [("+ masuk ", &changes.entering), ("- keluar", &changes.leaving), ("~ pindah", &changes.movers)] {
        for moved in people {
            let place = |rank: Option<usize>| rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
            let score = |score: Option<u32>| score.map_or_else(|| "-".to_owned(), |score| format!("{:.2}", f64::from(score) / 100.0));
            text.push_str(&format!(
                "  {mark} {:8} {}  tempat {} -> {}, skor {} -> {}\n",
                moved.initials,
                moved.graduate,
                place(moved.rank_before),
                place(moved.rank_after),
                score(moved.score_before),
                score(moved.score_after)
            ));
        }
    }
    text.push('\n');
}

fn view_json(view: &PolicyView) -> Value {
    json!({
        "id": view.id.map(|id| id.to_string()),
        "office_id": view.office.map(|office| office.to_string()),
        "name": view.policy.name(),
        "revision": view.policy.version(),
        "policy": view.printed(),
        "toml": view.toml,
        "created_at": view.created_at,
        "ended_at": view.ended_at,
    })
}

fn check_json(check: &PolicyCheck) -> Value {
    let vacancies: Vec<Value> = check.effects.iter().map(effect_json).collect();
    json!({
        "policy": policy_name(&check.policy),
        "explanation": explain(&check.policy, Language::Indonesian),
        "conflict": check.conflict.as_ref().map(|refusal| refusal.say(Language::Indonesian)),
        "vacancies": vacancies,
        "vacancies_left_out": check.left_out,
    })
}

fn effect_json(effect: &PolicyEffect) -> Value {
    let changes = &effect.changes;
    let all = |people: &[Moved]| people.iter().map(moved_json).collect::<Vec<Value>>();
    json!({
        "vacancy_id": effect.vacancy.to_string(),
        "title": effect.title,
        "policy": effect.policy,
        "assessable": effect.assessable,
        "seats": changes.seats,
        "count_before": changes.count_before,
        "count_after": changes.count_after,
        "moved": changes.moved,
        "entering": all(&changes.entering),
        "leaving": all(&changes.leaving),
        "biggest_movers": all(&changes.movers),
    })
}

fn moved_json(moved: &Moved) -> Value {
    let points = |score: Option<u32>| score.map(|score| f64::from(score) / 100.0);
    json!({
        "graduate_id": moved.graduate.to_string(),
        "initials": moved.initials,
        "rank_before": moved.rank_before,
        "rank_after": moved.rank_after,
        "score_before": points(moved.score_before),
        "score_after": points(moved.score_after),
    })
}
