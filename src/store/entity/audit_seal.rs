//! Table `audit_seal`.

use sea_orm::entity::prelude::*;

use crate::engine::id::RowId;

/// One row of `audit_seal`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_seal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub audit_id: RowId,
    pub prev: Vec<u8>,
    pub hash: Vec<u8>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
