//! Table `employer`.

use sea_orm::entity::prelude::*;

use crate::engine::id::EmployerId;

/// One row of `employer`; the schema in `migrations` says what each column means.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "employer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EmployerId,
    pub name: String,
    pub name_key: String,
    pub nib: Option<String>,
    pub wlkp: Option<String>,
    pub kbli: Option<String>,
    pub kbli_edition: Option<String>,
    pub district_code: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

/// Rows are joined by hand where they are read.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
