//! Table `read_log`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, OfficeId, PersonId, RowId};

/// One row of `read_log`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "read_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub at: DateTimeUtc,
    pub account_id: Option<AccountId>,
    pub office_id: Option<OfficeId>,
    pub person_id: PersonId,
    pub purpose: String,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
