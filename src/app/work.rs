//! One unit of work: an actor, a moment, one transaction, and what it leaves behind (audit, feed, messages).

use std::cell::RefCell;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::actor::Actor;
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::engine::day::Zone;
use crate::engine::id::{AccountId, OfficeId, PersonId, RowId};
use crate::seal::keyring::PersonKey;
use crate::store::database::{Reader, Tx};
use crate::store::entity::{audit, idempotency, outbox, read_log};
use crate::store::feed::Change;
use crate::store::rows::{insert, update};
use crate::store::scope::{Scope, Scoped};
use crate::store::{audit as trail, feed, id, rows};
use crate::words::refusal::Refusal;

/// A unit of work inside its transaction.
#[derive(Debug)]
pub struct Work<'a> {
    /// The installation.
    pub(in crate::app) app: &'a App,
    /// The transaction.
    pub(in crate::app) tx: &'a Tx,
    /// Who acts.
    pub actor: &'a Actor,
    /// The moment of the work; one for all of it.
    pub now: DateTime<Utc>,
    changes: RefCell<Vec<Change>>,
}

/// A reading: an actor and a moment, outside any transaction.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The installation.
    pub(in crate::app) app: &'a App,
    /// Who reads.
    pub actor: &'a Actor,
    /// The moment.
    pub now: DateTime<Utc>,
}

/// The answer to a request, as it is stored under an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// JSON body.
    pub body: Vec<u8>,
}

/// A keyed request.
#[derive(Debug, Clone)]
pub struct Once {
    /// HTTP method.
    pub method: String,
    /// Path, with query.
    pub path: String,
    /// The client's key.
    pub key: String,
    /// SHA-256 of the body.
    pub body_hash: Vec<u8>,
}

impl App {
    /// A reading for an actor.
    #[must_use]
    pub fn look<'a>(&'a self, actor: &'a Actor) -> Look<'a> {
        Look { app: self, actor, now: self.clock.now() }
    }

    /// Runs one unit of work: everything in it happens, or nothing.
    pub async fn work<T>(&self, actor: &Actor, effect: impl AsyncFn(&Work<'_>) -> Result<T, AppError>) -> Result<T, AppError> {
        let now = self.clock.now();
        let (value, changes) = self
            .database
            .write(async |tx: &Tx| {
                let work = Work { app: self, tx, actor, now, changes: RefCell::new(Vec::new()) };
                let value = effect(&work).await?;
                let changes = work.changes.take();
                feed::append(tx, self.epoch(), now, &changes).await?;
                Ok::<_, AppError>((value, changes))
            })
            .await?;
        self.applied(&changes).await?;
        Ok(value)
    }

    /// Runs one unit of work under an idempotency key: the same key again gets the same answer, and no second effect.
    pub async fn work_once(
        &self,
        actor: &Actor,
        once: Option<&Once>,
        effect: impl AsyncFn(&Work<'_>) -> Result<Reply, AppError>,
    ) -> Result<Reply, AppError> {
        let Some(once) = once else {
            return self.work(actor, effect).await;
        };
        let who = actor.id().map_or_else(|| actor.kind().to_owned(), |id| id.to_string());
        if let Some(stored) = trail::stored_answer(self.database.reader(), &who, &once.method, &once.path, &once.key).await? {
            return self.replay(once, &stored);
        }
        let outcome = self
            .work(actor, async |work| {
                let row = work.idempotency_row(&who, once);
                insert(work.tx, row.clone()).await?;
                let reply = effect(work).await?;
                let sealed = self.keyring.seal(&reply.body)?;
                update(work.tx, idempotency::Model { status: i32::from(reply.status), sealed_body: Some(sealed), ..row }).await?;
                Ok(reply)
            })
            .await;
        match outcome {
            Err(AppError::Store(error)) if error.is_constraint(&["idempotency"]) => {
                let stored = trail::stored_answer(self.database.reader(), &who, &once.method, &once.path, &once.key).await?;
                self.replay(once, &stored.ok_or(Refusal::InFlight)?)
            }
            other => other,
        }
    }

    fn replay(&self, once: &Once, stored: &idempotency::Model) -> Result<Reply, AppError> {
        if stored.body_hash != once.body_hash {
            return Err(Refusal::KeyReused.into());
        }
        let sealed = stored.sealed_body.as_deref().ok_or(Refusal::InFlight)?;
        Ok(Reply { status: u16::try_from(stored.status).unwrap_or(200), body: self.keyring.open(sealed)? })
    }
}

impl Work<'_> {
    /// The part of the installation the actor sees.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.actor.scope()
    }

