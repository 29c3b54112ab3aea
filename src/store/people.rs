//! Persons and graduates.

use sea_orm::{ConnectionTrait, EntityTrait};

use crate::engine::id::PersonId;
use crate::store::entity::person;
use crate::store::error::StoreError;

/// A person by id; persons belong to the installation, so callers hold a scoped graduate first.
pub async fn person(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<person::Model>, StoreError> {
    Ok(person::Entity::find_by_id(id).one(db).await?)
}
