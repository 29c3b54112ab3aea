//! Entering people: one person for the installation, one graduate for each office that knows them.

use crate::app::details::{Details, PersonEdit, WishEdit};
use crate::app::duplicates::Likeness;
use crate::app::error::AppError;
use crate::app::field::{Form, TEXT};
use crate::app::people::GraduateView;
use crate::app::work::{Work, fresh_version};
use crate::engine::id::{GraduateId, OfficeId};
use crate::engine::kinds::Role;
use crate::engine::nik::Nik;
use crate::engine::unit_code::UnitCode;
use crate::store::entity::{account, claimed_unit, employer_block, graduate, office, person};
use crate::store::{id, people, rows};
use crate::words::refusal::Refusal;

/// How many competences a person may claim.
const MOST_CLAIMS: usize = 100;

/// A person just entered.
#[derive(Debug, Clone)]
pub struct Registered {
    /// What the office now knows.
    pub graduate: GraduateView,
    /// The name of another office that knows the same NIK; nothing more of it (DECISIONS 1).
    pub known_elsewhere: Option<String>,
    /// People of the office who may be the same.
    pub possible_duplicates: Vec<Likeness>,
}

/// A person entered, before it is shown.
#[derive(Debug)]
pub(in crate::app) struct Entered {
    pub(in crate::app) graduate: graduate::Model,
    pub(in crate::app) known_elsewhere: Option<String>,
    pub(in crate::app) possible_duplicates: Vec<Likeness>,
}

