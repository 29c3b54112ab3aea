//! Closing a period: its report is kept with the list behind every number, and never counted again.
//!
//! What was recorded later is told beside it, as revisions (DESIGN 3.10).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::paging::{Page, Slice};
use crate::app::report_view::{Asked, ReportView, Slice as ReportSlice};
use crate::app::reports::{Material, Question, ReportAsk, check_scope, named, view_of};
use crate::app::work::{Look, Work};
use crate::engine::absorption::month::Month;
use crate::engine::absorption::population::{Group, GroupBy};
use crate::engine::absorption::revision::{Frozen, compare, freeze};
use crate::engine::absorption::tally::Figure;
use crate::engine::geo::RegionCode;
use crate::engine::id::{AccountId, BatchId, ClosedPeriodId, EmployerId, OfficeId, ParticipantId, ProgrammeId};
use crate::seal::keyring::hex;
use crate::seal::token;
use crate::store::entity::closed_period;
use crate::store::error::StoreError;
use crate::store::reports::PlaceRow;
use crate::store::scope::Scope;
use crate::store::{id, reports, rows};
use crate::words::refusal::Refusal;

/// A period to be closed.
#[derive(Debug, Clone)]
pub struct NewPeriod {
    /// Its name, once in an office.
    pub label: String,
    /// The report that is kept.
    pub ask: ReportAsk,
    /// The office, where the actor has none.
    pub office_id: Option<OfficeId>,
}

/// A closed period, without its report.
#[derive(Debug, Clone)]
pub struct PeriodView {
    /// The period.
    pub id: ClosedPeriodId,
    /// Whose.
    pub office_id: OfficeId,
    /// Its name.
    pub label: String,
    /// When it was closed: nothing recorded later is in it.
    pub closed_at: DateTime<Utc>,
    /// Who closed it.
    pub closed_by: Option<AccountId>,
    /// SHA-256 of what was kept, in hexadecimal.
    pub hash: String,
    /// The report as it was closed.
    pub report: ReportView,
}

/// A number that reads otherwise today than when the period was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionView {
    /// The slice; `None` for the totals.
    pub slice: Option<ReportSlice>,
    /// The number.
    pub figure: Figure,
    /// As it was closed.
    pub was: u32,
    /// As it reads now.
    pub is: u32,
    /// The difference. 0 where somebody came for somebody who left.
    pub change: i64,
}

/// A closed period with what became of it since.
#[derive(Debug, Clone)]
pub struct RevisedPeriod {
    /// As it was closed.
    pub period: PeriodView,
    /// Whether what is kept still has the hash it was closed with.
    pub intact: bool,
    /// What reads otherwise today.
    pub revisions: Vec<RevisionView>,
}

/// What is kept of a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    view: ReportView,
    lists: Vec<KeptList>,
}

/// One number with the list behind it, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeptList {
    /// Code of the cut; `None` for the totals.
    kind: Option<String>,
    /// The slice; `None` where it is not filled in.
    id: Option<String>,
    figure: String,
    people: Vec<Uuid>,
}

impl Work<'_> {
    /// Closes a period: counts once, with all that is known now, and keeps report and lists as they are.
    ///
    /// The same label again in an office is 409 `period_closed`.
    pub async fn close_period(&self, new: &NewPeriod) -> Result<PeriodView, AppError> {
        let office = self.office(new.office_id)?;
        let mut form = Form::default();
        let label = form.text("/label", &new.label, LINE);
        form.require(new.ask.as_of.is_none_or(|day| day <= self.today()), "/as_of", Refusal::DateFuture);
        form.done()?;
        let mut question = new.ask.question(self.today())?;
        let scope = Scope::Office(office);
        check_scope(self.tx, &scope, question.classes).await?;
        question.query.known_at = Some(self.now);
        let material = Material::read(self.tx, &scope, question.classes).await?;
        let report = material.report(&question.query);
        let view = view_of(self.tx, &material, &question, &report, &self.app.knowledge()).await?;
        let lists = freeze(&report).iter().map(|frozen| kept_list(frozen, question.query.group_by)).collect();
        let kept = Kept { view, lists };
        let row = closed_period::Model {
            id: id::fresh(),
            office_id: office,
            label,
            query: json_of(&kept.view.asked)?,
            report: json_of(&kept)?,
            hash: hash_of(&kept)?,
            closed_by: self.by(),
            closed_at: self.now,
        };
        rows::insert(self.tx, row.clone()).await.map_err(label_taken)?;
        self.did("close", "closed_period", row.id, office).await?;
        Ok(period_of(row, kept.view))
    }
}

