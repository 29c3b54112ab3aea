//! Follow-up: whom to ask on day 30, 90, 180 and 365 how it went, and what came of asking (DESIGN 3.9, I11).
//!
//! A task is done when a word about the person falls within the days for which evidence stays fresh around its day: just
//! when the report at that checkpoint knows how the person stood. Taking that word back opens it again.

use chrono::{DateTime, Days, NaiveDate, Utc};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::people::ERASED_NAME;
use crate::app::work::{Look, Work};
use crate::engine::absorption::event::{OutcomeEvent, in_force};
use crate::engine::absorption::rate::{Checkpoint, Query};
use crate::engine::id::{AccountId, BatchId, GraduateId, ParticipantId, PersonId, RowId};
use crate::seal::keyring::PersonKey;
use crate::seal::token;
use crate::store::entity::{batch, follow_up, graduate};
use crate::store::follow_ups::{self, Passed, TaskRow, Wanted};
use crate::store::outcomes::{self, event_of};
use crate::store::{id, people, rows};
use crate::words::refusal::Refusal;

/// State of a task that no answer came for.
const OPEN: &str = "open";
/// State of a task that an answer came for.
const DONE: &str = "done";

/// Which tasks are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Open and due today or before: what waits.
    Waiting,
    /// Open and due before today.
    Overdue,
    /// Open and due today.
    Today,
    /// Every task, done ones and coming ones too.
    All,
}

/// One attempt to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: DateTime<Utc>,
    /// Who tried.
    pub by: Option<AccountKey>,
    /// Whether the person was reached.
    pub reached: bool,
    /// A note, sealed with the person's key.
    note: Option<String>,
}

/// An account's id as it is kept.
pub type AccountKey = uuid::Uuid;

impl Attempt {
    /// The note, opened.
    pub(in crate::app) fn opened_note(&self, key: &PersonKey) -> Result<Option<String>, AppError> {
        let sealed = self.note.as_deref().and_then(token::decode);
        Ok(key.open_text(sealed.as_deref())?)
    }

    /// Whether there is a note with it.
    #[must_use]
    pub fn has_note(&self) -> bool {
        self.note.is_some()
    }
}

/// A task.
#[derive(Debug, Clone)]
pub struct TaskView {
    /// The task with the names beside it.
    pub row: TaskRow,
    /// Who tried when, oldest first.
    pub attempts: Vec<Attempt>,
    /// Days since it fell due, while it is open.
    pub overdue_days: i64,
}

/// What asking brought.
#[derive(Debug, Clone)]
pub struct NewAttempt {
    /// Whether the person was reached.
    pub reached: bool,
    /// A note; sealed.
    pub note: Option<String>,
}

impl crate::app::installation::App {
    /// Makes the tasks that are missing for the people an actor sees; answers how many people got theirs.
    pub async fn plan_missing_follow_ups(&self, actor: &crate::app::actor::Actor) -> Result<usize, AppError> {
        if follow_ups::unplanned(self.database.reader(), &actor.scope(), None).await?.is_empty() {
            return Ok(0);
        }
        self.work(actor, async |work| {
            let missing = follow_ups::unplanned(work.tx, &work.scope(), None).await?;
            work.put_tasks(&missing).await?;
            Ok(missing.len())
        })
        .await
    }
}

