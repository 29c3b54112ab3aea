//! Table `number_series`.

use sea_orm::entity::prelude::*;

use crate::engine::id::OfficeId;

/// One row of `number_series`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "number_series")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub office_id: OfficeId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub series: String,
    pub next_number: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
