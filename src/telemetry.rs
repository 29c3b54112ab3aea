//! Logs. A line is readable alone and its fields can be queried; no name, number, address or token is ever in one.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// Starts logging to standard error. `filter` is in the words of `RUST_LOG`.
pub fn start(filter: &str, json: bool) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_malformed| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_span_events(FmtSpan::CLOSE);
    // A second start in one process (tests) keeps the first.
    if json {
        builder.json().try_init().ok()
    } else {
        builder.compact().try_init().ok()
    };
}
