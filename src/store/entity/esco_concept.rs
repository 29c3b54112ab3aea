//! Table `esco_concept`.

use sea_orm::entity::prelude::*;

/// One row of `esco_concept`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "esco_concept")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub uri: String,
    pub kind: String,
    pub label: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub alternative_labels: Json,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
