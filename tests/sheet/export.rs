//! What we write: text that stays text, days that are days, nothing that runs.

use calamine::{Data, DataType, Reader, Xlsx, open_workbook_from_rs};
use proptest::prelude::*;
use rstest::rstest;
use serap::engine::nik::Nik;
use serap::sheet::formula::{neutralise, restore};
use serap::sheet::participants::parse;
use serap::sheet::table::Cell;
use serap::sheet::write::{ColumnKind, Sheet, SheetColumn, write_csv, write_xlsx};

use crate::support::{day, read, regions, today};

fn sheet(header: &str, kind: ColumnKind, cells: Vec<Cell>) -> Sheet {
    Sheet {
        title: "Hasil: Kelas [Maron] 2026/2027 yang judulnya panjang".to_owned(),
        columns: vec![SheetColumn::new("Nama", ColumnKind::Text), SheetColumn::new(header, kind)],
        rows: cells.into_iter().map(|cell| vec![Cell::text("Siti"), cell]).collect(),
        notes: vec![("Per tanggal".to_owned(), "25 Nov 2026".to_owned()), ("Saringan".to_owned(), "=semua".to_owned())],
    }
}

fn both(sheet: &Sheet) -> [Vec<u8>; 2] {
    [write_xlsx(sheet).unwrap(), write_csv(sheet).unwrap()]
}

#[test]
fn case_e1_a_nik_goes_out_and_comes_back_to_the_byte() {
    // Its date digits are 12, month 34: the number of the case is no real NIK, so the cell is compared, and a real one parsed.
    for file in both(&sheet("NIK", ColumnKind::Text, vec![Cell::text("3513012345670001")])) {
        assert_eq!(read(&file, "x").rows[1].cell(1), &Cell::Text("3513012345670001".to_owned()));
    }
    let nik = Nik::parse("3513015204980001").unwrap();
    for file in both(&sheet("NIK", ColumnKind::Text, vec![Cell::text(nik.as_str())])) {
        let parsed = parse(&read(&file, "x"), today(), &regions);
        assert_eq!(parsed.rows[0].person.nik.as_ref(), Some(&nik));
    }
}

#[rstest]
#[case("=HYPERLINK(\"http://x\")")]
#[case("@SUM(A1)")]
#[case("-1+1")]
#[case("\t=1")]
#[case("+62 812-3456-7890")]
#[case("'=1")]
#[case("''@x")]
#[case("＝1+1")]
#[case("'Aisyah")]
#[case("a;b\"c\nd")]
#[case("_x0041_")]
fn case_e10_texts_that_look_like_formulas_stay_texts(#[case] text: &str) {
    let sheet = sheet("Catatan", ColumnKind::Text, vec![Cell::text(text)]);
    for file in both(&sheet) {
        assert_eq!(read(&file, "x").rows[1].cell(1), &Cell::Text(text.to_owned()));
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(write_xlsx(&sheet).unwrap())).unwrap();
    let name = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&name).unwrap().is_empty(), "no cell is a formula");
    let file = String::from_utf8(write_csv(&sheet).unwrap()).unwrap();
    let field = file.lines().nth(1).unwrap().split_once(';').unwrap().1.trim_start_matches('"').to_owned();
    assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{field:?}");
}

#[test]
fn case_e10_a_name_comes_back_through_csv_as_it_was() {
    let sheet = Sheet {
        title: "Peserta".to_owned(),
        columns: vec![SheetColumn::new("Nama", ColumnKind::Text)],
        rows: ["=HYPERLINK(\"http://x\")", "@SUM(A1)"].map(|name| vec![Cell::text(name)]).to_vec(),
        notes: Vec::new(),
    };
    for file in both(&sheet) {
        let parsed = parse(&read(&file, "x"), today(), &regions);
        let names: Vec<&str> = parsed.rows.iter().map(|row| row.person.name.as_str()).collect();
        assert_eq!(names, ["=HYPERLINK(\"http://x\")", "@SUM(A1)"]);
    }
}

#[test]
fn case_e11_days_are_real_day_cells() {
    let sheet = sheet("Tanggal", ColumnKind::Date, vec![Cell::Date(day(2026, 12, 1)), Cell::Empty]);
    let file = write_xlsx(&sheet).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(file.clone())).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    let cell = range.get_value((1, 1)).unwrap();
    assert!(matches!(cell, Data::DateTime(_)), "{cell:?}");
    assert_eq!(cell.as_date(), Some(day(2026, 12, 1)));
    let format = book.worksheet_style(&name).unwrap().get((1, 1)).and_then(|style| style.number_format.clone()).unwrap();
    assert_eq!(format.format_code, "d mmm yyyy");
    assert_eq!(read(&file, "x").rows[1].cell(1), &Cell::Date(day(2026, 12, 1)));
    assert_eq!(read(&write_csv(&sheet).unwrap(), "x").rows[1].cell(1).shown(), "2026-12-01");
}

#[test]
fn amounts_and_counts_are_numbers_and_notes_have_their_sheet() {
    let file = write_xlsx(&sheet("Upah", ColumnKind::Money, vec![Cell::integer(2_500_000)])).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(file)).unwrap();
    assert_eq!(book.sheet_names(), ["Hasil  Kelas  Maron  2026 2027", "Catatan"]);
    let name = book.sheet_names()[0].clone();
    assert_eq!(book.worksheet_range(&name).unwrap().get_value((1, 1)), Some(&Data::Float(2_500_000.0)));
    let notes = book.worksheet_range("Catatan").unwrap();
    assert_eq!(notes.get_value((1, 1)), Some(&Data::String("=semua".to_owned())));
}

#[test]
fn the_same_list_gives_the_same_bytes() {
    let sheet = sheet("Tanggal", ColumnKind::Date, vec![Cell::Date(day(2026, 12, 1))]);
    assert_eq!(write_xlsx(&sheet).unwrap(), write_xlsx(&sheet).unwrap());
}

#[test]
fn numbers_in_text_columns_are_written_as_text() {
    let file = write_xlsx(&sheet("NIK", ColumnKind::Text, vec![Cell::integer(123)])).unwrap();
    assert_eq!(read(&file, "x").rows[1].cell(1), &Cell::Text("123".to_owned()));
}

proptest! {
    #[test]
    fn any_text_survives_neutralising(text in r"['=+@\-\t\r\n＝a-z ]{0,6}|\PC{0,20}") {
        let written = neutralise(&text);
        prop_assert_eq!(restore(&written), text.as_str());
    }

    #[test]
    fn any_printable_list_survives_both_files(cells in prop::collection::vec(r"['=+@;,\-a-z\u{a1}-\u{17f}][ -~]{0,12}[!-~]", 1..8)) {
        let sheet = sheet("Catatan", ColumnKind::Text, cells.iter().map(|cell| Cell::text(cell.as_str())).collect());
        for file in both(&sheet) {
            let table = read(&file, "x");
            let back: Vec<String> = table.rows.iter().skip(1).map(|row| row.cell(1).shown()).collect();
            prop_assert_eq!(&back, &cells);
        }
    }
}
