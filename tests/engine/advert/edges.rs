//! Days counted from the day of reading, places that share a name, and texts that are no adverts.

use std::time::Instant;

use chrono::NaiveDate;
use proptest::prelude::*;
use rstest::rstest;
use serap::engine::advert::{Advert, parts_of, read_advert};
use serap::engine::geo::RegionCode;
use serap::engine::kinds::{Contract, Shift};
use serap::engine::regions::Regions;
use serap::engine::resolve::PhraseKind;
use std::sync::LazyLock;

static REGIONS: LazyLock<Regions> = LazyLock::new(Regions::starter);

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn read(text: &str) -> Advert {
    read_advert(text, day("2026-11-25"), &REGIONS, RegionCode::parse("35.13").as_ref())
}

#[rstest]
#[case("mulai 1 Des", "2026-12-01")]
#[case("mulai kerja tgl 1 Desember 2026", "2026-12-01")]
#[case("mulai 1/12/26", "2026-12-01")]
#[case("masuk kerja 01-12-2026", "2026-12-01")]
#[case("start Dec 1", "2026-12-01")]
#[case("mulai 5 Jan", "2027-01-05")]
#[case("mulai 10 November", "2026-11-10")]
#[case("secepatnya", "2026-11-25")]
#[case("start ASAP", "2026-11-25")]
#[case("segera masuk kerja", "2026-11-25")]
#[case("mulai besok", "2026-11-26")]
#[case("mulai lusa", "2026-11-27")]
#[case("mulai minggu depan", "2026-11-30")]
#[case("mulai Senin", "2026-11-30")]
#[case("mulai bulan depan", "2026-12-01")]
#[case("mulai tgl 20", "2026-12-20")]
#[case("mulai pertengahan Januari", "2027-01-15")]
#[case("mulai akhir bulan", "2026-11-30")]
#[case("mulai Maret 2027", "2027-03-01")]
fn the_first_day_is_counted_from_the_day_of_reading(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(read(text).starts_on.map(|read| read.value), Some(day(expected)), "{:?}", parts_of(text));
}

#[rstest]
#[case("lamaran ditutup 31 Des", "2026-12-31")]
#[case("paling lambat tgl 5 Desember", "2026-12-05")]
#[case("deadline 30/11/2026", "2026-11-30")]
#[case("pendaftaran sampai akhir bulan ini", "2026-11-30")]
#[case("lamaran ditunggu s/d 12 Des 2026", "2026-12-12")]
fn the_last_day_of_applying_is_no_first_day(#[case] text: &str, #[case] expected: &str) {
    let advert = read(text);
    assert_eq!((advert.closes_on.map(|read| read.value), advert.starts_on), (Some(day(expected)), None));
}

#[rstest]
#[case("gaji 3jt", 3_000_000, 3_000_000)]
#[case("gaji 3,25 juta/bln", 3_250_000, 3_250_000)]
#[case("gaji 2,5-3 jt", 2_500_000, 3_000_000)]
#[case("gaji Rp. 3.200.000,- per bulan", 3_200_000, 3_200_000)]
#[case("gaji 3000000", 3_000_000, 3_000_000)]
#[case("upah 120k/hari", 120_000, 120_000)]
#[case("Rp100.000 s/d Rp150.000 per hari", 100_000, 150_000)]
#[case("salary IDR 4,000,000", 4_000_000, 4_000_000)]
#[case("gaji 2jt + uang makan 20rb + bonus 500rb", 2_000_000, 2_000_000)]
fn wages_are_read_in_whole_rupiah(#[case] text: &str, #[case] least: i64, #[case] most: i64) {
    let advert = read(text);
    assert_eq!(advert.wage_min.map(|read| read.value.amount()), Some(least));
    assert_eq!(advert.wage_max.map(|read| read.value.amount()), Some(most));
    assert_eq!(advert.skills, []);
}

#[rstest]
#[case("bonus 500rb")]
#[case("gaji UMK")]
#[case("uang makan 15.000")]
#[case("menghitung gaji karyawan")]
#[case("WA 081234567890")]
#[case("target 10 juta")]
fn what_is_no_wage_gives_none(#[case] text: &str) {
    assert_eq!(read(text).wage_min, None);
}

#[test]
fn of_places_that_share_a_name_the_offices_own_comes_first() {
    let within = |region: &str, text: &str| {
        let office = RegionCode::parse(region);
        let district = read_advert(text, day("2026-11-25"), &REGIONS, office.as_ref()).district;
        district.map(|read| read.value.map(|code| code.as_str().to_owned()))
    };
    let shared = "tukang las, penempatan Kec. Pagelaran";
    let everywhere = read_advert(shared, day("2026-11-25"), &REGIONS, None).district.expect("a place");
    assert_eq!((everywhere.value, everywhere.text.as_str()), (None, "Kec. Pagelaran"));
    assert_eq!(within("18.10", shared), Some(Some("18.10.05".to_owned())));
    assert_eq!(within("35.07", shared), Some(Some("35.07.33".to_owned())));
    assert_eq!(within("35.13", shared), Some(Some("35.07.33".to_owned())));
    assert_eq!(within("35.13", "penempatan Probolinggo"), Some(Some("35.13".to_owned())));
    assert_eq!(within("35.13", "penempatan Kota Probolinggo"), Some(Some("35.74".to_owned())));
    assert_eq!(within("35.13", "domisili Maron"), None);
}

