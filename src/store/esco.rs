//! What offices imported of ESCO.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait, IntoActiveModel as _, Iterable as _};

use crate::store::entity::{esco_concept, esco_relation};
use crate::store::error::StoreError;

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

/// Drops one relation.
pub async fn drop_relation(db: &impl ConnectionTrait, row: esco_relation::Model) -> Result<(), StoreError> {
    esco_relation::Entity::delete_by_id((row.from_uri, row.to_uri, row.kind)).exec(db).await?;
    Ok(())
}
