//! What people call their work, as occupations of KBJI 2014.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rstest::rstest;
use serap::engine::facts;
use serap::engine::occupation::{job_key, job_words, starter};
use serap::engine::resolve::{Status, Why};

#[rstest]
#[case("Operator Obras", "8153.01")]
#[case("operator jahit", "8153.01")]
#[case("penjahit", "7533.02")]
#[case("Tukang Jahit", "7533.02")]
#[case("Admin gudang", "4321.04")]
#[case("tukang las", "7212.01")]
#[case("TUKANG LAS LISTRIK!", "7212.01")]
#[case("kerja di pabrik", "9329.02")]
#[case("Kerja di pabrik garmen", "9329.02")]
#[case("ojek online", "8321.04")]
#[case("buka warung", "5221.01")]
#[case("jaga toko", "5223.03")]
#[case("jaga toko sembako", "5223.03")]
#[case("mekanik motor", "7231.04")]
#[case("servis motor", "7231.04")]
#[case("barista", "5132.00")]
#[case("Satpam", "5414.01")]
#[case("sopir truk", "8332.01")]
#[case("jualan bakso", "5212.01")]
#[case("Juru Masak", "5120.00")]
#[case("Operator Forklift", "8344.00")]
#[case("pembuat roti", "7512.01")]
#[case("teknisi AC", "7127.01")]
#[case("buruh tani", "9211.99")]
#[case("asisten rumah tangga", "9111.01")]
#[case("Operator obras & jahit", "8153.01")]
#[case("Penyamak Kulit", "7535.03")]
#[case("8153.01", "8153.01")]
#[case("7231 mekanik", "7231")]
fn everyday_words_name_an_occupation(#[case] text: &str, #[case] kbji: &str) {
    let resolution = starter().resolve(text);
    assert_eq!(
        (resolution.status, resolution.candidates.first().map(|best| best.kbji.as_str())),
        (Status::Matched, Some(kbji)),
        "{resolution:?}"
    );
}

#[rstest]
#[case("")]
#[case("   ")]
#[case("sudah kerja")]
#[case("wiraswasta")]
#[case("karyawan swasta")]
#[case("usaha sendiri")]
#[case("gaji UMK")]
#[case("berpenampilan menarik")]
#[case("SIM C")]
#[case("jujur dan rajin")]
#[case("🧵🧵")]
#[case("مرحبا")]
#[case("kelas malam")]
fn what_names_no_occupation_gets_none(#[case] text: &str) {
    let resolution = starter().resolve(text);
    assert_eq!((resolution.status, resolution.candidates), (Status::None, vec![]));
}

#[test]
fn two_jobs_in_one_text_want_somebody_to_choose() {
    let resolution = starter().resolve("penjahit, cutting");
    assert_eq!(resolution.status, Status::Ambiguous);
    let codes: Vec<&str> = resolution.candidates.iter().take(2).map(|one| one.kbji.as_str()).collect();
    assert!(codes.contains(&"7533.02") && codes.contains(&"7532.01"), "{codes:?}");
}

#[test]
fn a_candidate_says_why() {
    let why = |text: &str| starter().resolve(text).candidates.first().map(|best| best.why.code());
    assert_eq!(
        [why("7533.02"), why("Tukang Jahit"), why("penjahit kemeja"), why("bukan apa")],
        [Some("code"), Some("title"), Some("synonym"), None]
    );
    let word = starter().resolve("cari sopir pickup").candidates.into_iter().next().expect("a candidate");
    assert_eq!(word.why, Why::Synonym("sopir pickup".to_owned()));
}

#[test]
fn the_table_of_job_words_is_sound() {
    let known: std::collections::BTreeSet<&str> = facts::occupations().iter().map(|fact| fact.kbji.as_str()).collect();
    let words = job_words();
    assert!(words.len() >= 250, "{}", words.len());
    let mut keys: BTreeMap<String, &str> = BTreeMap::new();
    for word in &words {
        assert!(known.contains(word.kbji.as_str()), "{word:?}");
        let key = job_key(&word.phrase);
        assert!(!key.is_empty(), "{word:?}");
        let other = keys.insert(key, &word.kbji);
        assert!(other.is_none_or(|other| other == word.kbji), "{word:?} and {other:?} share their roots");
    }
    let table = include_str!("../../data/occupation_words.tsv");
    assert!(table.lines().filter(|line| !line.starts_with('#')).all(|line| matches!(line.split('\t').nth(2), Some("own" | "title"))));
}

#[test]
fn every_job_word_finds_its_occupation() {
    for word in job_words() {
        let resolution = starter().resolve(&word.phrase);
        let title_wins = resolution.candidates.first().is_some_and(|best| best.why == Why::Title);
        assert!(title_wins || resolution.candidates.first().is_some_and(|best| best.kbji == word.kbji), "{word:?}: {resolution:?}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in any::<String>()) {
        let resolution = starter().resolve(&text);
        prop_assert_eq!(resolution.status == Status::None, resolution.candidates.is_empty());
        let sure: Vec<u16> = resolution.candidates.iter().map(|one| one.confidence_hundredths).collect();
        prop_assert!(sure.is_sorted_by(|left, right| left >= right) && sure.iter().all(|sure| *sure <= 10_000));
    }
}
