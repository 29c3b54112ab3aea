//! Frozen lists and decisions on them.
