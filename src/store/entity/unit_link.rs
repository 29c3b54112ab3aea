//! Table `unit_link`.

use sea_orm::entity::prelude::*;

use crate::engine::id::RowId;

/// One row of `unit_link`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub left_code: String,
    pub right_code: String,
    pub factor_hundredths: i32,
    pub reviewed: bool,
    pub source: Option<String>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
