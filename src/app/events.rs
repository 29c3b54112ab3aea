//! Appending outcome events: the one truth that reports read (DECISIONS 13).

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::app::work::Work;
use crate::engine::absorption::event::Act;
use crate::engine::kinds::{EvidenceLevel, OutcomeKind, OutcomeSource};
use crate::store::entity::{graduate, outcome_event, placement};
use crate::store::{id, rows};

impl Work<'_> {
    /// Whose word the actor's is.
    pub(in crate::app) fn own_word(&self) -> OutcomeSource {
        match self.actor.who {
            crate::app::actor::Who::Graduate => OutcomeSource::Graduate,
            _ if self.actor.is_employer() => OutcomeSource::Employer,
            _ => OutcomeSource::Staff,
        }
    }

    /// An event of a graduate in the actor's word, self-reported, not yet written.
    pub(in crate::app) fn event(&self, graduate: &graduate::Model, act: Act, kind: OutcomeKind, on: NaiveDate) -> outcome_event::Model {
        outcome_event::Model {
            id: id::fresh(),
            person_id: graduate.person_id,
            graduate_id: graduate.id,
            office_id: graduate.office_id,
            act,
            kind,
            placement_id: None,
            about_id: None,
            employer_id: None,
            employer_name: None,
            commitment_id: None,
            contract: None,
            job_text: None,
            kbji: None,
            district_code: None,
            hours_per_week: None,
            wage: None,
            wage_unit: None,
            happened_on: on,
            recorded_at: self.now,
            source: self.own_word(),
            evidence: EvidenceLevel::SelfReport,
            recorded_by: self.by(),
            verified_by: None,
            file_id: None,
            reason: None,
            import_id: None,
        }
    }

    /// An event of a placement, carrying what the placement knows.
    pub(in crate::app) fn placement_event(
        &self,
        graduate: &graduate::Model,
        placement: &placement::Model,
        act: Act,
        on: NaiveDate,
    ) -> outcome_event::Model {
        outcome_event::Model {
            placement_id: Some(placement.id),
            employer_id: Some(placement.employer_id),
            commitment_id: placement.commitment_id,
            contract: placement.contract,
            kbji: placement.kbji.clone(),
            hours_per_week: Some(placement.hours_per_week),
            wage: placement.wage,
            wage_unit: placement.wage_unit,
            ..self.event(graduate, act, OutcomeKind::Partner, on)
        }
    }

    /// Writes an event, which is never changed afterwards, and settles the follow-up tasks that it answers.
    pub(in crate::app) async fn tell(&self, event: outcome_event::Model) -> Result<(), AppError> {
        let (graduate, person) = (event.graduate_id, event.person_id);
        self.did(event.act.code(), "outcome_event", event.id, event.office_id).await?;
        rows::insert(self.tx, event).await?;
        self.settle_follow_ups(graduate, person).await
    }
}
