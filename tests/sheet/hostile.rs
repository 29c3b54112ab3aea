//! Files that mean harm: each is refused by name, at once, and nothing panics.

use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use rstest::rstest;
use serap::sheet::error::ReadError;
use serap::sheet::limits::Limits;
use serap::sheet::participants::parse;
use serap::sheet::{esco, esco_links, lexicon, regions, schemes, units, vacancies, wages};

use crate::support::{self, Part, text_cell, today, workbook, workbook_parts, worksheet, zip};

/// Reads a file that must be refused within a second.
fn refused(file: &[u8]) -> ReadError {
    let started = Instant::now();
    let error = serap::sheet::read(file, "x.xlsx", &Limits::default()).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(1), "took {:?}", started.elapsed());
    error
}

#[rstest]
#[case::whole_sheet("A1:XFD1048576")]
#[case::beyond_any_sheet("A1:ZZZZ99999999999")]
#[case::backwards("C9:A1")]
#[case::nonsense("A1:B2:C3")]
fn an_absurd_dimension_is_refused(#[case] range: &str) {
    let sheet = worksheet(&format!(r#"<dimension ref="{range}"/>"#), "");
    assert_eq!(refused(&zip(&workbook_parts(&sheet, None, false))), ReadError::AbsurdDimension { range: range.to_owned() });
}

#[test]
fn a_sloppy_dimension_is_read() {
    let sheet = worksheet(r#"<dimension ref="A1:Z1048576"/>"#, &format!(r#"<row r="1">{}</row>"#, text_cell("A1", "Nama")));
    assert!(serap::sheet::read(&zip(&workbook_parts(&sheet, None, false)), "x.xlsx", &Limits::default()).is_ok());
}

#[rstest]
#[case::plain(r#"<sst count="1" uniqueCount="4000000000"><si><t>a</t></si></sst>"#, "4000000000")]
#[case::spaced(r#"<!-- <sst> --><sst uniqueCount = '99999999999999999999999'></sst>"#, "99999999999999999999999")]
fn an_absurd_text_count_is_refused(#[case] strings: &str, #[case] claimed: &str) {
    let file = zip(&workbook_parts(&worksheet("", ""), Some(strings), false));
    assert_eq!(refused(&file), ReadError::AbsurdTextCount { claimed: claimed.to_owned() });
}

#[test]
fn masses_of_small_things_are_refused() {
    let limits = Limits { rows: 1_000, ..Limits::default() };
    let texts = format!("<sst>{}</sst>", "<x:si/>".repeat(16_001));
    let file = zip(&workbook_parts(&worksheet("", ""), Some(&texts), false));
    let error = serap::sheet::read(&file, "x.xlsx", &limits).unwrap_err();
    assert_eq!(error, ReadError::AbsurdTextCount { claimed: "16001".to_owned() });
    let mut parts = workbook_parts(&worksheet("", ""), None, false);
    parts[3] = Part::stored("xl/styles.xml", format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(70_000)));
    assert!(matches!(refused(&zip(&parts)), ReadError::Damaged { .. }));
}

#[test]
fn claims_hidden_in_another_encoding_are_refused() {
    let strings: Vec<u8> = "\u{feff}<sst uniqueCount=\"4000000000\"></sst>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut parts = workbook_parts(&worksheet("", ""), None, false);
    parts.push(Part::stored("xl/sharedStrings.xml", strings));
    assert!(matches!(refused(&zip(&parts)), ReadError::Damaged { .. }));
}

#[test]
fn three_hundred_parts_are_refused() {
    let parts: Vec<Part> = (0..300).map(|n| Part::stored(&format!("xl/worksheets/sheet{n}.xml"), "")).collect();
    assert_eq!(refused(&zip(&parts)), ReadError::TooManyEntries { limit: 200 });
}

/// DEFLATE of `size` zeros, about a thousandth of it: one literal, then matches of 258 bytes at distance one.
pub(crate) fn deflated_zeros(size: usize) -> Vec<u8> {
    let (mut bytes, mut bits) = (Vec::new(), Vec::new());
    let mut put = |value: u32, width: u32| {
        bits.extend((0..width).map(|bit| (value >> bit) & 1 == 1));
        while bits.len() >= 8 {
            bytes.push(bits.drain(..8).enumerate().fold(0_u8, |byte, (place, bit)| byte | (u8::from(bit) << place)));
        }
    };
    put(1, 1);
    put(1, 2);
    // The literal 0 is 00110000 and the match of 258 is symbol 285, 11000101, both from the high end; distance 1 is 00000.
    put(0b0000_1100, 8);
    for _ in 0..size / 258 {
        put(0b1010_0011, 8);
        put(0, 5);
    }
    put(0, 7);
    put(0, 8);
    bytes
}

#[rstest]
#[case::honest(80 * 1024 * 1024)]
#[case::lying(1000)]
fn a_part_that_inflates_too_large_is_refused(#[case] claimed_size: u32) {
    let mut parts = workbook_parts(&worksheet("", ""), None, false);
    let packed = deflated_zeros(80 * 1024 * 1024);
    assert!(packed.len() < 1024 * 1024);
    parts.push(Part { name: "xl/worksheets/sheet2.xml".to_owned(), packed, deflated: true, claimed_size, checksum: 0 });
    assert_eq!(refused(&zip(&parts)), ReadError::InflatesTooLarge { limit_mb: 64 });
}

#[test]
fn a_file_above_ten_megabytes_is_refused_unread() {
    assert_eq!(refused(&vec![b'a'; 10 * 1024 * 1024 + 1]), ReadError::FileTooLarge { limit_mb: 10 });
}

#[rstest]
#[case::beyond_the_columns(r#"<c r="XFD1"><v>1</v></c>"#)]
#[case::column_overflow(r#"<c r="AAAAAAAAAAAAAA1"><v>1</v></c>"#)]
#[case::row_overflow(r#"<c r="A99999999999"><v>1</v></c><c r="A1"><v>1</v></c>"#)]
#[case::no_such_text(r#"<c r="A1" t="s"><v>7</v></c>"#)]
#[case::unknown_kind(r#"<c r="A1" t="zz"><v>7</v></c>"#)]
#[case::backwards(r#"<c r="A9"><v>1</v></c><c r="A2"><v>1</v></c>"#)]
#[case::never_closed(r#"<c r="A1"><v>1"#)]
fn broken_cells_are_refused(#[case] cells: &str) {
    let error = refused(&workbook(&format!(r#"<row r="1">{cells}</row>"#)));
    assert!(matches!(error, ReadError::Damaged { .. } | ReadError::TooManyColumns { .. }), "{error:?}");
}

#[rstest]
#[case::no_book(&[Part::stored("word/document.xml", "<a/>")], ReadError::NotAWorkbook)]
#[case::nothing(&[], ReadError::NotAWorkbook)]
fn a_zip_of_something_else_says_so(#[case] parts: &[Part], #[case] error: ReadError) {
    assert_eq!(refused(&zip(parts)), error);
}

#[test]
fn a_part_that_does_not_fit_its_checksum_is_refused() {
    let mut parts = workbook_parts(&worksheet("", &format!(r#"<row r="1">{}</row>"#, text_cell("A1", "Nama"))), None, false);
    parts[4].checksum ^= 1;
    assert!(matches!(refused(&zip(&parts)), ReadError::Damaged { .. }));
}

#[test]
fn the_same_part_twice_is_refused() {
    let mut parts = workbook_parts(&worksheet("", ""), None, false);
    parts.push(Part::stored("XL/Workbook.xml", "<workbook/>"));
    assert!(matches!(refused(&zip(&parts)), ReadError::Damaged { .. }));
}

/// Runs every parser over a file; whatever it holds, none may panic, and no complaint may hold a whole identity number.
fn parse_everything(file: &[u8]) {
    let Ok(table) = serap::sheet::read(file, "x", &Limits::default()) else { return };
    let people = parse(&table, today(), &support::regions);
    let lists = [
        people.problems,
        units::parse(&table).problems,
        schemes::parse(&table).problems,
        regions::parse(&table).problems,
        wages::parse(&table).problems,
        vacancies::parse(&table, &support::regions).problems,
        lexicon::parse(&table).problems,
        esco::parse(&table).problems,
        esco_links::parse(&table).problems,
    ];
    for problem in lists.concat() {
        assert!(!problem.read.as_bytes().windows(16).any(|run| run.iter().all(u8::is_ascii_digit)), "{problem:?}");
    }
}

const HEADERS: [&str; 9] = [
    "Nama;NIK;No. HP;Email;JK;Alamat;Kecamatan;Tanggal Lahir;\
     Durasi (JP);Status Kelulusan;C.14GMT06.010.1;No. Sertifikat;Status Kebekerjaan",
    "kode;judul;skkni;sektor",
    "kode_skema;nama_skema;jenis;unit",
    "kode;nama;lat;lng",
    "kode_wilayah;tahun;rupiah_per_bulan;berlaku_mulai",
    "perusahaan;judul;jumlah;kecamatan;mulai;upah min;upah maks;satuan;persyaratan",
    "istilah;kode",
    "conceptUri;skillType;preferredLabel;altLabels;iscoGroup",
    "occupationUri;relationType;skillUri",
];

/// Cells of any kind with anything in them.
const CELLS: &str = concat!(
    r#"(<c( r="[A-Z]{1,4}[0-9]{1,3}")?( s="[0-9]")?( t="(s|n|b|d|str|inlineStr)")?>"#,
    r"<(v|is|f)>[ -~]{0,12}</(v|is|f)></c>){0,6}"
);

/// A field of anything, of what dates and numbers are made of, or of an identity number.
const FIELD: &str = r"\PC{0,20}|[0-9./: -]{0,20}|[0-9]{16}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_never_panic(file in vec(any::<u8>(), 0..2000)) {
        parse_everything(&file);
    }

    #[test]
    fn arbitrary_bytes_behind_a_zip_mark_never_panic(tail in vec(any::<u8>(), 0..600)) {
        parse_everything(&[b"PK\x03\x04".as_slice(), &tail].concat());
    }

    #[test]
    fn a_workbook_with_changed_bytes_never_panics(changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut file = std::fs::read("data/samples/kelas-jahit-maron.xlsx").unwrap();
        for (place, byte) in changes {
            let place = place.index(file.len());
            file[place] = byte;
        }
        parse_everything(&file);
    }

    #[test]
    fn arbitrary_cell_xml_never_panics(cells in CELLS) {
        parse_everything(&workbook(&format!(r#"<row r="1">{cells}</row>"#)));
    }

    #[test]
    fn arbitrary_cells_never_panic(header in 0_usize..9, rows in vec(vec(FIELD, 0..14), 0..6)) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        parse_everything(&[HEADERS[header].as_bytes(), b"\n", &writer.into_inner().unwrap()].concat());
    }
}
