//! Lists to take away, as XLSX or CSV, with the same masking as the API (E12).
//!
//! Identity numbers are text and masked; whole ones leave only for officers who ask for them, and the audit says so. Every
//! export is recorded, and every person in it as read.

use chrono::{DateTime, NaiveDate, Utc};
use rustc_hash::FxHashSet;
use serde_json::json;

use crate::app::actor::{Actor, Who};
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::reports::ReportAsk;
use crate::app::work::Look;
use crate::coded_enum;
use crate::engine::id::{BatchId, PersonId};
use crate::engine::kinds::Role;
use crate::engine::name::search_key;
use crate::sheet::table::Cell;
use crate::sheet::write::{Sheet, SheetColumn, write_csv, write_xlsx};
use crate::store::entity::read_log;
use crate::store::{id, rows};
use crate::words::refusal::Refusal;
use crate::words::report::{Header, ListText};
use crate::words::{Language, Say as _};

coded_enum! {
    /// A list that can be taken away.
    pub enum ListName {
        /// The people of an office.
        Graduates = "graduates",
        /// Places in classes, as the class list that can be read in again.
        Participants = "participants",
        /// Vacancies.
        Vacancies = "vacancies",
        /// Referrals.
        Referrals = "referrals",
        /// Offers.
        Offers = "offers",
        /// Placements.
        Placements = "placements",
        /// Outcome events.
        Outcomes = "outcomes",
        /// The report of absorption.
        Absorption = "absorption",
    }
}

impl ListName {
    /// Whether a partner employer may take it: what it sees in the API, and no more.
    #[must_use]
    pub fn is_for_employers(self) -> bool {
        matches!(self, Self::Vacancies | Self::Referrals | Self::Offers | Self::Placements)
    }
}

coded_enum! {
    /// How a list is written.
    pub enum Format {
        /// A workbook.
        Xlsx = "xlsx",
        /// Text with semicolons.
        Csv = "csv",
    }
}

impl Format {
    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// What is to be taken away.
#[derive(Debug, Clone)]
pub struct ExportAsk {
    /// Which list.
    pub list: ListName,
    /// How it is written.
    pub format: Format,
    /// Whether identity numbers are written whole.
    pub full_nik: bool,
    /// Only this class.
    pub batch: Option<BatchId>,
    /// What the report of absorption is asked.
    pub report: ReportAsk,
    /// In which language headers and notes are.
    pub language: Language,
}

/// A file to take away.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Its name.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many rows it holds.
    pub rows: usize,
}

/// A list before it is written.
#[derive(Debug, Default)]
pub(in crate::app) struct Listed {
    pub(in crate::app) columns: Vec<SheetColumn>,
    pub(in crate::app) rows: Vec<Vec<Cell>>,
    /// What a reader must know besides.
    pub(in crate::app) notes: Vec<(String, String)>,
    /// Whose data is in it.
    pub(in crate::app) people: Vec<PersonId>,
}

impl App {
    /// Writes a list. A graduate gets none; an employer those of its own work; whole identity numbers only an officer.
    pub async fn export(&self, actor: &Actor, ask: &ExportAsk) -> Result<Exported, AppError> {
        let officer = actor.who == Who::Account(Role::Officer);
        if (actor.is_employer() && !ask.list.is_for_employers()) || (ask.full_nik && !officer) {
            return Err(Refusal::RoleNotAllowed.into());
        }
        let look = self.look(actor);
        let listed = look.listed(ask).await?;
        let rows = listed.rows.len();
        self.recorded(actor, ask, &listed).await?;
        let title = list_title(ask.list, ask.language);
        let notes = [notes(ask, look.today(), rows), listed.notes].concat();
        let sheet = Sheet { title: title.clone(), columns: listed.columns, rows: listed.rows, notes };
        let written = match ask.format {
            Format::Xlsx => write_xlsx(&sheet),
            Format::Csv => write_csv(&sheet),
        };
        let bytes = written.map_err(|error| AppError::Internal(error.to_string()))?;
        let file_name = format!("{}-{}.{}", search_key(&title), look.today(), ask.format);
        Ok(Exported { file_name, media_type: ask.format.media_type(), bytes, rows })
    }

