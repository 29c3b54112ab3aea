//! The words of the trade as types: dates, identity numbers, telephones, names, money; each against values that broke other systems.

use chrono::NaiveDate;
use proptest::prelude::*;
use rstest::rstest;
use serap::engine::day::{DateProblem, age_on, date_of_serial, parse_date};
use serap::engine::geo::{Point, RegionCode};
use serap::engine::money::{Rupiah, WageUnit};
use serap::engine::name::{Name, likeness, search_key};
use serap::engine::nik::{Nik, NikProblem};
use serap::engine::phone::Phone;
use serap::engine::unit_code::UnitCode;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

#[test]
fn case_b5_a_year_needs_four_digits() {
    assert_eq!(parse_date("05/12/68"), Err(DateProblem::TwoDigitYear));
    assert_eq!(parse_date("5-12-68"), Err(DateProblem::TwoDigitYear));
    assert_eq!(age_on(day(2010, 11, 26), day(2026, 11, 25)), 15);
    assert_eq!(age_on(day(2010, 11, 25), day(2026, 11, 25)), 16);
}

#[test]
fn case_b7_a_serial_is_a_day_without_a_zone() {
    assert_eq!(date_of_serial(36526.0), Some(day(2000, 1, 1)));
    assert_eq!(date_of_serial(36526.99), Some(day(2000, 1, 1)));
    assert_eq!(date_of_serial(1.0), Some(day(1900, 1, 1)));
    assert_eq!(date_of_serial(61.0), Some(day(1900, 3, 1)));
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e300] {
        assert_eq!(date_of_serial(wrong), None, "{wrong}");
    }
}

#[test]
fn case_b9_day_comes_before_month_always() {
    assert_eq!(parse_date("03/04/2026"), Ok(day(2026, 4, 3)));
    assert_eq!(parse_date("13/04/2026"), Ok(day(2026, 4, 13)));
    assert_eq!(parse_date("04/13/2026"), Err(DateProblem::NoSuchDay));
}

#[rstest]
#[case("2025-01-28")]
#[case("28/01/2025")]
#[case("28-1-2025")]
#[case("28.01.2025")]
#[case("28 Januari 2025")]
#[case(" 28 JANUARI 2025 ")]
#[case("28 jan 2025")]
#[case("28 January 2025")]
fn one_day_in_many_writings(#[case] text: &str) {
    assert_eq!(parse_date(text), Ok(day(2025, 1, 28)));
}

#[rstest]
#[case("", DateProblem::NotADate)]
#[case("besok", DateProblem::NotADate)]
#[case("31/02/2025", DateProblem::NoSuchDay)]
#[case("29 Februari 2025", DateProblem::NoSuchDay)]
#[case("28 Jnauari 2025", DateProblem::NotADate)]
#[case("٢٨/٠١/٢٠٢٥", DateProblem::NotADate)]
#[case("28/01/2025/1", DateProblem::NotADate)]
#[case("99999999999/01/2025", DateProblem::NotADate)]
fn what_is_no_date_says_why(#[case] text: &str, #[case] problem: DateProblem) {
    assert_eq!(parse_date(text), Err(problem));
}

#[test]
fn case_c8_one_word_is_a_name() {
    let name = Name::parse("  Suparman ").expect("a name");
    assert_eq!((name.as_str(), name.initials().as_str()), ("Suparman", "S."));
    assert_eq!(Name::parse("Siti  Aminah").expect("a name").initials(), "S.A.");
    for wrong in ["", "  ", "-", "A\0B", "\u{202e}\u{200f}", "🧵"] {
        assert_eq!(Name::parse(wrong), None, "{wrong:?}");
    }
    assert_eq!(Name::parse(&"a".repeat(201)), None);
}

#[test]
fn case_d1_writings_of_a_name_share_a_key() {
    let keys: Vec<String> =
        ["Nur'aini", "Nur’aini", "Nuraini", "NUR AINI", "nur-aini", "Nur‘aini"].iter().map(|name| search_key(name)).collect();
    assert!(keys.iter().all(|key| key == "nuraini"), "{keys:?}");
    assert!(likeness("Ahmad Fauzi", "Ahmad N. Fauzi") > 0.9);
}

