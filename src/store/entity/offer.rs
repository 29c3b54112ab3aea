//! Table `offer`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, EmployerId, GraduateId, OfferId, OfficeId, PersonId, PlacementId, ReferralId, VacancyId};
use crate::engine::kinds::{AnswerChannel, Reason};
use crate::engine::lifecycle::OfferState;

/// One row of `offer`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "offer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OfferId,
    pub vacancy_id: VacancyId,
    pub graduate_id: GraduateId,
    pub person_id: PersonId,
    pub office_id: OfficeId,
    pub employer_id: EmployerId,
    pub referral_id: Option<ReferralId>,
    pub state: OfferState,
    pub expires_on: Date,
    pub expires_at: DateTimeUtc,
    pub conditions: Option<String>,
    pub conditions_due: Option<Date>,
    pub approved_by: Option<AccountId>,
    pub approved_at: Option<DateTimeUtc>,
    pub sent_at: Option<DateTimeUtc>,
    pub opened_at: Option<DateTimeUtc>,
    pub answered_at: Option<DateTimeUtc>,
    pub answered_channel: Option<AnswerChannel>,
    pub answered_by: Option<AccountId>,
    pub undo_until: Option<DateTimeUtc>,
    pub reason: Option<Reason>,
    pub reason_text: Option<String>,
    pub reason_shown: bool,
    pub handed_on_at: Option<DateTimeUtc>,
    pub closed_by_placement: Option<PlacementId>,
    pub state_before: Option<OfferState>,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
