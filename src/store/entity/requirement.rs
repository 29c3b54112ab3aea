//! Table `requirement`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, RequirementId, VacancyId};
use crate::engine::kinds::{CertificateKind, Importance};

/// One row of `requirement`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "requirement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RequirementId,
    pub vacancy_id: VacancyId,
    pub position: i32,
    pub text: String,
    pub code: Option<String>,
    pub status: String,
    pub confidence: i32,
    pub why: Option<String>,
    pub importance: Importance,
    pub weight: i32,
    pub min_evidence: Option<CertificateKind>,
    pub min_level: Option<i32>,
    pub must_be_valid: bool,
    pub confirmed_by: Option<AccountId>,
    pub confirmed_at: Option<DateTimeUtc>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
