//! Table `merge_record`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, PersonId, RowId};

/// One row of `merge_record`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "merge_record")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub from_person: PersonId,
    pub to_person: PersonId,
    #[sea_orm(column_type = "JsonBinary")]
    pub moved: Json,
    pub merged_by: Option<AccountId>,
    pub merged_at: DateTimeUtc,
    pub undone_at: Option<DateTimeUtc>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
