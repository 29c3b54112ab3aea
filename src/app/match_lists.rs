//! Frozen match lists: what staff acted on, kept as it was, with every decision and its reason.
//!
//! Each entry keeps the scorer's inputs sealed with the person's key, so the list can be recomputed until the person
//! is erased; rank and score stay even then.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::error::AppError;
use crate::app::frozen::FrozenDemand;
use crate::app::matches::{Named, refuse_closed};
use crate::app::policy_file;
use crate::app::work::{Look, Work};
use crate::engine::id::{AccountId, GraduateId, MatchListId, VacancyId};
use crate::engine::kinds::{Decision, Reason};
use crate::engine::matching::{row, score};
use crate::store::entity::{match_list, match_list_entry, vacancy};
use crate::store::{id, match_lists, rows};
use crate::words::refusal::Refusal;

/// The most entries one frozen list keeps.
const MOST_ENTRIES: usize = 1_000;

/// A frozen list.
#[derive(Debug, Clone)]
pub struct FrozenList {
    /// The list.
    pub id: MatchListId,
    /// Whose.
    pub vacancy: VacancyId,
    /// The day it shows.
    pub as_of: NaiveDate,
    /// Policy and its version.
    pub policy: String,
    /// Version of the catalogue.
    pub catalogue: String,
    /// The seed recorded with it.
    pub seed: i64,
    /// Length of the whole list that day.
    pub count: i32,
    /// Whether anything could be assessed.
    pub assessable: bool,
    /// Who froze it.
    pub frozen_by: Option<AccountId>,
    /// When.
    pub frozen_at: DateTime<Utc>,
    /// Version for edits.
    pub version: i32,
}

/// One entry of a frozen list.
#[derive(Debug, Clone)]
pub struct FrozenEntry {
    /// Who; `None` once erased.
    pub graduate: Option<Named>,
    /// The graduate's id.
    pub graduate_id: GraduateId,
    /// Rank by score that day.
    pub rank: i32,
    /// Place staff gave it.
    pub place: i32,
    /// Score in hundredths that day.
    pub score: Option<u32>,
    /// Straight-line metres that day.
    pub metres: Option<i64>,
    /// What staff decided.
    pub decision: Option<Decision>,
    /// Why, as a code.
    pub reason: Option<Reason>,
    /// Why, in words.
    pub reason_text: Option<String>,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Version for edits.
    pub version: i32,
    /// Whether scoring the sealed inputs again gives the same score; `None` where they are gone.
    pub recomputes: Option<bool>,
}

/// A decision on an entry.
#[derive(Debug, Clone)]
pub struct EntryDecision {
    /// Who it is about.
    pub graduate: GraduateId,
    /// What was decided.
    pub decision: Decision,
    /// Why: a reason's code or words; needed to reject and to move.
    pub reason: Option<String>,
    /// A new place in the order.
    pub place: Option<i32>,
    /// The version read, where the caller checks it.
    pub version: Option<i32>,
}

impl From<match_list::Model> for FrozenList {
    fn from(row: match_list::Model) -> Self {
        Self {
            id: row.id,
            vacancy: row.vacancy_id,
            as_of: row.as_of,
            policy: format!("{} v{}", row.policy_name, row.policy_revision),
            catalogue: row.catalogue,
            seed: row.seed,
            count: row.count,
            assessable: row.assessable,
            frozen_by: row.frozen_by,
            frozen_at: row.frozen_at,
            version: row.version,
        }
    }
}

impl From<match_list_entry::Model> for FrozenEntry {
    fn from(row: match_list_entry::Model) -> Self {
        Self {
            graduate: None,
            graduate_id: row.graduate_id,
            rank: row.rank,
            place: row.place,
            score: row.score.and_then(|score| u32::try_from(score).ok()),
            metres: row.metres,
            decision: row.decision,
            reason: row.reason,
            reason_text: row.reason_text,
            decided_by: row.decided_by,
            decided_at: row.decided_at,
            version: row.version,
            recomputes: None,
        }
    }
}

