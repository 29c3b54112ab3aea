//! Handing a person over: to another officer, or to another office.

use crate::app::error::AppError;
use crate::app::field::{Form, TEXT};
use crate::app::work::{Look, Work};
use crate::engine::id::{AccountId, GraduateId, OfficeId};
use crate::engine::kinds::Role;
use crate::store::entity::{account, graduate, handover, office};
use crate::store::scope::Scope;
use crate::store::{id, notes, people, rows};
use crate::words::refusal::Refusal;

/// A hand-over.
pub type HandoverView = handover::Model;

impl Work<'_> {
    /// Gives a person into other hands. The office that hands over no longer sees the file afterwards.
    pub async fn hand_over(
        &self,
        graduate: GraduateId,
        officer: Option<AccountId>,
        to_office: Option<OfficeId>,
        reason: &str,
    ) -> Result<HandoverView, AppError> {
        let (row, person) = self.locked_graduate(graduate).await?;
        let mut form = Form::default();
        let reason = form.text("/reason", reason, TEXT);
        let somewhere = officer.is_some() || to_office.is_some();
        form.require(somewhere, "/officer_id", Refusal::FieldMissing { field: "officer_id".to_owned() });
        form.done()?;
        let office = to_office.unwrap_or(row.office_id);
        if rows::find::<office::Entity>(self.tx, &Scope::All, office).await?.is_none() {
            return Err(Refusal::NotFound.into());
        }
        if let Some(officer) = officer {
            self.officer_of(officer, office).await?;
        }
        if office != row.office_id
            && let Some(known) = people::graduate_of(self.tx, office, person.id).await?
        {
            let ask = rows::find::<office::Entity>(self.tx, &Scope::All, known.office_id).await?.map(|office| office.name);
            return Err(Refusal::NikKnownElsewhere { office: ask.unwrap_or_default() }.into());
        }
        let handed = handover::Model {
            id: id::fresh(),
            entity: "graduate".to_owned(),
            entity_id: row.id.0,
            from_office: Some(row.office_id),
            to_office: Some(office),
            from_account: row.officer_id,
            to_account: officer,
            reason: Some(reason),
            recorded_by: self.by(),
            recorded_at: self.now,
        };
        rows::insert(self.tx, handed.clone()).await?;
        self.changed("graduate", row.id, Some(row.office_id));
        self.record("hand_over", "graduate", row.id, Some(row.office_id), serde_json::json!({ "to_office": office.0 })).await?;
        self.saved_graduate(graduate::Model { office_id: office, officer_id: officer, ..row }, "take_over").await?;
        Ok(handed)
    }

    /// An officer, head or instructor at work in an office.
    async fn officer_of(&self, officer: AccountId, office: OfficeId) -> Result<(), AppError> {
        let found = rows::find::<account::Entity>(self.tx, &Scope::All, officer).await?;
        let fits = found.is_some_and(|account| {
            account.office_id == Some(office) && account.disabled_at.is_none() && matches!(account.role, Role::Officer | Role::Head)
        });
        if fits { Ok(()) } else { Err(AppError::field("/officer_id", Refusal::NotFound)) }
    }
}

impl Look<'_> {
    /// Hand-overs of a person in the actor's scope, oldest first.
    pub async fn hand_overs(&self, graduate: GraduateId) -> Result<Vec<HandoverView>, AppError> {
        let graduate = self.found::<graduate::Entity>(graduate).await?;
        Ok(notes::hand_overs(self.db(), graduate.id.0).await?)
    }
}