#[test]
fn a_shift_a_contract_and_hours_are_read_only_where_they_are_said() {
    assert_eq!(read("3 shift").shift.map(|read| read.value), Some(Shift::Rotating));
    assert_eq!(read("shift malam").shift.map(|read| read.value), Some(Shift::Night));
    assert_eq!(read("non shift").shift.map(|read| read.value), Some(Shift::Day));
    assert_eq!(read("karyawan tetap").contract.map(|read| read.value), Some(Contract::Pkwtt));
    assert_eq!(read("harian lepas").contract.map(|read| read.value), Some(Contract::Daily));
    assert_eq!(read("20 jam seminggu").hours_per_week.map(|read| read.value), Some(20));
    let plain = read("butuh penjahit, bisa obras");
    assert!(plain.shift.is_none() && plain.contract.is_none() && plain.hours_per_week.is_none() && plain.wage_min.is_none());
}

#[rstest]
#[case("las 3G", "las 3G")]
#[case("jahit tingkat dasar", "jahit tingkat dasar")]
#[case("tata rias lanjutan", "tata rias lanjutan")]
#[case("bisa AutoCAD 2D/3D", "AutoCAD 2D/3D")]
#[case("mesin jahit single needle", "mesin jahit single needle")]
#[case("perawatan AC (split)", "perawatan AC (split)")]
fn what_tells_a_level_stays_with_its_skill(#[case] text: &str, #[case] skill: &str) {
    let skills: Vec<String> = read(text).skills.into_iter().map(|part| part.text).collect();
    assert_eq!(skills, [skill]);
}

#[rstest]
#[case("usia 18-30 tahun", PhraseKind::Age)]
#[case("berpenampilan menarik", PhraseKind::Looks)]
#[case("pria/wanita", PhraseKind::Sex)]
#[case("belum menikah", PhraseKind::MaritalStatus)]
#[case("beragama Islam", PhraseKind::Religion)]
#[case("domisili Kraksaan", PhraseKind::Domicile)]
#[case("SIM B1", PhraseKind::Licence)]
#[case("gaji 3jt", PhraseKind::Wage)]
#[case("jujur dan disiplin", PhraseKind::Character)]
#[case("fotokopi KTP dan KK", PhraseKind::Papers)]
#[case("hubungi 0812-0000-0000", PhraseKind::Contact)]
#[case("tidak cacat fisik", PhraseKind::Disability)]
#[case("PT Contoh Sejahtera", PhraseKind::Employer)]
#[case("tidak harus bisa jahit", PhraseKind::Other)]
fn what_is_no_skill_has_its_kind(#[case] text: &str, #[case] kind: PhraseKind) {
    let advert = read(text);
    assert_eq!(advert.skills, []);
    assert!(advert.others.iter().any(|part| part.kind == kind), "{:?}", advert.others);
}

#[rstest]
#[case("")]
#[case(" \n\t ")]
#[case("a")]
#[case("🧵🪡🎉🎉")]
#[case("yang dan di ke dari untuk")]
#[case("\0\u{1}\u{7f}\u{202e}")]
#[case("!!!,,,;;;…")]
#[case("081234567890")]
fn a_text_that_says_nothing_gives_nothing(#[case] text: &str) {
    let advert = read(text);
    assert!(advert.positions.is_none() && advert.district.is_none() && advert.wage_min.is_none() && advert.starts_on.is_none());
    assert!(advert.flags.is_empty());
}

#[test]
fn ten_thousand_letters_are_read_in_good_time() {
    LazyLock::force(&REGIONS);
    let repeated = |text: &str| text.chars().cycle().take(10_000).collect::<String>();
    for text in [
        "a",
        "jahit ",
        "di Maron ",
        "5 org, gaji 3jt/bln, usia 18-25 th; ",
        "((((",
        "1. ",
        "sampai 1 ",
        "مرحبا ",
        "🧵 ",
        "s/d ",
        "3-4-5 ",
        "per ",
        "(a, ",
    ] {
        let long = repeated(text);
        let began = Instant::now();
        let advert = read(&long);
        // Far above what it takes; only an answer that grows with the square of the text would be slower.
        assert!(began.elapsed().as_secs() < 3, "{text}: {:?}", began.elapsed());
        assert!(advert.roles.len() <= 30);
    }
}

proptest! {
    #[test]
    fn every_part_stands_where_it_says(text in "(\\PC|[ \n,.;()&+*0-9-]|jt|rb|org|di |usia |gaji |mulai |sampai ){0,60}") {
        for part in parts_of(&text) {
            prop_assert_eq!(text.get(part.at.clone()), Some(part.text.as_str()));
        }
        let advert = read(&text);
        for flag in &advert.flags {
            prop_assert_eq!(text.get(flag.at.clone()), Some(flag.text.as_str()));
        }
        for role in &advert.roles {
            prop_assert_eq!(text.get(role.title.at.clone()), Some(role.title.text.as_str()));
        }
        prop_assert!(advert.wage_min.iter().zip(&advert.wage_max).all(|(least, most)| least.value <= most.value));
        prop_assert!(advert.wage_min.iter().all(|read| text.get(read.at.clone()) == Some(read.text.as_str())));
    }

    #[test]
    fn no_text_breaks_it(text in any::<String>()) {
        let _ = read(&text);
    }
}
