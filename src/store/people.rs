//! Persons and graduates.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::engine::id::{EmployerId, GraduateId, OfficeId, PersonId};
use crate::store::entity::{claimed_unit, duplicate_proposal, employer, employer_block, employer_wish, graduate, office, person};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::rows::{self, ROW_LOCK};
use crate::store::scope::{Scope, Scoped};

/// How many people of one beginning of a name are compared with a new one.
const NEIGHBOURS: u64 = 2_000;

/// A person by id; persons belong to the installation, so callers hold a scoped graduate first.
pub async fn person(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<person::Model>, StoreError> {
    Ok(person::Entity::find_by_id(id).one(db).await?)
}

/// Several persons by id, found through scoped graduates.
pub async fn persons(db: &impl ConnectionTrait, ids: &[PersonId]) -> Result<Vec<person::Model>, StoreError> {
    Ok(person::Entity::find().filter(person::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// A person, locked until the transaction ends.
pub async fn lock_person(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<person::Model>, StoreError> {
    Ok(person::Entity::find_by_id(id).lock(ROW_LOCK).one(db).await?)
}

/// Several persons, locked in the order of their ids.
pub async fn lock_people(db: &impl ConnectionTrait, ids: &[PersonId]) -> Result<Vec<person::Model>, StoreError> {
    let query = person::Entity::find().filter(person::Column::Id.is_in(ids.iter().copied()));
    Ok(query.order_by_asc(person::Column::Id).lock(ROW_LOCK).all(db).await?)
}

/// The person with a NIK, by its keyed hash, locked.
pub async fn lock_by_nik(db: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<person::Model>, StoreError> {
    Ok(person::Entity::find().filter(person::Column::NikHash.eq(hash.to_vec())).lock(ROW_LOCK).one(db).await?)
}

/// What an office knows of a person.
pub async fn graduate_of(db: &impl ConnectionTrait, office: OfficeId, person: PersonId) -> Result<Option<graduate::Model>, StoreError> {
    let query = graduate::Entity::find().filter(graduate::Column::OfficeId.eq(office)).filter(graduate::Column::PersonId.eq(person));
    Ok(query.one(db).await?)
}

/// Everything all offices know of a person.
pub async fn graduates_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<graduate::Model>, StoreError> {
    Ok(graduate::Entity::find().filter(graduate::Column::PersonId.eq(person)).order_by_asc(graduate::Column::Id).all(db).await?)
}

/// What of a person lies within a scope.
pub async fn graduates_within(db: &impl ConnectionTrait, scope: &Scope, person: PersonId) -> Result<Vec<graduate::Model>, StoreError> {
    let query = graduate::Entity::find().filter(graduate::Entity::within(scope)).filter(graduate::Column::PersonId.eq(person));
    Ok(query.all(db).await?)
}

/// Another office that knows a person and has not erased what it knew; the one that knew first.
pub async fn office_elsewhere(db: &impl ConnectionTrait, own: OfficeId, person: PersonId) -> Result<Option<office::Model>, StoreError> {
    let known = graduates_of(db, person).await?.into_iter().find(|row| row.office_id != own && !row.name.is_empty());
    match known {
        Some(row) => Ok(office::Entity::find_by_id(row.office_id).one(db).await?),
        None => Ok(None),
    }
}

/// Graduates by id, found through something scoped.
pub async fn graduates(db: &impl ConnectionTrait, ids: &[GraduateId]) -> Result<Vec<graduate::Model>, StoreError> {
    Ok(graduate::Entity::find().filter(graduate::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// What a list of people is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Folded words that the name must hold, all of them.
    pub words: Vec<String>,
    /// A region: the district itself, or any within it.
    pub district: Option<String>,
}

/// The records within a scope of whoever lives in a region or below it.
pub async fn residents(db: &impl ConnectionTrait, scope: &Scope, district: &str) -> Result<Vec<GraduateId>, StoreError> {
    let query = graduate::Entity::find().select_only().column(graduate::Column::Id).filter(graduate::Entity::within(scope));
    Ok(query.filter(lives_in(district)).into_tuple().all(db).await?)
}

fn lives_in(district: &str) -> Condition {
    let inside = graduate::Column::DistrictCode.starts_with(format!("{district}."));
    Condition::any().add(graduate::Column::DistrictCode.eq(district)).add(inside)
}

/// Living records within a scope: neither erased nor merged into another.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, search: &Search, slice: Slice) -> Result<Page<graduate::Model>, StoreError> {
    let mut query = graduate::Entity::find().filter(graduate::Entity::within(scope)).filter(graduate::Column::Name.ne(""));
    let mut gone = sea_orm::sea_query::Query::select();
    gone.column(person::Column::Id).from(person::Entity).and_where(person::Column::MergedInto.is_not_null());
    query = query.filter(graduate::Column::PersonId.not_in_subquery(gone));
    for word in &search.words {
        query = query.filter(graduate::Column::NameKey.contains(word));
    }
    if let Some(district) = &search.district {
        query = query.filter(lives_in(district));
    }
    page(db, query, graduate::Column::Id, slice).await
}

/// Graduates of an office whose folded name begins alike, themselves left out.
pub async fn name_neighbours(
    db: &impl ConnectionTrait,
    office: OfficeId,
    beginning: &str,
    but: GraduateId,
) -> Result<Vec<graduate::Model>, StoreError> {
    let query = graduate::Entity::find()
        .filter(graduate::Column::OfficeId.eq(office))
        .filter(graduate::Column::NameKey.starts_with(beginning))
        .filter(graduate::Column::Id.ne(but));
    Ok(query.order_by_desc(graduate::Column::Id).limit(NEIGHBOURS).all(db).await?)
}

/// Which of some employers exist.
pub async fn known_employers(db: &impl ConnectionTrait, ids: &[EmployerId]) -> Result<Vec<EmployerId>, StoreError> {
    let rows = employer::Entity::find().filter(employer::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Employers a graduate prefers, best first.
pub async fn wishes(db: &impl ConnectionTrait, graduate: GraduateId) -> Result<Vec<EmployerId>, StoreError> {
    let query = employer_wish::Entity::find().filter(employer_wish::Column::GraduateId.eq(graduate));
    Ok(query.order_by_asc(employer_wish::Column::Rank).all(db).await?.into_iter().map(|row| row.employer_id).collect())
}

/// Replaces the employers a graduate prefers.
pub async fn put_wishes(db: &impl ConnectionTrait, graduate: GraduateId, employers: &[EmployerId]) -> Result<(), StoreError> {
    employer_wish::Entity::delete_many().filter(employer_wish::Column::GraduateId.eq(graduate)).exec(db).await?;
    let ranked = (1..).zip(employers.iter().copied());
    let wishes = ranked.map(|(rank, employer_id)| employer_wish::Model { graduate_id: graduate, employer_id, rank }).collect();
    rows::insert_many(db, wishes).await
}

/// Employers a graduate does not want to be shown to.
pub async fn blocks(db: &impl ConnectionTrait, graduate: GraduateId) -> Result<Vec<EmployerId>, StoreError> {
    let query = employer_block::Entity::find().filter(employer_block::Column::GraduateId.eq(graduate));
    Ok(query.order_by_asc(employer_block::Column::EmployerId).all(db).await?.into_iter().map(|row| row.employer_id).collect())
}

/// Replaces the employers a graduate does not want to be shown to.
pub async fn put_blocks(db: &impl ConnectionTrait, graduate: GraduateId, blocks: Vec<employer_block::Model>) -> Result<(), StoreError> {
    employer_block::Entity::delete_many().filter(employer_block::Column::GraduateId.eq(graduate)).exec(db).await?;
    rows::insert_many(db, blocks).await
}

/// What a graduate says they master.
pub async fn claims(db: &impl ConnectionTrait, graduate: GraduateId) -> Result<Vec<claimed_unit::Model>, StoreError> {
    let query = claimed_unit::Entity::find().filter(claimed_unit::Column::GraduateId.eq(graduate));
    Ok(query.order_by_asc(claimed_unit::Column::Code).all(db).await?)
}

/// Replaces what a graduate says they master.
pub async fn put_claims(db: &impl ConnectionTrait, graduate: GraduateId, claims: Vec<claimed_unit::Model>) -> Result<(), StoreError> {
    claimed_unit::Entity::delete_many().filter(claimed_unit::Column::GraduateId.eq(graduate)).exec(db).await?;
    rows::insert_many(db, claims).await
}

/// Proposed pairs within a scope, open or decided; a pair of which one was erased is no question any more.
pub async fn proposals(
    db: &impl ConnectionTrait,
    scope: &Scope,
    decided: bool,
    slice: Slice,
) -> Result<Page<duplicate_proposal::Model>, StoreError> {
    let state = if decided { duplicate_proposal::Column::Decision.is_not_null() } else { duplicate_proposal::Column::Decision.is_null() };
    let mut erased = sea_orm::sea_query::Query::select();
    erased.column(graduate::Column::Id).from(graduate::Entity).and_where(graduate::Column::Name.eq(""));
    let query = duplicate_proposal::Entity::find()
        .filter(duplicate_proposal::Entity::within(scope))
        .filter(state)
        .filter(duplicate_proposal::Column::LeftGraduate.not_in_subquery(erased.clone()))
        .filter(duplicate_proposal::Column::RightGraduate.not_in_subquery(erased));
    page(db, query, duplicate_proposal::Column::Id, slice).await
}