impl Work<'_> {
    /// Makes the tasks of a class whose results are in; those that are there are set to the day they now fall due on.
    ///
    /// 409 `not_yet_passed` while nobody has passed.
    pub async fn plan_follow_ups(&self, batch: BatchId) -> Result<Vec<TaskView>, AppError> {
        let batch = self.found::<batch::Entity>(batch).await?;
        let passed = follow_ups::passed_of(self.tx, &self.scope(), batch.id).await?;
        if passed.is_empty() {
            return Err(Refusal::NotYetPassed.into());
        }
        self.put_tasks(&passed).await?;
        self.move_tasks(&passed).await?;
        self.did("plan_follow_ups", "batch", batch.id, batch.office_id).await?;
        let wanted = Wanted { batch: Some(batch.id), ..Wanted::default() };
        let own = follow_ups::list(self.tx, &self.scope(), wanted, None, MOST).await?.rows;
        Ok(own.into_iter().map(|row| task_view(row, self.today())).collect())
    }

    /// Writes the tasks that are missing, done already where a word falls near their day.
    async fn put_tasks(&self, passed: &[Passed]) -> Result<(), AppError> {
        let people: Vec<PersonId> = passed.iter().map(|person| person.person_id).collect();
        let mut heard: FxHashMap<PersonId, Vec<OutcomeEvent>> = FxHashMap::default();
        for row in outcomes::of_people(self.tx, &people).await? {
            heard.entry(row.person_id).or_default().push(event_of(&row));
        }
        let tasks = passed.iter().flat_map(|person| {
            let days = heard.get(&person.person_id).map(|events| days_heard(events)).unwrap_or_default();
            tasks_of(person).map(move |task| self.settled(task, &days))
        });
        Ok(follow_ups::put(self.tx, tasks.collect()).await?)
    }

    /// Sets the tasks of a class to the day they fall due on, where the day of a result changed.
    async fn move_tasks(&self, passed: &[Passed]) -> Result<(), AppError> {
        let wanted: FxHashMap<(ParticipantId, i32), NaiveDate> =
            passed.iter().flat_map(tasks_of).map(|task| ((task.participant_id, task.day_number), task.due_on)).collect();
        let places: Vec<ParticipantId> = passed.iter().map(|person| person.participant_id).collect();
        let mut moved = Vec::new();
        for task in follow_ups::of_places(self.tx, &places).await? {
            let due = wanted.get(&(task.participant_id, task.day_number)).copied();
            if let Some(due_on) = due.filter(|due| *due != task.due_on) {
                moved.push(task.participant_id);
                rows::update(self.tx, follow_up::Model { due_on, ..task }).await?;
            }
        }
        for person in passed.iter().filter(|person| moved.contains(&person.participant_id)) {
            self.settle_follow_ups(person.graduate_id, person.person_id).await?;
        }
        Ok(())
    }

    /// Brings the tasks about a graduate up to what is known: done where a standing word falls near their day.
    pub(in crate::app) async fn settle_follow_ups(&self, graduate: GraduateId, person: PersonId) -> Result<(), AppError> {
        let tasks = follow_ups::of_graduate(self.tx, graduate).await?;
        if tasks.is_empty() {
            return Ok(());
        }
        let events: Vec<OutcomeEvent> = outcomes::of_person(self.tx, person).await?.iter().map(event_of).collect();
        let days = days_heard(&events);
        for task in tasks {
            let settled = self.settled(task.clone(), &days);
            if settled != task {
                rows::update(self.tx, settled).await?;
            }
        }
        Ok(())
    }

    fn settled(&self, task: follow_up::Model, heard: &[NaiveDate]) -> follow_up::Model {
        let fresh = i64::from(Query::new(self.today()).freshness_days);
        let answered = heard.iter().any(|day| day.signed_duration_since(task.due_on).num_days().abs() <= fresh);
        let (state, done_at) = if answered { (DONE, task.done_at.or(Some(self.now))) } else { (OPEN, None) };
        follow_up::Model { state: state.to_owned(), done_at, ..task }
    }

    /// Notes an attempt to reach somebody. The task stays open until a word about the person is recorded.
    pub async fn attempt_follow_up(&self, task: RowId, new: &NewAttempt) -> Result<TaskView, AppError> {
        let task = self.locked::<follow_up::Entity>(task).await?;
        let graduate = self.found::<graduate::Entity>(task.graduate_id).await?;
        let mut form = Form::default();
        let note = form.optional_text("/note", new.note.as_deref(), LINE);
        form.done()?;
        let note = match note {
            Some(note) => Some(self.sealed_note(&graduate, &note).await?),
            None => None,
        };
        let mut attempts = attempts_of(&task.attempts);
        attempts.push(Attempt { at: self.now, by: self.by().map(|AccountId(id)| id), reached: new.reached, note });
        let kept = serde_json::to_value(&attempts).map_err(|error| AppError::Internal(error.to_string()))?;
        let row = follow_up::Model { attempts: kept, ..task };
        let (id, office) = (row.id, row.office_id);
        rows::update(self.tx, row).await?;
        self.did("attempt", "follow_up", id, office).await?;
        let named = follow_ups::named(self.tx, &self.scope(), id).await?.ok_or(Refusal::NotFound)?;
        Ok(task_view(named, self.today()))
    }

    /// Drops what was told of a graduate in words: part of erasing their data. The counts stay.
    pub(in crate::app) async fn forget_words(&self, graduate: GraduateId) -> Result<(), AppError> {
        outcomes::forget_words(self.tx, graduate).await?;
        for task in follow_ups::of_graduate(self.tx, graduate).await? {
            let silent: Vec<Attempt> = attempts_of(&task.attempts).into_iter().map(|attempt| Attempt { note: None, ..attempt }).collect();
            let attempts = serde_json::to_value(&silent).map_err(|error| AppError::Internal(error.to_string()))?;
            rows::update(self.tx, follow_up::Model { attempts, ..task }).await?;
        }
        Ok(())
    }

    async fn sealed_note(&self, graduate: &graduate::Model, note: &str) -> Result<String, AppError> {
        let person = people::person(self.tx, graduate.person_id).await?.ok_or(Refusal::NotFound)?;
        let key = self.person_key(person.data_key.as_deref())?;
        Ok(token::encode(&key.seal(note.as_bytes())?))
    }
}

