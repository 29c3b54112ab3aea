//! Who asks, found out before any body is read: a stranger's megabytes are not worth parsing.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest, ResponseError as _, web};

use crate::api::language::id_of;
use crate::api::problem::Problem;
use crate::app::actor::Actor;
use crate::app::installation::App;

/// Who asks, as the middleware found out; `None` is a stranger.
#[derive(Debug, Clone)]
struct Asking(Option<Actor>);

/// Middleware of the API: turns the bearer token of a request into an actor.
pub async fn recognise<B: MessageBody + 'static>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let app = request.app_data::<web::Data<App>>().cloned();
    let token = bearer(request.request());
    let actor = match (app, token) {
        (Some(app), Some(token)) if request.path().starts_with("/api/") => match app.actor_of(&token).await {
            Ok(actor) => actor.map(|actor| Actor { request: id_of(request.request()), ..actor }),
            Err(error) => return Ok(request.into_response(Problem::from(error).error_response()).map_into_right_body()),
        },
        _ => None,
    };
    request.extensions_mut().insert(Asking(actor));
    Ok(next.call(request).await?.map_into_left_body())
}

/// Who asks; `None` is a stranger.
#[must_use]
pub fn asking(request: &HttpRequest) -> Option<Actor> {
    request.extensions().get::<Asking>().and_then(|asking| asking.0.clone())
}

/// The token of `Authorization: Bearer …`; the scheme's case does not count (RFC 9110, 11.1).
fn bearer(request: &HttpRequest) -> Option<String> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}
