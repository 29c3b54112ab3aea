//! Puts the API and the pages on one listener.

use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App as Site, HttpResponse, HttpServer, get, web};
use utoipa_actix_web::{AppExt as _, scope};
use utoipa_swagger_ui::SwaggerUi;

use crate::api;
use crate::api::document::Document;
use crate::api::problem::{Problem, nothing_here};
use crate::app::installation::App;
use crate::app::ticks;
use crate::words::refusal::Refusal;

/// How a server runs.
#[derive(Debug, Clone, Copy)]
pub struct Running {
    /// Threads that serve requests.
    pub workers: usize,
    /// Seconds that running requests get when the server is told to stop.
    pub shutdown_seconds: u64,
}

/// Starts serving an installation on a listener; the future ends when the server stops.
pub fn start(app: App, listener: TcpListener, running: Running) -> std::io::Result<Server> {
    let document = web::Data::new(document());
    let app = web::Data::new(app);
    let server = HttpServer::new(move || {
        Site::new()
            .app_data(app.clone())
            .app_data(document.clone())
            .app_data(web::PathConfig::default().error_handler(|_error, _request| Problem::from(Refusal::NotFound).into()))
            .wrap(from_fn(api::language::settle))
            .wrap(
                DefaultHeaders::new()
                    .add(("X-Content-Type-Options", "nosniff"))
                    .add(("Referrer-Policy", "no-referrer"))
                    .add(("X-Frame-Options", "DENY")),
            )
            .wrap(Compress::default())
            .wrap(api::span::request_logger())
            .into_utoipa_app()
            .service(scope("/api/v1").configure(api::configure))
            .configure(crate::web::configure_documented)
            .into_app()
            .service(api::document::openapi)
            .service(web::redirect("/docs", "/docs/index.html"))
            .service(web::redirect("/docs/", "/docs/index.html"))
            .service(SwaggerUi::new("/docs/{_:.*}").config(utoipa_swagger_ui::Config::from("/openapi.json")))
            .service(healthz)
            .service(readyz)
            .configure(crate::web::configure)
            .default_service(web::to(nothing_here))
    });
    Ok(server
        .workers(running.workers)
        .shutdown_timeout(running.shutdown_seconds)
        .client_request_timeout(std::time::Duration::from_secs(15))
        .listen(listener)?
        .run())
}

/// Runs a command to its end on a fresh runtime.
pub fn block_on<T>(command: impl Future<Output = T>) -> T {
    actix_web::rt::System::new().block_on(command)
}

/// Serves an installation, with its background work, until the process is told to stop.
pub async fn serve(app: App, listener: TcpListener, running: Running) -> std::io::Result<()> {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let ticking = actix_web::rt::spawn(ticks::run(app.clone(), async {
        stopped.await.ok();
    }));
    let outcome = start(app, listener, running)?.await;
    drop(stop);
    ticking.await.ok();
    outcome
}

/// The OpenAPI document of this binary.
#[must_use]
pub fn document() -> Document {
    let (_, api) = Site::new()
        .into_utoipa_app()
        .service(scope("/api/v1").configure(api::configure))
        .configure(crate::web::configure_documented)
        .split_for_parts();
    Document::completed(api)
}

/// The process lives.
#[get("/healthz")]
async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "ok" }))
}

/// The process can serve: its database answers.
#[get("/readyz")]
async fn readyz(app: web::Data<App>) -> HttpResponse {
    match app.ready().await {
        Ok(()) => HttpResponse::Ok().json(serde_json::json!({ "status": "ready" })),
        Err(error) => {
            tracing::error!(%error, "not ready");
            HttpResponse::ServiceUnavailable().json(serde_json::json!({ "status": "database_unavailable" }))
        }
    }
}
