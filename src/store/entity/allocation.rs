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
    #[sea_orm(column_type = "JsonBinary")]
    pub request: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub result: Option<Json>,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
