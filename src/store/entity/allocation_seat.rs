//! Table `allocation_seat`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AllocationId, GraduateId, VacancyId};

/// One row of `allocation_seat`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "allocation_seat")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub allocation_id: AllocationId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub vacancy_id: VacancyId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub graduate_id: GraduateId,
    pub place: i32,
    pub score: Option<i32>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
