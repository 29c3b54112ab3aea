//! Partner employers.

use actix_web::http::StatusCode;
use actix_web::{get, patch, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, IfMatch, OptionalBody, Params};
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::wire::stated;
use crate::app::partner_form::{EmployerChange, EmployerForm, EmployerView, PartnershipChange, PartnershipForm, PartnershipView, Site};
use crate::app::permission::{ManagePartners, ReadPartners};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_employers).service(create_employer).service(get_employer).service(update_employer);
    service.service(create_partnership).service(update_partnership);
}

/// A place of an employer.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteIn {
    name: String,
    district: Option<String>,
    address: Option<String>,
}

/// A new employer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmployerIn {
    name: String,
    /// Business number, 13 digits.
    nib: Option<String>,
    /// Number of the compulsory manpower report.
    wlkp: Option<String>,
    kbli: Option<String>,
    kbli_edition: Option<String>,
    /// A Kemendagri code.
    district: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    #[serde(default)]
    sites: Vec<SiteIn>,
    /// Whether it becomes the office's partner at once; `true` unless told.
    partnership: Option<bool>,
    /// Named by the administrator alone.
    office_id: Option<Uuid>,
}

/// What of an employer can be changed; what is left out stays, `null` takes away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmployerPatch {
    name: Option<String>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    nib: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    wlkp: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    kbli: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    kbli_edition: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    district: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    address: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    sites: Option<Vec<SiteIn>>,
}

/// A new partnership.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipIn {
    number: Option<String>,
    /// Whether its vacancies open without waiting for staff.
    #[serde(default)]
    trusted: bool,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    valid_from: Option<NaiveDate>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    valid_until: Option<NaiveDate>,
    /// Named by the administrator alone.
    office_id: Option<Uuid>,
}

/// What of a partnership can be changed; what is left out stays, `null` takes away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipPatch {
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    number: Option<Option<String>>,
    trusted: Option<bool>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    contact_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    contact_phone: Option<Option<String>>,
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default, deserialize_with = "crate::api::wire::stated_day")]
    valid_from: Option<Option<NaiveDate>>,
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default, deserialize_with = "crate::api::wire::stated_day")]
    valid_until: Option<Option<NaiveDate>>,
}

/// A partnership.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnershipOut {
    id: Uuid,
    office_id: Uuid,
    employer_id: Uuid,
    number: Option<String>,
    trusted: bool,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    version: i32,
}

/// An employer with nearly the same name.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimilarOut {
    id: Uuid,
    name: String,
}

/// An employer.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmployerOut {
    id: Uuid,
    name: String,
    nib: Option<String>,
    wlkp: Option<String>,
    kbli: Option<String>,
    kbli_edition: Option<String>,
    district: Option<String>,
    district_name: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    sites: Vec<SiteIn>,
    partnerships: Vec<PartnershipOut>,
    /// Employers with nearly the same name; told when one is entered.
    similar: Vec<SimilarOut>,
    version: i32,
}

/// Which partners.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct EmployerQuery {
    /// Part of the name.
    q: Option<String>,
    limit: Option<u64>,
    cursor: Option<String>,
}

impl From<PartnershipView> for PartnershipOut {
    fn from(view: PartnershipView) -> Self {
        Self {
            id: view.id.0,
            office_id: view.office_id.0,
            employer_id: view.employer_id.0,
            number: view.form.number,
            trusted: view.form.trusted,
            contact_name: view.form.contact_name,
            contact_phone: view.form.contact_phone,
            valid_from: view.form.valid_from,
            valid_until: view.form.valid_until,
            version: view.version,
        }
    }
}

impl From<EmployerView> for EmployerOut {
    fn from(view: EmployerView) -> Self {
        let form = view.form;
        let site = |site: Site| SiteIn { name: site.name, district: site.district, address: site.address };
        Self {
            id: view.id.0,
            name: form.name,
            nib: form.nib,
            wlkp: form.wlkp,
            kbli: form.kbli,
            kbli_edition: form.kbli_edition,
            district: form.district,
            district_name: view.district_name,
            address: form.address,
            phone: form.phone,
            email: form.email,
            sites: form.sites.into_iter().map(site).collect(),
            partnerships: view.partnerships.into_iter().map(PartnershipOut::from).collect(),
            similar: view.similar.into_iter().map(|(id, name)| SimilarOut { id: id.0, name }).collect(),
            version: view.version,
        }
    }
}

