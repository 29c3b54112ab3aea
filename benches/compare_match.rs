//! Serap's side of the match comparison: builds an index of the generated world, asks it, writes figures and answers as the
//! anchors do. `benches/compare.sh match` runs it beside them.
//!
//! `compare_match --n 100000 --q 300 [--only MODE] [--budget 60] [--vac 1000] [--updates 2000] [--answers PREFIX] [--out FILE]`
//!
//! Times are on-CPU time of the whole process, so that threads the index starts are counted; the clock itself costs about
//! half a microsecond a query, which stays in. A page carries the explanation of each of its rows.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    dead_code,
    reason = "a bench that cannot begin should stop there, and shares its market with others"
)]

#[rustfmt::skip]
#[path = "anchors/rs/src/lib.rs"]
#[allow(warnings, unsafe_code, clippy::all, reason = "the anchors are kept as they came")]
mod anchors;
mod market;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::hint::black_box;
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

// The anchors' modules name each other from the root of their crate.
use anchors::{arg, pct, process_cpu, rng, rss_mb, thread_cpu};
use market::{LIMIT, Market, Mode, graduate_id, today};
use serap::engine::matching::{Candidate, Index};

fn main() {
    let wanted = Wanted::read();
    let market = Market::of(wanted.graduates, 10_000);
    let index = build(&market, &wanted);
    for mode in Mode::ALL.into_iter().filter(|mode| wanted.only.is_empty() || wanted.only == mode.name()) {
        ask(&market, &index, mode, &wanted);
    }
    if wanted.batch > 0 {
        batch(&market, &index, &wanted);
    }
    if wanted.updates > 0 {
        for size in [1, 100] {
            update(&market, &index, size, &wanted);
        }
    }
}

struct Wanted {
    graduates: usize,
    queries: usize,
    /// The one mode to ask in; empty is all.
    only: String,
    /// Seconds after which a mode stops.
    budget: f64,
    batch: usize,
    updates: usize,
    answers: String,
    out: String,
}

impl Wanted {
    fn read() -> Self {
        Self {
            graduates: arg("n", 100_000),
            queries: arg("q", 300),
            only: arg("only", String::new()),
            budget: arg("budget", 60.0),
            batch: arg("vac", 0),
            updates: arg("updates", 0),
            answers: arg("answers", String::new()),
            out: arg("out", String::new()),
        }
    }

    /// Prints a row of figures, and adds it to the file of figures.
    fn report(&self, case: &str, figures: &str) {
        let row = format!("{{\"engine\":\"serap\",\"n\":{},{case},{figures}}}", self.graduates);
        println!("{row}");
        if !self.out.is_empty() {
            let mut file = OpenOptions::new().create(true).append(true).open(&self.out).expect("a file for figures");
            writeln!(file, "{row}").expect("a line is written");
        }
    }

    fn save(&self, name: &str, text: &str) {
        if !self.answers.is_empty() {
            std::fs::write(format!("{}.{name}", self.answers), text).expect("a file is written");
        }
    }
}

/// Builds the index; says what the candidates alone cost, which the generator's columns have to be made into first.
fn build(market: &Market, wanted: &Wanted) -> Index {
    let began = process_cpu();
    market.candidates().for_each(|candidate| drop(black_box(candidate)));
    let making = process_cpu() - began;
    let (before, began, wall) = (rss_mb().0, process_cpu(), Instant::now());
    let index = Index::build(market.candidates());
    let (spent, took) = (process_cpu() - began, wall.elapsed().as_secs_f64());
    give_back();
    let bytes = (rss_mb().0 - before) * 1024.0 * 1024.0 / market.len() as f64;
    wanted.report(
        "\"mode\":\"build\"",
        &format!(
            "\"build_cpu_s\":{:.3},\"candidates_cpu_s\":{making:.3},\"build_wall_s\":{took:.3},\"bytes_per_graduate\":{bytes:.0}",
            spent - making
        ),
    );
    index
}

