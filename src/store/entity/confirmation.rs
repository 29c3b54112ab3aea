//! Table `confirmation`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, OfficeId, RowId};

/// One row of `confirmation`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "confirmation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub office_id: Option<OfficeId>,
    pub subject: String,
    pub text_key: String,
    pub text: String,
    pub code: String,
    pub confirmed_by: Option<AccountId>,
    pub confirmed_at: DateTimeUtc,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
