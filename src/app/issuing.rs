//! Certificates for a whole class in one step.

use chrono::NaiveDate;

use crate::app::certificates::{CertificateView, NewCertificate, Terms};
use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::programmes::{UnitLine, UnitView};
use crate::app::work::Work;
use crate::engine::id::{BatchId, ParticipantId};
use crate::engine::kinds::{Assessment, CertificateKind, ParticipantStatus, TrainingResult};
use crate::store::entity::{batch, graduate, participant, unit_result};
use crate::store::{certificates, classes};
use crate::words::refusal::Refusal;

/// What the certificates of a class have in common, and where their numbers come from.
#[derive(Debug, Clone)]
pub struct ClassCertificates {
    /// What kind of proof.
    pub kind: CertificateKind,
    /// Who issues them.
    pub issuer: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Last valid day.
    pub valid_until: Option<NaiveDate>,
    /// What each number begins with; a series of its own counts on from it.
    pub number_prefix: Option<String>,
    /// Numbers the issuer gave, person by person.
    pub numbers: Vec<(ParticipantId, String)>,
    /// The scheme; the programme's where left out.
    pub scheme_code: Option<String>,
    /// The units; the programme's where left out.
    pub units: Option<Vec<UnitLine>>,
}

impl Work<'_> {
    /// Issues a certificate to everybody who passed and has none of this kind from this class yet.
    ///
    /// Where somebody was assessed unit by unit, only units found competent stand on the certificate.
    pub async fn certify_class(&self, batch: BatchId, new: &ClassCertificates) -> Result<Vec<CertificateView>, AppError> {
        let (class, roll) = self.locked_roll(batch).await?;
        let programme = classes::programmes_of(self.tx, &[class.programme_id]).await?.pop().ok_or(Refusal::NotFound)?;
        let mut form = Form::default();
        let terms = self.terms_of(&new.terms(programme.scheme_code.as_deref()), &mut form);
        let prefix = form.optional_text("/number_prefix", new.number_prefix.as_deref(), LINE);
        let units = match &new.units {
            Some(lines) => self.units_of(lines, &mut form),
            None => self.programme_units(&class).await?,
        };
        for (place, (participant, number)) in new.numbers.iter().enumerate() {
            let known = roll.iter().any(|(row, _)| row.id == *participant);
            form.require(known, &format!("/numbers/{place}/participant_id"), Refusal::NotInBatch);
            form.text(&format!("/numbers/{place}/number"), number, LINE);
        }
        form.done()?;
        let passed: Vec<_> = roll.iter().filter(|(row, graduate)| has_passed(row) && !graduate.name.is_empty()).collect();
        if passed.is_empty() {
            return Err(Refusal::NotYetPassed.into());
        }
        let issued = certificates::of_batch(self.tx, batch).await?;
        let results = classes::unit_results(self.tx, &passed.iter().map(|(row, _)| row.id).collect::<Vec<_>>()).await?;
        let mut made = Vec::new();
        for (row, graduate) in passed {
            if issued.iter().any(|known| known.graduate_id == graduate.id && known.kind == terms.kind) {
                continue;
            }
            self.not_own(graduate.person_id)?;
            let number = self.number_for(row, graduate, &terms, new, prefix.as_deref()).await?;
            let held = competent(&units, row, &results);
            made.push(self.issue(graduate, Some(batch), &terms, Some(number), &held).await?);
        }
        self.refresh_candidates(&made.iter().map(|row| row.person_id).collect::<Vec<_>>()).await?;
        self.certificate_views(made).await
    }

    async fn number_for(
        &self,
        row: &participant::Model,
        graduate: &graduate::Model,
        terms: &Terms,
        new: &ClassCertificates,
        prefix: Option<&str>,
    ) -> Result<String, AppError> {
        match new.numbers.iter().find(|(participant, _)| *participant == row.id) {
            Some((_, number)) => Ok(number.trim().to_owned()),
            None => self.fresh_number(graduate.office_id, terms, prefix).await,
        }
    }

    async fn programme_units(&self, class: &batch::Model) -> Result<Vec<UnitView>, AppError> {
        let units = classes::programme_units(self.tx, &[class.programme_id]).await?;
        let view =
            |unit: crate::store::entity::programme_unit::Model| UnitView { title: unit.code.clone(), code: unit.code, level: unit.level };
        Ok(units.into_iter().map(view).collect())
    }
}

impl ClassCertificates {
    fn terms(&self, scheme: Option<&str>) -> NewCertificate {
        NewCertificate {
            kind: self.kind,
            issuer: self.issuer.clone(),
            number: None,
            issued_on: self.issued_on,
            valid_until: self.valid_until,
            scheme_code: self.scheme_code.clone().or_else(|| scheme.map(str::to_owned)),
            units: Vec::new(),
        }
    }
}

fn has_passed(row: &participant::Model) -> bool {
    row.result == Some(TrainingResult::Passed) && matches!(row.status, ParticipantStatus::Enrolled | ParticipantStatus::Completed)
}

/// The units that stand on one person's certificate, with the code as it is written there.
fn competent(units: &[UnitView], row: &participant::Model, results: &[unit_result::Model]) -> Vec<(UnitView, String)> {
    let own: Vec<&unit_result::Model> = results.iter().filter(|result| result.participant_id == row.id).collect();
    let held = units.iter().filter(|unit| {
        let found_competent = own.iter().any(|result| result.code == unit.code && result.result == Assessment::Competent);
        own.is_empty() || found_competent
    });
    held.map(|unit| (unit.clone(), unit.code.clone())).collect()
}
