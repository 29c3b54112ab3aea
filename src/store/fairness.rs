//! Who was considered for vacancies and how far each came; sex is read here and nowhere near the scorer.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef};

use crate::engine::id::{GraduateId, PersonId, VacancyId};
use crate::engine::kinds::{Decision, Sex};
use crate::engine::lifecycle::PlacementState;
use crate::store::entity::{graduate, match_list, match_list_entry, offer, placement, referral};
use crate::store::error::StoreError;
use crate::store::scope::{Scope, Scoped};

/// How many ids one `IN (…)` names.
const CHUNK: usize = 500;

/// Which part of the office's work is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Looked {
    /// One vacancy.
    pub vacancy: Option<VacancyId>,
    /// Only what was done after this moment.
    pub after: Option<DateTime<Utc>>,
    /// Only what was done by this moment.
    pub by: Option<DateTime<Utc>>,
}

/// Entries of frozen match lists with what was decided.
pub async fn listed(db: &impl ConnectionTrait, scope: &Scope, of: Looked) -> Result<Vec<(GraduateId, Option<Decision>)>, StoreError> {
    let to_list: RelationDef =
        match_list_entry::Entity::belongs_to(match_list::Entity).from(match_list_entry::Column::ListId).to(match_list::Column::Id).into();
    let query = match_list_entry::Entity::find()
        .select_only()
        .columns([match_list_entry::Column::GraduateId, match_list_entry::Column::Decision])
        .join(JoinType::InnerJoin, to_list)
        .filter(match_list::Entity::within(scope))
        .filter(when(of, match_list::Column::VacancyId, match_list::Column::FrozenAt));
    Ok(query.into_tuple().all(db).await?)
}

/// Who was referred.
pub async fn referred(db: &impl ConnectionTrait, scope: &Scope, of: Looked) -> Result<Vec<GraduateId>, StoreError> {
    let query = referral::Entity::find().select_only().column(referral::Column::GraduateId).filter(referral::Entity::within(scope));
    Ok(query.filter(when(of, referral::Column::VacancyId, referral::Column::CreatedAt)).into_tuple().all(db).await?)
}

/// Who was sent an offer.
pub async fn offered(db: &impl ConnectionTrait, scope: &Scope, of: Looked) -> Result<Vec<GraduateId>, StoreError> {
    let query = offer::Entity::find().select_only().column(offer::Column::GraduateId).filter(offer::Entity::within(scope));
    let sent = query.filter(offer::Column::SentAt.is_not_null());
    Ok(sent.filter(when(of, offer::Column::VacancyId, offer::Column::CreatedAt)).into_tuple().all(db).await?)
}

/// Who took a seat.
pub async fn placed(db: &impl ConnectionTrait, scope: &Scope, of: Looked) -> Result<Vec<GraduateId>, StoreError> {
    let held: Vec<PlacementState> = PlacementState::ALL.iter().copied().filter(|state| state.holds_seat()).collect();
    let query = placement::Entity::find().select_only().column(placement::Column::GraduateId).filter(placement::Entity::within(scope));
    let seated = query.filter(placement::Column::State.is_in(held));
    Ok(seated.filter(when(of, placement::Column::VacancyId, placement::Column::CreatedAt)).into_tuple().all(db).await?)
}

/// Person and sex of some graduates, who were found through the lists above.
pub async fn sexes(db: &impl ConnectionTrait, ids: &[GraduateId]) -> Result<Vec<(GraduateId, PersonId, Option<Sex>)>, StoreError> {
    let mut rows = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let query = graduate::Entity::find()
            .select_only()
            .columns([graduate::Column::Id, graduate::Column::PersonId, graduate::Column::Sex])
            .filter(graduate::Column::Id.is_in(chunk.iter().copied()));
        let found: Vec<(GraduateId, PersonId, Option<Sex>)> = query.into_tuple().all(db).await?;
        rows.extend(found);
    }
    Ok(rows)
}

fn when<C: ColumnTrait>(of: Looked, vacancy: C, done: C) -> Condition {
    Condition::all()
        .add_option(of.vacancy.map(|id| vacancy.eq(id)))
        .add_option(of.after.map(|moment| done.gt(moment)))
        .add_option(of.by.map(|moment| done.lte(moment)))
}
