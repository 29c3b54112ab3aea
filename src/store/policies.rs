//! Scoring policies: every version ever set, and those in force.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder, QuerySelect};

use crate::engine::id::OfficeId;
use crate::store::entity::policy;
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::rows::ROW_LOCK;

/// The policies in force, one an office at most and one for the whole installation at most.
pub async fn in_force(db: &impl ConnectionTrait) -> Result<Vec<policy::Model>, StoreError> {
    Ok(policy::Entity::find().filter(policy::Column::EndedAt.is_null()).all(db).await?)
}

/// The policy in force of an office, or of the installation, locked.
pub async fn in_force_locked(db: &impl ConnectionTrait, office: Option<OfficeId>) -> Result<Option<policy::Model>, StoreError> {
    let whose = match office {
        Some(office) => policy::Column::OfficeId.eq(office),
        None => policy::Column::OfficeId.is_null(),
    };
    Ok(policy::Entity::find().filter(whose).filter(policy::Column::EndedAt.is_null()).lock(ROW_LOCK).one(db).await?)
}

/// Every version of a name, whoever set it, oldest first.
pub async fn named(db: &impl ConnectionTrait, name: &str) -> Result<Vec<policy::Model>, StoreError> {
    Ok(policy::Entity::find().filter(policy::Column::Name.eq(name)).order_by_asc(policy::Column::Id).all(db).await?)
}

/// What was ever set for an office and for the whole installation, oldest first.
pub async fn history(db: &impl ConnectionTrait, office: Option<OfficeId>, slice: Slice) -> Result<Page<policy::Model>, StoreError> {
    let everywhere = policy::Column::OfficeId.is_null();
    let whose = match office {
        Some(office) => policy::Column::OfficeId.eq(office).or(everywhere),
        None => everywhere,
    };
    page(db, policy::Entity::find().filter(whose), policy::Column::Id, slice).await
}
