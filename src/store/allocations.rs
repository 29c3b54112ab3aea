//! Allocation runs, the seats of chosen plans, and what already binds people and seats.

use chrono::{DateTime, Utc};
use rustc_hash::FxHashMap;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, Iterable as _, QueryFilter, QueryOrder, QuerySelect};

use crate::engine::id::{AllocationId, CommitmentId, GraduateId, MatchListId, VacancyId};
use crate::engine::kinds::Decision;
use crate::engine::lifecycle::{OfferState, PlacementState, ReferralState};
use crate::store::entity::{allocation, allocation_seat, commitment, match_list, match_list_entry, offer, placement, referral, vacancy};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::scope::{Scope, Scoped};

/// How many ids one `IN (…)` names.
const CHUNK: usize = 500;

/// Runs within a scope. Their outcomes, which may be large, are not read.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, slice: Slice) -> Result<Page<allocation::Model>, StoreError> {
    let light = allocation::Column::iter().filter(|column| !matches!(column, allocation::Column::Result));
    let query = allocation::Entity::find().select_only().columns(light).expr_as(Expr::cust("NULL"), "result");
    page(db, query.filter(allocation::Entity::within(scope)), allocation::Column::Id, slice).await
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

/// The newest chosen plan that speaks of a vacancy, and the moment it was chosen.
pub async fn newest_plan(db: &impl ConnectionTrait, vacancy: VacancyId) -> Result<Option<(AllocationId, DateTime<Utc>)>, StoreError> {
    let mut plans = Query::select();
    plans
        .column(allocation_seat::Column::AllocationId)
        .from(allocation_seat::Entity)
        .and_where(allocation_seat::Column::VacancyId.eq(vacancy));
    let chosen = allocation::Entity::find()
        .filter(allocation::Column::ChosenAt.is_not_null())
        .filter(allocation::Column::Id.in_subquery(plans))
        .order_by_desc(allocation::Column::ChosenAt)
        .order_by_desc(allocation::Column::Id);
    let pair = chosen.select_only().column(allocation::Column::Id).column(allocation::Column::ChosenAt);
    Ok(pair.into_tuple::<(AllocationId, DateTime<Utc>)>().one(db).await?)
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

/// Vacancies by id, for their names: a run decided already that they may be named.
pub async fn vacancies_named(db: &impl ConnectionTrait, ids: &[VacancyId]) -> Result<Vec<vacancy::Model>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        found.extend(vacancy::Entity::find().filter(vacancy::Column::Id.is_in(chunk.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// Commitments by id: vacancies of a run were posted under them.
pub async fn commitments_named(db: &impl ConnectionTrait, ids: &[CommitmentId]) -> Result<Vec<commitment::Model>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        found.extend(commitment::Entity::find().filter(commitment::Column::Id.is_in(chunk.iter().copied())).all(db).await?);
    }
    Ok(found)
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

/// How many live offers some vacancies have.
pub async fn live_offers(db: &impl ConnectionTrait, vacancies: &[VacancyId]) -> Result<FxHashMap<VacancyId, u32>, StoreError> {
    let mut live: FxHashMap<VacancyId, u32> = FxHashMap::default();
    for chunk in vacancies.chunks(CHUNK) {
        let sent = offer::Column::VacancyId.is_in(chunk.iter().copied()).and(offer::Column::State.eq(OfferState::Sent));
        let query = offer::Entity::find().select_only().column(offer::Column::VacancyId).filter(sent);
        for vacancy in query.into_tuple::<VacancyId>().all(db).await? {
            *live.entry(vacancy).or_default() += 1;
        }
    }
    Ok(live)
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
        let newest: FxHashMap<VacancyId, MatchListId> = lists.into_tuple::<(VacancyId, MatchListId)>().all(db).await?.into_iter().collect();
        let vacancy_of: FxHashMap<MatchListId, VacancyId> = newest.into_iter().map(|(vacancy, list)| (list, vacancy)).collect();
        let entries = match_list_entry::Entity::find()
            .filter(match_list_entry::Column::ListId.is_in(vacancy_of.keys().copied()))
            .filter(match_list_entry::Column::Decision.eq(Decision::Reject));
        let pair = |entry: match_list_entry::Model| Some((*vacancy_of.get(&entry.list_id)?, entry.graduate_id));
        rejected.extend(entries.all(db).await?.into_iter().filter_map(pair));
    }
    Ok(rejected)
}
