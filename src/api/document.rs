//! The OpenAPI document, made from the handlers themselves, and where it is served.

use actix_web::{HttpResponse, get, web};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Info, OpenApi, SecurityRequirement};

use crate::api::problem::ProblemOut;

/// The document of this very binary.
#[derive(Clone)]
pub struct Document(pub OpenApi);

impl std::fmt::Debug for Document {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Document({} paths)", self.0.paths.paths.len())
    }
}

impl Document {
    /// Completes what the handlers say with what holds for all of them.
    #[must_use]
    pub fn completed(mut api: OpenApi) -> Self {
        api.info = Info::new("Serap", env!("CARGO_PKG_VERSION"));
        api.info.description =
            Some("Matches certified graduates of vocational training to vacancies and counts who was absorbed.".to_owned());
        let components = api.components.get_or_insert_default();
        let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        components.security_schemes.insert("bearer".to_owned(), bearer.into());
        components.schemas.insert("ProblemOut".to_owned(), <ProblemOut as utoipa::PartialSchema>::schema());
        components.schemas.insert("FieldOut".to_owned(), <crate::api::problem::FieldOut as utoipa::PartialSchema>::schema());
        api.security = Some(vec![SecurityRequirement::new("bearer", Vec::<String>::new())]);
        Self(api)
    }

    /// The methods that live at a path, for `Allow`; empty where nothing does.
    #[must_use]
    pub fn methods_at(&self, path: &str) -> Vec<&'static str> {
        let items = self.0.paths.paths.iter().filter(|(template, _)| matches_template(template, path)).map(|(_, item)| item);
        let mut methods = Vec::new();
        for item in items {
            let known = [("GET", &item.get), ("POST", &item.post), ("PUT", &item.put), ("PATCH", &item.patch), ("DELETE", &item.delete)];
            methods.extend(known.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| method));
        }
        methods.sort_unstable();
        methods.dedup();
        methods
    }
}

fn matches_template(template: &str, path: &str) -> bool {
    let (expected, given) = (template.split('/'), path.split('/'));
    template.split('/').count() == path.split('/').count()
        && expected.zip(given).all(|(step, typed)| step == typed || (step.starts_with('{') && !typed.is_empty()))
}

/// Serves the document.
#[get("/openapi.json")]
pub(crate) async fn openapi(document: web::Data<Document>) -> HttpResponse {
    HttpResponse::Ok().json(&document.0)
}
