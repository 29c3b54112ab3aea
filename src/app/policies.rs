//! Scoring policies: which one is in force for an office, what was in force before, and setting the next.
//!
//! An office's own policy wins over the installation's, and that over the one built in. Setting a policy adds a version
//! and ends the one before; nothing is overwritten, so every list can tell what it was made with.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rustc_hash::FxHashMap;
use serde_json::json;

use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::matches::policy_name;
use crate::app::policy_file::{self, Written};
use crate::app::work::{Look, Work};
use crate::engine::id::{AccountId, OfficeId, RowId};
use crate::engine::matching::policy::{Policy, PolicyDraft};
use crate::store::database::Connection;
use crate::store::entity::{office, policy, vacancy};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice};
use crate::store::{id, policies, rows};
use crate::words::refusal::Refusal;

/// The policies in force, kept in memory.
#[derive(Debug, Default)]
pub struct Policies {
    built_in: Arc<Policy>,
    set: FxHashMap<Option<OfficeId>, (Arc<Policy>, policy::Model)>,
}

/// A version of a policy with its history.
#[derive(Debug, Clone)]
pub struct PolicyView {
    /// The row; `None` for the policy built in.
    pub id: Option<RowId>,
    /// Whose it is; `None` for the whole installation's and the one built in.
    pub office: Option<OfficeId>,
    /// The policy.
    pub policy: Arc<Policy>,
    /// As a text.
    pub toml: String,
    /// Who set it.
    pub created_by: Option<AccountId>,
    /// Since when it is, or was, in force.
    pub created_at: Option<DateTime<Utc>>,
    /// When the next one took its place.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Policies {
    /// Reads the policies in force.
    pub(in crate::app) async fn load<C: Connection>(db: &C) -> Result<Self, AppError> {
        let mut set = FxHashMap::default();
        for row in policies::in_force(db).await? {
            set.insert(row.office_id, (Arc::new(stored(&row)?), row));
        }
        Ok(Self { built_in: Arc::default(), set })
    }

    /// The policy that scores an office's vacancies; without an office, those of offices that set none.
    #[must_use]
    pub fn of(&self, office: Option<OfficeId>) -> Arc<Policy> {
        self.row_of(office).map_or_else(|| self.built_in.clone(), |(policy, _)| policy.clone())
    }

    /// The policy an office set itself, or the installation for all.
    pub(in crate::app) fn own(&self, office: Option<OfficeId>) -> Option<&policy::Model> {
        self.set.get(&office).map(|(_, row)| row)
    }

    fn row_of(&self, office: Option<OfficeId>) -> Option<&(Arc<Policy>, policy::Model)> {
        office.and_then(|office| self.set.get(&Some(office))).or_else(|| self.set.get(&None))
    }
}

impl PolicyView {
    /// Name and version, as lists print them.
    #[must_use]
    pub fn printed(&self) -> String {
        policy_name(&self.policy)
    }

    fn of(row: policy::Model) -> Result<Self, AppError> {
        Ok(Self {
            policy: Arc::new(stored(&row)?),
            id: Some(row.id),
            office: row.office_id,
            toml: row.body,
            created_by: row.created_by,
            created_at: Some(row.created_at),
            ended_at: row.ended_at,
        })
    }

    fn built_in() -> Self {
        let policy = Arc::<Policy>::default();
        let toml = policy_file::write(&policy);
        Self { id: None, office: None, policy, toml, created_by: None, created_at: None, ended_at: None }
    }
}

impl App {
    /// The policy that scores an office's vacancies.
    #[must_use]
    pub fn policy_of(&self, office: OfficeId) -> Arc<Policy> {
        self.knowledge().policies.of(Some(office))
    }

    /// Vacancies by the policy that scores them, each group in the order given.
    pub(in crate::app) fn by_policy(&self, rows: Vec<vacancy::Model>) -> Vec<(Arc<Policy>, Vec<vacancy::Model>)> {
        let knowledge = self.knowledge();
        let mut groups: Vec<(Arc<Policy>, Vec<vacancy::Model>)> = Vec::new();
        for row in rows {
            let policy = knowledge.policies.of(Some(row.office_id));
            match groups.iter_mut().find(|(known, _)| Arc::ptr_eq(known, &policy)) {
                Some((_, group)) => group.push(row),
                None => groups.push((policy, vec![row])),
            }
        }
        groups
    }
}

impl Look<'_> {
    /// The policy in force for an office the actor may ask about, or for the whole installation.
    pub async fn policy_in_force(&self, named: Option<OfficeId>) -> Result<PolicyView, AppError> {
        let office = self.policy_owner(named).await?;
        match self.app.knowledge().policies.row_of(office) {
            Some((_, row)) => PolicyView::of(row.clone()),
            None => Ok(PolicyView::built_in()),
        }
    }

    /// What was ever set for an office and for the whole installation, oldest first.
    pub async fn policy_history(&self, named: Option<OfficeId>, slice: Slice) -> Result<Page<PolicyView>, AppError> {
        let office = self.policy_owner(named).await?;
        let page = policies::history(self.db(), office, slice).await?;
        Ok(Page { rows: page.rows.into_iter().map(PolicyView::of).collect::<Result<_, _>>()?, more: page.more })
    }

    pub(in crate::app) async fn policy_owner(&self, named: Option<OfficeId>) -> Result<Option<OfficeId>, AppError> {
        let office = owner(self.actor.office, named)?;
        if let Some(office) = office {
            self.found::<office::Entity>(office).await?;
        }
        Ok(office)
    }
}

