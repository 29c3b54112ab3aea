//! Certificates: entered one by one, read, revoked. What the matcher trusts is a unit on one of them.

use chrono::{Datelike, NaiveDate};

use crate::app::error::AppError;
use crate::app::field::{Form, LINE, TEXT};
use crate::app::installation::App;
use crate::app::programmes::{UnitLine, UnitView};
use crate::app::work::{Look, Work};
use crate::engine::id::{BatchId, CertificateId, GraduateId, OfficeId, PersonId};
use crate::engine::kinds::{CertificateKind, CertificateStatus};
use crate::seal::token;
use crate::store::database::Connection;
use crate::store::entity::{certificate, certificate_unit, graduate};
use crate::store::{certificates, id, people, rows};
use crate::words::refusal::Refusal;

/// What a certificate is made of.
#[derive(Debug, Clone)]
pub struct NewCertificate {
    /// What kind of proof.
    pub kind: CertificateKind,
    /// Who issues it.
    pub issuer: String,
    /// Its number; the office's own series gives one where none is written.
    pub number: Option<String>,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Last valid day.
    pub valid_until: Option<NaiveDate>,
    /// The scheme.
    pub scheme_code: Option<String>,
    /// The units it proves.
    pub units: Vec<UnitLine>,
}

/// What is the same on every certificate issued in one act, parsed.
#[derive(Debug, Clone)]
pub(in crate::app) struct Terms {
    pub(in crate::app) kind: CertificateKind,
    pub(in crate::app) issuer: String,
    pub(in crate::app) issued_on: NaiveDate,
    pub(in crate::app) valid_until: Option<NaiveDate>,
    pub(in crate::app) scheme_code: Option<String>,
}

/// What a certificate is worth today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In force.
    Valid,
    /// Its last day has passed.
    Expired,
    /// Taken back by its issuer.
    Revoked,
}

impl Standing {
    /// What a certificate is worth on a day.
    #[must_use]
    pub fn on(row: &certificate::Model, today: NaiveDate) -> Self {
        match row.status {
            CertificateStatus::Revoked => Self::Revoked,
            CertificateStatus::Valid if row.valid_until.is_some_and(|last| last < today) => Self::Expired,
            CertificateStatus::Valid => Self::Valid,
        }
    }

    /// The word the API and the verification page use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

/// A certificate and its units.
#[derive(Debug, Clone, PartialEq)]
pub struct CertificateView {
    /// The row.
    pub row: certificate::Model,
    /// What it is worth today.
    pub standing: Standing,
    /// The units it proves.
    pub units: Vec<UnitView>,
    /// Where anyone may verify it.
    pub verify_url: String,
}

impl Work<'_> {
    /// Issues or enters one certificate of a person.
    pub async fn issue_certificate(&self, graduate: GraduateId, new: &NewCertificate) -> Result<CertificateView, AppError> {
        let (graduate, person) = self.locked_graduate(graduate).await?;
        self.not_own(person.id)?;
        let mut form = Form::default();
        let terms = self.terms_of(new, &mut form);
        let number = form.optional_text("/number", new.number.as_deref(), LINE);
        let units = self.units_of(&new.units, &mut form);
        form.done()?;
        let written = |unit: &UnitView| {
            let line = new.units.iter().find(|line| self.is_unit(&line.unit, &unit.code));
            line.map_or_else(|| unit.code.clone(), |line| line.unit.trim().to_owned())
        };
        let units: Vec<(UnitView, String)> = units.into_iter().map(|unit| (unit.clone(), written(&unit))).collect();
        let row = self.issue(&graduate, None, &terms, number, &units).await?;
        self.refresh_candidates(&[graduate.person_id]).await?;
        self.certificate_view(row).await
    }

