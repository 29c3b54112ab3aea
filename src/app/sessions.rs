//! Signing in and out, and turning a token into an actor.

use chrono::{DateTime, Duration, Utc};

use crate::app::actor::{Actor, Who};
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::work::Work;
use crate::engine::id::{AccountId, EmployerId, GraduateId, OfficeId, SessionId};
use crate::engine::kinds::Role;
use crate::seal::{password, token};
use crate::store::entity::{account, graduate, person, session};
use crate::store::scope::Scope;
use crate::store::{accounts, id, rows, sessions};
use crate::words::refusal::Refusal;

/// How long a sign-in lasts.
const SIGN_IN: Duration = Duration::hours(12);
/// How long a personal link lasts.
const LINK: Duration = Duration::days(400);
/// How long a link to set a password lasts.
const SETUP: Duration = Duration::days(7);
/// The window in which failed sign-ins are counted (ASVS 5.0, 6.3).
const WINDOW: Duration = Duration::minutes(5);
/// Failures an account may have in a window.
const PER_ACCOUNT: i32 = 10;
/// Failures an address may have in a window.
const PER_ADDRESS: i32 = 25;

/// A sign-in that worked.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The token, shown this once.
    pub token: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// Whose it is.
    pub account: AccountView,
}

/// An account as its owner and administrators see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// The account.
    pub id: AccountId,
    /// Login name.
    pub login: String,
    /// Role.
    pub role: Role,
    /// Name shown.
    pub display_name: String,
    /// Office, unless it is the installation's.
    pub office_id: Option<OfficeId>,
    /// Employer acted for.
    pub employer_id: Option<EmployerId>,
    /// Region seen.
    pub region_code: Option<String>,
    /// Whether it may sign in.
    pub enabled: bool,
    /// Version for edits.
    pub version: i32,
}

impl From<account::Model> for AccountView {
    fn from(row: account::Model) -> Self {
        Self {
            id: row.id,
            login: row.login,
            role: row.role,
            display_name: row.display_name,
            office_id: row.office_id,
            employer_id: row.employer_id,
            region_code: row.region_code,
            enabled: row.disabled_at.is_none(),
            version: row.version,
        }
    }
}

impl App {
    /// Signs in with login and password from an address. Unknown logins take as long and sound the same as wrong passwords.
    pub async fn sign_in(&self, login: &str, secret: &str, address: &str) -> Result<SignedIn, AppError> {
        let login = login.trim().to_lowercase();
        let keys = [(format!("account:{login}"), PER_ACCOUNT), (format!("address:{address}"), PER_ADDRESS)];
        // Counted before the password is looked at: tries sent side by side are each counted.
        self.count_tries(&keys).await?;
        let found = accounts::by_login(self.database.reader(), &login).await?.filter(|account| account.disabled_at.is_none());
        let stored = found.as_ref().and_then(|account| account.password_hash.clone());
        let secret = secret.to_owned();
        let fits = tokio::task::spawn_blocking(move || password::verify(&secret, stored.as_deref())).await.unwrap_or(false);
        let Some(account) = found.filter(|_| fits) else {
            return Err(Refusal::SignInWrong.into());
        };
        self.begin_session(account, &keys).await
    }

    /// A try beyond a limit is refused and, with its transaction, not counted: one stubborn user locks no office out.
    async fn count_tries(&self, keys: &[(String, i32)]) -> Result<(), AppError> {
        self.work(&Actor::system(), async |work| {
            for (key, most) in keys {
                if accounts::count_try(work.tx, key, work.now, WINDOW).await? > *most {
                    return Err(Refusal::SignInThrottled { minutes: WINDOW.num_minutes() }.into());
                }
            }
            Ok(())
        })
        .await
    }

    async fn begin_session(&self, account: account::Model, keys: &[(String, i32)]) -> Result<SignedIn, AppError> {
        let actor = Actor { account: Some(account.id), office: account.office_id, who: Who::Account(account.role), ..Actor::system() };
        self.work(&actor, async |work| {
            if let [(account, _), (address, _)] = keys {
                accounts::forget_failures(work.tx, account).await?;
                accounts::uncount_try(work.tx, address).await?;
            }
            let (token, row) = work.new_session("sign_in", SIGN_IN)?;
            let row = session::Model { account_id: Some(account.id), office_id: account.office_id, ..row };
            let expires_at = row.expires_at;
            work.record("sign_in", "account", account.id, account.office_id, serde_json::json!({})).await?;
            rows::insert(work.tx, row).await?;
            Ok(SignedIn { token, expires_at, account: account.clone().into() })
        })
        .await
    }

