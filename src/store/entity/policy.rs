//! Table `policy`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, OfficeId, RowId};

/// One row of `policy`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "policy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub office_id: Option<OfficeId>,
    pub name: String,
    pub revision: i32,
    pub body: String,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
