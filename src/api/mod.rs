//! The JSON API: one file a resource, its wire types beside its handlers.
//!
//! A handler reads the request, calls one use case and writes the answer; its permission stands in its signature.
//! Nothing here sees the store or decides anything.

pub mod accounts;
pub mod answer;
pub mod document;
pub mod extract;
pub mod language;
pub mod list;
pub mod offices;
pub mod problem;
pub mod sessions;
pub mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every operation of the API.
pub fn configure(service: &mut ServiceConfig<'_>) {
    sessions::configure(service);
    offices::configure(service);
    accounts::configure(service);
}
