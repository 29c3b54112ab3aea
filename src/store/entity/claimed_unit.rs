//! Table `claimed_unit`.

use sea_orm::entity::prelude::*;

use crate::engine::id::GraduateId;

/// One row of `claimed_unit`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "claimed_unit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub graduate_id: GraduateId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub text: String,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
