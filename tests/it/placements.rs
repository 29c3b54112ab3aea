//! Placements over HTTP.
