//! A person's timeline.

use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::Granted;
use crate::api::list::ListOut;
use crate::api::problem::Problems;
use crate::app::permission::ReadPeople;
use crate::app::timeline::Moment;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(timeline);
}

/// One dated thing in a person's way.
#[derive(Debug, Serialize, ToSchema)]
pub struct MomentOut {
    /// The day it is about.
    on: NaiveDate,
    /// The instant it happened or was recorded, where known.
    at: Option<DateTime<Utc>>,
    /// `class_began`, `class_ended`, `result`, `certificate_issued`, `certificate_revoked`, `consent_given`, `consent_withdrawn`,
    /// `referred`, `offer_written`, `offer_sent`, `offer_answered`, `seat_taken`, `follow_up_attempt`, or what an outcome event says.
    what: &'static str,
    entity: &'static str,
    entity_id: Uuid,
    /// State, result or kind.
    state: Option<String>,
    title: Option<String>,
    employer_name: Option<String>,
    /// To staff alone.
    note: Option<String>,
    /// Whether it was taken back.
    retracted: bool,
}

impl From<Moment> for MomentOut {
    fn from(moment: Moment) -> Self {
        let Moment { on, at, what, entity, entity_id, state, title, employer_name, note, retracted } = moment;
        Self { on, at, what, entity, entity_id, state, title, employer_name, note, retracted }
    }
}

/// Everything dated of a person in one list, earliest first.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), responses((status = 200, body = ListOut<MomentOut>), Problems))]
#[get("/graduates/{id}/timeline")]
async fn timeline(granted: Granted<ReadPeople>, id: web::Path<Uuid>) -> Answer {
    let moments = granted.look().timeline(id.into_inner().into()).await?;
    found(&ListOut { items: moments.into_iter().map(MomentOut::from).collect(), next_cursor: None })
}
