//! Table `partnership`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, EmployerId, OfficeId, PartnershipId};

/// One row of `partnership`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnershipId,
    pub office_id: OfficeId,
    pub employer_id: EmployerId,
    pub number: Option<String>,
    pub trusted: bool,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub valid_from: Option<Date>,
    pub valid_until: Option<Date>,
    pub checked_by: Option<AccountId>,
    pub checked_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
