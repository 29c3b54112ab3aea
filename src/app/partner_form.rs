//! What employers and partnerships are made of, and the checks that a form of them must pass.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::knowledge::Knowledge;
use crate::engine::geo::RegionCode;
use crate::engine::id::{EmployerId, OfficeId, PartnershipId, RowId};
use crate::engine::name::search_key;
use crate::engine::unit_code::is_ascii_digits;
use crate::store::entity::{employer, employer_site, partnership};
use crate::store::id;
use crate::words::refusal::Refusal;

/// The most sites of one employer.
const SITES: usize = 50;

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

/// The form with every field checked; every fault is told at once.
pub(in crate::app) fn checked_employer(form: &EmployerForm, knowledge: &Knowledge) -> Result<EmployerForm, AppError> {
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

/// The form with every field checked.
pub(in crate::app) fn checked_partnership(form: &PartnershipForm) -> Result<PartnershipForm, AppError> {
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

/// The row that a checked form makes.
pub(in crate::app) fn employer_row(id: EmployerId, form: &EmployerForm, created_at: DateTime<Utc>, version: i32) -> employer::Model {
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

/// A row and its sites as the form that would make it.
pub(in crate::app) fn form_of(row: &employer::Model, sites: Vec<Site>) -> EmployerForm {
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

/// A form after a change.
pub(in crate::app) fn changed(now: EmployerForm, change: &EmployerChange) -> EmployerForm {
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

/// Stored sites as a form holds them.
pub(in crate::app) fn sites_of(rows: impl IntoIterator<Item = employer_site::Model>) -> Vec<Site> {
    rows.into_iter().map(|row| Site { name: row.name, district: row.district_code, address: row.address }).collect()
}

/// The rows of a form's sites.
pub(in crate::app) fn site_rows(employer: EmployerId, sites: &[Site]) -> Vec<employer_site::Model> {
    let row = |site: &Site| employer_site::Model {
        id: id::fresh::<RowId>(),
        employer_id: employer,
        name: site.name.clone(),
        district_code: site.district.clone(),
        address: site.address.clone(),
    };
    sites.iter().map(row).collect()
}
