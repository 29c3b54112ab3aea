//! Table `import_job`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{AccountId, BatchId, ImportId, OfficeId};

/// One row of `import_job`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportId,
    pub office_id: Option<OfficeId>,
    pub kind: String,
    pub status: String,
    pub file_name: String,
    pub dry_run: bool,
    pub partial: bool,
    pub apply_differences: bool,
    pub batch_id: Option<BatchId>,
    pub rows_total: i32,
    pub rows_done: i32,
    pub rows_created: i32,
    pub rows_updated: i32,
    pub rows_unchanged: i32,
    pub rows_rejected: i32,
    pub report_sealed: Option<Vec<u8>>,
    pub created_by: Option<AccountId>,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
