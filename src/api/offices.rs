//! Offices.

use actix_web::http::StatusCode;
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted};
use crate::api::list::ListOut;
use crate::api::problem::Problems;
use crate::app::accounts::{NewOffice, OfficeView};
use crate::app::permission::{ManageOffices, ReadClasses};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_offices).service(create_office);
}

/// A new office.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficeIn {
    name: String,
    /// `disnaker`, `blk` or `other`.
    kind: String,
    region_code: String,
    zone: Option<String>,
    phone: Option<String>,
}

/// An office.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficeOut {
    id: Uuid,
    name: String,
    kind: String,
    region_code: String,
    zone: String,
    phone: Option<String>,
    version: i32,
}

impl From<OfficeView> for OfficeOut {
    fn from(view: OfficeView) -> Self {
        Self {
            id: view.id.0,
            name: view.name,
            kind: view.kind,
            region_code: view.region_code,
            zone: view.zone,
            phone: view.phone,
            version: view.version,
        }
    }
}

/// The offices the actor sees.
#[utoipa::path(tag = "offices", responses((status = 200, body = ListOut<OfficeOut>), Problems))]
#[get("/offices")]
async fn list_offices(granted: Granted<ReadClasses>) -> Answer {
    let items = granted.look().offices().await?.into_iter().map(OfficeOut::from).collect();
    found(&ListOut { items, next_cursor: None })
}

/// Found an office.
#[utoipa::path(tag = "offices", request_body = OfficeIn, responses((status = 201, body = OfficeOut), Problems))]
#[post("/offices")]
async fn create_office(granted: Granted<ManageOffices>, body: Body<OfficeIn>) -> Answer {
    let OfficeIn { name, kind, region_code, zone, phone } = body.value;
    let new = NewOffice { name, kind, region_code, zone, phone };
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(OfficeOut::from(work.found_office(&new).await?))).await
}
