//! Table `match_row`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{GraduateId, OfficeId};

/// One row of `match_row`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "match_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub graduate_id: GraduateId,
    pub office_id: OfficeId,
    pub packed: Vec<u8>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
