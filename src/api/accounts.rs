//! Accounts of an office, of partners and of the installation.

use actix_web::http::StatusCode;
use actix_web::{get, patch, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted, IfMatch, Params};
use crate::api::list::{ListOut, PageQuery, list_out, slice_of};
use crate::api::problem::Problems;
use crate::api::sessions::AccountOut;
use crate::app::accounts::NewAccount;
use crate::app::permission::ManageAccounts;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(list_accounts).service(create_account).service(update_account).service(reset_account).service(link_person);
}

/// A new account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountIn {
    login: String,
    /// `admin`, `head`, `officer`, `instructor`, `viewer` or `employer`.
    role: String,
    display_name: String,
    office_id: Option<Uuid>,
    employer_id: Option<Uuid>,
    region_code: Option<String>,
    /// Left out, a one-time link to set it is answered.
    password: Option<String>,
}

/// A new account and where its password is set.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountMadeOut {
    account: AccountOut,
    setup_url: Option<String>,
}

/// What of an account can be changed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountPatch {
    enabled: bool,
}

/// Whom of the files an account belongs to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountPersonIn {
    /// The graduate who is the account's owner; `null` for nobody.
    graduate_id: Option<Uuid>,
}

/// Where a password is set.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupOut {
    setup_url: String,
}

/// Accounts the actor may manage.
#[utoipa::path(tag = "accounts", params(PageQuery), responses((status = 200, body = ListOut<AccountOut>), Problems))]
#[get("/accounts")]
async fn list_accounts(granted: Granted<ManageAccounts>, Params(query): Params<PageQuery>) -> Answer {
    let slice = slice_of(&granted.app, query.limit, query.cursor.as_deref())?;
    let page = granted.look().accounts(slice).await?;
    found(&list_out(&granted.app, page, |view| view.id.0, AccountOut::from))
}

/// Open an account.
#[utoipa::path(tag = "accounts", request_body = AccountIn, responses((status = 201, body = AccountMadeOut), Problems))]
#[post("/accounts")]
async fn create_account(granted: Granted<ManageAccounts>, body: Body<AccountIn>) -> Answer {
    let input = body.value;
    let new = NewAccount {
        login: input.login,
        role: input.role,
        display_name: input.display_name,
        office_id: input.office_id.map(Into::into),
        employer_id: input.employer_id.map(Into::into),
        region_code: input.region_code,
        password: input.password,
    };
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| {
            let made = work.open_account(&new).await?;
            Ok(AccountMadeOut { account: made.account.into(), setup_url: made.setup_url })
        })
        .await
}

/// Enable or disable an account.
#[utoipa::path(tag = "accounts", params(("id" = Uuid, Path), ("If-Match" = String, Header)), request_body = AccountPatch,
    responses((status = 200, body = AccountOut), Problems))]
#[patch("/accounts/{id}")]
async fn update_account(granted: Granted<ManageAccounts>, id: web::Path<Uuid>, version: IfMatch, body: Body<AccountPatch>) -> Answer {
    let (id, enabled) = (id.into_inner().into(), body.value.enabled);
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(AccountOut::from(work.enable_account(id, enabled, version.0).await?))).await
}

/// Record that an account's owner is also somebody in the files: they then decide nothing about themselves.
#[utoipa::path(tag = "accounts", params(("id" = Uuid, Path)), request_body = AccountPersonIn,
    responses((status = 200, body = AccountOut), Problems))]
#[post("/accounts/{id}/person")]
async fn link_person(granted: Granted<ManageAccounts>, id: web::Path<Uuid>, body: Body<AccountPersonIn>) -> Answer {
    let (id, graduate) = (id.into_inner().into(), body.value.graduate_id.map(Into::into));
    granted.write(StatusCode::OK, &body.hash, async |work| Ok(AccountOut::from(work.account_is_person(id, graduate).await?))).await
}

/// Make a one-time link to set the account's password; the account is signed out everywhere.
#[utoipa::path(tag = "accounts", params(("id" = Uuid, Path)), responses((status = 201, body = SetupOut), Problems))]
#[post("/accounts/{id}/reset")]
async fn reset_account(granted: Granted<ManageAccounts>, id: web::Path<Uuid>) -> Answer {
    let id = id.into_inner().into();
    granted.write(StatusCode::CREATED, &[], async |work| Ok(SetupOut { setup_url: work.reset_account(id).await? })).await
}
