//! What the live index is made from: packed rows, and the tables a row is packed of.

use rustc_hash::FxHashMap;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::engine::id::{BatchId, CertificateId, GraduateId, PersonId, ProgrammeId};
use crate::engine::kinds::CertificateStatus;
use crate::store::entity::{
    batch, certificate, certificate_unit, claimed_unit, employer_block, employer_wish, graduate, match_row, participant, person, programme,
};
use crate::store::error::StoreError;

/// How many ids one `IN (…)` names.
const CHUNK: usize = 500;
/// How many packed rows are read at a time while starting.
const PAGE: u64 = 20_000;

/// Everything that packed rows of some people are made of.
#[derive(Debug, Default)]
pub struct Sources {
    /// The people.
    pub people: FxHashMap<PersonId, person::Model>,
    /// What offices know of them.
    pub graduates: Vec<graduate::Model>,
    /// Their certificates in force or expired, by person.
    pub certificates: FxHashMap<PersonId, Vec<certificate::Model>>,
    /// Units by certificate.
    pub units: FxHashMap<CertificateId, Vec<certificate_unit::Model>>,
    /// Places in classes, by graduate.
    pub participants: FxHashMap<GraduateId, Vec<participant::Model>>,
    /// The trade of each class.
    pub trades: FxHashMap<BatchId, String>,
    /// Blocked employers, by graduate.
    pub blocks: FxHashMap<GraduateId, Vec<employer_block::Model>>,
    /// Ranked employers, by graduate, best first.
    pub wishes: FxHashMap<GraduateId, Vec<employer_wish::Model>>,
    /// Self-claimed units, by graduate.
    pub claims: FxHashMap<GraduateId, Vec<claimed_unit::Model>>,
}

/// Reads the sources of some people, a few queries for all of them.
pub async fn sources(db: &impl ConnectionTrait, people: &[PersonId]) -> Result<Sources, StoreError> {
    let mut sources = Sources::default();
    for chunk in people.chunks(CHUNK) {
        let ids = chunk.iter().copied();
        for row in person::Entity::find().filter(person::Column::Id.is_in(ids.clone())).all(db).await? {
            sources.people.insert(row.id, row);
        }
        sources.graduates.extend(graduate::Entity::find().filter(graduate::Column::PersonId.is_in(ids.clone())).all(db).await?);
        let held = certificate::Entity::find().filter(certificate::Column::PersonId.is_in(ids));
        for row in held.filter(certificate::Column::Status.eq(CertificateStatus::Valid)).all(db).await? {
            sources.certificates.entry(row.person_id).or_default().push(row);
        }
    }
    read_units(db, &mut sources).await?;
    read_graduate_rows(db, &mut sources).await?;
    read_trades(db, &mut sources).await?;
    Ok(sources)
}

async fn read_units(db: &impl ConnectionTrait, sources: &mut Sources) -> Result<(), StoreError> {
    let certificates: Vec<CertificateId> = sources.certificates.values().flatten().map(|row| row.id).collect();
    for chunk in certificates.chunks(CHUNK) {
        let of_these = certificate_unit::Column::CertificateId.is_in(chunk.iter().copied());
        for row in certificate_unit::Entity::find().filter(of_these).all(db).await? {
            sources.units.entry(row.certificate_id).or_default().push(row);
        }
    }
    Ok(())
}

async fn read_graduate_rows(db: &impl ConnectionTrait, sources: &mut Sources) -> Result<(), StoreError> {
    let graduates: Vec<GraduateId> = sources.graduates.iter().map(|row| row.id).collect();
    for chunk in graduates.chunks(CHUNK) {
        let ids = chunk.iter().copied();
        for row in participant::Entity::find().filter(participant::Column::GraduateId.is_in(ids.clone())).all(db).await? {
            sources.participants.entry(row.graduate_id).or_default().push(row);
        }
        for row in employer_block::Entity::find().filter(employer_block::Column::GraduateId.is_in(ids.clone())).all(db).await? {
            sources.blocks.entry(row.graduate_id).or_default().push(row);
        }
        let wishes = employer_wish::Entity::find().filter(employer_wish::Column::GraduateId.is_in(ids.clone()));
        for row in wishes.order_by_asc(employer_wish::Column::Rank).all(db).await? {
            sources.wishes.entry(row.graduate_id).or_default().push(row);
        }
        for row in claimed_unit::Entity::find().filter(claimed_unit::Column::GraduateId.is_in(ids)).all(db).await? {
            sources.claims.entry(row.graduate_id).or_default().push(row);
        }
    }
    Ok(())
}

async fn read_trades(db: &impl ConnectionTrait, sources: &mut Sources) -> Result<(), StoreError> {
    let mut batches: Vec<BatchId> = sources.participants.values().flatten().map(|row| row.batch_id).collect();
    batches.sort_unstable();
    batches.dedup();
    for chunk in batches.chunks(CHUNK) {
        let rows = batch::Entity::find().filter(batch::Column::Id.is_in(chunk.iter().copied())).all(db).await?;
        let programmes: Vec<ProgrammeId> = rows.iter().map(|row| row.programme_id).collect();
        let programmes = programme::Entity::find().filter(programme::Column::Id.is_in(programmes)).all(db).await?;
        let trades: FxHashMap<ProgrammeId, Option<String>> = programmes.into_iter().map(|row| (row.id, row.trade)).collect();
        for row in rows {
            if let Some(Some(trade)) = trades.get(&row.programme_id) {
                sources.trades.insert(row.id, trade.clone());
            }
        }
    }
    Ok(())
}

/// Writes packed rows, new or not.
pub async fn put_rows(db: &impl ConnectionTrait, rows: Vec<match_row::Model>) -> Result<(), StoreError> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk = rows.by_ref().take(CHUNK).map(|row| match_row::ActiveModel {
            graduate_id: Set(row.graduate_id),
            office_id: Set(row.office_id),
            packed: Set(row.packed),
        });
        let conflict = OnConflict::column(match_row::Column::GraduateId)
            .update_columns([match_row::Column::OfficeId, match_row::Column::Packed])
            .to_owned();
        match_row::Entity::insert_many(chunk).on_conflict(conflict).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Packed rows of some graduates.
pub async fn rows_of(db: &impl ConnectionTrait, graduates: &[GraduateId]) -> Result<Vec<match_row::Model>, StoreError> {
    let mut rows = Vec::new();
    for chunk in graduates.chunks(CHUNK) {
        rows.extend(match_row::Entity::find().filter(match_row::Column::GraduateId.is_in(chunk.iter().copied())).all(db).await?);
    }
    Ok(rows)
}

/// How many packed rows there are.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, StoreError> {
    Ok(match_row::Entity::find().count(db).await?)
}

/// The next page of packed rows after a graduate, for starting.
pub async fn page_after(db: &impl ConnectionTrait, after: Option<GraduateId>) -> Result<Vec<match_row::Model>, StoreError> {
    let query = match after {
        Some(after) => match_row::Entity::find().filter(match_row::Column::GraduateId.gt(after)),
        None => match_row::Entity::find(),
    };
    Ok(query.order_by_asc(match_row::Column::GraduateId).limit(PAGE).all(db).await?)
}

/// The people behind some graduates.
pub async fn people_page(db: &impl ConnectionTrait, after: Option<PersonId>) -> Result<Vec<PersonId>, StoreError> {
    let query = match after {
        Some(after) => person::Entity::find().filter(person::Column::Id.gt(after)),
        None => person::Entity::find(),
    };
    let rows = query.order_by_asc(person::Column::Id).limit(PAGE).all(db).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
