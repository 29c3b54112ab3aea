//! Employers and their partnerships with offices.
//!
//! An employer stands once per installation, so that seats and starts of one firm are not counted as two; what an office agreed with it
//! stands in the partnership. An office sees its partners, an employer sees itself.

use serde_json::json;

use crate::app::error::AppError;
use crate::app::partner_form::{
    EmployerChange, EmployerView, PartnershipChange, PartnershipView, changed, checked_employer, checked_partnership, employer_row,
    form_of, site_rows, sites_of,
};
pub use crate::app::partner_form::{EmployerForm, PartnershipForm};
use crate::app::work::{Look, Work, fresh_version};
use crate::engine::id::{EmployerId, OfficeId, PartnershipId};
use crate::engine::name::likeness;
use crate::store::entity::{employer, partnership};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice};
use crate::store::scope::Scope;
use crate::store::{id, partners, rows};
use crate::words::refusal::Refusal;

/// From this likeness of names (Jaro-Winkler) two firms are shown as possibly one.
pub(in crate::app) const ALIKE: f64 = 0.90;
/// The most names shown as near.
const SIMILAR: usize = 5;

impl Work<'_> {
    /// Enters an employer, and makes it the office's partner unless told not to. A known NIB is 409 with the employer that bears it.
    pub async fn enter_employer(&self, new: &EmployerForm, office: Option<OfficeId>, partnership: bool) -> Result<EmployerView, AppError> {
        let checked = checked_employer(new, &self.app.knowledge())?;
        self.refuse_known_nib(checked.nib.as_deref(), None).await?;
        let everyone = partners::all(self.tx, &Scope::All).await?;
        let similar = alike(&everyone, &checked.name, SIMILAR);
        let row = employer_row(id::fresh(), &checked, self.now, 1);
        rows::insert(self.tx, row.clone()).await.map_err(nib_taken)?;
        rows::insert_many(self.tx, site_rows(row.id, &checked.sites)).await?;
        let office = if partnership { Some(self.office(office)?) } else { self.actor.office.or(office) };
        self.changed("employer", row.id, office);
        self.record("enter", "employer", row.id, office, json!({})).await?;
        let mut partnerships = Vec::new();
        if let Some(office) = office.filter(|_| partnership) {
            partnerships.push(self.add_partnership(office, row.id, &PartnershipForm::default()).await?);
        }
        let district_name = checked.district.as_deref().map(|code| self.app.knowledge().region_name(code));
        Ok(EmployerView { id: row.id, form: checked, district_name, partnerships, similar, version: row.version })
    }

    /// Changes what is known of an employer.
    pub async fn change_employer(&self, employer: EmployerId, change: &EmployerChange, version: i32) -> Result<EmployerView, AppError> {
        let row = self.locked::<employer::Entity>(employer).await?;
        fresh_version(row.version, version)?;
        let now = form_of(&row, sites_of(partners::sites(self.tx, &[employer]).await?));
        let checked = checked_employer(&changed(now, change), &self.app.knowledge())?;
        self.refuse_known_nib(checked.nib.as_deref(), Some(employer)).await?;
        let next = employer_row(employer, &checked, row.created_at, row.version + 1);
        rows::update(self.tx, next.clone()).await.map_err(nib_taken)?;
        if change.sites.is_some() {
            partners::put_sites(self.tx, employer, site_rows(employer, &checked.sites)).await?;
        }
        self.changed("employer", employer, self.actor.office);
        self.record("change", "employer", employer, self.actor.office, json!({})).await?;
        let held = partners::partnerships(self.tx, &self.scope(), &[employer]).await?;
        let district_name = checked.district.as_deref().map(|code| self.app.knowledge().region_name(code));
        let partnerships = held.into_iter().map(PartnershipView::from).collect();
        Ok(EmployerView { id: employer, form: checked, district_name, partnerships, similar: Vec::new(), version: next.version })
    }

    /// Makes an employer, whoever entered it, a partner of the office.
    pub async fn make_partner(
        &self,
        employer: EmployerId,
        office: Option<OfficeId>,
        new: &PartnershipForm,
    ) -> Result<PartnershipView, AppError> {
        let office = self.office(office)?;
        let known = partners::known(self.tx, employer).await?.ok_or(Refusal::NotFound)?;
        if let Some(existing) = partners::partnership(self.tx, office, known.id).await? {
            return Err(AppError::Exists { refusal: Refusal::PartnershipKnown, existing: existing.id.0 });
        }
        self.add_partnership(office, known.id, new).await
    }

    /// Changes a partnership.
    pub async fn change_partnership(
        &self,
        partnership: PartnershipId,
        change: &PartnershipChange,
        version: i32,
    ) -> Result<PartnershipView, AppError> {
        let row = self.locked::<partnership::Entity>(partnership).await?;
        fresh_version(row.version, version)?;
        let form = checked_partnership(&PartnershipForm {
            number: change.number.clone().unwrap_or(row.number),
            trusted: change.trusted.unwrap_or(row.trusted),
            contact_name: change.contact_name.clone().unwrap_or(row.contact_name),
            contact_phone: change.contact_phone.clone().unwrap_or(row.contact_phone),
            valid_from: change.valid_from.unwrap_or(row.valid_from),
            valid_until: change.valid_until.unwrap_or(row.valid_until),
        })?;
        let row = partnership::Model {
            number: form.number,
            trusted: form.trusted,
            contact_name: form.contact_name,
            contact_phone: form.contact_phone,
            valid_from: form.valid_from,
            valid_until: form.valid_until,
            version: row.version + 1,
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.did("change", "partnership", row.id, row.office_id).await?;
        Ok(row.into())
    }

    async fn add_partnership(&self, office: OfficeId, employer: EmployerId, new: &PartnershipForm) -> Result<PartnershipView, AppError> {
        let form = checked_partnership(new)?;
        let row = partnership::Model {
            id: id::fresh(),
            office_id: office,
            employer_id: employer,
            number: form.number,
            trusted: form.trusted,
            contact_name: form.contact_name,
            contact_phone: form.contact_phone,
            valid_from: form.valid_from,
            valid_until: form.valid_until,
            checked_by: self.by(),
            checked_at: Some(self.now),
            created_at: self.now,
            version: 1,
        };
        rows::insert(self.tx, row.clone()).await.map_err(|error| match error {
            error if error.is_constraint(&["partnership_once", "partnership.office_id"]) => Refusal::PartnershipKnown.into(),
            error => AppError::from(error),
        })?;
        self.did("agree", "partnership", row.id, office).await?;
        Ok(row.into())
    }

    async fn refuse_known_nib(&self, nib: Option<&str>, own: Option<EmployerId>) -> Result<(), AppError> {
        let Some(nib) = nib else { return Ok(()) };
        match partners::by_nib(self.tx, nib).await? {
            Some(known) if Some(known.id) != own => Err(AppError::Exists { refusal: Refusal::EmployerKnown, existing: known.id.0 }),
            _ => Ok(()),
        }
    }
}

