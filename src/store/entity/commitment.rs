//! Table `commitment`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{BatchId, CommitmentId, EmployerId, FileId, OfficeId, ProgrammeId};

/// One row of `commitment`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "commitment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CommitmentId,
    pub office_id: OfficeId,
    pub employer_id: EmployerId,
    pub number: Option<String>,
    pub signer: Option<String>,
    pub signed_on: Option<Date>,
    pub valid_from: Date,
    pub valid_until: Date,
    pub programme_id: Option<ProgrammeId>,
    pub batch_id: Option<BatchId>,
    pub seats: i32,
    pub file_id: Option<FileId>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
