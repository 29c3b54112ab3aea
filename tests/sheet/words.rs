//! The facts of the headers, and the sentences of the complaints.

use std::collections::HashMap;

use serap::engine::name::search_key;
use serap::sheet::columns::{Column, SheetKind, facts, header_of, known};
use serap::sheet::error::{ReadError, column_letters};
use serap::sheet::problem::{ImportProblem, Problem, excerpt};
use serap::words::import::RowProblem;
use serap::words::{Language, Say};

#[test]
fn every_header_names_one_column() {
    let mut owners: HashMap<(SheetKind, String), Column> = HashMap::new();
    for (kind, column, header) in facts() {
        let owner = *owners.entry((kind, search_key(&header))).or_insert(column);
        assert_eq!(owner, column, "{kind} {header}");
        assert_eq!(known(kind, &header), Some(column), "{kind} {header}");
    }
    for kind in SheetKind::ALL {
        for column in kind.required() {
            assert_eq!(known(*kind, header_of(*kind, *column)), Some(*column));
        }
    }
    for column in Column::ALL {
        assert!(facts().any(|(_, fact, _)| fact == *column), "{column} has no header");
    }
}

#[test]
fn headers_are_known_however_they_are_typed() {
    for header in ["TANGGAL\nLAHIR", " tanggal_lahir ", "Tanggal  Lahir*", "Tgl. Lahir"] {
        assert_eq!(known(SheetKind::Participants, header), Some(Column::BirthDate), "{header:?}");
    }
}

#[test]
fn status_and_selesai_each_name_one_column() {
    assert_eq!(known(SheetKind::Participants, "Status"), Some(Column::PlacementStatus));
    assert_eq!(known(SheetKind::Participants, "Status Kelulusan"), Some(Column::Result));
    assert_eq!(known(SheetKind::Participants, "Selesai"), Some(Column::EndsOn));
    assert_eq!(known(SheetKind::Participants, "Status Selesai"), Some(Column::Completion));
}

#[test]
fn complaints_are_said_in_both_languages_and_say_what_to_do() {
    let problem = Problem::new(9, "NIK", "3.51E+15", RowProblem::NikReadAsNumber);
    assert!(problem.message.say(Language::Indonesian).starts_with("NIK terbaca sebagai angka, digit bisa hilang"));
    assert!(problem.message.say(Language::English).contains("as Text"));
    assert!(RowProblem::BirthDateTwoDigitYear.say(Language::Indonesian).contains("tahun 4 digit"));
    assert_eq!(problem.code(), ImportProblem::NikReadAsNumber);
    let unknown = RowProblem::unknown_employer("CV Contoh Garmn", Some("CV Contoh Garmen"));
    assert!(unknown.say(Language::Indonesian).contains("\"CV Contoh Garmen\""));
    assert!(ReadError::OldOrLocked.message().say(Language::English).contains("Save it as .xlsx"));
}

#[test]
fn what_was_read_never_holds_a_whole_identity_number() {
    assert_eq!(excerpt("3513171201990001"), "************0001");
    assert_eq!(excerpt("NIK 351317 120199 0001 ya"), "NIK ****** ****** 0001 ya");
    assert_eq!(excerpt("351317120199000"), "***********9000");
    assert_eq!(excerpt("0812-3456-7890"), "0812-3456-7890");
    assert_eq!(excerpt(&"x".repeat(100)).len(), 60);
}

#[test]
fn columns_are_lettered_as_spreadsheets_do() {
    assert_eq!([0, 25, 26, 51, 702].map(column_letters), ["A", "Z", "AA", "AZ", "AAA"]);
}
