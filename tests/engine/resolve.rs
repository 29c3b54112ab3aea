//! Free text to units: what must match, what must not, and what no input may break.

use proptest::prelude::*;
use rstest::rstest;
use serap::engine::catalogue::{Alias, Catalogue, Unit};
use serap::engine::resolve::level::level_of;
use serap::engine::resolve::{Confirmation, Lexicon, Ranker, Resolver, Status, Why};
use serap::engine::text::text_key;
use serap::engine::unit_code::UnitCode;
use std::sync::LazyLock;

static STARTER: LazyLock<Resolver> = LazyLock::new(|| Resolver::new(&Catalogue::starter(), &Lexicon::starter(), []));

fn code(text: &str) -> UnitCode {
    UnitCode::parse(text).unwrap_or_else(|| panic!("{text} is a unit code"))
}

/// A resolver over invented units of these titles, without any lexicon.
fn resolver_of(titles: &[&str]) -> Resolver {
    let units = titles.iter().filter_map(|title| Unit::new("", title, ""));
    Resolver::new(&Catalogue::default().with_units(units), &Lexicon::default(), [])
}

fn first(resolver: &Resolver, text: &str) -> Option<String> {
    resolver.resolve(text).candidates.first().map(|candidate| candidate.code.to_string())
}

#[rstest]
#[case("kelas malam")]
#[case("kelas")]
#[case("catatan")]
#[case("buku catatan")]
#[case("acara")]
#[case("acara kantor tahunan")]
fn case_h1_letters_within_other_words_are_no_match(#[case] text: &str) {
    let resolution = resolver_of(&["las", "cat", "AC"]).resolve(text);
    assert_eq!((resolution.status, resolution.candidates), (Status::None, vec![]));
}

#[rstest]
#[case("menjahit")]
#[case("penjahit")]
#[case("jahitan")]
#[case("JAHIT")]
#[case("tukang jahit")]
fn case_h1_affixes_of_one_root_match(#[case] text: &str) {
    let resolver = resolver_of(&["jahit", "las", "cat", "AC"]);
    assert_eq!(first(&resolver, text).as_deref(), Some("LOKAL.jahit"));
    assert_eq!(resolver.resolve(text).status, Status::Matched);
}

#[rstest]
#[case("operator obras", "C.14GMT06.010.1")]
#[case("obras", "C.14GMT06.010.1")]
#[case("jahit obras", "C.14GMT06.010.1")]
#[case("operator overlock", "C.14GMT06.010.1")]
#[case("jahit", "GAR.CM02.008.01")]
#[case("penjahit", "GAR.CM02.008.01")]
#[case("las listrik 3G", "JIP.SM02.011.01")]
#[case("servis karburator", "G.45TSM01.018.2")]
#[case("input data", "J.63OPR00.014.2")]
#[case("Mengoperasikan Mesin Obras/Overlock", "C.14GMT06.010.1")]
#[case("mengoperasikan mesin obrass", "C.14GMT06.010.1")]
fn trade_words_match(#[case] text: &str, #[case] expected: &str) {
    let resolution = STARTER.resolve(text);
    assert_eq!(resolution.status, Status::Matched, "{resolution:?}");
    assert_eq!(resolution.candidates.first().map(|candidate| candidate.code.as_str()), Some(expected));
}

#[rstest]
#[case("gaji UMK plus lembur")]
#[case("maksimal 25 tahun")]
#[case("belum menikah")]
#[case("domisili Probolinggo")]
#[case("pendidikan minimal SMP")]
#[case("jujur")]
#[case("berpenampilan menarik")]
#[case("SIM C")]
#[case("kelas malam")]
#[case("acara kantor tahunan")]
#[case("bekerja keras")]
#[case("tukang kayu")]
#[case("punya motor sendiri")]
#[case("Rp3.200.000")]
#[case("")]
#[case("   ")]
#[case("🧵🧵🧵")]
#[case("\0\u{1}\u{7f}")]
#[case("مرحبا بالعالم")]
fn text_that_names_no_skill_resolves_to_nothing(#[case] text: &str) {
    let resolution = STARTER.resolve(text);
    assert_eq!((resolution.status, resolution.candidates), (Status::None, vec![]));
}

#[rstest]
#[case("LOG.00.01.002.01", "LOG.OO01.002.01")]
#[case("gar.cm01.003.01", "GAR.CM01.003.01")]
#[case("GAR.CM01.003.01 Mengikuti Prosedur K3", "GAR.CM01.003.01")]
#[case("unit M74DKV13.015.3", "M.74DKV13.015.3")]
fn a_dirty_code_wins(#[case] text: &str, #[case] expected: &str) {
    let resolution = STARTER.resolve(text);
    let best = resolution.candidates.first().expect("a candidate");
    assert_eq!((best.code.as_str(), best.why.clone(), best.confidence_hundredths), (expected, Why::Code, 10_000));
    assert_eq!(resolution.status, Status::Matched);
}

