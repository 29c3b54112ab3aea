//! Table `outbox`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{OfficeId, RowId};

/// One row of `outbox`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub dedupe_key: String,
    pub kind: String,
    pub recipient_kind: String,
    pub recipient_id: Option<Uuid>,
    pub office_id: Option<OfficeId>,
    pub entity: String,
    pub entity_id: Uuid,
    pub state: String,
    pub due_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
    pub attempts: i32,
    pub created_at: DateTimeUtc,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
