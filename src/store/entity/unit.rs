//! Table `unit`.

use sea_orm::entity::prelude::*;

/// One row of `unit`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "unit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub family: String,
    pub edition: i32,
    pub written: String,
    pub title: String,
    pub sector: Option<String>,
    pub decree: Option<String>,
    pub source: Option<String>,
    pub official: bool,
    pub updated_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
