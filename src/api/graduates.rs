//! People: entering, reading, editing.

use actix_web::http::StatusCode;
use actix_web::{get, patch, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, IfMatch, Params};
use crate::api::list::{ListOut, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::wire::{Code, SexCode, ShiftCode, WageUnitCode, code, edit, member_edit};
use crate::app::details::{PersonEdit, WishEdit};
use crate::app::duplicates::Likeness;
use crate::app::field::Edit;
use crate::app::people::{GraduateLine, GraduateView, WishesView};
use crate::app::permission::{EditWishes, ManagePeople, ReadPeople};
use crate::app::registration::Registered;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(register_graduate).service(list_graduates).service(get_graduate).service(update_graduate);
}

/// The fields of a person are the same when entering and when editing; only the name may be left out of an edit.
macro_rules! person_in {
    ($(#[$meta:meta])* $struct:ident, name: $name:ty $(, $extra:ident: $type:ty)*) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $struct {
            /// One string; one word is a name.
            name: $name,
            /// 16 digits, as text.
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<String>)]
            nik: Edit<String>,
            /// In any way it is written; kept as E.164.
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<String>)]
            phone: Edit<String>,
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<String>)]
            email: Edit<String>,
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<SexCode>)]
            sex: Edit<SexCode>,
            /// The age must be 15 to 75.
            #[serde(default, deserialize_with = "crate::api::wire::stated_day")]
            #[schema(value_type = Option<NaiveDate>)]
            birth_date: Edit<NaiveDate>,
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<String>)]
            birth_place: Edit<String>,
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<String>)]
            address: Edit<String>,
            /// District of residence, a Kemendagri code.
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<String>)]
            district: Edit<String>,
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<String>)]
            education: Edit<String>,
            /// As the person tells it.
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<String>)]
            disability: Edit<String>,
            /// Kilometres the person would travel, straight line.
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<i64>)]
            radius_km: Edit<i64>,
            /// Would live near the work.
            ready_to_board: Option<bool>,
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<String>)]
            transport: Edit<String>,
            refused_shifts: Option<Vec<ShiftCode>>,
            /// Whole rupiah.
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<i64>)]
            wage_wish: Edit<i64>,
            #[serde(default, deserialize_with = "edit")]
            #[schema(value_type = Option<WageUnitCode>)]
            wage_wish_unit: Edit<WageUnitCode>,
            #[serde(default, deserialize_with = "crate::api::wire::stated_day")]
            #[schema(value_type = Option<NaiveDate>)]
            available_from: Edit<NaiveDate>,
            /// Last day of a pause.
            #[serde(default, deserialize_with = "crate::api::wire::stated_day")]
            #[schema(value_type = Option<NaiveDate>)]
            paused_until: Edit<NaiveDate>,
            available: Option<bool>,
            /// Though placed, wants a change.
            wants_change: Option<bool>,
            /// KBJI 2014 codes.
            wished_kbji: Option<Vec<String>>,
            /// What the person says they master: texts or unit codes. Never counts as certified.
            claimed: Option<Vec<String>>,
            $($extra: $type,)*
        }

        impl From<$struct> for PersonEdit {
            fn from(input: $struct) -> Self {
                Self {
                    name: input.name.into(),
                    nik: input.nik,
                    phone: input.phone,
                    email: input.email,
                    sex: member_edit(input.sex),
                    birth_date: input.birth_date,
                    birth_place: input.birth_place,
                    address: input.address,
                    district: input.district,
                    education: input.education,
                    disability: input.disability,
                    claimed: input.claimed,
                    wishes: WishEdit {
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
                        ranked_employers: None,
                        blocked_employers: None,
                    },
                }
            }
        }
    };
}

person_in! {
    /// A person to enter.
    GraduateIn, name: String, office_id: Option<Uuid>
}

person_in! {
    /// A person to enter together with a place in a class; the office is the class's.
    ParticipantPersonIn, name: String
}

