//! Links between competency units and ESCO skills: what was proposed, and what staff say of it.

use actix_web::http::StatusCode;
use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, IfMatch, Params};
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::vacancy_out::UnitOut;
use crate::api::wire::{Code, LinkStandingCode, member};
use crate::app::esco::EscoLinkView;
use crate::app::permission::{ManageCatalogue, ReadEscoLinks};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_esco_links).service(review_esco_link);
}

/// Which links.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct EscoLinkQuery {
    /// Only those of this standing.
    #[param(inline)]
    standing: Option<LinkStandingCode>,
    limit: Option<u64>,
    cursor: Option<String>,
}

/// What staff say of a link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscoReviewIn {
    /// Whether the unit teaches the skill.
    accept: bool,
}

/// The skill of a link.
#[derive(Debug, Serialize, ToSchema)]
pub struct EscoSkillOut {
    /// Its address.
    uri: String,
    /// Its label when the link was proposed.
    label: String,
}

/// A link between a unit and a skill; it counts nothing unless it was accepted.
#[derive(Debug, Serialize, ToSchema)]
pub struct EscoLinkOut {
    id: Uuid,
    unit: UnitOut,
    skill: EscoSkillOut,
    standing: LinkStandingCode,
    source: Option<String>,
    proposed_at: DateTime<Utc>,
    reviewed_by: Option<Uuid>,
    reviewed_at: Option<DateTime<Utc>>,
    version: i32,
}

impl From<EscoLinkView> for EscoLinkOut {
    fn from(view: EscoLinkView) -> Self {
        let EscoLinkView { row, unit, unit_title } = view;
        Self {
            id: row.id.0,
            unit: UnitOut::new(&unit, unit_title),
            skill: EscoSkillOut { uri: row.skill_uri, label: row.skill_label },
            standing: Code(row.standing),
            source: row.source,
            proposed_at: row.proposed_at,
            reviewed_by: row.reviewed_by.map(Uuid::from),
            reviewed_at: row.reviewed_at,
            version: row.version,
        }
    }
}

/// Links between units and ESCO skills, oldest first.
#[utoipa::path(tag = "catalogue", params(EscoLinkQuery), responses((status = 200, body = ListOut<EscoLinkOut>), Problems))]
#[get("/esco-links")]
async fn list_esco_links(granted: Granted<ReadEscoLinks>, Params(query): Params<EscoLinkQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().esco_links(member(query.standing), slice).await?;
    found(&list_out(&granted.app, page, |view| view.row.id.0, EscoLinkOut::from))
}

/// Accept or reject a link. Accepted, units of the same or a neighbouring skill may count a little on preferred lines.
#[utoipa::path(tag = "catalogue", params(("id" = Uuid, Path), ("If-Match" = String, Header)), request_body = EscoReviewIn,
    responses((status = 200, body = EscoLinkOut), Problems))]
#[post("/esco-links/{id}/review")]
async fn review_esco_link(granted: Granted<ManageCatalogue>, id: web::Path<Uuid>, version: IfMatch, body: Body<EscoReviewIn>) -> Answer {
    let (id, accept) = (id.into_inner().into(), body.value.accept);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(EscoLinkOut::from(work.review_esco_link(id, version.0, accept).await?))).await
}
