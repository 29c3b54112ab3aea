//! Employers and their partnerships with offices.
//!
//! An employer stands once per installation, so that seats and starts of one firm are not counted as two; what an office agreed with it
//! stands in the partnership. An office sees its partners, an employer sees itself.

use chrono::NaiveDate;
use serde_json::json;

use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::work::{Look, Work, fresh_version};
use crate::engine::geo::RegionCode;
use crate::engine::id::{EmployerId, OfficeId, PartnershipId, RowId};
use crate::engine::name::{likeness, search_key};
use crate::engine::unit_code::is_ascii_digits;
use crate::store::entity::{employer, employer_site, partnership};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice};
use crate::store::scope::Scope;
use crate::store::{id, partners, rows};
use crate::words::refusal::Refusal;

/// From this likeness of names (Jaro-Winkler) two firms are shown as possibly one.
pub(in crate::app) const ALIKE: f64 = 0.90;
/// The most sites of one employer.
const SITES: usize = 50;
/// The most names shown as near.
const SIMILAR: usize = 5;

/// A place of an employer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// What it is called.
    pub name: String,
    /// Where: a Kemendagri code.
    pub district: Option<String>,
    /// Street and number.
    pub address: Option<String>,
}

/// What an employer is made of.
#[derive(Debug, Clone, Default)]
pub struct EmployerForm {
    /// The firm's name.
    pub name: String,
    /// Business number, 13 digits.
    pub nib: Option<String>,
    /// Number of the compulsory manpower report (WLKP).
    pub wlkp: Option<String>,
    /// Industry (KBLI).
    pub kbli: Option<String>,
    /// Edition of KBLI, `2020` for one.
    pub kbli_edition: Option<String>,
    /// Where it is: a Kemendagri code.
    pub district: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Its sites.
    pub sites: Vec<Site>,
}

/// What of an employer changes; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct EmployerChange {
    /// The firm's name.
    pub name: Option<String>,
    /// Business number; the inner `None` takes it away, as with every field below.
    pub nib: Option<Option<String>>,
    /// WLKP number.
    pub wlkp: Option<Option<String>>,
    /// Industry.
    pub kbli: Option<Option<String>>,
    /// Edition of KBLI.
    pub kbli_edition: Option<Option<String>>,
    /// Where.
    pub district: Option<Option<String>>,
    /// Street and number.
    pub address: Option<Option<String>>,
    /// Telephone.
    pub phone: Option<Option<String>>,
    /// E-mail.
    pub email: Option<Option<String>>,
    /// All its sites.
    pub sites: Option<Vec<Site>>,
}

/// What a partnership is made of.
#[derive(Debug, Clone, Default)]
pub struct PartnershipForm {
    /// Number of the agreement.
    pub number: Option<String>,
    /// Whether its vacancies open without waiting for staff (DECISIONS 4).
    pub trusted: bool,
    /// Whom to ask for.
    pub contact_name: Option<String>,
    /// How to reach them.
    pub contact_phone: Option<String>,
    /// First day of the agreement.
    pub valid_from: Option<NaiveDate>,
    /// Last day of the agreement.
    pub valid_until: Option<NaiveDate>,
}

/// What of a partnership changes; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct PartnershipChange {
    /// Number of the agreement; the inner `None` takes it away, as below.
    pub number: Option<Option<String>>,
    /// Whether its vacancies open without waiting for staff.
    pub trusted: Option<bool>,
    /// Whom to ask for.
    pub contact_name: Option<Option<String>>,
    /// How to reach them.
    pub contact_phone: Option<Option<String>>,
    /// First day.
    pub valid_from: Option<Option<NaiveDate>>,
    /// Last day.
    pub valid_until: Option<Option<NaiveDate>>,
}

/// A partnership as the actor may see it.
#[derive(Debug, Clone)]
pub struct PartnershipView {
    /// The partnership.
    pub id: PartnershipId,
    /// With which office.
    pub office_id: OfficeId,
    /// With which employer.
    pub employer_id: EmployerId,
    /// What it says.
    pub form: PartnershipForm,
    /// Version for edits.
    pub version: i32,
}

/// An employer as the actor may see it.
#[derive(Debug, Clone)]
pub struct EmployerView {
    /// The employer.
    pub id: EmployerId,
    /// What it says of itself.
    pub form: EmployerForm,
    /// Name of its district.
    pub district_name: Option<String>,
    /// Its partnerships with the actor's office, or all of them to itself.
    pub partnerships: Vec<PartnershipView>,
    /// Partners with nearly the same name, told when it is entered.
    pub similar: Vec<(EmployerId, String)>,
    /// Version for edits.
    pub version: i32,
}

impl From<partnership::Model> for PartnershipView {
    fn from(row: partnership::Model) -> Self {
        let form = PartnershipForm {
            number: row.number,
            trusted: row.trusted,
            contact_name: row.contact_name,
            contact_phone: row.contact_phone,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
        };
        Self { id: row.id, office_id: row.office_id, employer_id: row.employer_id, form, version: row.version }
    }
}

