//! Table `outcome_event`.

use sea_orm::entity::prelude::*;

use crate::engine::absorption::event::Act;
use crate::engine::id::{AccountId, CommitmentId, EmployerId, FileId, GraduateId, ImportId, OfficeId, OutcomeId, PersonId, PlacementId};
use crate::engine::kinds::{Contract, EvidenceLevel, OutcomeKind, OutcomeSource};
use crate::engine::money::WageUnit;

/// One row of `outcome_event`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outcome_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutcomeId,
    pub person_id: PersonId,
    pub graduate_id: GraduateId,
    pub office_id: OfficeId,
    pub act: Act,
    pub kind: OutcomeKind,
    pub placement_id: Option<PlacementId>,
    pub about_id: Option<OutcomeId>,
    pub employer_id: Option<EmployerId>,
    pub employer_name: Option<String>,
    pub commitment_id: Option<CommitmentId>,
    pub contract: Option<Contract>,
    pub job_text: Option<String>,
    pub kbji: Option<String>,
    pub district_code: Option<String>,
    pub hours_per_week: Option<i32>,
    pub wage: Option<i64>,
    pub wage_unit: Option<WageUnit>,
    pub happened_on: Date,
    pub recorded_at: DateTimeUtc,
    pub source: OutcomeSource,
    pub evidence: EvidenceLevel,
    pub recorded_by: Option<AccountId>,
    pub verified_by: Option<AccountId>,
    pub file_id: Option<FileId>,
    pub reason: Option<String>,
    pub import_id: Option<ImportId>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
