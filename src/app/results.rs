//! What a class achieved: attendance, results, unit by unit.

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::app::field::Form;
use crate::app::roll::ParticipantView;
use crate::app::work::Work;
use crate::coded_enum;
use crate::engine::id::{BatchId, ParticipantId, PersonId};
use crate::engine::kinds::{Assessment, ParticipantStatus, TrainingResult};
use crate::store::entity::{attendance, batch, graduate, participant, unit_result};
use crate::store::{classes, people};
use crate::words::refusal::Refusal;

coded_enum! {
    /// What a roll says of one person on one day.
    pub enum Mark {
        /// Hadir.
        Present = "present",
        /// Alpa.
        Absent = "absent",
        /// Sakit.
        Sick = "sick",
        /// Izin.
        Excused = "excused",
    }
}

/// One person's results, as somebody writes them.
#[derive(Debug, Clone)]
pub struct ResultLine {
    /// Whose.
    pub participant: ParticipantId,
    /// Of the class.
    pub result: TrainingResult,
    /// Of the assessment as a whole.
    pub assessed: Option<Assessment>,
    /// Unit by unit.
    pub units: Vec<(String, Assessment)>,
}

/// The results of a class, as somebody writes them.
#[derive(Debug, Clone, Default)]
pub struct ClassResults {
    /// Day of the result; the last day of the class where left out.
    pub result_on: Option<NaiveDate>,
    /// Person by person.
    pub lines: Vec<ResultLine>,
    /// The result of everybody who has no line.
    pub all: Option<TrainingResult>,
}

/// A locked class, with its people locked before it.
struct Class {
    batch: batch::Model,
    places: Vec<participant::Model>,
    graduates: Vec<graduate::Model>,
}

