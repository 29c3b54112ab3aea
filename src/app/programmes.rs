//! Programmes: what is taught, unit by unit.

use crate::app::error::AppError;
use crate::app::field::{Edit, Form, LINE};
use crate::app::work::{Look, Work, fresh_version};
use crate::engine::id::{BatchId, OfficeId, ProgrammeId};
use crate::store::database::Connection;
use crate::store::entity::{office, programme, programme_unit};
use crate::store::page::{Page, Slice};
use crate::store::{classes, id, people, rows};
use crate::words::refusal::Refusal;

/// The most lesson hours (JP, 45 minutes) of a programme.
const MOST_HOURS: i64 = 10_000;
/// The most units of a programme or certificate.
pub(in crate::app) const MOST_UNITS: usize = 100;

/// A unit as somebody writes it.
#[derive(Debug, Clone)]
pub struct UnitLine {
    /// Its code, in any form.
    pub unit: String,
    /// Level 1 to 5.
    pub level: Option<i64>,
}

/// A unit of a programme or certificate, found in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitView {
    /// The canonical code.
    pub code: String,
    /// The title.
    pub title: String,
    /// Level 1 to 5, where one is stated.
    pub level: Option<i32>,
}

/// What is written about a programme; a field left out stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ProgrammeEdit {
    /// The title.
    pub title: Option<String>,
    /// The trade.
    pub trade: Edit<String>,
    /// Lesson hours.
    pub hours_jp: Edit<i64>,
    /// How it is taught.
    pub method: Edit<String>,
    /// What kind of training it is.
    pub training_type: Edit<String>,
    /// The certification scheme it leads to.
    pub scheme_code: Edit<String>,
    /// Its units, in order.
    pub units: Option<Vec<UnitLine>>,
}

/// A programme.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeView {
    /// The row.
    pub row: programme::Model,
    /// Its units, in order.
    pub units: Vec<UnitView>,
}

