//! Serap's side of the comparison of allocations: most placed, then the highest score; and the stable plan.
//!
//! `compare_allocate --data DIR [--way maximum|stable] [--turns 3] [--out FILE]`, DIR as `gen --what alloc` writes it. The
//! maximum is proved before its time is told; objections to a stable plan are counted.

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

use std::cmp::Reverse;
use std::fs::{OpenOptions, read};
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

// The anchors' modules name each other from the root of their crate.
use anchors::{arg, process_cpu, rng, rss_mb};
use serap::engine::allocation::{Edge, Lots, Plan, Preferences, Problem, Side, Vacancy, maximum, objections, stable};

fn main() {
    let data = PathBuf::from(arg("data", String::from("target/bench/data/a1k.0.6")));
    let way: String = arg("way", String::from("maximum"));
    let problem = problem(&data);
    let loaded = rss_mb().0;
    let said = if way == "stable" { stable_plan(&data, &problem) } else { best_plan(&problem) };
    let row = format!(
        "{{\"solver\":\"serap\",\"way\":\"{way}\",\"data\":\"{}\",\"g\":{},\"v\":{},\"edges\":{},{said},\"loaded_mb\":{loaded:.1},\"peak_mb\":{:.1}}}",
        data.display(),
        problem.people(),
        problem.vacancies().len(),
        problem.edges(),
        rss_mb().1
    );
    println!("{row}");
    let out: String = arg("out", String::new());
    if !out.is_empty() {
        let mut file = OpenOptions::new().create(true).append(true).open(out).expect("a file for figures");
        writeln!(file, "{row}").expect("a line is written");
    }
}

/// The least CPU time of some turns, and what the last one made.
fn timed<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut turn = || {
        let began = process_cpu();
        let made = work();
        (process_cpu() - began, made)
    };
    let mut best = turn();
    for _ in 1..arg("turns", 3) {
        let (spent, made) = turn();
        best = (best.0.min(spent), made);
    }
    best
}

fn best_plan(problem: &Problem) -> String {
    let (spent, found) = timed(|| maximum(problem, &mut |_| ControlFlow::Continue(())).expect("nobody breaks it off"));
    let (verified, proof) = timed(|| found.certificate.verify(problem, &found.plan).expect("a proof"));
    format!("{},\"verify_cpu_s\":{verified:.7}", figures(problem, &found.plan, spent))
        + &format!(",\"proved\":{}", (proof.placed, proof.total) == worth(problem, &found.plan))
}

/// Ties go to the lower number on either side, as in the anchors.
fn stable_plan(data: &Path, problem: &Problem) -> String {
    let (first, to, pref) = (column(data, "off.u32"), column(data, "to.u32"), column(data, "pref.u32"));
    let mut wishes = Vec::with_capacity(problem.edges());
    for bounds in first.windows(2) {
        let own = place(bounds[0])..place(bounds[1]);
        let mut own: Vec<(u32, u32)> = to[own.clone()].iter().copied().zip(pref[own].iter().copied()).collect();
        own.sort_unstable();
        wishes.extend(own);
    }
    let person_of: Vec<u32> =
        (0..problem.people()).flat_map(|person| std::iter::repeat_n(person, problem.edges_of(person).len())).collect();
    let by_person = ranks(problem.edges(), |edge| (person_of[edge], Reverse(wishes[edge].1), wishes[edge].0));
    let by_vacancy = ranks(problem.edges(), |edge| (problem.to()[edge], Reverse(problem.scores()[edge]), person_of[edge]));
    let people = vec![0; place(problem.people())];
    let vacancies = vec![0; problem.vacancies().len()];
    let lots = Lots { seed: 0, people: &people, vacancies: &vacancies };
    let (prepared, preferences) =
        timed(|| Preferences::ranked(problem, by_person.clone(), by_vacancy.clone(), lots).expect("ranks of the problem"));
    let (spent, plan) = timed(|| stable(problem, &preferences, Side::Graduates));
    let objected = objections(problem, &preferences, &plan).len();
    format!("{},\"prepare_cpu_s\":{prepared:.7},\"objections\":{objected}", figures(problem, &plan, spent))
}

/// The place of each edge among all in an order that nothing ties.
fn ranks<K: Ord>(edges: usize, order: impl Fn(usize) -> K) -> Vec<u32> {
    let mut sorted: Vec<usize> = (0..edges).collect();
    sorted.sort_unstable_by_key(|edge| order(*edge));
    let mut ranks = vec![0; edges];
    for (rank, edge) in (0..).zip(sorted) {
        ranks[edge] = rank;
    }
    ranks
}

fn worth(problem: &Problem, plan: &Plan) -> (u64, u64) {
    (u64::try_from(plan.placed()).expect("fits"), plan.total(problem))
}

fn figures(problem: &Problem, plan: &Plan, spent: f64) -> String {
    let (placed, total) = worth(problem, plan);
    format!("\"matched\":{placed},\"score\":{total},\"solve_cpu_s\":{spent:.7}")
}

fn place(number: u32) -> usize {
    usize::try_from(number).expect("fits")
}

fn column(data: &Path, name: &str) -> Vec<u32> {
    let bytes = read(data.join(name)).expect("a generated column");
    bytes.chunks_exact(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).collect()
}

fn problem(data: &Path) -> Problem {
    let (capacity, first, to, score) =
        (column(data, "cap.u32"), column(data, "off.u32"), column(data, "to.u32"), column(data, "score.u32"));
    let vacancies = capacity.iter().map(|seats| Vacancy { capacity: *seats, partner: 0, must_fill: false }).collect();
    let mut edges = Vec::with_capacity(to.len());
    for (person, bounds) in (0..).zip(first.windows(2)) {
        for edge in place(bounds[0])..place(bounds[1]) {
            edges.push(Edge { person, vacancy: to[edge], score: u16::try_from(score[edge]).expect("at most 1,000") });
        }
    }
    let people = u32::try_from(first.len() - 1).expect("fits");
    Problem::new(people, vacancies, vec![None], edges).expect("generated instances are sound")
}
