//! Table `esco_relation`.

use sea_orm::entity::prelude::*;

/// One row of `esco_relation`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "esco_relation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_uri: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub to_uri: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
