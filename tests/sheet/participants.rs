//! Class lists: what is understood, what is refused, and what is said about it.

use rstest::rstest;
use serap::engine::kinds::{CertificateKind, OutcomeKind, ParticipantStatus, Sex, TrainingResult};
use serap::sheet::participants::parse;
use serap::sheet::problem::{ImportProblem, Severity};
use serap::words::import::RowProblem;
use serap::words::{Language, Say};

use crate::support::{class, codes, day, read, regions, text_cell, today, workbook};

/// A list with the one column besides the name and its value in row 2.
fn with(header: &str, value: &str) -> serap::sheet::participants::Parsed<serap::sheet::participants::ParticipantRow> {
    class(&format!("Nama;{header};Alamat\nSiti Aminah;\"{}\";Dusun\n", value.replace('"', "\"\"")))
}

#[test]
fn case_e2_a_nik_in_a_numeric_cell_is_refused() {
    for number in ["3.51301234567E+15", "3513012345670001"] {
        let rows = format!(
            r#"<row r="1">{}{}</row><row r="2">{}<c r="B2"><v>{number}</v></c></row>"#,
            text_cell("A1", "Nama"),
            text_cell("B1", "NIK"),
            text_cell("A2", "Siti")
        );
        let parsed = parse(&read(&workbook(&rows), "x.xlsx"), today(), &regions);
        assert!(parsed.rows.is_empty(), "never stored");
        assert_eq!(codes(&parsed, 2), [ImportProblem::NikReadAsNumber]);
        assert!(parsed.problems[0].message.say(Language::Indonesian).contains("NIK terbaca sebagai angka, digit bisa hilang"));
        assert!(!parsed.problems[0].read.contains("35130"), "{}", parsed.problems[0].read);
    }
}

#[test]
fn case_e2_a_whole_column_that_lost_its_last_digits_is_refused() {
    let row = |serial: u32| format!("Rekaan;351317520498{serial}\n");
    let lost: String = (1..=5).map(|n| row(9000 + 10 * n)).collect();
    let parsed = class(&format!("Nama;NIK\n{lost}"));
    assert!(parsed.rows.is_empty() && parsed.has_errors());
    assert_eq!(codes(&parsed, 1), [ImportProblem::NikLastDigitsLost]);
    assert_eq!(class(&format!("Nama;NIK\n{lost}{}", row(9001))).problems, []);
}

#[rstest]
#[case("3,51301E+15", &[ImportProblem::NikReadAsNumber])]
#[case("351317120498900", &[ImportProblem::NikNotSixteenDigits])]
#[case("3513173213989001", &[ImportProblem::NikNoSuchDate])]
#[case("'3513175204989001", &[])]
#[case("351317.520498.9001", &[])]
#[case("-", &[])]
fn a_nik_is_sixteen_digits_and_a_strange_date_is_a_doubt(#[case] nik: &str, #[case] problems: &[ImportProblem]) {
    assert_eq!(codes(&with("NIK", nik), 2), problems);
}

#[rstest]
#[case("05/12/68", ImportProblem::BirthDateTwoDigitYear)]
#[case("05/12/2068", ImportProblem::BirthDateFuture)]
#[case("26/11/2011", ImportProblem::AgeOutOfRange)]
#[case("24/11/1950", ImportProblem::AgeOutOfRange)]
#[case("31/02/1999", ImportProblem::NoSuchDay)]
#[case("kemarin", ImportProblem::DateNotUnderstood)]
fn case_b5_birth_dates_have_years_of_four_digits_and_a_plausible_age(#[case] born: &str, #[case] problem: ImportProblem) {
    let parsed = with("Tanggal Lahir", born);
    assert_eq!(codes(&parsed, 2), [problem]);
    assert!(parsed.rows.is_empty());
}

#[rstest]
#[case("25/11/2011")]
#[case("25/11/1951")]
fn case_b5_the_ages_from_15_to_75_are_taken(#[case] born: &str) {
    assert_eq!(codes(&with("Tanggal Lahir", born), 2), []);
}

#[rstest]
#[case("28/01/1995")]
#[case("28-1-1995")]
#[case("1995-01-28")]
#[case("1995-01-28 00:00:00")]
#[case("1995-01-28T23:59:59Z")]
#[case("28 Januari 1995")]
#[case("34727")]
fn dates_are_read_as_forms_write_them(#[case] born: &str) {
    assert_eq!(with("Tanggal Lahir", born).rows[0].person.birth_date, Some(day(1995, 1, 28)));
}

