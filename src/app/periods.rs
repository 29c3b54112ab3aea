//! Closed periods and their revisions.
