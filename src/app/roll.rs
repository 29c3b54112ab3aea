//! The roll of a class: who takes part, who waits, who left.

use chrono::NaiveDate;

use crate::app::details::PersonEdit;
use crate::app::error::AppError;
use crate::app::people::{masked_nik, shown_name};
use crate::app::work::{Look, Work};
use crate::engine::id::{BatchId, GraduateId, ParticipantId};
use crate::engine::kinds::{Assessment, ParticipantStatus, Reason, TrainingResult};
use crate::seal::keyring::PersonKey;
use crate::store::database::Connection;
use crate::store::entity::{batch, graduate, participant, person};
use crate::store::{classes, id, people, rows};
use crate::words::refusal::Refusal;

/// A place in a class and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParticipantView {
    /// The place.
    pub id: ParticipantId,
    /// The class.
    pub batch_id: BatchId,
    /// Whose it is.
    pub graduate_id: GraduateId,
    /// The name.
    pub display_name: String,
    /// District code.
    pub district: Option<String>,
    /// `************0001`.
    pub nik_masked: Option<String>,
    /// Where the person stands.
    pub status: ParticipantStatus,
    /// Rank on the reserve list, first is 1.
    pub reserve_rank: Option<i32>,
    /// Days present of the days marked, in percent.
    pub attendance_percent: Option<i32>,
    /// Result of the class.
    pub result: Option<TrainingResult>,
    /// Result of the assessment as a whole.
    pub assessed: Option<Assessment>,
    /// Day of the result.
    pub result_on: Option<NaiveDate>,
    /// Unit by unit.
    pub unit_results: Vec<(String, Assessment)>,
    /// Why the person left or was taken out.
    pub reason: Option<Reason>,
}

/// Who takes a place.
#[derive(Debug, Clone)]
pub enum Newcomer {
    /// Somebody the office knows.
    Known(GraduateId),
    /// Somebody to be entered now; a NIK the office knows names the record it has.
    Entered(Box<PersonEdit>),
}

