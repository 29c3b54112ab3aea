//! The names behind ids, many at a time; callers hold rows that a scope let through.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};

use crate::engine::id::{EmployerId, GraduateId, VacancyId};
use crate::engine::kinds::ConsentPurpose;
use crate::engine::lifecycle::PlacementState;
use crate::store::entity::{consent, employer, graduate, placement, vacancy};
use crate::store::error::StoreError;

/// Some graduates.
pub async fn graduates(db: &impl ConnectionTrait, ids: &[GraduateId]) -> Result<Vec<graduate::Model>, StoreError> {
    Ok(graduate::Entity::find().filter(graduate::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// Some vacancies.
pub async fn vacancies(db: &impl ConnectionTrait, ids: &[VacancyId]) -> Result<Vec<vacancy::Model>, StoreError> {
    Ok(vacancy::Entity::find().filter(vacancy::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// Some employers.
pub async fn employers(db: &impl ConnectionTrait, ids: &[EmployerId]) -> Result<Vec<employer::Model>, StoreError> {
    Ok(employer::Entity::find().filter(employer::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// Which of some graduates have shown themselves to an employer: by a consent that stands, or by a seat they took there.
pub async fn shown_to(db: &impl ConnectionTrait, employer: EmployerId, ids: &[GraduateId]) -> Result<Vec<GraduateId>, StoreError> {
    let consented = consent::Entity::find()
        .select_only()
        .column(consent::Column::GraduateId)
        .filter(consent::Column::EmployerId.eq(employer))
        .filter(consent::Column::Purpose.eq(ConsentPurpose::Referral))
        .filter(consent::Column::WithdrawnAt.is_null())
        .filter(consent::Column::GraduateId.is_in(ids.iter().copied()));
    let seats: Vec<PlacementState> = PlacementState::ALL.iter().copied().filter(|state| state.holds_seat()).collect();
    let seated = placement::Entity::find()
        .select_only()
        .column(placement::Column::GraduateId)
        .filter(placement::Column::EmployerId.eq(employer))
        .filter(placement::Column::State.is_in(seats))
        .filter(placement::Column::GraduateId.is_in(ids.iter().copied()));
    let mut shown: Vec<GraduateId> = consented.into_tuple().all(db).await?;
    shown.extend(seated.into_tuple::<GraduateId>().all(db).await?);
    Ok(shown)
}

/// Ends the consents by which a graduate was shown to an employer.
pub async fn withdraw_consent(
    db: &impl ConnectionTrait,
    graduate: GraduateId,
    employer: EmployerId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let standing = consent::Column::GraduateId
        .eq(graduate)
        .and(consent::Column::EmployerId.eq(employer))
        .and(consent::Column::Purpose.eq(ConsentPurpose::Referral))
        .and(consent::Column::WithdrawnAt.is_null());
    consent::Entity::update_many().col_expr(consent::Column::WithdrawnAt, now.into()).filter(standing).exec(db).await?;
    Ok(())
}
