//! Table `evidence_file`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, EmployerId, FileId, OfficeId, PersonId};

/// One row of `evidence_file`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FileId,
    pub office_id: OfficeId,
    pub employer_id: Option<EmployerId>,
    pub person_id: Option<PersonId>,
    pub entity: String,
    pub entity_id: Option<Uuid>,
    pub media_type: String,
    pub file_name: String,
    pub size_bytes: i64,
    pub sha256: Vec<u8>,
    pub sealed: Option<Vec<u8>>,
    pub uploaded_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
