//! Evidence files: scanned papers and photographs, sealed; small, and of three kinds only.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::app::actor::Who;
use crate::app::error::AppError;
use crate::app::work::{Look, Work};
use crate::coded_enum;
use crate::engine::id::{EmployerId, FileId, OfficeId, PersonId};
use crate::seal::token;
use crate::store::entity::{
    batch, certificate, commitment, evidence_file, graduate, offer, office, outcome_event, placement, referral, vacancy,
};
use crate::store::{id, notes, people, rows};
use crate::words::refusal::Refusal;

/// The largest file, in bytes.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;

coded_enum! {
    /// What a file or note is about.
    pub enum Subject {
        /// A graduate.
        Graduate = "graduate",
        /// A certificate.
        Certificate = "certificate",
        /// A batch.
        Batch = "batch",
        /// An employer.
        Employer = "employer",
        /// A commitment.
        Commitment = "commitment",
        /// A vacancy.
        Vacancy = "vacancy",
        /// A referral.
        Referral = "referral",
        /// An offer.
        Offer = "offer",
        /// A placement.
        Placement = "placement",
        /// An outcome.
        Outcome = "outcome",
    }
}

/// A file, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileView {
    /// The file.
    pub id: FileId,
    /// `image/png`, `image/jpeg` or `application/pdf`, by its first bytes.
    pub media_type: String,
    /// How large, in bytes.
    pub size_bytes: i64,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// What it is about.
    pub entity: String,
    /// Which one.
    pub entity_id: Option<Uuid>,
    /// When it came.
    pub created_at: DateTime<Utc>,
}

/// Whose record it is that a file or note hangs on.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct Owner {
    pub(in crate::app) office: OfficeId,
    pub(in crate::app) employer: Option<EmployerId>,
    pub(in crate::app) person: Option<PersonId>,
}

