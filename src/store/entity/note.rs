//! Table `note`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, NoteId, OfficeId, PersonId};

/// One row of `note`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NoteId,
    pub office_id: OfficeId,
    pub entity: String,
    pub entity_id: Uuid,
    pub person_id: Option<PersonId>,
    pub shared: bool,
    pub text_sealed: Vec<u8>,
    pub written_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
