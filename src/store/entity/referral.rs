//! Table `referral`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, EmployerId, GraduateId, OfficeId, PersonId, PlacementId, ReferralId, VacancyId};
use crate::engine::kinds::{AnswerChannel, Reason};
use crate::engine::lifecycle::ReferralState;

/// One row of `referral`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "referral")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReferralId,
    pub vacancy_id: VacancyId,
    pub graduate_id: GraduateId,
    pub person_id: PersonId,
    pub office_id: OfficeId,
    pub employer_id: EmployerId,
    pub state: ReferralState,
    pub adaptation_sealed: Option<Vec<u8>>,
    pub invited_at: Option<DateTimeUtc>,
    pub invited_place: Option<String>,
    pub answered_channel: Option<AnswerChannel>,
    pub reason: Option<Reason>,
    pub reason_text: Option<String>,
    pub reason_shown: bool,
    pub closed_by_placement: Option<PlacementId>,
    pub state_before: Option<ReferralState>,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
