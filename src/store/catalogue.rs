//! What offices imported beyond the facts in the binary.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, IntoActiveModel as _, Iterable as _, QueryFilter,
    QueryOrder,
};

use crate::engine::id::OfficeId;
use crate::store::entity::{confirmation, minimum_wage, region, scheme, unit, unit_link};
use crate::store::error::StoreError;

/// How many rows one INSERT carries.
const CHUNK: usize = 500;

/// Imported units.
pub async fn units(db: &impl ConnectionTrait) -> Result<Vec<unit::Model>, StoreError> {
    Ok(unit::Entity::find().order_by_asc(unit::Column::Code).all(db).await?)
}

/// Imported links between units.
pub async fn links(db: &impl ConnectionTrait) -> Result<Vec<unit_link::Model>, StoreError> {
    Ok(unit_link::Entity::find().all(db).await?)
}

/// Imported schemes.
pub async fn schemes(db: &impl ConnectionTrait) -> Result<Vec<scheme::Model>, StoreError> {
    Ok(scheme::Entity::find().order_by_asc(scheme::Column::Code).all(db).await?)
}

/// Imported regions.
pub async fn regions(db: &impl ConnectionTrait) -> Result<Vec<region::Model>, StoreError> {
    Ok(region::Entity::find().order_by_asc(region::Column::Code).all(db).await?)
}

/// Imported minimum wages.
pub async fn wages(db: &impl ConnectionTrait) -> Result<Vec<minimum_wage::Model>, StoreError> {
    Ok(minimum_wage::Entity::find().all(db).await?)
}

/// Remembered decisions, oldest first: those of one office, or all.
pub async fn confirmations(db: &impl ConnectionTrait, office: Option<OfficeId>) -> Result<Vec<confirmation::Model>, StoreError> {
    let query = match office {
        Some(office) => confirmation::Entity::find().filter(confirmation::Column::OfficeId.eq(office)),
        None => confirmation::Entity::find(),
    };
    Ok(query.order_by_asc(confirmation::Column::ConfirmedAt).all(db).await?)
}

/// Writes units, overwriting those with the same code.
pub async fn put_units(db: &impl ConnectionTrait, rows: Vec<unit::Model>) -> Result<(), StoreError> {
    for chunk in rows.chunks(CHUNK) {
        let conflict = OnConflict::column(unit::Column::Code)
            .update_columns(unit::Column::iter().filter(|c| !matches!(c, unit::Column::Code)))
            .to_owned();
        let rows = chunk.iter().map(|row| row.clone().into_active_model().reset_all());
        unit::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes schemes, overwriting those with the same code.
pub async fn put_schemes(db: &impl ConnectionTrait, rows: Vec<scheme::Model>) -> Result<(), StoreError> {
    for chunk in rows.chunks(CHUNK) {
        let conflict = OnConflict::column(scheme::Column::Code)
            .update_columns(scheme::Column::iter().filter(|c| !matches!(c, scheme::Column::Code)))
            .to_owned();
        let rows = chunk.iter().map(|row| row.clone().into_active_model().reset_all());
        scheme::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes regions, overwriting those with the same code.
pub async fn put_regions(db: &impl ConnectionTrait, rows: Vec<region::Model>) -> Result<(), StoreError> {
    for chunk in rows.chunks(CHUNK) {
        let conflict = OnConflict::column(region::Column::Code)
            .update_columns(region::Column::iter().filter(|c| !matches!(c, region::Column::Code)))
            .to_owned();
        let rows = chunk.iter().map(|row| row.clone().into_active_model().reset_all());
        region::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes minimum wages, overwriting those of the same region and day.
pub async fn put_wages(db: &impl ConnectionTrait, rows: Vec<minimum_wage::Model>) -> Result<(), StoreError> {
    for chunk in rows.chunks(CHUNK) {
        let kept = [minimum_wage::Column::Year, minimum_wage::Column::Amount, minimum_wage::Column::Basis, minimum_wage::Column::Source];
        let conflict =
            OnConflict::columns([minimum_wage::Column::RegionCode, minimum_wage::Column::Sector, minimum_wage::Column::ValidFrom])
                .update_columns(kept)
                .to_owned();
        let rows = chunk.iter().map(|row| row.clone().into_active_model().reset_all());
        minimum_wage::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(db).await?;
    }
    Ok(())
}

/// What an office remembers of one text.
pub async fn confirmation(
    db: &impl ConnectionTrait,
    office: Option<OfficeId>,
    subject: &str,
    key: &str,
) -> Result<Option<confirmation::Model>, StoreError> {
    let whose = match office {
        Some(office) => confirmation::Column::OfficeId.eq(office),
        None => confirmation::Column::OfficeId.is_null(),
    };
    let query = confirmation::Entity::find().filter(whose).filter(confirmation::Column::Subject.eq(subject));
    Ok(query.filter(confirmation::Column::TextKey.eq(key)).one(db).await?)
}

/// Writes what offices remember; what an office remembered of the same text before is overwritten.
pub async fn put_confirmations(db: &impl ConnectionTrait, rows: Vec<confirmation::Model>) -> Result<(), StoreError> {
    use confirmation::Column::{Code, ConfirmedAt, ConfirmedBy, OfficeId, Subject, Text, TextKey};
    for chunk in rows.chunks(CHUNK) {
        let conflict = OnConflict::columns([OfficeId, Subject, TextKey]).update_columns([Text, Code, ConfirmedBy, ConfirmedAt]).to_owned();
        let rows = chunk.iter().map(|row| row.clone().into_active_model().reset_all());
        confirmation::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The link between two units, whichever stands left.
pub async fn link_between(db: &impl ConnectionTrait, one: &str, other: &str) -> Result<Option<unit_link::Model>, StoreError> {
    let pair = |left: &str, right: &str| unit_link::Column::LeftCode.eq(left).and(unit_link::Column::RightCode.eq(right));
    Ok(unit_link::Entity::find().filter(pair(one, other).or(pair(other, one))).one(db).await?)
}
