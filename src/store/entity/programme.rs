//! Table `programme`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{OfficeId, ProgrammeId};

/// One row of `programme`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "programme")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProgrammeId,
    pub office_id: OfficeId,
    pub title: String,
    pub trade: Option<String>,
    pub hours_jp: Option<i32>,
    pub method: Option<String>,
    pub training_type: Option<String>,
    pub scheme_code: Option<String>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
