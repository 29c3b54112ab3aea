//! One log span a request, with its route template and status, and nothing that tells who asked.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpMessage as _};
use tracing::Span;
use tracing_actix_web::{RootSpanBuilder, TracingLogger};

use crate::api::language::RequestId;

/// The middleware that opens one span a request.
#[must_use]
pub fn request_logger() -> TracingLogger<QuietSpan> {
    TracingLogger::new()
}

/// A span with method, route template and status: never the path itself, which holds tokens and ids.
#[derive(Debug)]
pub struct QuietSpan;

impl RootSpanBuilder for QuietSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let route = request.match_pattern().unwrap_or_else(|| "unmatched".to_owned());
        tracing::info_span!("request", http.method = %request.method(), http.route = %route, http.status = tracing::field::Empty)
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("http.status", status.as_u16());
        if let Ok(response) = outcome
            && let Some(id) = response.request().extensions().get::<RequestId>()
        {
            tracing::debug!(parent: &span, request.id = %id.0, "answered");
        }
    }
}
