//! The frame of every plain page: no script, nothing from another address, readable on a cheap phone and in print.

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderName};
use actix_web::{HttpRequest, HttpResponse, get};

use crate::app::error::AppError;
use crate::words::pages::PageWords;
use crate::words::refusal::{Class, Refusal};
use crate::words::{Language, Say as _};

/// A page: its body is HTML whose every inserted text went through [`escape`].
#[derive(Debug)]
pub(in crate::web) struct Page {
    pub language: Language,
    pub title: String,
    pub body: String,
}

/// Only our own style sheet and our own forms; no script at all.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Text made harmless in HTML, in attributes too.
pub(in crate::web) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// The language a browser asks for.
pub(in crate::web) fn language_of(request: &HttpRequest) -> Language {
    Language::accepted(request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default())
}

/// The page as an answer, not to be indexed, cached or framed.
pub(in crate::web) fn answer(page: &Page) -> HttpResponse {
    with_status(actix_web::http::StatusCode::OK, page)
}

/// The page under a status.
pub(in crate::web) fn with_status(status: actix_web::http::StatusCode, page: &Page) -> HttpResponse {
    let title = escape(&page.title);
    let html = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title} · Serap</title><link rel=\"stylesheet\" href=\"/static/plain.css\"></head>\
         <body><main><h1>{title}</h1>{}</main></body></html>",
        page.language.code(),
        page.body
    );
    HttpResponse::build(status)
        .insert_header((HeaderName::from_static("content-security-policy"), POLICY))
        .insert_header((HeaderName::from_static("x-robots-tag"), "noindex"))
        .insert_header((HeaderName::from_static("cache-control"), "no-store"))
        .content_type("text/html; charset=utf-8")
        .body(html)
}

/// A refusal as a page.
pub(in crate::web) fn refused(refusal: &Refusal, language: Language) -> HttpResponse {
    with_status(status_of(refusal), &Page { language, title: refusal.say(language), body: String::new() })
}

/// The status under which a page tells a refusal.
pub(in crate::web) fn status_of(refusal: &Refusal) -> actix_web::http::StatusCode {
    use actix_web::http::StatusCode;
    match refusal.class() {
        Class::NotFound => StatusCode::NOT_FOUND,
        Class::Forbidden => StatusCode::FORBIDDEN,
        Class::Throttled => StatusCode::TOO_MANY_REQUESTS,
        Class::Conflict => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Our own mistake as a page; logged once, here.
pub(in crate::web) fn broken(error: &AppError, language: Language) -> HttpResponse {
    tracing::error!(%error, "page failed");
    let hint = escape(&PageWords::BrokenHint.say(language));
    let page = Page { language, title: PageWords::Broken.say(language), body: format!("<p>{hint}</p>") };
    with_status(actix_web::http::StatusCode::SERVICE_UNAVAILABLE, &page)
}

/// The style sheet of plain pages.
#[get("/static/plain.css")]
pub(in crate::web) async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header(("cache-control", "public, max-age=3600"))
        .body(include_str!("../../assets/plain.css"))
}

/// The front door until there is a console: what this is, and where the API is described.
#[get("/")]
pub(in crate::web) async fn front(request: HttpRequest) -> HttpResponse {
    let language = language_of(&request);
    let text = escape(&PageWords::WelcomeText.say(language));
    let docs = escape(&PageWords::ApiDocs.say(language));
    let body = format!("<p>{text}</p><p><a href=\"/docs/index.html\">{docs}</a></p>");
    answer(&Page { language, title: PageWords::Welcome.say(language), body })
}