impl Work<'_> {
    /// Freezes a vacancy's match list as it is now.
    pub async fn freeze_matches(&self, id: VacancyId) -> Result<FrozenList, AppError> {
        let vacancy = self.locked::<vacancy::Entity>(id).await?;
        let policy = self.app.policy_of(vacancy.office_id);
        refuse_closed(&vacancy, self.today())?;
        let demand = self.app.demand(self.tx, &vacancy, &policy).await?;
        let index = self.app.index();
        let page = index.top(&demand, &policy, self.today(), MOST_ENTRIES, None);
        let list = match_list::Model {
            id: id::fresh(),
            vacancy_id: id,
            office_id: vacancy.office_id,
            as_of: self.today(),
            policy_name: policy.name().to_owned(),
            policy_revision: i32::try_from(policy.version()).unwrap_or(0),
            policy_body: policy_file::write(&policy),
            catalogue: self.app.knowledge().catalogue.version(),
            // The order of a list draws no lots; the column is there for runs that do.
            seed: 0,
            demand: FrozenDemand::of(&demand).to_bytes()?,
            count: i32::try_from(page.count).unwrap_or(i32::MAX),
            assessable: page.assessable,
            frozen_by: self.by(),
            frozen_at: self.now,
            version: 1,
        };
        let people = match_lists::people_of(self.tx, &page.items.iter().map(|item| item.graduate).collect::<Vec<_>>()).await?;
        let mut entries = Vec::with_capacity(page.items.len());
        for (at, item) in page.items.iter().enumerate() {
            let person = people.iter().find(|(graduate, _)| graduate.id == item.graduate).map(|(_, person)| person);
            let inputs = index.candidate(item.graduate).map(|candidate| row::pack(&candidate));
            let sealed = match (person, inputs) {
                (Some(person), Some(inputs)) if person.data_key.is_some() => {
                    Some(self.person_key(person.data_key.as_deref())?.seal(&inputs)?)
                }
                _ => None,
            };
            let rank = i32::try_from(at + 1).unwrap_or(i32::MAX);
            entries.push(match_list_entry::Model {
                list_id: list.id,
                graduate_id: item.graduate,
                rank,
                place: rank,
                score: item.score.as_ref().and_then(|score| i32::try_from(score.total_hundredths).ok()),
                metres: item.metres.map(i64::from),
                inputs_sealed: sealed,
                decision: None,
                reason: None,
                reason_text: None,
                decided_by: None,
                decided_at: None,
                version: 1,
            });
        }
        rows::insert(self.tx, list.clone()).await?;
        rows::insert_many(self.tx, entries).await?;
        self.did("freeze", "match_list", list.id, list.office_id).await?;
        Ok(list.into())
    }

    /// Decides one entry of a frozen list: shortlist, reserve, reject, or another place in the order.
    pub async fn decide_entry(&self, list: MatchListId, decided: &EntryDecision) -> Result<FrozenEntry, AppError> {
        let list = self.locked::<match_list::Entity>(list).await?;
        let entry = match_lists::entry(self.tx, list.id, decided.graduate).await?.ok_or(Refusal::NotInList)?;
        if let Some(version) = decided.version {
            crate::app::work::fresh_version(entry.version, version)?;
        }
        self.refuse_own(decided.graduate).await?;
        let reason = decided.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        let moved = decided.place.is_some_and(|place| place != entry.place);
        if reason.is_none() && (moved || decided.decision == Decision::Reject) {
            return Err(AppError::field("/reason", Refusal::ReasonNeeded));
        }
        if reason.is_some_and(|reason| reason.chars().count() > crate::app::field::LINE) {
            return Err(AppError::field("/reason", Refusal::TextTooLong { limit: crate::app::field::LINE }));
        }
        let place = decided.place.unwrap_or(entry.place);
        if !(1..=i32::try_from(MOST_ENTRIES).unwrap_or(i32::MAX)).contains(&place) {
            return Err(AppError::field("/place", Refusal::NumberOutOfRange { low: 1, high: 1_000 }));
        }
        let code = reason.and_then(Reason::parse);
        let row = match_list_entry::Model {
            place,
            decision: Some(decided.decision),
            reason: code.or(reason.map(|_| Reason::Other)),
            reason_text: reason.filter(|_| code.is_none()).map(str::to_owned),
            decided_by: self.by(),
            decided_at: Some(self.now),
            version: entry.version + 1,
            ..entry
        };
        rows::update(self.tx, row.clone()).await?;
        let detail = serde_json::json!({"graduate_id": decided.graduate.to_string(), "decision": decided.decision.code(), "place": place});
        self.record("decide", "match_list", list.id, Some(list.office_id), detail).await?;
        self.changed("match_list", list.id, Some(list.office_id));
        Ok(row.into())
    }

    /// Nobody decides about themselves.
    async fn refuse_own(&self, graduate: GraduateId) -> Result<(), AppError> {
        let Some(person) = self.actor.person else { return Ok(()) };
        let rows = match_lists::shown(self.tx, &[graduate]).await?;
        if rows.iter().any(|row| row.person_id == person) { Err(Refusal::ConflictOfInterest.into()) } else { Ok(()) }
    }
}

impl Look<'_> {
    /// The frozen lists of a vacancy, newest first.
    pub async fn frozen_lists(&self, vacancy: VacancyId) -> Result<Vec<FrozenList>, AppError> {
        let vacancy = self.found::<vacancy::Entity>(vacancy).await?;
        let lists = match_lists::of_vacancy(self.db(), &self.scope(), vacancy.id).await?;
        Ok(lists.into_iter().map(FrozenList::from).collect())
    }

    /// One frozen list with its entries, each scored again from its sealed inputs.
    pub async fn frozen_list(&self, id: MatchListId) -> Result<(FrozenList, Vec<FrozenEntry>), AppError> {
        let list = self.found::<match_list::Entity>(id).await?;
        let entries = match_lists::entries(self.db(), list.id).await?;
        let ids: Vec<GraduateId> = entries.iter().map(|entry| entry.graduate_id).collect();
        let named = self.named(ids.iter().copied()).await?;
        let people = match_lists::people_of(self.db(), &ids).await?;
        let demand = FrozenDemand::from_bytes(&list.demand).map(|frozen| frozen.demand(list.vacancy_id));
        // The list is judged by the policy it was made with, whatever is in force now.
        let policy = policy_file::read(&list.policy_body).ok().map(|written| written.policy);
        let mut shown = Vec::with_capacity(entries.len());
        for entry in entries {
            let person = people.iter().find(|(graduate, _)| graduate.id == entry.graduate_id).map(|(_, person)| person);
            let erased = person.is_none_or(|person| person.data_key.is_none());
            let recomputes = match (&demand, &policy, person, &entry.inputs_sealed) {
                (Some(demand), Some(policy), Some(person), Some(sealed)) if !erased => {
                    let inputs = self.app.keyring.person_key(person.data_key.as_deref())?.open(sealed)?;
                    let again = row::unpack(&inputs).ok().and_then(|candidate| score::score(&candidate, demand, policy, list.as_of));
                    let again = again.and_then(|score| i32::try_from(score.total_hundredths).ok());
                    Some(entry.score.is_none() || again == entry.score)
                }
                _ => None,
            };
            let graduate = named.get(&entry.graduate_id).filter(|_| !erased).cloned();
            shown.push(FrozenEntry { graduate, recomputes, ..FrozenEntry::from(entry) });
        }
        Ok((list.into(), shown))
    }
}
