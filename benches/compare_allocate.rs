//! Serap's side of the comparison of allocations: most placed, then the highest score.
//!
//! `compare_allocate --data DIR [--turns 3] [--out FILE]`, DIR as `gen --what alloc` writes it.

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

use std::fs::{OpenOptions, read};
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;

// The anchors' modules name each other from the root of their crate.
use anchors::{arg, process_cpu, rng, rss_mb};
use serap::engine::allocation::{Edge, Problem, Vacancy, maximum};

fn main() {
    let data = PathBuf::from(arg("data", String::from("target/bench/data/a1k.0.6")));
    let problem = problem(&data);
    let loaded = rss_mb().0;
    let mut best = f64::MAX;
    let mut said = String::new();
    for _ in 0..arg("turns", 3) {
        let began = process_cpu();
        let found = maximum(&problem, &mut |_| ControlFlow::Continue(())).expect("nobody breaks it off");
        let spent = process_cpu() - began;
        let began = process_cpu();
        let proof = found.certificate.verify(&problem, &found.plan).expect("a proof");
        let verified = process_cpu() - began;
        best = best.min(spent);
        said = format!(
            "\"matched\":{},\"score\":{},\"solve_cpu_s\":{best:.5},\"verify_cpu_s\":{verified:.5},\"loaded_mb\":{loaded:.1},\"peak_mb\":{:.1}",
            proof.placed,
            proof.total,
            rss_mb().1
        );
    }
    let row = format!(
        "{{\"solver\":\"serap\",\"data\":\"{}\",\"g\":{},\"v\":{},\"edges\":{},{said}}}",
        data.display(),
        problem.people(),
        problem.vacancies().len(),
        problem.edges()
    );
    println!("{row}");
    let out: String = arg("out", String::new());
    if !out.is_empty() {
        let mut file = OpenOptions::new().create(true).append(true).open(out).expect("a file for figures");
        writeln!(file, "{row}").expect("a line is written");
    }
}

fn column(data: &std::path::Path, name: &str) -> Vec<u32> {
    let bytes = read(data.join(name)).expect("a generated column");
    bytes.chunks_exact(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).collect()
}

fn problem(data: &std::path::Path) -> Problem {
    let (capacity, first, to, score) =
        (column(data, "cap.u32"), column(data, "off.u32"), column(data, "to.u32"), column(data, "score.u32"));
    let vacancies = capacity.iter().map(|seats| Vacancy { capacity: *seats, partner: 0, must_fill: false }).collect();
    let mut edges = Vec::with_capacity(to.len());
    for (person, bounds) in (0..).zip(first.windows(2)) {
        for edge in bounds[0]..bounds[1] {
            let edge = usize::try_from(edge).expect("fits");
            edges.push(Edge { person, vacancy: to[edge], score: u16::try_from(score[edge]).expect("at most 1,000") });
        }
    }
    let people = u32::try_from(first.len() - 1).expect("fits");
    Problem::new(people, vacancies, vec![None], edges).expect("generated instances are sound")
}
