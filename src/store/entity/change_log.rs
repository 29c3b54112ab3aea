//! Table `change_log`.

use sea_orm::entity::prelude::*;

use crate::engine::id::OfficeId;

/// One row of `change_log`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "change_log")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    pub epoch: i64,
    pub xid: i64,
    pub at: DateTimeUtc,
    pub office_id: Option<OfficeId>,
    pub entity: String,
    pub entity_id: Uuid,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
