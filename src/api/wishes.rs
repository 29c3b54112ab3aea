//! What a person decides about, and the links by which people reach their own page.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, put, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found, nothing};
use crate::api::extract::{Body, Granted};
use crate::api::graduates::GraduateOut;
use crate::api::list::ListOut;
use crate::api::problem::{Problem, Problems};
use crate::api::wire::{ShiftCode, WageUnitCode, edit, member_edit};
use crate::app::details::WishEdit;
use crate::app::field::Edit;
use crate::app::handovers::HandoverView;
use crate::app::permission::{EditWishes, ManageLinks, ManagePeople, ReadClasses};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(put_wishes).service(limit_graduate).service(object_to_ranking).service(parent_consent);
    service.service(issue_link).service(revoke_links).service(hand_over).service(list_hand_overs).service(erase_graduate);
}

/// What a person wishes; a field left out stays, `null` clears it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WishesIn {
    /// Kilometres, straight line.
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<i64>)]
    radius_km: Edit<i64>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<String>)]
    transport: Edit<String>,
    ready_to_board: Option<bool>,
    refused_shifts: Option<Vec<ShiftCode>>,
    /// Whole rupiah.
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<i64>)]
    wage_wish: Edit<i64>,
    #[serde(default, deserialize_with = "edit")]
    #[schema(value_type = Option<WageUnitCode>)]
    wage_wish_unit: Edit<WageUnitCode>,
    available: Option<bool>,
    #[serde(default, deserialize_with = "crate::api::wire::stated_day")]
    #[schema(value_type = Option<NaiveDate>)]
    available_from: Edit<NaiveDate>,
    /// Last day of a pause.
    #[serde(default, deserialize_with = "crate::api::wire::stated_day")]
    #[schema(value_type = Option<NaiveDate>)]
    paused_until: Edit<NaiveDate>,
    wants_change: Option<bool>,
    /// KBJI 2014 codes.
    wished_kbji: Option<Vec<String>>,
    /// Best first.
    ranked_employers: Option<Vec<Uuid>>,
    blocked_employers: Option<Vec<Uuid>>,
}

impl From<WishesIn> for WishEdit {
    fn from(input: WishesIn) -> Self {
        let employers = |list: Option<Vec<Uuid>>| list.map(|list| list.into_iter().map(Into::into).collect());
        Self {
            available: input.available,
            available_from: input.available_from,
            paused_until: input.paused_until,
            wants_change: input.wants_change,
            radius_km: input.radius_km,
            transport: input.transport,
            ready_to_board: input.ready_to_board,
            refused_shifts: input.refused_shifts.map(|shifts| shifts.into_iter().map(|shift| shift.0).collect()),
            wage_wish: input.wage_wish,
            wage_wish_unit: member_edit(input.wage_wish_unit),
            wished_kbji: input.wished_kbji,
            ranked_employers: employers(input.ranked_employers),
            blocked_employers: employers(input.blocked_employers),
        }
    }
}

/// Whether a person's data rests.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitIn {
    limited: bool,
}

/// Whether a person objects to automated ranking.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectionIn {
    objects: bool,
}

/// When a parent agreed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParentConsentIn {
    #[serde(deserialize_with = "crate::api::wire::day")]
    given_on: NaiveDate,
}

/// Where a person's own page is. Shown this once; a new link ends the old one.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalLinkOut {
    url: String,
}

/// Into whose hands a person goes: an officer, an office, or both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverIn {
    officer_id: Option<Uuid>,
    office_id: Option<Uuid>,
    reason: String,
}

/// A hand-over.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverOut {
    id: Uuid,
    graduate_id: Uuid,
    from_office_id: Option<Uuid>,
    to_office_id: Option<Uuid>,
    from_officer_id: Option<Uuid>,
    to_officer_id: Option<Uuid>,
    reason: Option<String>,
    recorded_by: Option<Uuid>,
    recorded_at: DateTime<Utc>,
}

impl From<HandoverView> for HandoverOut {
    fn from(row: HandoverView) -> Self {
        Self {
            id: row.id.0,
            graduate_id: row.entity_id,
            from_office_id: row.from_office.map(|id| id.0),
            to_office_id: row.to_office.map(|id| id.0),
            from_officer_id: row.from_account.map(|id| id.0),
            to_officer_id: row.to_account.map(|id| id.0),
            reason: row.reason,
            recorded_by: row.recorded_by.map(|id| id.0),
            recorded_at: row.recorded_at,
        }
    }
}

