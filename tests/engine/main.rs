//! The pure engine, through its public interface alone.

#![expect(clippy::expect_used, reason = "a test whose values cannot be made should stop there")]

mod catalogue;
mod regions;
mod resolve;
mod stemming;
mod vocabulary;
mod wording;
