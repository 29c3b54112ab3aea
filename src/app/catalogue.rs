//! Competency units: looking them up, what texts mean, what offices remember, add and link.
//!
//! Units, links and remembered decisions are kept in memory (`knowledge`); reading here never asks the database.

use std::collections::BTreeMap;

use serde_json::json;

use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::meanings::UNIT;
use crate::app::work::{Look, Work};
use crate::engine::catalogue::{Catalogue, Unit};
use crate::engine::facts::{self, OccupationFact};
use crate::engine::id::{OfficeId, RowId};
use crate::engine::resolve::Resolution;
use crate::engine::text::{text_key, tokens};
use crate::engine::unit_code::UnitCode;
use crate::store::entity::{confirmation, unit, unit_link};
use crate::store::{catalogue, id, rows};
use crate::words::refusal::Refusal;

/// The most units of one call.
const UNITS: usize = 20_000;
/// The longest text whose meaning is remembered, in characters.
const REMEMBERED: usize = 2_000;

/// Part of a list that lies in memory.
#[derive(Debug, Clone)]
pub struct Window<T> {
    /// The items.
    pub items: Vec<T>,
    /// Whether more follow.
    pub more: bool,
}

impl<T> Window<T> {
    /// The `limit` items after the first `skip`.
    pub(in crate::app) fn of(all: impl Iterator<Item = T>, skip: usize, limit: usize) -> Self {
        let mut rest = all.skip(skip);
        let items: Vec<T> = rest.by_ref().take(limit).collect();
        Self { items, more: rest.next().is_some() }
    }
}

/// A unit with what stands beside it.
#[derive(Debug, Clone)]
pub struct UnitView {
    /// The unit.
    pub unit: Unit,
    /// Every version of its family, oldest first: code and title.
    pub versions: Vec<(UnitCode, String)>,
    /// Units linked with it: code, title, hundredths of a percent, whether staff looked at the link.
    pub equivalents: Vec<(UnitCode, String, u16, bool)>,
    /// Units of related skills: code and title.
    pub related: Vec<(UnitCode, String)>,
}

/// A unit as it is sent.
#[derive(Debug, Clone)]
pub struct NewUnit {
    /// Its code in any written form; without one it becomes a local unit.
    pub code: Option<String>,
    /// Its title.
    pub title: String,
    /// The trade.
    pub sector: Option<String>,
    /// The decree.
    pub decree: Option<String>,
}

/// What became of units that were sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnitsAdded {
    /// New to the catalogue.
    pub created: usize,
    /// Known, with another title, trade or decree.
    pub updated: usize,
    /// Known as they are.
    pub unchanged: usize,
}

impl Look<'_> {
    /// Units whose code or title answers a text, best first; every unit by code without one.
    #[must_use]
    pub fn units(&self, query: &str, skip: usize, limit: usize) -> Window<Unit> {
        let knowledge = self.app.knowledge();
        let found = knowledge.catalogue.search(query, skip.saturating_add(limit).saturating_add(1));
        Window::of(found.into_iter().cloned(), skip, limit)
    }

    /// The unit written this way, in any form its code takes.
    pub fn unit(&self, written: &str) -> Result<UnitView, AppError> {
        let knowledge = self.app.knowledge();
        let catalogue = &knowledge.catalogue;
        let unit = catalogue.find(written).ok_or(Refusal::NotFound)?.clone();
        let versions = catalogue.versions_of(unit.code.family()).into_iter().map(|unit| (unit.code.clone(), unit.title.clone())).collect();
        let links = catalogue.equivalents(&unit.code);
        let equivalents = links.map(|(code, factor, reviewed)| (code.clone(), knowledge.unit_title(code), factor, reviewed)).collect();
        let related = catalogue.related(&unit.code).into_iter().map(|unit| (unit.code.clone(), unit.title.clone())).collect();
        Ok(UnitView { unit, versions, equivalents, related })
    }

    /// What texts mean to the actor's office, each by itself.
    pub fn resolve(&self, texts: &[String], sector: Option<&str>) -> Result<Vec<Resolution>, AppError> {
        let mut form = Form::default();
        form.questions("/texts", texts);
        form.done()?;
        let knowledge = self.app.knowledge();
        let meanings = knowledge.meanings(self.actor.office);
        let sector = sector.map(str::trim).filter(|sector| !sector.is_empty());
        Ok(texts.iter().map(|text| meanings.resolve(text, sector)).collect())
    }

    /// Occupations (KBJI 2014) by the beginning of the code or by words of the title.
    #[must_use]
    pub fn occupations(&self, query: &str, skip: usize, limit: usize) -> Window<OccupationFact> {
        let code = query.trim();
        let words = tokens(query);
        let fits = |occupation: &&OccupationFact| {
            let title = tokens(&occupation.title);
            let holds = |word: &String| title.iter().any(|own| own.starts_with(word.as_str()));
            words.is_empty() || occupation.kbji.starts_with(code) || words.iter().all(holds)
        };
        Window::of(facts::occupations().iter().filter(fits).cloned(), skip, limit)
    }
}

