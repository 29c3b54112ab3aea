//! The language of the request being served, for sentences written deep inside it.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};

use crate::words::Language;

tokio::task_local! {
    static SPOKEN: Language;
}

/// The id of a request, told in problems and kept in the audit.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// The language of the request being served; Indonesian outside one.
#[must_use]
pub fn spoken() -> Language {
    SPOKEN.try_with(|language| *language).unwrap_or(Language::Indonesian)
}

/// Middleware: settles language and request id, and sends the id back.
pub async fn settle(request: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let language = Language::accepted(header);
    let id = crate::app::work::request_id();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = SPOKEN.scope(language, next.call(request)).await?;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    Ok(response)
}

/// The id of a request as text, or nothing outside the middleware.
#[must_use]
pub fn id_of(request: &actix_web::HttpRequest) -> Option<String> {
    request.extensions().get::<RequestId>().map(|id| id.0.clone())
}
