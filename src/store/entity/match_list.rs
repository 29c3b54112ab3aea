//! Table `match_list`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, MatchListId, OfficeId, VacancyId};

/// One row of `match_list`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "match_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MatchListId,
    pub vacancy_id: VacancyId,
    pub office_id: OfficeId,
    pub as_of: Date,
    pub policy_name: String,
    pub policy_revision: i32,
    pub policy_body: String,
    pub catalogue: String,
    pub seed: i64,
    pub demand: Vec<u8>,
    pub count: i32,
    pub assessable: bool,
    pub frozen_by: Option<AccountId>,
    pub frozen_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
