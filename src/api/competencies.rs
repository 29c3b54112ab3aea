//! Competency units and resolving.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, LargeBody, Params};
use crate::api::list::{ListOut, place_of, window_out};
use crate::api::problem::Problems;
use crate::api::vacancy_out::{CandidateOut, UnitOut};
use crate::api::wire::hundredths;
use crate::app::catalogue::{NewUnit, UnitView};
use crate::app::permission::{ManageCatalogue, ReadCatalogue};
use crate::engine::catalogue::Unit;
use crate::engine::resolve::Resolution;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_competencies).service(resolve).service(confirm_meaning).service(add_units).service(link_units);
    service.service(get_competency);
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FindQuery {
    /// A code, its beginning, or words of the title.
    pub q: Option<String>,
    /// How many items, 1 to 200.
    pub limit: Option<u64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// A unit of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompetencyOut {
    code: String,
    title: String,
    sector: Option<String>,
    decree: Option<String>,
    /// Whether the code stands in a decree.
    official: bool,
    /// The code as sources wrote it.
    written_forms: Vec<String>,
    title_variants: Vec<String>,
}

/// A unit linked with another.
#[derive(Debug, Serialize, ToSchema)]
pub struct EquivalentOut {
    code: String,
    title: String,
    /// How much the one counts as the other, in percent.
    factor: f64,
    /// Whether staff looked at the link; one that nobody looked at counts nothing.
    reviewed: bool,
}

/// A unit with what stands beside it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompetencyDetailOut {
    code: String,
    title: String,
    sector: Option<String>,
    decree: Option<String>,
    official: bool,
    written_forms: Vec<String>,
    title_variants: Vec<String>,
    /// Every version of its family, oldest first.
    versions: Vec<UnitOut>,
    equivalents: Vec<EquivalentOut>,
    /// Units of the same ESCO skill or of one directly above or below it, by links that staff accepted. They are not this unit: by policy they
    /// count a little where it is preferred, and never where it is required.
    related: Vec<UnitOut>,
}

/// Texts to resolve.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveIn {
    /// Up to 100, of up to 10,000 characters.
    texts: Vec<String>,
    /// The trade of what stands beside them; decides between equals.
    sector: Option<String>,
}

/// What a text means.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResolutionOut {
    text: String,
    /// `matched`, `ambiguous` or `none`.
    status: String,
    /// The level the words suggest, 1 to 5 (`tingkat dasar`, `senior`); never asked of anybody unless somebody makes it a requirement.
    level: Option<u8>,
    /// Likeliest first.
    candidates: Vec<CandidateOut>,
}

/// What texts mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResolvedOut {
    results: Vec<ResolutionOut>,
}

/// What a text means, to be remembered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationIn {
    text: String,
    /// A unit's code in any written form.
    code: String,
}

/// What is remembered.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConfirmationOut {
    text: String,
    code: String,
    title: String,
}

/// A unit to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitIn {
    /// Without one, or where it has none of the official shapes, it becomes a local unit.
    code: Option<String>,
    title: String,
    sector: Option<String>,
    decree: Option<String>,
}

/// Units to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitsIn {
    /// Up to 20,000.
    units: Vec<UnitIn>,
}

/// What became of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitsOut {
    created: usize,
    updated: usize,
    unchanged: usize,
}

/// Two codes of one competence.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkIn {
    left: String,
    right: String,
    /// How much the one counts as the other, in whole percent, 10 to 100.
    factor: i64,
}

/// A link between units.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkOut {
    id: Uuid,
    left: String,
    right: String,
    factor: i32,
    reviewed: bool,
}

impl From<Unit> for CompetencyOut {
    fn from(unit: Unit) -> Self {
        Self {
            code: unit.code.as_str().to_owned(),
            title: unit.title,
            sector: Some(unit.sector).filter(|sector| !sector.is_empty()),
            decree: unit.decree,
            official: unit.official,
            written_forms: unit.written_forms,
            title_variants: unit.title_variants,
        }
    }
}