#[test]
fn case_b7_a_bare_serial_in_a_date_column_is_a_day() {
    let rows = format!(
        r#"<row r="1">{}{}</row><row r="2">{}<c r="B2"><v>36526</v></c></row><row r="3">{}<c r="B3" s="1"><v>36526.9</v></c></row>"#,
        text_cell("A1", "Nama"),
        text_cell("B1", "Tanggal Lahir"),
        text_cell("A2", "Siti"),
        text_cell("A3", "Sri")
    );
    let parsed = parse(&read(&workbook(&rows), "x.xlsx"), today(), &regions);
    assert_eq!(parsed.rows.iter().map(|row| row.person.birth_date).collect::<Vec<_>>(), [Some(day(2000, 1, 1)); 2]);
}

#[test]
fn case_b9_the_day_stands_before_the_month_whatever_the_column_holds() {
    let parsed = class("Nama;Tanggal Mulai\nSiti;03/04/2026\nSri;13/04/2026\nTuti;04/13/2026\n");
    let starts: Vec<_> = parsed.rows.iter().map(|row| row.training.starts_on).collect();
    assert_eq!(starts, [Some(day(2026, 4, 3)), Some(day(2026, 4, 13))]);
    assert_eq!(codes(&parsed, 4), [ImportProblem::NoSuchDay]);
    assert!(parsed.problems[0].message.say(Language::Indonesian).contains("hari/bulan/tahun"));
}

#[test]
fn case_c4_a_certificate_number_twice_names_both_rows() {
    let parsed = class(
        "Nama;No. Sertifikat;Penerbit\nSiti;0123/PBK/2026;BLK Contoh\nSri;0123/PBK/2026;LSP Contoh\nTuti; 0123/pbk/2026 ;blk contoh\n",
    );
    assert_eq!(codes(&parsed, 4), [ImportProblem::DuplicateCertificate]);
    let RowProblem::DuplicateCertificate { first, second, .. } = parsed.problems[0].message else { panic!() };
    assert_eq!((first, second), (2, 4));
    let kinds: Vec<_> = parsed.rows.iter().map(|row| row.certificate.as_ref().unwrap().kind).collect();
    assert_eq!(kinds, [CertificateKind::Training, CertificateKind::Bnsp]);
}

#[test]
fn case_c8_one_word_is_a_name() {
    let parsed = class("Nama;NIK\nSuparman;\n");
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.rows[0].person.name.as_str(), "Suparman");
}

#[test]
fn case_d11_every_spelling_of_a_number_is_one_value() {
    for phone in
        ["0812-3456-7890", "6281234567890", "+62 812 3456 7890", "81234567890", "'+6281234567890", "0812-3456-7890 / 0857-1111-2222"]
    {
        let parsed = with("No. HP", phone);
        assert_eq!(parsed.rows[0].person.phone.as_ref().unwrap().as_str(), "+6281234567890", "{phone}");
    }
    let landline = with("No. HP", "(0335) 421234").rows.remove(0).person.phone.unwrap();
    assert_eq!((landline.as_str(), landline.whatsapp_digits()), ("+62335421234", None));
    let parsed = with("No. HP", "nanti menyusul");
    assert_eq!(parsed.problems[0].severity(), Severity::Warning);
    assert_eq!(parsed.rows[0].person.phone, None);
}

#[test]
fn case_e7_required_columns_alone_are_enough() {
    let parsed = class("Nama Peserta\nSiti\nSri Wahyuni\n");
    assert_eq!((parsed.rows.len(), parsed.problems.len()), (2, 0));
}

#[test]
fn case_e8_one_invalid_and_one_double_among_sixteen_are_both_reported() {
    let mut file = "Nama;NIK;Tanggal Lahir\n".to_owned();
    for index in 1..=16 {
        let serial = if index == 12 { 9003 } else { 9000 + index };
        let born = if index == 9 { "12/04/98" } else { "12/04/1998" };
        file.push_str(&format!("Peserta Rekaan {index};351317120498{serial};{born}\n"));
    }
    let parsed = class(&file);
    assert!(parsed.has_errors());
    let found: Vec<_> = parsed.problems.iter().map(|problem| (problem.row, problem.code())).collect();
    assert_eq!(found, [(10, ImportProblem::BirthDateTwoDigitYear), (13, ImportProblem::DuplicateNik)]);
    assert_eq!(parsed.problems[1].message, RowProblem::DuplicateNik { first: 4, second: 13 });
    assert_eq!(parsed.problems[1].code().code(), "duplicate_in_file");
    let corrected = class(&file.replace("04/98\n", "04/1998\n").replacen("9003", "9012", 2).replacen("9012", "9003", 1));
    assert_eq!((corrected.rows.len(), corrected.problems.len()), (16, 0));
}

#[rstest]
#[case("L", Some(Sex::Male), 0)]
#[case("Laki-laki", Some(Sex::Male), 0)]
#[case("perempuan", Some(Sex::Female), 0)]
#[case("", None, 0)]
#[case("X", None, 1)]
fn sex_is_l_or_p(#[case] text: &str, #[case] sex: Option<Sex>, #[case] problems: usize) {
    let parsed = with("Jenis Kelamin", text);
    assert_eq!(parsed.problems.len(), problems);
    assert_eq!(parsed.rows.first().and_then(|row| row.person.sex), sex);
}

