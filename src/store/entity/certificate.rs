//! Table `certificate`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, BatchId, CertificateId, FileId, GraduateId, OfficeId, PersonId};
use crate::engine::kinds::{CertificateKind, CertificateStatus};

/// One row of `certificate`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CertificateId,
    pub person_id: PersonId,
    pub graduate_id: GraduateId,
    pub office_id: OfficeId,
    pub batch_id: Option<BatchId>,
    pub kind: CertificateKind,
    pub issuer: String,
    pub number: String,
    pub scheme_code: Option<String>,
    pub issued_on: Date,
    pub valid_until: Option<Date>,
    pub status: CertificateStatus,
    pub revoked_on: Option<Date>,
    pub revoked_reason: Option<String>,
    pub verify_code: String,
    pub file_id: Option<FileId>,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
