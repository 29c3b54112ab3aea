//! Seats that an employer promised an office. A promise is a floor: it never caps, and exceeding it is praised.

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::work::{Look, Work};
use crate::engine::id::{BatchId, CommitmentId, EmployerId, FileId, OfficeId, ProgrammeId};
use crate::store::entity::{batch, commitment, employer, evidence_file, programme};
use crate::store::page::{Page, Slice};
use crate::store::scope::Scope;
use crate::store::{id, partners, rows};
use crate::words::refusal::Refusal;

/// What a commitment is made of.
#[derive(Debug, Clone)]
pub struct CommitmentForm {
    /// Number of the letter.
    pub number: Option<String>,
    /// Who signed it.
    pub signer: Option<String>,
    /// When it was signed.
    pub signed_on: Option<NaiveDate>,
    /// First day it binds.
    pub valid_from: NaiveDate,
    /// Last day it binds.
    pub valid_until: NaiveDate,
    /// Seats promised.
    pub seats: i64,
    /// For which programme's graduates.
    pub programme_id: Option<ProgrammeId>,
    /// For which batch's graduates.
    pub batch_id: Option<BatchId>,
    /// The signed paper.
    pub file_id: Option<FileId>,
}

/// A commitment as the actor may see it.
pub type CommitmentView = commitment::Model;

impl Work<'_> {
    /// Records what a partner promised.
    pub async fn commit(&self, employer: EmployerId, office: Option<OfficeId>, new: &CommitmentForm) -> Result<CommitmentView, AppError> {
        self.found::<employer::Entity>(employer).await?;
        let office = self.office(office)?;
        partners::partnership(self.tx, office, employer).await?.ok_or(Refusal::NotAPartner)?;
        let mut form = Form::default();
        let number = form.optional_text("/number", new.number.as_deref(), 100);
        let signer = form.optional_text("/signer", new.signer.as_deref(), LINE);
        let seats = form.number("/seats", new.seats, 1, 100_000);
        form.require(new.valid_from <= new.valid_until, "/valid_until", Refusal::DateOrder);
        let scope = Scope::Office(office);
        if let Some(programme) = new.programme_id {
            let known = rows::find::<programme::Entity>(self.tx, &scope, programme).await?;
            form.require(known.is_some(), "/programme_id", unknown("programme_id"));
        }
        if let Some(batch) = new.batch_id {
            let known = rows::find::<batch::Entity>(self.tx, &scope, batch).await?;
            form.require(known.is_some(), "/batch_id", unknown("batch_id"));
        }
        if let Some(file) = new.file_id {
            let known = rows::find::<evidence_file::Entity>(self.tx, &scope, file).await?;
            form.require(known.is_some(), "/file_id", unknown("file_id"));
        }
        form.done()?;
        let row = commitment::Model {
            id: id::fresh::<CommitmentId>(),
            office_id: office,
            employer_id: employer,
            number,
            signer,
            signed_on: new.signed_on,
            valid_from: new.valid_from,
            valid_until: new.valid_until,
            programme_id: new.programme_id,
            batch_id: new.batch_id,
            seats,
            file_id: new.file_id,
            created_at: self.now,
            version: 1,
        };
        rows::insert(self.tx, row.clone()).await?;
        self.did("promise", "commitment", row.id, office).await?;
        Ok(row)
    }
}

impl Look<'_> {
    /// What a partner promised the actor's office; to the employer itself, all it promised.
    pub async fn commitments(&self, employer: EmployerId, slice: Slice) -> Result<Page<CommitmentView>, AppError> {
        self.found::<employer::Entity>(employer).await?;
        Ok(partners::commitments(self.db(), &self.scope(), employer, slice).await?)
    }
}

fn unknown(field: &str) -> Refusal {
    Refusal::ReferenceUnknown { field: field.to_owned() }
}