    /// Ends the session that the actor came with.
    pub async fn sign_out(&self, actor: &Actor) -> Result<(), AppError> {
        self.work(actor, async |work| {
            let Some(id) = work.actor.session else { return Ok(()) };
            work.revoke_session(id).await
        })
        .await
    }

    /// The actor behind a bearer token, if the token is good now.
    pub async fn actor_of(&self, token: &str) -> Result<Option<Actor>, AppError> {
        let now = self.clock.now();
        let Some(session) = sessions::by_hash(self.database.reader(), &token::hash(token)).await? else {
            return Ok(None);
        };
        if session.revoked_at.is_some() || session.expires_at <= now {
            return Ok(None);
        }
        match session.kind.as_str() {
            "sign_in" | "api_key" => self.account_actor(&session).await,
            "link" => self.graduate_actor(&session).await,
            _ => Ok(None),
        }
    }

    async fn account_actor(&self, session: &session::Model) -> Result<Option<Actor>, AppError> {
        let Some(id) = session.account_id else { return Ok(None) };
        let account = rows::find::<account::Entity>(self.database.reader(), &Scope::All, id).await?;
        let Some(account) = account.filter(|account| account.disabled_at.is_none()) else { return Ok(None) };
        Ok(Some(Actor {
            who: Who::Account(account.role),
            account: Some(account.id),
            session: Some(session.id),
            office: account.office_id,
            employer: account.employer_id,
            person: account.person_id,
            graduate: None,
            region: account.region_code,
            request: None,
        }))
    }

    async fn graduate_actor(&self, session: &session::Model) -> Result<Option<Actor>, AppError> {
        let Some(graduate) = session.graduate_id else { return Ok(None) };
        let Some(graduate) = rows::find::<graduate::Entity>(self.database.reader(), &Scope::All, graduate).await? else {
            return Ok(None);
        };
        let Some(person) = self.person(graduate.person_id).await? else { return Ok(None) };
        if person.erased_at.is_some() || person.merged_into.is_some() {
            return Ok(None);
        }
        Ok(Some(Actor {
            who: Who::Graduate,
            session: Some(session.id),
            office: Some(graduate.office_id),
            person: Some(graduate.person_id),
            graduate: Some(graduate.id),
            ..Actor::system()
        }))
    }

    async fn person(&self, id: crate::engine::id::PersonId) -> Result<Option<person::Model>, AppError> {
        Ok(crate::store::people::person(self.database.reader(), id).await?)
    }

    /// Sets a password by a one-time link.
    pub async fn set_password(&self, setup_token: &str, secret: &str) -> Result<AccountView, AppError> {
        let length = secret.chars().count();
        if !(password::MIN_CHARS..=password::MAX_CHARS).contains(&length) {
            return Err(AppError::field("/password", Refusal::PasswordWeak { least: password::MIN_CHARS }));
        }
        let hash = hash_password(secret).await?;
        self.work(&Actor::system(), async |work| {
            let found = sessions::by_hash(work.tx, &token::hash(setup_token)).await?;
            let good = found.filter(|row| row.kind == "setup" && row.revoked_at.is_none() && row.expires_at > work.now);
            let setup = good.ok_or(Refusal::LinkInvalid)?;
            let account_id = setup.account_id.ok_or(Refusal::LinkInvalid)?;
            let account = work.locked::<account::Entity>(account_id).await?;
            sessions::revoke_account(work.tx, account_id, work.now).await?;
            let account = account::Model { password_hash: Some(hash.clone()), version: account.version + 1, ..account };
            rows::update(work.tx, account.clone()).await?;
            work.record("set_password", "account", account_id, account.office_id, serde_json::json!({})).await?;
            Ok(account.into())
        })
        .await
    }
}

