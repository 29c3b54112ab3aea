//! The extract of vacancies that employers owe the ministry (Perpres 57/2023 art. 5), with what became of the seats.

use chrono::{Days, NaiveDate};
use rustc_hash::FxHashMap;

use crate::app::error::AppError;
use crate::app::knowledge::Knowledge;
use crate::app::vacancy_form::{Declaration, declaration_of, strings};
use crate::app::work::Look;
use crate::engine::day::Zone;
use crate::engine::id::{EmployerId, VacancyId};
use crate::engine::kinds::Importance;
use crate::engine::unit_code::UnitCode;
use crate::store::entity::{employer, requirement, vacancy};
use crate::store::{faces, reports, vacancies};
use crate::words::refusal::Refusal;

/// A competency a vacancy asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedUnit {
    /// The words.
    pub text: String,
    /// The unit they mean, where that is settled.
    pub code: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Whether nothing buys its absence.
    pub importance: Importance,
}

/// One vacancy with every field the extract asks for.
#[derive(Debug, Clone)]
pub struct ExtractLine {
    /// The vacancy.
    pub row: vacancy::Model,
    /// Who hires.
    pub employer: Option<employer::Model>,
    /// Name of the place of work.
    pub district_name: String,
    /// The first day it was open.
    pub published_on: Option<NaiveDate>,
    /// Competencies asked for.
    pub units: Vec<AskedUnit>,
    /// Licences asked for.
    pub licences: Vec<String>,
    /// Age or sex, where the employer declared them with a reason.
    pub declared: Option<Declaration>,
}

impl Look<'_> {
    /// Vacancies published from one day to another, both included, in the order of their publication.
    pub async fn vacancy_extract(&self, from: Option<NaiveDate>, until: Option<NaiveDate>) -> Result<Vec<ExtractLine>, AppError> {
        if from.zip(until).is_some_and(|(from, until)| from > until) {
            return Err(AppError::field("/to", Refusal::DateOrder));
        }
        let start = from.and_then(|day| day.checked_sub_days(Days::new(1))).map(|day| Zone::Wib.end_of(day));
        let rows = reports::published(self.db(), &self.scope(), start, until.map(|day| Zone::Wib.end_of(day))).await?;
        let ids: Vec<VacancyId> = rows.iter().map(|row| row.id).collect();
        let mut lines: FxHashMap<VacancyId, Vec<requirement::Model>> = FxHashMap::default();
        for line in vacancies::requirements(self.db(), &ids).await? {
            lines.entry(line.vacancy_id).or_default().push(line);
        }
        let employers: Vec<EmployerId> = rows.iter().map(|row| row.employer_id).collect();
        let employers: FxHashMap<EmployerId, employer::Model> =
            faces::employers(self.db(), &employers).await?.into_iter().map(|row| (row.id, row)).collect();
        let knowledge = self.app.knowledge();
        let line = |row: vacancy::Model| ExtractLine {
            employer: employers.get(&row.employer_id).cloned(),
            district_name: knowledge.region_name(&row.district_code),
            published_on: row.published_at.map(|moment| Zone::Wib.day_of(moment)),
            units: lines.get(&row.id).into_iter().flatten().map(|line| asked_unit(line, &knowledge)).collect(),
            licences: strings(&row.licences),
            declared: row.declared.as_ref().and_then(declaration_of),
            row,
        };
        Ok(rows.into_iter().map(line).collect())
    }
}

fn asked_unit(line: &requirement::Model, knowledge: &Knowledge) -> AskedUnit {
    let title = line.code.as_deref().and_then(UnitCode::parse).map(|code| knowledge.unit_title(&code));
    AskedUnit { text: line.text.clone(), code: line.code.clone(), title, importance: line.importance }
}
