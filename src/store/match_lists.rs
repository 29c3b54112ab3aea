//! Frozen match lists.
