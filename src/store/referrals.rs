//! Referrals.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::engine::id::{GraduateId, PersonId, PlacementId, VacancyId};
use crate::engine::lifecycle::ReferralState;
use crate::store::entity::referral;
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::rows::ROW_LOCK;
use crate::store::scope::{Scope, Scoped};

/// Which referrals a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReferralFilter {
    /// To one vacancy.
    pub vacancy: Option<VacancyId>,
    /// Of one graduate.
    pub graduate: Option<GraduateId>,
    /// In one state.
    pub state: Option<ReferralState>,
}

/// Referrals within a scope.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: ReferralFilter,
    slice: Slice,
) -> Result<Page<referral::Model>, StoreError> {
    let mut query = referral::Entity::find().filter(referral::Entity::within(scope));
    if let Some(vacancy) = filter.vacancy {
        query = query.filter(referral::Column::VacancyId.eq(vacancy));
    }
    if let Some(graduate) = filter.graduate {
        query = query.filter(referral::Column::GraduateId.eq(graduate));
    }
    if let Some(state) = filter.state {
        query = query.filter(referral::Column::State.eq(state));
    }
    page(db, query, referral::Column::Id, slice).await
}

/// The referral of a graduate to a vacancy, whatever its state.
pub async fn of_pair(db: &impl ConnectionTrait, vacancy: VacancyId, graduate: GraduateId) -> Result<Option<referral::Model>, StoreError> {
    let pair = referral::Column::VacancyId.eq(vacancy).and(referral::Column::GraduateId.eq(graduate));
    Ok(referral::Entity::find().filter(pair).one(db).await?)
}

/// A person's referrals, locked, by id.
pub async fn lock_of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<referral::Model>, StoreError> {
    let query = referral::Entity::find().filter(referral::Column::PersonId.eq(person));
    Ok(query.order_by_asc(referral::Column::Id).lock(ROW_LOCK).all(db).await?)
}

/// Referrals that a placement closed, locked, by id.
pub async fn lock_closed_by(db: &impl ConnectionTrait, placement: PlacementId) -> Result<Vec<referral::Model>, StoreError> {
    let closed = referral::Column::ClosedByPlacement.eq(placement).and(referral::Column::State.eq(ReferralState::Withdrawn));
    Ok(referral::Entity::find().filter(closed).order_by_asc(referral::Column::Id).lock(ROW_LOCK).all(db).await?)
}
