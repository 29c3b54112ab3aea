//! Offers.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::engine::id::{GraduateId, PersonId, PlacementId, VacancyId};
use crate::engine::lifecycle::OfferState;
use crate::store::entity::offer;
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::rows::ROW_LOCK;
use crate::store::scope::{Scope, Scoped};

/// The states in which a pair of vacancy and graduate may have one offer alone (unique index `offer_open_once`).
const OPEN: [OfferState; 3] = [OfferState::Draft, OfferState::Sent, OfferState::Accepted];

/// Which offers a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfferFilter {
    /// Of one vacancy.
    pub vacancy: Option<VacancyId>,
    /// Of one graduate.
    pub graduate: Option<GraduateId>,
    /// In one state.
    pub state: Option<OfferState>,
    /// Only those that were ever sent: what a graduate may know of.
    pub sent_only: bool,
}

/// Offers within a scope.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, filter: OfferFilter, slice: Slice) -> Result<Page<offer::Model>, StoreError> {
    let mut query = offer::Entity::find().filter(offer::Entity::within(scope));
    if let Some(vacancy) = filter.vacancy {
        query = query.filter(offer::Column::VacancyId.eq(vacancy));
    }
    if let Some(graduate) = filter.graduate {
        query = query.filter(offer::Column::GraduateId.eq(graduate));
    }
    if let Some(state) = filter.state {
        query = query.filter(offer::Column::State.eq(state));
    }
    if filter.sent_only {
        query = query.filter(offer::Column::SentAt.is_not_null());
    }
    page(db, query, offer::Column::Id, slice).await
}

/// The open offer of a vacancy to a graduate, if there is one.
pub async fn open_of_pair(db: &impl ConnectionTrait, vacancy: VacancyId, graduate: GraduateId) -> Result<Option<offer::Model>, StoreError> {
    let pair = offer::Column::VacancyId.eq(vacancy).and(offer::Column::GraduateId.eq(graduate));
    Ok(offer::Entity::find().filter(pair).filter(offer::Column::State.is_in(OPEN)).one(db).await?)
}

/// A person's open offers, locked, by id.
pub async fn lock_open_of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<offer::Model>, StoreError> {
    let open = offer::Column::PersonId.eq(person).and(offer::Column::State.is_in(OPEN));
    Ok(offer::Entity::find().filter(open).order_by_asc(offer::Column::Id).lock(ROW_LOCK).all(db).await?)
}

/// Offers that a placement closed, locked, by id.
pub async fn lock_closed_by(db: &impl ConnectionTrait, placement: PlacementId) -> Result<Vec<offer::Model>, StoreError> {
    let closed = offer::Column::ClosedByPlacement.eq(placement).and(offer::Column::State.eq(OfferState::Closed));
    Ok(offer::Entity::find().filter(closed).order_by_asc(offer::Column::Id).lock(ROW_LOCK).all(db).await?)
}

/// How many live offers a vacancy has.
pub async fn live_count(db: &impl ConnectionTrait, vacancy: VacancyId) -> Result<i64, StoreError> {
    let live = offer::Column::VacancyId.eq(vacancy).and(offer::Column::State.eq(OfferState::Sent));
    let count = offer::Entity::find().filter(live).count(db).await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Live offers whose deadline lies before a moment, oldest deadline first.
pub async fn overdue(db: &impl ConnectionTrait, now: DateTime<Utc>, limit: u64) -> Result<Vec<offer::Model>, StoreError> {
    let late = offer::Column::State.eq(OfferState::Sent).and(offer::Column::ExpiresAt.lt(now));
    Ok(offer::Entity::find().filter(late).order_by_asc(offer::Column::ExpiresAt).limit(limit).all(db).await?)
}

/// The graduates to whom a vacancy was ever offered, whatever came of it.
pub async fn graduates_offered(db: &impl ConnectionTrait, vacancy: VacancyId) -> Result<Vec<GraduateId>, StoreError> {
    let query = offer::Entity::find().select_only().column(offer::Column::GraduateId).filter(offer::Column::VacancyId.eq(vacancy));
    Ok(query.into_tuple::<GraduateId>().all(db).await?)
}

/// A person's offers that their page shows: live, or answered with the window of undo still open.
pub async fn on_page(db: &impl ConnectionTrait, person: PersonId, now: DateTime<Utc>) -> Result<Vec<offer::Model>, StoreError> {
    let shown = offer::Column::State.eq(OfferState::Sent).or(offer::Column::UndoUntil.gte(now));
    let query = offer::Entity::find().filter(offer::Column::PersonId.eq(person)).filter(offer::Column::SentAt.is_not_null());
    Ok(query.filter(shown).order_by_asc(offer::Column::ExpiresAt).order_by_asc(offer::Column::Id).all(db).await?)
}

/// Offers that came to nothing, can be taken up no more, and whose seat was not handed on yet; oldest first.
pub async fn to_hand_on(db: &impl ConnectionTrait, now: DateTime<Utc>, limit: u64) -> Result<Vec<offer::Model>, StoreError> {
    let over = offer::Column::State.is_in([OfferState::Declined, OfferState::Expired]).and(offer::Column::HandedOnAt.is_null());
    let closed = offer::Column::UndoUntil.is_null().or(offer::Column::UndoUntil.lt(now));
    Ok(offer::Entity::find().filter(over).filter(closed).order_by_asc(offer::Column::Id).limit(limit).all(db).await?)
}

/// The oldest offer that can still be answered.
pub async fn first_live(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<offer::Model>, StoreError> {
    let live = offer::Entity::find().filter(offer::Column::State.eq(OfferState::Sent)).filter(offer::Column::ExpiresAt.gt(now));
    Ok(live.order_by_asc(offer::Column::Id).one(db).await?)
}
