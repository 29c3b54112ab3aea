//! Table `idempotency`.

use sea_orm::entity::prelude::*;

use crate::engine::id::RowId;

/// One row of `idempotency`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub actor: String,
    pub method: String,
    pub path: String,
    pub key: String,
    pub body_hash: Vec<u8>,
    pub status: i32,
    pub sealed_body: Option<Vec<u8>>,
    pub created_at: DateTimeUtc,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
