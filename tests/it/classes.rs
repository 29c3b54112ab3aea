//! Classes over HTTP.
