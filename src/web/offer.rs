//! The graduate's page: `/o/{token}`. It shows on GET and changes nothing; a form's POST decides.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpRequest, HttpResponse, post, route, web};
use askama::Template as _;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::personal::Visitor;
use crate::app::placement_words::Told;
use crate::app::why::Why;
use crate::app::work::Work;
use crate::web::offer_view::{Check, Offers};
use crate::web::page::{self, Page};
use crate::words::personal::Personal;
use crate::words::refusal::Refusal;
use crate::words::{Language, Say as _};

/// What a form of the page says.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct AnswerForm {
    /// `check`, `accept`, `decline`, `undo`, `agree`, `refuse`, `confirm` or `dispute`.
    answer: String,
    offer_id: Option<Uuid>,
    referral_id: Option<Uuid>,
    placement_id: Option<Uuid>,
    reason: Option<String>,
    day: Option<String>,
    month: Option<String>,
}

/// Shows the page.
#[route("/o/{token}", method = "GET", method = "HEAD")]
pub(in crate::web) async fn show(request: HttpRequest, app: web::Data<App>, token: web::Path<String>) -> HttpResponse {
    let language = page::language_of(&request);
    match app.visitor(&token, pass_of(&request).as_deref()).await {
        Ok(Some(visitor)) => shown(&app, &visitor, language, None).await,
        Ok(None) => page::refused(&Refusal::LinkInvalid, language),
        Err(error) => page::broken(&error, language),
    }
}

/// Takes an answer and leads back to the page, so that reloading repeats nothing.
#[post("/o/{token}")]
pub(in crate::web) async fn answer(
    request: HttpRequest,
    app: web::Data<App>,
    token: web::Path<String>,
    form: Result<web::Form<AnswerForm>, actix_web::Error>,
) -> HttpResponse {
    let language = page::language_of(&request);
    let visitor = match app.visitor(&token, pass_of(&request).as_deref()).await {
        Ok(Some(visitor)) => visitor,
        Ok(None) => return page::refused(&Refusal::LinkInvalid, language),
        Err(error) => return page::broken(&error, language),
    };
    let Ok(form) = form else {
        return shown(&app, &visitor, language, Some((StatusCode::UNPROCESSABLE_ENTITY, Personal::Unanswerable.say(language)))).await;
    };
    match decided(&app, &visitor, &form).await {
        Ok(()) if form.answer == "check" => with_pass(back(&token), &app, &token),
        Ok(()) => back(&token),
        Err(AppError::Refused(refusal) | AppError::Exists { refusal, .. }) => {
            let complaint = (page::status_of(&refusal), refusal.say(language));
            shown(&app, &visitor, language, Some(complaint)).await
        }
        Err(AppError::Invalid(_)) => {
            shown(&app, &visitor, language, Some((StatusCode::UNPROCESSABLE_ENTITY, Personal::Unanswerable.say(language)))).await
        }
        Err(error) => page::broken(&error, language),
    }
}

/// The cookie in which a browser keeps its pass. Its path is the link's own, so one phone may hold several people's.
const PASS: &str = "serap_pass";

fn pass_of(request: &HttpRequest) -> Option<String> {
    request.cookie(PASS).map(|cookie| cookie.value().to_owned())
}

fn with_pass(mut response: HttpResponse, app: &App, token: &str) -> HttpResponse {
    let cookie = Cookie::build(PASS, app.link_pass(token))
        .path(format!("/o/{token}"))
        .http_only(true)
        .secure(app.public_url.starts_with("https://"))
        .same_site(SameSite::Lax)
        .max_age(Duration::days(30))
        .finish();
    // A cookie of our own letters always fits a header.
    response.add_cookie(&cookie).ok();
    response
}

fn back(token: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, format!("/o/{token}"))).insert_header((CACHE_CONTROL, "no-store")).finish()
}

async fn shown(app: &App, visitor: &Visitor, language: Language, complaint: Option<(StatusCode, String)>) -> HttpResponse {
    let (status, complaint) = complaint.map_or((StatusCode::OK, None), |(status, text)| (status, Some(text)));
    let made = if visitor.unchecked {
        let body = Check::new(language, complaint).render();
        body.map(|body| Page { language, title: Personal::CheckTitle.say(language), body })
    } else {
        match app.look(&visitor.actor).personal_page().await {
            Ok(view) => {
                let title = Personal::Hello { name: view.name.clone() }.say(language);
                Offers::new(&view, language, complaint).render().map(|body| Page { language, title, body })
            }
            Err(error) => return page::broken(&error, language),
        }
    };
    match made {
        Ok(made) => page::with_status(status, &made),
        Err(error) => page::broken(&AppError::Internal(error.to_string()), language),
    }
}

async fn decided(app: &App, visitor: &Visitor, form: &AnswerForm) -> Result<(), AppError> {
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.trim().parse::<u32>().ok()).unwrap_or(0);
    if form.answer == "check" {
        app.check_birthday(visitor, number(&form.day), number(&form.month)).await?;
        return app.work(&visitor.actor, async |work| work.note_page_opened().await).await;
    }
    if visitor.unchecked {
        // An answer may bring the birthday along, for a browser that keeps nothing.
        app.check_birthday(visitor, number(&form.day), number(&form.month)).await?;
    }
    let only = match form.offer_id {
        Some(id) => Some(id),
        None => app.look(&visitor.actor).only_offer().await?.map(|id| id.0),
    };
    app.work(&visitor.actor, async |work| {
        work.note_page_opened().await?;
        answered(work, form, only).await
    })
    .await
}

async fn answered(work: &Work<'_>, form: &AnswerForm, offer: Option<Uuid>) -> Result<(), AppError> {
    let named = |id: Option<Uuid>| id.ok_or_else(|| AppError::from(Refusal::NotFound));
    match form.answer.as_str() {
        "accept" => work.accept_offer(named(offer)?.into()).await.map(drop),
        "decline" => work.decline_offer(named(offer)?.into(), &Why::read(form.reason.as_deref(), None)?).await.map(drop),
        "undo" => work.undo_answer(named(offer)?.into()).await.map(drop),
        "agree" => work.consent_to_referral(named(form.referral_id)?.into(), None).await.map(drop),
        "refuse" => work.decline_referral(named(form.referral_id)?.into(), &Why::default()).await.map(drop),
        "confirm" => work.confirm_placement(named(form.placement_id)?.into(), None, &Told::default()).await.map(drop),
        "dispute" => work.dispute_placement(named(form.placement_id)?.into(), None, &Told::default()).await.map(drop),
        _ => Err(AppError::field("/answer", Refusal::CodeUnknown { allowed: ALLOWED.to_owned() })),
    }
}

/// The answers the page knows.
const ALLOWED: &str = "check, accept, decline, undo, agree, refuse, confirm, dispute";