impl Work<'_> {
    /// A session row and its token, not yet written.
    pub(in crate::app) fn new_session(&self, kind: &str, lasts: Duration) -> Result<(String, session::Model), AppError> {
        let fresh = token::fresh()?;
        let row = session::Model {
            id: id::fresh(),
            token_hash: token::hash(&fresh),
            kind: kind.to_owned(),
            account_id: None,
            person_id: None,
            graduate_id: None,
            office_id: None,
            sealed_token: None,
            created_at: self.now,
            expires_at: self.now + lasts,
            revoked_at: None,
        };
        Ok((fresh, row))
    }

    /// The personal link of a graduate: the one in use, or a new one. Answers the token.
    pub(in crate::app) async fn personal_link(&self, graduate: &graduate::Model) -> Result<String, AppError> {
        if let Some(live) = sessions::live_link(self.tx, graduate.id, self.now).await?
            && let Some(sealed) = live.sealed_token
        {
            return String::from_utf8(self.app.keyring.open(&sealed)?)
                .map_err(|_not_text| AppError::Internal("a sealed token is not text".to_owned()));
        }
        self.fresh_link(graduate).await
    }

    /// A new personal link of a graduate; the old ones end.
    pub(in crate::app) async fn fresh_link(&self, graduate: &graduate::Model) -> Result<String, AppError> {
        sessions::revoke_links(self.tx, graduate.id, self.now).await?;
        let (fresh, row) = self.new_session("link", LINK)?;
        let sealed = self.app.keyring.seal(fresh.as_bytes())?;
        let row = session::Model {
            person_id: Some(graduate.person_id),
            graduate_id: Some(graduate.id),
            office_id: Some(graduate.office_id),
            sealed_token: Some(sealed),
            ..row
        };
        rows::insert(self.tx, row).await?;
        self.record("issue_link", "graduate", graduate.id, Some(graduate.office_id), serde_json::json!({})).await?;
        Ok(fresh)
    }

    /// A bearer token for an account, for programs and for the command line. Shown this once.
    pub async fn issue_api_key(&self, account: AccountId) -> Result<String, AppError> {
        let account = self.found::<account::Entity>(account).await?;
        let (fresh, row) = self.new_session("api_key", LINK)?;
        rows::insert(self.tx, session::Model { account_id: Some(account.id), office_id: account.office_id, ..row }).await?;
        self.record("issue_api_key", "account", account.id, account.office_id, serde_json::json!({})).await?;
        Ok(fresh)
    }

    /// A one-time link to set an account's password. Answers the token.
    pub(in crate::app) async fn setup_link(&self, account: &account::Model) -> Result<String, AppError> {
        let (fresh, row) = self.new_session("setup", SETUP)?;
        rows::insert(self.tx, session::Model { account_id: Some(account.id), office_id: account.office_id, ..row }).await?;
        self.record("issue_setup_link", "account", account.id, account.office_id, serde_json::json!({})).await?;
        Ok(fresh)
    }

    async fn revoke_session(&self, id: SessionId) -> Result<(), AppError> {
        sessions::revoke(self.tx, id, self.now).await?;
        self.changed("session", id, None);
        Ok(())
    }
}

impl App {
    /// The address of a graduate's page for a token.
    #[must_use]
    pub fn link_address(&self, token: &str) -> String {
        format!("{}/o/{token}", self.public_url)
    }

    /// Issues a new personal link for a graduate and ends the old ones. Answers its address.
    pub async fn reissue_link(&self, work: &Work<'_>, graduate: GraduateId) -> Result<String, AppError> {
        let graduate = work.found::<graduate::Entity>(graduate).await?;
        Ok(self.link_address(&work.fresh_link(&graduate).await?))
    }

    /// Ends every personal link of a graduate.
    pub async fn revoke_links(&self, work: &Work<'_>, graduate: GraduateId) -> Result<(), AppError> {
        let graduate = work.found::<graduate::Entity>(graduate).await?;
        sessions::revoke_links(work.tx, graduate.id, work.now).await?;
        work.record("revoke_links", "graduate", graduate.id, Some(graduate.office_id), serde_json::json!({})).await
    }
}

/// Hashes a password off the request threads.
pub(in crate::app) async fn hash_password(secret: &str) -> Result<String, AppError> {
    let secret = secret.to_owned();
    let hash = tokio::task::spawn_blocking(move || password::hash(&secret)).await.ok().flatten();
    hash.ok_or_else(|| AppError::Internal("the password could not be hashed".to_owned()))
}
