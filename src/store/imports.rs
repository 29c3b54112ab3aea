//! Import jobs and their rows, and the few look-ups that plan a whole file at once.

use chrono::{DateTime, Utc};
use rustc_hash::FxHashMap;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::engine::id::{BatchId, GraduateId, ImportId, OfficeId, ParticipantId, PersonId};
use crate::store::entity::{
    batch, certificate, certificate_unit, employer, graduate, import_job, office, participant, partnership, person, programme,
    programme_unit, unit_result, vacancy,
};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::scope::{Scope, Scoped};

/// How many values one `IN (…)` names.
const CHUNK: usize = 500;

/// Import jobs within a scope.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, slice: Slice) -> Result<Page<import_job::Model>, StoreError> {
    page(db, import_job::Entity::find().filter(import_job::Entity::within(scope)), import_job::Column::Id, slice).await
}

/// Jobs begun before a moment and not finished.
pub async fn unfinished(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<import_job::Model>, StoreError> {
    let running = import_job::Entity::find().filter(import_job::Column::Status.eq("running"));
    Ok(running.filter(import_job::Column::CreatedAt.lt(before)).all(db).await?)
}

/// Drops the reports of jobs finished before a moment.
pub async fn forget_reports_before(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let done = import_job::Entity::update_many()
        .col_expr(import_job::Column::ReportSealed, Expr::value(Option::<Vec<u8>>::None))
        .filter(import_job::Column::FinishedAt.lt(before))
        .filter(import_job::Column::ReportSealed.is_not_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// People by keyed hash of their NIK.
pub async fn people_by_nik(db: &impl ConnectionTrait, hashes: &[Vec<u8>]) -> Result<FxHashMap<Vec<u8>, person::Model>, StoreError> {
    let mut found = FxHashMap::default();
    for chunk in hashes.chunks(CHUNK) {
        for row in person::Entity::find().filter(person::Column::NikHash.is_in(chunk.iter().cloned())).all(db).await? {
            found.insert(row.nik_hash.clone().unwrap_or_default(), row);
        }
    }
    Ok(found)
}

/// Every office's graduates of some people.
pub async fn graduates_of(db: &impl ConnectionTrait, people: &[PersonId]) -> Result<Vec<graduate::Model>, StoreError> {
    let mut found = Vec::new();
    for chunk in people.chunks(CHUNK) {
        found.extend(graduate::Entity::find().filter(graduate::Column::PersonId.is_in(chunk.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// Graduates of an office by folded name.
pub async fn graduates_named(db: &impl ConnectionTrait, office: OfficeId, keys: &[String]) -> Result<Vec<graduate::Model>, StoreError> {
    let mut found = Vec::new();
    for chunk in keys.chunks(CHUNK) {
        let named = graduate::Column::NameKey.is_in(chunk.iter().cloned());
        found.extend(graduate::Entity::find().filter(graduate::Column::OfficeId.eq(office)).filter(named).all(db).await?);
    }
    Ok(found)
}

/// The people themselves.
pub async fn people(db: &impl ConnectionTrait, ids: &[PersonId]) -> Result<FxHashMap<PersonId, person::Model>, StoreError> {
    let mut found = FxHashMap::default();
    for chunk in ids.chunks(CHUNK) {
        for row in person::Entity::find().filter(person::Column::Id.is_in(chunk.iter().copied())).all(db).await? {
            found.insert(row.id, row);
        }
    }
    Ok(found)
}

/// Places in classes of some graduates.
pub async fn places_of(db: &impl ConnectionTrait, graduates: &[GraduateId]) -> Result<Vec<participant::Model>, StoreError> {
    let mut found = Vec::new();
    for chunk in graduates.chunks(CHUNK) {
        found.extend(participant::Entity::find().filter(participant::Column::GraduateId.is_in(chunk.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// Unit results of some participants.
pub async fn unit_results_of(db: &impl ConnectionTrait, participants: &[ParticipantId]) -> Result<Vec<unit_result::Model>, StoreError> {
    let mut found = Vec::new();
    for chunk in participants.chunks(CHUNK) {
        found.extend(unit_result::Entity::find().filter(unit_result::Column::ParticipantId.is_in(chunk.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// Certificates by number.
pub async fn certificates_numbered(db: &impl ConnectionTrait, numbers: &[String]) -> Result<Vec<certificate::Model>, StoreError> {
    let mut found = Vec::new();
    for chunk in numbers.chunks(CHUNK) {
        found.extend(certificate::Entity::find().filter(certificate::Column::Number.is_in(chunk.iter().cloned())).all(db).await?);
    }
    Ok(found)
}

/// Programmes of an office.
pub async fn programmes(db: &impl ConnectionTrait, office: OfficeId) -> Result<Vec<programme::Model>, StoreError> {
    Ok(programme::Entity::find().filter(programme::Column::OfficeId.eq(office)).all(db).await?)
}

/// Batches of an office.
pub async fn batches(db: &impl ConnectionTrait, office: OfficeId) -> Result<Vec<batch::Model>, StoreError> {
    Ok(batch::Entity::find().filter(batch::Column::OfficeId.eq(office)).all(db).await?)
}

/// Unit codes of a programme, in their order.
pub async fn programme_units(
    db: &impl ConnectionTrait,
    programme: crate::engine::id::ProgrammeId,
) -> Result<Vec<programme_unit::Model>, StoreError> {
    let query = programme_unit::Entity::find().filter(programme_unit::Column::ProgrammeId.eq(programme));
    Ok(query.order_by_asc(programme_unit::Column::Position).all(db).await?)
}

/// How many people a batch already holds who are not on its reserve list.
pub async fn enrolled(db: &impl ConnectionTrait, batch: BatchId) -> Result<u64, StoreError> {
    let taken = participant::Column::Status.is_not_in(["reserve", "withdrawn", "removed"]);
    let query = participant::Entity::find().filter(participant::Column::BatchId.eq(batch)).filter(taken);
    Ok(sea_orm::PaginatorTrait::count(query, db).await?)
}

/// Names of offices.
pub async fn office_names(db: &impl ConnectionTrait) -> Result<FxHashMap<OfficeId, String>, StoreError> {
    Ok(office::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Employers an office has a partnership with.
pub async fn partners(db: &impl ConnectionTrait, office: OfficeId) -> Result<Vec<employer::Model>, StoreError> {
    let mut own = sea_orm::sea_query::Query::select();
    own.column(partnership::Column::EmployerId).from(partnership::Entity).and_where(partnership::Column::OfficeId.eq(office));
    Ok(employer::Entity::find().filter(employer::Column::Id.in_subquery(own)).all(db).await?)
}

/// The rows of a job, in the order of the file.
pub async fn rows_of(db: &impl ConnectionTrait, import: ImportId) -> Result<Vec<crate::store::entity::import_row::Model>, StoreError> {
    use crate::store::entity::import_row;
    let query = import_row::Entity::find().filter(import_row::Column::ImportId.eq(import));
    Ok(query.order_by_asc(import_row::Column::RowNumber).limit(100_000).all(db).await?)
}

/// Units of some certificates.
pub async fn units_of(
    db: &impl ConnectionTrait,
    certificates: &[crate::engine::id::CertificateId],
) -> Result<Vec<certificate_unit::Model>, StoreError> {
    let mut found = Vec::new();
    for chunk in certificates.chunks(CHUNK) {
        found.extend(
            certificate_unit::Entity::find().filter(certificate_unit::Column::CertificateId.is_in(chunk.iter().copied())).all(db).await?,
        );
    }
    Ok(found)
}

/// Vacancies of an office.
pub async fn vacancies(db: &impl ConnectionTrait, office: OfficeId) -> Result<Vec<vacancy::Model>, StoreError> {
    Ok(vacancy::Entity::find().filter(vacancy::Column::OfficeId.eq(office)).all(db).await?)
}