impl Work<'_> {
    /// Sets up a programme.
    pub async fn create_programme(&self, office: Option<OfficeId>, edit: &ProgrammeEdit) -> Result<ProgrammeView, AppError> {
        let office = self.office(office)?;
        self.found::<office::Entity>(office).await?;
        let row = programme::Model {
            id: id::fresh(),
            office_id: office,
            title: String::new(),
            trade: None,
            hours_jp: None,
            method: None,
            training_type: None,
            scheme_code: None,
            created_at: self.now,
            version: 1,
        };
        let row = self.programme_with(row, edit)?;
        rows::insert(self.tx, row.clone()).await?;
        self.put_units(&row, edit.units.as_deref().unwrap_or_default()).await?;
        self.did("create", "programme", row.id, office).await?;
        self.programme_view(row).await
    }

    /// Changes a programme; certificates already issued keep the units they were issued with.
    pub async fn edit_programme(&self, id: ProgrammeId, edit: &ProgrammeEdit, version: i32) -> Result<ProgrammeView, AppError> {
        let row = self.locked::<programme::Entity>(id).await?;
        fresh_version(row.version, version)?;
        let trade_before = row.trade.clone();
        let row = self.programme_with(row, edit)?;
        let row = programme::Model { version: row.version + 1, ..row };
        rows::update(self.tx, row.clone()).await?;
        if let Some(units) = &edit.units {
            self.put_units(&row, units).await?;
        }
        self.did("edit", "programme", row.id, row.office_id).await?;
        if row.trade != trade_before {
            self.refresh_programme(&row).await?;
        }
        self.programme_view(row).await
    }

    fn programme_with(&self, mut row: programme::Model, edit: &ProgrammeEdit) -> Result<programme::Model, AppError> {
        let mut form = Form::default();
        if let Some(title) = &edit.title {
            row.title = form.text("/title", title, LINE);
        }
        for (pointer, value, field) in [
            ("/trade", &edit.trade, &mut row.trade),
            ("/method", &edit.method, &mut row.method),
            ("/training_type", &edit.training_type, &mut row.training_type),
            ("/scheme_code", &edit.scheme_code, &mut row.scheme_code),
        ] {
            if let Some(value) = value {
                *field = form.optional_text(pointer, value.as_deref(), LINE);
            }
        }
        if let Some(hours) = edit.hours_jp {
            row.hours_jp = hours.map(|hours| form.number("/hours_jp", hours, 1, MOST_HOURS));
        }
        self.units_of(edit.units.as_deref().unwrap_or_default(), &mut form);
        form.done()?;
        Ok(row)
    }

    /// Units found in the catalogue, each once, in the order written; what is not found is noted.
    pub(in crate::app) fn units_of(&self, lines: &[UnitLine], form: &mut Form) -> Vec<UnitView> {
        form.require(lines.len() <= MOST_UNITS, "/units", Refusal::ListTooLong { limit: MOST_UNITS });
        let knowledge = self.app.knowledge();
        let mut units: Vec<UnitView> = Vec::new();
        for (place, line) in lines.iter().enumerate().take(MOST_UNITS) {
            let level = line.level.map(|level| form.number(&format!("/units/{place}/level"), level, 1, 5));
            let Some(unit) = knowledge.catalogue.find(&line.unit) else {
                form.refuse(&format!("/units/{place}/unit"), Refusal::UnitUnknown { code: line.unit.chars().take(60).collect() });
                continue;
            };
            if !units.iter().any(|known| known.code == unit.code.as_str()) {
                units.push(UnitView { code: unit.code.as_str().to_owned(), title: unit.title.clone(), level });
            }
        }
        units
    }

    async fn put_units(&self, row: &programme::Model, lines: &[UnitLine]) -> Result<(), AppError> {
        let units = self.units_of(lines, &mut Form::default());
        let unit = |(position, unit): (i32, UnitView)| programme_unit::Model {
            programme_id: row.id,
            code: unit.code,
            position,
            level: unit.level,
        };
        Ok(classes::put_programme_units(self.tx, row.id, (1..).zip(units).map(unit).collect()).await?)
    }

    /// The trade of a class is known to the matcher, so its people are packed anew.
    async fn refresh_programme(&self, row: &programme::Model) -> Result<(), AppError> {
        let batches = classes::batches(self.tx, &self.scope(), Some(row.id), None, Slice::all()).await?;
        let batches: Vec<BatchId> = batches.rows.iter().map(|batch| batch.id).collect();
        let graduates: Vec<_> = classes::participants(self.tx, &batches).await?.iter().map(|place| place.graduate_id).collect();
        let mut persons: Vec<_> = people::graduates(self.tx, &graduates).await?.iter().map(|row| row.person_id).collect();
        persons.sort_unstable();
        persons.dedup();
        self.refresh_candidates(&persons).await
    }

    async fn programme_view(&self, row: programme::Model) -> Result<ProgrammeView, AppError> {
        let mut views = self.app.look(self.actor).programme_views(self.tx, vec![row]).await?;
        views.pop().ok_or_else(|| Refusal::NotFound.into())
    }
}

impl Look<'_> {
    /// Programmes of the actor's scope.
    pub async fn programmes(&self, slice: Slice) -> Result<Page<ProgrammeView>, AppError> {
        let page = classes::programmes(self.db(), &self.scope(), slice).await?;
        Ok(Page { rows: self.programme_views(self.db(), page.rows).await?, more: page.more })
    }

    /// One programme.
    pub async fn programme(&self, id: ProgrammeId) -> Result<ProgrammeView, AppError> {
        let row = self.found::<programme::Entity>(id).await?;
        self.programme_views(self.db(), vec![row]).await?.pop().ok_or_else(|| Refusal::NotFound.into())
    }

    async fn programme_views<C: Connection>(&self, db: &C, rows: Vec<programme::Model>) -> Result<Vec<ProgrammeView>, AppError> {
        let ids: Vec<ProgrammeId> = rows.iter().map(|row| row.id).collect();
        let units = classes::programme_units(db, &ids).await?;
        let knowledge = self.app.knowledge();
        let unit = |unit: &programme_unit::Model| UnitView {
            title: knowledge.catalogue.find(&unit.code).map_or_else(|| unit.code.clone(), |known| known.title.clone()),
            code: unit.code.clone(),
            level: unit.level,
        };
        let of = |id: ProgrammeId| units.iter().filter(|row| row.programme_id == id).map(unit).collect();
        Ok(rows.into_iter().map(|row| ProgrammeView { units: of(row.id), row }).collect())
    }
}
