//! One row of a class list on its way into the store: the person, the place in the class, results, certificate, outcome.

use serde_json::json;

use crate::app::error::AppError;
use crate::app::imports::job::ImportRequest;
use crate::app::imports::plan::{Fate, Plan};
use crate::app::work::Work;
use crate::engine::absorption::event::Act;
use crate::engine::id::{GraduateId, ImportId, ParticipantId, PersonId, ProgrammeId};
use crate::engine::kinds::{Assessment, CertificateStatus, EvidenceLevel, OutcomeSource, ParticipantStatus};
use crate::engine::name::search_key;
use crate::engine::nik::Nik;
use crate::engine::unit_code::UnitCode;
use crate::seal::keyring::PersonKey;
use crate::seal::token;
use crate::sheet::participants::{CertificatePart, OutcomePart, ParticipantRow, PersonPart};
use crate::store::entity::{
    batch, certificate, certificate_unit, graduate, import_row, office, outcome_event, participant, person, unit_result,
};
use crate::store::id;
use crate::words::refusal::Refusal;
use rustc_hash::FxHashMap;

/// Rows gathered for storing.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) people: Vec<person::Model>,
    pub(super) graduates: Vec<graduate::Model>,
    pub(super) participants: Vec<participant::Model>,
    pub(super) unit_results: Vec<unit_result::Model>,
    pub(super) certificates: Vec<certificate::Model>,
    pub(super) certificate_units: Vec<certificate_unit::Model>,
    pub(super) events: Vec<outcome_event::Model>,
    pub(super) import_rows: Vec<import_row::Model>,
    pub(super) changed_graduates: Vec<graduate::Model>,
    pub(super) changed_participants: Vec<participant::Model>,
    pub(super) changed_units: Vec<unit_result::Model>,
    pub(super) touched: Vec<PersonId>,
}

/// What storing needs to know of the office.
pub(super) struct Ground {
    pub(super) office: office::Model,
    pub(super) units: FxHashMap<ProgrammeId, Vec<String>>,
    pub(super) partners: FxHashMap<String, crate::engine::id::EmployerId>,
    pub(super) taken: FxHashMap<(String, String), PersonId>,
}

/// Who issued a certificate: as stated, else the office.
pub(super) fn issuer_of(ground: &Ground, stated: &CertificatePart) -> String {
    stated.issuer.clone().unwrap_or_else(|| ground.office.name.clone())
}

/// One row on its way into the store.
pub(super) struct Gathering<'a> {
    pub(super) work: &'a Work<'a>,
    pub(super) import: ImportId,
    pub(super) request: &'a ImportRequest,
    pub(super) plan: &'a Plan,
    pub(super) ground: &'a Ground,
    pub(super) batch: &'a batch::Model,
    pub(super) taught: &'a [String],
    pub(super) row: &'a ParticipantRow,
}

impl Gathering<'_> {
    pub(super) async fn gather(&self, fate: &Fate, into: &mut Gathered) -> Result<(), AppError> {
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