    /// Notes the export in the audit, and in each person's file that it was read.
    async fn recorded(&self, actor: &Actor, ask: &ExportAsk, listed: &Listed) -> Result<(), AppError> {
        let people: FxHashSet<PersonId> = listed.people.iter().copied().collect();
        let people: Vec<PersonId> = people.into_iter().collect();
        let detail = json!({"list": ask.list.code(), "format": ask.format.code(), "rows": listed.rows.len(), "full_nik": ask.full_nik});
        self.work(actor, async |work| {
            let readings = people.iter().map(|person| reading(actor, work.now, *person)).collect();
            rows::insert_many(work.tx, readings).await?;
            work.record("export", "export", id::fresh::<uuid::Uuid>(), actor.office, detail.clone()).await
        })
        .await
    }
}

impl Look<'_> {
    async fn listed(&self, ask: &ExportAsk) -> Result<Listed, AppError> {
        match ask.list {
            ListName::Graduates => self.graduates_listed(ask).await,
            ListName::Participants => self.participants_listed(ask).await,
            ListName::Vacancies => self.vacancies_listed(ask).await,
            ListName::Referrals => self.referrals_listed(ask).await,
            ListName::Offers => self.offers_listed(ask).await,
            ListName::Placements => self.placements_listed(ask).await,
            ListName::Outcomes => self.outcomes_listed(ask).await,
            ListName::Absorption => self.absorption_listed(ask).await,
        }
    }
}

/// The name of a list, which is also its file's.
fn list_title(list: ListName, language: Language) -> String {
    let (indonesian, english) = match list {
        ListName::Graduates => ("Lulusan", "Graduates"),
        ListName::Participants => ("Peserta", "Participants"),
        ListName::Vacancies => ("Lowongan", "Vacancies"),
        ListName::Referrals => ("Rujukan", "Referrals"),
        ListName::Offers => ("Penawaran", "Offers"),
        ListName::Placements => ("Penempatan", "Placements"),
        ListName::Outcomes => ("Hasil", "Outcomes"),
        ListName::Absorption => ("Penyerapan", "Absorption"),
    };
    match language {
        Language::Indonesian => indonesian.to_owned(),
        Language::English => english.to_owned(),
    }
}

fn reading(actor: &Actor, now: DateTime<Utc>, person_id: PersonId) -> read_log::Model {
    read_log::Model {
        id: id::fresh(),
        at: now,
        account_id: actor.account,
        office_id: actor.office,
        person_id,
        purpose: "export".to_owned(),
    }
}

fn notes(ask: &ExportAsk, today: NaiveDate, rows: usize) -> Vec<(String, String)> {
    let say = |text: ListText| text.say(ask.language);
    let mut notes = vec![(say(ListText::AsOf), crate::words::dates::day(today, ask.language)), (say(ListText::Rows), rows.to_string())];
    if let Some(batch) = ask.batch {
        notes.push((say(ListText::Filter), format!("batch_id={batch}")));
    }
    if matches!(ask.list, ListName::Graduates | ListName::Participants) {
        let how = if ask.full_nik { ListText::NikWhole } else { ListText::NikMasked };
        notes.push((say(ListText::Nik), say(how)));
    }
    notes
}

/// A text cell, empty where there is none.
pub(in crate::app) fn text(value: Option<&str>) -> Cell {
    value.map_or(Cell::Empty, Cell::text)
}

/// A day, empty where there is none.
pub(in crate::app) fn day(value: Option<NaiveDate>) -> Cell {
    value.map_or(Cell::Empty, Cell::Date)
}

/// A whole number, empty where there is none.
pub(in crate::app) fn number(value: Option<i64>) -> Cell {
    value.map_or(Cell::Empty, Cell::integer)
}

/// Columns of our own lists, headed in a language.
pub(in crate::app) fn columns(language: Language, headers: &[(Header, crate::sheet::write::ColumnKind)]) -> Vec<SheetColumn> {
    headers.iter().map(|(header, kind)| SheetColumn::new(header.say(language), *kind)).collect()
}
