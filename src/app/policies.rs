//! Scoring policies: which one is in force where, and setting another.
//!
//! An office's own comes first, then the installation's, then the one in the binary. A new one is a new version; the old ones stay, and
//! a frozen list keeps the body of the one it was made with.

use chrono::{DateTime, Utc};
use rustc_hash::FxHashMap;
use serde_json::json;

use crate::app::error::AppError;
use crate::app::policy_text::{read, written};
use crate::app::work::{Look, Work};
use crate::engine::id::{AccountId, OfficeId, RowId};
use crate::engine::matching::policy::{Policy, PolicyDraft};
use crate::store::entity::policy;
use crate::store::{id, policies, rows};

/// The policies in force, by office; those of no office hold for all that have none.
#[derive(Debug, Default)]
pub struct PoliciesInForce(FxHashMap<Option<OfficeId>, Policy>);

impl PoliciesInForce {
    /// The last of each, oldest first. A row that cannot be read any more is passed over, and said so in the log.
    pub(in crate::app) fn of(rows: &[policy::Model]) -> Self {
        let mut all = Self::default();
        for row in rows {
            match read(&row.body) {
                Ok(policy) => _ = all.0.insert(row.office_id, policy),
                Err(error) => tracing::error!(policy = %row.id, %error, "a stored policy cannot be read and is passed over"),
            }
        }
        all
    }

    /// The policy in force for an office, or for nobody in particular.
    #[must_use]
    pub fn of_office(&self, office: Option<OfficeId>) -> Policy {
        let own = office.and_then(|office| self.0.get(&Some(office)));
        own.or_else(|| self.0.get(&None)).cloned().unwrap_or_default()
    }
}

/// A version of a policy.
#[derive(Debug, Clone)]
pub struct PolicyView {
    /// Its id; none for the one in the binary.
    pub id: Option<RowId>,
    /// Whose it is; none holds for all offices without their own.
    pub office: Option<OfficeId>,
    /// What staff call it.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// The policy as a file.
    pub toml: String,
    /// Who set it.
    pub set_by: Option<AccountId>,
    /// When.
    pub set_at: Option<DateTime<Utc>>,
}

impl From<policy::Model> for PolicyView {
    fn from(row: policy::Model) -> Self {
        Self {
            id: Some(row.id),
            office: row.office_id,
            name: row.name,
            version: u32::try_from(row.revision).unwrap_or(0),
            toml: row.body,
            set_by: row.created_by,
            set_at: Some(row.created_at),
        }
    }
}

impl Look<'_> {
    /// The policy in force for the actor's office.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.app.policy_of(self.actor.office)
    }

    /// The version in force for the actor's office, then all others that ever were in force there, newest first.
    pub async fn policies(&self) -> Result<Vec<PolicyView>, AppError> {
        let mut views: Vec<PolicyView> = Vec::new();
        if let Some(office) = self.actor.office {
            views.extend(policies::of(self.db(), Some(office)).await?.into_iter().map(PolicyView::from));
        }
        views.extend(policies::of(self.db(), None).await?.into_iter().map(PolicyView::from));
        let policy = Policy::default();
        let (name, version, toml) = (policy.name().to_owned(), policy.version(), written(&policy));
        views.push(PolicyView { id: None, office: None, name, version, toml, set_by: None, set_at: None });
        Ok(views)
    }
}

impl Work<'_> {
    /// Sets the policy of the actor's office (of the installation, for an actor of none) as its next version.
    pub async fn set_policy(&self, toml: &str) -> Result<PolicyView, AppError> {
        let policy = read(toml)?;
        let office = self.actor.office;
        let versions = policies::of(self.tx, office).await?;
        let same_name = versions.iter().filter(|row| row.name == policy.name());
        // The name in the binary has version 1 already.
        let taken = if policy.name() == Policy::default().name() { Policy::default().version() } else { 0 };
        let newest = same_name.filter_map(|row| u32::try_from(row.revision).ok()).max().unwrap_or(0).max(taken);
        let draft = PolicyDraft { version: newest + 1, ..policy.draft().clone() };
        let policy = Policy::validate(draft).map_err(|problem| AppError::Internal(problem.to_string()))?;
        let row = policy::Model {
            id: id::fresh(),
            office_id: office,
            name: policy.name().to_owned(),
            revision: i32::try_from(policy.version()).unwrap_or(i32::MAX),
            body: written(&policy),
            created_by: self.by(),
            created_at: self.now,
        };
        rows::insert(self.tx, row.clone()).await?;
        self.changed("policy", row.id, office);
        self.record("set", "policy", row.id, office, json!({"name": row.name, "version": row.revision})).await?;
        Ok(row.into())
    }
}

impl crate::app::installation::App {
    /// The policy in force for an office.
    #[must_use]
    pub fn policy_of(&self, office: Option<OfficeId>) -> Policy {
        self.knowledge().policies.of_office(office)
    }
}
