//! Table `vacancy`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, CommitmentId, EmployerId, OfficeId, VacancyId};
use crate::engine::kinds::{Contract, OfferApproval, OpenTo, Shift};
use crate::engine::lifecycle::VacancyState;
use crate::engine::money::WageUnit;

/// One row of `vacancy`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "vacancy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VacancyId,
    pub office_id: OfficeId,
    pub employer_id: EmployerId,
    pub commitment_id: Option<CommitmentId>,
    pub title: String,
    pub description: Option<String>,
    pub positions: i32,
    pub filled: i32,
    pub district_code: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub other_districts: Json,
    pub starts_on: Date,
    pub closes_on: Date,
    pub wage_min: Option<i64>,
    pub wage_max: Option<i64>,
    pub wage_unit: Option<WageUnit>,
    pub contract: Option<Contract>,
    pub hours_per_week: i32,
    pub shift: Option<Shift>,
    pub max_distance_km: Option<i32>,
    pub education: Option<String>,
    pub education_required: bool,
    pub experience_months: Option<i32>,
    #[sea_orm(column_type = "JsonBinary")]
    pub licences: Json,
    pub kbji: Option<String>,
    pub open_to: OpenTo,
    pub open_to_approved_by: Option<AccountId>,
    pub offer_approval: OfferApproval,
    pub offers_per_seat: i32,
    pub external_ref: Option<String>,
    pub state: VacancyState,
    #[sea_orm(column_type = "JsonBinary")]
    pub flags: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub declared: Option<Json>,
    pub declared_approved_by: Option<AccountId>,
    #[sea_orm(column_type = "JsonBinary")]
    pub return_notes: Option<Json>,
    pub close_reason: Option<String>,
    pub touched_at: DateTimeUtc,
    pub reminded_at: Option<DateTimeUtc>,
    pub published_at: Option<DateTimeUtc>,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
