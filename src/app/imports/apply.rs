//! Stores a planned class list in one transaction, a few hundred rows a statement.

use rustc_hash::FxHashMap;
use serde_json::json;

use crate::app::error::AppError;
use crate::app::imports::job::{ImportRequest, Outcome, Progress, complaints};
use crate::app::imports::plan::{Class, ClassName, Fate, Plan, Planned};
use crate::app::imports::report::{Counts, ProblemLine};
use crate::app::work::Work;
use crate::engine::absorption::event::Act;
use crate::engine::id::{BatchId, GraduateId, ImportId, OfficeId, ParticipantId, PersonId, ProgrammeId};
use crate::engine::kinds::{Assessment, CertificateStatus, EvidenceLevel, OutcomeSource, ParticipantStatus};
use crate::engine::name::search_key;
use crate::engine::nik::Nik;
use crate::engine::unit_code::UnitCode;
use crate::seal::keyring::PersonKey;
use crate::seal::token;
use crate::sheet::participants::{CertificatePart, OutcomePart, Parsed, ParticipantRow, PersonPart};
use crate::store::entity::{
    batch, certificate, certificate_unit, graduate, import_row, office, outcome_event, participant, person, programme, programme_unit,
    unit_result,
};
use crate::store::{id, imports, rows};
use crate::words::import::RowProblem;
use crate::words::refusal::Refusal;

/// Rows gathered for storing.
#[derive(Default)]
struct Gathered {
    people: Vec<person::Model>,
    graduates: Vec<graduate::Model>,
    participants: Vec<participant::Model>,
    unit_results: Vec<unit_result::Model>,
    certificates: Vec<certificate::Model>,
    certificate_units: Vec<certificate_unit::Model>,
    events: Vec<outcome_event::Model>,
    import_rows: Vec<import_row::Model>,
    changed_graduates: Vec<graduate::Model>,
    changed_participants: Vec<participant::Model>,
    changed_units: Vec<unit_result::Model>,
    touched: Vec<PersonId>,
}

/// What storing needs to know of the office.
struct Ground {
    office: office::Model,
    units: FxHashMap<ProgrammeId, Vec<String>>,
    partners: FxHashMap<String, crate::engine::id::EmployerId>,
    taken: FxHashMap<(String, String), PersonId>,
}

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