    /// Takes a certificate back; verification tells so from now on.
    pub async fn revoke_certificate(
        &self,
        id: CertificateId,
        reason: &str,
        revoked_on: Option<NaiveDate>,
    ) -> Result<CertificateView, AppError> {
        let row = self.found::<certificate::Entity>(id).await?;
        people::lock_person(self.tx, row.person_id).await?;
        self.not_own(row.person_id)?;
        let row = self.locked::<certificate::Entity>(id).await?;
        let mut form = Form::default();
        let reason = form.text("/reason", reason, TEXT);
        let day = revoked_on.unwrap_or_else(|| self.today());
        form.require(day <= self.today(), "/revoked_on", Refusal::DateFuture);
        form.require(day >= row.issued_on, "/revoked_on", Refusal::DateOrder);
        form.done()?;
        if row.status == CertificateStatus::Revoked {
            return Err(Refusal::CertificateRevoked.into());
        }
        let row = certificate::Model {
            status: CertificateStatus::Revoked,
            revoked_on: Some(day),
            revoked_reason: Some(reason),
            version: row.version + 1,
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.did("revoke", "certificate", row.id, row.office_id).await?;
        self.refresh_candidates(&[row.person_id]).await?;
        self.certificate_view(row).await
    }

    pub(in crate::app) fn terms_of(&self, new: &NewCertificate, form: &mut Form) -> Terms {
        let issuer = new.issuer.split_whitespace().collect::<Vec<_>>().join(" ");
        let issuer = form.text("/issuer", &issuer, LINE);
        form.require(new.issued_on <= self.today(), "/issued_on", Refusal::DateFuture);
        form.require(new.valid_until.is_none_or(|last| last >= new.issued_on), "/valid_until", Refusal::DateOrder);
        Terms {
            kind: new.kind,
            issuer,
            issued_on: new.issued_on,
            valid_until: new.valid_until,
            scheme_code: form.optional_text("/scheme_code", new.scheme_code.as_deref(), LINE),
        }
    }

    /// Writes one certificate of a locked person. A number that its issuer gave before is refused with the certificate
    /// that bears it, if the actor may see that one (C4).
    pub(in crate::app) async fn issue(
        &self,
        graduate: &graduate::Model,
        batch: Option<BatchId>,
        terms: &Terms,
        number: Option<String>,
        units: &[(UnitView, String)],
    ) -> Result<certificate::Model, AppError> {
        let number = match number {
            Some(number) => number,
            None => self.fresh_number(graduate.office_id, terms, None).await?,
        };
        let row = certificate::Model {
            id: id::fresh(),
            person_id: graduate.person_id,
            graduate_id: graduate.id,
            office_id: graduate.office_id,
            batch_id: batch,
            kind: terms.kind,
            issuer: terms.issuer.clone(),
            number,
            scheme_code: terms.scheme_code.clone(),
            issued_on: terms.issued_on,
            valid_until: terms.valid_until,
            status: CertificateStatus::Valid,
            revoked_on: None,
            revoked_reason: None,
            verify_code: token::short_code()?,
            file_id: None,
            created_by: self.by(),
            created_at: self.now,
            version: 1,
        };
        if !rows::insert_once(self.tx, row.clone()).await? {
            return Err(self.number_taken(&row).await?);
        }
        let unit = |(unit, written): &(UnitView, String)| certificate_unit::Model {
            certificate_id: row.id,
            code: unit.code.clone(),
            written: written.clone(),
            level: unit.level,
        };
        rows::insert_many(self.tx, units.iter().map(unit).collect()).await?;
        self.did("issue", "certificate", row.id, row.office_id).await?;
        Ok(row)
    }

    async fn number_taken(&self, row: &certificate::Model) -> Result<AppError, AppError> {
        let bearer = certificates::by_number(self.tx, &row.issuer, &row.number).await?;
        let visible = match bearer {
            Some(bearer) => rows::find::<certificate::Entity>(self.tx, &self.scope(), bearer.id).await?,
            None => None,
        };
        Ok(match visible {
            Some(bearer) => AppError::Exists { refusal: Refusal::CertificateNumberTaken, existing: bearer.id.0 },
            None => Refusal::CertificateNumberTaken.into(),
        })
    }

    /// The next number of the office's series of a year, `0001/PBK/2026`, or of a prefix of its own; numbers somebody
    /// wrote by hand are passed over (C5).
    pub(in crate::app) async fn fresh_number(&self, office: OfficeId, terms: &Terms, prefix: Option<&str>) -> Result<String, AppError> {
        let year = terms.issued_on.year();
        let series = prefix.map_or_else(|| format!("PBK/{year}"), |prefix| format!("prefix:{prefix}"));
        loop {
            let next = certificates::next_number(self.tx, office, &series).await?;
            let number = prefix.map_or_else(|| format!("{next:04}/PBK/{year}"), |prefix| format!("{prefix}{next:04}"));
            if certificates::by_number(self.tx, &terms.issuer, &number).await?.is_none() {
                return Ok(number);
            }
        }
    }

    fn is_unit(&self, written: &str, code: &str) -> bool {
        self.app.knowledge().catalogue.find(written).is_some_and(|unit| unit.code.as_str() == code)
    }

    async fn certificate_view(&self, row: certificate::Model) -> Result<CertificateView, AppError> {
        let mut views = self.certificate_views(vec![row]).await?;
        views.pop().ok_or_else(|| Refusal::NotFound.into())
    }

    pub(in crate::app) async fn certificate_views(&self, rows: Vec<certificate::Model>) -> Result<Vec<CertificateView>, AppError> {
        self.app.certificate_views(self.tx, self.today(), rows).await
    }
}

impl Look<'_> {
    /// Certificates of a person in the actor's scope, whoever issued them: they hang on the person.
    pub async fn certificates(&self, graduate: GraduateId) -> Result<Vec<CertificateView>, AppError> {
        let graduate = self.found::<graduate::Entity>(graduate).await?;
        let rows = certificates::of_person(self.db(), graduate.person_id).await?;
        self.app.certificate_views(self.db(), self.today(), rows).await
    }

