//! Outcomes over HTTP.