person_in! {
    /// What of a person can be changed; by personal link, contact and wishes alone.
    GraduatePatch, name: Option<String>
}

/// A person's file.
#[derive(Debug, Serialize, ToSchema)]
pub struct GraduateOut {
    id: Uuid,
    person_id: Uuid,
    office_id: Uuid,
    officer_id: Option<Uuid>,
    display_name: String,
    /// `************0001`.
    nik_masked: Option<String>,
    /// E.164.
    phone: Option<String>,
    /// A WhatsApp conversation with this number; landlines have none.
    whatsapp_url: Option<String>,
    email: Option<String>,
    sex: Option<SexCode>,
    birth_date: Option<NaiveDate>,
    birth_place: Option<String>,
    address: Option<String>,
    /// Kemendagri code.
    district: Option<String>,
    district_name: Option<String>,
    education: Option<String>,
    disability: Option<String>,
    #[serde(flatten)]
    wishes: WishesOut,
    claimed: Vec<ClaimOut>,
    /// Under 18, and no parent has consented yet.
    parent_consent_missing: bool,
    parent_consent_at: Option<DateTime<Utc>>,
    limited: bool,
    objects_to_ranking: bool,
    erased: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    version: i32,
}

/// What a person wishes.
#[derive(Debug, Serialize, ToSchema)]
pub struct WishesOut {
    available: bool,
    available_from: Option<NaiveDate>,
    paused_until: Option<NaiveDate>,
    wants_change: bool,
    radius_km: Option<i32>,
    transport: Option<String>,
    ready_to_board: bool,
    refused_shifts: Vec<ShiftCode>,
    wage_wish: Option<i64>,
    wage_wish_unit: Option<WageUnitCode>,
    wished_kbji: Vec<String>,
    /// Best first.
    ranked_employers: Vec<Uuid>,
    blocked_employers: Vec<Uuid>,
}

/// A competence the person claims.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimOut {
    unit: String,
    text: String,
}

/// A person just entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisteredOut {
    #[serde(flatten)]
    graduate: GraduateOut,
    /// Another office that knows this NIK.
    known_elsewhere: Option<String>,
    /// People of the office who may be the same; nothing is merged.
    possible_duplicates: Vec<LikenessOut>,
}

/// Somebody who may be the same person.
#[derive(Debug, Serialize, ToSchema)]
pub struct LikenessOut {
    graduate_id: Uuid,
    /// `high`, `medium` or `low`.
    confidence: String,
    reasons: Vec<String>,
}

/// A line of a list of people.
#[derive(Debug, Serialize, ToSchema)]
pub struct GraduateLineOut {
    id: Uuid,
    person_id: Uuid,
    display_name: String,
    /// Kemendagri code.
    district: Option<String>,
    district_name: Option<String>,
    officer_id: Option<Uuid>,
    available: bool,
    created_at: DateTime<Utc>,
}

impl From<WishesView> for WishesOut {
    fn from(view: WishesView) -> Self {
        Self {
            available: view.available,
            available_from: view.available_from,
            paused_until: view.paused_until,
            wants_change: view.wants_change,
            radius_km: view.radius_km,
            transport: view.transport,
            ready_to_board: view.ready_to_board,
            refused_shifts: view.refused_shifts.into_iter().map(Code).collect(),
            wage_wish: view.wage_wish,
            wage_wish_unit: code(view.wage_wish_unit),
            wished_kbji: view.wished_kbji,
            ranked_employers: view.ranked_employers.into_iter().map(|id| id.0).collect(),
            blocked_employers: view.blocked_employers.into_iter().map(|id| id.0).collect(),
        }
    }
}

