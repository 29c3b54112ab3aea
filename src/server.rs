//! Puts the API and the pages on one listener.

use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App as Site, HttpResponse, HttpServer, get, route, web};
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
            .wrap(from_fn(api::authentication::recognise))
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
            .service(figures)
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
#[route("/healthz", method = "GET", method = "HEAD")]
async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "ok" }))
}

/// The process can serve: its database answers.
#[route("/readyz", method = "GET", method = "HEAD")]
async fn readyz(app: web::Data<App>) -> HttpResponse {
    match app.ready().await {
        Ok(()) => HttpResponse::Ok().json(serde_json::json!({ "status": "ready" })),
        Err(error) => {
            tracing::error!(%error, "not ready");
            HttpResponse::ServiceUnavailable().json(serde_json::json!({ "status": "database_unavailable" }))
        }
    }
}

/// Figures for Prometheus: the index and how far this process has followed the feed.
#[get("/metrics")]
async fn figures(app: web::Data<App>) -> HttpResponse {
    static FIGURES: std::sync::OnceLock<metrics_exporter_prometheus::PrometheusHandle> = std::sync::OnceLock::new();
    let exporter = FIGURES.get_or_init(|| {
        let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        // A second installation in one process (tests) shares the first recorder.
        metrics::set_global_recorder(recorder).ok();
        handle
    });
    let position = app.position();
    metrics::gauge!("serap_index_graduates").set(figure(u64::try_from(app.index().len()).unwrap_or(u64::MAX)));
    metrics::gauge!("serap_index_bytes").set(figure(u64::try_from(app.index().bytes()).unwrap_or(u64::MAX)));
    metrics::gauge!("serap_feed_sequence").set(figure(u64::try_from(position.seq).unwrap_or(0)));
    metrics::gauge!("serap_feed_epoch").set(figure(u64::try_from(app.epoch()).unwrap_or(0)));
    // A gauge holds 53 exact bits; the checksum is told whole as a label.
    metrics::gauge!("serap_index_checksum", "hex" => format!("{:016x}", app.index().checksum())).set(1.0);
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(exporter.render())
}

/// A count as a gauge's value; counts beyond 2^32 lose nothing that a graph shows.
fn figure(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
