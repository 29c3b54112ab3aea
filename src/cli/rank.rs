//! `serap rank`: rank a catalogue for many queries, so that anyone can score the resolver.

use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

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
    let coded = rows.iter().filter(|(concept, _)| UnitCode::parse(concept).is_some()).count();
    // A list of units may hold a few titles without a code; a list of anything else holds no codes.
    let answer = if coded * 2 > rows.len() { by_units(&rows, top) } else { by_likeness(&rows, top) };
    let lines =
        |query: &&str| answer(query).into_iter().map(|(concept, score)| format!("{query}\t{concept}\t{score:.6}\n")).collect::<String>();
    queries.par_iter().map(lines).collect()
}

fn by_likeness(rows: &[(&str, &str)], top: usize) -> Answer {
    let ranker = Ranker::new(rows.iter().copied());
    Box::new(move |query| ranker.rank(query, top).into_iter().map(|(concept, score)| (concept.to_owned(), score)).collect())
}

/// A unit keeps every form it was written in, so that each row's own concept comes back, the first one first.
fn by_units(rows: &[(&str, &str)], top: usize) -> Answer {
    let mut written: FxHashMap<UnitCode, Vec<String>> = FxHashMap::default();
    let mut units = Vec::new();
    for (concept, surface) in rows {
        let Some(unit) = Unit::new(concept, surface, "") else { continue };
        let forms = written.entry(unit.code.clone()).or_default();
        if !forms.iter().any(|form| form == concept) {
            forms.push((*concept).to_owned());
        }
        units.push(unit);
    }
    let catalogue = Catalogue::default().with_units(units);
    let resolver = Resolver::new(&catalogue, &Lexicon::starter(), []);
    Box::new(move |query| {
        let mut answers = Vec::new();
        for found in resolver.resolve(query).candidates {
            let sure = f32::from(found.confidence_hundredths) / 10_000.0;
            let mut forms: Vec<&String> = written.get(&found.code).into_iter().flatten().collect();
            forms.sort_by_key(|form| !same_code(form, query));
            answers.extend(forms.into_iter().enumerate().map(|(place, form)| (form.clone(), if place == 0 { sure } else { sure * 0.999 })));
        }
        answers.truncate(top);
        answers
    })
}

/// Whether a code is written as in a query, but for case and for the letter O in place of a zero.
fn same_code(form: &str, query: &str) -> bool {
    let plain = |text: &str| text.trim().to_uppercase().replace('O', "0");
    plain(form) == plain(query)
}
