//! Outcome events told, verified, retracted.
