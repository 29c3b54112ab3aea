//! Races over HTTP.
