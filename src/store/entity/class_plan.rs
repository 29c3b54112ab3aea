//! Table `class_plan`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, ClassPlanId, ClassRequestId, OfficeId, ProgrammeId};

/// One row of `class_plan`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "class_plan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClassPlanId,
    pub office_id: OfficeId,
    pub programme_id: ProgrammeId,
    pub class_request_id: Option<ClassRequestId>,
    pub district_code: String,
    pub people: i32,
    pub ends_on: Date,
    pub as_of: Date,
    pub policy: String,
    pub catalogue: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub result: Json,
    pub decision: Option<String>,
    pub reason: Option<String>,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<DateTimeUtc>,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