fn issuer_of(ground: &Ground, stated: &CertificatePart) -> String {
    stated.issuer.clone().unwrap_or_else(|| ground.office.name.clone())
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
    refuse_overfull(work, plan, &gathered).await?;
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
async fn refuse_overfull(work: &Work<'_>, plan: &Plan, gathered: &Gathered) -> Result<(), AppError> {
    let mut added: FxHashMap<BatchId, u64> = FxHashMap::default();
    for place in gathered.participants.iter().filter(|place| place.status != ParticipantStatus::Withdrawn) {
        *added.entry(place.batch_id).or_default() += 1;
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
    rows::insert_many(work.tx, gathered.people).await?;
    rows::insert_many(work.tx, gathered.graduates).await?;
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
    work.refresh_candidates(&gathered.touched).await
}

/// One row on its way into the store.
struct Gathering<'a> {
    work: &'a Work<'a>,
    import: ImportId,
    request: &'a ImportRequest,
    plan: &'a Plan,
    ground: &'a Ground,
    batch: &'a batch::Model,
    taught: &'a [String],
    row: &'a ParticipantRow,
}

impl Gathering<'_> {
    async fn gather(&self, fate: &Fate, into: &mut Gathered) -> Result<(), AppError> {
        match fate {
            Fate::NewPerson => {
                let (key, wrapped) = self.work.app.keyring.new_person_key()?;
                let person = self.new_person(wrapped);
                let graduate = self.new_graduate(person.id, &key)?;
                into.people.push(person);
                into.graduates.push(graduate.clone());
                self.new_place(&graduate, into)?;
            }
            Fate::NewGraduate(person) => {
                let stored = self.plan.people.get(person).ok_or(Refusal::NotFound)?;
                let key = self.work.person_key(stored.data_key.as_deref())?;
                let graduate = self.new_graduate(*person, &key)?;
                into.graduates.push(graduate.clone());
                self.new_place(&graduate, into)?;
            }
            Fate::NewPlace(graduate) => self.new_place(graduate, into)?,
            Fate::Present(graduate, place) => {
                let outcome = if self.request.apply_differences { self.overwrite(graduate, place, into).await? } else { "unchanged" };
                self.note(graduate.id, outcome, into);
            }
        }
        Ok(())
    }

    fn new_person(&self, wrapped: Vec<u8>) -> person::Model {
        person::Model {
            id: id::fresh(),
            nik_hash: self.row.person.nik.as_ref().map(|nik| self.work.app.keyring.nik_hash(nik.as_str())),
            data_key: Some(wrapped),
            data_key_id: Some(self.work.app.keyring.id().to_owned()),
            committed_hours: 0,
            merged_into: None,
            erased_at: None,
            limited_at: None,
            objects_to_ranking: false,
            created_at: self.work.now,
            version: 1,
        }
    }

    fn new_graduate(&self, person: PersonId, key: &PersonKey) -> Result<graduate::Model, AppError> {
        let blank = graduate::Model {
            id: id::fresh(),
            office_id: self.ground.office.id,
            person_id: person,
            officer_id: self.work.by(),
            name: String::new(),
            name_key: String::new(),
            sex: None,
            district_code: self.batch.district_code.clone(),
            district_text: None,
            nik_sealed: key.seal_text(self.row.person.nik.as_ref().map(Nik::as_str))?,
            phone_sealed: None,
            email_sealed: None,
            address_sealed: None,
            birth_date_sealed: None,
            birth_place_sealed: None,
            disability_sealed: key.seal_text(self.row.person.disability.as_deref())?,
            notes_sealed: None,
            education: self.row.person.education.clone(),
            available: true,
            available_from: None,
            paused_until: None,
            wants_change: false,
            radius_km: None,
            transport: None,
            ready_to_board: false,
            refused_shifts: json!([]),
            wage_wish: None,
            wage_wish_unit: None,
            wished_kbji: json!([]),
            parent_consent_at: None,
            created_at: self.work.now,
            updated_at: self.work.now,
            version: 0,
        };
        self.filled(blank, key)
    }

    /// A graduate with what the row says of the person; what the row leaves out stays.
    fn filled(&self, graduate: graduate::Model, key: &PersonKey) -> Result<graduate::Model, AppError> {
        let PersonPart { name, phone, email, sex, address, birth_place, birth_date, district_text, district, .. } = &self.row.person;
        let sealed = |read: Option<String>, stored: Option<Vec<u8>>| match read {
            Some(read) => key.seal_text(Some(&read)),
            None => Ok(stored),
        };
        Ok(graduate::Model {
            name: name.as_str().to_owned(),
            name_key: name.key(),
            sex: sex.or(graduate.sex),
            district_code: district.as_ref().map(|code| code.as_str().to_owned()).or(graduate.district_code),
            district_text: district_text.clone().or(graduate.district_text),
            phone_sealed: sealed(phone.as_ref().map(|phone| phone.as_str().to_owned()), graduate.phone_sealed)?,
            email_sealed: sealed(email.clone(), graduate.email_sealed)?,
            address_sealed: sealed(address.clone(), graduate.address_sealed)?,
            birth_date_sealed: sealed(birth_date.map(|day| day.to_string()), graduate.birth_date_sealed)?,
            birth_place_sealed: sealed(birth_place.clone(), graduate.birth_place_sealed)?,
            updated_at: self.work.now,
            version: graduate.version + 1,
            ..graduate
        })
    }

    fn new_place(&self, graduate: &graduate::Model, into: &mut Gathered) -> Result<(), AppError> {
        let training = &self.row.training;
        let finished = training.completion.or(training.result.map(|_| ParticipantStatus::Completed));
        let place = participant::Model {
            id: id::fresh(),
            batch_id: self.batch.id,
            graduate_id: graduate.id,
            office_id: self.ground.office.id,
            status: finished.unwrap_or(ParticipantStatus::Enrolled),
            reserve_rank: None,
            attendance_percent: training.attendance.as_deref().and_then(percent),
            result: training.result,
            assessed: self.assessed(),
            result_on: None,
            removal_reason: None,
            removed_at: None,
            import_id: Some(self.import),
            created_at: self.work.now,
            version: 1,
        };
        into.unit_results.extend(self.row.unit_results.iter().map(|(code, result)| self.unit_result(place.id, code, *result)));
        if let Some(stated) = &self.row.certificate {
            self.certificate(graduate, stated, into)?;
        }
        if let Some(stated) = &self.row.outcome {
            into.events.push(self.outcome(graduate, stated));
        }
        into.touched.push(graduate.person_id);
        into.participants.push(place);
        self.note(graduate.id, "created", into);
        Ok(())
    }

    /// Assessed competent where every unit with a result is competent and a BNSP certificate is stated.
    fn assessed(&self) -> Option<Assessment> {
        let bnsp = self.row.certificate.as_ref().is_some_and(|stated| stated.kind == crate::engine::kinds::CertificateKind::Bnsp);
        let competent = self.row.unit_results.iter().all(|(_, result)| *result == Assessment::Competent);
        (bnsp && competent).then_some(Assessment::Competent)
    }

    fn unit_result(&self, participant: ParticipantId, code: &UnitCode, result: Assessment) -> unit_result::Model {
        unit_result::Model { participant_id: participant, code: code.as_str().to_owned(), result, recorded_at: self.work.now }
    }

    fn certificate(&self, graduate: &graduate::Model, stated: &CertificatePart, into: &mut Gathered) -> Result<(), AppError> {
        let issuer = issuer_of(self.ground, stated);
        if self.ground.taken.contains_key(&(issuer.clone(), stated.number.clone())) {
            return Ok(());
        }
        let row = certificate::Model {
            id: id::fresh(),
            person_id: graduate.person_id,
            graduate_id: graduate.id,
            office_id: self.ground.office.id,
            batch_id: Some(self.batch.id),
            kind: stated.kind,
            issuer,
            number: stated.number.clone(),
            scheme_code: None,
            issued_on: stated.issued_on.unwrap_or(self.batch.ends_on),
            valid_until: stated.valid_until,
            status: CertificateStatus::Valid,
            revoked_on: None,
            revoked_reason: None,
            verify_code: token::short_code()?,
            file_id: None,
            created_by: self.work.by(),
            created_at: self.work.now,
            version: 1,
        };
        let proved: Vec<String> = if self.row.unit_results.is_empty() {
            self.taught.to_vec()
        } else {
            let competent = self.row.unit_results.iter().filter(|(_, result)| *result == Assessment::Competent);
            competent.map(|(code, _)| code.as_str().to_owned()).collect()
        };
        into.certificate_units.extend(proved.into_iter().map(|code| certificate_unit::Model {
            certificate_id: row.id,
            written: code.clone(),
            code,
            level: None,
        }));
        into.certificates.push(row);
        Ok(())
    }

    /// What an old sheet says became of somebody: an event that nobody has verified.
    fn outcome(&self, graduate: &graduate::Model, stated: &OutcomePart) -> outcome_event::Model {
        let partner = stated.employer_name.as_deref().and_then(|name| self.ground.partners.get(&search_key(name)).copied());
        let kind = match (stated.kind, partner) {
            (crate::engine::kinds::OutcomeKind::OtherEmployer, Some(_)) => crate::engine::kinds::OutcomeKind::Partner,
            (kind, _) => kind,
        };
        let on = stated.on.unwrap_or(self.batch.ends_on);
        outcome_event::Model {
            employer_id: partner,
            employer_name: stated.employer_name.clone(),
            job_text: stated.job_title.clone(),
            source: OutcomeSource::Import,
            evidence: EvidenceLevel::Import,
            import_id: Some(self.import),
            ..self.work.event(graduate, Act::Reported, kind, on)
        }
    }

    /// Takes over what the file says where it differs; answers what became of the row.
    async fn overwrite(
        &self,
        graduate: &graduate::Model,
        place: &participant::Model,
        into: &mut Gathered,
    ) -> Result<&'static str, AppError> {
        let person = crate::store::people::person(self.work.tx, graduate.person_id).await?.ok_or(Refusal::NotFound)?;
        let key = self.work.person_key(person.data_key.as_deref())?;
        into.changed_graduates.push(self.filled(graduate.clone(), &key)?);
        let result = self.row.training.result.or(place.result);
        into.changed_participants.push(participant::Model { result, version: place.version + 1, ..place.clone() });
        let stored = self.plan.unit_results.get(&place.id);
        for (code, result) in &self.row.unit_results {
            let known = stored.into_iter().flatten().any(|(stored, _)| stored == code.as_str());
            let row = self.unit_result(place.id, code, *result);
            if known { into.changed_units.push(row) } else { into.unit_results.push(row) }
        }
        into.touched.push(graduate.person_id);
        Ok("updated")
    }

    fn note(&self, graduate: GraduateId, outcome: &str, into: &mut Gathered) {
        into.import_rows.push(import_row::Model {
            import_id: self.import,
            row_number: i32::try_from(self.row.row).unwrap_or(i32::MAX),
            target_id: Some(graduate.0),
            outcome: outcome.to_owned(),
            sealed: None,
        });
    }
}

/// `95`, `95 %` or `95,5%` as whole percent; a count of days is not one.
fn percent(text: &str) -> Option<i32> {
    let digits = text.trim().trim_end_matches('%').trim();
    let whole = digits.split(['.', ',']).next()?;
    whole.parse().ok().filter(|percent| (0..=100).contains(percent))
}
