//! Secrets and proofs: the key file, a data key for each person, password hashes, tokens.
//!
//! Nothing here knows of tables or requests; bytes go in and come out.

pub mod keyring;
pub mod password;
pub mod token;
