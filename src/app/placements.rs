//! Placements: what is seen of them, and the direct hire that staff record through the same seat update as an acceptance.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::app::engagement::Engagement;
use crate::app::error::AppError;
use crate::app::faces::{Depth, Face, Faces, Job};
use crate::app::field::{Form, LINE};
use crate::app::occupations::ProposedOccupation;
use crate::app::why::Why;
use crate::app::work::{Look, Work};
use crate::engine::absorption::event::Act;
use crate::engine::id::{CommitmentId, GraduateId, OfferId, OutcomeId, PlacementId, VacancyId};
use crate::engine::kinds::{Contract, EvidenceLevel, OutcomeSource, Reason};
use crate::engine::lifecycle::PlacementState;
use crate::engine::money::WageUnit;
use crate::store::entity::{graduate, outcome_event, person, placement, vacancy};
use crate::store::page::{Page, Slice};
pub use crate::store::placements::PlacementFilter;
use crate::store::{placements, rows};
use crate::words::refusal::Refusal;

/// A placement as far as the actor may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacementView {
    /// The placement.
    pub id: PlacementId,
    /// Who.
    pub graduate: Face,
    /// Where.
    pub job: Job,
    /// The accepted offer, unless it is a direct hire.
    pub offer_id: Option<OfferId>,
    /// The promise the seat was opened under.
    pub commitment_id: Option<CommitmentId>,
    /// Where it stands.
    pub state: PlacementState,
    /// Hours a week.
    pub hours_per_week: i32,
    /// Planned first day.
    pub starts_on: NaiveDate,
    /// Actual first day.
    pub started_on: Option<NaiveDate>,
    /// Wage in whole rupiah, a `wage_unit`.
    pub wage: Option<i64>,
    /// What one wage pays for.
    pub wage_unit: Option<WageUnit>,
    /// How the person is employed.
    pub contract: Option<Contract>,
    /// KBJI code of the work.
    pub kbji: Option<String>,
    /// The occupation the vacancy's title names, where none was given; left out of lists.
    pub proposed_occupation: Option<ProposedOccupation>,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
    /// Why it ended or was called off.
    pub why: Why,
    /// Why it was made beside another one; for staff.
    pub override_reason: Option<String>,
    /// What the two sides say.
    pub words: Said,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last moved.
    pub updated_at: DateTime<Utc>,
    /// Version.
    pub version: i32,
}

/// What was said about the start of a placement, read from its events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// The employer says that the person started.
    pub by_employer: bool,
    /// The graduate says so.
    pub by_graduate: bool,
    /// One side's last word is that it is not so.
    pub disputed: bool,
    /// An officer or a document says so.
    pub verified: bool,
}

/// A direct hire.
#[derive(Debug, Clone)]
pub struct NewPlacement {
    /// Where.
    pub vacancy: VacancyId,
    /// Who.
    pub graduate: GraduateId,
    /// Planned first day.
    pub starts_on: NaiveDate,
    /// Why staff place somebody who already is.
    pub override_reason: Option<String>,
}

impl Work<'_> {
    /// Records a direct hire.
    pub async fn hire(&self, new: &NewPlacement) -> Result<PlacementView, AppError> {
        let mut form = Form::default();
        let override_reason = form.optional_text("/override_reason", new.override_reason.as_deref(), LINE);
        form.done()?;
        let vacancy = self.found::<vacancy::Entity>(new.vacancy).await?;
        let graduate = self.found::<graduate::Entity>(new.graduate).await?;
        let person = self.person_locked(graduate.person_id).await?;
        self.not_own(person.id)?;
        if person.limited_at.is_some() || person.erased_at.is_some() || person.merged_into.is_some() {
            return Err(Refusal::NotEligible { reason: "limited".to_owned() }.into());
        }
        let new = Engagement { graduate: &graduate, vacancy: vacancy.id, offer: None, starts_on: Some(new.starts_on), override_reason };
        let row = self.engage(&person, &new).await?;
        let thing = ("placement", row.id.0);
        self.message("placement_recorded", ("employer", row.employer_id.0), thing, row.office_id, chrono::Duration::zero()).await?;
        self.placement_view(row).await
    }

    /// A placement in the actor's scope, under lock after its person.
    pub(in crate::app) async fn placement_locked(&self, id: PlacementId) -> Result<(person::Model, placement::Model), AppError> {
        let found = self.found::<placement::Entity>(id).await?;
        let person = self.person_locked(found.person_id).await?;
        self.not_own(person.id)?;
        Ok((person, self.locked::<placement::Entity>(id).await?))
    }

    /// Writes a placement that moved, with its trace.
    pub(in crate::app) async fn moved_placement(&self, row: placement::Model, action: &str) -> Result<placement::Model, AppError> {
        let row = placement::Model { updated_at: self.now, version: row.version + 1, ..row };
        rows::update(self.tx, row.clone()).await?;
        self.changed("placement", row.id, Some(row.office_id));
        let detail = serde_json::json!({ "reason": row.reason.map(Reason::code) });
        self.record(action, "placement", row.id, Some(row.office_id), detail).await?;
        Ok(row)
    }

    pub(in crate::app) async fn placement_view(&self, row: placement::Model) -> Result<PlacementView, AppError> {
        let faces = self.app.faces(self.tx, self.actor, self.now, &[(row.graduate_id, row.vacancy_id)], Depth::Line).await?;
        let events = placements::events_of(self.tx, &[row.id]).await?;
        Ok(self.app.look(self.actor).view_of_placement(row, &faces, &events))
    }
}