#[test]
fn a_version_that_is_not_in_the_catalogue_finds_its_family() {
    let resolution = STARTER.resolve("C.14GMT06.010.2");
    assert_eq!(resolution.candidates.first().map(|best| best.code.as_str()), Some("C.14GMT06.010.1"));
}

#[test]
fn k3_is_ambiguous_alone_and_garment_beside_garment() {
    assert_eq!(STARTER.resolve("K3").status, Status::Ambiguous);
    let in_garment = STARTER.resolve_in("K3", Some("Garmen/menjahit"));
    assert_eq!(in_garment.candidates.first().map(|best| best.code.as_str()), Some("GAR.CM01.003.01"));
    assert_eq!(in_garment.status, Status::Matched);
    let together = STARTER.resolve_together(&["operator obras", "jahit", "K3"]);
    let firsts: Vec<&str> = together.iter().filter_map(|line| line.candidates.first()).map(|best| best.code.as_str()).collect();
    assert_eq!(firsts, ["C.14GMT06.010.1", "GAR.CM02.008.01", "GAR.CM01.003.01"]);
}

#[test]
fn what_staff_confirmed_is_remembered_and_wins() {
    let confirmation = Confirmation { key: text_key("Tukang  JAHIT!"), code: code("C.14GMT06.010.1") };
    let resolver = Resolver::new(&Catalogue::starter(), &Lexicon::starter(), [confirmation]);
    let resolution = resolver.resolve("tukang jahit");
    let best = resolution.candidates.first().expect("a candidate");
    assert_eq!((best.code.as_str(), &best.why), ("C.14GMT06.010.1", &Why::Remembered));
    assert_eq!(resolver.resolve("penjahit").candidates.first().map(|best| best.code.as_str()), Some("GAR.CM02.008.01"));
}

#[test]
fn an_alias_of_the_office_wins_over_the_table() {
    let alias = Alias { phrase: "obras".to_owned(), code: code("GAR.CM02.008.01") };
    let resolver = Resolver::new(&Catalogue::starter().with_aliases([alias]), &Lexicon::starter(), []);
    assert_eq!(first(&resolver, "mesin obras").as_deref().map(|_| ()), Some(()));
    assert_eq!(first(&resolver, "obras").as_deref(), Some("GAR.CM02.008.01"));
}

#[test]
fn every_entry_of_the_lexicon_means_units_of_the_catalogue() {
    let catalogue = Catalogue::starter();
    let lexicon = Lexicon::starter();
    assert!(lexicon.len() >= 600, "{}", lexicon.len());
    for entry in lexicon.entries() {
        assert!(entry.codes.iter().all(|code| catalogue.get(code).is_some()), "{entry:?}");
    }
}

#[test]
fn every_title_finds_its_unit() {
    let catalogue = Catalogue::starter();
    let lost: Vec<&str> = catalogue
        .iter()
        .filter(|unit| !STARTER.resolve(&unit.title).candidates.iter().any(|candidate| candidate.code == unit.code))
        .map(|unit| unit.title.as_str())
        .collect();
    assert_eq!(lost, Vec::<&str>::new());
}

#[test]
fn ten_thousand_letters_are_read_in_good_time() {
    for long in ["a".repeat(10_000), "jahit ".repeat(2_000), "ا".repeat(10_000), ",;\n".repeat(4_000), "🧵 ".repeat(5_000)] {
        let resolution = STARTER.resolve(&long);
        assert!(resolution.candidates.len() <= 20);
        let _ = serap::engine::resolve::split_phrases(&long);
        let _ = serap::engine::resolve::wording::flags(&long);
    }
}

#[test]
fn a_ranker_orders_concepts_by_their_best_surface() {
    let rows = [("sew", "Penjahit"), ("sew", "Tailor"), ("weld", "Juru Las"), ("weld", "Welder")];
    let ranker = Ranker::new(rows);
    assert_eq!(ranker.rank("tailors", 5).first().map(|(concept, _)| *concept), Some("sew"));
    assert_eq!(ranker.rank("pengelasan", 5).first().map(|(concept, _)| *concept), Some("weld"));
    assert_eq!(ranker.rank("", 5), []);
    assert_eq!(ranker.rank("las", 0), []);
    assert_eq!(Ranker::new(Vec::<(String, String)>::new()).rank("las", 5), []);
}

