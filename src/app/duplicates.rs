//! Likenesses between people: proposed to staff, never acted upon by themselves.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::error::AppError;
use crate::app::people::{GraduateLine, opened_birth_date};
use crate::app::work::{Look, Work};
use crate::engine::duplicate::{self, Confidence, Described, Sameness};
use crate::engine::id::{GraduateId, RowId};
use crate::store::entity::{duplicate_proposal, graduate, person};
use crate::store::page::{Page, Slice};
use crate::store::{id, people, rows};
use crate::words::refusal::Refusal;

/// How many letters two names must begin with alike before they are compared.
const BEGINNING: usize = 3;

/// Somebody who may be the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Who.
    pub graduate_id: GraduateId,
    /// How sure.
    pub confidence: Confidence,
    /// Why.
    pub reasons: Vec<&'static str>,
}

/// A pair put before staff.
#[derive(Debug, Clone)]
pub struct DuplicateView {
    /// The proposal.
    pub id: RowId,
    /// The one entered first.
    pub left: GraduateLine,
    /// The one entered later.
    pub right: GraduateLine,
    /// How sure: `high`, `medium`, `low`.
    pub confidence: String,
    /// Why.
    pub reasons: Vec<String>,
    /// `same` or `different`, once decided.
    pub decision: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// When it was proposed.
    pub created_at: DateTime<Utc>,
}

impl Work<'_> {
    /// Looks for people of the office who may be the same, and keeps what it finds for staff to decide.
    pub(in crate::app) async fn propose_duplicates(
        &self,
        row: &graduate::Model,
        person: &person::Model,
    ) -> Result<Vec<Likeness>, AppError> {
        let beginning: String = row.name_key.chars().take(BEGINNING).collect();
        let near = people::name_neighbours(self.tx, row.office_id, &beginning, row.id).await?;
        let near: Vec<graduate::Model> = near.into_iter().filter(|other| duplicate::names_alike(&row.name_key, &other.name_key)).collect();
        if near.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<_> = near.iter().map(|other| other.person_id).collect();
        let persons = people::persons(self.tx, &ids).await?;
        let born = self.birth_date(row, person)?;
        let mut found = Vec::new();
        for other in &near {
            let Some(behind) = persons.iter().find(|person| person.id == other.person_id && person.merged_into.is_none()) else { continue };
            let sameness = duplicate::compare(
                &Described { name_key: &row.name_key, born, nik: person.nik_hash.as_deref() },
                &Described { name_key: &other.name_key, born: self.birth_date(other, behind)?, nik: behind.nik_hash.as_deref() },
            );
            if let Some(Sameness { confidence, reasons }) = sameness {
                self.propose(row, other, confidence, &reasons).await?;
                found.push(Likeness { graduate_id: other.id, confidence, reasons });
            }
        }
        found.sort_by_key(|likeness| (likeness.confidence, likeness.graduate_id));
        Ok(found)
    }

    fn birth_date(&self, row: &graduate::Model, person: &person::Model) -> Result<Option<NaiveDate>, AppError> {
        match &person.data_key {
            Some(wrapped) if row.birth_date_sealed.is_some() => opened_birth_date(&self.person_key(Some(wrapped))?, row),
            _ => Ok(None),
        }
    }

    async fn propose(
        &self,
        row: &graduate::Model,
        other: &graduate::Model,
        confidence: Confidence,
        reasons: &[&'static str],
    ) -> Result<(), AppError> {
        let (left, right) = if row.id < other.id { (row.id, other.id) } else { (other.id, row.id) };
        let proposal = duplicate_proposal::Model {
            id: id::fresh(),
            office_id: row.office_id,
            left_graduate: left,
            right_graduate: right,
            confidence: confidence.code().to_owned(),
            reasons: reasons.iter().copied().collect(),
            decision: None,
            decided_by: None,
            decided_at: None,
            created_at: self.now,
        };
        rows::insert_once(self.tx, proposal).await?;
        Ok(())
    }

    /// Records whether a proposed pair is one person. Nothing is merged by it.
    pub async fn decide_duplicate(&self, proposal: RowId, same: bool) -> Result<DuplicateView, AppError> {
        let row = self.locked::<duplicate_proposal::Entity>(proposal).await?;
        if let Some(decision) = &row.decision {
            let state = if decision == "same" { "same" } else { "different" };
            return Err(Refusal::WrongState { what: "duplicate", state, event: "decide" }.into());
        }
        let decision = if same { "same" } else { "different" };
        let row =
            duplicate_proposal::Model { decision: Some(decision.to_owned()), decided_by: self.by(), decided_at: Some(self.now), ..row };
        rows::update(self.tx, row.clone()).await?;
        self.did(decision, "duplicate_proposal", row.id, row.office_id).await?;
        let both = people::graduates(self.tx, &[row.left_graduate, row.right_graduate]).await?;
        let lines: Vec<GraduateLine> = both.into_iter().map(|row| self.app.graduate_line(row)).collect();
        duplicate_view(row, &lines)
    }
}

impl Look<'_> {
    /// Pairs put before staff of the actor's scope, open or decided.
    pub async fn duplicates(&self, decided: bool, slice: Slice) -> Result<Page<DuplicateView>, AppError> {
        let page = people::proposals(self.db(), &self.scope(), decided, slice).await?;
        let ids: Vec<GraduateId> = page.rows.iter().flat_map(|row| [row.left_graduate, row.right_graduate]).collect();
        let both = people::graduates(self.db(), &ids).await?;
        let lines: Vec<GraduateLine> = both.into_iter().map(|row| self.app.graduate_line(row)).collect();
        let views = page.rows.into_iter().map(|row| duplicate_view(row, &lines)).collect::<Result<Vec<_>, _>>()?;
        Ok(Page { rows: views, more: page.more })
    }
}

fn duplicate_view(row: duplicate_proposal::Model, lines: &[GraduateLine]) -> Result<DuplicateView, AppError> {
    let line = |id: GraduateId| {
        let found = lines.iter().find(|line| line.id == id).cloned();
        found.ok_or_else(|| AppError::Internal("a proposed pair names a graduate who is gone".to_owned()))
    };
    Ok(DuplicateView {
        id: row.id,
        left: line(row.left_graduate)?,
        right: line(row.right_graduate)?,
        confidence: row.confidence,
        reasons: serde_json::from_value(row.reasons).unwrap_or_default(),
        decision: row.decision,
        decided_at: row.decided_at,
        created_at: row.created_at,
    })
}