/// Lets the allocator return what building freed, so that resident memory is what the index holds.
#[allow(unsafe_code, reason = "the C library's own call, of which Rust has no other name")]
fn give_back() {
    unsafe extern "C" {
        fn malloc_trim(pad: usize) -> i32;
    }
    // SAFETY: it takes no pointer and may be called at any time.
    unsafe { malloc_trim(0) };
}

fn ask(market: &Market, index: &Index, mode: Mode, wanted: &Wanted) {
    for number in 9_001..9_004 {
        black_box(index.top(&market.demand(number, mode), market.policy(), today(), LIMIT, None));
    }
    let (mut spent, mut walls, mut answers, mut listed) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let until = Instant::now();
    for number in 0..wanted.queries {
        let demand = market.demand(number, mode);
        let (cpu, wall) = (process_cpu(), Instant::now());
        let page = black_box(index.top(&demand, market.policy(), today(), LIMIT, None));
        spent.push((process_cpu() - cpu) * 1e3);
        walls.push(wall.elapsed().as_secs_f64() * 1e3);
        listed += page.count;
        answers.push(as_json(&market.answer(number, &page)));
        if until.elapsed().as_secs_f64() > wanted.budget {
            break;
        }
    }
    let queries = spent.len();
    wanted.save(&format!("{}.json", mode.name()), &format!("[{}]", answers.join(",")));
    wanted.save(
        &format!("{}.times", mode.name()),
        &spent.iter().fold(String::new(), |mut text, ms| {
            let _never_fails = writeln!(text, "{ms:.6}");
            text
        }),
    );
    let mean = spent.iter().sum::<f64>() / queries as f64;
    let (p50, p95) = (pct(&mut spent, 0.5), pct(&mut spent, 0.95));
    wanted.report(
        &format!("\"mode\":\"{}\"", mode.name()),
        &format!(
            "\"queries\":{queries},\"cpu_p50_ms\":{p50:.5},\"cpu_p95_ms\":{p95:.5},\"cpu_mean_ms\":{mean:.5},\"p50_ms\":{:.5},\"listed\":{:.0}",
            pct(&mut walls, 0.5),
            listed as f64 / queries as f64
        ),
    );
}

/// Many vacancies in a row, as after a night's import: what one statement over all of them is for a database.
fn batch(market: &Market, index: &Index, wanted: &Wanted) {
    let demands: Vec<_> = (0..wanted.batch).map(|number| market.demand(number, Mode::Local)).collect();
    let (cpu, wall) = (process_cpu(), Instant::now());
    let pages: Vec<_> = demands.iter().map(|demand| index.top(demand, market.policy(), today(), LIMIT, None)).collect();
    let (spent, took) = (process_cpu() - cpu, wall.elapsed().as_secs_f64());
    let answers: Vec<String> = pages.iter().enumerate().map(|(number, page)| as_json(&market.answer(number, page))).collect();
    let pairs: usize = pages.iter().map(|page| page.items.len()).sum();
    wanted.save("batch.json", &format!("[{}]", answers.join(",")));
    wanted.report(
        "\"mode\":\"batch\"",
        &format!("\"vacancies\":{},\"pairs\":{pairs},\"cpu_s\":{spent:.4},\"wall_s\":{took:.4}", wanted.batch),
    );
}

fn as_json(answer: &[(u128, u32)]) -> String {
    let pairs: Vec<String> = answer.iter().map(|(graduate, sum)| format!("[{graduate},{sum}]")).collect();
    format!("[{}]", pairs.join(","))
}