impl From<UnitView> for CompetencyDetailOut {
    fn from(view: UnitView) -> Self {
        let unit = CompetencyOut::from(view.unit);
        let version = |(code, title): (_, String)| UnitOut::new(&code, title);
        let equivalents = view.equivalents.into_iter().map(|(code, title, factor, reviewed)| EquivalentOut {
            code: code.as_str().to_owned(),
            title,
            factor: hundredths(factor.into()),
            reviewed,
        });
        Self {
            code: unit.code,
            title: unit.title,
            sector: unit.sector,
            decree: unit.decree,
            official: unit.official,
            written_forms: unit.written_forms,
            title_variants: unit.title_variants,
            versions: view.versions.into_iter().map(version).collect(),
            equivalents: equivalents.collect(),
            related: view.related.into_iter().map(version).collect(),
        }
    }
}

impl From<Resolution> for ResolutionOut {
    fn from(resolution: Resolution) -> Self {
        let candidates = resolution.candidates.into_iter().map(CandidateOut::from).collect();
        Self { text: resolution.text, status: resolution.status.code().to_owned(), level: resolution.level, candidates }
    }
}

/// Competency units.
#[utoipa::path(tag = "catalogue", params(FindQuery), responses((status = 200, body = ListOut<CompetencyOut>), Problems))]
#[get("/competencies")]
async fn list_competencies(granted: Granted<ReadCatalogue>, Params(query): Params<FindQuery>) -> Answer {
    let (skip, limit) = place_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let window = granted.look().units(query.q.as_deref().unwrap_or_default(), skip, limit);
    found(&window_out(&granted.app, window, skip, CompetencyOut::from))
}

/// One competency unit, its code in any written form.
#[utoipa::path(tag = "catalogue", params(("code" = String, Path)), responses((status = 200, body = CompetencyDetailOut), Problems))]
#[get("/competencies/{code}")]
async fn get_competency(granted: Granted<ReadCatalogue>, code: web::Path<String>) -> Answer {
    found(&CompetencyDetailOut::from(granted.look().unit(&code)?))
}

/// What texts mean, each by itself.
#[utoipa::path(tag = "catalogue", request_body = ResolveIn, responses((status = 200, body = ResolvedOut), Problems))]
#[post("/competencies/resolve")]
async fn resolve(granted: Granted<ReadCatalogue>, body: Body<ResolveIn>) -> Answer {
    let results = granted.look().resolve(&body.value.texts, body.value.sector.as_deref())?;
    found(&ResolvedOut { results: results.into_iter().map(ResolutionOut::from).collect() })
}

/// Remember for the office what a text means.
#[utoipa::path(tag = "catalogue", request_body = ConfirmationIn, responses((status = 201, body = ConfirmationOut), Problems))]
#[post("/competencies/confirmations")]
async fn confirm_meaning(granted: Granted<ManageCatalogue>, body: Body<ConfirmationIn>) -> Answer {
    let ConfirmationIn { text, code } = body.value;
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| {
            let unit = work.confirm_meaning(&text, &code).await?;
            Ok(ConfirmationOut { text: text.trim().to_owned(), code: unit.code.as_str().to_owned(), title: unit.title })
        })
        .await
}

/// Add units to the catalogue, or say more of known ones; all or nothing.
#[utoipa::path(tag = "catalogue", request_body = UnitsIn, responses((status = 201, body = UnitsOut), Problems))]
#[post("/competencies/units")]
async fn add_units(granted: Granted<ManageCatalogue>, body: LargeBody<UnitsIn>) -> Answer {
    let unit = |unit: UnitIn| NewUnit { code: unit.code, title: unit.title, sector: unit.sector, decree: unit.decree };
    let units: Vec<NewUnit> = body.value.units.into_iter().map(unit).collect();
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| {
            let added = work.add_units(&units).await?;
            Ok(UnitsOut { created: added.created, updated: added.updated, unchanged: added.unchanged })
        })
        .await
}

/// Link two codes of one competence; both stay.
#[utoipa::path(tag = "catalogue", request_body = LinkIn, responses((status = 201, body = LinkOut), Problems))]
#[post("/competencies/links")]
async fn link_units(granted: Granted<ManageCatalogue>, body: Body<LinkIn>) -> Answer {
    let LinkIn { left, right, factor } = body.value;
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| {
            let link = work.link_units(&left, &right, factor).await?;
            let factor = link.factor_hundredths / 100;
            Ok(LinkOut { id: link.id.0, left: link.left_code, right: link.right_code, factor, reviewed: link.reviewed })
        })
        .await
}
