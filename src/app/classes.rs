//! Batches: one class of a programme, when, where and by whom.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::details::known_region;
use crate::app::error::AppError;
use crate::app::field::{Edit, Form, LINE};
use crate::app::work::{Look, Work, fresh_version};
use crate::engine::id::{AccountId, BatchId, EmployerId, FileId, ProgrammeId};
use crate::engine::kinds::{ParticipantStatus, TrainingResult};
use crate::store::database::Connection;
use crate::store::entity::{account, batch, evidence_file, participant, programme};
use crate::store::page::{Page, Slice};
use crate::store::{classes, id, people, rows};
use crate::words::refusal::Refusal;

/// The most people one class may be planned for.
const LARGEST_CLASS: i64 = 1_000;
/// What is written about a batch; a field left out stays as it is.
#[derive(Debug, Clone, Default)]
pub struct BatchEdit {
    /// The name.
    pub name: Option<String>,
    /// Places.
    pub capacity: Option<i64>,
    /// Places on the reserve list.
    pub reserve_capacity: Option<i64>,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// Where.
    pub place: Edit<String>,
    /// Kemendagri code of the place.
    pub district: Edit<String>,
    /// The instructor's account.
    pub instructor_id: Edit<AccountId>,
    /// The instructor's name, without an account.
    pub instructor_name: Edit<String>,
    /// The partner who promised to hire.
    pub partner_id: Edit<EmployerId>,
    /// Which budget pays.
    pub fund: Edit<String>,
    /// Cost in rupiah.
    pub cost: Edit<i64>,
    /// Absorption aimed at, in percent.
    pub target_percent: Edit<i64>,
}

/// A batch.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchView {
    /// The row.
    pub row: batch::Model,
    /// The programme's title.
    pub programme_title: String,
    /// How many take part or finished.
    pub enrolled: usize,
    /// How many wait.
    pub reserve: usize,
    /// How many passed.
    pub passed: usize,
}

impl Work<'_> {
    /// Opens a batch of a programme.
    pub async fn create_batch(&self, programme: ProgrammeId, edit: &BatchEdit) -> Result<BatchView, AppError> {
        let programme = self.found::<programme::Entity>(programme).await?;
        let row = batch::Model {
            id: id::fresh(),
            office_id: programme.office_id,
            programme_id: programme.id,
            name: String::new(),
            capacity: 0,
            reserve_capacity: 0,
            starts_on: self.today(),
            ends_on: self.today(),
            place: None,
            district_code: None,
            instructor_id: None,
            instructor_name: None,
            partner_id: None,
            fund: None,
            cost: None,
            target_percent: None,
            consent_signed_on: None,
            consent_file_id: None,
            closed_at: None,
            created_at: self.now,
            version: 1,
        };
        let row = self.batch_with(row, edit).await?;
        rows::insert(self.tx, row.clone()).await?;
        self.did("create", "batch", row.id, row.office_id).await?;
        self.batch_view(row).await
    }

    /// Changes a batch.
    pub async fn edit_batch(&self, id: BatchId, edit: &BatchEdit, version: i32) -> Result<BatchView, AppError> {
        let row = self.locked::<batch::Entity>(id).await?;
        fresh_version(row.version, version)?;
        let row = self.batch_with(row, edit).await?;
        let (enrolled, _reserve) = self.places_taken(row.id).await?;
        if row.capacity < enrolled {
            return Err(Refusal::BatchFull { capacity: enrolled }.into());
        }
        self.saved_batch(row, "edit").await
    }

    /// Closes a batch: it leaves the lists of running classes and takes nobody in.
    pub async fn close_batch(&self, id: BatchId) -> Result<BatchView, AppError> {
        let row = self.locked::<batch::Entity>(id).await?;
        if row.closed_at.is_some() {
            return Err(Refusal::BatchClosed.into());
        }
        self.saved_batch(batch::Model { closed_at: Some(self.now), ..row }, "close").await
    }

    /// Records that the class signed its consent form.
    pub async fn sign_consent_form(&self, id: BatchId, signed_on: NaiveDate, file: Option<FileId>) -> Result<BatchView, AppError> {
        let row = self.locked::<batch::Entity>(id).await?;
        if signed_on > self.today() {
            return Err(AppError::field("/signed_on", Refusal::DateFuture));
        }
        if let Some(file) = file {
            self.found::<evidence_file::Entity>(file).await?;
        }
        let row = batch::Model { consent_signed_on: Some(signed_on), consent_file_id: file.or(row.consent_file_id), ..row };
        self.saved_batch(row, "consent_form").await
    }

    async fn batch_with(&self, mut row: batch::Model, edit: &BatchEdit) -> Result<batch::Model, AppError> {
        let mut form = Form::default();
        if let Some(name) = &edit.name {
            row.name = form.text("/name", name, LINE);
        }
        if let Some(capacity) = edit.capacity {
            row.capacity = form.number("/capacity", capacity, 1, LARGEST_CLASS);
        }
        if let Some(reserve) = edit.reserve_capacity {
            row.reserve_capacity = form.number("/reserve_capacity", reserve, 0, LARGEST_CLASS);
        }
        row.starts_on = edit.starts_on.unwrap_or(row.starts_on);
        row.ends_on = edit.ends_on.unwrap_or(row.ends_on);
        form.require(row.starts_on <= row.ends_on, "/ends_on", Refusal::DateOrder);
        for (pointer, value, field) in [
            ("/place", &edit.place, &mut row.place),
            ("/instructor_name", &edit.instructor_name, &mut row.instructor_name),
            ("/fund", &edit.fund, &mut row.fund),
        ] {
            if let Some(value) = value {
                *field = form.optional_text(pointer, value.as_deref(), LINE);
            }
        }
        if let Some(district) = &edit.district {
            let code = known_region(&mut form, "/district", district.as_deref(), &self.app.knowledge());
            row.district_code = code.map(|code| code.as_str().to_owned());
        }
        if let Some(cost) = edit.cost {
            row.cost = form.rupiah("/cost", cost).map(crate::engine::money::Rupiah::amount);
        }
        if let Some(target) = edit.target_percent {
            row.target_percent = target.map(|percent| form.number("/target_percent", percent, 0, 100));
        }
        self.put_people_of_batch(&mut row, edit, &mut form).await?;
        form.done()?;
        Ok(row)
    }

    async fn put_people_of_batch(&self, row: &mut batch::Model, edit: &BatchEdit, form: &mut Form) -> Result<(), AppError> {
        if let Some(instructor) = edit.instructor_id {
            if let Some(id) = instructor {
                let known = rows::find::<account::Entity>(self.tx, &self.scope(), id).await?;
                let of_office = known.is_some_and(|account| account.office_id == Some(row.office_id));
                form.require(of_office, "/instructor_id", Refusal::NotFound);
            }
            row.instructor_id = instructor;
        }
        if let Some(partner) = edit.partner_id {
            if let Some(id) = partner {
                form.require(!people::known_employers(self.tx, &[id]).await?.is_empty(), "/partner_id", Refusal::NotFound);
            }
            row.partner_id = partner;
        }
        Ok(())
    }

    async fn saved_batch(&self, row: batch::Model, action: &str) -> Result<BatchView, AppError> {
        let row = batch::Model { version: row.version + 1, ..row };
        rows::update(self.tx, row.clone()).await?;
        self.did(action, "batch", row.id, row.office_id).await?;
        self.batch_view(row).await
    }

    /// How many places and reserve places of a batch are taken.
    pub(in crate::app) async fn places_taken(&self, batch: BatchId) -> Result<(i32, i32), AppError> {
        let places = classes::participants(self.tx, &[batch]).await?;
        let count = |statuses: &[ParticipantStatus]| {
            i32::try_from(places.iter().filter(|place| statuses.contains(&place.status)).count()).unwrap_or(i32::MAX)
        };
        Ok((count(&[ParticipantStatus::Enrolled, ParticipantStatus::Completed]), count(&[ParticipantStatus::Reserve])))
    }

    async fn batch_view(&self, row: batch::Model) -> Result<BatchView, AppError> {
        let mut views = self.app.look(self.actor).batch_views(self.tx, vec![row]).await?;
        views.pop().ok_or_else(|| Refusal::NotFound.into())
    }
}

