//! Lists as files.