/// Applies changes in batches of a size while another thread asks; ends by comparing with an index built anew.
fn update(market: &Market, index: &Index, size: usize, wanted: &Wanted) {
    let current = Arc::new(Mutex::new(index.clone()));
    let (done, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let mut changed: BTreeMap<usize, Option<Candidate>> = BTreeMap::new();
    let mut draw = rng::Rng::stream(7, 7, size as u64);
    let (mut reader, applied, spent) = std::thread::scope(|threads| {
        let reader = threads.spawn(|| read_until(market, &current, &done, &asked));
        let (began, mut applied) = (Instant::now(), 0);
        let mut spent = 0.0;
        while (applied < wanted.updates || asked.load(Ordering::Relaxed) < 300) && began.elapsed().as_secs_f64() < wanted.budget / 2.0 {
            let (mut upserts, mut removals) = (Vec::new(), Vec::new());
            for _ in 0..size {
                let number = draw.int(0, market.len() as i64 - 1) as usize;
                let next = altered(market, number, &mut draw);
                match &next {
                    Some(candidate) => upserts.push(candidate.clone()),
                    None => removals.push(graduate_id(number)),
                }
                changed.insert(number, next);
            }
            // One graduate may be drawn twice in a batch; what was drawn last holds.
            upserts.retain(|candidate| {
                changed.get(&(candidate.graduate.0.as_u128() as usize)).is_some_and(|last| last.as_ref() == Some(candidate))
            });
            removals.retain(|graduate| changed.get(&(graduate.0.as_u128() as usize)).is_some_and(Option::is_none));
            let old = current.lock().expect("the index").clone();
            let began = thread_cpu();
            let next = old.with_changes(&upserts, &removals);
            spent += thread_cpu() - began;
            *current.lock().expect("the index") = next;
            applied += size;
        }
        done.store(true, Ordering::Relaxed);
        (reader.join().expect("the reader"), applied, spent)
    });
    let alive = (0..market.len()).filter_map(|number| changed.get(&number).cloned().unwrap_or_else(|| Some(market.candidate(number))));
    let anew = Index::build(alive);
    let index = current.lock().expect("the index").clone();
    assert_eq!(index.len(), anew.len(), "changes lost or made people");
    for (number, mode) in (0..10).flat_map(|number| Mode::ALL.map(|mode| (number, mode))) {
        let demand = market.demand(number, mode);
        let page = |index: &Index| index.top(&demand, market.policy(), today(), LIMIT, None);
        assert_eq!(page(&index), page(&anew), "changes left another index than building anew");
    }
    let queries = reader.len();
    let (p50, p95) = if queries == 0 { (0.0, 0.0) } else { (pct(&mut reader, 0.5), pct(&mut reader, 0.95)) };
    wanted.report(
        &format!("\"mode\":\"updates\",\"size\":{size}"),
        &format!(
            "\"changes\":{applied},\"changes_per_cpu_s\":{:.0},\"reader_queries\":{queries},\"reader_cpu_p50_ms\":{p50:.5},\"reader_cpu_p95_ms\":{p95:.5}",
            applied as f64 / spent
        ),
    );
}

/// A local question after the other on whatever the index is at that moment; milliseconds of this thread for each.
fn read_until(market: &Market, current: &Mutex<Index>, done: &AtomicBool, asked: &AtomicUsize) -> Vec<f64> {
    let mut spent = Vec::new();
    for number in (0..5_000).cycle() {
        if done.load(Ordering::Relaxed) {
            break;
        }
        let index = current.lock().expect("the index").clone();
        let demand = market.demand(number, Mode::Local);
        let began = thread_cpu();
        black_box(index.top(&demand, market.policy(), today(), LIMIT, None));
        spent.push((thread_cpu() - began) * 1e3);
        asked.fetch_add(1, Ordering::Relaxed);
    }
    spent
}

/// A graduate after a change: one in twenty is gone, others lose a unit, move by a degree or are placed.
fn altered(market: &Market, number: usize, draw: &mut rng::Rng) -> Option<Candidate> {
    let mut candidate = market.candidate(number);
    match draw.int(0, 19) {
        0 => return None,
        1..=9 => drop(candidate.units.pop()),
        10..=14 => candidate.free_hours = 0,
        _ => {
            if let Some(place) = &mut candidate.place {
                place.latitude += 1.0;
            }
        }
    }
    Some(candidate)
}