impl Look<'_> {
    /// Partners of the actor's office whose name holds a text; an employer sees itself.
    pub async fn employers(&self, query: Option<&str>, slice: Slice) -> Result<Page<EmployerView>, AppError> {
        let page = partners::list(self.db(), &self.scope(), query, slice).await?;
        Ok(Page { rows: self.employer_views(page.rows).await?, more: page.more })
    }

    /// One partner.
    pub async fn employer(&self, employer: EmployerId) -> Result<EmployerView, AppError> {
        let row = self.found::<employer::Entity>(employer).await?;
        Ok(self.employer_views(vec![row]).await?.pop().ok_or(Refusal::NotFound)?)
    }

    async fn employer_views(&self, found: Vec<employer::Model>) -> Result<Vec<EmployerView>, AppError> {
        let ids: Vec<EmployerId> = found.iter().map(|row| row.id).collect();
        let sites = partners::sites(self.db(), &ids).await?;
        let held = partners::partnerships(self.db(), &self.scope(), &ids).await?;
        let knowledge = self.app.knowledge();
        let view = |row: employer::Model| EmployerView {
            id: row.id,
            district_name: row.district_code.as_deref().map(|code| knowledge.region_name(code)),
            partnerships: held.iter().filter(|own| own.employer_id == row.id).cloned().map(PartnershipView::from).collect(),
            similar: Vec::new(),
            version: row.version,
            form: form_of(&row, sites_of(sites.iter().filter(|site| site.employer_id == row.id).cloned())),
        };
        Ok(found.into_iter().map(view).collect())
    }
}

/// The firms whose name is nearly this one, nearest first.
pub(in crate::app) fn alike(among: &[employer::Model], name: &str, most: usize) -> Vec<(EmployerId, String)> {
    let mut near: Vec<(f64, &employer::Model)> =
        among.iter().map(|row| (firm_likeness(&row.name, name), row)).filter(|(likeness, _)| *likeness >= ALIKE).collect();
    near.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.id.cmp(&right.1.id)));
    near.into_iter().take(most).map(|(_, row)| (row.id, row.name.clone())).collect()
}

/// Likeness of two firms' names without their legal form: `PT Maju Jaya` and `Maju Jaya, PT` are one.
fn firm_likeness(left: &str, right: &str) -> f64 {
    const FORMS: [&str; 7] = ["pt", "cv", "ud", "tbk", "persero", "koperasi", "firma"];
    let bare = |name: &str| {
        let words = crate::engine::text::tokens(name);
        let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !FORMS.contains(word)).collect();
        if kept.is_empty() { name.to_owned() } else { kept.concat() }
    };
    likeness(&bare(left), &bare(right))
}

fn nib_taken(error: StoreError) -> AppError {
    if error.is_constraint(&["employer.nib", "employer_nib"]) { Refusal::EmployerKnown.into() } else { error.into() }
}