impl Work<'_> {
    /// Staff say what a text means; their office's next question finds it first.
    pub async fn confirm_meaning(&self, text: &str, written: &str) -> Result<Unit, AppError> {
        let mut form = Form::default();
        let text = form.text("/text", text, REMEMBERED);
        // A text of signs alone has no words to remember it by.
        form.require(text.is_empty() || !text_key(&text).is_empty(), "/text", Refusal::TextRequired);
        let knowledge = self.app.knowledge();
        let unit = knowledge.catalogue.find(written).cloned();
        form.require(unit.is_some(), "/code", Refusal::UnitUnknown { code: written.to_owned() });
        form.done()?;
        let unit = unit.ok_or(Refusal::NotFound)?;
        self.remember_meaning(self.actor.office, &text, &unit.code).await?;
        Ok(unit)
    }

    /// Remembers for an office (or, without one, for all) that a text means a unit; the next question finds it first.
    pub(in crate::app) async fn remember_meaning(&self, office: Option<OfficeId>, text: &str, code: &UnitCode) -> Result<(), AppError> {
        self.remember(office, UNIT, text, code.as_str()).await
    }

    /// Remembers for an office (or, without one, for all) what a text means among codes of one kind.
    pub(in crate::app) async fn remember(
        &self,
        office: Option<OfficeId>,
        subject: &'static str,
        text: &str,
        code: &str,
    ) -> Result<(), AppError> {
        let key = text_key(text);
        let before = catalogue::confirmation(self.tx, office, subject, &key).await?;
        let row = confirmation::Model {
            id: before.as_ref().map_or_else(id::fresh::<RowId>, |before| before.id),
            office_id: office,
            subject: subject.to_owned(),
            text_key: key,
            text: text.to_owned(),
            code: code.to_owned(),
            confirmed_by: self.by(),
            confirmed_at: self.now,
        };
        match before {
            Some(_) => rows::update(self.tx, row.clone()).await?,
            None => rows::insert(self.tx, row.clone()).await?,
        }
        self.changed("confirmation", row.id, office);
        self.record("confirm", "confirmation", row.id, office, json!({ subject: code })).await
    }

    /// Adds units to the catalogue, or says more of known ones. All or nothing; of two rows with one code the later wins.
    pub async fn add_units(&self, units: &[NewUnit]) -> Result<UnitsAdded, AppError> {
        let mut form = Form::default();
        form.require((1..=UNITS).contains(&units.len()), "/units", Refusal::NumberOutOfRange { low: 1, high: 20_000 });
        let mut read: BTreeMap<UnitCode, unit::Model> = BTreeMap::new();
        for (place, new) in units.iter().take(UNITS).enumerate() {
            if let Some((code, row)) = self.unit_row(&mut form, place, new) {
                read.insert(code, row);
            }
        }
        form.done()?;
        let knowledge = self.app.knowledge();
        let mut added = UnitsAdded::default();
        let mut changed = Vec::new();
        for (code, row) in read {
            match knowledge.catalogue.get(&code) {
                None => added.created += 1,
                Some(known) if says_the_same(&row, known) => {
                    added.unchanged += 1;
                    continue;
                }
                Some(_) => added.updated += 1,
            }
            changed.push(row);
        }
        if !changed.is_empty() {
            catalogue::put_units(self.tx, changed).await?;
            let batch = id::fresh::<RowId>();
            self.changed("catalogue", batch, None);
            let detail = json!({"created": added.created, "updated": added.updated});
            self.record("add_units", "catalogue", batch, self.actor.office, detail).await?;
        }
        Ok(added)
    }

    /// Links two codes of one competence, reviewed by whoever links them; the same pair again changes the factor.
    pub async fn link_units(&self, left: &str, right: &str, percent: i64) -> Result<unit_link::Model, AppError> {
        let mut form = Form::default();
        let knowledge = self.app.knowledge();
        let left = unit_named(&mut form, &knowledge.catalogue, "/left", left);
        let right = unit_named(&mut form, &knowledge.catalogue, "/right", right);
        let percent = form.number("/factor", percent, 10, 100);
        form.require(left.is_none() || left != right, "/right", Refusal::LinkToItself);
        form.done()?;
        let (left, right) = left.zip(right).ok_or(Refusal::NotFound)?;
        let before = catalogue::link_between(self.tx, left.as_str(), right.as_str()).await?;
        let row = unit_link::Model {
            id: before.as_ref().map_or_else(id::fresh::<RowId>, |before| before.id),
            left_code: left.as_str().to_owned(),
            right_code: right.as_str().to_owned(),
            factor_hundredths: percent * 100,
            reviewed: true,
            source: Some("staff".to_owned()),
        };
        match before {
            Some(_) => rows::update(self.tx, row.clone()).await?,
            None => rows::insert(self.tx, row.clone()).await?,
        }
        self.changed("catalogue", row.id, None);
        let detail = json!({"left": row.left_code, "right": row.right_code, "percent": percent});
        self.record("link", "unit_link", row.id, self.actor.office, detail).await?;
        Ok(row)
    }

    fn unit_row(&self, form: &mut Form, place: usize, new: &NewUnit) -> Option<(UnitCode, unit::Model)> {
        let at = |field: &str| format!("/units/{place}/{field}");
        let title = form.text(&at("title"), &new.title, LINE);
        let written = form.optional_text(&at("code"), new.code.as_deref(), 60).unwrap_or_default();
        let sector = form.optional_text(&at("sector"), new.sector.as_deref(), LINE);
        let decree = form.optional_text(&at("decree"), new.decree.as_deref(), LINE);
        let unit = Unit::new(&written, &title, sector.as_deref().unwrap_or_default());
        form.require(unit.is_some() || title.is_empty(), &at("title"), Refusal::TextRequired);
        let unit = unit?;
        let row = unit::Model {
            code: unit.code.as_str().to_owned(),
            family: unit.code.family().to_owned(),
            edition: i32::from(unit.code.version()),
            written,
            title: unit.title,
            sector,
            decree,
            source: None,
            official: unit.official,
            updated_at: self.now,
            version: 1,
        };
        Some((unit.code, row))
    }
}

fn unit_named(form: &mut Form, catalogue: &Catalogue, pointer: &str, written: &str) -> Option<UnitCode> {
    let unit = catalogue.find(written);
    form.require(unit.is_some(), pointer, Refusal::UnitUnknown { code: written.to_owned() });
    unit.map(|unit| unit.code.clone())
}

fn says_the_same(row: &unit::Model, known: &Unit) -> bool {
    let same_sector = row.sector.as_ref().is_none_or(|sector| *sector == known.sector);
    let same_decree = row.decree.is_none() || row.decree == known.decree;
    row.title == known.title && same_sector && same_decree
}
