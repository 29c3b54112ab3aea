//! Every refusal leaves as `application/problem+json` (RFC 9457); this is the one place that knows HTTP statuses.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};
use uuid::Uuid;

use crate::api::language::spoken;
use crate::app::error::{AppError, FieldProblem};
use crate::words::Say as _;
use crate::words::refusal::{Class, Refusal};

/// A problem document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemOut {
    /// `urn:serap:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: String,
    /// One sentence for the reader, in the language asked for.
    pub detail: String,
    /// What exists already, where that is why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing_id: Option<Uuid>,
    /// Field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldOut>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldOut {
    /// JSON pointer.
    pub pointer: String,
    /// The stable code.
    pub code: String,
    /// One sentence.
    pub message: String,
}

/// An error on its way out.
#[derive(Debug)]
pub struct Problem(AppError);

impl<E: Into<AppError>> From<E> for Problem {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Problem {
    /// One field is wrong.
    #[must_use]
    pub fn field(pointer: &str, refusal: Refusal) -> Self {
        Self(AppError::field(pointer, refusal))
    }

    fn refusal(&self) -> Refusal {
        match &self.0 {
            AppError::Refused(refusal) | AppError::Exists { refusal, .. } => refusal.clone(),
            AppError::Invalid(_) => Refusal::FieldsInvalid,
            AppError::File(error) if error.is_too_large() => Refusal::BodyTooLarge { limit_kb: 0 },
            AppError::File(_) => Refusal::FileUnreadable,
            error if error.is_unavailable() => Refusal::Unavailable,
            AppError::Store(_) | AppError::Seal(_) | AppError::Internal(_) => Refusal::Internal,
        }
    }

    fn document(&self) -> ProblemOut {
        let refusal = self.refusal();
        if let AppError::File(error) = &self.0 {
            return self.written(error.code(), error.message().say(spoken()));
        }
        self.written(refusal.code(), refusal.say(spoken()))
    }

    fn written(&self, code: &str, detail: String) -> ProblemOut {
        let refusal = self.refusal();
        let status = status_of(refusal.class());
        let (existing_id, errors) = match &self.0 {
            AppError::Exists { existing, .. } => (Some(*existing), Vec::new()),
            AppError::Invalid(fields) => (None, fields.iter().map(FieldOut::from).collect()),
            _ => (None, Vec::new()),
        };
        ProblemOut {
            kind: format!("urn:serap:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail,
            existing_id,
            errors,
        }
    }
}

impl From<&FieldProblem> for FieldOut {
    fn from(field: &FieldProblem) -> Self {
        Self { pointer: field.pointer.clone(), code: field.refusal.code().to_owned(), message: field.refusal.say(spoken()) }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        status_of(self.refusal().class())
    }

    fn error_response(&self) -> HttpResponse {
        let refusal = self.refusal();
        if matches!(refusal.class(), Class::Internal | Class::Unavailable) {
            tracing::error!(error = %self.0, "request failed");
        }
        let mut response = HttpResponse::build(status_of(refusal.class()));
        match refusal.class() {
            Class::Unauthenticated => {
                response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            }
            Class::Throttled => {
                response.insert_header((header::RETRY_AFTER, "300"));
            }
            Class::Unavailable => {
                response.insert_header((header::RETRY_AFTER, "2"));
            }
            _ => {}
        }
        response.content_type(HeaderValue::from_static("application/problem+json")).json(self.document())
    }
}

/// The status of each class.
#[must_use]
pub fn status_of(class: Class) -> StatusCode {
    match class {
        Class::Unreadable => StatusCode::BAD_REQUEST,
        Class::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Class::Unauthenticated => StatusCode::UNAUTHORIZED,
        Class::Forbidden => StatusCode::FORBIDDEN,
        Class::NotFound => StatusCode::NOT_FOUND,
        Class::Conflict => StatusCode::CONFLICT,
        Class::Stale => StatusCode::PRECONDITION_FAILED,
        Class::PreconditionMissing => StatusCode::PRECONDITION_REQUIRED,
        Class::Gone => StatusCode::GONE,
        Class::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Class::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Class::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Class::Throttled => StatusCode::TOO_MANY_REQUESTS,
        Class::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Class::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The problems any operation may answer with, for the OpenAPI document.
#[derive(Debug)]
pub struct Problems;

impl IntoResponses for Problems {
    fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::Response>> {
        let statuses = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428", "429", "503"];
        let problem = || {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemOut"))).build();
            ResponseBuilder::new().description("Refused; the code says why").content("application/problem+json", content).build()
        };
        statuses.into_iter().map(|status| (status.to_owned(), problem().into())).collect()
    }
}

/// What is served where no operation lives: 405 with `Allow` under another method, else 404.
pub async fn nothing_here(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let document = request.app_data::<actix_web::web::Data<crate::api::document::Document>>();
    let methods = document.map(|document| document.methods_at(request.path())).unwrap_or_default();
    if methods.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    let mut response = Problem::from(Refusal::MethodNotAllowed).error_response();
    let allow = HeaderValue::from_str(&methods.join(", "));
    if let Ok(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    Ok(response)
}
