//! Partners over HTTP.