    /// One certificate of a person in the actor's scope.
    pub async fn certificate(&self, id: CertificateId) -> Result<CertificateView, AppError> {
        let row = certificates::by_id(self.db(), id).await?.ok_or(Refusal::NotFound)?;
        if !self.sees_person(row.person_id).await? {
            return Err(Refusal::NotFound.into());
        }
        self.app.certificate_views(self.db(), self.today(), vec![row]).await?.pop().ok_or_else(|| Refusal::NotFound.into())
    }

    /// Offices see their people; an employer sees whoever agreed to be shown to it.
    async fn sees_person(&self, person: PersonId) -> Result<bool, AppError> {
        if self.actor.is_employer() {
            return Ok(certificates::person_shown(self.db(), &self.scope(), person).await?);
        }
        Ok(!people::graduates_within(self.db(), &self.scope(), person).await?.is_empty())
    }
}

impl App {
    pub(in crate::app) async fn certificate_views<C: Connection>(
        &self,
        db: &C,
        today: NaiveDate,
        rows: Vec<certificate::Model>,
    ) -> Result<Vec<CertificateView>, AppError> {
        let ids: Vec<CertificateId> = rows.iter().map(|row| row.id).collect();
        let units = certificates::units(db, &ids).await?;
        let knowledge = self.knowledge();
        let unit = |unit: &certificate_unit::Model| UnitView {
            title: knowledge.catalogue.find(&unit.code).map_or_else(|| unit.code.clone(), |known| known.title.clone()),
            code: unit.code.clone(),
            level: unit.level,
        };
        let view = |row: certificate::Model| CertificateView {
            standing: Standing::on(&row, today),
            units: units.iter().filter(|unit| unit.certificate_id == row.id).map(unit).collect(),
            verify_url: format!("{}/verify/{}", self.public_url, row.verify_code),
            row,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
