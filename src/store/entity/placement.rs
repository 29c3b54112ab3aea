//! Table `placement`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, CommitmentId, EmployerId, GraduateId, OfferId, OfficeId, PersonId, PlacementId, VacancyId};
use crate::engine::kinds::{Contract, Reason};
use crate::engine::lifecycle::PlacementState;
use crate::engine::money::WageUnit;

/// One row of `placement`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "placement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlacementId,
    pub vacancy_id: VacancyId,
    pub graduate_id: GraduateId,
    pub person_id: PersonId,
    pub office_id: OfficeId,
    pub employer_id: EmployerId,
    pub offer_id: Option<OfferId>,
    pub commitment_id: Option<CommitmentId>,
    pub state: PlacementState,
    pub hours_per_week: i32,
    pub starts_on: Date,
    pub started_on: Option<Date>,
    pub wage: Option<i64>,
    pub wage_unit: Option<WageUnit>,
    pub contract: Option<Contract>,
    pub kbji: Option<String>,
    pub ended_on: Option<Date>,
    pub reason: Option<Reason>,
    pub reason_text: Option<String>,
    pub override_reason: Option<String>,
    pub conditions_met_at: Option<DateTimeUtc>,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