/// The most tasks one class can have, with room to spare.
const MOST: u64 = 100_000;

impl Look<'_> {
    /// Tasks of the people the actor sees, by the day they fall due; `after` is day and id of the last one seen.
    pub async fn follow_ups(&self, due: Due, after: Option<(NaiveDate, RowId)>, limit: u64) -> Result<(Vec<TaskView>, bool), AppError> {
        let today = self.today();
        let yesterday = today.checked_sub_days(Days::new(1));
        let wanted = match due {
            Due::Waiting => Wanted { open: true, until: Some(today), ..Wanted::default() },
            Due::Overdue => Wanted { open: true, until: yesterday, ..Wanted::default() },
            Due::Today => Wanted { open: true, from: Some(today), until: Some(today), batch: None },
            Due::All => Wanted::default(),
        };
        let page = follow_ups::list(self.db(), &self.scope(), wanted, after, limit).await?;
        Ok((page.rows.into_iter().map(|row| task_view(row, today)).collect(), page.more))
    }
}

fn tasks_of(person: &Passed) -> impl Iterator<Item = follow_up::Model> {
    let Passed { participant_id, graduate_id, office_id, result_on, ends_on, .. } = *person;
    let day_zero = result_on.unwrap_or(ends_on);
    Checkpoint::ALL.iter().filter_map(move |checkpoint| {
        Some(follow_up::Model {
            id: id::fresh(),
            office_id,
            participant_id,
            graduate_id,
            day_number: i32::try_from(checkpoint.days()).ok()?,
            due_on: day_zero.checked_add_days(Days::new(checkpoint.days().into()))?,
            state: OPEN.to_owned(),
            attempts: serde_json::json!([]),
            done_at: None,
        })
    })
}

/// The days on which standing words say how the person stood.
fn days_heard(events: &[OutcomeEvent]) -> Vec<NaiveDate> {
    in_force(events, None).iter().filter(|event| event.act.attests()).map(|event| event.on).collect()
}

/// The attempts kept with a task.
pub(in crate::app) fn attempts_of(kept: &serde_json::Value) -> Vec<Attempt> {
    serde_json::from_value(kept.clone()).unwrap_or_default()
}

fn task_view(mut row: TaskRow, today: NaiveDate) -> TaskView {
    if row.name.is_empty() {
        ERASED_NAME.clone_into(&mut row.name);
    }
    let waited = today.signed_duration_since(row.due_on).num_days().max(0);
    let overdue_days = if row.state == OPEN { waited } else { 0 };
    TaskView { attempts: attempts_of(&row.attempts), overdue_days, row }
}
