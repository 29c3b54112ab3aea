//! Scoring policies: every version that was ever set; nothing is overwritten.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::engine::id::OfficeId;
use crate::store::entity::policy;
use crate::store::error::StoreError;

/// Every version of every office and of the installation, oldest first.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<policy::Model>, StoreError> {
    Ok(policy::Entity::find().order_by_asc(policy::Column::CreatedAt).order_by_asc(policy::Column::Id).all(db).await?)
}

/// The versions of one office, or of the installation, newest first.
pub async fn of(db: &impl ConnectionTrait, office: Option<OfficeId>) -> Result<Vec<policy::Model>, StoreError> {
    let whose = match office {
        Some(office) => policy::Column::OfficeId.eq(office),
        None => policy::Column::OfficeId.is_null(),
    };
    let newest = policy::Entity::find().filter(whose).order_by_desc(policy::Column::CreatedAt).order_by_desc(policy::Column::Id);
    Ok(newest.all(db).await?)
}
