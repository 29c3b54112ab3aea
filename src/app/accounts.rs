//! Offices and accounts.

use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::sessions::AccountView;
use crate::app::work::{Look, Work, fresh_version};
use crate::engine::coded::Coded as _;
use crate::engine::day::Zone;
use crate::engine::id::{AccountId, EmployerId, GraduateId, OfficeId};
use crate::engine::kinds::Role;
use crate::store::entity::{account, graduate, office};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice};
use crate::store::{accounts, id, rows, sessions};
use crate::words::refusal::Refusal;

/// An office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeView {
    /// The office.
    pub id: OfficeId,
    /// Its name.
    pub name: String,
    /// `disnaker`, `blk` or `other`.
    pub kind: String,
    /// The region it serves.
    pub region_code: String,
    /// Its time zone.
    pub zone: String,
    /// Its telephone, shown on graduates' pages.
    pub phone: Option<String>,
    /// Version for edits.
    pub version: i32,
}

impl From<office::Model> for OfficeView {
    fn from(row: office::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            kind: row.kind,
            region_code: row.region_code,
            zone: row.zone,
            phone: row.phone,
            version: row.version,
        }
    }
}

/// What an office is made of.
#[derive(Debug, Clone)]
pub struct NewOffice {
    /// Its name.
    pub name: String,
    /// `disnaker`, `blk` or `other`.
    pub kind: String,
    /// The region it serves.
    pub region_code: String,
    /// `WIB`, `WITA` or `WIT`.
    pub zone: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
}

/// What an account is made of.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Login name.
    pub login: String,
    /// Role code.
    pub role: String,
    /// Name shown.
    pub display_name: String,
    /// Office; taken from the actor where absent.
    pub office_id: Option<OfficeId>,
    /// Employer, for an employer's account.
    pub employer_id: Option<EmployerId>,
    /// Region, for a viewer.
    pub region_code: Option<String>,
    /// Password; without one a set-up link is made.
    pub password: Option<String>,
}

/// A new account, and the one-time address where its password is set.
#[derive(Debug, Clone)]
pub struct AccountMade {
    /// The account.
    pub account: AccountView,
    /// Where its owner sets the password; `None` if one was given.
    pub setup_url: Option<String>,
}