impl From<GraduateView> for GraduateOut {
    fn from(view: GraduateView) -> Self {
        let private = view.private;
        Self {
            id: view.id.0,
            person_id: view.person_id.0,
            office_id: view.office_id.0,
            officer_id: view.officer_id.map(|id| id.0),
            display_name: view.display_name,
            nik_masked: private.nik_masked,
            phone: private.phone,
            whatsapp_url: private.whatsapp,
            email: private.email,
            sex: code(view.sex),
            birth_date: private.birth_date,
            birth_place: private.birth_place,
            address: private.address,
            district: view.district,
            district_name: view.district_name,
            education: view.education,
            disability: private.disability,
            wishes: view.wishes.into(),
            claimed: view.claimed.into_iter().map(|claim| ClaimOut { unit: claim.unit, text: claim.text }).collect(),
            parent_consent_missing: view.parent_consent_missing,
            parent_consent_at: view.parent_consent_at,
            limited: view.limited,
            objects_to_ranking: view.objects_to_ranking,
            erased: view.erased,
            created_at: view.created_at,
            updated_at: view.updated_at,
            version: view.version,
        }
    }
}

impl From<GraduateLine> for GraduateLineOut {
    fn from(line: GraduateLine) -> Self {
        Self {
            id: line.id.0,
            person_id: line.person_id.0,
            display_name: line.display_name,
            district: line.district,
            district_name: line.district_name,
            officer_id: line.officer_id.map(|id| id.0),
            available: line.available,
            created_at: line.created_at,
        }
    }
}

impl From<Likeness> for LikenessOut {
    fn from(likeness: Likeness) -> Self {
        Self {
            graduate_id: likeness.graduate_id.0,
            confidence: likeness.confidence.code().to_owned(),
            reasons: likeness.reasons.into_iter().map(str::to_owned).collect(),
        }
    }
}

impl From<Registered> for RegisteredOut {
    fn from(registered: Registered) -> Self {
        Self {
            graduate: registered.graduate.into(),
            known_elsewhere: registered.known_elsewhere,
            possible_duplicates: registered.possible_duplicates.into_iter().map(LikenessOut::from).collect(),
        }
    }
}

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct GraduatesQuery {
    /// Part of the name, however it is written.
    q: Option<String>,
    /// A Kemendagri code; a regency or province holds its districts.
    district: Option<String>,
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Enter a person.
#[utoipa::path(tag = "people", request_body = GraduateIn, responses((status = 201, body = RegisteredOut), Problems))]
#[post("/graduates")]
async fn register_graduate(granted: Granted<ManagePeople>, body: Body<GraduateIn>) -> Answer {
    let office = body.value.office_id.map(Into::into);
    let edit = PersonEdit::from(body.value);
    granted.write(StatusCode::CREATED, &body.hash, async |work| Ok(RegisteredOut::from(work.register(office, &edit).await?))).await
}

/// People of the actor's scope.
#[utoipa::path(tag = "people", params(GraduatesQuery), responses((status = 200, body = ListOut<GraduateLineOut>), Problems))]
#[get("/graduates")]
async fn list_graduates(granted: Granted<ReadPeople>, Params(query): Params<GraduatesQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().graduates(query.q.as_deref(), query.district.as_deref(), slice).await?;
    found(&list_out(&granted.app, page, |line| line.id.0, GraduateLineOut::from))
}

/// A person's file; the reading is recorded.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path)), responses((status = 200, body = GraduateOut), Problems))]
#[get("/graduates/{id}")]
async fn get_graduate(granted: Granted<ReadPeople>, id: web::Path<Uuid>) -> Answer {
    found(&GraduateOut::from(granted.look().graduate(id.into_inner().into()).await?))
}

/// Change what is known of a person.
#[utoipa::path(tag = "people", params(("id" = Uuid, Path), ("If-Match" = String, Header)), request_body = GraduatePatch,
    responses((status = 200, body = GraduateOut), Problems))]
#[patch("/graduates/{id}")]
async fn update_graduate(granted: Granted<EditWishes>, id: web::Path<Uuid>, version: IfMatch, body: Body<GraduatePatch>) -> Answer {
    let (id, edit) = (id.into_inner().into(), PersonEdit::from(body.value));
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(GraduateOut::from(work.edit_person(id, &edit, version.0).await?))).await
}
