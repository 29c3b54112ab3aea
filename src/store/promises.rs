//! What was done under the promises of partners: vacancies, referrals, offers, seats.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::engine::absorption::event::OutcomeEvent;
use crate::engine::id::{CommitmentId, OfferId, PlacementId, ReferralId, VacancyId};
use crate::engine::lifecycle::PlacementState;
use crate::store::entity::{commitment, offer, outcome_event, placement, referral, vacancy};
use crate::store::error::StoreError;
use crate::store::outcomes::event_of;
use crate::store::reports::{PlaceRow, places_of};
use crate::store::scope::{Scope, Scoped};

/// Vacancies under a promise that were published by a moment: promise, vacancy, positions.
pub async fn opened(
    db: &impl ConnectionTrait,
    scope: &Scope,
    by: DateTime<Utc>,
) -> Result<Vec<(CommitmentId, VacancyId, i32)>, StoreError> {
    let query = vacancy::Entity::find()
        .select_only()
        .columns([vacancy::Column::CommitmentId, vacancy::Column::Id, vacancy::Column::Positions])
        .filter(vacancy::Column::CommitmentId.in_subquery(promises(scope)))
        .filter(vacancy::Column::PublishedAt.lte(by));
    Ok(query.into_tuple().all(db).await?)
}

/// Referrals made by a moment to vacancies under a promise: vacancy and referral.
pub async fn referred(db: &impl ConnectionTrait, scope: &Scope, by: DateTime<Utc>) -> Result<Vec<(VacancyId, ReferralId)>, StoreError> {
    let query = referral::Entity::find()
        .select_only()
        .columns([referral::Column::VacancyId, referral::Column::Id])
        .filter(referral::Column::VacancyId.in_subquery(vacancies(scope)))
        .filter(referral::Column::CreatedAt.lte(by));
    Ok(query.into_tuple().all(db).await?)
}

/// Offers sent by a moment for vacancies under a promise: vacancy and offer.
pub async fn offered(db: &impl ConnectionTrait, scope: &Scope, by: DateTime<Utc>) -> Result<Vec<(VacancyId, OfferId)>, StoreError> {
    let query = offer::Entity::find()
        .select_only()
        .columns([offer::Column::VacancyId, offer::Column::Id])
        .filter(offer::Column::VacancyId.in_subquery(vacancies(scope)))
        .filter(offer::Column::SentAt.lte(by));
    Ok(query.into_tuple().all(db).await?)
}

/// Seats taken by a moment under a promise.
pub async fn seats(
    db: &impl ConnectionTrait,
    scope: &Scope,
    by: DateTime<Utc>,
) -> Result<Vec<(CommitmentId, PlacementId, PlacementState)>, StoreError> {
    let query = placement::Entity::find()
        .select_only()
        .columns([placement::Column::CommitmentId, placement::Column::Id, placement::Column::State])
        .filter(placement::Column::CommitmentId.in_subquery(promises(scope)))
        .filter(placement::Column::CreatedAt.lte(by));
    Ok(query.into_tuple().all(db).await?)
}

/// The events within a scope of everybody who ever had to do with a partner that promised something, and their places in classes.
pub async fn told(db: &impl ConnectionTrait, scope: &Scope) -> Result<(Vec<OutcomeEvent>, Vec<PlaceRow>), StoreError> {
    let partners =
        commitment::Entity::find().select_only().column(commitment::Column::EmployerId).filter(commitment::Entity::within(scope));
    let people = outcome_event::Entity::find()
        .select_only()
        .column(outcome_event::Column::PersonId)
        .filter(outcome_event::Entity::within(scope))
        .filter(outcome_event::Column::EmployerId.in_subquery(partners.into_query()))
        .into_query();
    let query = outcome_event::Entity::find().filter(outcome_event::Entity::within(scope));
    let events = query.filter(outcome_event::Column::PersonId.in_subquery(people.clone())).all(db).await?;
    Ok((events.iter().map(event_of).collect(), places_of(db, scope, people).await?))
}

fn promises(scope: &Scope) -> SelectStatement {
    commitment::Entity::find().select_only().column(commitment::Column::Id).filter(commitment::Entity::within(scope)).into_query()
}

fn vacancies(scope: &Scope) -> SelectStatement {
    let query = vacancy::Entity::find().select_only().column(vacancy::Column::Id);
    query.filter(vacancy::Column::CommitmentId.in_subquery(promises(scope))).into_query()
}