/// Record what a person wishes.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), request_body = WishesIn,
    responses((status = 200, body = GraduateOut), Problems))]
#[put("/graduates/{id}/wishes")]
async fn put_wishes(granted: Granted<EditWishes>, id: web::Path<Uuid>, body: Body<WishesIn>) -> Answer {
    let (id, wishes) = (id.into_inner().into(), WishEdit::from(body.value));
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(GraduateOut::from(work.edit_wishes(id, &wishes).await?))).await
}

/// Let a person's data rest: nobody matches it; or end that.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), request_body = LimitIn,
    responses((status = 200, body = GraduateOut), Problems))]
#[post("/graduates/{id}/limit")]
async fn limit_graduate(granted: Granted<EditWishes>, id: web::Path<Uuid>, body: Body<LimitIn>) -> Answer {
    let (id, limited) = (id.into_inner().into(), body.value.limited);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(GraduateOut::from(work.limit_person(id, limited).await?))).await
}

/// Object to automated ranking, or no longer.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), request_body = ObjectionIn,
    responses((status = 200, body = GraduateOut), Problems))]
#[post("/graduates/{id}/object-to-ranking")]
async fn object_to_ranking(granted: Granted<EditWishes>, id: web::Path<Uuid>, body: Body<ObjectionIn>) -> Answer {
    let (id, objects) = (id.into_inner().into(), body.value.objects);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(GraduateOut::from(work.object_to_ranking(id, objects).await?))).await
}

/// Record that a parent agreed.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), request_body = ParentConsentIn,
    responses((status = 200, body = GraduateOut), Problems))]
#[post("/graduates/{id}/parent-consent")]
async fn parent_consent(granted: Granted<ManagePeople>, id: web::Path<Uuid>, body: Body<ParentConsentIn>) -> Answer {
    let (id, given_on) = (id.into_inner().into(), body.value.given_on);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(GraduateOut::from(work.parent_consent(id, given_on).await?))).await
}

/// Issue a new personal link; the old ones end.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), responses((status = 201, body = PersonalLinkOut), Problems))]
#[post("/graduates/{id}/link")]
async fn issue_link(granted: Granted<ManageLinks>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::CREATED, &[], async |work| Ok(PersonalLinkOut { url: work.new_link(id).await? })).await
}

/// End every personal link of a person.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), responses((status = 204), Problems))]
#[delete("/graduates/{id}/links")]
async fn revoke_links(granted: Granted<ManageLinks>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    let id = id.into_inner().into();
    granted.app.work(&granted.actor, async |work| granted.app.revoke_links(work, id).await).await?;
    Ok(nothing())
}

/// Give a person into other hands.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), request_body = HandoverIn,
    responses((status = 201, body = HandoverOut), Problems))]
#[post("/graduates/{id}/hand-over")]
async fn hand_over(granted: Granted<ManagePeople>, id: web::Path<Uuid>, body: Body<HandoverIn>) -> Answer {
    let (id, HandoverIn { officer_id, office_id, reason }) = (id.into_inner().into(), body.value);
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| {
            let handed = work.hand_over(id, officer_id.map(Into::into), office_id.map(Into::into), &reason).await?;
            Ok(HandoverOut::from(handed))
        })
        .await
}

/// Hand-overs of a person.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), responses((status = 200, body = ListOut<HandoverOut>), Problems))]
#[get("/graduates/{id}/hand-overs")]
async fn list_hand_overs(granted: Granted<ReadClasses>, id: web::Path<Uuid>) -> Answer {
    let rows = granted.look().hand_overs(id.into_inner().into()).await?;
    found(&ListOut { items: rows.into_iter().map(HandoverOut::from).collect(), next_cursor: None })
}

/// Erase a person's data: at once out of matching and sharing; counts and certificates stay.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), responses((status = 200, body = GraduateOut), Problems))]
#[post("/graduates/{id}/erase")]
async fn erase_graduate(granted: Granted<ManagePeople>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::OK, &[], async |work| Ok(GraduateOut::from(work.erase_person(id).await?))).await
}
