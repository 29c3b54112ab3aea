//! What a class list would do: for each row a new person, a known one in a new class, or one already there.
//!
//! Planning only reads. Identity is the NIK; without one, the same folded name and birth date in the same class.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::app::error::AppError;
use crate::app::imports::report::{Difference, EarlierClasses, KnownElsewhere, ProblemLine};
use crate::app::work::Work;
use crate::engine::geo::RegionCode;
use crate::engine::id::{BatchId, GraduateId, OfficeId, ParticipantId, PersonId};
use crate::engine::kinds::{ParticipantStatus, Sex, TrainingResult};
use crate::engine::name::search_key;
use crate::engine::unit_code::UnitCode;
use crate::seal::keyring::PersonKey;
use crate::sheet::participants::{Parsed, ParticipantRow, PersonPart};
use crate::store::entity::{batch, graduate, participant, person, programme};
use crate::store::imports;
use crate::words::import::RowProblem;
use crate::words::refusal::Refusal;

/// A class that a file names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ClassName {
    pub programme: String,
    pub batch: String,
}

/// Where a row's person will sit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// A class that is there.
    Known(BatchId),
    /// A class to be made from what the file says.
    New(ClassName),
}

/// What becomes of one row.
#[derive(Debug)]
pub(super) enum Fate {
    /// A person nobody knew.
    NewPerson,
    /// A person another office knows: a graduate here.
    NewGraduate(PersonId),
    /// A graduate of this office, new in this class.
    NewPlace(Box<graduate::Model>),
    /// Already in this class.
    Present(Box<graduate::Model>, Box<participant::Model>),
}

/// One row and its fate.
#[derive(Debug)]
pub(super) struct Planned {
    pub index: usize,
    pub class: Class,
    pub fate: Fate,
}

/// A whole file planned.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub rows: Vec<Planned>,
    pub batches: FxHashMap<BatchId, batch::Model>,
    pub programmes: Vec<programme::Model>,
    pub people: FxHashMap<PersonId, person::Model>,
    pub unit_results: FxHashMap<ParticipantId, Vec<(String, String)>>,
    pub problems: Vec<ProblemLine>,
    pub differences: Vec<Difference>,
    pub earlier_classes: Vec<EarlierClasses>,
    pub known_elsewhere: Vec<KnownElsewhere>,
}

/// What is stored about the people a file names.
struct Known {
    by_nik: FxHashMap<Vec<u8>, person::Model>,
    here: FxHashMap<PersonId, graduate::Model>,
    elsewhere: FxHashMap<PersonId, String>,
    named: FxHashMap<String, Vec<graduate::Model>>,
    places: FxHashMap<GraduateId, Vec<participant::Model>>,
}

/// Plans a class list for an office; `batch` is the class chosen at upload.
pub(super) async fn of(
    work: &Work<'_>,
    office: OfficeId,
    batch: Option<BatchId>,
    parsed: &Parsed<ParticipantRow>,
) -> Result<Plan, AppError> {
    let batches = imports::batches(work.tx, office).await?;
    let programmes = imports::programmes(work.tx, office).await?;
    let mut plan = Plan { programmes, ..Plan::default() };
    if let Some(id) = batch {
        let chosen = work.locked::<batch::Entity>(id).await?;
        if chosen.closed_at.is_some() {
            return Err(Refusal::BatchClosed.into());
        }
    }
    plan.batches = batches.into_iter().map(|row| (row.id, row)).collect();
    let mut known = known(work, office, &parsed.rows).await?;
    plan.people = known.by_nik.values().map(|person| (person.id, person.clone())).collect();
    plan.people.extend(imports::people(work.tx, &known.named.values().flatten().map(|row| row.person_id).collect::<Vec<_>>()).await?);
    for (index, row) in parsed.rows.iter().enumerate() {
        let Some(class) = class_of(&plan, batch, row) else {
            plan.problems.push(ProblemLine::new(row.row, "", "", RowProblem::ClassUnnamed));
            continue;
        };
        let fate = fate_of(work, &plan, &mut known, &class, row)?;
        plan.note(&known, row, &class, &fate);
        plan.rows.push(Planned { index, class, fate });
    }
    plan.compare(work, parsed).await?;
    Ok(plan)
}

