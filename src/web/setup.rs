//! The page where the owner of a new account sets its password, reached by a one-time link.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::Deserialize;

use crate::app::error::AppError;
use crate::app::installation::App;
use crate::web::page::{self, Page};
use crate::words::pages::PageWords;
use crate::words::{Language, Say as _};

/// The form.
#[derive(Debug, Deserialize)]
struct PasswordForm {
    password: String,
}

/// Shows the form; changes nothing.
#[get("/setup/{token}")]
pub(in crate::web) async fn show(request: HttpRequest) -> HttpResponse {
    form(page::language_of(&request), None)
}

/// Sets the password.
#[post("/setup/{token}")]
pub(in crate::web) async fn set(
    request: HttpRequest,
    app: web::Data<App>,
    token: web::Path<String>,
    body: web::Form<PasswordForm>,
) -> HttpResponse {
    let language = page::language_of(&request);
    match app.set_password(&token, &body.password).await {
        Ok(_) => page::answer(&Page {
            language,
            title: PageWords::PasswordSet.say(language),
            body: format!("<p>{}</p>", page::escape(&PageWords::PasswordSetHint.say(language))),
        }),
        Err(AppError::Invalid(fields)) => form(language, fields.first().map(|field| field.refusal.say(language))),
        Err(AppError::Refused(refusal)) => page::refused(&refusal, language),
        Err(error) => page::broken(&error, language),
    }
}

fn form(language: Language, complaint: Option<String>) -> HttpResponse {
    let complaint = complaint.map(|text| format!("<p class=\"complaint\" role=\"alert\">{}</p>", page::escape(&text))).unwrap_or_default();
    let label = page::escape(&PageWords::NewPassword { least: 10 }.say(language));
    let save = page::escape(&PageWords::Save.say(language));
    let body = format!(
        "{complaint}<form method=\"post\"><label for=\"password\">{label}</label>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"new-password\" minlength=\"10\" maxlength=\"128\" required>\
         <button>{save}</button></form>"
    );
    let mut response = page::answer(&Page { language, title: PageWords::SetPassword.say(language), body });
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}
