//! Import jobs and their rows.