async fn known(work: &Work<'_>, office: OfficeId, rows: &[ParticipantRow]) -> Result<Known, AppError> {
    let hashes: Vec<Vec<u8>> =
        rows.iter().filter_map(|row| row.person.nik.as_ref()).map(|nik| work.app.keyring.nik_hash(nik.as_str())).collect();
    let by_nik = imports::people_by_nik(work.tx, &hashes).await?;
    let people: Vec<PersonId> = by_nik.values().map(|person| person.merged_into.unwrap_or(person.id)).collect();
    let offices = imports::office_names(work.tx).await?;
    let (mut here, mut elsewhere) = (FxHashMap::default(), FxHashMap::default());
    for row in imports::graduates_of(work.tx, &people).await? {
        if row.office_id == office {
            here.insert(row.person_id, row);
        } else {
            elsewhere.insert(row.person_id, offices.get(&row.office_id).cloned().unwrap_or_default());
        }
    }
    let keys: Vec<String> = rows.iter().filter(|row| row.person.nik.is_none()).map(|row| row.person.name.key()).collect();
    let mut named: FxHashMap<String, Vec<graduate::Model>> = FxHashMap::default();
    for row in imports::graduates_named(work.tx, office, &keys).await? {
        named.entry(row.name_key.clone()).or_default().push(row);
    }
    let graduates: FxHashSet<GraduateId> = here.values().chain(named.values().flatten()).map(|row| row.id).collect();
    let mut places: FxHashMap<GraduateId, Vec<participant::Model>> = FxHashMap::default();
    for row in imports::places_of(work.tx, &graduates.into_iter().collect::<Vec<_>>()).await? {
        places.entry(row.graduate_id).or_default().push(row);
    }
    Ok(Known { by_nik, here, elsewhere, named, places })
}

/// The class of a row: the one chosen at upload, else the one its columns name.
fn class_of(plan: &Plan, chosen: Option<BatchId>, row: &ParticipantRow) -> Option<Class> {
    if let Some(batch) = chosen {
        return Some(Class::Known(batch));
    }
    let training = &row.training;
    let (programme, batch) = (training.programme.clone()?, training.batch.clone()?);
    let same_programme = |id| plan.programmes.iter().any(|known| known.id == id && search_key(&known.title) == search_key(&programme));
    let found = plan.batches.values().find(|known| search_key(&known.name) == search_key(&batch) && same_programme(known.programme_id));
    match found {
        Some(found) => Some(Class::Known(found.id)),
        None if training.starts_on.is_some() && training.ends_on.is_some() => Some(Class::New(ClassName { programme, batch })),
        None => None,
    }
}

fn fate_of(work: &Work<'_>, plan: &Plan, known: &mut Known, class: &Class, row: &ParticipantRow) -> Result<Fate, AppError> {
    let graduate = match &row.person.nik {
        Some(nik) => {
            let Some(person) = known.by_nik.get(&work.app.keyring.nik_hash(nik.as_str())) else { return Ok(Fate::NewPerson) };
            let person = person.merged_into.unwrap_or(person.id);
            match known.here.get(&person) {
                Some(graduate) => graduate.clone(),
                None => return Ok(Fate::NewGraduate(person)),
            }
        }
        None => match same_in_class(work, plan, known, class, &row.person)? {
            Some(graduate) => graduate,
            None => return Ok(Fate::NewPerson),
        },
    };
    let place = known.places.get(&graduate.id).into_iter().flatten().find(|place| Class::Known(place.batch_id) == *class).cloned();
    Ok(match place {
        Some(place) => Fate::Present(Box::new(graduate), Box::new(place)),
        None => Fate::NewPlace(Box::new(graduate)),
    })
}

/// Without a NIK: somebody already in this class with the same folded name and no other birth date.
fn same_in_class(
    work: &Work<'_>,
    plan: &Plan,
    known: &Known,
    class: &Class,
    person: &PersonPart,
) -> Result<Option<graduate::Model>, AppError> {
    for graduate in known.named.get(&person.name.key()).into_iter().flatten() {
        let in_class = known.places.get(&graduate.id).into_iter().flatten().any(|place| Class::Known(place.batch_id) == *class);
        let Some(stored) = plan.people.get(&graduate.person_id) else { continue };
        if !in_class || stored.data_key.is_none() {
            continue;
        }
        let key = work.person_key(stored.data_key.as_deref())?;
        let born = key.open_text(graduate.birth_date_sealed.as_deref())?;
        let read = person.birth_date.map(|day| day.to_string());
        if born.is_none() || read.is_none() || born == read {
            return Ok(Some(graduate.clone()));
        }
    }
    Ok(None)
}

impl Plan {
    fn note(&mut self, known: &Known, row: &ParticipantRow, class: &Class, fate: &Fate) {
        match fate {
            Fate::NewGraduate(person) => {
                if let Some(office) = known.elsewhere.get(person) {
                    self.known_elsewhere.push(KnownElsewhere { row: row.row, office: office.clone() });
                }
            }
            Fate::NewPlace(graduate) | Fate::Present(graduate, _) => {
                let places = known.places.get(&graduate.id).into_iter().flatten();
                let others = places.filter(|place| Class::Known(place.batch_id) != *class && place.status != ParticipantStatus::Removed);
                let classes: Vec<String> =
                    others.filter_map(|place| self.batches.get(&place.batch_id).map(|batch| batch.name.clone())).collect();
                if !classes.is_empty() {
                    self.earlier_classes.push(EarlierClasses { row: row.row, classes });
                }
            }
            Fate::NewPerson => {}
        }
    }