#[rstest]
#[case("operator obras senior", Some(4))]
#[case("obras tingkat dasar", Some(1))]
#[case("junior operator obras", Some(2))]
#[case("obras jenjang 3", Some(3))]
#[case("operator obras mahir", Some(4))]
#[case("obras tingkat lanjut", Some(4))]
#[case("operator obras", None)]
#[case("jaringan 4G", None)]
fn a_level_in_the_text_is_told_beside_the_unit(#[case] text: &str, #[case] level: Option<u8>) {
    let resolution = STARTER.resolve(text);
    assert_eq!(resolution.level, level, "{resolution:?}");
    if text.contains("obras") {
        assert_eq!(first(&STARTER, text).as_deref(), Some("C.14GMT06.010.1"));
    }
}

#[rstest]
#[case("las listrik 3G", "JIP.SM02.011.01")]
#[case("Microsoft Word tingkat dasar", "J.63OPR00.004.2")]
fn a_unit_that_is_of_a_level_itself_has_no_other(#[case] text: &str, #[case] expected: &str) {
    let resolution = STARTER.resolve(text);
    assert_eq!(first(&STARTER, text).as_deref(), Some(expected));
    assert_eq!(resolution.level, None);
}

#[test]
fn welding_positions_are_levels_of_welding_alone() {
    assert_eq!(level_of("juru las 6G"), Some(5));
    assert_eq!(level_of("welder 2G dan 3G"), Some(3));
    assert_eq!(level_of("tower 4G"), None);
    assert_eq!(level_of("membuat pola dasar"), None);
    assert_eq!(level_of("senior high school"), None);
}

#[rstest]
#[case("ganti vanbelt", "G.45TSM01.027.2")]
#[case("cuci AC split", "C.281930.056.01")]
#[case("potong plat blander", "JIP.SM02.005.01")]
#[case("pasang resleting celana", "GAR.CM02.008.01")]
#[case("tarik kabel LAN", "J.611000.009.02")]
#[case("packing orderan olshop", "G.47PEI00.023.1")]
#[case("helper dapur", "I.55HDR00.037.2")]
#[case("titrasi", "M.749000.026.01")]
#[case("desain kaos pakai corel", "M.74DKV13.010.3")]
fn words_of_small_firms_are_likeliest_their_unit(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(first(&STARTER, text).as_deref(), Some(expected));
}

#[test]
fn a_standard_without_a_sector_tells_its_trade_by_its_titles() {
    let titles = [
        "Melakukan las tegak",
        "Melakukan las datar",
        "Menyiapkan las pipa",
        "Mengikuti keselamatan kerja bengkel",
        "Melakukan las sudut",
        "Menyetel mesin las",
    ];
    let welding = titles.iter().zip(1..).filter_map(|(title, number)| Unit::new(&format!("JIP.SM02.{number:03}.01"), title, ""));
    let farming = ["Menyiapkan benih", "Mengikuti keselamatan kerja", "Menanam", "Memupuk", "Memanen", "Menyiangi", "Mengairi"];
    let farming = farming.iter().zip(1..).filter_map(|(title, number)| Unit::new(&format!("TAN.SM02.{number:03}.01"), title, ""));
    let resolver = Resolver::new(&Catalogue::default().with_units(welding.chain(farming)), &Lexicon::default(), []);
    assert_eq!(first(&resolver, "keselamatan kerja las").as_deref(), Some("JIP.SM02.004.01"));
}

#[test]
fn answers_do_not_depend_on_the_run() {
    let other = Resolver::new(&Catalogue::starter(), &Lexicon::starter(), []);
    for text in ["K3", "servis motor", "operator mesin", "menyiapkan dokumen", "jaringan komputer"] {
        assert_eq!(STARTER.resolve(text), other.resolve(text));
    }
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in any::<String>()) {
        let resolution = STARTER.resolve(&text);
        prop_assert_eq!(resolution.status == Status::None, resolution.candidates.is_empty());
        let confidences: Vec<u16> = resolution.candidates.iter().map(|candidate| candidate.confidence_hundredths).collect();
        prop_assert!(confidences.is_sorted_by(|left, right| left >= right));
        prop_assert!(confidences.iter().all(|confidence| *confidence <= 10_000));
    }

    #[test]
    fn no_likely_text_breaks_it(text in "[a-zA-Z0-9 .,/&+#'-]{0,80}") {
        let _ = STARTER.resolve_in(&text, Some("Garmen/menjahit"));
        let _ = Catalogue::default().search(&text, 5);
    }
}
