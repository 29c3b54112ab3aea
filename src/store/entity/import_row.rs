//! Table `import_row`.

use sea_orm::entity::prelude::*;

use crate::engine::id::ImportId;

/// One row of `import_row`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: ImportId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_number: i32,
    pub target_id: Option<Uuid>,
    pub outcome: String,
    pub sealed: Option<Vec<u8>>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
