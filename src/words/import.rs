//! Complaints about rows of imported files.
