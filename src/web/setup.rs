//! The page where a password is set.
