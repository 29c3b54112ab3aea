//! Certificates, their units, and the series their numbers come from.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use crate::engine::id::{BatchId, CertificateId, OfficeId, PersonId};
use crate::engine::lifecycle::{PlacementState, ReferralState};
use crate::store::entity::{certificate, certificate_unit, number_series, placement, referral};
use crate::store::error::StoreError;
use crate::store::scope::{Scope, Scoped};

/// Certificates of a person, whoever issued them; callers hold a scoped graduate of that person.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<certificate::Model>, StoreError> {
    let query = certificate::Entity::find().filter(certificate::Column::PersonId.eq(person));
    Ok(query.order_by_asc(certificate::Column::Id).all(db).await?)
}

/// A certificate by id, whoever issued it; callers check that its person is in their scope.
pub async fn by_id(db: &impl ConnectionTrait, id: CertificateId) -> Result<Option<certificate::Model>, StoreError> {
    Ok(certificate::Entity::find_by_id(id).one(db).await?)
}

/// Certificates issued from a batch.
pub async fn of_batch(db: &impl ConnectionTrait, batch: BatchId) -> Result<Vec<certificate::Model>, StoreError> {
    Ok(certificate::Entity::find().filter(certificate::Column::BatchId.eq(batch)).all(db).await?)
}

/// The certificate with an issuer's number.
pub async fn by_number(db: &impl ConnectionTrait, issuer: &str, number: &str) -> Result<Option<certificate::Model>, StoreError> {
    let query = certificate::Entity::find().filter(certificate::Column::Issuer.eq(issuer));
    Ok(query.filter(certificate::Column::Number.eq(number)).one(db).await?)
}

/// The certificate with a public code.
pub async fn by_verify_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<certificate::Model>, StoreError> {
    Ok(certificate::Entity::find().filter(certificate::Column::VerifyCode.eq(code)).one(db).await?)
}

/// Whether a person agreed to a referral that lies within a scope, or holds a seat that does.
pub async fn person_shown(db: &impl ConnectionTrait, scope: &Scope, person: PersonId) -> Result<bool, StoreError> {
    let agreed = [ReferralState::Consented, ReferralState::Invited, ReferralState::Attended, ReferralState::Passed];
    let referral = referral::Entity::find()
        .filter(referral::Entity::within(scope))
        .filter(referral::Column::PersonId.eq(person))
        .filter(referral::Column::State.is_in(agreed));
    let placement = placement::Entity::find()
        .filter(placement::Entity::within(scope))
        .filter(placement::Column::PersonId.eq(person))
        .filter(placement::Column::State.is_in([PlacementState::Planned, PlacementState::Started]));
    Ok(referral.one(db).await?.is_some() || placement.one(db).await?.is_some())
}

/// Units of some certificates.
pub async fn units(db: &impl ConnectionTrait, certificates: &[CertificateId]) -> Result<Vec<certificate_unit::Model>, StoreError> {
    let query = certificate_unit::Entity::find().filter(certificate_unit::Column::CertificateId.is_in(certificates.iter().copied()));
    Ok(query.order_by_asc(certificate_unit::Column::Code).all(db).await?)
}

/// Takes the next number of a series; the series stays locked until the transaction ends, so that no number is lost
/// or given twice.
pub async fn next_number(db: &impl ConnectionTrait, office: OfficeId, series: &str) -> Result<i32, StoreError> {
    let row = number_series::ActiveModel { office_id: Set(office), series: Set(series.to_owned()), next_number: Set(2) };
    let next = Expr::col((number_series::Entity, number_series::Column::NextNumber)).add(1);
    let conflict = OnConflict::columns([number_series::Column::OfficeId, number_series::Column::Series])
        .value(number_series::Column::NextNumber, next)
        .to_owned();
    number_series::Entity::insert(row).on_conflict(conflict).exec_without_returning(db).await?;
    let row = number_series::Entity::find_by_id((office, series.to_owned())).one(db).await?;
    row.map(|row| row.next_number - 1).ok_or_else(|| StoreError::Other("a number series is gone".to_owned()))
}
