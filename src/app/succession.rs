//! What follows an offer that came to nothing: its end, and a draft for the next in reserve. An expired offer is no refusal.

use chrono::Duration;

use crate::app::error::AppError;
use crate::app::offers::{NewOffer, open_for_drafts};
use crate::app::work::Work;
use crate::engine::day::Zone;
use crate::engine::id::{PersonId, VacancyId};
use crate::engine::lifecycle::OfferState;
use crate::store::entity::{graduate, offer};
use crate::store::scope::Scope;
use crate::store::{offers, rows};

impl Work<'_> {
    /// Ends one offer whose deadline passed; `false` if it was answered meanwhile.
    pub(in crate::app) async fn expire_overdue(&self, overdue: &offer::Model) -> Result<bool, AppError> {
        self.people_locked(std::iter::once(overdue.person_id)).await?;
        let row = self.locked::<offer::Entity>(overdue.id).await?;
        self.expire_offer(row).await
    }

    /// Hands the seat of an offer that came to nothing to the next in reserve, as a draft; once, whoever asks.
    pub(in crate::app) async fn hand_on(&self, ended: &offer::Model) -> Result<bool, AppError> {
        let next = self.next_in_reserve(ended.vacancy_id).await?;
        let people: Vec<PersonId> = [Some(ended.person_id), next.as_ref().map(|row| row.person_id)].into_iter().flatten().collect();
        self.people_locked(people.into_iter()).await?;
        let row = self.locked::<offer::Entity>(ended.id).await?;
        let over = matches!(row.state, OfferState::Declined | OfferState::Expired);
        let window_open = row.undo_until.is_some_and(|until| until >= self.now);
        if row.handed_on_at.is_some() || !over || window_open {
            return Ok(false);
        }
        let days = row.sent_at.map_or(1, |sent| (row.expires_on - Zone::Wib.day_of(sent)).num_days()).max(1);
        let vacancy = row.vacancy_id;
        rows::update(self.tx, offer::Model { handed_on_at: Some(self.now), ..row }).await?;
        match next {
            Some(next) => self.draft_for_reserve(vacancy, &next, days).await,
            None => Ok(false),
        }
    }

    /// The next on a vacancy's reserve list to whom it was never offered and who may be matched now: nobody who works elsewhere.
    pub(in crate::app) async fn next_in_reserve(&self, vacancy: VacancyId) -> Result<Option<graduate::Model>, AppError> {
        let vacancy = self.vacancy_now(vacancy).await?;
        if open_for_drafts(&vacancy, self.today()).is_err() || vacancy.filled >= vacancy.positions {
            return Ok(None);
        }
        let offered = offers::graduates_offered(self.tx, vacancy.id).await?;
        for id in self.reserve_list(vacancy.id).await? {
            let found = rows::find::<graduate::Entity>(self.tx, &Scope::All, id).await?;
            if let Some(graduate) = found.filter(|row| !offered.contains(&row.id))
                && self.ineligible(&graduate, &vacancy).await?.is_none()
            {
                return Ok(Some(graduate));
            }
        }
        Ok(None)
    }

    /// A draft that staff may send; it has as many days as the offer it follows.
    async fn draft_for_reserve(&self, vacancy: VacancyId, graduate: &graduate::Model, days: i64) -> Result<bool, AppError> {
        let vacancy = self.vacancy_now(vacancy).await?;
        if offers::open_of_pair(self.tx, vacancy.id, graduate.id).await?.is_some() {
            return Ok(false);
        }
        let new = NewOffer {
            vacancy: vacancy.id,
            graduate: graduate.id,
            expires_on: self.today() + Duration::days(days),
            conditions: None,
            conditions_due: None,
            override_reason: None,
        };
        let row = self.draft_row(&vacancy, graduate, None, &new);
        rows::insert(self.tx, row.clone()).await?;
        self.message("reserve_drafted", ("office", row.office_id.0), ("offer", row.id.0), row.office_id, Duration::zero()).await?;
        self.did("draft_reserve", "offer", row.id, row.office_id).await?;
        Ok(true)
    }
}