impl Work<'_> {
    /// Founds an office.
    pub async fn found_office(&self, new: &NewOffice) -> Result<OfficeView, AppError> {
        let mut form = Form::default();
        let name = form.text("/name", &new.name, LINE);
        form.require(
            matches!(new.kind.as_str(), "disnaker" | "blk" | "other"),
            "/kind",
            Refusal::CodeUnknown { allowed: "disnaker, blk, other".to_owned() },
        );
        let region = form.region("/region_code", Some(&new.region_code));
        form.require(region.is_some(), "/region_code", Refusal::DistrictUnknown);
        let zone = form.coded::<Zone>("/zone", new.zone.as_deref()).unwrap_or(Zone::Wib);
        let phone = form.phone("/phone", new.phone.as_deref());
        form.done()?;
        let row = office::Model {
            id: id::fresh(),
            name,
            kind: new.kind.clone(),
            region_code: new.region_code.clone(),
            zone: zone.coded().to_owned(),
            phone: phone.map(|phone| phone.as_str().to_owned()),
            settings: serde_json::json!({}),
            created_at: self.now,
            version: 1,
        };
        rows::insert(self.tx, row.clone()).await?;
        self.did("found", "office", row.id, row.id).await?;
        Ok(row.into())
    }

    /// Opens an account. Heads open accounts of their own office; only the administrator opens the installation's.
    pub async fn open_account(&self, new: &NewAccount) -> Result<AccountMade, AppError> {
        let mut form = Form::default();
        let login = new.login.trim().to_lowercase();
        form.require(is_login(&login), "/login", Refusal::LoginMalformed);
        let name = form.text("/display_name", &new.display_name, LINE);
        let role = form.coded::<Role>("/role", Some(&new.role));
        form.require(
            role != Some(Role::Employer) || new.employer_id.is_some(),
            "/employer_id",
            Refusal::FieldMissing { field: "employer_id".to_owned() },
        );
        form.require(
            role != Some(Role::Viewer) || new.region_code.is_some(),
            "/region_code",
            Refusal::FieldMissing { field: "region_code".to_owned() },
        );
        form.region("/region_code", new.region_code.as_deref());
        let long_enough = new.password.as_ref().is_none_or(|secret| secret.chars().count() >= crate::seal::password::MIN_CHARS);
        form.require(long_enough, "/password", Refusal::PasswordWeak { least: crate::seal::password::MIN_CHARS });
        form.done()?;
        let role = role.ok_or(Refusal::RoleNotAllowed)?;
        let office_id = match role {
            Role::Admin | Role::Viewer if self.actor.office.is_some() => return Err(Refusal::RoleNotAllowed.into()),
            Role::Admin | Role::Viewer | Role::Employer => None,
            Role::Head | Role::Officer | Role::Instructor => Some(self.office(new.office_id)?),
        };
        let password_hash = match &new.password {
            Some(secret) => Some(crate::app::sessions::hash_password(secret).await?),
            None => None,
        };
        let row = account::Model {
            id: id::fresh(),
            office_id,
            employer_id: new.employer_id.filter(|_| role == Role::Employer),
            person_id: None,
            region_code: new.region_code.clone(),
            role,
            login,
            password_hash,
            display_name: name,
            phone: None,
            language: "id".to_owned(),
            disabled_at: None,
            created_at: self.now,
            version: 1,
        };
        rows::insert(self.tx, row.clone()).await.map_err(login_taken)?;
        self.changed("account", row.id, office_id);
        self.record("open", "account", row.id, office_id, serde_json::json!({ "role": role.code() })).await?;
        let setup_url = match row.password_hash {
            Some(_) => None,
            None => Some(format!("{}/setup/{}", self.app.public_url, self.setup_link(&row).await?)),
        };
        Ok(AccountMade { account: row.into(), setup_url })
    }

    /// Makes a new one-time link to set an account's password, and signs the account out everywhere.
    pub async fn reset_account(&self, account: AccountId) -> Result<String, AppError> {
        let row = self.locked::<account::Entity>(account).await?;
        sessions::revoke_account(self.tx, row.id, self.now).await?;
        Ok(format!("{}/setup/{}", self.app.public_url, self.setup_link(&row).await?))
    }

    /// The same by login name.
    pub async fn reset_login(&self, login: &str) -> Result<String, AppError> {
        let account = accounts::by_login(self.tx, &login.trim().to_lowercase()).await?.ok_or(Refusal::NotFound)?;
        self.reset_account(account.id).await
    }

    /// Records that the owner of an account is also somebody in the files, so that they decide nothing about themselves.
    pub async fn account_is_person(&self, account: AccountId, graduate: Option<GraduateId>) -> Result<AccountView, AppError> {
        let row = self.locked::<account::Entity>(account).await?;
        let person_id = match graduate {
            Some(graduate) => Some(self.found::<graduate::Entity>(graduate).await?.person_id),
            None => None,
        };
        let row = account::Model { person_id, version: row.version + 1, ..row };
        rows::update(self.tx, row.clone()).await?;
        self.changed("account", row.id, row.office_id);
        self.record("is_person", "account", row.id, row.office_id, serde_json::json!({ "known": person_id.is_some() })).await?;
        Ok(row.into())
    }

    /// Enables or disables an account.
    pub async fn enable_account(&self, account: AccountId, enabled: bool, version: i32) -> Result<AccountView, AppError> {
        let row = self.locked::<account::Entity>(account).await?;
        fresh_version(row.version, version)?;
        if !enabled {
            sessions::revoke_account(self.tx, row.id, self.now).await?;
        }
        let row = account::Model { disabled_at: (!enabled).then_some(self.now), version: row.version + 1, ..row };
        rows::update(self.tx, row.clone()).await?;
        self.changed("account", row.id, row.office_id);
        self.record(if enabled { "enable" } else { "disable" }, "account", row.id, row.office_id, serde_json::json!({})).await?;
        Ok(row.into())
    }
}

impl crate::app::installation::App {
    /// On an installation without accounts: opens the administrator's and answers the one-time link to its password.
    pub async fn first_administrator(&self) -> Result<Option<String>, AppError> {
        let cli = crate::app::actor::Actor::cli(None);
        if !self.look(&cli).accounts(Slice { limit: 1, after: None }).await?.rows.is_empty() {
            return Ok(None);
        }
        let new = NewAccount {
            login: "admin".to_owned(),
            role: Role::Admin.code().to_owned(),
            display_name: "Administrator".to_owned(),
            office_id: None,
            employer_id: None,
            region_code: None,
            password: None,
        };
        Ok(self.work(&cli, async |work| work.open_account(&new).await).await?.setup_url)
    }
}

impl Look<'_> {
    /// Accounts in the actor's scope.
    pub async fn accounts(&self, slice: Slice) -> Result<Page<AccountView>, AppError> {
        let page = accounts::list(self.db(), &self.scope(), slice).await?;
        Ok(Page { rows: page.rows.into_iter().map(AccountView::from).collect(), more: page.more })
    }

    /// The actor's own account.
    pub async fn own_account(&self) -> Result<AccountView, AppError> {
        let id = self.actor.account.ok_or(Refusal::NotFound)?;
        let row = rows::find::<account::Entity>(self.db(), &crate::store::scope::Scope::All, id).await?;
        Ok(row.ok_or(Refusal::NotFound)?.into())
    }

    /// Offices in the actor's scope.
    pub async fn offices(&self) -> Result<Vec<OfficeView>, AppError> {
        Ok(accounts::offices(self.db(), &self.scope()).await?.into_iter().map(OfficeView::from).collect())
    }
}

fn is_login(login: &str) -> bool {
    (3..=60).contains(&login.len())
        && login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_' | b'@'))
}

fn login_taken(error: StoreError) -> AppError {
    if error.is_constraint(&["account.login", "account_login"]) { Refusal::LoginTaken.into() } else { error.into() }
}