    /// Where the file and what is stored disagree about people already in the class.
    async fn compare(&mut self, work: &Work<'_>, parsed: &Parsed<ParticipantRow>) -> Result<(), AppError> {
        let present: Vec<ParticipantId> =
            self.rows.iter().filter_map(|row| if let Fate::Present(_, place) = &row.fate { Some(place.id) } else { None }).collect();
        for result in imports::unit_results_of(work.tx, &present).await? {
            self.unit_results.entry(result.participant_id).or_default().push((result.code, result.result.code().to_owned()));
        }
        let mut differences = Vec::new();
        for planned in &self.rows {
            let (Fate::Present(graduate, place), Some(row)) = (&planned.fate, parsed.rows.get(planned.index)) else { continue };
            let person = self.people.get(&graduate.person_id).cloned();
            let person = match person {
                Some(person) => person,
                None => crate::store::people::person(work.tx, graduate.person_id).await?.ok_or(Refusal::NotFound)?,
            };
            if person.data_key.is_some() {
                let key = work.person_key(person.data_key.as_deref())?;
                differences.extend(differing_person(graduate, &key, row)?);
            }
            differences.extend(differing_results(graduate, place, self.unit_results.get(&place.id), row));
        }
        self.differences = differences;
        Ok(())
    }
}

fn difference(row: &ParticipantRow, graduate: &graduate::Model, field: &str, stored: &str, read: &str) -> Option<Difference> {
    (stored != read && !read.is_empty()).then(|| Difference {
        row: row.row,
        graduate_id: graduate.id.0,
        field: field.to_owned(),
        stored: stored.to_owned(),
        read: read.to_owned(),
    })
}

/// Personal fields that differ; what is sealed is starred in the report.
fn differing_person(graduate: &graduate::Model, key: &PersonKey, row: &ParticipantRow) -> Result<Vec<Difference>, AppError> {
    let person = &row.person;
    let mut found = Vec::new();
    found.extend(difference(row, graduate, "name", &graduate.name, person.name.as_str()));
    let district = person.district.as_ref().map(RegionCode::as_str).unwrap_or_default();
    found.extend(difference(row, graduate, "district", graduate.district_code.as_deref().unwrap_or_default(), district));
    found.extend(difference(
        row,
        graduate,
        "sex",
        graduate.sex.map(Sex::code).unwrap_or_default(),
        person.sex.map(Sex::code).unwrap_or_default(),
    ));
    let sealed = [
        ("phone", &graduate.phone_sealed, person.phone.as_ref().map(|phone| phone.as_str().to_owned())),
        ("email", &graduate.email_sealed, person.email.clone()),
        ("address", &graduate.address_sealed, person.address.clone()),
        ("birth_date", &graduate.birth_date_sealed, person.birth_date.map(|day| day.to_string())),
        ("birth_place", &graduate.birth_place_sealed, person.birth_place.clone()),
    ];
    for (field, stored, read) in sealed {
        let stored = key.open_text(stored.as_deref())?.unwrap_or_default();
        if let Some(line) = difference(row, graduate, field, &stored, &read.unwrap_or_default()) {
            found.push(Difference { stored: starred(&line.stored), read: starred(&line.read), ..line });
        }
    }
    Ok(found)
}

fn differing_results(
    graduate: &graduate::Model,
    place: &participant::Model,
    units: Option<&Vec<(String, String)>>,
    row: &ParticipantRow,
) -> Vec<Difference> {
    let mut found = Vec::new();
    let (stored, read) = (place.result.map(TrainingResult::code), row.training.result.map(TrainingResult::code));
    found.extend(difference(row, graduate, "result", stored.unwrap_or_default(), read.unwrap_or_default()));
    for (code, result) in &row.unit_results {
        let stored = units.into_iter().flatten().find(|(stored, _)| UnitCode::parse(stored).as_ref() == Some(code));
        let stored = stored.map(|(_, result)| result.as_str()).unwrap_or_default();
        found.extend(difference(row, graduate, &format!("unit:{code}"), stored, result.code()));
    }
    found
}

fn starred(text: &str) -> String {
    let length = text.chars().count();
    text.chars().enumerate().map(|(at, c)| if at + 2 >= length { c } else { '*' }).collect()
}
