//! What offices imported of ESCO.

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait, IntoActiveModel as _, Iterable as _, QueryFilter as _,
    QueryOrder as _, Select,
};

use crate::engine::esco::{LinkStanding, RelationKind};
use crate::store::entity::{esco_concept, esco_link, esco_relation};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::scope::{Scope, Scoped as _};

/// How many rows one INSERT carries.
const CHUNK: usize = 1_000;

/// Every concept.
pub async fn concepts(db: &impl ConnectionTrait) -> Result<Vec<esco_concept::Model>, StoreError> {
    Ok(esco_concept::Entity::find().all(db).await?)
}

/// Every relation.
pub async fn relations(db: &impl ConnectionTrait) -> Result<Vec<esco_relation::Model>, StoreError> {
    Ok(esco_relation::Entity::find().all(db).await?)
}

/// Which of some concepts stand directly under another of them: the narrower, the broader.
pub async fn broader_among(db: &impl ConnectionTrait, uris: &BTreeSet<String>) -> Result<Vec<(String, String)>, StoreError> {
    let mut found = Vec::new();
    for some in uris.iter().cloned().collect::<Vec<_>>().chunks(CHUNK) {
        let query = esco_relation::Entity::find()
            .filter(esco_relation::Column::Kind.eq(RelationKind::Broader.code()))
            .filter(esco_relation::Column::FromUri.is_in(some.iter().cloned()));
        let rows = query.all(db).await?.into_iter().filter(|row| uris.contains(&row.to_uri));
        found.extend(rows.map(|row| (row.from_uri, row.to_uri)));
    }
    Ok(found)
}

/// Links between units and skills, all or those of one standing.
pub async fn links(db: &impl ConnectionTrait, standing: Option<LinkStanding>) -> Result<Vec<esco_link::Model>, StoreError> {
    Ok(of_standing(esco_link::Entity::find(), standing).order_by_asc(esco_link::Column::Id).all(db).await?)
}

/// One page of them within a scope.
pub async fn link_page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    standing: Option<LinkStanding>,
    slice: Slice,
) -> Result<Page<esco_link::Model>, StoreError> {
    let query = of_standing(esco_link::Entity::find().filter(esco_link::Entity::within(scope)), standing);
    page(db, query, esco_link::Column::Id, slice).await
}

fn of_standing(query: Select<esco_link::Entity>, standing: Option<LinkStanding>) -> Select<esco_link::Entity> {
    match standing {
        Some(standing) => query.filter(esco_link::Column::Standing.eq(standing)),
        None => query,
    }
}

/// Writes concepts, overwriting those of the same address.
pub async fn put_concepts(db: &impl ConnectionTrait, rows: Vec<esco_concept::Model>) -> Result<(), StoreError> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let conflict = OnConflict::column(esco_concept::Column::Uri)
            .update_columns(esco_concept::Column::iter().filter(|c| !matches!(c, esco_concept::Column::Uri)))
            .to_owned();
        let chunk: Vec<_> = rows.by_ref().take(CHUNK).map(|row| row.into_active_model().reset_all()).collect();
        esco_concept::Entity::insert_many(chunk).on_conflict(conflict).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes relations; those that are there already stay as they are.
pub async fn put_relations(db: &impl ConnectionTrait, rows: Vec<esco_relation::Model>) -> Result<(), StoreError> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(CHUNK).map(|row| row.into_active_model().reset_all()).collect();
        let insert = esco_relation::Entity::insert_many(chunk).on_conflict(OnConflict::new().do_nothing().to_owned());
        insert.exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes proposals; what somebody proposed before stays as it is.
pub async fn propose(db: &impl ConnectionTrait, rows: Vec<esco_link::Model>) -> Result<(), StoreError> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(CHUNK).map(|row| row.into_active_model().reset_all()).collect();
        let insert = esco_link::Entity::insert_many(chunk).on_conflict(OnConflict::new().do_nothing().to_owned());
        insert.exec_without_returning(db).await?;
    }
    Ok(())
}

/// Drops one relation.
pub async fn drop_relation(db: &impl ConnectionTrait, row: esco_relation::Model) -> Result<(), StoreError> {
    esco_relation::Entity::delete_by_id((row.from_uri, row.to_uri, row.kind)).exec(db).await?;
    Ok(())
}
