//! Table `duplicate_proposal`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, GraduateId, OfficeId, RowId};

/// One row of `duplicate_proposal`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "duplicate_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub office_id: OfficeId,
    pub left_graduate: GraduateId,
    pub right_graduate: GraduateId,
    pub confidence: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub reasons: Json,
    pub decision: Option<String>,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
