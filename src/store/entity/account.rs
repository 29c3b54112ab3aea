//! Table `account`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, EmployerId, OfficeId, PersonId};
use crate::engine::kinds::Role;

/// One row of `account`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    pub office_id: Option<OfficeId>,
    pub employer_id: Option<EmployerId>,
    pub person_id: Option<PersonId>,
    pub region_code: Option<String>,
    pub role: Role,
    pub login: String,
    pub password_hash: Option<String>,
    pub display_name: String,
    pub phone: Option<String>,
    pub language: String,
    pub disabled_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
