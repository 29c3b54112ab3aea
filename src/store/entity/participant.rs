//! Table `participant`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{BatchId, GraduateId, ImportId, OfficeId, ParticipantId};
use crate::engine::kinds::{Assessment, ParticipantStatus, Reason, TrainingResult};

/// One row of `participant`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "participant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ParticipantId,
    pub batch_id: BatchId,
    pub graduate_id: GraduateId,
    pub office_id: OfficeId,
    pub status: ParticipantStatus,
    pub reserve_rank: Option<i32>,
    pub attendance_percent: Option<i32>,
    pub result: Option<TrainingResult>,
    pub assessed: Option<Assessment>,
    pub result_on: Option<Date>,
    pub removal_reason: Option<Reason>,
    pub removed_at: Option<DateTimeUtc>,
    pub import_id: Option<ImportId>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
