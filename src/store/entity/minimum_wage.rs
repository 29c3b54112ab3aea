//! Table `minimum_wage`.

use sea_orm::entity::prelude::*;

use crate::engine::id::RowId;

/// One row of `minimum_wage`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "minimum_wage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub region_code: String,
    pub sector: String,
    pub year: i32,
    pub amount: i64,
    pub valid_from: Date,
    pub basis: Option<String>,
    pub source: Option<String>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
