//! From a file's table to the rows of its kind. Nothing is looked up but regions; nothing is stored.

use chrono::NaiveDate;

use crate::app::imports::job::ImportKind;
use crate::app::imports::report::{ImportReport, ProblemLine};
use crate::engine::geo::RegionCode;
use crate::engine::regions::Regions;
use crate::sheet::esco::EscoRow;
use crate::sheet::esco_links::EscoLinkRow;
use crate::sheet::lexicon::WordRow;
use crate::sheet::limits::Limits;
use crate::sheet::participants::{Parsed, ParticipantRow};
use crate::sheet::regions::RegionRow;
use crate::sheet::schemes::SchemeRow;
use crate::sheet::table::Table;
use crate::sheet::units::UnitRow;
use crate::sheet::vacancies::VacancyRow;
use crate::sheet::wages::WageRow;
use crate::sheet::{self};

/// The rows of each kind of file.
#[derive(Debug)]
pub(super) enum Rows {
    Participants(Parsed<ParticipantRow>),
    Units(Parsed<UnitRow>),
    Schemes(Parsed<SchemeRow>),
    Regions(Parsed<RegionRow>),
    Wages(Parsed<WageRow>),
    Vacancies(Parsed<VacancyRow>),
    Lexicon(Parsed<WordRow>),
    Esco(Parsed<EscoRow>),
    EscoLinks(Parsed<EscoLinkRow>),
}

impl Rows {
    /// The complaints of the sheet, and how many rows they refuse.
    pub(super) fn complaints(&self) -> (ImportReport, usize) {
        match self {
            Self::Participants(parsed) => complaints(parsed),
            Self::Units(parsed) => complaints(parsed),
            Self::Schemes(parsed) => complaints(parsed),
            Self::Regions(parsed) => complaints(parsed),
            Self::Wages(parsed) => complaints(parsed),
            Self::Vacancies(parsed) => complaints(parsed),
            Self::Lexicon(parsed) => complaints(parsed),
            Self::Esco(parsed) => complaints(parsed),
            Self::EscoLinks(parsed) => complaints(parsed),
        }
    }
}

/// How much of such a file is read before it is refused.
pub(super) fn limits_of(kind: ImportKind) -> Limits {
    match kind {
        ImportKind::Esco => Limits::of_esco(),
        _ => Limits::default(),
    }
}

/// Understands a table as what it is said to hold.
pub(super) fn understood(kind: ImportKind, table: &Table, today: NaiveDate, regions: &Regions) -> Rows {
    let find = |text: &str| -> Vec<(RegionCode, String)> {
        if let Some(known) = code_of(text).and_then(|code| regions.get(&code)) {
            return vec![(known.code.clone(), known.name.clone())];
        }
        regions.find(text, None).into_iter().map(|hit| (hit.region.code.clone(), hit.region.name.clone())).collect()
    };
    match kind {
        ImportKind::Participants => Rows::Participants(sheet::participants::parse(table, today, &find)),
        ImportKind::Units => Rows::Units(sheet::units::parse(table)),
        ImportKind::Schemes => Rows::Schemes(sheet::schemes::parse(table)),
        ImportKind::Regions => Rows::Regions(sheet::regions::parse(table)),
        ImportKind::Wages => Rows::Wages(sheet::wages::parse(table)),
        ImportKind::Vacancies => Rows::Vacancies(sheet::vacancies::parse(table, &find)),
        ImportKind::Lexicon => Rows::Lexicon(sheet::lexicon::parse(table)),
        ImportKind::Esco => Rows::Esco(sheet::esco::parse(table)),
        ImportKind::EscoLinks => Rows::EscoLinks(sheet::esco_links::parse(table)),
    }
}

/// A Kemendagri code as sheets hold it: dotted, or its six digits alone.
fn code_of(text: &str) -> Option<RegionCode> {
    let text = text.trim();
    let digits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    match (text.get(..2), text.get(2..4), text.get(4..6)) {
        (Some(province), Some(regency), Some(district)) if digits => RegionCode::parse(&format!("{province}.{regency}.{district}")),
        _ => RegionCode::parse(text),
    }
}

/// The complaints of a parsed sheet, and how many rows they refuse.
pub(super) fn complaints<R>(parsed: &Parsed<R>) -> (ImportReport, usize) {
    let problems: Vec<ProblemLine> = parsed.problems.iter().map(ProblemLine::from).collect();
    let mut refused: Vec<u32> = problems.iter().filter(|line| line.refuses).map(|line| line.row).collect();
    refused.sort_unstable();
    refused.dedup();
    let report = ImportReport { problems, ignored_columns: parsed.ignored_columns.clone(), ..ImportReport::default() };
    (report, refused.len())
}
