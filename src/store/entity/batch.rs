//! Table `batch`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, BatchId, EmployerId, FileId, OfficeId, ProgrammeId};

/// One row of `batch`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BatchId,
    pub office_id: OfficeId,
    pub programme_id: ProgrammeId,
    pub name: String,
    pub capacity: i32,
    pub reserve_capacity: i32,
    pub starts_on: Date,
    pub ends_on: Date,
    pub place: Option<String>,
    pub district_code: Option<String>,
    pub instructor_id: Option<AccountId>,
    pub instructor_name: Option<String>,
    pub partner_id: Option<EmployerId>,
    pub fund: Option<String>,
    pub cost: Option<i64>,
    pub target_percent: Option<i32>,
    pub consent_signed_on: Option<Date>,
    pub consent_file_id: Option<FileId>,
    pub closed_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
