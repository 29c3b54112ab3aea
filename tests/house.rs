//! The shape of the house: who may use whom, how long files are, that history stays frozen.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "a test that meets a surprise should stop there"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the crate and the modules it may name; a floor names only what lies below it.
const ARROWS: &[(&str, &[&str])] = &[
    ("engine", &[]),
    ("words", &["engine"]),
    ("store", &["words", "engine"]),
    ("sheet", &["words", "engine"]),
    ("seal", &["words", "engine"]),
    ("post", &["words", "engine"]),
    ("app", &["store", "sheet", "seal", "post", "words", "engine"]),
    ("api", &["app", "words", "engine"]),
    ("web", &["app", "words", "engine"]),
    ("server", &["api", "web", "app", "words", "engine"]),
    ("telemetry", &[]),
    ("config", &["app", "store"]),
    ("cli", &["server", "config", "telemetry", "app", "words", "engine"]),
];

/// Crates that only some modules may name.
const FENCED: &[(&str, &[&str])] = &[
    ("sea_orm", &["store"]),
    ("actix_web", &["api", "web", "server"]),
    ("calamine", &["sheet"]),
    ("rust_xlsxwriter", &["sheet"]),
    ("clap", &["cli", "config"]),
    ("askama", &["web"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(rust_files(&entry));
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            found.push(entry);
        }
    }
    found.sort();
    found
}

/// The module of the crate that a source file belongs to; `None` for `lib.rs` and `main.rs`.
fn module_of(file: &Path) -> Option<String> {
    let relative = file.strip_prefix(root().join("src")).expect("a source file");
    let first = relative.components().next()?.as_os_str().to_str()?.trim_end_matches(".rs").to_owned();
    (!matches!(first.as_str(), "lib" | "main")).then_some(first)
}

fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"))
}

fn named_after<'t>(line: &'t str, root: &'t str) -> impl Iterator<Item = &'t str> {
    line.match_indices(root).map(move |(at, _)| {
        let rest = line.get(at + root.len()..).unwrap_or_default();
        rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
    })
}

#[test]
fn a_lower_floor_never_names_a_higher_one() {
    let mut wrong = Vec::new();
    for file in rust_files(&root().join("src")) {
        let Some(module) = module_of(&file) else { continue };
        let (_, allowed) = ARROWS.iter().find(|(name, _)| *name == module).unwrap_or_else(|| panic!("`{module}` stands on no floor"));
        let text = fs::read_to_string(&file).expect("a source file");
        for line in code_lines(&text) {
            for named in named_after(line, "crate::") {
                let is_module = ARROWS.iter().any(|(name, _)| *name == named);
                if is_module && named != module && !allowed.contains(&named) {
                    wrong.push(format!("{}: {module} names {named}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_arrow_test_would_see_a_wrong_arrow() {
    assert_eq!(named_after("use crate::store::rows;", "crate::").collect::<Vec<_>>(), ["store"]);
    assert_eq!(named_after("let a = crate::app::x(crate::web::y);", "crate::").collect::<Vec<_>>(), ["app", "web"]);
}

#[test]
fn fenced_crates_stay_behind_their_fence() {
    let mut wrong = Vec::new();
    for file in rust_files(&root().join("src")) {
        let Some(module) = module_of(&file) else { continue };
        let text = fs::read_to_string(&file).expect("a source file");
        for (name, homes) in FENCED {
            let inside = homes.contains(&module.as_str());
            if !inside && code_lines(&text).any(|line| line.contains(&format!("{name}::"))) {
                wrong.push(format!("{}: {name}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_have_one_job_and_say_which() {
    let mut wrong = Vec::new();
    for file in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&file).expect("a source file");
        let lines = text.lines().count();
        if lines > 600 {
            wrong.push(format!("{}: {lines} lines", file.display()));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{}: does not say what it is for", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_code_is_one_kind_of_refusal() {
    let mut classes = std::collections::BTreeMap::new();
    for (code, class) in serap::words::refusal::Refusal::TABLE {
        assert_eq!(*classes.entry(code).or_insert(*class), *class, "{code} is two kinds of refusal");
    }
}

#[test]
fn every_refusal_is_raised_somewhere() {
    let table = fs::read_to_string(root().join("src/words/refusal.rs")).expect("the table");
    let sources: String = rust_files(&root().join("src"))
        .iter()
        .filter(|file| !file.ends_with("words/refusal.rs"))
        .map(|file| fs::read_to_string(file).expect("a source file"))
        .collect();
    let variants = table.lines().filter_map(|line| {
        let line = line.strip_prefix("    ")?;
        let name = line.split([' ', '{']).next()?;
        (line.starts_with(|c: char| c.is_ascii_uppercase()) && line.contains(" = ")).then_some(name)
    });
    let unused: Vec<&str> = variants.filter(|name| !sources.contains(&format!("Refusal::{name}"))).collect();
    assert!(unused.is_empty(), "never raised: {unused:?}");
}

#[test]
fn nobody_wrote_to_a_released_migration() {
    let listed = fs::read_to_string(root().join("migrations/FROZEN")).expect("the list of released migrations");
    for line in listed.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (hash, name) = line.split_once("  ").expect("hash and name");
        let bytes = fs::read(root().join("migrations/src").join(name)).expect("a migration");
        let now: String = serap::app::work::body_digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(now, hash, "{name} is released and must not change; write a new migration");
    }
}
