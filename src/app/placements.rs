//! Placements.
