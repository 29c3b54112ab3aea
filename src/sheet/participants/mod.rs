//! Reads a class list: people, their results, their certificates and what became of them.
//!
//! Nothing is guessed: a digit lost, a year of two digits or a word unknown is a complaint with its row number. Rows that
//! are refused are not among the rows returned.

mod outcome;
mod person;
mod training;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::columns::{Column, SheetKind};
use super::fields::{Fields, FindRegion};
use super::header::{self, HeaderMap};
use super::problem::{Problem, Severity};
use super::table::{Row, Table};
use crate::engine::geo::RegionCode;
use crate::engine::kinds::{Assessment, CertificateKind, OutcomeKind, ParticipantStatus, Sex, TrainingResult};
use crate::engine::name::{Name, search_key};
use crate::engine::nik::Nik;
use crate::engine::phone::Phone;
use crate::engine::unit_code::UnitCode;
use crate::words::import::RowProblem;

/// One participant as a row states it.
#[derive(Debug, Clone, PartialEq)]
pub struct ParticipantRow {
    /// The row in the spreadsheet.
    pub row: u32,
    /// The person.
    pub person: PersonPart,
    /// The class and how it went.
    pub training: TrainingPart,
    /// Results of single units, one for each column headed by a unit code and filled here.
    pub unit_results: Vec<(UnitCode, Assessment)>,
    /// The certificate, where one is stated.
    pub certificate: Option<CertificatePart>,
    /// What became of the person. It is an import: nobody has verified it.
    pub outcome: Option<OutcomePart>,
}

/// Who it is.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonPart {
    /// The name, one string.
    pub name: Name,
    /// The identity number.
    pub nik: Option<Nik>,
    /// The telephone number.
    pub phone: Option<Phone>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Sex as the list states it.
    pub sex: Option<Sex>,
    /// The address.
    pub address: Option<String>,
    /// Place of birth.
    pub birth_place: Option<String>,
    /// Day of birth.
    pub birth_date: Option<NaiveDate>,
    /// Last school.
    pub education: Option<String>,
    /// What the person told of a disability; `Tidak` is nothing. To be sealed by the caller.
    pub disability: Option<String>,
    /// The district as written.
    pub district_text: Option<String>,
    /// The district, where the text names exactly one.
    pub district: Option<RegionCode>,
}

/// The class, and how it went for this person.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrainingPart {
    /// Title of the programme.
    pub programme: Option<String>,
    /// Trade (kejuruan).
    pub trade: Option<String>,
    /// Name of the class (angkatan).
    pub batch: Option<String>,
    /// Length in lesson hours of 45 minutes.
    pub hours_jp: Option<u16>,
    /// Who pays.
    pub fund: Option<String>,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// Attendance as written: a count or a percentage.
    pub attendance: Option<String>,
    /// Whether the person finished.
    pub completion: Option<ParticipantStatus>,
    /// Passed or failed; nothing while it is in progress.
    pub result: Option<TrainingResult>,
}

/// A certificate.
#[derive(Debug, Clone, PartialEq)]
pub struct CertificatePart {
    /// What kind of proof it is.
    pub kind: CertificateKind,
    /// Its number.
    pub number: String,
    /// Who issued it; nothing means the office itself.
    pub issuer: Option<String>,
    /// Its day.
    pub issued_on: Option<NaiveDate>,
    /// Its last day.
    pub valid_until: Option<NaiveDate>,
}

/// What became of somebody, unverified.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomePart {
    /// Seeking, other employer or self-employed; whether the employer is a partner, the caller knows.
    pub kind: OutcomeKind,
    /// Where, by name.
    pub employer_name: Option<String>,
    /// In which town.
    pub place: Option<String>,
    /// As what.
    pub job_title: Option<String>,
    /// Since when.
    pub on: Option<NaiveDate>,
}

/// A sheet understood.
#[derive(Debug)]
pub struct Parsed<R> {
    /// The rows that can be used.
    pub rows: Vec<R>,
    /// All complaints, by row.
    pub problems: Vec<Problem>,
    /// Columns nobody knows.
    pub ignored_columns: Vec<String>,
}

impl<R> Parsed<R> {
    /// Whether any row was refused: then nothing is stored unless the caller was asked for a part.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity() == Severity::Error)
    }
}

