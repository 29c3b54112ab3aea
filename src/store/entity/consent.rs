//! Table `consent`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, ConsentId, EmployerId, FileId, GraduateId, OfficeId, PersonId};
use crate::engine::kinds::{AnswerChannel, ConsentPurpose};

/// One row of `consent`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsentId,
    pub person_id: PersonId,
    pub graduate_id: GraduateId,
    pub office_id: OfficeId,
    pub purpose: ConsentPurpose,
    pub employer_id: Option<EmployerId>,
    pub channel: AnswerChannel,
    pub given_on: Date,
    pub recorded_by: Option<AccountId>,
    pub recorded_at: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub file_id: Option<FileId>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
