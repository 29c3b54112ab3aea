//! Units, schemes, regions, wages and vacancies.

use serap::engine::kinds::Contract;
use serap::engine::money::{Rupiah, WageUnit};
use serap::sheet::problem::ImportProblem;
use serap::sheet::schemes::SchemeKind;
use serap::sheet::{lexicon, regions, schemes, units, vacancies, wages};

use crate::support::{self, codes, day, read};

#[test]
fn units_are_canonical_and_a_bare_title_gets_a_local_code() {
    let file = "kode,judul,skkni,sektor,sumber,status,varian_judul\n\
        C.14GMT06.010.1,Mengoperasikan Mesin Obras,Kepmenaker 1/2020,Garmen,decree,sure,Obras; Overlock\n\
        LOG.OO.01.002.01,Membaca Gambar,,Logam,,,\n\
        ,Pola Dasar,,,,,\n\
        C.14GMT06.010.1,Menjahit Lengan,,,,,\n\
        XX.1,Apa saja,,,,,\n\
        GAR.CM01.003.01,,,,,,\n\
        LOG.0001.002.01,membaca gambar,,,,,\n";
    let parsed = units::parse(&read(file.as_bytes(), "u.csv"));
    let found: Vec<&str> = parsed.rows.iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!(found, ["C.14GMT06.010.1", "LOG.OO01.002.01", "LOKAL.pola-dasar"]);
    assert_eq!(parsed.rows[1].typed, "LOG.OO.01.002.01");
    assert_eq!(parsed.rows[0].alternatives, ["Obras", "Overlock"]);
    assert_eq!(codes(&parsed, 5), [ImportProblem::DuplicateCode]);
    assert_eq!(codes(&parsed, 6), [ImportProblem::UnitCodeNotUnderstood]);
    assert_eq!(codes(&parsed, 7), [ImportProblem::ValueMissing]);
    assert_eq!(codes(&parsed, 8), [ImportProblem::SameAgain]);
}

#[test]
fn schemes_list_their_units() {
    let file = "kode_skema,nama_skema,jenis,bidang,profesi,kode unit\n\
        SS.1,Penjahit,KLASTER,Garmen,Penjahit,GAR.CM01.003.01; C.14GMT06.010.1\n\
        SS.2,Operator,OKUPASI,,,\n\
        SS.3,Lain,APA,,,\n";
    let parsed = schemes::parse(&read(file.as_bytes(), "s.csv"));
    assert_eq!(parsed.rows[0].kind, Some(SchemeKind::Cluster));
    assert_eq!(parsed.rows[0].units.len(), 2);
    assert_eq!(parsed.rows[1].units, []);
    assert_eq!(codes(&parsed, 4), [ImportProblem::ChoiceNotUnderstood]);
}

#[test]
fn regions_keep_their_codes_as_text() {
    let file = "kode,nama,kabupaten_kota,provinsi,lat,lng\n35.13.17,Maron,Kabupaten Probolinggo,Jawa Timur,-7.842032,113.360055\n\
        35.13,Kabupaten Probolinggo,,Jawa Timur,\"-7,8\",113.3\n3513,Salah,,,,\n35.14,Jauh,,,-97,1\n";
    let parsed = regions::parse(&read(file.as_bytes(), "r.csv"));
    assert_eq!(parsed.rows[0].code.as_str(), "35.13.17");
    assert_eq!(parsed.rows[1].point.map(|point| point.latitude), Some(-7.8));
    assert_eq!(codes(&parsed, 4), [ImportProblem::RegionCodeNotUnderstood]);
    assert_eq!(codes(&parsed, 5), [ImportProblem::NumberNotUnderstood]);
    assert_eq!(parsed.rows.len(), 2);
}

#[test]
fn wages_need_region_year_and_amount() {
    let file = "kode_wilayah,nama,tahun,jenis,rupiah_per_bulan,berlaku_mulai,dasar,sumber\n\
        35.78,Kota Surabaya,2026,UMK,5288796,2026-01-01,Kepgub,berita\n\
        35.25,Gresik,2026,UMK,Rp5.195.401,,,\n35.26,Bangkalan,2026,UMK,banyak,,,\n\
        35.25,Gresik,2026,UMSK listrik,5300000,,,\n35.25,Gresik,2026,UMK,1,,,\n";
    let parsed = wages::parse(&read(file.as_bytes(), "w.csv"));
    assert_eq!(parsed.rows[0].monthly, Rupiah::new(5_288_796).unwrap());
    assert_eq!(parsed.rows[1].monthly, Rupiah::new(5_195_401).unwrap());
    assert_eq!(parsed.rows[1].valid_from, day(2026, 1, 1));
    assert_eq!(codes(&parsed, 4), [ImportProblem::MoneyNotUnderstood]);
    assert_eq!(parsed.rows[2].kind.as_deref(), Some("UMSK listrik"));
    assert_eq!(codes(&parsed, 6), [ImportProblem::DuplicateCode]);
}

#[test]
fn vacancies_keep_requirements_as_text() {
    let file = "Perusahaan;Judul;Jumlah;Kecamatan;Mulai;Tutup;Upah Min;Upah Maks;Satuan;Kontrak;Persyaratan\n\
        CV Contoh Garmen;Operator Jahit;5;Maron;01/12/2026;30 November 2026;2.500.000;3000000;bulan;PKWT;\"bisa jahit; C.14GMT06.010.1\"\n\
        CV Contoh Garmen;Operator Obras;1.5;Lumbang;;;3000000;2000000;minggu;;\n;Tanpa perusahaan;2;;;;;;;;\n";
    let parsed = vacancies::parse(&read(file.as_bytes(), "v.csv"), &support::regions);
    let first = &parsed.rows[0];
    assert_eq!((first.positions, first.wage_unit, first.contract), (5, Some(WageUnit::Month), Some(Contract::Pkwt)));
    assert_eq!(first.district.as_ref().unwrap().as_str(), "35.13.17");
    assert_eq!((first.starts_on, first.closes_on), (Some(day(2026, 12, 1)), Some(day(2026, 11, 30))));
    assert_eq!(first.requirements, ["bisa jahit", "C.14GMT06.010.1"]);
    assert_eq!(parsed.rows.len(), 1);
    let expected = [ImportProblem::NumberNotUnderstood, ImportProblem::DistrictAmbiguous, ImportProblem::RangeReversed];
    assert_eq!(codes(&parsed, 3), expected);
    assert_eq!(codes(&parsed, 4), [ImportProblem::ValueMissing]);
}

#[test]
fn words_may_stand_twice_with_other_codes() {
    let file = "NO;Istilah;Kode Unit;Judul\n1;obras;C.14GMT06.010.1;Obras\n2;jahit;A.1 | B.2, C.3;\n3;Obras!;C.14GMT06.010.1;\n\
        4;obras;GAR.CM02.008.01;\n5;...;A.1;\n6;las;-;\n";
    let parsed = lexicon::parse(&read(file.as_bytes(), "istilah.csv"));
    let rows: Vec<(u32, &str, usize)> = parsed.rows.iter().map(|row| (row.row, row.text.as_str(), row.codes.len())).collect();
    assert_eq!(rows, [(2, "obras", 1), (3, "jahit", 3), (5, "obras", 1)]);
    assert_eq!(codes(&parsed, 4), [ImportProblem::SameAgain]);
    assert_eq!(codes(&parsed, 6), [ImportProblem::NoWords]);
    assert_eq!(codes(&parsed, 7), [ImportProblem::ValueMissing]);
}
