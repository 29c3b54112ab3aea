//! Stores a planned class list in one transaction, a few hundred rows a statement.

use rustc_hash::FxHashMap;
use serde_json::json;

use crate::app::error::AppError;
use crate::app::imports::gather::{Gathered, Gathering, Ground, issuer_of};
use crate::app::imports::job::{ImportRequest, Outcome, Progress};
use crate::app::imports::plan::{Class, ClassName, Fate, Plan, Planned};
use crate::app::imports::reading::complaints;
use crate::app::imports::report::{Counts, ProblemLine};
use crate::app::work::Work;
use crate::engine::id::{BatchId, ImportId, OfficeId, ProgrammeId};
use crate::engine::kinds::ParticipantStatus;
use crate::engine::name::search_key;
use crate::engine::unit_code::UnitCode;
use crate::sheet::participants::{Parsed, ParticipantRow};
use crate::store::entity::{batch, office, programme, programme_unit};
use crate::store::{id, imports, rows};
use crate::words::import::RowProblem;
use crate::words::refusal::Refusal;

/// Up to so many new people are compared with those the office knows; a class list is far below, a nation's register far above.
const LOOKED_AFTER: usize = 200;

/// Stores a plan unless it is a dry run or rows were refused; answers what happened, or would.
pub(super) async fn run(
    work: &Work<'_>,
    office: OfficeId,
    import: ImportId,
    request: &ImportRequest,
    parsed: &Parsed<ParticipantRow>,
    mut plan: Plan,
    progress: &Progress,
) -> Result<Outcome, AppError> {
    let (mut report, mut rejected) = complaints(parsed);
    let ground = ground(work, office, parsed).await?;
    let clashes = clashes(&ground, &plan, parsed);
    rejected += plan.problems.len() + clashes.len();
    plan.rows.retain(|planned| !clashes.contains_key(&planned.index));
    report.problems.extend(plan.problems.drain(..).chain(clashes.into_values()));
    report.problems.sort_by_key(|line| line.row);
    report.differences = std::mem::take(&mut plan.differences);
    report.earlier_classes = std::mem::take(&mut plan.earlier_classes);
    report.known_elsewhere = std::mem::take(&mut plan.known_elsewhere);
    let counts = counts(parsed.rows.len().max(plan.rows.len()), rejected, &plan, request, &report);
    if rejected > 0 && !request.partial {
        let counts = Counts { total: counts.total, rejected, ..Counts::default() };
        return Ok(Outcome { counts, report, rejected: true });
    }
    refuse_overfull(work, &plan, parsed).await?;
    if !request.dry_run {
        store(work, import, request, parsed, &mut plan, &ground, progress).await?;
    }
    Ok(Outcome { counts, report, rejected: false })
}

fn counts(
    understood: usize,
    rejected: usize,
    plan: &Plan,
    request: &ImportRequest,
    report: &crate::app::imports::report::ImportReport,
) -> Counts {
    let present = plan.rows.iter().filter(|planned| matches!(planned.fate, Fate::Present(..))).count();
    let mut differing: Vec<u32> = report.differences.iter().map(|line| line.row).collect();
    differing.dedup();
    let updated = if request.apply_differences { differing.len() } else { 0 };
    let refused_late = plan.problems.len();
    Counts {
        total: understood + rejected - refused_late.min(rejected),
        created: plan.rows.len() - present,
        updated,
        unchanged: present - updated,
        rejected,
    }
}

async fn ground(work: &Work<'_>, office: OfficeId, parsed: &Parsed<ParticipantRow>) -> Result<Ground, AppError> {
    let office = rows::find::<office::Entity>(work.tx, &crate::store::scope::Scope::All, office).await?.ok_or(Refusal::NotFound)?;
    let partners = imports::partners(work.tx, office.id).await?.into_iter().map(|row| (row.name_key, row.id)).collect();
    let numbers: Vec<String> = parsed.rows.iter().filter_map(|row| row.certificate.as_ref()).map(|stated| stated.number.clone()).collect();
    let taken = imports::certificates_numbered(work.tx, &numbers).await?;
    let taken = taken.into_iter().map(|row| ((row.issuer, row.number), row.person_id)).collect();
    Ok(Ground { office, units: FxHashMap::default(), partners, taken })
}

