//! Table `closed_period`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, ClosedPeriodId, OfficeId};

/// One row of `closed_period`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "closed_period")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClosedPeriodId,
    pub office_id: OfficeId,
    pub label: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub query: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub report: Json,
    pub hash: Vec<u8>,
    pub closed_by: Option<AccountId>,
    pub closed_at: DateTimeUtc,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