impl Look<'_> {
    /// The closed periods the actor sees.
    pub async fn periods(&self, slice: Slice) -> Result<Page<PeriodView>, AppError> {
        let page = reports::periods(self.db(), &self.scope(), slice).await?;
        let period = |row: closed_period::Model| {
            let kept = kept_of(&row)?;
            Ok(period_of(row, kept.view))
        };
        Ok(Page { rows: page.rows.into_iter().map(period).collect::<Result<_, AppError>>()?, more: page.more })
    }

    /// A closed period as it was closed, and what reads otherwise today.
    pub async fn period(&self, period: ClosedPeriodId) -> Result<RevisedPeriod, AppError> {
        let row = self.found::<closed_period::Entity>(period).await?;
        let kept = kept_of(&row)?;
        let question = asked_again(&kept.view.asked)?;
        let material = Material::read(self.db(), &Scope::Office(row.office_id), question.classes).await?;
        let now = material.report(&question.query);
        let today = view_of(self.db(), &material, &question, &now, &self.app.knowledge()).await?;
        let frozen: Vec<Frozen> = kept.lists.iter().filter_map(frozen_of).collect();
        let label = |group: &Group| slice_named(group, question.query.group_by, &[&kept.view, &today]);
        let line = |revision: crate::engine::absorption::revision::Revision| RevisionView {
            slice: revision.group.as_ref().map(label),
            figure: revision.figure,
            was: revision.was,
            is: revision.is,
            change: revision.change(),
        };
        let revisions = compare(&frozen, &now).into_iter().map(line).collect();
        let intact = hash_of(&kept)? == row.hash;
        Ok(RevisedPeriod { intact, revisions, period: period_of(row, kept.view) })
    }

    /// The list behind one number of a closed report, as it was closed.
    pub async fn period_people(
        &self,
        period: ClosedPeriodId,
        group: Option<&str>,
        figure: Option<&str>,
        slice: Slice,
    ) -> Result<Page<PlaceRow>, AppError> {
        let row = self.found::<closed_period::Entity>(period).await?;
        let mut form = Form::default();
        let figure = form.coded::<Figure>("/figure", figure.filter(|code| !code.is_empty())).unwrap_or(Figure::Denominator);
        form.done()?;
        let of_group = |list: &&KeptList| match group {
            None => list.kind.is_none(),
            Some(name) => list.kind.is_some() && list.id.as_deref().unwrap_or_default() == name,
        };
        let kept = kept_of(&row)?;
        let list = kept.lists.iter().filter(|list| list.figure == figure.code()).find(of_group).ok_or(Refusal::NotFound)?;
        let after = |id: &&Uuid| slice.after.is_none_or(|after| **id > after);
        let mut ids: Vec<Uuid> = list.people.iter().filter(after).copied().collect();
        ids.sort_unstable();
        let limit = usize::try_from(slice.limit).unwrap_or(usize::MAX);
        let more = ids.len() > limit;
        let ids: Vec<ParticipantId> = ids.into_iter().take(limit).map(ParticipantId).collect();
        let mut places = reports::places_named(self.db(), &Scope::Office(row.office_id), &ids).await?;
        places.sort_by_key(|place| place.participant_id);
        Ok(Page { rows: places.into_iter().map(named).collect(), more })
    }
}

