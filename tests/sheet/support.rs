//! What the tests share: a day, regions, tables written by hand, ZIPs written byte by byte.

use chrono::NaiveDate;
use serap::engine::geo::RegionCode;
use serap::engine::name::search_key;
use serap::sheet::limits::Limits;
use serap::sheet::participants::{Parsed, ParticipantRow, parse};
use serap::sheet::problem::ImportProblem;
use serap::sheet::table::Table;

/// The day on which every test stands.
pub(crate) fn today() -> NaiveDate {
    day(2026, 11, 25)
}

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A few real districts; one name stands twice.
pub(crate) fn regions(text: &str) -> Vec<(RegionCode, String)> {
    const KNOWN: [(&str, &str, &str); 6] = [
        ("35.13.17", "Maron", "Kabupaten Probolinggo"),
        ("35.13.18", "Gending", "Kabupaten Probolinggo"),
        ("35.13.06", "Banyuanyar", "Kabupaten Probolinggo"),
        ("35.13.16", "Pajarakan", "Kabupaten Probolinggo"),
        ("35.13.24", "Lumbang", "Kabupaten Probolinggo"),
        ("35.14.24", "Lumbang", "Kabupaten Pasuruan"),
    ];
    let hit = |entry: &&(&str, &str, &str)| entry.0 == text || search_key(entry.1) == search_key(text);
    KNOWN.iter().filter(hit).map(|(code, name, regency)| (RegionCode::parse(code).unwrap(), format!("{name}, {regency}"))).collect()
}

/// Reads a file that must be readable.
pub(crate) fn read(bytes: &[u8], name: &str) -> Table {
    serap::sheet::read(bytes, name, &Limits::default()).unwrap()
}

/// A class list from CSV text.
pub(crate) fn class(csv: &str) -> Parsed<ParticipantRow> {
    parse(&read(csv.as_bytes(), "kelas.csv"), today(), &regions)
}

/// The complaints of one row, as codes.
pub(crate) fn codes<R>(parsed: &Parsed<R>, row: u32) -> Vec<ImportProblem> {
    parsed.problems.iter().filter(|problem| problem.row == row).map(serap::sheet::problem::Problem::code).collect()
}

/// One part of a ZIP.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) packed: Vec<u8>,
    pub(crate) deflated: bool,
    pub(crate) claimed_size: u32,
    pub(crate) checksum: u32,
}

impl Part {
    /// A part stored as it is.
    pub(crate) fn stored(name: &str, data: impl Into<Vec<u8>>) -> Self {
        let packed = data.into();
        Self {
            name: name.to_owned(),
            deflated: false,
            claimed_size: u32::try_from(packed.len()).unwrap(),
            checksum: crc32(&packed),
            packed,
        }
    }
}

/// Writes a ZIP byte by byte.
pub(crate) fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let at = u32::try_from(out.len()).unwrap();
        let mut facts = vec![20, 0, 0, 0, if part.deflated { 8 } else { 0 }, 0, 0, 0, 0x21, 0];
        facts.extend(part.checksum.to_le_bytes());
        facts.extend(u32::try_from(part.packed.len()).unwrap().to_le_bytes());
        facts.extend(part.claimed_size.to_le_bytes());
        facts.extend(u16::try_from(part.name.len()).unwrap().to_le_bytes());
        facts.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&facts);
        out.extend(part.name.as_bytes());
        out.extend(&part.packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&facts);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(part.name.as_bytes());
    }
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let (at, size) = (u32::try_from(out.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(size.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const NUMBER_FORMATS: &str = r#"<numFmts count="1"><numFmt numFmtId="170" formatCode="[h]:mm"/></numFmts>"#;
const CELL_FORMATS: &str = r#"<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="170"/></cellXfs>"#;

/// A file of relations, each an id, the last word of its type, and its target.
fn relations(relations: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#);
    format!("<Relationships>{}</Relationships>", relations.iter().map(one).collect::<String>())
}

fn book(counts_from_1904: bool) -> String {
    let properties = if counts_from_1904 { r#"<workbookPr date1904="1"/>"# } else { "<workbookPr/>" };
    let sheets = r#"<sheets><sheet name="Kelas" sheetId="1" r:id="rId1"/></sheets>"#;
    format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}{sheets}</workbook>"#)
}

/// The parts of a workbook around hand-written cells; style 1 is a date, 2 a moment, 3 a duration.
pub(crate) fn workbook_parts(sheet: &str, strings: Option<&str>, counts_from_1904: bool) -> Vec<Part> {
    let of_package = relations(&[("rId1", "officeDocument", "xl/workbook.xml")]);
    let of_book = relations(&[("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")]);
    let styles = format!(r#"<styleSheet xmlns="{MAIN}">{NUMBER_FORMATS}{CELL_FORMATS}</styleSheet>"#);
    let mut parts = vec![
        Part::stored("_rels/.rels", of_package),
        Part::stored("xl/workbook.xml", book(counts_from_1904)),
        Part::stored("xl/_rels/workbook.xml.rels", of_book),
        Part::stored("xl/styles.xml", styles),
        Part::stored("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.extend(strings.map(|strings| Part::stored("xl/sharedStrings.xml", strings)));
    parts
}

/// A worksheet's XML around its cells.
pub(crate) fn worksheet(dimension: &str, rows: &str) -> String {
    format!(r#"<worksheet xmlns="{MAIN}">{dimension}<sheetData>{rows}</sheetData></worksheet>"#)
}

/// A workbook of one sheet with hand-written cells.
pub(crate) fn workbook(rows: &str) -> Vec<u8> {
    zip(&workbook_parts(&worksheet("", rows), None, false))
}

/// A text cell.
pub(crate) fn text_cell(cell: &str, text: &str) -> String {
    format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}
