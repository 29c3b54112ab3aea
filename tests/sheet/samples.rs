//! The sample files of `data/samples`: made here, committed, and read back as what they were made of.
//!
//! All people are invented. Their identity numbers have serials from 9001 and their telephone numbers lie in a block of
//! zeros. `cargo test --test sheet -- --ignored remake` writes the files anew.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use serap::engine::kinds::{Assessment, OutcomeKind, TrainingResult};
use serap::sheet::participants::parse;
use serap::sheet::problem::ImportProblem;
use serap::sheet::table::Table;

use crate::support::{codes, day, read, regions, today};

const TITLES: [&str; 3] = [
    "DAFTAR PESERTA PELATIHAN BERBASIS KOMPETENSI (CONTOH, SELURUH DATA REKAAN)",
    "Menjahit Pakaian dengan Mesin, Balai Desa Contoh, Kecamatan Maron",
    "5 Oktober 2026 s.d. 6 November 2026",
];

const HEADERS: [&str; 34] = [
    "NO",
    "NO",
    "Nama",
    "NIK",
    "No. HP",
    "Email",
    "Jenis Kelamin",
    "Alamat",
    "Kecamatan",
    "Tempat Lahir",
    "Tanggal\nLahir",
    "Usia",
    "Pendidikan Terakhir",
    "Disabilitas Tipe Disabilitas *",
    "Judul Program Pelatihan",
    "Kejuruan",
    "Jenis Pelatihan",
    "Angkatan",
    "Durasi (JP)",
    "Tanggal Mulai Pelatihan",
    "Tanggal Selesai Pelatihan",
    "Absensi",
    "Status Kelulusan",
    "Sumber Anggaran",
    "GAR.CM01.003.01",
    "C.14GMT06.010.1 - Mengoperasikan Mesin Obras/Overlock",
    "GAR.CM02.008.01\nMenjahit dengan Mesin (Sewing)",
    "No. Sertifikat",
    "Penerbit Sertifikat",
    "Tanggal Terbit Sertifikat",
    "Status Kebekerjaan",
    "Nama Perusahaan/Nama Usaha",
    "jabatan",
    "Tanggal Penempatan",
];

/// Name, L or P, birth day, district, school, whether the overlock unit was reached.
type Person = (&'static str, &'static str, (i32, u32, u32), &'static str, &'static str, bool);

const PEOPLE: [Person; 16] = [
    ("Nur'aini Contohwati", "P", (1998, 4, 12), "Maron", "SMK", true),
    ("Suparman", "L", (1991, 8, 17), "Maron", "SMP", true),
    ("Siti Rekaan Aminah", "P", (2001, 1, 30), "Maron", "SMA", true),
    ("Dewi Umpama Lestari", "P", (1996, 12, 5), "Gending", "SMP", true),
    ("Rohmah", "P", (1989, 6, 21), "Maron", "SD", false),
    ("Ahmad Misal Fauzi", "L", (2000, 3, 9), "Banyuanyar", "SMK", true),
    ("Lilik Contohyani", "P", (1994, 10, 2), "Maron", "SMA", true),
    ("Wahyu Rekayasa Putri", "P", (2003, 7, 14), "Pajarakan", "SMK", true),
    ("Halimah Andai Sari", "P", (1987, 2, 28), "Maron", "SMP", false),
    ("Bagus Seandainya", "L", (1999, 11, 11), "Gending", "SMA", true),
    ("Yuliatin", "P", (1993, 5, 3), "Maron", "SMP", true),
    ("Fitri Khayal Handayani", "P", (2002, 9, 25), "Banyuanyar", "SMA", true),
    ("Endang Permisalan", "P", (1990, 1, 7), "Maron", "SD", false),
    ("Maulida Angan Zahra", "P", (2005, 8, 19), "Pajarakan", "SMK", true),
    ("Khoirul Contohnya", "L", (1995, 12, 31), "Maron", "SMA", true),
    ("Tutik Umpami", "P", (1992, 4, 16), "Maron", "SMP", false),
];

/// Who failed: the last but two.
const FAILED: usize = 12;