impl Work<'_> {
    /// Sets the policy of an office, or of the whole installation by an actor who belongs to no office.
    ///
    /// A text that names no version gets the next one of its name.
    pub async fn set_policy(&self, text: &str, named: Option<OfficeId>) -> Result<PolicyView, AppError> {
        let office = owner(self.actor.office, named)?;
        if let Some(office) = office {
            self.found::<office::Entity>(office).await?;
        }
        let written = policy_file::read(text).map_err(AppError::Invalid)?;
        let before = policies::in_force_locked(self.tx, office).await?;
        let policy = next_version(self.tx, written, before.as_ref(), office).await?;
        if let Some(before) = before {
            rows::update(self.tx, policy::Model { ended_at: Some(self.now), ..before }).await?;
        }
        let row = policy::Model {
            id: id::fresh(),
            office_id: office,
            name: policy.name().to_owned(),
            revision: i32::try_from(policy.version()).unwrap_or(i32::MAX),
            body: policy_file::write(&policy),
            created_by: self.by(),
            created_at: self.now,
            ended_at: None,
        };
        if !rows::insert_once(self.tx, row.clone()).await? {
            return Err(Refusal::PolicyJustChanged.into());
        }
        self.changed("policy", row.id, office);
        self.record("set_policy", "policy", row.id, office, json!({"name": row.name, "version": row.revision})).await?;
        PolicyView::of(row)
    }
}

/// The policy with the version it gets when it is set now, or the refusal.
pub(in crate::app) async fn next_version<C: Connection>(
    db: &C,
    written: Written,
    before: Option<&policy::Model>,
    office: Option<OfficeId>,
) -> Result<Policy, AppError> {
    let known = versions(&policies::named(db, written.policy.name()).await?, written.policy.name())?;
    numbered(&written, &known, before, office)
}

/// A version of a name that exists, and whose it is.
struct Version {
    office: Option<OfficeId>,
    draft: PolicyDraft,
    stored: bool,
}

fn versions(rows: &[policy::Model], name: &str) -> Result<Vec<Version>, AppError> {
    let stored_version = |row: &policy::Model| Ok(Version { office: row.office_id, draft: stored(row)?.draft().clone(), stored: true });
    let mut all = rows.iter().map(stored_version).collect::<Result<Vec<_>, AppError>>()?;
    let built_in = PolicyDraft::default();
    if built_in.name == name {
        all.push(Version { office: None, draft: built_in, stored: false });
    }
    Ok(all)
}

/// The policy with its version. A name and a version mean the same numbers everywhere in the installation, so that what a
/// list prints says what it was made with.
fn numbered(written: &Written, known: &[Version], before: Option<&policy::Model>, office: Option<OfficeId>) -> Result<Policy, AppError> {
    let next = known.iter().map(|version| i64::from(version.draft.version) + 1).max().unwrap_or(1);
    let mut draft = written.policy.draft().clone();
    if let Some(before) = before {
        let now = stored(before)?;
        let same_numbers = PolicyDraft { version: now.version(), ..draft.clone() } == *now.draft();
        if same_numbers && (!written.names_version || draft.version == now.version()) {
            return Err(Refusal::PolicyInForce.into());
        }
    }
    if written.names_version {
        let same = known.iter().filter(|version| version.draft.version == draft.version);
        let taken = same.into_iter().any(|version| version.draft != draft || (version.stored && version.office == office));
        if taken {
            return Err(Refusal::PolicyVersionTaken { name: draft.name.clone(), version: draft.version, next }.into());
        }
    } else {
        draft.version = u32::try_from(next).unwrap_or(u32::MAX);
    }
    Policy::validate(draft).map_err(|problems| AppError::Internal(format!("a checked policy was refused: {problems:?}")))
}

/// Whose policy an actor speaks of: the own office's, the named one's, or the whole installation's.
fn owner(own: Option<OfficeId>, named: Option<OfficeId>) -> Result<Option<OfficeId>, AppError> {
    match (own, named) {
        (Some(own), Some(named)) if own != named => Err(Refusal::NotFound.into()),
        (Some(own), _) => Ok(Some(own)),
        (None, named) => Ok(named),
    }
}

/// The policy of a row. One that cannot be read is damage: another policy would silently score otherwise.
fn stored(row: &policy::Model) -> Result<Policy, AppError> {
    let written = policy_file::read(&row.body).map_err(|_problems| StoreError::Damaged(format!("policy {}", row.id)))?;
    Ok(written.policy)
}
