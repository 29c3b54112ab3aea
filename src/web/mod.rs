//! Pages for people: the graduate's offer page, certificate verification, the page where a password is set.
//!
//! GET changes nothing: chat apps and scanners fetch links. A form's POST decides.

pub mod offer;
mod offer_view;
pub mod page;
pub mod setup;
pub mod verify;

use actix_web::web::ServiceConfig;

/// Pages that stand in the OpenAPI document too.
pub fn configure_documented(service: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    service.service(verify::verify_certificate);
}

/// Pages for people alone.
pub fn configure(service: &mut ServiceConfig) {
    service.service(page::front).service(page::style).service(setup::show).service(setup::set).service(offer::show).service(offer::answer);
}
