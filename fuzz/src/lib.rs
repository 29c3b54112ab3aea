//! What must hold for any input at all. The fuzz targets and `tests/engine/hostile_text.rs` both ask it.

use std::sync::LazyLock;

use serap::engine::catalogue::Catalogue;
use serap::engine::day::parse_date;
use serap::engine::geo::RegionCode;
use serap::engine::matching::Cursor;
use serap::engine::matching::row::{pack, unpack};
use serap::engine::money::Rupiah;
use serap::engine::name::Name;
use serap::engine::nik::Nik;
use serap::engine::phone::Phone;
use serap::engine::resolve::phrases::kind_of;
use serap::engine::resolve::wording::flags;
use serap::engine::resolve::{Lexicon, Ranker, Resolver, Status, is_waived, split_phrases, takes_learners};
use serap::engine::text::{fold, singular, stem, terms, text_key, tokens};
use serap::engine::unit_code::UnitCode;

static RESOLVER: LazyLock<Resolver> = LazyLock::new(|| Resolver::new(&Catalogue::starter(), &Lexicon::starter(), []));
static RANKER: LazyLock<Ranker> = LazyLock::new(|| {
    let catalogue = Catalogue::starter();
    let rows: Vec<(String, String)> = catalogue.iter().map(|unit| (unit.code.to_string(), unit.title.clone())).collect();
    Ranker::new(rows)
});

/// Folding, words and roots.
pub fn text(text: &str) {
    let words = tokens(text);
    assert!(words.iter().all(|word| !word.is_empty() && !word.contains(char::is_whitespace)), "a word that is none: {words:?}");
    assert_eq!(fold(text), words.join(" "));
    assert_eq!(text_key(text), text_key(&format!(" {text} ")), "space around a text makes another key");
    assert!(terms(text).len() <= words.len(), "more terms than words");
    for word in &words {
        assert!(!stem(word).is_empty() && !singular(word).is_empty(), "{word} has no root");
    }
}

/// What a text means, and how it ranks; gives the status.
pub fn resolver(text: &str) -> Status {
    let found = RESOLVER.resolve(text);
    assert_eq!(found.text, text, "the text comes back as it was asked");
    assert_eq!(found.status == Status::None, found.candidates.is_empty(), "none means no candidate");
    assert!(found.candidates.iter().all(|candidate| candidate.confidence_hundredths <= 10_000), "surer than sure");
    assert!(found.candidates.is_sorted_by(|a, b| a.confidence_hundredths >= b.confidence_hundredths), "not best first");
    let mut codes: Vec<_> = found.candidates.iter().map(|candidate| &candidate.code).collect();
    codes.sort();
    assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "a unit twice");
    assert_eq!(RESOLVER.resolve(text), found, "another answer to the same question");

    let ranked = RANKER.rank(text, 10);
    assert!(ranked.len() <= 10 && ranked.iter().all(|(_, score)| score.is_finite()), "scores that are no numbers");
    assert!(ranked.is_sorted_by(|a, b| a.1 >= b.1), "not best first");
    found.status
}

/// A vacancy's sentence taken apart, and the wordings to ask about.
pub fn phrases(text: &str) {
    assert!(split_phrases(text).iter().all(|phrase| phrase.text.chars().any(char::is_alphanumeric) || phrase.text.is_empty()), "{text}");
    assert!(flags(text).iter().all(|flag| !flag.text.is_empty() && text.contains(&flag.text)), "a flag that was not written: {text}");
    let (_kind, _learners, _waived) = (kind_of(text), takes_learners(text), is_waived(text));
}

/// Codes, numbers and days: what was read reads the same again.
pub fn parsers(text: &str) {
    if let Some(code) = UnitCode::parse(text) {
        assert_eq!(UnitCode::parse(code.as_str()).as_ref(), Some(&code));
        assert!(code.as_str().starts_with(code.family()));
    }
    if let Some(code) = UnitCode::local(text) {
        assert_eq!(UnitCode::parse(code.as_str()).as_ref(), Some(&code));
    }
    if let Ok(nik) = Nik::parse(text) {
        assert_eq!(Nik::parse(nik.as_str()).as_ref(), Ok(&nik));
        assert!(!nik.masked().contains(&nik.as_str()[..12]));
        let _doubt = nik.has_a_day();
    }
    if let Some(phone) = Phone::parse(text) {
        assert_eq!(Phone::parse(phone.as_str()).map(|again| again.as_str().to_owned()).as_deref(), Some(phone.as_str()));
    }
    if let Some(amount) = Rupiah::parse(text) {
        assert_eq!(Rupiah::parse(&amount.to_string()), Some(amount));
    }
    if let Ok(day) = parse_date(text) {
        assert_eq!(parse_date(&day.to_string()), Ok(day));
    }
    if let Some(region) = RegionCode::parse(text) {
        assert!(region.contains(&region) && RegionCode::parse(region.province()).is_some());
    }
    if let Some(name) = Name::parse(text) {
        let (_key, _masked, _initials) = (name.key(), name.masked(), name.initials());
    }
}

/// Bytes of the store: refused, or read as something that is written and read alike.
pub fn row(bytes: &[u8]) {
    if let Ok(candidate) = unpack(bytes) {
        let written = pack(&candidate);
        let again = unpack(&written).expect("what was written is read");
        assert_eq!(pack(&again), written);
    }
}

/// A cursor that somebody sends.
pub fn cursor(text: &str) {
    if let Some(cursor) = Cursor::parse(text) {
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
    }
}
