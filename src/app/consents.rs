//! Consents: given for a purpose, on a day, through a channel; withdrawn, never deleted.

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::app::field::Form;
use crate::app::why::Why;
use crate::app::work::{Look, Work};
use crate::engine::id::{ConsentId, EmployerId, FileId, GraduateId, PersonId};
use crate::engine::kinds::{ConsentPurpose, Reason};
use crate::store::entity::{consent, evidence_file, graduate, referral};
use crate::store::{id, notes, people, referrals, rows};
use crate::words::refusal::Refusal;

/// A consent.
pub type ConsentView = consent::Model;

/// What a consent is made of.
#[derive(Debug, Clone)]
pub struct NewConsent {
    /// What for.
    pub purpose: ConsentPurpose,
    /// To whom; a referral needs one.
    pub employer_id: Option<EmployerId>,
    /// The day; today where left out.
    pub given_on: Option<NaiveDate>,
    /// The signed paper.
    pub file_id: Option<FileId>,
}

impl Work<'_> {
    /// Records a consent in the person's own word or as staff were told.
    pub async fn give_consent(&self, graduate: GraduateId, new: &NewConsent) -> Result<ConsentView, AppError> {
        let (graduate, person) = self.locked_graduate(graduate).await?;
        let given_on = new.given_on.unwrap_or_else(|| self.today());
        let mut form = Form::default();
        form.require(given_on <= self.today(), "/given_on", Refusal::DateFuture);
        let employer_missing = new.purpose == ConsentPurpose::Referral && new.employer_id.is_none();
        form.require(!employer_missing, "/employer_id", Refusal::FieldMissing { field: "employer_id".to_owned() });
        if let Some(employer) = new.employer_id {
            form.require(!people::known_employers(self.tx, &[employer]).await?.is_empty(), "/employer_id", Refusal::NotFound);
        }
        form.done()?;
        if let Some(file) = new.file_id {
            self.found::<evidence_file::Entity>(file).await?;
        }
        let row = consent::Model {
            id: id::fresh(),
            person_id: person.id,
            graduate_id: graduate.id,
            office_id: graduate.office_id,
            purpose: new.purpose,
            employer_id: new.employer_id,
            channel: self.channel(),
            given_on,
            recorded_by: self.by(),
            recorded_at: self.now,
            withdrawn_at: None,
            file_id: new.file_id,
        };
        rows::insert(self.tx, row.clone()).await?;
        self.did("give", "consent", row.id, row.office_id).await?;
        Ok(row)
    }

    /// Withdraws a consent; referrals that rest on it are taken back in the same transaction, sooner than the 3x24 hours
    /// that the law allows (UU PDP 27/2022, art. 40).
    pub async fn end_consent(&self, consent: ConsentId) -> Result<ConsentView, AppError> {
        let row = self.found::<consent::Entity>(consent).await?;
        self.person_locked(row.person_id).await?;
        let row = self.locked::<consent::Entity>(consent).await?;
        if row.withdrawn_at.is_some() {
            return Err(Refusal::WrongState { what: "consent", state: "withdrawn", event: "withdraw" }.into());
        }
        let row = consent::Model { withdrawn_at: Some(self.now), ..row };
        rows::update(self.tx, row.clone()).await?;
        self.did("withdraw", "consent", row.id, row.office_id).await?;
        if row.purpose == ConsentPurpose::Referral {
            self.withdraw_referrals_of(row.person_id, |referral| {
                referral.graduate_id == row.graduate_id && Some(referral.employer_id) == row.employer_id && referral.state.may_be_offered()
            })
            .await?;
        }
        Ok(row)
    }

    /// Takes back some of a locked person's referrals that still run.
    pub(in crate::app) async fn withdraw_referrals_of(
        &self,
        person: PersonId,
        which: impl Fn(&referral::Model) -> bool,
    ) -> Result<(), AppError> {
        let running = referrals::lock_of_person(self.tx, person).await?;
        for referral in running.iter().filter(|referral| which(referral) && !referral.state.is_terminal()) {
            self.withdraw_referral(referral.id, &Why::coded(Reason::Other)).await?;
        }
        Ok(())
    }
}

impl Look<'_> {
    /// Consents of a person with the actor's office, oldest first.
    pub async fn consents(&self, graduate: GraduateId) -> Result<Vec<ConsentView>, AppError> {
        let graduate = self.found::<graduate::Entity>(graduate).await?;
        Ok(notes::consents(self.db(), graduate.id).await?)
    }
}
