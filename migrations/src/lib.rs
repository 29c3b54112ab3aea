//! The history of the schema. Migrations are frozen once released and know nothing of today's entities.

use sea_orm_migration::prelude::*;

mod m20261125_000001_foundation;

/// Runs every migration in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20261125_000001_foundation::Migration)]
    }
}
