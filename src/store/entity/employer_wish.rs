//! Table `employer_wish`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{EmployerId, GraduateId};

/// One row of `employer_wish`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "employer_wish")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub graduate_id: GraduateId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub employer_id: EmployerId,
    pub rank: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
