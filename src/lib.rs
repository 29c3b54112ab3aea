//! Serap matches certified graduates of vocational training to vacancies, carries each match to a
//! placement, and counts honestly how many were absorbed.
//!
//! Each floor uses only what is below it; `ARCHITECTURE.md` tells why.

/// Pure: the words of the trade as types, resolving, matching, states, absorption.
pub mod engine;
/// Every sentence shown to people, in Indonesian and English.
pub mod words;

/// The JSON API.
#[cfg(feature = "server")]
pub mod api;
/// Use cases: who may, one transaction, what is recorded.
#[cfg(feature = "server")]
pub mod app;
/// The commands.
#[cfg(feature = "server")]
pub mod cli;
/// Settings from flags and environment.
#[cfg(feature = "server")]
pub mod config;
/// What goes out: messages.
#[cfg(feature = "server")]
pub mod post;
/// Secrets and proofs: data keys, password hashes, tokens.
#[cfg(feature = "server")]
pub mod seal;
/// Puts api and web on one listener.
#[cfg(feature = "server")]
pub mod server;
/// Bytes to rows and back: XLSX and CSV.
#[cfg(feature = "server")]
pub mod sheet;
/// Entities, scoped finders, transactions, change feed.
#[cfg(feature = "server")]
pub mod store;
/// Logs and metrics.
#[cfg(feature = "server")]
pub mod telemetry;
/// Pages for people.
#[cfg(feature = "server")]
pub mod web;
