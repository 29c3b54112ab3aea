//! XLSX: values by style, row numbers, sheets.

use rstest::rstest;
use rust_xlsxwriter::{Format, Workbook};
use serap::sheet::table::Cell;

use crate::support::{day, read, text_cell, workbook, workbook_parts, worksheet, zip};

fn only_cell(cell: &str) -> Cell {
    read(&workbook(&format!(r#"<row r="1">{cell}</row>"#)), "x.xlsx").rows[0].cells[0].clone()
}

#[rstest]
#[case::day(r#"<c r="A1" s="1"><v>36526</v></c>"#, Cell::Date(day(2000, 1, 1)))]
#[case::late_evening(r#"<c r="A1" s="2"><v>36526.999</v></c>"#, Cell::Date(day(2000, 1, 1)))]
#[case::iso(r#"<c r="A1" t="d"><v>2000-01-01T23:59:59Z</v></c>"#, Cell::Date(day(2000, 1, 1)))]
#[case::unstyled(r#"<c r="A1"><v>36526</v></c>"#, Cell::Number(36526.0))]
#[case::duration(r#"<c r="A1" s="3"><v>36526</v></c>"#, Cell::Number(36526.0))]
#[case::truth(r#"<c r="A1" t="b"><v>1</v></c>"#, Cell::Bool(true))]
#[case::formula_text(r#"<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>"#, Cell::Text("ab".to_owned()))]
#[case::error(r#"<c r="A1" t="e"><v>#N/A</v></c>"#, Cell::Text("#N/A".to_owned()))]
fn case_b7_values_follow_the_style_and_days_have_no_zone(#[case] cell: &str, #[case] expected: Cell) {
    // The reader is given no zone and reads none: there is nothing that TZ could change.
    assert_eq!(only_cell(cell), expected);
}

#[test]
fn case_b7_a_calendar_from_1904_gives_the_same_day() {
    let sheet = worksheet("", r#"<row r="1"><c r="A1" s="1"><v>35064</v></c></row>"#);
    let table = read(&zip(&workbook_parts(&sheet, None, true)), "x.xlsx");
    assert_eq!(table.rows[0].cells[0], Cell::Date(day(2000, 1, 1)));
    assert_eq!(table.serial_shift, 1462);
}

#[test]
fn blank_rows_keep_the_numbers_of_the_others() {
    let rows = format!(
        r#"<row r="3">{}</row><row r="4"><c r="A4" s="1"/></row><row r="9">{}</row>"#,
        text_cell("B3", "Nama"),
        text_cell("B9", "Siti")
    );
    let table = read(&workbook(&rows), "x.xlsx");
    assert_eq!(table.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 9]);
    assert_eq!(table.rows[0].cell(1).shown(), "Nama");
    assert_eq!(table.rows[0].cell(99), &Cell::Empty);
}

#[test]
fn the_first_visible_filled_sheet_is_read() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Kosong").unwrap().write_blank(0, 0, &Format::new().set_bold()).unwrap();
    book.add_worksheet().set_name("Rahasia").unwrap().set_hidden(true).write_string(0, 0, "x").unwrap();
    book.add_worksheet().set_name("Peserta").unwrap().write_string(0, 0, "Nama").unwrap();
    assert_eq!(read(&book.save_to_buffer().unwrap(), "x.xlsx").sheet_name, "Peserta");
}

#[test]
fn a_page_of_instructions_before_the_list_is_passed_over() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Petunjuk").unwrap().write_string(0, 0, "Isi nama sesuai KTP").unwrap();
    let page = book.add_worksheet().set_name("Peserta").unwrap();
    page.write_string(0, 0, "Nama").unwrap().write_string(0, 1, "NIK").unwrap();
    assert_eq!(read(&book.save_to_buffer().unwrap(), "x.xlsx").sheet_name, "Peserta");
}

#[test]
fn a_real_writer_deflates_and_we_inflate_the_same() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let text = |row: u32, col: u16| format!("{}-{row}-{col}", "Peserta ke ".repeat(usize::from(col % 7)));
    for row in 0..400 {
        for col in 0..20 {
            page.write_string(row, col, text(row, col)).unwrap();
        }
    }
    let table = read(&book.save_to_buffer().unwrap(), "x.xlsx");
    for (row, number) in table.rows.iter().zip(0..) {
        for (cell, col) in row.cells.iter().zip(0..) {
            assert_eq!(cell.shown(), text(number, col));
        }
    }
    assert_eq!(table.rows.len(), 400);
}
