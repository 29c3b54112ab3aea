//! Whole lists within a scope, each by one statement, so that what is exported is one state of the list.

use sea_orm::sea_query::{Condition, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::engine::id::{BatchId, GraduateId, ParticipantId};
use crate::engine::kinds::ParticipantStatus;
use crate::store::entity::{batch, certificate, graduate, outcome_event, participant, person, programme, unit_result};
use crate::store::error::StoreError;
use crate::store::scope::{Scope, Scoped};

/// How many ids one `IN (…)` names.
const CHUNK: usize = 500;

/// Living records within a scope: neither erased nor merged into another.
pub async fn graduates(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<graduate::Model>, StoreError> {
    let mut merged = Query::select();
    merged.column(person::Column::Id).from(person::Entity).and_where(person::Column::MergedInto.is_not_null());
    let query = graduate::Entity::find()
        .filter(graduate::Entity::within(scope))
        .filter(graduate::Column::Name.ne(""))
        .filter(graduate::Column::PersonId.not_in_subquery(merged));
    Ok(query.order_by_asc(graduate::Column::Id).all(db).await?)
}

/// Places in classes within a scope, of one class or of all; who was entered by mistake is not among them.
pub async fn places(db: &impl ConnectionTrait, scope: &Scope, of: Option<BatchId>) -> Result<Vec<participant::Model>, StoreError> {
    let condition = Condition::all()
        .add(participant::Entity::within(scope))
        .add(participant::Column::Status.ne(ParticipantStatus::Removed))
        .add_option(of.map(|id| participant::Column::BatchId.eq(id)));
    let query = participant::Entity::find().filter(condition).order_by_asc(participant::Column::BatchId);
    Ok(query.order_by_asc(participant::Column::Id).all(db).await?)
}

/// Classes within a scope.
pub async fn classes(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<batch::Model>, StoreError> {
    Ok(batch::Entity::find().filter(batch::Entity::within(scope)).all(db).await?)
}

/// Programmes within a scope.
pub async fn programmes(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<programme::Model>, StoreError> {
    Ok(programme::Entity::find().filter(programme::Entity::within(scope)).all(db).await?)
}

/// Some graduates, found through something scoped.
pub async fn graduates_named(db: &impl ConnectionTrait, ids: &[GraduateId]) -> Result<Vec<graduate::Model>, StoreError> {
    let mut rows = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        rows.extend(graduate::Entity::find().filter(graduate::Column::Id.is_in(chunk.iter().copied())).all(db).await?);
    }
    Ok(rows)
}

/// The people behind some records.
pub async fn people_of(db: &impl ConnectionTrait, rows: &[graduate::Model]) -> Result<Vec<person::Model>, StoreError> {
    let mut people = Vec::new();
    for chunk in rows.chunks(CHUNK) {
        let ids = chunk.iter().map(|row| row.person_id);
        people.extend(person::Entity::find().filter(person::Column::Id.is_in(ids)).all(db).await?);
    }
    Ok(people)
}

/// Unit results of some places.
pub async fn unit_results(db: &impl ConnectionTrait, ids: &[ParticipantId]) -> Result<Vec<unit_result::Model>, StoreError> {
    let mut rows = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        rows.extend(unit_result::Entity::find().filter(unit_result::Column::ParticipantId.is_in(chunk.iter().copied())).all(db).await?);
    }
    Ok(rows)
}

/// Certificates within a scope that some class led to, of one class or of all.
pub async fn certificates(db: &impl ConnectionTrait, scope: &Scope, of: Option<BatchId>) -> Result<Vec<certificate::Model>, StoreError> {
    let condition = Condition::all()
        .add(certificate::Entity::within(scope))
        .add(certificate::Column::BatchId.is_not_null())
        .add_option(of.map(|id| certificate::Column::BatchId.eq(id)));
    Ok(certificate::Entity::find().filter(condition).order_by_asc(certificate::Column::Id).all(db).await?)
}

/// Outcome events within a scope, by date.
pub async fn outcomes(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<outcome_event::Model>, StoreError> {
    let query = outcome_event::Entity::find().filter(outcome_event::Entity::within(scope));
    Ok(query.order_by_asc(outcome_event::Column::HappenedOn).order_by_asc(outcome_event::Column::Id).all(db).await?)
}