impl Work<'_> {
    /// Records who was there on a day; a second roll of the same day overwrites the first.
    ///
    /// The percentage is days present of the days marked, rounded half up: illness and leave are days away.
    pub async fn record_attendance(
        &self,
        batch: BatchId,
        held_on: NaiveDate,
        marks: &[(ParticipantId, Mark)],
    ) -> Result<Vec<ParticipantView>, AppError> {
        let class = self.locked_class(batch).await?;
        let mut form = Form::default();
        form.require(held_on <= self.today(), "/held_on", Refusal::DateFuture);
        form.require(held_on >= class.batch.starts_on, "/held_on", Refusal::DateOrder);
        for (place, (participant, _)) in marks.iter().enumerate() {
            form.require(class.place(*participant).is_some(), &format!("/marks/{place}/participant_id"), Refusal::NotInBatch);
        }
        form.done()?;
        let mut days: Vec<attendance::Model> = Vec::with_capacity(marks.len());
        for (participant, mark) in marks {
            days.retain(|day| day.participant_id != *participant);
            days.push(attendance::Model {
                participant_id: *participant,
                held_on,
                mark: mark.code().to_owned(),
                recorded_by: self.by(),
                recorded_at: self.now,
            });
        }
        let marked: Vec<ParticipantId> = days.iter().map(|day| day.participant_id).collect();
        classes::put_attendance(self.tx, days).await?;
        let kept = classes::attendance(self.tx, &marked).await?;
        let mut changed = Vec::with_capacity(marked.len());
        for place in class.places.iter().filter(|place| marked.contains(&place.id)) {
            let percent = percent_present(kept.iter().filter(|day| day.participant_id == place.id));
            let row = participant::Model { attendance_percent: percent, ..place.clone() };
            changed.push(self.saved_participant(row, "attendance").await?);
        }
        self.participant_views(changed).await
    }

    /// Records the results of a class in one step; recording again corrects.
    pub async fn record_results(&self, batch: BatchId, results: &ClassResults) -> Result<Vec<ParticipantView>, AppError> {
        let class = self.locked_class(batch).await?;
        if class.batch.closed_at.is_some() {
            return Err(Refusal::BatchClosed.into());
        }
        let lines = self.lines_of(&class, results)?;
        let mut changed = Vec::with_capacity(lines.len());
        let mut persons = Vec::with_capacity(lines.len());
        for line in &lines {
            let Some(place) = class.place(line.participant) else { continue };
            let person = class.person(place)?;
            self.not_own(person)?;
            let row = participant::Model {
                status: ParticipantStatus::Completed,
                result: Some(line.result),
                assessed: line.assessed.or(place.assessed),
                result_on: results.result_on.or(place.result_on),
                ..place.clone()
            };
            changed.push(self.saved_participant(row, line.result.code()).await?);
            persons.push(person);
        }
        let unit = |line: &ResultLine| {
            let participant_id = line.participant;
            let one =
                move |(code, result): (String, Assessment)| unit_result::Model { participant_id, code, result, recorded_at: self.now };
            line.units.clone().into_iter().map(one).collect::<Vec<_>>()
        };
        classes::put_unit_results(self.tx, lines.iter().flat_map(unit).collect()).await?;
        self.refresh_candidates(&persons).await?;
        self.participant_views(changed).await
    }

    /// The lines of a class, checked, with canonical unit codes; whoever has none gets the result of all.
    fn lines_of(&self, class: &Class, results: &ClassResults) -> Result<Vec<ResultLine>, AppError> {
        let mut form = Form::default();
        let named = results.all.is_some() || !results.lines.is_empty();
        form.require(named, "/results", Refusal::FieldMissing { field: "results".to_owned() });
        form.require(results.result_on.is_none_or(|day| day <= self.today()), "/result_on", Refusal::DateFuture);
        let catalogue = &self.app.knowledge().catalogue;
        let mut lines: Vec<ResultLine> = Vec::new();
        for (place, line) in results.lines.iter().enumerate() {
            let known = class.place(line.participant).is_some_and(|place| takes_result(place.status));
            form.require(known, &format!("/results/{place}/participant_id"), Refusal::NotInBatch);
            let mut units: Vec<(String, Assessment)> = Vec::new();
            for (at, (written, result)) in line.units.iter().enumerate() {
                let Some(unit) = catalogue.find(written) else {
                    let code = written.chars().take(60).collect();
                    form.refuse(&format!("/results/{place}/units/{at}/unit"), Refusal::UnitUnknown { code });
                    continue;
                };
                units.retain(|(code, _)| code != unit.code.as_str());
                units.push((unit.code.as_str().to_owned(), *result));
            }
            lines.retain(|earlier| earlier.participant != line.participant);
            lines.push(ResultLine { units, ..line.clone() });
        }
        form.done()?;
        if let Some(result) = results.all {
            let rest = class.places.iter().filter(|place| takes_result(place.status));
            let rest: Vec<ParticipantId> =
                rest.map(|place| place.id).filter(|id| lines.iter().all(|line| line.participant != *id)).collect();
            lines.extend(rest.into_iter().map(|participant| ResultLine { participant, result, assessed: None, units: Vec::new() }));
        }
        Ok(lines)
    }

    /// A class in the actor's scope with everybody on its roll, locked: people in the order of their ids, then the class.
    async fn locked_class(&self, id: BatchId) -> Result<Class, AppError> {
        self.found::<batch::Entity>(id).await?;
        let places = classes::participants(self.tx, &[id]).await?;
        let graduates = people::graduates(self.tx, &places.iter().map(|place| place.graduate_id).collect::<Vec<_>>()).await?;
        people::lock_people(self.tx, &graduates.iter().map(|row| row.person_id).collect::<Vec<_>>()).await?;
        let batch = self.locked::<batch::Entity>(id).await?;
        // Read again: what the locks waited for may have changed the roll.
        let places = classes::participants(self.tx, &[id]).await?;
        let graduates = people::graduates(self.tx, &places.iter().map(|place| place.graduate_id).collect::<Vec<_>>()).await?;
        Ok(Class { batch, places, graduates })
    }

    /// The same for issuing certificates.
    pub(in crate::app) async fn locked_roll(
        &self,
        id: BatchId,
    ) -> Result<(batch::Model, Vec<(participant::Model, graduate::Model)>), AppError> {
        let class = self.locked_class(id).await?;
        let mut roll = Vec::with_capacity(class.places.len());
        for place in &class.places {
            let graduate = class.graduates.iter().find(|row| row.id == place.graduate_id).ok_or(Refusal::NotFound)?;
            roll.push((place.clone(), graduate.clone()));
        }
        Ok((class.batch, roll))
    }
}

impl Class {
    fn place(&self, id: ParticipantId) -> Option<&participant::Model> {
        self.places.iter().find(|place| place.id == id)
    }

    fn person(&self, place: &participant::Model) -> Result<PersonId, AppError> {
        let graduate = self.graduates.iter().find(|row| row.id == place.graduate_id);
        Ok(graduate.ok_or(Refusal::NotFound)?.person_id)
    }
}

fn takes_result(status: ParticipantStatus) -> bool {
    matches!(status, ParticipantStatus::Enrolled | ParticipantStatus::Completed)
}

fn percent_present<'a>(days: impl Iterator<Item = &'a attendance::Model>) -> Option<i32> {
    let (mut present, mut all) = (0, 0);
    for day in days {
        all += 1;
        present += i32::from(day.mark == Mark::Present.code());
    }
    (all > 0).then(|| (present * 200 + all) / (all * 2))
}