/// Rows whose certificate number belongs to somebody else.
fn clashes(ground: &Ground, plan: &Plan, parsed: &Parsed<ParticipantRow>) -> FxHashMap<usize, ProblemLine> {
    let clash = |planned: &Planned| {
        let row = parsed.rows.get(planned.index)?;
        let stated = row.certificate.as_ref()?;
        let holder = ground.taken.get(&(issuer_of(ground, stated), stated.number.clone()))?;
        let own = match &planned.fate {
            Fate::NewPerson => None,
            Fate::NewGraduate(person) => Some(*person),
            Fate::NewPlace(graduate) | Fate::Present(graduate, _) => Some(graduate.person_id),
        };
        let message = RowProblem::CertificateTaken { number: stated.number.clone() };
        (own != Some(*holder)).then(|| (planned.index, ProblemLine::new(row.row, "", &stated.number, message)))
    };
    plan.rows.iter().filter_map(clash).collect()
}

async fn store(
    work: &Work<'_>,
    import: ImportId,
    request: &ImportRequest,
    parsed: &Parsed<ParticipantRow>,
    plan: &mut Plan,
    ground: &Ground,
    progress: &Progress,
) -> Result<(), AppError> {
    let made = make_classes(work, plan, parsed, ground).await?;
    let mut units: FxHashMap<ProgrammeId, Vec<String>> = ground.units.clone();
    for batch in plan.batches.values() {
        if let std::collections::hash_map::Entry::Vacant(slot) = units.entry(batch.programme_id) {
            slot.insert(imports::programme_units(work.tx, batch.programme_id).await?.into_iter().map(|unit| unit.code).collect());
        }
    }
    let mut gathered = Gathered::default();
    progress.of(plan.rows.len());
    for (done, planned) in plan.rows.iter().enumerate() {
        let Some(row) = parsed.rows.get(planned.index) else { continue };
        let batch = class_id(&planned.class, &made).and_then(|id| plan.batches.get(&id)).ok_or(Refusal::NotFound)?;
        let taught = units.get(&batch.programme_id).map(Vec::as_slice).unwrap_or_default();
        let gathering = Gathering { work, import, request, plan, ground, batch, taught, row };
        gathering.gather(&planned.fate, &mut gathered).await?;
        progress.reach(done + 1);
    }
    write(work, gathered).await
}

fn class_id(class: &Class, made: &FxHashMap<ClassName, BatchId>) -> Option<BatchId> {
    match class {
        Class::Known(id) => Some(*id),
        Class::New(name) => made.get(name).copied(),
    }
}

/// Makes the programmes and classes that the file names and nobody has made yet.
async fn make_classes(
    work: &Work<'_>,
    plan: &mut Plan,
    parsed: &Parsed<ParticipantRow>,
    ground: &Ground,
) -> Result<FxHashMap<ClassName, BatchId>, AppError> {
    let mut made = FxHashMap::default();
    let wanted: Vec<(ClassName, usize)> = plan
        .rows
        .iter()
        .filter_map(|planned| if let Class::New(name) = &planned.class { Some((name.clone(), planned.index)) } else { None })
        .collect();
    for (name, index) in &wanted {
        let Some(row) = parsed.rows.get(*index).filter(|_| !made.contains_key(name)) else { continue };
        let capacity = wanted.iter().filter(|(other, _)| other == name).count();
        let programme = match plan.programmes.iter().find(|known| search_key(&known.title) == search_key(&name.programme)) {
            Some(known) => known.id,
            None => make_programme(work, plan, ground, &name.programme, row, parsed).await?,
        };
        let (Some(starts_on), Some(ends_on)) = (row.training.starts_on, row.training.ends_on) else { continue };
        let batch = batch::Model {
            id: id::fresh(),
            office_id: ground.office.id,
            programme_id: programme,
            name: name.batch.clone(),
            capacity: i32::try_from(capacity).unwrap_or(i32::MAX),
            reserve_capacity: 0,
            starts_on,
            ends_on,
            place: None,
            district_code: None,
            instructor_id: None,
            instructor_name: None,
            partner_id: None,
            fund: row.training.fund.clone(),
            cost: None,
            target_percent: None,
            consent_signed_on: None,
            consent_file_id: None,
            closed_at: None,
            created_at: work.now,
            version: 1,
        };
        rows::insert(work.tx, batch.clone()).await?;
        work.did("create", "batch", batch.id, ground.office.id).await?;
        made.insert(name.clone(), batch.id);
        plan.batches.insert(batch.id, batch);
    }
    Ok(made)
}

