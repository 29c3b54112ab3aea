//! Table `allocation`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, AllocationId, OfficeId};

/// One row of `allocation`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "allocation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AllocationId,
    pub office_id: OfficeId,
    pub objective: String,
    pub seed: i64,
    pub status: String,
    pub progress: i32,
    pub is_simulation: bool,
    pub as_of: Date,
    pub policy_name: String,
    pub policy_revision: i32,
    pub policy_body: String,
    pub catalogue: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub request: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub result: Option<Json>,
    pub chosen_way: Option<String>,
    pub chosen_by: Option<AccountId>,
    pub chosen_at: Option<DateTimeUtc>,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
