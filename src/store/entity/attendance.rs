//! Table `attendance`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, ParticipantId};

/// One row of `attendance`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub participant_id: ParticipantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub held_on: Date,
    pub mark: String,
    pub recorded_by: Option<AccountId>,
    pub recorded_at: DateTimeUtc,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
