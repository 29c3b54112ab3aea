//! `serap policy`: show, check and set the scoring policy of an office.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use crate::app::actor::Actor;
use crate::app::clock::Clock;
use crate::app::installation::App;
use crate::app::policy_check::{Mover, PolicyCheck};
use crate::cli::{office_named, open_app, print, told};
use crate::config::DataArgs;
use crate::words::policy::{PolicyWords, explain};
use crate::words::{Language, Say as _};

/// Flags of `serap policy`.
#[derive(Debug, Args)]
pub struct PolicyArgs {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Print the policy in force, as a file to begin from.
    Show {
        #[command(flatten)]
        place: Whose,
    },
    /// Explain a policy and tell what it would change on the open vacancies. Writes nothing.
    Check {
        /// The policy, TOML.
        file: PathBuf,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        place: Whose,
    },
    /// Set a policy; the ones before stay on record.
    Set {
        /// The policy, TOML.
        file: PathBuf,
        #[command(flatten)]
        place: Whose,
    },
}

#[derive(Debug, Args)]
struct Whose {
    /// The office, by name or id; without it the policy of every office that has none of its own.
    #[arg(long)]
    office: Option<String>,
    #[command(flatten)]
    data: DataArgs,
}

/// Does what was asked.
pub async fn run(args: PolicyArgs) -> anyhow::Result<()> {
    match args.deed {
        Deed::Show { place } => {
            let (app, actor) = opened(&place).await?;
            print(&crate::app::policy_text::written(&app.look(&actor).policy()))
        }
        Deed::Check { file, json, place } => {
            let (toml, (app, actor)) = (read(&file)?, opened(&place).await?);
            let check = app.look(&actor).check_policy(&toml).await.map_err(told)?;
            if json { print(&serde_json::to_string_pretty(&as_json(&check))?) } else { print(&in_words(&check)) }
        }
        Deed::Set { file, place } => {
            let (toml, (app, actor)) = (read(&file)?, opened(&place).await?);
            let set = app.work(&actor, async |work| work.set_policy(&toml).await).await.map_err(told)?;
            print(&format!("{} v{}", set.name, set.version))
        }
    }
}

async fn opened(place: &Whose) -> anyhow::Result<(App, Actor)> {
    let app = open_app(&place.data.existing_place("serap-data")?, Clock::Machine).await?;
    let office = match &place.office {
        Some(named) => Some(office_named(&app, Some(named)).await?),
        None => None,
    };
    Ok((app, Actor::cli(office)))
}

fn read(file: &PathBuf) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn in_words(check: &PolicyCheck) -> String {
    let language = Language::Indonesian;
    let mut lines = explain(check.policy.draft(), language);
    lines.push(String::new());
    lines.push(PolicyWords::Compared { vacancies: check.lists.len(), in_force: check.in_force.clone() }.say(language));
    for list in check.lists.iter().filter(|list| list.moved > 0) {
        let (title, enters) = (list.title.clone(), list.enters.len());
        lines.push(PolicyWords::ListMoves { title, moved: list.moved, count: list.count, first: list.first, enters }.say(language));
        lines.extend(list.movers.iter().map(|mover| format!("    {}", line_of(mover))));
    }
    if check.lists.iter().all(|list| list.moved == 0) {
        lines.push(PolicyWords::NothingMoves.say(language));
    }
    if check.left_out > 0 {
        lines.push(PolicyWords::LeftOut { vacancies: check.left_out }.say(language));
    }
    lines.join("\n")
}

fn line_of(mover: &Mover) -> String {
    let place = |standing: Option<(usize, Option<u32>)>| match standing {
        Some((rank, Some(score))) => format!("{rank} ({:.2})", f64::from(score) / 100.0),
        Some((rank, None)) => rank.to_string(),
        None => "-".to_owned(),
    };
    format!("{:28} {} -> {}", mover.graduate.display_name, place(mover.before), place(mover.after))
}

fn as_json(check: &PolicyCheck) -> serde_json::Value {
    let standing = |standing: Option<(usize, Option<u32>)>| {
        standing.map(|(rank, score)| serde_json::json!({"rank": rank, "score": score.map(|score| f64::from(score) / 100.0)}))
    };
    let mover = |mover: &Mover| {
        serde_json::json!({
            "graduate_id": mover.graduate.id.to_string(), "display_name": mover.graduate.display_name,
            "before": standing(mover.before), "after": standing(mover.after),
        })
    };
    let movers = |people: &[Mover]| people.iter().map(mover).collect::<Vec<_>>();
    let lists: Vec<_> = check
        .lists
        .iter()
        .map(|list| {
            serde_json::json!({
                "vacancy_id": list.vacancy.to_string(), "title": list.title, "count": list.count, "moved": list.moved, "first": list.first,
                "enters": movers(&list.enters), "leaves": movers(&list.leaves), "movers": movers(&list.movers),
            })
        })
        .collect();
    let explanation = explain(check.policy.draft(), Language::Indonesian);
    serde_json::json!({"name": check.policy.name(), "explanation": explanation, "in_force": check.in_force, "lists": lists, "left_out": check.left_out})
}
