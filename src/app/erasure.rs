//! Erasing a person's data: at once out of matching and sharing; counts and certificates stay (UU PDP 27/2022, art. 8).

use crate::app::error::AppError;
use crate::app::people::GraduateView;
use crate::app::work::Work;
use crate::engine::id::GraduateId;
use crate::engine::kinds::Reason;
use crate::engine::lifecycle::{OfferEvent, OfferState};
use crate::store::entity::{graduate, offer, person};
use crate::store::{erasure, offers, people, rows, sessions};

impl Work<'_> {
    /// Erases what the actor's office knows of a person.
    ///
    /// The last office that knows the person destroys the data key, so that nothing sealed with it can ever be read, in
    /// backups either; while another office still serves the person, only this office's record goes.
    pub async fn erase_person(&self, graduate: GraduateId) -> Result<GraduateView, AppError> {
        let (row, person) = self.locked_graduate(graduate).await?;
        self.end_what_runs(&row).await?;
        let last = people::office_elsewhere(self.tx, row.office_id, person.id).await?.is_none();
        if last {
            let erased = person::Model {
                nik_hash: None,
                data_key: None,
                data_key_id: None,
                erased_at: Some(self.now),
                version: person.version + 1,
                ..person
            };
            rows::update(self.tx, erased).await?;
        }
        sessions::revoke_links(self.tx, row.id, self.now).await?;
        people::put_wishes(self.tx, row.id, &[]).await?;
        people::put_blocks(self.tx, row.id, Vec::new()).await?;
        people::put_claims(self.tx, row.id, Vec::new()).await?;
        self.forget_words(row.id).await?;
        erasure::drop_sealed(self.tx, row.office_id, row.id, row.person_id).await?;
        let row = self.saved_graduate(blanked(&row), "erase").await?;
        self.app.graduate_view(self.tx, self.actor, self.today(), row).await
    }

    /// Takes back what still runs of a graduate: referrals, and offers that nobody can answer any more.
    async fn end_what_runs(&self, row: &graduate::Model) -> Result<(), AppError> {
        for offer in offers::lock_open_of_person(self.tx, row.person_id).await? {
            if offer.graduate_id == row.id && matches!(offer.state, OfferState::Draft | OfferState::Sent) {
                let state = offer.state.after(OfferEvent::Withdraw)?;
                self.moved_offer(offer::Model { state, reason: Some(Reason::Other), ..offer }, "withdraw").await?;
            }
        }
        self.withdraw_referrals_of(row.person_id, |referral| referral.graduate_id == row.id).await
    }
}

/// The row without anything that tells who it was.
fn blanked(row: &graduate::Model) -> graduate::Model {
    graduate::Model {
        name: String::new(),
        name_key: String::new(),
        sex: None,
        district_code: None,
        district_text: None,
        nik_sealed: None,
        phone_sealed: None,
        email_sealed: None,
        address_sealed: None,
        birth_date_sealed: None,
        birth_place_sealed: None,
        disability_sealed: None,
        notes_sealed: None,
        education: None,
        available: false,
        available_from: None,
        paused_until: None,
        wants_change: false,
        radius_km: None,
        transport: None,
        ready_to_board: false,
        refused_shifts: serde_json::json!([]),
        wage_wish: None,
        wage_wish_unit: None,
        wished_kbji: serde_json::json!([]),
        ..*row
    }
}
