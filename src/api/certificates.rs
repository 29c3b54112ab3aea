//! Certificates.

use utoipa_actix_web::service_config::ServiceConfig;

/// Every operation of this file.
pub fn configure(_service: &mut ServiceConfig<'_>) {}