async fn make_programme(
    work: &Work<'_>,
    plan: &mut Plan,
    ground: &Ground,
    title: &str,
    row: &ParticipantRow,
    parsed: &Parsed<ParticipantRow>,
) -> Result<ProgrammeId, AppError> {
    let programme = programme::Model {
        id: id::fresh(),
        office_id: ground.office.id,
        title: title.to_owned(),
        trade: row.training.trade.clone(),
        hours_jp: row.training.hours_jp.map(i32::from),
        method: None,
        training_type: None,
        scheme_code: None,
        created_at: work.now,
        version: 1,
    };
    let mut codes: Vec<&UnitCode> = parsed.rows.iter().flat_map(|row| row.unit_results.iter().map(|(code, _)| code)).collect();
    codes.sort_unstable();
    codes.dedup();
    let units = codes.iter().enumerate().map(|(position, code)| programme_unit::Model {
        programme_id: programme.id,
        code: code.as_str().to_owned(),
        position: i32::try_from(position).unwrap_or(i32::MAX),
        level: None,
    });
    let (id, units) = (programme.id, units.collect::<Vec<_>>());
    rows::insert(work.tx, programme.clone()).await?;
    rows::insert_many(work.tx, units).await?;
    work.did("create", "programme", id, ground.office.id).await?;
    plan.programmes.push(programme);
    Ok(id)
}

/// A class holds no more people than its capacity; who is over it must be put on the reserve list by hand.
async fn refuse_overfull(work: &Work<'_>, plan: &Plan, parsed: &Parsed<ParticipantRow>) -> Result<(), AppError> {
    let mut added: FxHashMap<BatchId, u64> = FxHashMap::default();
    for planned in plan.rows.iter().filter(|planned| !matches!(planned.fate, Fate::Present(..))) {
        let left = parsed.rows.get(planned.index).is_some_and(|row| row.training.completion == Some(ParticipantStatus::Withdrawn));
        if let (Class::Known(batch), false) = (&planned.class, left) {
            *added.entry(*batch).or_default() += 1;
        }
    }
    for (id, added) in added {
        let capacity = plan.batches.get(&id).map_or(0, |batch| batch.capacity);
        if imports::enrolled(work.tx, id).await? + added > u64::try_from(capacity).unwrap_or(0) {
            return Err(Refusal::BatchFull { capacity }.into());
        }
    }
    Ok(())
}

async fn write(work: &Work<'_>, gathered: Gathered) -> Result<(), AppError> {
    let office = gathered.graduates.first().map(|row| row.office_id);
    for place in &gathered.participants {
        work.changed("participant", place.id, Some(place.office_id));
    }
    rows::insert_many(work.tx, gathered.people.clone()).await?;
    rows::insert_many(work.tx, gathered.graduates.clone()).await?;
    rows::insert_many(work.tx, gathered.participants).await?;
    rows::insert_many(work.tx, gathered.unit_results).await?;
    rows::insert_many(work.tx, gathered.certificates).await?;
    rows::insert_many(work.tx, gathered.certificate_units).await?;
    rows::insert_many(work.tx, gathered.events).await?;
    rows::insert_many(work.tx, gathered.import_rows).await?;
    for row in gathered.changed_graduates {
        work.record("update", "graduate", row.id, office, json!({"by": "import"})).await?;
        rows::update(work.tx, row).await?;
    }
    for row in gathered.changed_participants {
        work.record("update", "participant", row.id, office, json!({"by": "import"})).await?;
        rows::update(work.tx, row).await?;
    }
    for row in gathered.changed_units {
        rows::update(work.tx, row).await?;
    }
    if gathered.people.len() <= LOOKED_AFTER {
        for person in &gathered.people {
            for graduate in gathered.graduates.iter().filter(|graduate| graduate.person_id == person.id) {
                work.propose_duplicates(graduate, person).await?;
            }
        }
    }
    work.refresh_candidates(&gathered.touched).await
}
