//! Allocation runs, the seats of chosen plans, and what already binds people and seats.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder, QuerySelect};

use crate::engine::id::{AllocationId, GraduateId, VacancyId};
use crate::engine::kinds::Decision;
use crate::engine::lifecycle::{OfferState, PlacementState, ReferralState};
use crate::store::entity::{allocation, allocation_seat, match_list, match_list_entry, offer, placement, referral};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::scope::{Scope, Scoped};

/// How many ids one `IN (…)` names.
const CHUNK: usize = 500;

/// Runs within a scope.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, slice: Slice) -> Result<Page<allocation::Model>, StoreError> {
    page(db, allocation::Entity::find().filter(allocation::Entity::within(scope)), allocation::Column::Id, slice).await
}

/// Notes how far a running run is, in percent; `false` if it runs no more.
pub async fn note_progress(db: &impl ConnectionTrait, id: AllocationId, percent: i32) -> Result<bool, StoreError> {
    let running = allocation::Column::Id.eq(id).and(allocation::Column::Status.eq("running"));
    let noted = allocation::Entity::update_many().col_expr(allocation::Column::Progress, Expr::value(percent)).filter(running);
    Ok(noted.exec(db).await?.rows_affected > 0)
}

/// Ends runs begun before a moment that no living process can still be at.
pub async fn end_interrupted(db: &impl ConnectionTrait, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let left = allocation::Column::Status.eq("running").and(allocation::Column::CreatedAt.lt(before));
    let ended = allocation::Entity::update_many()
        .col_expr(allocation::Column::Status, Expr::value("interrupted"))
        .col_expr(allocation::Column::FinishedAt, Expr::value(Some(now)))
        .filter(left);
    Ok(ended.exec(db).await?.rows_affected)
}

/// The seats and the reserve of a chosen plan, by vacancy and place.
pub async fn seats(db: &impl ConnectionTrait, id: AllocationId) -> Result<Vec<allocation_seat::Model>, StoreError> {
    let query = allocation_seat::Entity::find().filter(allocation_seat::Column::AllocationId.eq(id));
    Ok(query.order_by_asc(allocation_seat::Column::VacancyId).order_by_asc(allocation_seat::Column::Place).all(db).await?)
}

/// The reserve of the newest chosen plan that speaks of a vacancy, with the moment it was chosen.
pub async fn newest_reserve(db: &impl ConnectionTrait, vacancy: VacancyId) -> Result<Option<(DateTime<Utc>, Vec<GraduateId>)>, StoreError> {
    let mut plans = sea_orm::sea_query::Query::select();
    plans
        .column(allocation_seat::Column::AllocationId)
        .from(allocation_seat::Entity)
        .and_where(allocation_seat::Column::VacancyId.eq(vacancy));
    let chosen = allocation::Entity::find()
        .filter(allocation::Column::ChosenAt.is_not_null())
        .filter(allocation::Column::Id.in_subquery(plans))
        .order_by_desc(allocation::Column::ChosenAt)
        .order_by_desc(allocation::Column::Id);
    let Some((id, Some(at))) =
        chosen.select_only().column(allocation::Column::Id).column(allocation::Column::ChosenAt).into_tuple().one(db).await?
    else {
        return Ok(None);
    };
    Ok(Some((at, reserve_in(db, id, vacancy).await?)))
}

/// Who stands in reserve for a vacancy in one plan, in order.
pub async fn reserve_in(db: &impl ConnectionTrait, id: AllocationId, vacancy: VacancyId) -> Result<Vec<GraduateId>, StoreError> {
    let own = allocation_seat::Column::AllocationId.eq(id).and(allocation_seat::Column::VacancyId.eq(vacancy));
    let waiting = allocation_seat::Entity::find().filter(own).filter(allocation_seat::Column::Place.gt(0));
    Ok(waiting.order_by_asc(allocation_seat::Column::Place).all(db).await?.into_iter().map(|row| row.graduate_id).collect())
}

/// Where a graduate stands in reserve in chosen plans, newest plan first.
pub async fn reserves_of(db: &impl ConnectionTrait, graduate: GraduateId) -> Result<Vec<allocation_seat::Model>, StoreError> {
    let query = allocation_seat::Entity::find()
        .filter(allocation_seat::Column::GraduateId.eq(graduate))
        .filter(allocation_seat::Column::Place.gt(0));
    Ok(query.order_by_desc(allocation_seat::Column::AllocationId).all(db).await?)
}

/// What already binds some graduates: seats they hold, offers they may answer, and pairs that came to nothing.
#[derive(Debug, Default)]
pub struct Bonds {
    /// Placements not ended or cancelled.
    pub placements: Vec<placement::Model>,
    /// Live offers.
    pub live_offers: Vec<offer::Model>,
    /// Offers the graduate said no to.
    pub declined_offers: Vec<offer::Model>,
    /// Referrals that came to nothing.
    pub failed_referrals: Vec<referral::Model>,
}

/// What binds some graduates.
pub async fn bonds(db: &impl ConnectionTrait, graduates: &[GraduateId]) -> Result<Bonds, StoreError> {
    let mut bonds = Bonds::default();
    for chunk in graduates.chunks(CHUNK) {
        let ids = || chunk.iter().copied();
        let engaged = [PlacementState::Planned, PlacementState::Started];
        let held = placement::Entity::find().filter(placement::Column::GraduateId.is_in(ids()));
        bonds.placements.extend(held.filter(placement::Column::State.is_in(engaged)).all(db).await?);
        let offers = offer::Entity::find().filter(offer::Column::GraduateId.is_in(ids()));
        bonds.live_offers.extend(offers.clone().filter(offer::Column::State.eq(OfferState::Sent)).all(db).await?);
        bonds.declined_offers.extend(offers.filter(offer::Column::State.eq(OfferState::Declined)).all(db).await?);
        let ended = [ReferralState::Declined, ReferralState::Failed, ReferralState::NoShow];
        let referrals = referral::Entity::find().filter(referral::Column::GraduateId.is_in(ids()));
        bonds.failed_referrals.extend(referrals.filter(referral::Column::State.is_in(ended)).all(db).await?);
    }
    Ok(bonds)
}

/// Graduates whom staff rejected on the newest frozen list of some vacancies.
pub async fn rejected(db: &impl ConnectionTrait, vacancies: &[VacancyId]) -> Result<Vec<(VacancyId, GraduateId)>, StoreError> {
    let mut rejected = Vec::new();
    for chunk in vacancies.chunks(CHUNK) {
        let lists = match_list::Entity::find()
            .filter(match_list::Column::VacancyId.is_in(chunk.iter().copied()))
            .select_only()
            .column(match_list::Column::VacancyId)
            .column_as(match_list::Column::Id, "id")
            .order_by_asc(match_list::Column::Id);
        let newest: rustc_hash::FxHashMap<VacancyId, crate::engine::id::MatchListId> =
            lists.into_tuple::<(VacancyId, crate::engine::id::MatchListId)>().all(db).await?.into_iter().collect();
        for (vacancy, list) in newest {
            let entries = match_list_entry::Entity::find()
                .filter(match_list_entry::Column::ListId.eq(list))
                .filter(match_list_entry::Column::Decision.eq(Decision::Reject));
            rejected.extend(entries.all(db).await?.into_iter().map(|entry| (vacancy, entry.graduate_id)));
        }
    }
    Ok(rejected)
}