impl Look<'_> {
    /// Batches of the actor's scope, of one programme or all, open, closed or both.
    pub async fn batches(&self, programme: Option<ProgrammeId>, closed: Option<bool>, slice: Slice) -> Result<Page<BatchView>, AppError> {
        let page = classes::batches(self.db(), &self.scope(), programme, closed, slice).await?;
        Ok(Page { rows: self.batch_views(self.db(), page.rows).await?, more: page.more })
    }

    /// One batch.
    pub async fn batch(&self, id: BatchId) -> Result<BatchView, AppError> {
        let row = self.found::<batch::Entity>(id).await?;
        self.batch_views(self.db(), vec![row]).await?.pop().ok_or_else(|| Refusal::NotFound.into())
    }

    async fn batch_views<C: Connection>(&self, db: &C, batches: Vec<batch::Model>) -> Result<Vec<BatchView>, AppError> {
        let ids: Vec<BatchId> = batches.iter().map(|row| row.id).collect();
        let places = classes::participants(db, &ids).await?;
        let programmes: Vec<ProgrammeId> = batches.iter().map(|row| row.programme_id).collect();
        let programmes = classes::programmes_of(db, &programmes).await?;
        let mut views = Vec::with_capacity(batches.len());
        for row in batches {
            let programme = programmes.iter().find(|programme| programme.id == row.programme_id);
            let of_batch: Vec<&participant::Model> = places.iter().filter(|place| place.batch_id == row.id).collect();
            let count = |holds: fn(&participant::Model) -> bool| of_batch.iter().filter(|place| holds(place)).count();
            views.push(BatchView {
                programme_title: programme.map(|row| row.title.clone()).unwrap_or_default(),
                enrolled: count(|place| matches!(place.status, ParticipantStatus::Enrolled | ParticipantStatus::Completed)),
                reserve: count(|place| place.status == ParticipantStatus::Reserve),
                passed: count(|place| place.result == Some(TrainingResult::Passed)),
                row,
            });
        }
        Ok(views)
    }
}

/// When a batch was closed, in the words of the lists: `open` or `closed`.
#[must_use]
pub fn state_of(closed_at: Option<DateTime<Utc>>) -> &'static str {
    if closed_at.is_some() { "closed" } else { "open" }
}
