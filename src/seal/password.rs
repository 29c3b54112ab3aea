//! Passwords: argon2id, 19 MiB, two passes, one lane (OWASP Password Storage, 2026).

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

/// The hash of no password anyone has, so that an unknown login takes as long as a wrong password.
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2VyYXBkdW1teXNhbHQ$Zm9yLW5vYm9keS1hdC1hbGwtMDAwMDAwMDAwMDAwMDA";

/// The shortest password we take, in characters.
pub const MIN_CHARS: usize = 10;
/// The longest password we take, in characters.
pub const MAX_CHARS: usize = 128;

fn hasher() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password. Slow by design: call it off the request threads. `None` if the system gave no salt.
#[must_use]
pub fn hash(password: &str) -> Option<String> {
    hasher().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// Whether a password fits a stored hash. Without a hash it works as long and says no.
#[must_use]
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    let Ok(parsed) = PasswordHash::new(stored.unwrap_or(DUMMY)) else {
        return false;
    };
    hasher().verify_password(password.as_bytes(), &parsed).is_ok() && stored.is_some()
}
