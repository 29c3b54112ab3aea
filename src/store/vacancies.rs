//! Vacancies, their requirement lines, and what ends with them.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::engine::id::{EmployerId, OfferId, OfficeId, ReferralId, VacancyId};
use crate::engine::kinds::Reason;
use crate::engine::lifecycle::{OfferState, PlacementState, ReferralState, VacancyState};
use crate::store::entity::{offer, office, placement, referral, requirement, vacancy};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::rows::{self, ROW_LOCK};
use crate::store::scope::{Scope, Scoped};

/// Which vacancies of a scope.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// In this state.
    pub state: Option<VacancyState>,
    /// Of this employer.
    pub employer: Option<EmployerId>,
    /// Whose title holds this text, in any case.
    pub title: Option<String>,
}

/// Vacancies within a scope.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, wanted: &Wanted, slice: Slice) -> Result<Page<vacancy::Model>, StoreError> {
    let mut query = vacancy::Entity::find().filter(vacancy::Entity::within(scope));
    if let Some(state) = wanted.state {
        query = query.filter(vacancy::Column::State.eq(state));
    }
    if let Some(employer) = wanted.employer {
        query = query.filter(vacancy::Column::EmployerId.eq(employer));
    }
    if let Some(text) = wanted.title.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let plain: String = text.to_lowercase().chars().map(|c| if matches!(c, '%' | '_' | '\\') { ' ' } else { c }).collect();
        let title = Expr::expr(Func::lower(Expr::col(vacancy::Column::Title)));
        query = query.filter(title.like(format!("%{plain}%")));
    }
    page(db, query, vacancy::Column::Id, slice).await
}

/// The vacancy of an employer that bears a reference of theirs.
pub async fn by_reference(db: &impl ConnectionTrait, employer: EmployerId, reference: &str) -> Result<Option<vacancy::Model>, StoreError> {
    let query = vacancy::Entity::find().filter(vacancy::Column::EmployerId.eq(employer));
    Ok(query.filter(vacancy::Column::ExternalRef.eq(reference)).one(db).await?)
}

/// The requirement lines of some vacancies, in order.
pub async fn requirements(db: &impl ConnectionTrait, vacancies: &[VacancyId]) -> Result<Vec<requirement::Model>, StoreError> {
    if vacancies.is_empty() {
        return Ok(Vec::new());
    }
    let query = requirement::Entity::find().filter(requirement::Column::VacancyId.is_in(vacancies.iter().copied()));
    Ok(query.order_by_asc(requirement::Column::VacancyId).order_by_asc(requirement::Column::Position).all(db).await?)
}

/// Replaces the requirement lines of a vacancy.
pub async fn put_requirements(db: &impl ConnectionTrait, vacancy: VacancyId, lines: Vec<requirement::Model>) -> Result<(), StoreError> {
    requirement::Entity::delete_many().filter(requirement::Column::VacancyId.eq(vacancy)).exec(db).await?;
    rows::insert_many(db, lines).await
}

/// Every office, for vacancies that are open beyond their own.
pub async fn offices(db: &impl ConnectionTrait) -> Result<Vec<office::Model>, StoreError> {
    Ok(office::Entity::find().order_by_asc(office::Column::Id).all(db).await?)
}

