//! What hangs on records: notes, files, consents, hand-overs.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::engine::id::{EmployerId, GraduateId, OfficeId, PersonId};
use crate::store::entity::{consent, handover, note, partnership};
use crate::store::error::StoreError;
use crate::store::scope::{Scope, Scoped};

/// Notes on a record: those within the scope, and those that others shared on the same record or the same person.
pub async fn notes(
    db: &impl ConnectionTrait,
    scope: &Scope,
    entity_id: Uuid,
    person: Option<PersonId>,
) -> Result<Vec<note::Model>, StoreError> {
    let own = Condition::all().add(note::Entity::within(scope)).add(note::Column::EntityId.eq(entity_id));
    let mut shared = Condition::any().add(note::Column::EntityId.eq(entity_id));
    if let Some(person) = person {
        shared = shared.add(note::Column::PersonId.eq(person));
    }
    let shared = Condition::all().add(note::Column::Shared.eq(true)).add(shared);
    let query = note::Entity::find().filter(Condition::any().add(own).add(shared));
    Ok(query.order_by_asc(note::Column::Id).all(db).await?)
}

/// Consents of a graduate, oldest first; callers hold the scoped graduate.
pub async fn consents(db: &impl ConnectionTrait, graduate: GraduateId) -> Result<Vec<consent::Model>, StoreError> {
    let query = consent::Entity::find().filter(consent::Column::GraduateId.eq(graduate));
    Ok(query.order_by_asc(consent::Column::Id).all(db).await?)
}

/// Hand-overs of a record, oldest first; callers hold the scoped record.
pub async fn hand_overs(db: &impl ConnectionTrait, entity_id: Uuid) -> Result<Vec<handover::Model>, StoreError> {
    let query = handover::Entity::find().filter(handover::Column::EntityId.eq(entity_id));
    Ok(query.order_by_asc(handover::Column::Id).all(db).await?)
}

/// Offices that a scope's partnerships join with an employer, in order of joining.
pub async fn partner_offices(db: &impl ConnectionTrait, scope: &Scope, employer: EmployerId) -> Result<Vec<OfficeId>, StoreError> {
    let query = partnership::Entity::find().filter(partnership::Entity::within(scope)).filter(partnership::Column::EmployerId.eq(employer));
    let rows = query.order_by_asc(partnership::Column::Id).all(db).await?;
    Ok(rows.into_iter().map(|row| row.office_id).collect())
}
