//! Everything dated of one person, within a scope: what an actor does not see elsewhere is not here either.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::engine::id::{GraduateId, PersonId};
use crate::store::entity::{batch, certificate, consent, offer, participant, placement, referral};
use crate::store::error::StoreError;
use crate::store::scope::{Scope, Scoped};

/// The rows a person's timeline is told from.
#[derive(Debug, Default)]
pub struct Traces {
    /// Places in classes.
    pub places: Vec<participant::Model>,
    /// The classes.
    pub classes: Vec<batch::Model>,
    /// Certificates.
    pub certificates: Vec<certificate::Model>,
    /// Referrals.
    pub referrals: Vec<referral::Model>,
    /// Offers.
    pub offers: Vec<offer::Model>,
    /// Placements.
    pub placements: Vec<placement::Model>,
    /// Consents.
    pub consents: Vec<consent::Model>,
}

/// Reads the traces of a graduate, who was found within the scope. A person has only their own classes, so those are read by graduate.
pub async fn traces(db: &impl ConnectionTrait, scope: &Scope, graduate: GraduateId, person: PersonId) -> Result<Traces, StoreError> {
    let places = participant::Entity::find().filter(participant::Column::GraduateId.eq(graduate)).all(db).await?;
    let classes = batch::Entity::find().filter(batch::Column::Id.is_in(places.iter().map(|place| place.batch_id))).all(db).await?;
    let certificates = certificate::Entity::find().filter(certificate::Entity::within(scope));
    let referrals = referral::Entity::find().filter(referral::Entity::within(scope));
    let offers = offer::Entity::find().filter(offer::Entity::within(scope));
    let placements = placement::Entity::find().filter(placement::Entity::within(scope));
    let consents = consent::Entity::find().filter(consent::Entity::within(scope));
    Ok(Traces {
        places,
        classes,
        certificates: certificates.filter(certificate::Column::PersonId.eq(person)).all(db).await?,
        referrals: referrals.filter(referral::Column::GraduateId.eq(graduate)).all(db).await?,
        offers: offers.filter(offer::Column::GraduateId.eq(graduate)).all(db).await?,
        placements: placements.filter(placement::Column::GraduateId.eq(graduate)).all(db).await?,
        consents: consents.filter(consent::Column::GraduateId.eq(graduate)).all(db).await?,
    })
}
