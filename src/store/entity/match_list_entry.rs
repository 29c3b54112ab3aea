//! Table `match_list_entry`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, GraduateId, MatchListId};
use crate::engine::kinds::{Decision, Reason};

/// One row of `match_list_entry`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "match_list_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub list_id: MatchListId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub graduate_id: GraduateId,
    pub rank: i32,
    pub place: i32,
    pub score: Option<i32>,
    pub metres: Option<i64>,
    pub inputs_sealed: Option<Vec<u8>>,
    pub decision: Option<Decision>,
    pub reason: Option<Reason>,
    pub reason_text: Option<String>,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<DateTimeUtc>,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
