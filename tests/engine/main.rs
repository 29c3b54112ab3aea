//! The pure engine from outside.

#![allow(clippy::expect_used, clippy::allow_attributes, reason = "a test whose values cannot be made should stop there")]

mod absorption;
mod advert;
mod allocation;
mod catalogue;
mod duplicate;
mod esco;
mod hostile_text;
mod lifecycle;
mod matching;
mod meaning;
mod occupation;
mod ranking;
mod regions;
mod resolve;
mod stemming;
mod vocabulary;
mod wording;
