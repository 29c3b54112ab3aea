//! Table `handover`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, OfficeId, RowId};

/// One row of `handover`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "handover")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub entity: String,
    pub entity_id: Uuid,
    pub from_office: Option<OfficeId>,
    pub to_office: Option<OfficeId>,
    pub from_account: Option<AccountId>,
    pub to_account: Option<AccountId>,
    pub reason: Option<String>,
    pub recorded_by: Option<AccountId>,
    pub recorded_at: DateTimeUtc,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