#[derive(Clone)]
enum Value {
    Nothing,
    Text(String),
    Number(f64),
    Day(NaiveDate),
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn date((year, month, of_month): (i32, u32, u32)) -> Value {
    Value::Day(day(year, month, of_month))
}

fn nik(index: usize, sex: &str, (year, month, day): (i32, u32, u32)) -> String {
    let day = if sex == "P" { day + 40 } else { day };
    format!("351317{day:02}{month:02}{:02}{}", year % 100, 9001 + index)
}

fn row(index: usize, &(name, sex, born, district, school, overlock): &Person) -> Vec<Value> {
    let passed = index != FAILED;
    let k = |reached: bool| text(if reached { "K" } else { "BK" });
    let (status, firm, job, since) = match index {
        0 | 3 => ("Bekerja", "CV Contoh Garmen", "Operator jahit", date((2026, 11, 16))),
        6 => ("Wirausaha", "Jahit Rekaan", "Penjahit", date((2026, 11, 9))),
        _ => ("Belum Bekerja", "", "", Value::Nothing),
    };
    let certificate = if passed { text(format!("{:04}/REKAAN/PBK/2026", index + 1)) } else { Value::Nothing };
    vec![
        Value::Number((index + 1) as f64),
        Value::Number((index + 1) as f64),
        text(name),
        text(nik(index, sex, born)),
        text(format!("0812-0000-{:04}", 101 + index)),
        text(format!("peserta{}@surel.example", index + 1)),
        text(sex),
        text(format!("Dusun Contoh RT 0{} RW 01", index % 9 + 1)),
        text(district),
        text("Probolinggo"),
        date(born),
        Value::Number(f64::from(2026 - born.0)),
        text(school),
        text("Tidak"),
        text("Menjahit Pakaian dengan Mesin"),
        text("Garmen Apparel"),
        text("Pelatihan Berbasis Kompetensi (PBK)"),
        text("Angkatan I"),
        Value::Number(240.0),
        date((2026, 10, 5)),
        date((2026, 11, 6)),
        text(if passed { "100%" } else { "60%" }),
        text(if passed { "Lulus" } else { "Tidak Lulus" }),
        text("DBHCHT"),
        k(passed),
        k(overlock),
        k(passed),
        certificate.clone(),
        if passed { text("BLK Contoh (rekaan)") } else { Value::Nothing },
        if passed { date((2026, 11, 6)) } else { Value::Nothing },
        text(status),
        text(firm),
        text(job),
        since,
    ]
}

fn class() -> Vec<Vec<Value>> {
    PEOPLE.iter().enumerate().map(|(index, person)| row(index, person)).collect()
}

fn place(header: &str) -> usize {
    HEADERS.iter().position(|known| known.starts_with(header)).unwrap()
}

/// The class with one kind of mistake a row; row numbers in the file are index + 6.
fn broken_class() -> Vec<Vec<Value>> {
    let mut rows = class();
    let same_nik = rows[0][place("NIK")].clone();
    let same_certificate = rows[2][place("No. Sertifikat")].clone();
    let mistakes: [(usize, &str, Value); 15] = [
        (1, "NIK", Value::Number(3_513_171_708_919_002.0)),
        (3, "NIK", text("351317451296900")),
        (4, "Tanggal\nLahir", text("21/06/89")),
        (5, "Tanggal\nLahir", date((2027, 3, 9))),
        (6, "Tanggal\nLahir", date((2014, 10, 2))),
        (7, "Nama", Value::Nothing),
        (8, "Jenis Kelamin", text("X")),
        (9, "Status Kelulusan", text("Mungkin")),
        (10, "No. HP", text("tidak punya")),
        (11, "Kecamatan", text("Antah Berantah")),
        (12, "NIK", same_nik),
        (13, "No. Sertifikat", same_certificate),
        (14, "Tanggal\nLahir", text("31/02/1995")),
        (15, "C.14GMT06.010.1", text("?")),
        (15, "Durasi", text("banyak")),
    ];
    for (index, header, value) in mistakes {
        rows[index][place(header)] = value;
    }
    rows
}

fn write(page: &mut Worksheet, row: u32, col: u16, value: &Value, date: &Format, as_text: &Format) {
    match value {
        Value::Nothing => {}
        Value::Text(text) => drop(page.write_string_with_format(row, col, text, as_text).unwrap()),
        Value::Number(number) => drop(page.write_number(row, col, *number).unwrap()),
        Value::Day(day) => drop(page.write_datetime_with_format(row, col, day, date).unwrap()),
    }
}

/// Three title rows, a blank one, the header, the rows, and a signature below, as offices send them.
fn xlsx(rows: &[Vec<Value>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 11, 6).unwrap();
    book.set_properties(&DocProperties::new().set_title(TITLES[0]).set_creation_datetime(&created));
    let page = book.add_worksheet();
    page.set_name("Peserta").unwrap();
    let bold = Format::new().set_bold().set_text_wrap();
    let (date, as_text) = (Format::new().set_num_format("dd/mm/yyyy"), Format::new().set_num_format("@"));
    for (line, title) in (0..).zip(TITLES) {
        page.write_string_with_format(line, 0, title, &Format::new().set_bold()).unwrap();
    }
    for (col, header) in (0..).zip(HEADERS) {
        page.write_string_with_format(4, col, header, &bold).unwrap();
    }
    for (line, values) in (5..).zip(rows) {
        for (col, value) in (0..).zip(values) {
            write(page, line, col, value, &date, &as_text);
        }
    }
    page.set_freeze_panes(5, 3).unwrap();
    page.set_column_width(2, 26).unwrap();
    page.set_column_width(3, 20).unwrap();
    page.write_string(23, 14, "Maron, 6 November 2026 (contoh)").unwrap();
    book.save_to_buffer().unwrap()
}

fn csv(rows: &[Vec<Value>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    for title in TITLES {
        writer.write_record([title]).unwrap();
    }
    // A blank row of a spreadsheet is saved as a line of delimiters.
    writer.write_record(HEADERS.map(|_| "")).unwrap();
    writer.write_record(HEADERS).unwrap();
    for row in rows {
        writer
            .write_record(row.iter().map(|value| match value {
                Value::Nothing => String::new(),
                Value::Text(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                Value::Day(day) => day.format("%d/%m/%Y").to_string(),
            }))
            .unwrap();
    }
    writer.into_inner().unwrap()
}

fn path(name: &str) -> PathBuf {
    Path::new("data/samples").join(name)
}

fn all() -> [(&'static str, Vec<u8>); 3] {
    [("kelas-jahit-maron.xlsx", xlsx(&class())), ("kelas-jahit-maron.csv", csv(&class())), ("kelas-rusak.xlsx", xlsx(&broken_class()))]
}

fn sample(name: &str) -> Table {
    read(&std::fs::read(path(name)).unwrap(), name)
}

#[test]
#[ignore = "writes data/samples"]
fn remake() {
    for (name, bytes) in all() {
        std::fs::write(path(name), bytes).unwrap();
    }
}

#[test]
fn the_committed_samples_are_those_made_here() {
    for (name, bytes) in all() {
        assert_eq!(sample(name).rows, read(&bytes, name).rows, "{name}: run the test `remake`");
    }
}

#[test]
fn the_class_is_read_without_a_complaint() {
    let parsed = parse(&sample("kelas-jahit-maron.xlsx"), today(), &regions);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.ignored_columns, Vec::<String>::new());
    assert_eq!(parsed.rows.iter().map(|row| row.row).collect::<Vec<_>>(), (6..22).collect::<Vec<_>>());
    assert_eq!(parsed.rows.iter().filter(|row| row.training.result == Some(TrainingResult::Passed)).count(), 15);
    let first = &parsed.rows[0];
    assert_eq!(first.person.name.as_str(), "Nur'aini Contohwati");
    assert_eq!(first.person.birth_date, Some(day(1998, 4, 12)));
    assert_eq!(first.person.district.as_ref().unwrap().as_str(), "35.13.17");
    assert_eq!(first.person.disability, None);
    assert_eq!(first.training.programme.as_deref(), Some("Menjahit Pakaian dengan Mesin"));
    assert_eq!(first.training.hours_jp, Some(240));
    let units: Vec<&str> = first.unit_results.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(units, ["GAR.CM01.003.01", "C.14GMT06.010.1", "GAR.CM02.008.01"]);
    assert_eq!(first.outcome.as_ref().unwrap().kind, OutcomeKind::OtherEmployer);
    assert_eq!(parsed.rows[6].outcome.as_ref().unwrap().kind, OutcomeKind::SelfEmployed);
    assert_eq!(parsed.rows[FAILED].unit_results[0].1, Assessment::NotYetCompetent);
    assert_eq!(parsed.rows[FAILED].certificate, None);
}

#[test]
fn nobody_shares_a_number_with_another() {
    let parsed = parse(&sample("kelas-jahit-maron.xlsx"), today(), &regions);
    let count = |values: Vec<String>| values.into_iter().collect::<std::collections::HashSet<_>>().len();
    assert_eq!(count(parsed.rows.iter().map(|row| row.person.nik.as_ref().unwrap().as_str().to_owned()).collect()), 16);
    assert_eq!(count(parsed.rows.iter().map(|row| row.person.phone.as_ref().unwrap().as_str().to_owned()).collect()), 16);
    assert_eq!(count(parsed.rows.iter().map(|row| row.person.name.key()).collect()), 16);
}

#[test]
fn both_files_of_the_class_say_the_same() {
    let of_xlsx = parse(&sample("kelas-jahit-maron.xlsx"), today(), &regions);
    let of_csv = parse(&sample("kelas-jahit-maron.csv"), today(), &regions);
    assert_eq!(of_csv.problems, []);
    assert_eq!(of_csv.rows, of_xlsx.rows);
}

#[test]
fn the_broken_class_names_every_mistake() {
    use ImportProblem as P;
    let parsed = parse(&sample("kelas-rusak.xlsx"), today(), &regions);
    let expected: [(u32, &[ImportProblem]); 15] = [
        (7, &[P::NikReadAsNumber]),
        (8, &[]),
        (9, &[P::NikNotSixteenDigits]),
        (10, &[P::BirthDateTwoDigitYear]),
        (11, &[P::BirthDateFuture, P::NikDisagreesWithBirthDate]),
        (12, &[P::AgeOutOfRange, P::NikDisagreesWithBirthDate]),
        (13, &[P::NameMissing]),
        (14, &[P::SexNotUnderstood]),
        (15, &[P::ResultNotUnderstood]),
        (16, &[P::PhoneNotUnderstood]),
        (17, &[P::DistrictUnknown]),
        (18, &[P::NikDisagreesWithBirthDate, P::DuplicateNik]),
        (19, &[P::DuplicateCertificate]),
        (20, &[P::NoSuchDay]),
        (21, &[P::NumberNotUnderstood, P::AssessmentNotUnderstood]),
    ];
    for (row, problems) in expected {
        assert_eq!(codes(&parsed, row), problems, "row {row}");
    }
    assert_eq!(parsed.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [6, 8, 16, 17]);
}
