//! Unit codes in every shape they are typed, and the catalogue that holds them.

use rstest::rstest;
use serap::engine::catalogue::{Alias, Catalogue, Equivalence, Unit};
use serap::engine::facts;
use serap::engine::unit_code::UnitCode;

fn code(text: &str) -> UnitCode {
    UnitCode::parse(text).unwrap_or_else(|| panic!("{text} is a unit code"))
}

#[rstest]
#[case::official_new("C.14GMT06.010.1", "C.14GMT06.010.1")]
#[case::official_old("GAR.CM01.003.01", "GAR.CM01.003.01")]
#[case::kbli_six("C.141110.001.01", "C.141110.001.01")]
#[case::letter_o_for_zero("LOG.OO.01.002.01", "LOG.OO01.002.01")]
#[case::zero_for_letter_o("LOG.0001.002.01", "LOG.OO01.002.01")]
#[case::extra_dots("LOG.00.01.002.01", "LOG.OO01.002.01")]
#[case::fourth_shape("LOG.OO01.002.01", "LOG.OO01.002.01")]
#[case::lost_dot("M74DKV13.015.3", "M.74DKV13.015.3")]
#[case::letters_and_digits_confused("P.8550FOO.019.1", "P.85SOF00.019.1")]
#[case::lower_case("gar.cm01.003.01", "GAR.CM01.003.01")]
#[case::spaces(" GAR . CM01 . 003 . 01 ", "GAR.CM01.003.01")]
#[case::dashes("GAR-CM01-003-01", "GAR.CM01.003.01")]
#[case::full_width("ＧＡＲ.ＣＭ０１.００３.０１", "GAR.CM01.003.01")]
fn dirty_codes_have_one_canonical_form(#[case] typed: &str, #[case] canonical: &str) {
    assert_eq!(code(typed).as_str(), canonical);
}

#[rstest]
#[case("")]
#[case("jahit")]
#[case("GAR.CM01.003")]
#[case("35.13.17")]
#[case("0812-3456-7890")]
#[case("GAR.CM01.003.001")]
#[case("\0\0\0")]
#[case("🧵.🧵.🧵.1")]
fn what_is_no_code_is_none(#[case] typed: &str) {
    assert_eq!(UnitCode::parse(typed), None);
}

#[test]
fn family_and_version_are_told_apart() {
    let unit = code("C.14GMT06.010.1");
    assert_eq!((unit.family(), unit.version()), ("C.14GMT06.010", 1));
    assert_eq!(code("C.14GMT06.010.2").family(), unit.family());
}

#[test]
fn every_code_in_the_facts_is_understood() {
    let unread: Vec<&str> = facts::units().iter().filter(|unit| unit.code.is_none()).map(|unit| unit.written.as_str()).collect();
    assert!(unread.iter().all(|written| written.is_empty()), "{unread:?}");
    assert_eq!(facts::units().len(), 536);
}

#[test]
fn the_facts_are_complete() {
    assert_eq!(facts::schemes().len(), 98);
    assert_eq!(facts::occupations().len(), 2_766);
    assert_eq!(facts::industries().len(), 26);
    assert_eq!(facts::regions().len(), 7_285 + 552);
    assert_eq!(facts::wages().len(), 17);
}

#[test]
fn one_unit_with_two_written_forms() {
    let catalogue = Catalogue::starter();
    let unit = catalogue.find("LOG.0001.002.01").expect("it is in the facts");
    assert_eq!(unit.code, catalogue.find("LOG.OO.01.002.01").expect("its other form").code);
    assert!(unit.written_forms.contains(&"LOG.0001.002.01".to_owned()) && unit.written_forms.contains(&"LOG.OO.01.002.01".to_owned()));
}

#[test]
fn a_title_without_a_code_is_local_and_not_official() {
    let catalogue = Catalogue::starter();
    let unit = catalogue.find("LOKAL.melakukan-pengepresan").expect("a title of the facts");
    assert!(!unit.official);
    assert_eq!(unit.title, "Melakukan Pengepresan");
    assert_eq!(Unit::new("", "…", ""), None);
}

#[test]
fn the_later_row_wins_and_the_earlier_title_stays_findable() {
    let later = Unit::new("gar.cm02.008.01", "Menjahit dengan Mesin Jahit", "").expect("a unit");
    let before = Catalogue::starter();
    let after = Catalogue::starter().with_units([later]);
    let unit = after.get(&code("GAR.CM02.008.01")).expect("still there");
    assert_eq!(unit.title, "Menjahit dengan Mesin Jahit");
    assert!(unit.title_variants.contains(&"Menjahit dengan Mesin (Sewing)".to_owned()));
    assert_eq!(unit.sector, "Garmen/menjahit");
    assert_eq!(after.len(), before.len());
    assert_ne!(after.version(), before.version());
    assert_eq!(before.version(), Catalogue::starter().version());
}

#[test]
fn versions_of_a_family_are_ordered() {
    let units = ["C.14GMT06.010.3", "C.14GMT06.010.2"].map(|code| Unit::new(code, "Mengoperasikan Mesin Obras", "Garmen").expect("a unit"));
    let catalogue = Catalogue::starter().with_units(units);
    let versions: Vec<u16> = catalogue.versions_of("C.14GMT06.010").iter().map(|unit| unit.code.version()).collect();
    assert_eq!(versions, [1, 2, 3]);
    assert!(catalogue.versions_of("C.14GMT06").is_empty());
}

#[test]
fn links_are_read_from_both_sides_and_replaced() {
    let (left, right) = (code("GAR.CM02.008.01"), code("C.14GMT06.010.1"));
    let link = |factor_hundredths, reviewed| Equivalence { left: left.clone(), right: right.clone(), factor_hundredths, reviewed };
    let catalogue = Catalogue::starter().with_equivalences([link(5_000, false), link(8_000, true)]);
    assert_eq!(catalogue.equivalents(&right).collect::<Vec<_>>(), [(&left, 8_000, true)]);
    assert_eq!(catalogue.equivalents(&left).collect::<Vec<_>>(), [(&right, 8_000, true)]);
}

#[test]
fn search_finds_codes_and_word_families() {
    let catalogue = Catalogue::starter();
    let first = |query: &str| catalogue.search(query, 5).first().map(|unit| unit.code.to_string());
    assert_eq!(first("GAR.CM02.008.01"), Some("GAR.CM02.008.01".to_owned()));
    assert_eq!(first("gar.cm02").as_deref().map(|code| code.starts_with("GAR.CM02")), Some(true));
    assert!(catalogue.search("penjahitan mesin", 5).iter().any(|unit| unit.code == code("GAR.CM02.008.01")));
    assert!(catalogue.search("zzzz", 5).is_empty());
    assert_eq!(catalogue.search("", 3).len(), 3);
}

#[test]
fn an_alias_changes_the_version() {
    let alias = Alias { phrase: "tukang kebaya".to_owned(), code: code("GAR.CM02.008.01") };
    assert_ne!(Catalogue::starter().with_aliases([alias]).version(), Catalogue::starter().version());
}