impl Work<'_> {
    /// Registers a person with an office.
    ///
    /// A NIK that the office knows is refused with the record it belongs to; one known only elsewhere makes a graduate
    /// here on the same person.
    pub async fn register(&self, office: Option<OfficeId>, edit: &PersonEdit) -> Result<Registered, AppError> {
        let entered = self.enter(office, edit).await?;
        let graduate = self.app.graduate_view(self.tx, self.actor, self.today(), entered.graduate).await?;
        Ok(Registered { graduate, known_elsewhere: entered.known_elsewhere, possible_duplicates: entered.possible_duplicates })
    }

    pub(in crate::app) async fn enter(&self, office: Option<OfficeId>, edit: &PersonEdit) -> Result<Entered, AppError> {
        let office = self.office(office)?;
        self.found::<office::Entity>(office).await?;
        let mut form = Form::default();
        form.require(edit.name.is_some(), "/name", Refusal::FieldMissing { field: "name".to_owned() });
        let details = edit.parse(&mut form, &self.app.knowledge(), self.today());
        let mut row = self.blank_graduate(office);
        edit.wishes.put(&mut row, &mut form);
        let claims = self.claims_of(row.id, edit, &mut form);
        form.done()?;
        let (person, known_elsewhere) = self.person_behind(office, details.nik.as_ref().and_then(Option::as_ref)).await?;
        row.person_id = person.id;
        details.put(&mut row, &self.person_key(person.data_key.as_deref())?)?;
        if !rows::insert_once(self.tx, row.clone()).await? {
            return Err(self.nik_known(office, person.id, "register").await?);
        }
        self.put_employers(row.id, &edit.wishes).await?;
        people::put_claims(self.tx, row.id, claims.unwrap_or_default()).await?;
        self.did("register", "graduate", row.id, office).await?;
        let possible_duplicates = self.propose_duplicates(&row, &person).await?;
        self.refresh_candidates(&[person.id]).await?;
        Ok(Entered { graduate: row, known_elsewhere, possible_duplicates })
    }

    /// Changes what is known of a person; by personal link, only what is the person's own to change (D12).
    pub async fn edit_person(&self, graduate: GraduateId, edit: &PersonEdit, version: i32) -> Result<GraduateView, AppError> {
        if !self.actor.is_staff()
            && let Some(field) = edit.field_of_staff()
        {
            return Err(Refusal::FieldNotYours { field: field.to_owned() }.into());
        }
        let (mut row, person) = self.locked_graduate(graduate).await?;
        fresh_version(row.version, version)?;
        let mut form = Form::default();
        let details = edit.parse(&mut form, &self.app.knowledge(), self.today());
        edit.wishes.put(&mut row, &mut form);
        let claims = self.claims_of(row.id, edit, &mut form);
        form.done()?;
        if let Some(nik) = &details.nik {
            self.set_nik(&row, &person, nik.as_ref()).await?;
        }
        details.put(&mut row, &self.person_key(person.data_key.as_deref())?)?;
        self.put_employers(row.id, &edit.wishes).await?;
        if let Some(claims) = claims {
            people::put_claims(self.tx, row.id, claims).await?;
        }
        let row = self.saved_graduate(row, "edit").await?;
        if details.is_identity() {
            let person = people::person(self.tx, person.id).await?.ok_or(Refusal::NotFound)?;
            self.propose_duplicates(&row, &person).await?;
        }
        self.app.graduate_view(self.tx, self.actor, self.today(), row).await
    }

    /// A graduate in the actor's scope and the person behind, both locked, person first; erased people are refused.
    pub(in crate::app) async fn locked_graduate(&self, graduate: GraduateId) -> Result<(graduate::Model, person::Model), AppError> {
        let row = self.found::<graduate::Entity>(graduate).await?;
        let person = people::lock_person(self.tx, row.person_id).await?.ok_or(Refusal::NotFound)?;
        let row = self.locked::<graduate::Entity>(graduate).await?;
        if person.erased_at.is_some() || row.name.is_empty() {
            return Err(Refusal::PersonErased.into());
        }
        Ok((row, person))
    }

    /// Writes a changed graduate with its next version, its trace and its packed row.
    pub(in crate::app) async fn saved_graduate(&self, row: graduate::Model, action: &str) -> Result<graduate::Model, AppError> {
        let row = graduate::Model { version: row.version + 1, updated_at: self.now, ..row };
        rows::update(self.tx, row.clone()).await?;
        self.did(action, "graduate", row.id, row.office_id).await?;
        self.refresh_candidates(&[row.person_id]).await?;
        Ok(row)
    }

    fn blank_graduate(&self, office: OfficeId) -> graduate::Model {
        let officer = self.by().filter(|_| self.actor.who == crate::app::actor::Who::Account(Role::Officer));
        graduate::Model {
            id: id::fresh(),
            office_id: office,
            person_id: id::fresh(),
            officer_id: officer,
            name: String::new(),
            name_key: String::new(),
            sex: None,
            district_code: None,
            district_text: None,
            nik_sealed: None,
            phone_sealed: None,
            email_sealed: None,
            address_sealed: None,
            birth_date_sealed: None,
            birth_place_sealed: None,
            disability_sealed: None,
            notes_sealed: None,
            education: None,
            available: true,
            available_from: None,
            paused_until: None,
            wants_change: false,
            radius_km: None,
            transport: None,
            ready_to_board: false,
            refused_shifts: serde_json::json!([]),
            wage_wish: None,
            wage_wish_unit: None,
            wished_kbji: serde_json::json!([]),
            parent_consent_at: None,
            created_at: self.now,
            updated_at: self.now,
            version: 1,
        }
    }

    /// The person with this NIK, or a new one; and the name of another office that knows the person.
    async fn person_behind(&self, office: OfficeId, nik: Option<&Nik>) -> Result<(person::Model, Option<String>), AppError> {
        let hash = nik.map(|nik| self.app.keyring.nik_hash(nik.as_str()));
        if let Some(known) = self.person_with(hash.as_deref()).await? {
            return self.joined(office, known).await;
        }
        let (_key, wrapped) = self.app.keyring.new_person_key()?;
        let row = person::Model {
            id: id::fresh(),
            nik_hash: hash.clone(),
            data_key: Some(wrapped),
            data_key_id: Some(self.app.keyring.id().to_owned()),
            committed_hours: 0,
            merged_into: None,
            erased_at: None,
            limited_at: None,
            objects_to_ranking: false,
            created_at: self.now,
            version: 1,
        };
        if rows::insert_once(self.tx, row.clone()).await? {
            return Ok((row, None));
        }
        let known = self.person_with(hash.as_deref()).await?.ok_or(Refusal::InFlight)?;
        self.joined(office, known).await
    }

    async fn person_with(&self, hash: Option<&[u8]>) -> Result<Option<person::Model>, AppError> {
        let Some(hash) = hash else { return Ok(None) };
        let Some(known) = people::lock_by_nik(self.tx, hash).await? else { return Ok(None) };
        match known.merged_into {
            Some(into) => Ok(people::lock_person(self.tx, into).await?),
            None => Ok(Some(known)),
        }
    }

    async fn joined(&self, office: OfficeId, known: person::Model) -> Result<(person::Model, Option<String>), AppError> {
        if people::graduate_of(self.tx, office, known.id).await?.is_some() {
            return Err(self.nik_known(office, known.id, "register").await?);
        }
        let elsewhere = people::office_elsewhere(self.tx, office, known.id).await?;
        Ok((known, elsewhere.map(|office| office.name)))
    }

    /// The refusal for a NIK that the office knows: which record has it and whom to ask (D10).
    async fn nik_known(&self, office: OfficeId, person: crate::engine::id::PersonId, what: &str) -> Result<AppError, AppError> {
        let known = people::graduate_of(self.tx, office, person).await?;
        let known = known.ok_or_else(|| AppError::Internal(format!("{what}: the graduate of a known NIK is gone")))?;
        let officer = match known.officer_id {
            Some(officer) => rows::find::<account::Entity>(self.tx, &self.scope(), officer).await?.map(|row| row.display_name),
            None => None,
        };
        let ask = match officer {
            Some(name) => name,
            None => self.found::<office::Entity>(office).await?.name,
        };
        Ok(AppError::Exists { refusal: Refusal::NikKnown { ask }, existing: known.id.0 })
    }

    /// Gives a person another NIK. One that belongs to somebody else, or a person whom another office knows by it, is refused.
    async fn set_nik(&self, row: &graduate::Model, person: &person::Model, nik: Option<&Nik>) -> Result<(), AppError> {
        let hash = nik.map(|nik| self.app.keyring.nik_hash(nik.as_str()));
        if hash == person.nik_hash {
            return Ok(());
        }
        if let Some(other) = self.person_with(hash.as_deref()).await?
            && other.id != person.id
        {
            if people::graduate_of(self.tx, row.office_id, other.id).await?.is_some() {
                return Err(self.nik_known(row.office_id, other.id, "edit").await?);
            }
            return Err(self.known_elsewhere(row.office_id, other.id).await?);
        }
        if person.nik_hash.is_some() && people::office_elsewhere(self.tx, row.office_id, person.id).await?.is_some() {
            return Err(self.known_elsewhere(row.office_id, person.id).await?);
        }
        let changed = person::Model { nik_hash: hash, version: person.version + 1, ..person.clone() };
        Ok(rows::update(self.tx, changed).await?)
    }

    async fn known_elsewhere(&self, own: OfficeId, person: crate::engine::id::PersonId) -> Result<AppError, AppError> {
        let office = people::office_elsewhere(self.tx, own, person).await?.map(|office| office.name).unwrap_or_default();
        Ok(Refusal::NikKnownElsewhere { office }.into())
    }

    pub(in crate::app) async fn put_employers(&self, graduate: GraduateId, wishes: &WishEdit) -> Result<(), AppError> {
        let lists = [("/ranked_employers", &wishes.ranked_employers), ("/blocked_employers", &wishes.blocked_employers)];
        for (pointer, list) in lists {
            let wanted = list.as_deref().unwrap_or_default();
            let known = people::known_employers(self.tx, wanted).await?;
            if let Some(place) = wanted.iter().position(|employer| !known.contains(employer)) {
                return Err(AppError::field(&format!("{pointer}/{place}"), Refusal::NotFound));
            }
        }
        if let Some(ranked) = &wishes.ranked_employers {
            people::put_wishes(self.tx, graduate, &once_each(ranked)).await?;
        }
        if let Some(blocked) = &wishes.blocked_employers {
            let blocks = once_each(blocked);
            let block = |employer_id| employer_block::Model { graduate_id: graduate, employer_id, created_at: self.now };
            people::put_blocks(self.tx, graduate, blocks.into_iter().map(block).collect()).await?;
        }
        Ok(())
    }

    /// What somebody claims to master: a unit of the catalogue where a code was written, a local name otherwise.
    fn claims_of(&self, graduate: GraduateId, edit: &PersonEdit, form: &mut Form) -> Option<Vec<claimed_unit::Model>> {
        let written = edit.claimed.as_ref()?;
        form.require(written.len() <= MOST_CLAIMS, "/claimed", Refusal::ListTooLong { limit: MOST_CLAIMS });
        let knowledge = self.app.knowledge();
        let mut claims: Vec<claimed_unit::Model> = Vec::new();
        for (place, text) in written.iter().enumerate().take(MOST_CLAIMS) {
            let pointer = format!("/claimed/{place}");
            let text = form.text(&pointer, text, TEXT);
            let code = knowledge.catalogue.find(&text).map(|unit| unit.code.clone()).or_else(|| UnitCode::local(&text));
            let Some(code) = code else {
                form.refuse(&pointer, Refusal::TextRequired);
                continue;
            };
            if !claims.iter().any(|claim| claim.code == code.as_str()) {
                claims.push(claimed_unit::Model { graduate_id: graduate, code: code.as_str().to_owned(), text });
            }
        }
        Some(claims)
    }
}

impl Details {
    /// Whether it names who somebody is, so that likenesses must be looked for again.
    fn is_identity(&self) -> bool {
        self.name.is_some() || self.nik.is_some() || self.birth_date.is_some()
    }
}

/// The list without repetitions, first place kept.
fn once_each<T: Copy + PartialEq>(list: &[T]) -> Vec<T> {
    let mut once = Vec::with_capacity(list.len());
    for member in list {
        if !once.contains(member) {
            once.push(*member);
        }
    }
    once
}