impl Work<'_> {
    /// Keeps a file about a record of the actor's scope. What it was called is not kept: names of files name people.
    pub async fn keep_file(&self, subject: Subject, about: Option<Uuid>, bytes: &[u8]) -> Result<FileView, AppError> {
        let media_type = media_type_of(bytes).ok_or_else(|| AppError::field("/file", Refusal::FileTypeRefused))?;
        let owner = match about {
            Some(about) => self.owner_of(subject, about).await?,
            None => self.own_record().await?,
        };
        let sealed = self.sealed_for(owner.person, bytes).await?;
        // A file is the employer's to read if the employer brought it, or if it is about the employer and nobody else.
        let employer = owner.employer.filter(|_| self.actor.is_employer() || owner.person.is_none());
        let row = evidence_file::Model {
            id: id::fresh(),
            office_id: owner.office,
            employer_id: employer,
            person_id: owner.person,
            entity: subject.code().to_owned(),
            entity_id: about,
            media_type: media_type.to_owned(),
            file_name: format!("{}.{}", subject.code(), extension_of(media_type)),
            size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            sha256: token::digest(bytes),
            sealed: Some(sealed),
            uploaded_by: self.by(),
            created_at: self.now,
        };
        rows::insert(self.tx, row.clone()).await?;
        self.did("upload", "evidence_file", row.id, row.office_id).await?;
        Ok(row.into())
    }

    /// Bytes sealed with a person's key, or with the installation's where they are nobody's.
    pub(in crate::app) async fn sealed_for(&self, person: Option<PersonId>, bytes: &[u8]) -> Result<Vec<u8>, AppError> {
        let Some(person) = person else { return Ok(self.app.keyring.seal(bytes)?) };
        let person = people::person(self.tx, person).await?.ok_or(Refusal::NotFound)?;
        if person.erased_at.is_some() {
            return Err(Refusal::PersonErased.into());
        }
        Ok(self.person_key(person.data_key.as_deref())?.seal(bytes)?)
    }

    /// Whose record this is, if it lies in the actor's scope; 404 otherwise.
    pub(in crate::app) async fn owner_of(&self, subject: Subject, id: Uuid) -> Result<Owner, AppError> {
        let owner = match subject {
            Subject::Graduate => {
                let row = self.found::<graduate::Entity>(id).await?;
                Owner { office: row.office_id, employer: None, person: Some(row.person_id) }
            }
            Subject::Certificate => {
                let row = self.found::<certificate::Entity>(id).await?;
                Owner { office: row.office_id, employer: None, person: Some(row.person_id) }
            }
            Subject::Outcome => {
                let row = self.found::<outcome_event::Entity>(id).await?;
                Owner { office: row.office_id, employer: row.employer_id, person: Some(row.person_id) }
            }
            Subject::Batch => Owner { office: self.found::<batch::Entity>(id).await?.office_id, employer: None, person: None },
            Subject::Employer => self.employer_record(id.into()).await?,
            Subject::Commitment => {
                let row = self.found::<commitment::Entity>(id).await?;
                Owner { office: row.office_id, employer: Some(row.employer_id), person: None }
            }
            Subject::Vacancy => {
                let row = self.found::<vacancy::Entity>(id).await?;
                Owner { office: row.office_id, employer: Some(row.employer_id), person: None }
            }
            Subject::Referral => {
                let row = self.found::<referral::Entity>(id).await?;
                Owner { office: row.office_id, employer: Some(row.employer_id), person: Some(row.person_id) }
            }
            Subject::Offer => {
                let row = self.found::<offer::Entity>(id).await?;
                Owner { office: row.office_id, employer: Some(row.employer_id), person: Some(row.person_id) }
            }
            Subject::Placement => {
                let row = self.found::<placement::Entity>(id).await?;
                Owner { office: row.office_id, employer: Some(row.employer_id), person: Some(row.person_id) }
            }
        };
        Ok(owner)
    }

    async fn employer_record(&self, employer: EmployerId) -> Result<Owner, AppError> {
        let offices = notes::partner_offices(self.tx, &self.scope(), employer).await?;
        let office = self.actor.office.or(offices.first().copied()).ok_or(Refusal::NotFound)?;
        if offices.is_empty() {
            return Err(Refusal::NotFound.into());
        }
        Ok(Owner { office, employer: Some(employer), person: None })
    }

    /// Whose a file about no record is: the graduate's behind a link, the employer's, or the office's.
    async fn own_record(&self) -> Result<Owner, AppError> {
        if self.actor.who == Who::Graduate {
            let graduate = self.actor.graduate.ok_or(Refusal::NotFound)?;
            return self.owner_of(Subject::Graduate, graduate.0).await;
        }
        if let Some(employer) = self.actor.employer.filter(|_| self.actor.is_employer()) {
            return self.employer_record(employer).await;
        }
        let office = self.office(None)?;
        self.found::<office::Entity>(office).await?;
        Ok(Owner { office, employer: None, person: None })
    }
}

impl Look<'_> {
    /// A file of the actor's scope with its content; reading what is about a person is recorded.
    pub async fn file(&self, id: FileId) -> Result<(FileView, Vec<u8>), AppError> {
        let row = self.found::<evidence_file::Entity>(id).await?;
        let sealed = row.sealed.clone().ok_or(Refusal::PersonErased)?;
        let bytes = match row.person_id {
            Some(person) => {
                self.noted_reading(person, "evidence").await?;
                let person = people::person(self.db(), person).await?.ok_or(Refusal::NotFound)?;
                if person.data_key.is_none() {
                    return Err(Refusal::PersonErased.into());
                }
                self.app.keyring.person_key(person.data_key.as_deref())?.open(&sealed)?
            }
            None => self.app.keyring.open(&sealed)?,
        };
        Ok((row.into(), bytes))
    }
}

impl From<evidence_file::Model> for FileView {
    fn from(row: evidence_file::Model) -> Self {
        Self {
            id: row.id,
            media_type: row.media_type,
            size_bytes: row.size_bytes,
            sha256: row.sha256,
            entity: row.entity,
            entity_id: row.entity_id,
            created_at: row.created_at,
        }
    }
}

/// What a file is, by its first bytes; what its sender calls it does not matter.
fn media_type_of(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 3] = [(b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"%PDF-", "application/pdf")];
    KINDS.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| kind)
}

fn extension_of(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        _ => "pdf",
    }
}