impl Look<'_> {
    /// Placements the actor sees.
    pub async fn placements(&self, filter: PlacementFilter, slice: Slice) -> Result<Page<PlacementView>, AppError> {
        let page = placements::list(self.db(), &self.scope(), filter, slice).await?;
        let pairs: Vec<_> = page.rows.iter().map(|row| (row.graduate_id, row.vacancy_id)).collect();
        let faces = self.app.faces(self.db(), self.actor, self.now, &pairs, Depth::Line).await?;
        let ids: Vec<PlacementId> = page.rows.iter().map(|row| row.id).collect();
        let events = placements::events_of(self.db(), &ids).await?;
        let rows = page.rows.into_iter().map(|row| self.view_of_placement(row, &faces, &events)).collect();
        Ok(Page { rows, more: page.more })
    }

    /// One placement.
    pub async fn placement(&self, id: Uuid) -> Result<PlacementView, AppError> {
        let row = self.found::<placement::Entity>(id).await?;
        let faces = self.app.faces(self.db(), self.actor, self.now, &[(row.graduate_id, row.vacancy_id)], Depth::Record).await?;
        let events = placements::events_of(self.db(), &[row.id]).await?;
        let office = row.office_id;
        let mut view = self.view_of_placement(row, &faces, &events);
        let knowledge = self.app.knowledge();
        view.proposed_occupation = knowledge.jobs(Some(office)).proposed(view.kbji.as_deref(), &view.job.title);
        Ok(view)
    }

    fn view_of_placement(&self, row: placement::Model, faces: &Faces, events: &[outcome_event::Model]) -> PlacementView {
        let staff = self.actor.is_staff();
        PlacementView {
            id: row.id,
            graduate: faces.graduate(row.graduate_id),
            job: faces.job(row.vacancy_id, row.employer_id),
            offer_id: row.offer_id,
            commitment_id: row.commitment_id,
            state: row.state,
            hours_per_week: row.hours_per_week,
            starts_on: row.starts_on,
            started_on: row.started_on,
            wage: row.wage,
            wage_unit: row.wage_unit,
            contract: row.contract,
            kbji: row.kbji,
            proposed_occupation: None,
            ended_on: row.ended_on,
            why: Why { reason: row.reason, text: row.reason_text.filter(|_| staff) },
            override_reason: row.override_reason.filter(|_| staff),
            words: said(events.iter().filter(|event| event.placement_id == Some(row.id))),
            created_at: row.created_at,
            updated_at: row.updated_at,
            version: row.version,
        }
    }
}

/// Each side's last word about a start, in the order it was written down; what was retracted is not heard.
fn said<'e>(events: impl Iterator<Item = &'e outcome_event::Model> + Clone) -> Said {
    let retracted: Vec<OutcomeId> = events.clone().filter(|event| event.act == Act::Retracted).filter_map(|event| event.about_id).collect();
    let mut said = Said::default();
    let (mut employer_denies, mut graduate_denies, mut staff_heard_no) = (false, false, false);
    for event in events.filter(|event| !retracted.contains(&event.id)) {
        let yes = match event.act {
            Act::Started | Act::Confirmed => true,
            Act::Disputed => false,
            Act::Verified => {
                said.verified = true;
                continue;
            }
            _ => continue,
        };
        said.verified |= event.evidence == EvidenceLevel::Document;
        match event.source {
            OutcomeSource::Employer => (said.by_employer, employer_denies) = (yes, !yes),
            OutcomeSource::Graduate => (said.by_graduate, graduate_denies) = (yes, !yes),
            OutcomeSource::Staff | OutcomeSource::Import => staff_heard_no = !yes,
        }
    }
    said.disputed = employer_denies || graduate_denies || staff_heard_no;
    said
}
