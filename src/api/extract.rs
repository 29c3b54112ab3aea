//! What handlers take in: an actor with permission, a strict body, query parameters, a version.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_TYPE, IF_MATCH};
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;

use crate::api::authentication::asking;
use crate::api::problem::Problem;
use crate::app::actor::Actor;
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::permission::Permission;
use crate::app::work::{Look, Once, body_digest};
use crate::words::refusal::Refusal;

/// The largest JSON body, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;
/// The largest JSON body of the few operations that take thousands of rows, in bytes.
pub const LARGE_BODY_LIMIT: usize = 8 * 1024 * 1024;
/// How long a JSON body may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(15);
/// The longest idempotency key, in characters.
const KEY_LIMIT: usize = 200;

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// An authenticated actor who may do `P`, and the means to do it.
pub struct Granted<P> {
    /// The installation.
    pub app: web::Data<App>,
    /// Who acts.
    pub actor: Actor,
    pub(in crate::api) method: String,
    pub(in crate::api) path: String,
    pub(in crate::api) key: Option<String>,
    permission: PhantomData<P>,
}

impl<P> std::fmt::Debug for Granted<P> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Granted({})", self.actor.kind())
    }
}

impl<P> Granted<P> {
    /// A reading for this actor.
    #[must_use]
    pub fn look(&self) -> Look<'_> {
        self.app.look(&self.actor)
    }

    /// The keyed request, where the client sent `Idempotency-Key`.
    pub(in crate::api) fn once(&self, body_hash: &[u8]) -> Result<Option<Once>, Problem> {
        let Some(key) = &self.key else { return Ok(None) };
        if key.is_empty() || key.chars().count() > KEY_LIMIT {
            return Err(Refusal::KeyInvalid.into());
        }
        Ok(Some(Once { method: self.method.clone(), path: self.path.clone(), key: key.clone(), body_hash: body_hash.to_vec() }))
    }
}

impl<P: Permission> FromRequest for Granted<P> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        std::future::ready(Self::of(request))
    }
}

impl<P: Permission> Granted<P> {
    /// Decided at once from what the middleware found out, so that a refusal comes before any complaint about the body.
    fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let app = app_of(request)?;
        let actor = asking(request).ok_or(Refusal::SignInNeeded)?;
        if !P::allows(actor.who) {
            return Err(Refusal::RoleNotAllowed.into());
        }
        let header = request.headers().get("idempotency-key");
        let key = header.map(|value| value.to_str().map(str::to_owned).unwrap_or_default());
        let path = request.uri().path_and_query().map_or_else(|| request.path().to_owned(), ToString::to_string);
        Ok(Self { app, actor, method: request.method().to_string(), path, key, permission: PhantomData })
    }
}

/// The installation that serves a request.
pub fn app_of(request: &HttpRequest) -> Result<web::Data<App>, Problem> {
    let app = request.app_data::<web::Data<App>>().cloned();
    app.ok_or_else(|| AppError::Internal("no installation is attached to the server".to_owned()).into())
}

/// A JSON body, read strictly: unknown fields, duplicate keys and NUL are refused.
#[derive(Debug)]
pub struct Body<T> {
    /// What it says.
    pub value: T,
    /// SHA-256 of its bytes.
    pub hash: Vec<u8>,
}

/// A JSON body of thousands of rows, read as strictly.
#[derive(Debug)]
pub struct LargeBody<T> {
    /// What it says.
    pub value: T,
    /// SHA-256 of its bytes.
    pub hash: Vec<u8>,
}

/// A JSON body that may be left out.
#[derive(Debug)]
pub struct OptionalBody<T> {
    /// What it says.
    pub value: T,
    /// SHA-256 of its bytes.
    pub hash: Vec<u8>,
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let bytes = bytes_of(payload, BODY_LIMIT).await?;
            if bytes.is_empty() {
                return Err(Refusal::BodyMissing.into());
            }
            Ok(Self { value: parse(&request, &bytes)?, hash: body_digest(&bytes) })
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for LargeBody<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let bytes = bytes_of(payload, LARGE_BODY_LIMIT).await?;
            if bytes.is_empty() {
                return Err(Refusal::BodyMissing.into());
            }
            Ok(Self { value: parse(&request, &bytes)?, hash: body_digest(&bytes) })
        })
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for OptionalBody<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let bytes = bytes_of(payload, BODY_LIMIT).await?;
            let value = if bytes.is_empty() { T::default() } else { parse(&request, &bytes)? };
            Ok(Self { value, hash: body_digest(&bytes) })
        })
    }
}