#[rstest]
#[case("Status Kelulusan;Status", "Lulus;Bekerja", Some(TrainingResult::Passed))]
#[case("Status Kelulusan;Status", "Dalam Proses;-", None)]
#[case("Status Kelulusan;Status", "TIDAK LULUS;Lulus", Some(TrainingResult::Failed))]
#[case("Status;Kelas", "Lulus;I", Some(TrainingResult::Passed))]
#[case("Status;Kelas", "Bekerja;I", None)]
fn status_alone_is_the_result_where_no_other_column_is(#[case] header: &str, #[case] cells: &str, #[case] result: Option<TrainingResult>) {
    let parsed = class(&format!("Nama;{header}\nSiti;{cells}\n"));
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.rows[0].training.result, result);
}

#[rstest]
#[case("Mengundurkan Diri", Some(ParticipantStatus::Withdrawn), 0)]
#[case("Selesai", Some(ParticipantStatus::Completed), 0)]
#[case("entah", None, 1)]
fn completion_is_told_in_words(#[case] text: &str, #[case] completion: Option<ParticipantStatus>, #[case] warnings: usize) {
    let parsed = with("Status Selesai Pelatihan", text);
    assert_eq!((parsed.rows[0].training.completion, parsed.problems.len()), (completion, warnings));
}

#[test]
fn outcomes_of_old_sheets_are_read() {
    let parsed = class(
        "Nama;Status Kebekerjaan;Nama Perusahaan/Nama Usaha;Lokasi Penempatan (Kota/Kab);jabatan;Tanggal Penempatan\n\
         Siti;Bekerja;CV Contoh;Kab. Probolinggo;Operator;16/11/2026\n\
         Sri;Belum Bekerja;CV Lama;;;\nTuti;Wirausaha;Jahit Rekaan;;;\nIda;Entah;;;;\nEni;;;;;\n",
    );
    let kinds: Vec<_> = parsed.rows.iter().map(|row| row.outcome.as_ref().map(|outcome| outcome.kind)).collect();
    assert_eq!(kinds, [Some(OutcomeKind::OtherEmployer), Some(OutcomeKind::Seeking), Some(OutcomeKind::SelfEmployed), None]);
    let first = parsed.rows[0].outcome.clone().unwrap();
    assert_eq!((first.employer_name.as_deref(), first.on), (Some("CV Contoh"), Some(day(2026, 11, 16))));
    assert_eq!(parsed.rows[1].outcome.as_ref().unwrap().employer_name, None);
    assert_eq!(codes(&parsed, 5), [ImportProblem::EmploymentNotUnderstood]);
}

#[rstest]
#[case::by_name("Nama;Kecamatan\nSiti;maron\n", Some("35.13.17"), 0)]
#[case::by_prefixed_name("Nama;Kecamatan\nSiti;Kec. Maron\n", Some("35.13.17"), 0)]
#[case::by_code("Nama;Kecamatan\nSiti;35.13.18\n", Some("35.13.18"), 0)]
#[case::namesakes("Nama;Kecamatan\nSiti;Lumbang\n", None, 1)]
#[case::namesakes_by_regency("Nama;Kecamatan;Kabupaten\nSiti;Lumbang;Kab. Pasuruan\n", Some("35.14.24"), 0)]
#[case::unknown("Nama;Kecamatan\nSiti;Antah\n", None, 1)]
#[case::in_the_address("Nama;Alamat\nSiti;\"Dsn Krajan RT 02, Kec. Gending, Kab. Probolinggo\"\n", Some("35.13.18"), 0)]
#[case::in_an_address_without_commas("Nama;Alamat\nSiti;Dsn Krajan RT 02 Kec. Maron Kab. Probolinggo\n", Some("35.13.17"), 0)]
#[case::nowhere("Nama;Alamat\nSiti;Jl. Kecapi 5\n", None, 0)]
fn districts_are_found_by_name_code_or_address(#[case] file: &str, #[case] code: Option<&str>, #[case] warnings: usize) {
    let parsed = class(file);
    assert_eq!(parsed.problems.len(), warnings, "{:?}", parsed.problems);
    assert_eq!(parsed.rows[0].person.district.as_ref().map(serap::engine::geo::RegionCode::as_str), code);
}

#[test]
fn nik_birth_date_and_sex_are_compared() {
    let parsed = class("Nama;NIK;Tanggal Lahir;JK\nSiti;3513175204989001;12/04/1998;P\nSri;3513175204989002;13/04/1998;L\n");
    assert_eq!(codes(&parsed, 2), []);
    assert_eq!(codes(&parsed, 3), [ImportProblem::NikDisagreesWithBirthDate, ImportProblem::NikDisagreesWithSex]);
    assert_eq!(parsed.rows.len(), 2, "warnings refuse nothing");
}

