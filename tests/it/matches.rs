//! Matches over HTTP.
