//! Table `scheme`.

use sea_orm::entity::prelude::*;

/// One row of `scheme`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "scheme")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub title: String,
    pub kind: Option<String>,
    pub sector: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub unit_codes: Json,
    pub source: Option<String>,
    pub updated_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
