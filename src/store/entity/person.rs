//! Table `person`.

use sea_orm::entity::prelude::*;

use crate::engine::id::PersonId;

/// One row of `person`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    pub nik_hash: Option<Vec<u8>>,
    pub data_key: Option<Vec<u8>>,
    pub data_key_id: Option<String>,
    pub committed_hours: i32,
    pub merged_into: Option<PersonId>,
    pub erased_at: Option<DateTimeUtc>,
    pub limited_at: Option<DateTimeUtc>,
    pub objects_to_ranking: bool,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
