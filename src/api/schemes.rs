//! Certification schemes.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::api::answer::{Answer, found};
use crate::api::competencies::FindQuery;
use crate::api::extract::{Granted, Params};
use crate::api::list::{ListOut, place_of, window_out};
use crate::api::problem::Problems;
use crate::app::permission::ReadCatalogue;
use crate::app::places::SchemeView;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_schemes);
}

/// A certification scheme.
#[derive(Debug, Serialize, ToSchema)]
pub struct SchemeOut {
    code: String,
    title: String,
    /// As its body publishes it: `okupasi`, `klaster` or `kkni`.
    kind: Option<String>,
    sector: Option<String>,
    profession: Option<String>,
    /// Codes of its units, where they are known.
    units: Vec<String>,
}

impl From<SchemeView> for SchemeOut {
    fn from(view: SchemeView) -> Self {
        let filled = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            code: view.scheme.code,
            title: view.scheme.title,
            kind: filled(view.scheme.kind.to_lowercase()),
            sector: filled(view.scheme.field),
            profession: filled(view.scheme.profession),
            units: view.units,
        }
    }
}

/// Certification schemes.
#[utoipa::path(tag = "catalogue", params(FindQuery), responses((status = 200, body = ListOut<SchemeOut>), Problems))]
#[get("/schemes")]
async fn list_schemes(granted: Granted<ReadCatalogue>, Params(query): Params<FindQuery>) -> Answer {
    let (skip, limit) = place_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let window = granted.look().schemes(query.q.as_deref().unwrap_or_default(), skip, limit).await?;
    found(&window_out(&granted.app, window, skip, SchemeOut::from))
}
