//! `serap rank`: rank a catalogue for many queries, so that anyone can score the resolver.

use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use rayon::prelude::*;

use crate::engine::catalogue::{Catalogue, Unit};
use crate::engine::resolve::Resolver;
use crate::engine::resolve::lexicon::Lexicon;
use crate::engine::resolve::rank::Ranker;
use crate::engine::text;
use crate::engine::unit_code::UnitCode;

/// Answers one query: concepts with their scores, best first.
type Answer = Box<dyn Fn(&str) -> Vec<(String, f32)> + Sync>;

/// Flags of `serap rank`.
#[derive(Debug, Args)]
pub struct RankArgs {
    /// Lines of `concept<TAB>surface`; several surfaces may name one concept.
    #[arg(long, required_unless_present = "stem")]
    catalogue: Option<PathBuf>,
    /// Lines that begin with the query text, up to the first tab.
    #[arg(long, required_unless_present = "stem")]
    queries: Option<PathBuf>,
    /// How many concepts a query gets.
    #[arg(long, default_value_t = 50)]
    top: usize,
    /// Write each word of this file and its root instead.
    #[arg(long, value_name = "WORDS", conflicts_with_all = ["catalogue", "queries"])]
    stem: Option<PathBuf>,
}

/// Writes `text<TAB>concept<TAB>score` lines, queries echoed byte for byte.
pub fn run(args: &RankArgs) -> anyhow::Result<()> {
    let lines = match (&args.stem, &args.catalogue, &args.queries) {
        (Some(words), _, _) => stems(&read(words)?),
        (None, Some(catalogue), Some(queries)) => ranked(&read(catalogue)?, &read(queries)?, args.top),
        _ => anyhow::bail!("name --catalogue and --queries, or --stem"),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for line in lines {
        out.write_all(line.as_bytes())?;
    }
    Ok(out.flush()?)
}

fn read(path: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    anyhow::ensure!(!bytes.starts_with(&[0x1f, 0x8b]), "{} is compressed; unpack it first (gunzip -k)", path.display());
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", path.display()))
}

fn first_field(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default()
}

fn stems(words: &str) -> Vec<String> {
    words.lines().map(first_field).filter(|word| !word.is_empty()).map(|word| format!("{word}\t{}\n", text::stem(word))).collect()
}

/// Unit catalogues are answered by the resolver itself, which also says when nothing is meant; others by its ranking part.
fn ranked(catalogue: &str, queries: &str, top: usize) -> Vec<String> {
    let rows: Vec<(&str, &str)> = catalogue.lines().filter_map(|line| line.split_once('\t')).collect();
    let queries: Vec<&str> = queries.lines().map(first_field).filter(|query| !query.is_empty()).collect();
    let answer: Answer = if rows.iter().all(|(concept, _)| UnitCode::parse(concept).is_some()) {
        by_units(&rows, top)
    } else {
        let ranker = Ranker::new(rows.iter().copied());
        Box::new(move |query| ranker.rank(query, top).into_iter().map(|(concept, score)| (concept.to_owned(), score)).collect())
    };
    let lines =
        |query: &&str| answer(query).into_iter().map(|(concept, score)| format!("{query}\t{concept}\t{score:.6}\n")).collect::<String>();
    queries.par_iter().map(lines).collect()
}

fn by_units(rows: &[(&str, &str)], top: usize) -> Answer {
    let catalogue = Catalogue::default().with_units(rows.iter().filter_map(|(concept, surface)| Unit::new(concept, surface, "")));
    let resolver = Resolver::new(&catalogue, &Lexicon::starter(), []);
    let written: rustc_hash::FxHashMap<UnitCode, String> =
        rows.iter().filter_map(|(concept, _)| Some((UnitCode::parse(concept)?, (*concept).to_owned()))).collect();
    Box::new(move |query| {
        let candidates = resolver.resolve(query).candidates.into_iter().take(top);
        candidates
            .filter_map(|found| Some((written.get(&found.code)?.clone(), f32::from(found.confidence_hundredths) / 10_000.0)))
            .collect()
    })
}
