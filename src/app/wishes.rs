//! What a person decides about: wishes, being shown, being ranked; and what a parent must agree to.

use chrono::NaiveDate;

use crate::app::details::WishEdit;
use crate::app::error::AppError;
use crate::app::field::Form;
use crate::app::people::GraduateView;
use crate::app::work::Work;
use crate::engine::day::Zone;
use crate::engine::id::GraduateId;
use crate::store::entity::{graduate, person};
use crate::store::rows;
use crate::words::refusal::Refusal;

impl Work<'_> {
    /// Replaces what a person wishes.
    pub async fn edit_wishes(&self, graduate: GraduateId, wishes: &WishEdit) -> Result<GraduateView, AppError> {
        let (mut row, _person) = self.locked_graduate(graduate).await?;
        let mut form = Form::default();
        wishes.put(&mut row, &mut form);
        form.done()?;
        self.put_employers(row.id, wishes).await?;
        let row = self.saved_graduate(row, "wish").await?;
        self.app.graduate_view(self.tx, self.actor, self.today(), row).await
    }

    /// Lets a person's data rest, or ends that: at rest nobody matches it and nothing else changes (UU PDP 27/2022, art. 11).
    pub async fn limit_person(&self, graduate: GraduateId, limited: bool) -> Result<GraduateView, AppError> {
        let (row, person) = self.locked_graduate(graduate).await?;
        let limited_at = limited.then(|| person.limited_at.unwrap_or(self.now));
        let action = if limited { "limit" } else { "unlimit" };
        self.saved_person(row, person::Model { limited_at, ..person }, action).await
    }

    /// Records that a person objects to automated ranking, or no longer does (DESIGN 3, rule 6).
    pub async fn object_to_ranking(&self, graduate: GraduateId, objects: bool) -> Result<GraduateView, AppError> {
        let (row, person) = self.locked_graduate(graduate).await?;
        let action = if objects { "object_to_ranking" } else { "accept_ranking" };
        self.saved_person(row, person::Model { objects_to_ranking: objects, ..person }, action).await
    }

    /// Records that a parent agreed to what somebody under 18 does here.
    pub async fn parent_consent(&self, graduate: GraduateId, given_on: NaiveDate) -> Result<GraduateView, AppError> {
        let (row, _person) = self.locked_graduate(graduate).await?;
        if given_on > self.today() {
            return Err(AppError::field("/given_on", Refusal::DateFuture));
        }
        let at = Zone::Wib.end_of(given_on).min(self.now);
        let row = self.saved_graduate(graduate::Model { parent_consent_at: Some(at), ..row }, "parent_consent").await?;
        self.app.graduate_view(self.tx, self.actor, self.today(), row).await
    }

    /// A new personal link of somebody whose data was not erased; the old ones end. Answers its address.
    pub async fn new_link(&self, graduate: GraduateId) -> Result<String, AppError> {
        let (row, _person) = self.locked_graduate(graduate).await?;
        Ok(self.app.link_address(&self.fresh_link(&row).await?))
    }

    async fn saved_person(&self, row: graduate::Model, person: person::Model, action: &str) -> Result<GraduateView, AppError> {
        rows::update(self.tx, person::Model { version: person.version + 1, ..person }).await?;
        let row = self.saved_graduate(row, action).await?;
        self.app.graduate_view(self.tx, self.actor, self.today(), row).await
    }
}
