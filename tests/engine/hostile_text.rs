//! The fuzz targets' saved inputs, replayed: nothing may panic, and what must hold for any input holds for these.

use std::fs;
use std::path::{Path, PathBuf};

use serap::engine::phone::Phone;
use serap::engine::resolve::Status;

/// What the fuzz targets ask too, so that a rule stands once.
#[path = "../../fuzz/src/lib.rs"]
#[allow(
    unreachable_pub,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "checks are shared with the fuzz crate and stop at surprises"
)]
mod checks;

fn saved(kind: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(kind);
    let entries = fs::read_dir(&folder).expect("saved inputs").map(|entry| entry.expect("an entry").path());
    let mut saved: Vec<_> = entries.map(|path| (path.clone(), fs::read(path).expect("a file"))).collect();
    saved.sort();
    assert!(!saved.is_empty(), "nothing saved in {}", folder.display());
    saved
}

fn saved_texts(kind: &str) -> Vec<(String, String)> {
    let name = |path: PathBuf| path.file_stem().expect("a name").to_string_lossy().into_owned();
    saved(kind).into_iter().map(|(path, bytes)| (name(path), String::from_utf8(bytes).expect("UTF-8"))).collect()
}

#[test]
fn texts_are_folded_and_taken_apart_whatever_they_are() {
    for (_, text) in saved_texts("text") {
        checks::text(&text);
        checks::phrases(&text);
    }
}

#[test]
fn texts_resolve_and_noise_resolves_to_nothing() {
    for (name, text) in saved_texts("text") {
        let status = checks::resolver(&text);
        assert!(!name.starts_with("noise-") || status == Status::None, "{name} means {status:?}");
    }
}

#[test]
fn codes_numbers_and_days_read_the_same_again() {
    for (_, text) in saved_texts("parsers").into_iter().chain(saved_texts("text")) {
        checks::parsers(&text);
    }
}

#[test]
fn rows_are_read_or_refused() {
    for (_, bytes) in saved("row").into_iter().chain(saved("text")) {
        checks::row(&bytes);
    }
}

#[test]
fn cursors_are_read_or_refused() {
    for (_, text) in saved_texts("cursor").into_iter().chain(saved_texts("text")) {
        checks::cursor(&text);
    }
}

#[test]
fn no_number_begins_with_zero_behind_the_country() {
    assert!(Phone::parse("0000 0000 3401").is_none_or(|phone| !phone.as_str().starts_with("+620")));
}
