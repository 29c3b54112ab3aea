//! Certificates over HTTP.
