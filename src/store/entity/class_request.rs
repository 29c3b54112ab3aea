//! Table `class_request`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, ClassRequestId, EmployerId, OfficeId};

/// One row of `class_request`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "class_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClassRequestId,
    pub office_id: OfficeId,
    pub employer_id: EmployerId,
    pub job: String,
    pub kbji: Option<String>,
    pub people: i32,
    pub month: Date,
    pub note: Option<String>,
    pub state: String,
    pub answer: Option<String>,
    pub answered_by: Option<AccountId>,
    pub answered_at: Option<DateTimeUtc>,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
