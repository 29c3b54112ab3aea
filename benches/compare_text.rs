//! Serap's side of the text comparison: ranks a catalogue of titles for noisy questions and counts how often the title meant
//! stands first. `benches/compare.sh text` runs it beside rapidfuzz; strsim, the usual pick in Rust, is scanned here.
//!
//! `compare_text --data DIR [--queries 10000] [--strsim 100] [--out FILE]`, DIR as `gen --what text` writes it.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    reason = "a bench that cannot begin should stop there"
)]

#[rustfmt::skip]
#[path = "anchors/rs/src/lib.rs"]
#[allow(warnings, unsafe_code, clippy::all, reason = "the anchors are kept as they came")]
mod anchors;

use std::fs::{OpenOptions, read, read_to_string};
use std::hint::black_box;
use std::io::Write as _;
use std::path::PathBuf;

// The anchors' modules name each other from the root of their crate.
use anchors::{arg, pct, process_cpu, rng, rss_mb};
use serap::engine::resolve::Ranker;

fn main() {
    let data = PathBuf::from(arg("data", String::from("target/bench/data/text")));
    let text = |name: &str| read_to_string(data.join(name)).expect("generated text");
    let (titles, questions) = (text("titles.txt"), text("queries.txt"));
    let titles: Vec<&str> = titles.split('\n').collect();
    let questions: Vec<&str> = questions.split('\n').take(arg("queries", 10_000)).collect();
    let meant: Vec<Option<usize>> = read(data.join("truth.i32"))
        .expect("generated truth")
        .chunks_exact(4)
        .map(|bytes| usize::try_from(i32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).ok())
        .collect();

    let (before, began) = (rss_mb().0, process_cpu());
    let ranker = Ranker::new(titles.iter().enumerate().map(|(number, title)| (number.to_string(), *title)));
    let (build, memory) = (process_cpu() - began, rss_mb().0 - before);
    let first = |question: &str| ranker.rank(question, 1).first().and_then(|(concept, _)| concept.parse().ok());
    for question in questions.iter().rev().take(20) {
        black_box(first(question));
    }
    report("serap", titles.len(), &questions, &meant, &format!(",\"build_cpu_s\":{build:.3},\"rss_mb\":{memory:.1}"), first);

    let scanned = &questions[..questions.len().min(arg("strsim", 0))];
    if !scanned.is_empty() {
        let lower: Vec<String> = titles.iter().map(|title| title.to_lowercase()).collect();
        let nearest = |question: &str| {
            let likeness = |title: &String| strsim::normalized_levenshtein(question, title);
            lower.iter().map(likeness).enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(number, _)| number)
        };
        report("strsim", titles.len(), scanned, &meant, "", nearest);
    }
}

fn report(name: &str, titles: usize, questions: &[&str], meant: &[Option<usize>], more: &str, ask: impl Fn(&str) -> Option<usize>) {
    let (mut spent, mut right, mut asked) = (Vec::new(), 0, 0);
    for (question, meant) in questions.iter().zip(meant) {
        let began = process_cpu();
        let answer = black_box(ask(question));
        spent.push((process_cpu() - began) * 1e6);
        asked += usize::from(meant.is_some());
        right += usize::from(meant.is_some() && answer == *meant);
    }
    let a_second = questions.len() as f64 / (spent.iter().sum::<f64>() / 1e6);
    let top1 = f64::from(u32::try_from(right).expect("few")) / asked.max(1) as f64;
    let (p50, p95) = (pct(&mut spent, 0.5), pct(&mut spent, 0.95));
    let row = format!(
        "{{\"lib\":\"{name}\",\"queries\":{},\"titles\":{titles},\"queries_per_cpu_s\":{a_second:.1},\"p50_us\":{p50:.1},\"p95_us\":{p95:.1},\"top1\":{top1:.4}{more}}}",
        questions.len()
    );
    println!("{row}");
    let out: String = arg("out", String::new());
    if !out.is_empty() {
        let mut file = OpenOptions::new().create(true).append(true).open(out).expect("a file for figures");
        writeln!(file, "{row}").expect("a line is written");
    }
}
