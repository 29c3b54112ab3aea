//! Table `session`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, GraduateId, OfficeId, PersonId, SessionId};

/// One row of `session`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub token_hash: Vec<u8>,
    pub kind: String,
    pub account_id: Option<AccountId>,
    pub person_id: Option<PersonId>,
    pub graduate_id: Option<GraduateId>,
    pub office_id: Option<OfficeId>,
    pub sealed_token: Option<Vec<u8>>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
