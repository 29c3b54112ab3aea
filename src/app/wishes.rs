//! What a person wishes for.