impl Work<'_> {
    /// Puts somebody on the roll of a class, taking part or in reserve.
    pub async fn add_participant(&self, batch: BatchId, who: &Newcomer, reserve: bool) -> Result<ParticipantView, AppError> {
        let class = self.found::<batch::Entity>(batch).await?;
        let graduate = match who {
            Newcomer::Known(id) => self.locked_graduate(*id).await?.0,
            Newcomer::Entered(edit) => match self.enter(Some(class.office_id), edit).await {
                Ok(entered) => entered.graduate,
                Err(AppError::Exists { refusal: Refusal::NikKnown { .. }, existing }) => self.locked_graduate(existing.into()).await?.0,
                Err(error) => return Err(error),
            },
        };
        if graduate.office_id != class.office_id {
            return Err(Refusal::NotFound.into());
        }
        let class = self.locked::<batch::Entity>(batch).await?;
        if class.closed_at.is_some() {
            return Err(Refusal::BatchClosed.into());
        }
        let before = classes::place_of(self.tx, batch, graduate.id).await?;
        if let Some(place) = &before
            && !matches!(place.status, ParticipantStatus::Removed | ParticipantStatus::Withdrawn)
        {
            return Err(AppError::Exists { refusal: Refusal::AlreadyParticipant, existing: place.id.0 });
        }
        let (status, reserve_rank) = self.room(&class, reserve).await?;
        let row = match before {
            Some(place) => {
                let back = participant::Model { status, reserve_rank, removal_reason: None, removed_at: None, ..place };
                self.saved_participant(back, "return").await?
            }
            None => {
                let row = self.blank_participant(&class, graduate.id, status, reserve_rank);
                rows::insert(self.tx, row.clone()).await?;
                self.did("enrol", "participant", row.id, row.office_id).await?;
                row
            }
        };
        self.refresh_candidates(&[graduate.person_id]).await?;
        self.participant_view(row).await
    }

    /// Moves the first of the reserve list up into a free place.
    pub async fn enrol_reserve(&self, participant: ParticipantId) -> Result<ParticipantView, AppError> {
        let (row, class, _person) = self.locked_place(participant).await?;
        let rank = row.reserve_rank.unwrap_or(1);
        if row.status != ParticipantStatus::Reserve {
            return Err(wrong_status(row.status, "enrol"));
        }
        if rank > 1 {
            return Err(Refusal::ReserveOrder { rank }.into());
        }
        let (status, reserve_rank) = self.room(&class, false).await?;
        let row = self.saved_participant(participant::Model { status, reserve_rank, ..row }, "enrol").await?;
        classes::close_ranks(self.tx, class.id, rank).await?;
        self.participant_view(row).await
    }

    /// Records that somebody left the class.
    pub async fn withdraw_participant(&self, participant: ParticipantId, reason: Option<Reason>) -> Result<ParticipantView, AppError> {
        let (row, _class, _person) = self.locked_place(participant).await?;
        if !matches!(row.status, ParticipantStatus::Enrolled | ParticipantStatus::Reserve) {
            return Err(wrong_status(row.status, "withdraw"));
        }
        self.leave(row, ParticipantStatus::Withdrawn, reason.unwrap_or(Reason::Other), "withdraw").await
    }

    /// Takes out somebody who was entered by mistake: no message, counted nowhere, visible in the audit (A17).
    pub async fn remove_participant(&self, participant: ParticipantId) -> Result<ParticipantView, AppError> {
        let (row, _class, _person) = self.locked_place(participant).await?;
        if row.status == ParticipantStatus::Removed {
            return Err(wrong_status(row.status, "remove"));
        }
        self.leave(row, ParticipantStatus::Removed, Reason::EntryMistake, "remove").await
    }

    async fn leave(
        &self,
        row: participant::Model,
        status: ParticipantStatus,
        reason: Reason,
        action: &str,
    ) -> Result<ParticipantView, AppError> {
        let (batch, rank) = (row.batch_id, row.reserve_rank);
        let removed_at = Some(self.now);
        let gone = participant::Model { status, reserve_rank: None, removal_reason: Some(reason), removed_at, ..row };
        let row = self.saved_participant(gone, action).await?;
        if let Some(rank) = rank {
            classes::close_ranks(self.tx, batch, rank).await?;
        }
        let graduates = people::graduates(self.tx, &[row.graduate_id]).await?;
        let persons: Vec<_> = graduates.iter().map(|graduate| graduate.person_id).collect();
        self.refresh_candidates(&persons).await?;
        self.participant_view(row).await
    }

    /// A place with its class and person, all locked, person first.
    async fn locked_place(&self, id: ParticipantId) -> Result<(participant::Model, batch::Model, person::Model), AppError> {
        let row = self.found::<participant::Entity>(id).await?;
        let graduates = people::graduates(self.tx, &[row.graduate_id]).await?;
        let graduate = graduates.first().ok_or(Refusal::NotFound)?;
        let person = people::lock_person(self.tx, graduate.person_id).await?.ok_or(Refusal::NotFound)?;
        let class = self.locked::<batch::Entity>(row.batch_id).await?;
        let row = self.locked::<participant::Entity>(id).await?;
        Ok((row, class, person))
    }

    /// Where a newcomer of a locked class may stand, or why there is no room.
    async fn room(&self, class: &batch::Model, reserve: bool) -> Result<(ParticipantStatus, Option<i32>), AppError> {
        let (enrolled, waiting) = self.places_taken(class.id).await?;
        match reserve {
            true if waiting >= class.reserve_capacity => Err(Refusal::ReserveFull { capacity: class.reserve_capacity }.into()),
            true => Ok((ParticipantStatus::Reserve, Some(waiting + 1))),
            false if enrolled >= class.capacity => Err(Refusal::BatchFull { capacity: class.capacity }.into()),
            false => Ok((ParticipantStatus::Enrolled, None)),
        }
    }

    fn blank_participant(
        &self,
        class: &batch::Model,
        graduate: GraduateId,
        status: ParticipantStatus,
        reserve_rank: Option<i32>,
    ) -> participant::Model {
        participant::Model {
            id: id::fresh(),
            batch_id: class.id,
            graduate_id: graduate,
            office_id: class.office_id,
            status,
            reserve_rank,
            attendance_percent: None,
            result: None,
            assessed: None,
            result_on: None,
            removal_reason: None,
            removed_at: None,
            import_id: None,
            created_at: self.now,
            version: 1,
        }
    }

    pub(in crate::app) async fn saved_participant(&self, row: participant::Model, action: &str) -> Result<participant::Model, AppError> {
        let row = participant::Model { version: row.version + 1, ..row };
        rows::update(self.tx, row.clone()).await?;
        self.did(action, "participant", row.id, row.office_id).await?;
        Ok(row)
    }

    async fn participant_view(&self, row: participant::Model) -> Result<ParticipantView, AppError> {
        let mut views = self.participant_views(vec![row]).await?;
        views.pop().ok_or_else(|| Refusal::NotFound.into())
    }

    pub(in crate::app) async fn participant_views(&self, rows: Vec<participant::Model>) -> Result<Vec<ParticipantView>, AppError> {
        self.app.look(self.actor).participant_views(self.tx, rows).await
    }
}