async fn bytes_of(payload: Payload, limit: usize) -> Result<Vec<u8>, Problem> {
    let collecting = async {
        let mut payload = payload;
        let mut bytes = Vec::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|error| Refusal::BodyUnreadable { problem: error.to_string() })?;
            if bytes.len() + chunk.len() > limit {
                return Err(Refusal::BodyTooLarge { limit_kb: limit / 1024 });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    };
    let collected = tokio::time::timeout(BODY_PATIENCE, collecting).await;
    Ok(collected.map_err(|_late| Refusal::BodyUnreadable { problem: "timeout".to_owned() })??)
}

fn parse<T: DeserializeOwned>(request: &HttpRequest, bytes: &[u8]) -> Result<T, Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = kind.split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::NotJson.into());
    }
    if holds_nul(bytes) {
        return Err(Refusal::BodyUnreadable { problem: "NUL".to_owned() }.into());
    }
    // Serde would take an array for an object, field by field, past every check of names.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b'[') {
        return Err(AppError::field("", Refusal::FieldNotUnderstood { problem: "expected an object".to_owned() }).into());
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| field_problem(&error))?;
    reader.end().map_err(|error| Refusal::BodyUnreadable { problem: error.to_string() })?;
    Ok(value)
}

/// Whether a JSON text holds an escaped NUL; a backslash that is itself escaped begins none.
fn holds_nul(bytes: &[u8]) -> bool {
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate() {
        if escaped && bytes.get(at..at + 5) == Some(b"u0000") {
            return true;
        }
        escaped = *byte == b'\\' && !escaped;
    }
    false
}

/// A JSON that does not parse is unreadable (400); one that parses into the wrong shape has a wrong field (422).
fn field_problem(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let inner = error.inner();
    if inner.is_syntax() || inner.is_eof() || inner.is_io() {
        return Refusal::BodyUnreadable { problem: inner.to_string() }.into();
    }
    let text = inner.to_string();
    let path = error.path().to_string().replace('[', ".").replace(']', "");
    let steps = path.split('.').filter(|step| !step.is_empty() && *step != "?");
    let pointer = steps.fold(String::new(), |pointer, step| format!("{pointer}/{step}"));
    let quoted = || text.split('`').nth(1).unwrap_or_default().to_owned();
    if text.starts_with("unknown field") {
        let field = quoted();
        let whole = if pointer.ends_with(&format!("/{field}")) { pointer } else { format!("{pointer}/{field}") };
        return AppError::field(&whole, Refusal::FieldUnknown { field }).into();
    }
    if text.starts_with("missing field") {
        let field = quoted();
        return AppError::field(&format!("{pointer}/{field}"), Refusal::FieldMissing { field }).into();
    }
    let problem = starred(text.split(" at line ").next().unwrap_or_default());
    AppError::field(&pointer, Refusal::FieldNotUnderstood { problem }).into()
}

/// A complaint without long numbers: an identity number sent unquoted must not come back in clear.
fn starred(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut digits = 0;
    for c in text.chars() {
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        shown.push(if digits > 6 { '*' } else { c });
    }
    shown
}

/// Query parameters, read strictly.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Params<T> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let query = request.query_string();
        let read = match query.contains("%00") {
            true => Err(Refusal::QueryUnreadable { problem: "NUL".to_owned() }.into()),
            false => web::Query::<T>::from_query(query)
                .map(|query| Self(query.into_inner()))
                .map_err(|error| Refusal::QueryUnreadable { problem: error.to_string() }.into()),
        };
        std::future::ready(read)
    }
}

/// The version named by `If-Match`, where there is one.
pub fn optional_version(request: &HttpRequest) -> Result<Option<i32>, Problem> {
    let header = request.headers().get(IF_MATCH).map(|value| value.to_str().unwrap_or_default());
    let version = header.map(|text| text.trim().trim_start_matches("W/").trim_matches('"').parse::<i32>());
    version.transpose().map_err(|_not_a_number| Refusal::VersionStale.into())
}

/// The version an edit was based on: `If-Match: "3"`.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub i32);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let version = optional_version(request).and_then(|version| version.ok_or_else(|| Refusal::PreconditionMissing.into()));
        std::future::ready(version.map(Self))
    }
}
