//! CSV: encodings, delimiters, quotes, row numbers.

use encoding_rs::WINDOWS_1252;
use rstest::rstest;
use serap::sheet::error::ReadError;
use serap::sheet::limits::Limits;
use serap::sheet::table::{Cell, Table};

use crate::support::read;

const LIST: &str = "NO;Nama;Alamat\r\n1;José Añón;Jl. “Mawar” 5\r\n2;Suparman;Dusun Krajan\r\n";

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(order).collect()
}

fn rows(table: &Table) -> Vec<(u32, Vec<String>)> {
    table.rows.iter().map(|row| (row.number, row.cells.iter().map(Cell::shown).collect())).collect()
}

#[test]
fn case_e5_every_encoding_gives_the_same_rows() {
    let marked = [b"\xEF\xBB\xBF".as_slice(), LIST.as_bytes()].concat();
    let files = [
        LIST.as_bytes().to_vec(),
        marked,
        utf16(LIST, u16::to_le_bytes),
        utf16(LIST, u16::to_be_bytes),
        utf16(LIST, u16::to_le_bytes).split_off(2),
        WINDOWS_1252.encode(LIST).0.into_owned(),
    ];
    let expected = rows(&read(&files[0], "kelas.csv"));
    assert_eq!(expected[0].1, ["NO", "Nama", "Alamat"], "the first header has no byte order mark");
    assert_eq!(expected[1].1[1], "José Añón");
    for file in &files {
        assert_eq!(rows(&read(file, "kelas.csv")), expected);
    }
}

#[rstest]
#[case::damaged_utf8_behind_its_mark(b"\xEF\xBB\xBFNama\nAb\xFFc", 10)]
#[case::undefined_in_windows_1252(b"Nama\nAb\x81\xE9", 7)]
#[case::odd_utf16(b"\xFF\xFEN\0a\0m", 6)]
#[case::lone_surrogate(b"\xFF\xFEN\0\x00\xD8a\0", 4)]
#[case::binary(b"Nama\nA\x00b", 6)]
fn case_e5_undecodable_bytes_are_named_by_their_place(#[case] file: &[u8], #[case] offset: usize) {
    assert_eq!(serap::sheet::read(file, "x.csv", &Limits::default()).unwrap_err(), ReadError::Undecodable { offset });
}

#[rstest]
#[case::semicolon("Maron, Probolinggo, Jawa Timur\nNO;Nama;NIK;No. HP;Alamat\n1;Siti;;;a, b, c\n", "Siti")]
#[case::comma("NO,Nama,NIK\n1,\"Siti; Aminah\",\n", "Siti; Aminah")]
#[case::tab("NO\tNama\tNIK\n1\tSiti, S.Pd\t\n", "Siti, S.Pd")]
#[case::declared("sep=,\nNO,Nama\n1,Siti\n", "Siti")]
#[case::quoted_delimiters("\"a,b,c,d,e,f\";Nama\n1;Siti\n", "Siti")]
fn the_delimiter_is_sniffed_on_the_header(#[case] file: &str, #[case] name: &str) {
    assert_eq!(read(file.as_bytes(), "x.csv").rows.last().unwrap().cell(1).shown(), name);
}

#[rstest]
#[case::unix("A;B\n\n\n1;2\n\"x\ny\";3\n4;5")]
#[case::windows("A;B\r\n\r\n\r\n1;2\r\n\"x\r\ny\";3\r\n4;5\r\n")]
#[case::old_mac("A;B\r\r\r1;2\r\"x\ry\";3\r4;5\r")]
#[case::blank_cells("A;B\n;\n;;;\n1;2\n\"x\n\ny\";3\n4;5")]
fn rows_are_numbered_as_a_spreadsheet_shows_them(#[case] file: &str) {
    let numbers: Vec<u32> = read(file.as_bytes(), "x.csv").rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 4, 5, 6]);
}

#[test]
fn the_sheet_bears_the_name_of_the_file() {
    assert_eq!(read(b"A;B", r"C:\Data\kelas.jahit.csv").sheet_name, "kelas.jahit");
}

#[rstest]
#[case::empty(b"", ReadError::Empty)]
#[case::blank(b"\n;;\n", ReadError::Empty)]
#[case::old_excel(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", ReadError::OldOrLocked)]
#[case::pdf(b"%PDF-1.7", ReadError::NotASpreadsheet)]
fn files_that_are_no_list_say_what_they_are(#[case] file: &[u8], #[case] error: ReadError) {
    assert_eq!(serap::sheet::read(file, "x.csv", &Limits::default()).unwrap_err(), error);
}

#[test]
fn limits_name_the_cell() {
    let limits = Limits { rows: 2, columns: 3, cell_chars: 5, ..Limits::default() };
    let refuse = |text: &str| serap::sheet::read(text.as_bytes(), "x.csv", &limits).unwrap_err();
    assert_eq!(refuse("A;B\n1;2\n3;4\n"), ReadError::TooManyRows { limit: 2 });
    assert_eq!(refuse("A;B;C;D\n"), ReadError::TooManyColumns { row: 1, limit: 3 });
    assert_eq!(refuse("A;B\n1;abcdef\n"), ReadError::CellTooLong { cell: "B2".to_owned(), limit: 5 });
    assert!(serap::sheet::read("A;B;C;;;;\n1;äöüäö\n".as_bytes(), "x.csv", &limits).is_ok());
}