    /// Today where the office is (WIB unless it says otherwise).
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        Zone::Wib.day_of(self.now)
    }

    /// One row in the actor's scope, locked; 404 otherwise.
    pub(in crate::app) async fn locked<E: Scoped>(&self, id: impl Into<Uuid>) -> Result<E::Model, AppError> {
        Ok(rows::find_locked::<E>(self.tx, &self.scope(), id).await?.ok_or(Refusal::NotFound)?)
    }

    /// One row in the actor's scope; 404 otherwise.
    pub(in crate::app) async fn found<E: Scoped>(&self, id: impl Into<Uuid>) -> Result<E::Model, AppError> {
        Ok(rows::find::<E>(self.tx, &self.scope(), id).await?.ok_or(Refusal::NotFound)?)
    }

    /// The office this work is for: the actor's own, or the one an administrator names.
    pub(in crate::app) fn office(&self, named: Option<OfficeId>) -> Result<OfficeId, AppError> {
        match (self.actor.office, named) {
            (Some(own), Some(named)) if own != named => Err(Refusal::NotFound.into()),
            (Some(own), _) => Ok(own),
            (None, Some(named)) => Ok(named),
            (None, None) => Err(AppError::field("/office_id", Refusal::OfficeNeeded)),
        }
    }

    /// Notes that something changed, for the feed and the live index.
    pub(in crate::app) fn changed(&self, entity: &'static str, id: impl Into<Uuid>, office: Option<OfficeId>) {
        self.changes.borrow_mut().push(Change { entity, id: id.into(), office });
    }

    /// Appends to the audit. `detail` holds ids and codes only, never personal data.
    pub(in crate::app) async fn record(
        &self,
        action: &str,
        entity: &'static str,
        entity_id: impl Into<Uuid>,
        office: Option<OfficeId>,
        detail: Value,
    ) -> Result<(), AppError> {
        let row = audit::Model {
            id: id::fresh(),
            at: self.now,
            office_id: office.or(self.actor.office),
            actor_kind: self.actor.kind().to_owned(),
            actor_id: self.actor.id(),
            action: action.to_owned(),
            entity: entity.to_owned(),
            entity_id: Some(entity_id.into()),
            request_id: self.actor.request.clone(),
            detail,
        };
        Ok(trail::append(self.tx, row).await?)
    }

    /// Audit and feed in one: what most writes leave behind.
    pub(in crate::app) async fn did(
        &self,
        action: &str,
        entity: &'static str,
        entity_id: impl Into<Uuid>,
        office: OfficeId,
    ) -> Result<(), AppError> {
        let entity_id = entity_id.into();
        self.changed(entity, entity_id, Some(office));
        self.record(action, entity, entity_id, Some(office), json!({})).await
    }

    /// Queues a message once per kind, recipient and thing; it leaves after `delay`.
    pub(in crate::app) async fn message(
        &self,
        kind: &str,
        recipient: (&str, Uuid),
        thing: (&str, Uuid),
        office: OfficeId,
        delay: Duration,
    ) -> Result<(), AppError> {
        self.queue(format!("{kind}:{}:{}:{}", recipient.0, recipient.1, thing.1), kind, recipient, thing, office, delay).await
    }

    /// Queues a message about something that may happen to a thing again: once per kind, recipient, thing and occasion.
    pub(in crate::app) async fn message_again(
        &self,
        kind: &str,
        recipient: (&str, Uuid),
        thing: (&str, Uuid),
        office: OfficeId,
        occasion: i32,
    ) -> Result<(), AppError> {
        let key = format!("{kind}:{}:{}:{}:{occasion}", recipient.0, recipient.1, thing.1);
        self.queue(key, kind, recipient, thing, office, Duration::zero()).await
    }

    async fn queue(
        &self,
        dedupe_key: String,
        kind: &str,
        recipient: (&str, Uuid),
        thing: (&str, Uuid),
        office: OfficeId,
        delay: Duration,
    ) -> Result<(), AppError> {
        let row = outbox::Model {
            id: id::fresh(),
            dedupe_key,
            kind: kind.to_owned(),
            recipient_kind: recipient.0.to_owned(),
            recipient_id: Some(recipient.1),
            office_id: Some(office),
            entity: thing.0.to_owned(),
            entity_id: thing.1,
            state: "waiting".to_owned(),
            due_at: self.now + delay,
            sent_at: None,
            attempts: 0,
            created_at: self.now,
        };
        Ok(trail::queue(self.tx, row).await?)
    }

    /// Opens a person's data key.
    pub(in crate::app) fn person_key(&self, wrapped: Option<&[u8]>) -> Result<PersonKey, AppError> {
        Ok(self.app.keyring.person_key(wrapped)?)
    }

    /// The account that acts, where one does.
    #[must_use]
    pub(in crate::app) fn by(&self) -> Option<AccountId> {
        self.actor.account
    }

    fn idempotency_row(&self, who: &str, once: &Once) -> idempotency::Model {
        idempotency::Model {
            id: id::fresh(),
            actor: who.to_owned(),
            method: once.method.clone(),
            path: once.path.clone(),
            key: once.key.clone(),
            body_hash: once.body_hash.clone(),
            status: 0,
            sealed_body: None,
            created_at: self.now,
        }
    }
}

