//! Table `follow_up`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{GraduateId, OfficeId, ParticipantId, RowId};

/// One row of `follow_up`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "follow_up")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub office_id: OfficeId,
    pub participant_id: ParticipantId,
    pub graduate_id: GraduateId,
    pub day_number: i32,
    pub due_on: Date,
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub attempts: Json,
    pub done_at: Option<DateTimeUtc>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
