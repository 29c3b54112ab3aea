//! Table `employer_site`.

use sea_orm::entity::prelude::*;

use crate::engine::id::{EmployerId, RowId};

/// One row of `employer_site`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "employer_site")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub employer_id: EmployerId,
    pub name: String,
    pub district_code: Option<String>,
    pub address: Option<String>,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