impl Look<'_> {
    /// The roll of a class; those entered by mistake are left out.
    pub async fn participants(&self, batch: BatchId) -> Result<Vec<ParticipantView>, AppError> {
        self.found::<batch::Entity>(batch).await?;
        let rows = classes::participants(self.db(), &[batch]).await?;
        self.participant_views(self.db(), rows).await
    }

    pub(in crate::app) async fn participant_views<C: Connection>(
        &self,
        db: &C,
        rows: Vec<participant::Model>,
    ) -> Result<Vec<ParticipantView>, AppError> {
        let graduates = people::graduates(db, &rows.iter().map(|row| row.graduate_id).collect::<Vec<_>>()).await?;
        let persons = people::persons(db, &graduates.iter().map(|row| row.person_id).collect::<Vec<_>>()).await?;
        let results = classes::unit_results(db, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            let graduate = graduates.iter().find(|graduate| graduate.id == row.graduate_id).ok_or(Refusal::NotFound)?;
            let key = self.open_key(&persons, graduate)?;
            let of_place = results.iter().filter(|result| result.participant_id == row.id);
            views.push(ParticipantView {
                id: row.id,
                batch_id: row.batch_id,
                graduate_id: row.graduate_id,
                display_name: shown_name(graduate),
                district: graduate.district_code.clone(),
                nik_masked: key.map(|key| masked_nik(&key, graduate)).transpose()?.flatten(),
                status: row.status,
                reserve_rank: row.reserve_rank,
                attendance_percent: row.attendance_percent,
                result: row.result,
                assessed: row.assessed,
                result_on: row.result_on,
                unit_results: of_place.map(|result| (result.code.clone(), result.result)).collect(),
                reason: row.removal_reason,
            });
        }
        Ok(views)
    }

    /// The key of the person behind a record; none where it was destroyed or is not needed.
    fn open_key(&self, persons: &[person::Model], graduate: &graduate::Model) -> Result<Option<PersonKey>, AppError> {
        let person = persons.iter().find(|person| person.id == graduate.person_id);
        match person.and_then(|person| person.data_key.as_deref()) {
            Some(wrapped) if graduate.nik_sealed.is_some() => Ok(Some(self.app.keyring.person_key(Some(wrapped))?)),
            _ => Ok(None),
        }
    }
}

pub(in crate::app) fn wrong_status(status: ParticipantStatus, event: &'static str) -> AppError {
    Refusal::WrongState { what: "participant", state: status.code(), event }.into()
}
