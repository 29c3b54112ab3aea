//! The seat and the hours: two conditional updates.