fn period_of(row: closed_period::Model, report: ReportView) -> PeriodView {
    PeriodView {
        id: row.id,
        office_id: row.office_id,
        label: row.label,
        closed_at: row.closed_at,
        closed_by: row.closed_by,
        hash: hex(&row.hash),
        report,
    }
}

fn kept_list(frozen: &Frozen, group_by: GroupBy) -> KeptList {
    let named = frozen.group.as_ref().filter(|group| **group != Group::Unset);
    KeptList {
        kind: frozen.group.as_ref().map(|_| group_by.code().to_owned()),
        id: named.map(ToString::to_string),
        figure: frozen.figure.code().to_owned(),
        people: frozen.people.iter().map(|participant| participant.0).collect(),
    }
}

fn frozen_of(list: &KeptList) -> Option<Frozen> {
    let group = match &list.kind {
        None => None,
        Some(kind) => Some(group_of(GroupBy::parse(kind)?, list.id.as_deref())?),
    };
    let people = list.people.iter().copied().map(ParticipantId).collect();
    Some(Frozen { group, figure: Figure::parse(&list.figure)?, people })
}

fn group_of(by: GroupBy, id: Option<&str>) -> Option<Group> {
    let Some(id) = id else { return Some(Group::Unset) };
    Some(match by {
        GroupBy::Batch => Group::Batch(BatchId::parse(id)?),
        GroupBy::Programme => Group::Programme(ProgrammeId::parse(id)?),
        GroupBy::Employer => Group::Employer(EmployerId::parse(id)?),
        GroupBy::District => Group::District(RegionCode::parse(id)?),
        GroupBy::Fund => Group::Fund(id.to_owned()),
        GroupBy::Month => Group::Month(month_of(id)?),
    })
}

/// Reads `2026-01`.
fn month_of(text: &str) -> Option<Month> {
    format!("{text}-01").parse::<NaiveDate>().ok().map(Month::of)
}

/// A slice under the name it has in the first of some reports that holds it.
fn slice_named(group: &Group, by: GroupBy, reports: &[&ReportView]) -> ReportSlice {
    let id = Some(group.to_string()).filter(|_| *group != Group::Unset);
    let slices = reports.iter().flat_map(|report| &report.items).filter_map(|item| item.slice.as_ref());
    let known = slices.into_iter().find(|slice| slice.id == id).cloned();
    known.unwrap_or(ReportSlice { kind: by.code().to_owned(), id, label: None })
}

/// The question behind a closed report, asked of all that is known today.
fn asked_again(asked: &Asked) -> Result<Question, AppError> {
    let ask = ReportAsk {
        group_by: Some(asked.group_by.clone()),
        as_of: Some(asked.as_of),
        checkpoint: asked.checkpoint.map(|days| days.to_string()),
        denominator: Some(asked.denominator.clone()),
        batch_id: asked.batch_id,
        programme_id: asked.programme_id,
        office_id: asked.office_id,
    };
    ask.question(asked.as_of)
}

fn kept_of(row: &closed_period::Model) -> Result<Kept, AppError> {
    serde_json::from_value(row.report.clone())
        .map_err(|error| StoreError::Damaged(format!("the report of the closed period {}: {error}", row.id)).into())
}

fn json_of<T: Serialize>(value: &T) -> Result<serde_json::Value, AppError> {
    serde_json::to_value(value).map_err(|error| AppError::Internal(error.to_string()))
}

/// SHA-256 of what is kept, written in the order of its fields: databases reorder the keys of JSON.
fn hash_of(kept: &Kept) -> Result<Vec<u8>, AppError> {
    let bytes = serde_json::to_vec(kept).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(token::digest(&bytes))
}

fn label_taken(error: StoreError) -> AppError {
    let taken = error.is_constraint(&["closed_period_once", "closed_period.label"]);
    if taken { Refusal::PeriodClosed.into() } else { error.into() }
}
