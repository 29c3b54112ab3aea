//! Table `graduate`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, GraduateId, OfficeId, PersonId};
use crate::engine::kinds::Sex;
use crate::engine::money::WageUnit;

/// One row of `graduate`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "graduate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GraduateId,
    pub office_id: OfficeId,
    pub person_id: PersonId,
    pub officer_id: Option<AccountId>,
    pub name: String,
    pub name_key: String,
    pub sex: Option<Sex>,
    pub district_code: Option<String>,
    pub district_text: Option<String>,
    pub nik_sealed: Option<Vec<u8>>,
    pub phone_sealed: Option<Vec<u8>>,
    pub email_sealed: Option<Vec<u8>>,
    pub address_sealed: Option<Vec<u8>>,
    pub birth_date_sealed: Option<Vec<u8>>,
    pub birth_place_sealed: Option<Vec<u8>>,
    pub disability_sealed: Option<Vec<u8>>,
    pub notes_sealed: Option<Vec<u8>>,
    pub education: Option<String>,
    pub available: bool,
    pub available_from: Option<Date>,
    pub paused_until: Option<Date>,
    pub wants_change: bool,
    pub radius_km: Option<i32>,
    pub transport: Option<String>,
    pub ready_to_board: bool,
    #[sea_orm(column_type = "JsonBinary")]
    pub refused_shifts: Json,
    pub wage_wish: Option<i64>,
    pub wage_wish_unit: Option<WageUnit>,
    #[sea_orm(column_type = "JsonBinary")]
    pub wished_kbji: Json,
    pub parent_consent_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