/// Offices by id, for the names beside other rows.
pub async fn offices_of(db: &impl ConnectionTrait, ids: &[OfficeId]) -> Result<Vec<office::Model>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(office::Entity::find().filter(office::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// The offers of a vacancy that nobody answered yet (drafts and live ones), locked in the order of their ids.
pub async fn lock_unanswered_offers(db: &impl ConnectionTrait, vacancy: VacancyId) -> Result<Vec<offer::Model>, StoreError> {
    let query = offer::Entity::find().filter(unanswered(vacancy)).order_by_asc(offer::Column::Id);
    Ok(query.lock(ROW_LOCK).all(db).await?)
}

/// Closes the drafts and live offers of a vacancy because it closed. The vacancy is locked by the caller.
pub async fn close_offers(db: &impl ConnectionTrait, vacancy: VacancyId, now: DateTime<Utc>) -> Result<Vec<OfferId>, StoreError> {
    let open = offer::Entity::find().filter(unanswered(vacancy)).order_by_asc(offer::Column::Id).all(db).await?;
    offer::Entity::update_many()
        .col_expr(offer::Column::StateBefore, Expr::col(offer::Column::State))
        .col_expr(offer::Column::State, Expr::value(OfferState::Closed))
        .col_expr(offer::Column::Reason, Expr::value(Reason::VacancyClosed))
        .col_expr(offer::Column::UpdatedAt, Expr::value(now))
        .col_expr(offer::Column::Version, Expr::col(offer::Column::Version).add(1))
        .filter(unanswered(vacancy))
        .exec(db)
        .await?;
    Ok(open.into_iter().map(|offer| offer.id).collect())
}

/// Withdraws the referrals of a vacancy that are still under way because it closed.
pub async fn withdraw_referrals(db: &impl ConnectionTrait, vacancy: VacancyId, now: DateTime<Utc>) -> Result<Vec<ReferralId>, StoreError> {
    let mut seated = Query::select();
    seated.column(placement::Column::GraduateId).from(placement::Entity).and_where(placement::Column::VacancyId.eq(vacancy));
    seated.and_where(placement::Column::State.is_in(PlacementState::ALL.iter().copied().filter(|state| state.holds_seat())));
    let under_way = ReferralState::ALL.iter().copied().filter(|state| !state.is_terminal());
    // Whoever got the seat was not sent away.
    let live = Condition::all()
        .add(referral::Column::VacancyId.eq(vacancy))
        .add(referral::Column::State.is_in(under_way))
        .add(referral::Column::GraduateId.not_in_subquery(seated));
    let open = referral::Entity::find().filter(live.clone()).order_by_asc(referral::Column::Id).all(db).await?;
    referral::Entity::update_many()
        .col_expr(referral::Column::StateBefore, Expr::col(referral::Column::State))
        .col_expr(referral::Column::State, Expr::value(ReferralState::Withdrawn))
        .col_expr(referral::Column::Reason, Expr::value(Reason::VacancyClosed))
        .col_expr(referral::Column::UpdatedAt, Expr::value(now))
        .col_expr(referral::Column::Version, Expr::col(referral::Column::Version).add(1))
        .filter(live)
        .exec(db)
        .await?;
    Ok(open.into_iter().map(|referral| referral.id).collect())
}

/// Since when a vacancy must have been left alone.
#[derive(Debug, Clone, Copy)]
pub struct Untouched {
    /// To remind its employer.
    pub remind: DateTime<Utc>,
    /// To close it, once its employer was reminded.
    pub close: DateTime<Utc>,
}

/// Published or held vacancies whose last day lies before `today`, or that were left alone, oldest first.
pub async fn stale(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    untouched: Untouched,
    limit: u64,
) -> Result<Vec<vacancy::Model>, StoreError> {
    let to_remind = vacancy::Column::RemindedAt.is_null().and(vacancy::Column::TouchedAt.lte(untouched.remind));
    let to_close = vacancy::Column::RemindedAt.is_not_null().and(vacancy::Column::TouchedAt.lte(untouched.close));
    let over = Condition::any().add(vacancy::Column::ClosesOn.lt(today)).add(to_remind).add(to_close);
    let query = vacancy::Entity::find().filter(vacancy::Column::State.is_in([VacancyState::Published, VacancyState::Paused]));
    Ok(query.filter(over).order_by_asc(vacancy::Column::Id).limit(limit).all(db).await?)
}

fn unanswered(vacancy: VacancyId) -> Condition {
    Condition::all().add(offer::Column::VacancyId.eq(vacancy)).add(offer::Column::State.is_in([OfferState::Draft, OfferState::Sent]))
}