/// Reads a class list as of `today`; `regions` finds districts by name or code.
pub fn parse(table: &Table, today: NaiveDate, regions: &FindRegion<'_>) -> Parsed<ParticipantRow> {
    let found = header::find(table, SheetKind::Participants);
    let mut problems = found.problems;
    let mut seen = Seen::default();
    let mut rows = Vec::new();
    for row in found.body {
        if is_footer(&found.map, row, &mut problems) {
            continue;
        }
        let mut fields = Fields::new(SheetKind::Participants, &found.map, row, table.serial_shift, &mut problems);
        if let Some(participant) = participant(&mut fields, &found.map, today, regions, &mut seen) {
            rows.push(participant);
        }
    }
    if seen.lost_last_digits() {
        let message = RowProblem::NikLastDigitsLost { count: seen.niks.len() };
        problems.push(Problem::new(found.map.row, found.map.header(Column::Nik), "", message));
        rows.clear();
    }
    problems.sort_by_key(|problem| problem.row);
    Parsed { rows, problems, ignored_columns: found.map.ignored }
}

fn participant(
    fields: &mut Fields<'_>,
    map: &HeaderMap,
    today: NaiveDate,
    regions: &FindRegion<'_>,
    seen: &mut Seen,
) -> Option<ParticipantRow> {
    let nik = person::nik(fields);
    let person = person::read(fields, nik.clone(), today, regions);
    let training = training::read(fields);
    let unit_results = training::unit_results(fields, map);
    let certificate = training::certificate(fields);
    let outcome = outcome::read(fields);
    seen.check(fields, nik.as_ref(), certificate.as_ref());
    let row = fields.number();
    fields.accept(ParticipantRow { row, person: person?, training, unit_results, certificate, outcome })
}

/// Sums, places and signatures below a list: rows without anything that tells who somebody is.
fn is_footer(map: &HeaderMap, row: &Row, problems: &mut Vec<Problem>) -> bool {
    let tells_who = [Column::Name, Column::Nik, Column::BirthDate, Column::Phone];
    let filled = |column: &Column| map.place(*column).is_some_and(|place| !row.cell(place).is_blank());
    if !tells_who.iter().any(filled) {
        return true;
    }
    let lonely = row.cells.iter().filter(|cell| !cell.is_blank()).count() == 1;
    let several_columns =
        tells_who.iter().chain(&[Column::Sex, Column::Address]).filter(|column| map.place(**column).is_some()).count() >= 3;
    if lonely && several_columns {
        let text = row.cells.iter().find(|cell| !cell.is_blank()).map(super::table::Cell::shown).unwrap_or_default();
        problems.push(Problem::new(row.number, map.header(Column::Name), &text, RowProblem::RowSkipped));
        return true;
    }
    false
}

/// What may stand only once in a file, with the row that had it first.
#[derive(Debug, Default)]
struct Seen {
    niks: FxHashMap<String, u32>,
    certificates: FxHashMap<(String, String), u32>,
}

impl Seen {
    /// A program that turned a whole column into numbers leaves a zero where each last digit was, even in a CSV file.
    /// Serial numbers rarely end so: five by chance are one in a hundred thousand.
    fn lost_last_digits(&self) -> bool {
        self.niks.len() >= 5 && self.niks.keys().all(|nik| nik.ends_with('0'))
    }

    fn check(&mut self, fields: &mut Fields<'_>, nik: Option<&Nik>, certificate: Option<&CertificatePart>) {
        let second = fields.number();
        if let Some(nik) = nik {
            let first = *self.niks.entry(nik.as_str().to_owned()).or_insert(second);
            if first != second {
                fields.complain(Column::Nik, RowProblem::DuplicateNik { first, second });
            }
        }
        if let Some(certificate) = certificate {
            let issuer = search_key(certificate.issuer.as_deref().unwrap_or_default());
            let first = *self.certificates.entry((issuer, search_key(&certificate.number))).or_insert(second);
            if first != second {
                let number = certificate.number.clone();
                fields.complain(Column::CertificateNumber, RowProblem::DuplicateCertificate { number, first, second });
            }
        }
    }
}