impl Work<'_> {
    /// Enters an employer, and makes it the office's partner unless told not to. A known NIB is 409 with the employer that bears it.
    pub async fn enter_employer(&self, new: &EmployerForm, office: Option<OfficeId>, partnership: bool) -> Result<EmployerView, AppError> {
        let checked = self.checked_employer(new)?;
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
        let checked = self.checked_employer(&changed(now, change))?;
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

    fn checked_employer(&self, form: &EmployerForm) -> Result<EmployerForm, AppError> {
        let knowledge = self.app.knowledge();
        let mut faults = Form::default();
        let known = |faults: &mut Form, pointer: &str, code: Option<&str>| {
            let code = faults.region(pointer, code).map(|code| code.as_str().to_owned());
            let there = code.as_deref().and_then(RegionCode::parse).is_none_or(|code| knowledge.regions.get(&code).is_some());
            faults.require(there, pointer, Refusal::DistrictUnknown);
            code
        };
        let name = faults.name("/name", &form.name).map(|name| name.as_str().to_owned()).unwrap_or_default();
        let nib = form.nib.as_deref().map(|nib| nib.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect::<String>());
        let nib = nib.filter(|nib| !nib.is_empty());
        let thirteen = nib.as_deref().is_none_or(|nib| is_ascii_digits(nib) && nib.len() == 13);
        faults.require(thirteen, "/nib", Refusal::NibMalformed);
        faults.require(form.sites.len() <= SITES, "/sites", Refusal::NumberOutOfRange { low: 0, high: 50 });
        let mut sites = Vec::with_capacity(form.sites.len());
        for (place, site) in form.sites.iter().enumerate() {
            let at = |field: &str| format!("/sites/{place}/{field}");
            sites.push(Site {
                name: faults.text(&at("name"), &site.name, LINE),
                district: known(&mut faults, &at("district"), site.district.as_deref()),
                address: faults.optional_text(&at("address"), site.address.as_deref(), LINE),
            });
        }
        let checked = EmployerForm {
            name,
            nib,
            wlkp: faults.optional_text("/wlkp", form.wlkp.as_deref(), 60),
            kbli: faults.optional_text("/kbli", form.kbli.as_deref(), 20),
            kbli_edition: faults.optional_text("/kbli_edition", form.kbli_edition.as_deref(), 20),
            district: known(&mut faults, "/district", form.district.as_deref()),
            address: faults.optional_text("/address", form.address.as_deref(), LINE),
            phone: faults.phone("/phone", form.phone.as_deref()).map(|phone| phone.as_str().to_owned()),
            email: faults.email("/email", form.email.as_deref()),
            sites,
        };
        faults.done()?;
        Ok(checked)
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

fn checked_partnership(form: &PartnershipForm) -> Result<PartnershipForm, AppError> {
    let mut faults = Form::default();
    let ordered = form.valid_from.zip(form.valid_until).is_none_or(|(from, until)| from <= until);
    faults.require(ordered, "/valid_until", Refusal::DateOrder);
    let checked = PartnershipForm {
        number: faults.optional_text("/number", form.number.as_deref(), 100),
        trusted: form.trusted,
        contact_name: faults.optional_text("/contact_name", form.contact_name.as_deref(), LINE),
        contact_phone: faults.phone("/contact_phone", form.contact_phone.as_deref()).map(|phone| phone.as_str().to_owned()),
        valid_from: form.valid_from,
        valid_until: form.valid_until,
    };
    faults.done()?;
    Ok(checked)
}

fn employer_row(id: EmployerId, form: &EmployerForm, created_at: chrono::DateTime<chrono::Utc>, version: i32) -> employer::Model {
    employer::Model {
        id,
        name: form.name.clone(),
        name_key: search_key(&form.name),
        nib: form.nib.clone(),
        wlkp: form.wlkp.clone(),
        kbli: form.kbli.clone(),
        kbli_edition: form.kbli_edition.clone(),
        district_code: form.district.clone(),
        address: form.address.clone(),
        phone: form.phone.clone(),
        email: form.email.clone(),
        created_at,
        version,
    }
}

fn form_of(row: &employer::Model, sites: Vec<Site>) -> EmployerForm {
    EmployerForm {
        name: row.name.clone(),
        nib: row.nib.clone(),
        wlkp: row.wlkp.clone(),
        kbli: row.kbli.clone(),
        kbli_edition: row.kbli_edition.clone(),
        district: row.district_code.clone(),
        address: row.address.clone(),
        phone: row.phone.clone(),
        email: row.email.clone(),
        sites,
    }
}

fn changed(now: EmployerForm, change: &EmployerChange) -> EmployerForm {
    EmployerForm {
        name: change.name.clone().unwrap_or(now.name),
        nib: change.nib.clone().unwrap_or(now.nib),
        wlkp: change.wlkp.clone().unwrap_or(now.wlkp),
        kbli: change.kbli.clone().unwrap_or(now.kbli),
        kbli_edition: change.kbli_edition.clone().unwrap_or(now.kbli_edition),
        district: change.district.clone().unwrap_or(now.district),
        address: change.address.clone().unwrap_or(now.address),
        phone: change.phone.clone().unwrap_or(now.phone),
        email: change.email.clone().unwrap_or(now.email),
        sites: change.sites.clone().unwrap_or(now.sites),
    }
}

fn sites_of(rows: impl IntoIterator<Item = employer_site::Model>) -> Vec<Site> {
    rows.into_iter().map(|row| Site { name: row.name, district: row.district_code, address: row.address }).collect()
}

fn site_rows(employer: EmployerId, sites: &[Site]) -> Vec<employer_site::Model> {
    let row = |site: &Site| employer_site::Model {
        id: id::fresh::<RowId>(),
        employer_id: employer,
        name: site.name.clone(),
        district_code: site.district.clone(),
        address: site.address.clone(),
    };
    sites.iter().map(row).collect()
}

fn nib_taken(error: StoreError) -> AppError {
    if error.is_constraint(&["employer.nib", "employer_nib"]) { Refusal::EmployerKnown.into() } else { error.into() }
}
