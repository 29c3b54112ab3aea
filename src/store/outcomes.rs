//! Outcome events: read whole, never changed.

use rustc_hash::FxHashMap;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::engine::absorption::event::OutcomeEvent;
use crate::engine::id::{EmployerId, GraduateId, OfficeId, PersonId};
use crate::store::entity::{employer, outcome_event, partnership};
use crate::store::error::StoreError;
use crate::store::scope::{Scope, Scoped};

/// How many ids one `IN (…)` names.
const CHUNK: usize = 500;

/// The events noted under one graduate, in the order in which they are read: event date, time of record, id.
///
/// The graduate was found within a scope before.
pub async fn of_graduate(db: &impl ConnectionTrait, graduate: GraduateId) -> Result<Vec<outcome_event::Model>, StoreError> {
    ordered(db, outcome_event::Column::GraduateId.eq(graduate)).await
}

/// The events of a person in whatever office, in the order in which they are read; the person was found through a graduate in scope.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<outcome_event::Model>, StoreError> {
    ordered(db, outcome_event::Column::PersonId.eq(person)).await
}

/// The events of several people, in no order; the people were found through graduates in scope.
pub async fn of_people(db: &impl ConnectionTrait, people: &[PersonId]) -> Result<Vec<outcome_event::Model>, StoreError> {
    let mut rows = Vec::new();
    for chunk in people.chunks(CHUNK) {
        let own = outcome_event::Column::PersonId.is_in(chunk.iter().copied());
        rows.extend(outcome_event::Entity::find().filter(own).all(db).await?);
    }
    Ok(rows)
}

async fn ordered(db: &impl ConnectionTrait, which: sea_orm::sea_query::SimpleExpr) -> Result<Vec<outcome_event::Model>, StoreError> {
    let query = outcome_event::Entity::find().filter(which).order_by_asc(outcome_event::Column::HappenedOn);
    Ok(query.order_by_asc(outcome_event::Column::RecordedAt).order_by_asc(outcome_event::Column::Id).all(db).await?)
}

/// The event as the arithmetic reads it: free text, wage and place stay behind.
#[must_use]
pub fn event_of(row: &outcome_event::Model) -> OutcomeEvent {
    OutcomeEvent {
        id: row.id,
        person: row.person_id,
        graduate: row.graduate_id,
        kind: row.kind,
        act: row.act,
        placement: row.placement_id,
        employer: row.employer_id,
        contract: row.contract,
        on: row.happened_on,
        recorded_at: row.recorded_at,
        source: row.source,
        evidence: row.evidence,
        recorded_by: row.recorded_by,
        verified_by: row.verified_by,
        about: row.about_id,
        commitment: row.commitment_id,
    }
}

/// Drops what was told of a graduate in words, because their data is erased. What counts stays: kind, days, evidence.
pub async fn forget_words(db: &impl ConnectionTrait, graduate: GraduateId) -> Result<(), StoreError> {
    let nothing = || Expr::value(Option::<String>::None);
    outcome_event::Entity::update_many()
        .col_expr(outcome_event::Column::EmployerName, nothing())
        .col_expr(outcome_event::Column::JobText, nothing())
        .col_expr(outcome_event::Column::Reason, nothing())
        .filter(outcome_event::Column::GraduateId.eq(graduate))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether an employer is a partner of an office.
pub async fn is_partner(db: &impl ConnectionTrait, office: OfficeId, employer: EmployerId) -> Result<bool, StoreError> {
    let query = partnership::Entity::find().filter(partnership::Entity::within(&Scope::Office(office)));
    Ok(query.filter(partnership::Column::EmployerId.eq(employer)).one(db).await?.is_some())
}

/// The names of some employers; an employer's name is no secret.
pub async fn employer_names(db: &impl ConnectionTrait, ids: &[EmployerId]) -> Result<FxHashMap<EmployerId, String>, StoreError> {
    let mut names = FxHashMap::default();
    for chunk in ids.chunks(CHUNK) {
        let rows = employer::Entity::find().filter(employer::Column::Id.is_in(chunk.iter().copied())).all(db).await?;
        names.extend(rows.into_iter().map(|row| (row.id, row.name)));
    }
    Ok(names)
}