#[test]
fn case_d11_one_number_in_many_writings() {
    for written in ["0812-3456-7890", "6281234567890", "+62 812 3456 7890", "81234567890", "+62 (0)812 3456 7890", "0812.3456.7890"] {
        let phone = Phone::parse(written).unwrap_or_else(|| panic!("{written}"));
        assert_eq!((phone.as_str(), phone.whatsapp_digits()), ("+6281234567890", Some("6281234567890")), "{written}");
    }
    let landline = Phone::parse("(0335) 421234").expect("a landline");
    assert_eq!((landline.as_str(), landline.whatsapp_digits()), ("+62335421234", None));
    for wrong in ["", "+", "123", "0812", "abc", "٠٨١٢٣٤٥٦٧٨٩٠", "0812345678901234567890", "\0"] {
        assert_eq!(Phone::parse(wrong), None, "{wrong:?}");
    }
}

#[test]
fn a_nik_is_sixteen_digits_and_never_a_number() {
    let nik = Nik::parse("3513 0152 0168 0001").expect("a NIK");
    assert_eq!((nik.as_str(), nik.masked().as_str()), ("3513015201680001", "************0001"));
    assert!(nik.agrees_with(day(1968, 1, 12)));
    assert!(!nik.agrees_with(day(1968, 1, 13)));
    assert!(!format!("{nik:?}").contains("3513015"));
    assert_eq!(Nik::parse("3.51301234567E+15"), Err(NikProblem::ReadAsNumber));
    assert_eq!(Nik::parse("351301520168000"), Err(NikProblem::NotSixteenDigits));
    assert_eq!(Nik::parse("٣٥١٣٠١٥٢٠١٦٨٠٠٠١"), Err(NikProblem::NotSixteenDigits));
    assert!(Nik::parse("3513013213680001").is_ok_and(|nik| !nik.has_a_day()));
    assert_eq!(Nik::parse(""), Err(NikProblem::NotSixteenDigits));
}

#[test]
fn money_is_whole_rupiah() {
    for written in ["Rp3.250.000", "3250000", "3.250.000,00", "Rp 3.250.000,-", "rp. 3.250.000"] {
        assert_eq!(Rupiah::parse(written).map(Rupiah::amount), Some(3_250_000), "{written}");
    }
    for wrong in ["", "Rp", "-1", "3,5 juta", "9999999999999999999999", "NaN", "1e9"] {
        assert_eq!(Rupiah::parse(wrong), None, "{wrong}");
    }
    let wage = Rupiah::new(130_000).expect("an amount");
    assert_eq!(WageUnit::Day.monthly(wage).map(Rupiah::amount), Some(3_250_000));
    assert_eq!(WageUnit::Piece.monthly(wage), None);
    assert_eq!(Rupiah::new(3_250_000).map(|amount| amount.to_string()).as_deref(), Some("Rp3.250.000"));
}

#[test]
fn regions_contain_their_districts() {
    let code = |text: &str| RegionCode::parse(text).expect("a code");
    assert!(code("35.13").contains(&code("35.13.17")));
    assert!(!code("35.13").contains(&code("35.14.01")));
    assert_eq!(RegionCode::parse("35.1"), None);
}

proptest! {
    #[test]
    fn no_text_breaks_a_parser(text in any::<String>()) {
        let _ = (parse_date(&text), Nik::parse(&text), Phone::parse(&text), Name::parse(&text), Rupiah::parse(&text));
        let _ = (UnitCode::parse(&text), UnitCode::local(&text), RegionCode::parse(&text), search_key(&text));
    }

    #[test]
    fn no_serial_breaks_the_calendar(serial in any::<f64>()) {
        let _ = date_of_serial(serial);
    }

    #[test]
    fn a_written_date_reads_back(days in 0_i64..40_000) {
        let date = day(1930, 1, 1) + chrono::Duration::days(days);
        for form in ["%d/%m/%Y", "%Y-%m-%d", "%-d.%-m.%Y"] {
            prop_assert_eq!(parse_date(&date.format(form).to_string()), Ok(date));
        }
    }

    #[test]
    fn distance_is_symmetric(a in -11.0..6.0_f64, b in 95.0..141.0_f64, c in -11.0..6.0_f64, d in 95.0..141.0_f64) {
        let (one, other) = (Point { latitude: a, longitude: b }, Point { latitude: c, longitude: d });
        prop_assert_eq!(one.metres_to(other), other.metres_to(one));
        prop_assert_eq!(one.metres_to(one), 0);
    }

    #[test]
    fn a_canonical_code_is_its_own_canonical_form(text in "[A-Za-z]\\.[0-9]{2}[A-Z]{3}[0-9]{2}\\.[0-9]{3}\\.[1-9]") {
        let code = UnitCode::parse(&text).expect("the official shape");
        prop_assert_eq!(UnitCode::parse(code.as_str()), Some(code));
    }
}
