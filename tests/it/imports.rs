//! Imports over HTTP.