#[test]
fn unit_columns_take_k_and_bk() {
    let parsed = class(
        "Nama;C.14GMT06.010.1 - Mengoperasikan Mesin Obras;GAR.CM02.008.01;C.14GMT06.010;Hobi\n\
         Siti;K;belum kompeten;K;renang\nSri;;Kompeten;;\nTuti;mungkin;;;\n",
    );
    let results: Vec<Vec<&str>> =
        parsed.rows.iter().map(|row| row.unit_results.iter().map(|(_, assessment)| assessment.code()).collect()).collect();
    assert_eq!(results, [vec!["competent", "not_yet_competent"], vec!["competent"]]);
    assert_eq!(parsed.ignored_columns, ["C.14GMT06.010", "Hobi"]);
    assert_eq!(codes(&parsed, 1), [ImportProblem::UnitColumnNotUnderstood]);
    assert_eq!(codes(&parsed, 4), [ImportProblem::AssessmentNotUnderstood]);
    assert!(parsed.problems[1].column.starts_with("C.14GMT06.010.1"));
}

#[test]
fn a_header_of_two_rows_is_joined() {
    let parsed = class(
        "NO;Nama;Unit Kompetensi;;Lahir;\n\
         ;;C.14GMT06.010.1;GAR.CM02.008.01;Tempat Lahir;Tanggal Lahir\n1;Siti;K;BK;Probolinggo;12/04/1998\n",
    );
    let row = &parsed.rows[0];
    assert_eq!((parsed.problems.len(), row.unit_results.len(), row.person.birth_date), (0, 2, Some(day(1998, 4, 12))));
    assert_eq!(class("Nama;Alamat\nPeserta;\nSri;Desa\n").rows.len(), 1, "a row of header words is a header");
}

#[test]
fn title_rows_counters_and_signatures_are_no_participants() {
    let parsed = class(
        "DAFTAR NAMA PESERTA;;;\nKecamatan Maron;;;\n;;;\nNO;NO;NAMA\nLENGKAP;ALAMAT\n"
            .replace("NAMA\nLENGKAP", "\"NAMA\nLENGKAP\"")
            .as_str(),
    );
    assert_eq!((parsed.rows.len(), parsed.problems.len()), (0, 0));
    let parsed = class(
        "DAFTAR PESERTA;;;;\n\nNO;NO;Nama;NIK;Alamat\n1;2;3;4;5\n\
         1;1;Siti;;Dusun\n2;2;Sri;;Desa\n;;;;\nJumlah;2;;;\n;;Mengetahui;;\n;;;;Kepala\n",
    );
    let found: Vec<_> = parsed.rows.iter().map(|row| (row.row, row.person.name.as_str())).collect();
    assert_eq!(found, [(5, "Siti"), (6, "Sri")]);
    assert_eq!(codes(&parsed, 9), [ImportProblem::RowSkipped]);
    assert_eq!(parsed.problems.len(), 1);
}

#[test]
fn a_sheet_without_names_says_which_column_it_misses() {
    let parsed = class("NIK;Alamat\n3513175204989001;Dusun\n");
    assert_eq!(codes(&parsed, 1), [ImportProblem::ColumnMissing]);
    assert_eq!(parsed.problems[0].message, RowProblem::ColumnMissing { header: "Nama".to_owned() });
    assert_eq!(codes(&class("a;b;c\n1;2;3\n"), 0), [ImportProblem::HeaderNotFound]);
}

#[test]
fn a_doubled_column_is_read_once_and_said() {
    let parsed = class("Nama;Nama Lengkap\nSiti;Sri\n");
    assert_eq!(parsed.rows[0].person.name.as_str(), "Siti");
    assert_eq!(codes(&parsed, 1), [ImportProblem::ColumnTwice]);
}

#[rstest]
#[case("Durasi (JP)", "240", 0)]
#[case("Durasi (JP)", "1.200", 0)]
#[case("Durasi (JP)", "24,5", 1)]
#[case("Email", "siti@surel.example", 0)]
#[case("Email", "siti@", 1)]
#[case("Tempat Lahir", &"x".repeat(121), 1)]
fn other_fields_are_checked(#[case] header: &str, #[case] value: &str, #[case] problems: usize) {
    assert_eq!(with(header, value).problems.len(), problems);
}

#[test]
fn a_class_that_ends_before_it_begins_is_refused() {
    let parsed = class("Nama;Mulai;Selesai\nSiti;06/11/2026;05/10/2026\n");
    assert_eq!(codes(&parsed, 2), [ImportProblem::DatesReversed]);
}
