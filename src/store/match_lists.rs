//! Frozen match lists, and what a live one is shown with.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::engine::id::{GraduateId, MatchListId, VacancyId};
use crate::engine::kinds::Decision;
use crate::store::entity::{graduate, match_list, match_list_entry, person, vacancy};
use crate::store::error::StoreError;
use crate::store::rows::ROW_LOCK;
use crate::store::scope::{Scope, Scoped};

/// How many ids one `IN (…)` names.
const CHUNK: usize = 500;

/// Graduates by id, whatever office they belong to: a match query decided already that they may be named.
pub async fn shown(db: &impl ConnectionTrait, ids: &[GraduateId]) -> Result<Vec<graduate::Model>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        found.extend(graduate::Entity::find().filter(graduate::Column::Id.is_in(chunk.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// The people behind some graduates.
pub async fn people_of(db: &impl ConnectionTrait, ids: &[GraduateId]) -> Result<Vec<(graduate::Model, person::Model)>, StoreError> {
    let graduates = shown(db, ids).await?;
    let mut found = Vec::with_capacity(graduates.len());
    for chunk in graduates.chunks(CHUNK) {
        let people = person::Entity::find().filter(person::Column::Id.is_in(chunk.iter().map(|row| row.person_id))).all(db).await?;
        for row in chunk {
            if let Some(person) = people.iter().find(|person| person.id == row.person_id) {
                found.push((row.clone(), person.clone()));
            }
        }
    }
    Ok(found)
}

/// Vacancies that take applications on a day, of every office; scope is the matcher's (an office's own, or opened to others).
pub async fn open_vacancies(db: &impl ConnectionTrait, today: NaiveDate) -> Result<Vec<vacancy::Model>, StoreError> {
    let open = vacancy::Entity::find().filter(vacancy::Column::State.eq("published")).filter(vacancy::Column::ClosesOn.gte(today));
    Ok(open.order_by_asc(vacancy::Column::Id).limit(50_000).all(db).await?)
}

/// Frozen lists of a vacancy within a scope, newest first.
pub async fn of_vacancy(db: &impl ConnectionTrait, scope: &Scope, vacancy: VacancyId) -> Result<Vec<match_list::Model>, StoreError> {
    let query = match_list::Entity::find().filter(match_list::Entity::within(scope)).filter(match_list::Column::VacancyId.eq(vacancy));
    Ok(query.order_by_desc(match_list::Column::Id).all(db).await?)
}

/// The entries of a list in the order staff gave them.
pub async fn entries(db: &impl ConnectionTrait, list: MatchListId) -> Result<Vec<match_list_entry::Model>, StoreError> {
    let query = match_list_entry::Entity::find().filter(match_list_entry::Column::ListId.eq(list));
    Ok(query.order_by_asc(match_list_entry::Column::Place).order_by_asc(match_list_entry::Column::Rank).all(db).await?)
}

/// One entry, locked.
pub async fn entry(
    db: &impl ConnectionTrait,
    list: MatchListId,
    graduate: GraduateId,
) -> Result<Option<match_list_entry::Model>, StoreError> {
    let query = match_list_entry::Entity::find_by_id((list, graduate));
    Ok(query.lock(ROW_LOCK).one(db).await?)
}

/// Graduates that the newest list of a vacancy holds in reserve, in order.
pub async fn reserve(db: &impl ConnectionTrait, vacancy: VacancyId) -> Result<Vec<GraduateId>, StoreError> {
    let Some(list) = of_vacancy(db, &Scope::All, vacancy).await?.into_iter().next() else { return Ok(Vec::new()) };
    let held = match_list_entry::Entity::find()
        .filter(match_list_entry::Column::ListId.eq(list.id))
        .filter(match_list_entry::Column::Decision.eq(Decision::Reserve));
    Ok(held.order_by_asc(match_list_entry::Column::Place).all(db).await?.into_iter().map(|row| row.graduate_id).collect())
}
