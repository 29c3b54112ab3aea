//! What an actor may see of the people and jobs behind referrals, offers and placements.
//!
//! Before a person's yes an employer sees initials, district and competencies; after it name and telephone
//! (DESIGN 3.11). Whoever is shown a telephone number is noted as having read that person's file.

use chrono::{DateTime, Utc};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::app::actor::{Actor, Who};
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::engine::day::Zone;
use crate::engine::id::{EmployerId, GraduateId, OfficeId, PersonId, RowId, VacancyId};
use crate::engine::name::Name;
use crate::store::database::Connection;
use crate::store::entity::{graduate, person, read_log};
use crate::store::{faces, id, people, rows};

/// A graduate as far as the actor may see one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// The graduate.
    pub id: GraduateId,
    /// The name, or initials for an employer whom the person has not said yes to.
    pub display_name: String,
    /// Kemendagri code of the district.
    pub district: Option<String>,
    /// Telephone in E.164 form, where the actor may see it.
    pub phone: Option<String>,
    /// Certified units that have not expired.
    pub competencies: Vec<Competency>,
}

/// A certified unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competency {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// A job in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The vacancy.
    pub id: VacancyId,
    /// What the work is called.
    pub title: String,
    /// Who hires.
    pub employer_id: EmployerId,
    /// Their name.
    pub employer_name: String,
}

/// Graduates and jobs by id.
#[derive(Debug, Default)]
pub(in crate::app) struct Faces {
    graduates: FxHashMap<GraduateId, Face>,
    jobs: FxHashMap<VacancyId, Job>,
}

impl Faces {
    /// One graduate.
    pub(in crate::app) fn graduate(&self, id: GraduateId) -> Face {
        let blank = || Face { id, display_name: String::new(), district: None, phone: None, competencies: Vec::new() };
        self.graduates.get(&id).cloned().unwrap_or_else(blank)
    }

    /// One job.
    pub(in crate::app) fn job(&self, id: VacancyId, employer_id: EmployerId) -> Job {
        let blank = || Job { id, title: String::new(), employer_id, employer_name: String::new() };
        self.jobs.get(&id).cloned().unwrap_or_else(blank)
    }
}

/// How much of a person staff ask to see; employers see what the person showed them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Depth {
    /// The name, for lists.
    Line,
    /// The telephone too, for one record.
    Record,
}

impl App {
    /// The people and jobs of some rows, as this actor may see them.
    pub(in crate::app) async fn faces<C: Connection>(
        &self,
        db: &C,
        actor: &Actor,
        now: DateTime<Utc>,
        pairs: &[(GraduateId, VacancyId)],
        depth: Depth,
    ) -> Result<Faces, AppError> {
        if pairs.is_empty() {
            return Ok(Faces::default());
        }
        let graduate_ids = distinct(pairs.iter().map(|(graduate, _)| *graduate));
        let shown: FxHashSet<GraduateId> = match actor.employer.filter(|_| actor.is_employer()) {
            Some(employer) => faces::shown_to(db, employer, &graduate_ids).await?.into_iter().collect(),
            None => graduate_ids.iter().copied().collect(),
        };
        let with_phone = actor.is_employer() || (actor.is_staff() && depth == Depth::Record);
        let graduates = faces::graduates(db, &graduate_ids).await?;
        let keys = if with_phone { people_of(db, &graduates, &shown).await? } else { FxHashMap::default() };
        let mut found = Faces { graduates: FxHashMap::default(), jobs: self.jobs(db, pairs).await? };
        let mut read = Vec::new();
        for row in &graduates {
            let mut face = self.face(row, shown.contains(&row.id), now);
            if let Some(person) = keys.get(&row.person_id).filter(|person| person.data_key.is_some()) {
                face.phone = self.keyring.person_key(person.data_key.as_deref())?.open_text(row.phone_sealed.as_deref())?;
                read.extend(face.phone.as_ref().map(|_| reading(actor, now, row.person_id, row.office_id)));
            }
            found.graduates.insert(row.id, face);
        }
        if matches!(actor.who, Who::Account(_)) {
            rows::insert_many(db, read).await?;
        }
        Ok(found)
    }

    async fn jobs<C: Connection>(&self, db: &C, pairs: &[(GraduateId, VacancyId)]) -> Result<FxHashMap<VacancyId, Job>, AppError> {
        let vacancies = faces::vacancies(db, &distinct(pairs.iter().map(|(_, vacancy)| *vacancy))).await?;
        let employers = faces::employers(db, &distinct(vacancies.iter().map(|row| row.employer_id))).await?;
        let names: FxHashMap<EmployerId, String> = employers.into_iter().map(|row| (row.id, row.name)).collect();
        let job = |row: crate::store::entity::vacancy::Model| {
            let employer_name = names.get(&row.employer_id).cloned().unwrap_or_default();
            (row.id, Job { id: row.id, title: row.title, employer_id: row.employer_id, employer_name })
        };
        Ok(vacancies.into_iter().map(job).collect())
    }

    fn face(&self, row: &graduate::Model, named: bool, now: DateTime<Utc>) -> Face {
        let initials = || Name::parse(&row.name).map(|name| name.initials()).unwrap_or_default();
        let (index, knowledge, today) = (self.index(), self.knowledge(), Zone::Wib.day_of(now));
        let held = index.candidate(row.id).map(|candidate| candidate.units).unwrap_or_default();
        let mut competencies: Vec<Competency> = held
            .iter()
            .filter(|unit| unit.expires.is_none_or(|last| last >= today))
            .map(|unit| Competency { code: unit.code.as_str().to_owned(), title: knowledge.unit_title(&unit.code) })
            .collect();
        competencies.sort_by(|left, right| left.code.cmp(&right.code));
        competencies.dedup();
        Face {
            id: row.id,
            display_name: if named { row.name.clone() } else { initials() },
            district: row.district_code.clone(),
            phone: None,
            competencies,
        }
    }
}

async fn people_of<C: Connection>(
    db: &C,
    graduates: &[graduate::Model],
    shown: &FxHashSet<GraduateId>,
) -> Result<FxHashMap<PersonId, person::Model>, AppError> {
    let ids = distinct(graduates.iter().filter(|row| shown.contains(&row.id)).map(|row| row.person_id));
    Ok(people::persons(db, &ids).await?.into_iter().map(|row| (row.id, row)).collect())
}

fn reading(actor: &Actor, now: DateTime<Utc>, person_id: PersonId, office: OfficeId) -> read_log::Model {
    read_log::Model {
        id: id::fresh::<RowId>(),
        at: now,
        account_id: actor.account,
        office_id: Some(office),
        person_id,
        purpose: "placement".to_owned(),
    }
}

fn distinct<I: Ord>(ids: impl Iterator<Item = I>) -> Vec<I> {
    let mut ids: Vec<I> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
