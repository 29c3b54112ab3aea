//! Absorption, commitments and other reports.
