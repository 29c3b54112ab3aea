//! Notes on records: of the own office, or shared with others who hold the same record.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::app::error::AppError;
use crate::app::field::{Form, TEXT};
use crate::app::files::Subject;
use crate::app::work::{Look, Work};
use crate::engine::id::{AccountId, NoteId, OfficeId, PersonId};
use crate::engine::kinds::Role;
use crate::store::entity::{graduate, note, offer, vacancy};
use crate::store::scope::Scope;
use crate::store::{id, notes, people, rows};
use crate::words::refusal::Refusal;

/// A note, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteView {
    /// The note.
    pub id: NoteId,
    /// Whose it is.
    pub office_id: OfficeId,
    /// What it is about.
    pub entity: String,
    /// Which one.
    pub entity_id: Uuid,
    /// What it says.
    pub text: String,
    /// Whether other offices that hold the same record may read it.
    pub shared: bool,
    /// Who wrote it.
    pub written_by: Option<AccountId>,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl Work<'_> {
    /// Writes a note, sealed with the person's key where it is about a person.
    pub async fn write_note(&self, subject: Subject, about: Uuid, text: &str, shared: bool) -> Result<NoteView, AppError> {
        let mut form = Form::default();
        let text = form.text("/text", text, TEXT);
        let notable = matches!(subject, Subject::Graduate | Subject::Employer | Subject::Vacancy | Subject::Offer);
        form.require(notable, "/entity", Refusal::CodeUnknown { allowed: "graduate, employer, vacancy, offer".to_owned() });
        form.done()?;
        let owner = self.owner_of(subject, about).await?;
        let row = note::Model {
            id: id::fresh(),
            office_id: owner.office,
            entity: subject.code().to_owned(),
            entity_id: about,
            person_id: owner.person,
            shared,
            text_sealed: self.sealed_for(owner.person, text.as_bytes()).await?,
            written_by: self.by(),
            created_at: self.now,
        };
        rows::insert(self.tx, row.clone()).await?;
        self.did("write", "note", row.id, row.office_id).await?;
        Ok(view_of(row, text))
    }
}

impl Look<'_> {
    /// Notes on a record of the actor's scope. An instructor reads own notes and those that were shared.
    pub async fn notes(&self, about: Uuid) -> Result<Vec<NoteView>, AppError> {
        let person = self.person_noted(about).await?;
        if let Some(person) = person {
            self.noted_reading(person, "notes").await?;
        }
        let instructs = self.actor.who == crate::app::actor::Who::Account(Role::Instructor);
        let scope = self.actor.office.map_or_else(|| self.scope(), Scope::Office);
        let found = notes::notes(self.db(), &scope, about, person).await?;
        let own = self.actor.account;
        let readable = found.into_iter().filter(|row| !instructs || row.shared || row.written_by == own);
        let mut views = Vec::new();
        for row in readable {
            if let Some(text) = self.opened(&row).await? {
                views.push(view_of(row, text));
            }
        }
        Ok(views)
    }

    /// The person a record is about, if it lies in the actor's scope; 404 otherwise.
    async fn person_noted(&self, about: Uuid) -> Result<Option<PersonId>, AppError> {
        let scope = self.scope();
        if let Some(row) = rows::find::<graduate::Entity>(self.db(), &scope, about).await? {
            return Ok(Some(row.person_id));
        }
        if let Some(row) = rows::find::<offer::Entity>(self.db(), &scope, about).await? {
            return Ok(Some(row.person_id));
        }
        if rows::find::<vacancy::Entity>(self.db(), &scope, about).await?.is_some() {
            return Ok(None);
        }
        let partner = !notes::partner_offices(self.db(), &scope, about.into()).await?.is_empty();
        if partner { Ok(None) } else { Err(Refusal::NotFound.into()) }
    }

    async fn opened(&self, row: &note::Model) -> Result<Option<String>, AppError> {
        let bytes = match row.person_id {
            None => self.app.keyring.open(&row.text_sealed)?,
            Some(person) => {
                let person = people::person(self.db(), person).await?.ok_or(Refusal::NotFound)?;
                let Some(wrapped) = person.data_key else { return Ok(None) };
                self.app.keyring.person_key(Some(&wrapped))?.open(&row.text_sealed)?
            }
        };
        String::from_utf8(bytes).map(Some).map_err(|_not_text| AppError::Internal("a sealed note is not text".to_owned()))
    }
}

fn view_of(row: note::Model, text: String) -> NoteView {
    NoteView {
        id: row.id,
        office_id: row.office_id,
        entity: row.entity,
        entity_id: row.entity_id,
        text,
        shared: row.shared,
        written_by: row.written_by,
        created_at: row.created_at,
    }
}