fn sites(sites: Vec<SiteIn>) -> Vec<Site> {
    sites.into_iter().map(|site| Site { name: site.name, district: site.district, address: site.address }).collect()
}

/// Partners of the own office; an employer sees itself.
#[utoipa::path(tag = "partners", params(EmployerQuery), responses((status = 200, body = ListOut<EmployerOut>), Problems))]
#[get("/employers")]
async fn list_employers(granted: Granted<ReadPartners>, Params(query): Params<EmployerQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().employers(query.q.as_deref(), slice).await?;
    found(&list_out(&granted.app, page, |view| view.id.0, EmployerOut::from))
}

/// Enter an employer.
#[utoipa::path(tag = "partners", request_body = EmployerIn, responses((status = 201, body = EmployerOut), Problems))]
#[post("/employers")]
async fn create_employer(granted: Granted<ManagePartners>, body: Body<EmployerIn>) -> Answer {
    let input = body.value;
    let (office, partnership) = (input.office_id.map(Into::into), input.partnership.unwrap_or(true));
    let new = EmployerForm {
        name: input.name,
        nib: input.nib,
        wlkp: input.wlkp,
        kbli: input.kbli,
        kbli_edition: input.kbli_edition,
        district: input.district,
        address: input.address,
        phone: input.phone,
        email: input.email,
        sites: sites(input.sites),
    };
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| Ok(EmployerOut::from(work.enter_employer(&new, office, partnership).await?)))
        .await
}

/// One partner.
#[utoipa::path(tag = "partners", params(("id" = Uuid, Path)), responses((status = 200, body = EmployerOut), Problems))]
#[get("/employers/{id}")]
async fn get_employer(granted: Granted<ReadPartners>, id: web::Path<Uuid>) -> Answer {
    found(&EmployerOut::from(granted.look().employer(id.into_inner().into()).await?))
}

/// Change what is known of an employer.
#[utoipa::path(tag = "partners", params(("id" = Uuid, Path), ("If-Match" = String, Header)), request_body = EmployerPatch,
    responses((status = 200, body = EmployerOut), Problems))]
#[patch("/employers/{id}")]
async fn update_employer(granted: Granted<ManagePartners>, id: web::Path<Uuid>, version: IfMatch, body: Body<EmployerPatch>) -> Answer {
    let id = id.into_inner().into();
    let input = body.value;
    let change = EmployerChange {
        name: input.name,
        nib: input.nib,
        wlkp: input.wlkp,
        kbli: input.kbli,
        kbli_edition: input.kbli_edition,
        district: input.district,
        address: input.address,
        phone: input.phone,
        email: input.email,
        sites: input.sites.map(sites),
    };
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(EmployerOut::from(work.change_employer(id, &change, version.0).await?))).await
}

/// Make an employer a partner of the office.
#[utoipa::path(tag = "partners", params(("id" = Uuid, Path)), request_body = PartnershipIn,
    responses((status = 201, body = PartnershipOut), Problems))]
#[post("/employers/{id}/partnership")]
async fn create_partnership(granted: Granted<ManagePartners>, id: web::Path<Uuid>, body: OptionalBody<PartnershipIn>) -> Answer {
    let input = body.value;
    let (id, office) = (id.into_inner().into(), input.office_id.map(Into::into));
    let new = PartnershipForm {
        number: input.number,
        trusted: input.trusted,
        contact_name: input.contact_name,
        contact_phone: input.contact_phone,
        valid_from: input.valid_from,
        valid_until: input.valid_until,
    };
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(PartnershipOut::from(work.make_partner(id, office, &new).await?))).await
}

/// Change a partnership.
#[utoipa::path(tag = "partners", params(("id" = Uuid, Path), ("If-Match" = String, Header)), request_body = PartnershipPatch,
    responses((status = 200, body = PartnershipOut), Problems))]
#[patch("/partnerships/{id}")]
async fn update_partnership(
    granted: Granted<ManagePartners>,
    id: web::Path<Uuid>,
    version: IfMatch,
    body: Body<PartnershipPatch>,
) -> Answer {
    let id = id.into_inner().into();
    let input = body.value;
    let change = PartnershipChange {
        number: input.number,
        trusted: input.trusted,
        contact_name: input.contact_name,
        contact_phone: input.contact_phone,
        valid_from: input.valid_from,
        valid_until: input.valid_until,
    };
    granted
        .write(StatusCode::OK, &body.hash, async |work| Ok(PartnershipOut::from(work.change_partnership(id, &change, version.0).await?)))
        .await
}
