//! What to teach next: which unit, programme or scheme, taught to whom, adds the most placements.
//!
//! Rows are read here and the engine plans. Promised seats that are no vacancy yet say nothing of what they ask; they stand
//! beside the plan and are not in it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rustc_hash::FxHashSet;
use serde::Serialize;
use uuid::Uuid;

use crate::app::error::AppError;
use crate::app::field::Form;
use crate::app::market::Unopened;
use crate::app::permission::{Permission, ReadReportPeople};
use crate::app::work::Look;
use crate::coded_enum;
use crate::engine::geo::RegionCode;
use crate::engine::id::{EmployerId, GraduateId, ProgrammeId};
use crate::engine::plan::gap::{Only, Worth, gap};
use crate::engine::unit_code::UnitCode;
use crate::store::entity::{employer, programme};
use crate::store::page::Slice;
use crate::store::{catalogue, classes, people};

coded_enum! {
    /// What is taught at once.
    pub enum GapBy {
        /// One competency unit.
        Unit = "unit",
        /// All units of a certification scheme.
        Scheme = "scheme",
        /// All units of a programme.
        Programme = "programme",
    }
}

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct GapAsk {
    /// Code of the cut; `unit` where absent.
    pub group_by: Option<String>,
    /// Teach only people who live in this district, regency or province.
    pub district: Option<String>,
    /// Teach only for this partner's seats.
    pub employer: Option<EmployerId>,
}

/// One unit, scheme or programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GapLine {
    /// Code of the unit or scheme, id of the programme.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Open vacancies with a free seat that require it, or a unit it stands for.
    pub vacancies: u32,
    /// Free seats in them.
    pub seats_free: u32,
    /// People eligible for one of them, other units apart, who hold it.
    pub holders: u32,
    /// People eligible for one of them who lack it and nothing else.
    pub lacking_only_this: u32,
    /// Of those, who say they master it.
    pub claiming_it: u32,
    /// How many more the largest plan places once they are taught; `None` where it was not solved.
    pub added_placements: Option<u32>,
    /// The fewest people to teach for that.
    pub taught_fewest: Option<u32>,
    /// Who they are; `None` for whoever may not read people.
    pub taught: Option<Vec<Uuid>>,
    /// Seats that partners promised to graduates of programmes that teach it and have not opened.
    pub promised_unopened: u32,
}

/// The report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GapReport {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// Code of the cut.
    pub group_by: String,
    /// Version of the catalogue.
    pub catalogue: String,
    /// Free seats of all open vacancies.
    pub seats_free: u32,
    /// People the largest plan places in them as things are.
    pub placed_today: u32,
    /// Seats promised and not opened, for any programme.
    pub promised_unopened: u32,
    /// The lines, those that add most first.
    pub items: Vec<GapLine>,
}

/// Something that can be taught.
struct Subject {
    code: String,
    title: String,
    units: Vec<UnitCode>,
    /// Which programmes teach it.
    programmes: FxHashSet<ProgrammeId>,
}

