//! Employers, their sites, and what binds them to offices: partnerships and commitments.
//!
//! An employer stands once per installation; an office sees those it has a partnership with, an employer sees itself.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::engine::id::{EmployerId, OfficeId};
use crate::engine::name::search_key;
use crate::store::entity::{commitment, employer, employer_site, partnership};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::rows;
use crate::store::scope::{Scope, Scoped};

/// The employer with a business number (NIB), whoever's partner it is.
pub async fn by_nib(db: &impl ConnectionTrait, nib: &str) -> Result<Option<employer::Model>, StoreError> {
    Ok(employer::Entity::find().filter(employer::Column::Nib.eq(nib)).one(db).await?)
}

/// An employer by id, whoever's partner it is: for making a partnership.
pub async fn known(db: &impl ConnectionTrait, id: EmployerId) -> Result<Option<employer::Model>, StoreError> {
    Ok(employer::Entity::find_by_id(id).one(db).await?)
}

/// Employers within a scope whose name holds `query`, or all of them.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    query: Option<&str>,
    slice: Slice,
) -> Result<Page<employer::Model>, StoreError> {
    let mut select = employer::Entity::find().filter(employer::Entity::within(scope));
    if let Some(key) = query.map(search_key).filter(|key| !key.is_empty()) {
        select = select.filter(employer::Column::NameKey.contains(&key));
    }
    page(db, select, employer::Column::Id, slice).await
}

/// Every employer within a scope, for comparing names.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<employer::Model>, StoreError> {
    Ok(employer::Entity::find().filter(employer::Entity::within(scope)).order_by_asc(employer::Column::Id).all(db).await?)
}

/// Employers by id, for the names beside other rows that were found within a scope.
pub async fn of_ids(db: &impl ConnectionTrait, ids: &[EmployerId]) -> Result<Vec<employer::Model>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(employer::Entity::find().filter(employer::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// The sites of some employers, in the order they were entered.
pub async fn sites(db: &impl ConnectionTrait, employers: &[EmployerId]) -> Result<Vec<employer_site::Model>, StoreError> {
    if employers.is_empty() {
        return Ok(Vec::new());
    }
    let query = employer_site::Entity::find().filter(employer_site::Column::EmployerId.is_in(employers.iter().copied()));
    Ok(query.order_by_asc(employer_site::Column::Id).all(db).await?)
}

/// Replaces the sites of an employer.
pub async fn put_sites(db: &impl ConnectionTrait, employer: EmployerId, sites: Vec<employer_site::Model>) -> Result<(), StoreError> {
    employer_site::Entity::delete_many().filter(employer_site::Column::EmployerId.eq(employer)).exec(db).await?;
    rows::insert_many(db, sites).await
}

/// The partnership of an employer with an office.
pub async fn partnership(
    db: &impl ConnectionTrait,
    office: OfficeId,
    employer: EmployerId,
) -> Result<Option<partnership::Model>, StoreError> {
    let query = partnership::Entity::find().filter(partnership::Column::OfficeId.eq(office));
    Ok(query.filter(partnership::Column::EmployerId.eq(employer)).one(db).await?)
}

/// The partnerships of some employers within a scope.
pub async fn partnerships(
    db: &impl ConnectionTrait,
    scope: &Scope,
    employers: &[EmployerId],
) -> Result<Vec<partnership::Model>, StoreError> {
    if employers.is_empty() {
        return Ok(Vec::new());
    }
    let query = partnership::Entity::find().filter(partnership::Entity::within(scope));
    let query = query.filter(partnership::Column::EmployerId.is_in(employers.iter().copied()));
    Ok(query.order_by_asc(partnership::Column::Id).all(db).await?)
}

/// The commitments of an employer within a scope.
pub async fn commitments(
    db: &impl ConnectionTrait,
    scope: &Scope,
    employer: EmployerId,
    slice: Slice,
) -> Result<Page<commitment::Model>, StoreError> {
    let query = commitment::Entity::find().filter(commitment::Entity::within(scope));
    page(db, query.filter(commitment::Column::EmployerId.eq(employer)), commitment::Column::Id, slice).await
}
