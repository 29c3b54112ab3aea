//! Regions and occupations.

use actix_web::get;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::api::answer::{Answer, found};
use crate::api::competencies::FindQuery;
use crate::api::extract::{Granted, Params};
use crate::api::list::{ListOut, place_of, window_out};
use crate::api::problem::Problems;
use crate::api::wire::{Code, member};
use crate::app::permission::ReadCatalogue;
use crate::app::places::RegionLevel;
use crate::engine::facts::{OccupationFact, RegionFact};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_regions).service(list_occupations);
}

/// The code of a region's level.
pub type RegionLevelCode = Code<RegionLevel>;

/// Which regions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RegionQuery {
    /// A code, its beginning, or the name people write: `Maron`, `Kec. Maron, Probolinggo`.
    q: Option<String>,
    /// `province`, `regency` or `district`.
    #[param(value_type = Option<String>)]
    level: Option<RegionLevelCode>,
    /// How many items, 1 to 200.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A region.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegionOut {
    /// The Kemendagri code.
    code: String,
    name: String,
    level: RegionLevelCode,
    regency: Option<String>,
    province: Option<String>,
    latitude: f64,
    longitude: f64,
}

/// An occupation of KBJI 2014.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccupationOut {
    kbji: String,
    title: String,
}

impl From<RegionFact> for RegionOut {
    fn from(region: RegionFact) -> Self {
        let filled = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            level: RegionLevel::of(&region.code).into(),
            code: region.code.as_str().to_owned(),
            name: region.name,
            regency: filled(region.regency),
            province: filled(region.province),
            latitude: region.point.latitude,
            longitude: region.point.longitude,
        }
    }
}

impl From<OccupationFact> for OccupationOut {
    fn from(occupation: OccupationFact) -> Self {
        Self { kbji: occupation.kbji, title: occupation.title }
    }
}

/// Provinces, regencies and districts.
#[utoipa::path(tag = "catalogue", params(RegionQuery), responses((status = 200, body = ListOut<RegionOut>), Problems))]
#[get("/regions")]
async fn list_regions(granted: Granted<ReadCatalogue>, Params(query): Params<RegionQuery>) -> Answer {
    let (skip, limit) = place_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let window = granted.look().regions(query.q.as_deref().unwrap_or_default(), member(query.level), skip, limit);
    found(&window_out(&granted.app, window, skip, RegionOut::from))
}

/// Occupations (KBJI 2014).
#[utoipa::path(tag = "catalogue", params(FindQuery), responses((status = 200, body = ListOut<OccupationOut>), Problems))]
#[get("/occupations")]
async fn list_occupations(granted: Granted<ReadCatalogue>, Params(query): Params<FindQuery>) -> Answer {
    let (skip, limit) = place_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let window = granted.look().occupations(query.q.as_deref().unwrap_or_default(), skip, limit);
    found(&window_out(&granted.app, window, skip, OccupationOut::from))
}