impl Look<'_> {
    /// What to teach next, within the offices the actor sees.
    pub async fn competency_gap(&self, ask: &GapAsk) -> Result<GapReport, AppError> {
        let mut form = Form::default();
        let by = form.coded::<GapBy>("/group_by", ask.group_by.as_deref()).unwrap_or(GapBy::Unit);
        let district = form.region("/district", ask.district.as_deref());
        form.done()?;
        if let Some(employer) = ask.employer {
            self.found::<employer::Entity>(employer).await?;
        }
        let (_, open) = self.market(&self.scope()).await?;
        let programmes = self.taught_by_programme().await?;
        let mut subjects = match by {
            GapBy::Unit => self.unit_subjects(&open, &programmes),
            GapBy::Scheme => self.scheme_subjects(&programmes).await?,
            GapBy::Programme => programme_subjects(&programmes),
        };
        subjects.retain(|subject| !subject.units.is_empty());
        let only = Only { people: self.residents(district.as_ref()).await?, offices: self.own_offices().await?, employer: ask.employer };
        let (index, today) = (self.app.index(), self.today());
        let units: Vec<Vec<UnitCode>> = subjects.iter().map(|subject| subject.units.clone()).collect();
        let planned = tokio::task::spawn_blocking(move || gap(&index, &open, &units, &only, today)).await;
        let planned = planned.map_err(|panic| AppError::Internal(panic.to_string()))?;
        let planned = planned.map_err(|error| AppError::Internal(error.to_string()))?;
        let mut unopened = self.unopened(&self.scope(), today).await?;
        unopened.retain(|promise| ask.employer.is_none_or(|named| named == promise.row.employer_id));
        let shows_people = ReadReportPeople::allows(self.actor.who);
        let lines = subjects.into_iter().zip(planned.worth).map(|(subject, worth)| line(subject, worth, &unopened, shows_people));
        let mut items: Vec<GapLine> = lines.filter(|line| by == GapBy::Unit || line.vacancies > 0 || line.promised_unopened > 0).collect();
        items.sort_by(|left, right| order(left).cmp(&order(right)));
        Ok(GapReport {
            as_of: today,
            group_by: by.code().to_owned(),
            catalogue: self.app.knowledge().catalogue.version(),
            seats_free: planned.seats_free,
            placed_today: planned.placed,
            promised_unopened: sum(unopened.iter()),
            items,
        })
    }

    /// The programmes the actor sees, with their units.
    async fn taught_by_programme(&self) -> Result<Vec<(programme::Model, Vec<UnitCode>)>, AppError> {
        let rows = classes::programmes(self.db(), &self.scope(), Slice::all()).await?.rows;
        let mut units: BTreeMap<ProgrammeId, Vec<UnitCode>> = BTreeMap::new();
        for chunk in rows.chunks(PART) {
            let ids: Vec<ProgrammeId> = chunk.iter().map(|row| row.id).collect();
            for unit in classes::programme_units(self.db(), &ids).await? {
                units.entry(unit.programme_id).or_default().extend(UnitCode::parse(&unit.code));
            }
        }
        Ok(rows.into_iter().map(|row| (units.remove(&row.id).unwrap_or_default(), row)).map(|(units, row)| (row, units)).collect())
    }

    fn unit_subjects(&self, open: &[crate::engine::plan::Open], programmes: &[(programme::Model, Vec<UnitCode>)]) -> Vec<Subject> {
        let lines = open.iter().flat_map(|one| &one.demand.lines).filter(|line| line.excludes());
        let required: BTreeSet<UnitCode> = lines.map(|line| line.unit.clone()).collect();
        let knowledge = self.app.knowledge();
        let subject = |code: UnitCode| Subject {
            title: knowledge.unit_title(&code),
            programmes: programmes.iter().filter(|(_, units)| units.contains(&code)).map(|(row, _)| row.id).collect(),
            code: code.as_str().to_owned(),
            units: vec![code],
        };
        required.into_iter().map(subject).collect()
    }

    /// A scheme's units are those its own list names and those of the programmes that lead to it.
    async fn scheme_subjects(&self, programmes: &[(programme::Model, Vec<UnitCode>)]) -> Result<Vec<Subject>, AppError> {
        let mut subjects: BTreeMap<String, Subject> = BTreeMap::new();
        for row in catalogue::schemes(self.db()).await? {
            let codes: Vec<String> = serde_json::from_value(row.unit_codes).unwrap_or_default();
            let units = codes.iter().filter_map(|code| UnitCode::parse(code)).collect();
            let subject = Subject { code: row.code.clone(), title: row.title, units, programmes: FxHashSet::default() };
            subjects.insert(row.code, subject);
        }
        let knowledge = self.app.knowledge();
        for (row, units) in programmes {
            let Some(code) = row.scheme_code.clone() else { continue };
            let named = || knowledge.catalogue.schemes().iter().find(|scheme| scheme.code == code).map(|scheme| scheme.title.clone());
            let subject = subjects.entry(code.clone()).or_insert_with(|| Subject {
                title: named().unwrap_or_else(|| code.clone()),
                code: code.clone(),
                units: Vec::new(),
                programmes: FxHashSet::default(),
            });
            subject.programmes.insert(row.id);
            for unit in units {
                if !subject.units.contains(unit) {
                    subject.units.push(unit.clone());
                }
            }
        }
        Ok(subjects.into_values().collect())
    }

    async fn residents(&self, district: Option<&RegionCode>) -> Result<Option<FxHashSet<GraduateId>>, AppError> {
        let Some(district) = district else { return Ok(None) };
        Ok(Some(people::residents(self.db(), &self.scope(), district.as_str()).await?.into_iter().collect()))
    }
}

fn programme_subjects(programmes: &[(programme::Model, Vec<UnitCode>)]) -> Vec<Subject> {
    let subject = |(row, units): &(programme::Model, Vec<UnitCode>)| Subject {
        code: row.id.to_string(),
        title: row.title.clone(),
        units: units.clone(),
        programmes: std::iter::once(row.id).collect(),
    };
    programmes.iter().map(subject).collect()
}

/// How many programmes one query names.
const PART: usize = 500;

fn line(subject: Subject, worth: Worth, unopened: &[Unopened], shows_people: bool) -> GapLine {
    let promised = unopened.iter().filter(|promise| promise.programme.is_some_and(|id| subject.programmes.contains(&id)));
    let count = |people: &Vec<GraduateId>| u32::try_from(people.len()).unwrap_or(u32::MAX);
    GapLine {
        code: subject.code,
        title: subject.title,
        vacancies: worth.vacancies,
        seats_free: worth.seats_free,
        holders: worth.holders,
        lacking_only_this: worth.lacking,
        claiming_it: worth.claiming,
        added_placements: worth.gain.as_ref().map(|gain| gain.added),
        taught_fewest: worth.gain.as_ref().map(|gain| count(&gain.taught)),
        taught: worth.gain.filter(|_| shows_people).map(|gain| gain.taught.into_iter().map(Uuid::from).collect()),
        promised_unopened: sum(promised),
    }
}

fn sum<'a>(promises: impl Iterator<Item = &'a Unopened>) -> u32 {
    promises.fold(0, |sum, promise| sum.saturating_add(promise.seats))
}

/// Most added first, then fewest to teach, then most lacking, then most seats.
fn order(line: &GapLine) -> impl Ord + use<'_> {
    use std::cmp::Reverse;
    (Reverse(line.added_placements), line.taught_fewest, Reverse((line.lacking_only_this, line.seats_free)), line.code.as_str())
}
