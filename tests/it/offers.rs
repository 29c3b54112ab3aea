//! Offers over HTTP.
