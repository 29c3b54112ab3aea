//! Outcome events and follow-up.
