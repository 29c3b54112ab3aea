//! Placements, and the only updates of seats and committed hours.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use crate::engine::id::{EmployerId, GraduateId, OfferId, PersonId, PlacementId, VacancyId};
use crate::engine::lifecycle::{PlacementState, VacancyState};
use crate::store::entity::{outcome_event, person, placement, vacancy};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::scope::{Scope, Scoped};

/// The `close_reason` of a vacancy whose last day passed.
pub const CLOSED_BY_DAY: &str = "closing_date_passed";

/// Which placements a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlacementFilter {
    /// At one vacancy.
    pub vacancy: Option<VacancyId>,
    /// Of one graduate.
    pub graduate: Option<GraduateId>,
    /// At one employer.
    pub employer: Option<EmployerId>,
    /// In one state.
    pub state: Option<PlacementState>,
}

/// Placements within a scope.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: PlacementFilter,
    slice: Slice,
) -> Result<Page<placement::Model>, StoreError> {
    let mut query = placement::Entity::find().filter(placement::Entity::within(scope));
    if let Some(vacancy) = filter.vacancy {
        query = query.filter(placement::Column::VacancyId.eq(vacancy));
    }
    if let Some(graduate) = filter.graduate {
        query = query.filter(placement::Column::GraduateId.eq(graduate));
    }
    if let Some(employer) = filter.employer {
        query = query.filter(placement::Column::EmployerId.eq(employer));
    }
    if let Some(state) = filter.state {
        query = query.filter(placement::Column::State.eq(state));
    }
    page(db, query, placement::Column::Id, slice).await
}

/// The placements that take a person's hours now.
pub async fn engaged_of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<placement::Model>, StoreError> {
    let engaged: Vec<PlacementState> = PlacementState::ALL.iter().copied().filter(|state| state.engages()).collect();
    let query = placement::Entity::find().filter(placement::Column::PersonId.eq(person));
    Ok(query.filter(placement::Column::State.is_in(engaged)).order_by_asc(placement::Column::Id).all(db).await?)
}

/// The placements that accepted offers made and that still hold their seats.
pub async fn seats_of_offers(db: &impl ConnectionTrait, offers: &[OfferId]) -> Result<Vec<placement::Model>, StoreError> {
    let seats: Vec<PlacementState> = PlacementState::ALL.iter().copied().filter(|state| state.holds_seat()).collect();
    let query = placement::Entity::find().filter(placement::Column::OfferId.is_in(offers.iter().copied()));
    Ok(query.filter(placement::Column::State.is_in(seats)).all(db).await?)
}

/// Everything told about some placements, in the order it was written down.
pub async fn events_of(db: &impl ConnectionTrait, placements: &[PlacementId]) -> Result<Vec<outcome_event::Model>, StoreError> {
    let query = outcome_event::Entity::find().filter(outcome_event::Column::PlacementId.is_in(placements.iter().copied()));
    Ok(query.order_by_asc(outcome_event::Column::RecordedAt).order_by_asc(outcome_event::Column::Id).all(db).await?)
}

/// Takes one seat of a vacancy, if one is free and its seats can be taken: one conditional update, so that no two take the last.
///
/// Held and filled ones are named too: an offer sent before the hold is honoured, and raised positions count at once. So is one
/// that only its closing day closed: whoever holds an offer may answer until that offer's own deadline.
pub async fn take_seat(db: &impl ConnectionTrait, id: VacancyId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let open: Vec<VacancyState> = VacancyState::ALL.iter().copied().filter(|state| state.has_seats()).collect();
    let done = vacancy::Entity::update_many()
        .col_expr(vacancy::Column::Filled, Expr::col(vacancy::Column::Filled).add(1))
        .col_expr(vacancy::Column::UpdatedAt, now.into())
        .filter(vacancy::Column::Id.eq(id))
        .filter(Expr::col(vacancy::Column::Filled).lt(Expr::col(vacancy::Column::Positions)))
        .filter(vacancy::Column::State.is_in(open).or(closed_by_day()))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// A vacancy that nobody closed but its last day.
fn closed_by_day() -> SimpleExpr {
    vacancy::Column::State.eq(VacancyState::Closed).and(vacancy::Column::CloseReason.eq(CLOSED_BY_DAY))
}

/// Gives one seat of a vacancy back.
pub async fn return_seat(db: &impl ConnectionTrait, id: VacancyId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let done = vacancy::Entity::update_many()
        .col_expr(vacancy::Column::Filled, Expr::col(vacancy::Column::Filled).sub(1))
        .col_expr(vacancy::Column::UpdatedAt, now.into())
        .filter(vacancy::Column::Id.eq(id))
        .filter(vacancy::Column::Filled.gt(0))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Commits hours a week of a person, if they stay within `limit`: one conditional update.
pub async fn take_hours(db: &impl ConnectionTrait, id: PersonId, hours: i32, limit: i32) -> Result<bool, StoreError> {
    let committed = Expr::col(person::Column::CommittedHours);
    let done = person::Entity::update_many()
        .col_expr(person::Column::CommittedHours, committed.clone().add(hours))
        .filter(person::Column::Id.eq(id))
        .filter(committed.lte(limit - hours))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Gives committed hours of a person back.
pub async fn return_hours(db: &impl ConnectionTrait, id: PersonId, hours: i32) -> Result<bool, StoreError> {
    let committed = Expr::col(person::Column::CommittedHours);
    let done = person::Entity::update_many()
        .col_expr(person::Column::CommittedHours, committed.clone().sub(hours))
        .filter(person::Column::Id.eq(id))
        .filter(committed.gte(hours))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
