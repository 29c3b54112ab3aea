//! Signing in and out.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found, nothing};
use crate::api::extract::{Body, Granted, app_of};
use crate::api::problem::Problems;
use crate::api::wire::{Code, RoleCode};
use crate::app::permission::BeSignedIn;
use crate::app::sessions::AccountView;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(create_session).service(delete_current_session).service(get_current_session).service(set_password);
}

/// Login and password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionIn {
    login: String,
    password: String,
}

/// A sign-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionOut {
    /// Send it as `Authorization: Bearer …`.
    token: String,
    expires_at: DateTime<Utc>,
    account: AccountOut,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountOut {
    id: Uuid,
    login: String,
    role: RoleCode,
    display_name: String,
    office_id: Option<Uuid>,
    employer_id: Option<Uuid>,
    region_code: Option<String>,
    enabled: bool,
    version: i32,
}

impl From<AccountView> for AccountOut {
    fn from(view: AccountView) -> Self {
        Self {
            id: view.id.0,
            login: view.login,
            role: Code(view.role),
            display_name: view.display_name,
            office_id: view.office_id.map(Uuid::from),
            employer_id: view.employer_id.map(Uuid::from),
            region_code: view.region_code,
            enabled: view.enabled,
            version: view.version,
        }
    }
}

/// A new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordIn {
    password: String,
}

/// Sign in. The token is shown this once.
#[utoipa::path(tag = "sessions", request_body = SessionIn, responses((status = 201, body = SessionOut), Problems), security(()))]
#[post("/sessions")]
async fn create_session(request: HttpRequest, body: Body<SessionIn>) -> Answer {
    let app = app_of(&request)?;
    let address = request.peer_addr().map(|peer| peer.ip().to_string()).unwrap_or_default();
    let signed_in = app.sign_in(&body.value.login, &body.value.password, &address).await?;
    let out = SessionOut { token: signed_in.token, expires_at: signed_in.expires_at, account: signed_in.account.into() };
    Ok(HttpResponse::build(StatusCode::CREATED).json(out))
}

/// Sign out.
#[utoipa::path(tag = "sessions", responses((status = 204), Problems))]
#[delete("/sessions/current")]
async fn delete_current_session(granted: Granted<BeSignedIn>) -> Answer {
    granted.app.sign_out(&granted.actor).await?;
    Ok(nothing())
}

/// Who is signed in.
#[utoipa::path(tag = "sessions", responses((status = 200, body = AccountOut), Problems))]
#[get("/sessions/current")]
async fn get_current_session(granted: Granted<BeSignedIn>) -> Answer {
    found(&AccountOut::from(granted.look().own_account().await?))
}

/// Set a password by a one-time link.
#[utoipa::path(tag = "sessions", request_body = PasswordIn, responses((status = 200, body = AccountOut), Problems), security(()))]
#[post("/setup/{token}")]
async fn set_password(request: HttpRequest, token: web::Path<String>, body: Body<PasswordIn>) -> Answer {
    let app = app_of(&request)?;
    found(&AccountOut::from(app.set_password(&token, &body.value.password).await?))
}