impl Look<'_> {
    /// The part of the installation the actor sees.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.actor.scope()
    }

    /// Today where the office is.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        Zone::Wib.day_of(self.now)
    }

    /// For reading.
    pub(in crate::app) fn db(&self) -> &Reader {
        self.app.database.reader()
    }

    /// One row in the actor's scope; 404 otherwise.
    pub(in crate::app) async fn found<E: Scoped>(&self, id: impl Into<Uuid>) -> Result<E::Model, AppError> {
        Ok(rows::find::<E>(self.db(), &self.scope(), id).await?.ok_or(Refusal::NotFound)?)
    }

    /// Notes that the actor read a person's file.
    pub(in crate::app) async fn noted_reading(&self, person: PersonId, purpose: &str) -> Result<(), AppError> {
        self.app.note_reading(self.db(), self.actor, self.now, person, purpose).await
    }
}

impl App {
    async fn note_reading<C: crate::store::database::Connection>(
        &self,
        db: &C,
        actor: &Actor,
        now: DateTime<Utc>,
        person: PersonId,
        purpose: &str,
    ) -> Result<(), AppError> {
        let row = read_log::Model {
            id: id::fresh::<RowId>(),
            at: now,
            account_id: actor.account,
            office_id: actor.office,
            person_id: person,
            purpose: purpose.to_owned(),
        };
        Ok(trail::note_reading(db, row).await?)
    }
}

/// SHA-256 of a request body.
#[must_use]
pub fn body_digest(body: &[u8]) -> Vec<u8> {
    crate::seal::token::digest(body)
}

/// A fresh id for a request.
#[must_use]
pub fn request_id() -> String {
    id::fresh::<Uuid>().to_string()
}

/// Refuses a stale edit: the version read must be the version stored.
pub(in crate::app) fn fresh_version(stored: i32, read: i32) -> Result<(), AppError> {
    if stored == read { Ok(()) } else { Err(Refusal::VersionStale.into()) }
}
