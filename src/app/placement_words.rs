//! What the sides say of a placement, and the check by an officer who recorded none of it.

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::app::field::{Form, LINE, TEXT};
use crate::app::placements::PlacementView;
use crate::app::work::Work;
use crate::engine::absorption::event::Act;
use crate::engine::id::{FileId, OutcomeId, PlacementId};
use crate::engine::kinds::EvidenceLevel;
use crate::store::entity::{evidence_file, note, outcome_event, placement};
use crate::store::{id, placements, rows};
use crate::words::refusal::Refusal;

/// A side's word that reached the office through staff.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// `employer` or `graduate`.
    pub side: Option<String>,
    /// Who told it, how.
    pub told_by: Option<String>,
}

/// A check of a placement.
#[derive(Debug, Clone)]
pub struct Check {
    /// A document seen, or a second officer's own enquiry.
    pub evidence: EvidenceLevel,
    /// The document.
    pub file: Option<FileId>,
    /// The day it holds for; today unless told.
    pub on: Option<NaiveDate>,
}

impl Work<'_> {
    /// A side says that it is so. An account of the employer speaks for the employer, a link for its graduate; what staff
    /// were told is staff's word.
    pub async fn confirm_placement(&self, id: PlacementId, on: Option<NaiveDate>, told: &Told) -> Result<PlacementView, AppError> {
        let row = self.spoken_of(id, "confirm").await?;
        let on = self.day_of_word(&row, on)?;
        self.say(&row, Act::Confirmed, on, None, told).await
    }

    /// A side says that it is not so.
    pub async fn dispute_placement(&self, id: PlacementId, reason: Option<&str>, told: &Told) -> Result<PlacementView, AppError> {
        let mut form = Form::default();
        let reason = form.optional_text("/reason", reason, TEXT);
        form.done()?;
        let row = self.spoken_of(id, "dispute").await?;
        self.say(&row, Act::Disputed, self.today(), reason, told).await
    }

    /// An officer vouches for a start that somebody else recorded (I16).
    pub async fn verify_placement(&self, id: PlacementId, check: &Check) -> Result<PlacementView, AppError> {
        if !matches!(check.evidence, EvidenceLevel::Document | EvidenceLevel::SecondOfficer) {
            return Err(AppError::field("/evidence", Refusal::CodeUnknown { allowed: "document, second_officer".to_owned() }));
        }
        let row = self.spoken_of(id, "verify").await?;
        let on = self.day_of_word(&row, check.on)?;
        if let Some(file) = check.file {
            self.found::<evidence_file::Entity>(file).await?;
        }
        let events = placements::events_of(self.tx, &[row.id]).await?;
        let spoke = |event: &outcome_event::Model| event.recorded_by.is_some() && event.recorded_by == self.by();
        if events.iter().any(|event| matches!(event.act, Act::Started | Act::Confirmed) && spoke(event)) {
            return Err(Refusal::SamePerson.into());
        }
        let graduate = self.graduate_of(row.graduate_id).await?;
        let event = outcome_event::Model {
            about_id: start_of(&events),
            evidence: check.evidence,
            verified_by: self.by(),
            file_id: check.file,
            ..self.placement_event(&graduate, &row, Act::Verified, on)
        };
        self.tell(event).await?;
        self.changed("placement", row.id, Some(row.office_id));
        self.placement_view(row).await
    }

    /// A placement that has begun; before that there is nothing to say.
    async fn spoken_of(&self, id: PlacementId, event: &'static str) -> Result<placement::Model, AppError> {
        let (_, row) = self.placement_locked(id).await?;
        if row.started_on.is_none() || !row.state.holds_seat() {
            return Err(Refusal::WrongState { what: "placement", state: row.state.code(), event }.into());
        }
        Ok(row)
    }

    /// The day a word speaks of: between the start and today.
    fn day_of_word(&self, row: &placement::Model, on: Option<NaiveDate>) -> Result<NaiveDate, AppError> {
        let last = row.ended_on.map_or(self.today(), |ended| ended.min(self.today()));
        let on = on.unwrap_or(last);
        if on > self.today() {
            return Err(AppError::field("/on", Refusal::DateFuture));
        }
        if row.started_on.is_some_and(|started| on < started) {
            return Err(AppError::field("/on", Refusal::DateOrder));
        }
        Ok(on)
    }

    async fn say(
        &self,
        row: &placement::Model,
        act: Act,
        on: NaiveDate,
        text: Option<String>,
        told: &Told,
    ) -> Result<PlacementView, AppError> {
        let told_by = self.checked_telling(told)?;
        let events = placements::events_of(self.tx, &[row.id]).await?;
        let graduate = self.graduate_of(row.graduate_id).await?;
        let event = outcome_event::Model {
            about_id: start_of(&events),
            reason: told.side.as_deref().filter(|_| self.actor.is_staff()).map(|side| format!("told_by_{side}")),
            ..self.placement_event(&graduate, row, act, on)
        };
        let event_id = event.id;
        self.tell(event).await?;
        self.keep_words(row, event_id, text, told_by).await?;
        self.changed("placement", row.id, Some(row.office_id));
        self.placement_view(row.clone()).await
    }

    /// Staff name the side they heard and from whom; the sides themselves cannot.
    fn checked_telling(&self, told: &Told) -> Result<Option<String>, AppError> {
        let mut form = Form::default();
        let told_by = form.optional_text("/told_by", told.told_by.as_deref(), LINE);
        let known = told.side.as_deref().is_none_or(|side| matches!(side, "employer" | "graduate"));
        form.require(known, "/side", Refusal::CodeUnknown { allowed: "employer, graduate".to_owned() });
        form.require(told.side.is_none() || self.actor.is_staff(), "/side", Refusal::FieldUnknown { field: "side".to_owned() });
        form.done()?;
        Ok(told_by)
    }

    /// What was said in words is personal: it is kept sealed, with the event it belongs to.
    async fn keep_words(
        &self,
        row: &placement::Model,
        event: OutcomeId,
        text: Option<String>,
        told_by: Option<String>,
    ) -> Result<(), AppError> {
        let words: Vec<String> = [told_by, text].into_iter().flatten().collect();
        if words.is_empty() {
            return Ok(());
        }
        let person = self.person_locked(row.person_id).await?;
        let note = note::Model {
            id: id::fresh(),
            office_id: row.office_id,
            entity: "outcome_event".to_owned(),
            entity_id: event.0,
            person_id: Some(row.person_id),
            shared: false,
            text_sealed: self.person_key(person.data_key.as_deref())?.seal(words.join(": ").as_bytes())?,
            written_by: self.by(),
            created_at: self.now,
        };
        Ok(rows::insert(self.tx, note).await?)
    }
}

/// The latest start, which later words speak about.
fn start_of(events: &[outcome_event::Model]) -> Option<OutcomeId> {
    events.iter().rev().find(|event| event.act == Act::Started).map(|event| event.id)
}
