//! Table `esco_link`.

use sea_orm::entity::prelude::*;

use crate::engine::esco::LinkStanding;
use crate::engine::id::{AccountId, RowId};

/// One row of `esco_link`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "esco_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub unit_code: String,
    pub skill_uri: String,
    pub skill_label: String,
    pub standing: LinkStanding,
    pub source: Option<String>,
    pub proposed_at: DateTimeUtc,
    pub reviewed_by: Option<AccountId>,
    pub reviewed_at: Option<DateTimeUtc>,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
