//! The installation's key file, and what is sealed with it.
//!
//! Every person has a data key of their own, kept wrapped by the key file's key. Erasing the wrapped key makes
//! everything sealed for that person unreadable, in backups too.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Why sealing or opening failed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key file is missing its key or holds something else.
    #[error("the key file {0} is not a Serap key file")]
    NotAKeyFile(String),
    /// The key file could not be read or written.
    #[error("the key file {0}: {1}")]
    Io(String, std::io::Error),
    /// The bytes were not sealed with this key, or were changed.
    #[error("sealed data does not open with this key")]
    DoesNotOpen,
    /// The person's data was erased, so there is no key any more.
    #[error("the personal data was erased")]
    Erased,
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    NoRandomness,
}

/// The key of the key file and its name.
#[derive(Clone)]
pub struct Keyring {
    id: String,
    key: [u8; KEY_BYTES],
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Keyring({})", self.id)
    }
}

/// The opened data key of one person.
pub struct PersonKey {
    key: [u8; KEY_BYTES],
}

impl std::fmt::Debug for PersonKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PersonKey(…)")
    }
}

impl Keyring {
    /// Reads the key file, or writes a fresh one (readable by its owner alone) where there is none.
    pub fn open_or_create(path: &Path) -> Result<Self, SealError> {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).ok_or(SealError::NotAKeyFile(name)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let fresh = Self::fresh()?;
                fresh.write(path).map_err(|error| SealError::Io(name, error))?;
                Ok(fresh)
            }
            Err(error) => Err(SealError::Io(name, error)),
        }
    }

    /// A new random key.
    pub fn fresh() -> Result<Self, SealError> {
        let key = random::<KEY_BYTES>()?;
        let id = hex(Sha256::digest(key).get(..6).unwrap_or_default());
        Ok(Self { id, key })
    }

    /// The name of the key, stored beside what it wraps.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// A new data key for a person: the key, and its wrapped form to store.
    pub fn new_person_key(&self) -> Result<(PersonKey, Vec<u8>), SealError> {
        let key = random::<KEY_BYTES>()?;
        let wrapped = seal_with(&self.derived("wrap"), &key, b"person-key")?;
        Ok((PersonKey { key }, wrapped))
    }

    /// Opens a wrapped data key; `None` means the person was erased.
    pub fn person_key(&self, wrapped: Option<&[u8]>) -> Result<PersonKey, SealError> {
        let plain = open_with(&self.derived("wrap"), wrapped.ok_or(SealError::Erased)?, b"person-key")?;
        let key = <[u8; KEY_BYTES]>::try_from(plain.as_slice()).map_err(|_wrong_length| SealError::DoesNotOpen)?;
        Ok(PersonKey { key })
    }

    /// Seals what belongs to no single person (stored answers, import reports).
    pub fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        seal_with(&self.derived("office"), plain, b"office")
    }

    /// Opens what [`Keyring::seal`] sealed.
    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        open_with(&self.derived("office"), sealed, b"office")
    }

    /// A keyed hash by which a NIK is found without being stored.
    #[must_use]
    pub fn nik_hash(&self, nik: &str) -> Vec<u8> {
        self.mac("nik", nik.as_bytes())
    }

    /// A keyed hash that proves a text (a cursor, a link) came from here.
    #[must_use]
    pub fn sign(&self, purpose: &str, text: &[u8]) -> Vec<u8> {
        self.mac(purpose, text)
    }

    fn derived(&self, purpose: &str) -> [u8; KEY_BYTES] {
        let mut key = [0_u8; KEY_BYTES];
        key.copy_from_slice(&self.mac("derive", purpose.as_bytes()));
        key
    }

    fn mac(&self, purpose: &str, text: &[u8]) -> Vec<u8> {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&self.key_block());
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text);
        mac.finalize().into_bytes().to_vec()
    }

    /// HMAC-SHA-256 takes its key as one 64-byte block, zero-padded (RFC 2104).
    fn key_block(&self) -> hmac::digest::Key<Hmac<Sha256>> {
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        for (slot, byte) in block.iter_mut().zip(self.key) {
            *slot = byte;
        }
        block
    }

    fn parse(text: &str) -> Option<Self> {
        let (id, digits) = text.trim().strip_prefix("serap-key:")?.split_once(':')?;
        let bytes: Option<Vec<u8>> = (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect();
        Some(Self { id: id.to_owned(), key: bytes?.try_into().ok()? })
    }

    fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        writeln!(file, "serap-key:{}:{}", self.id, hex(&self.key))?;
        file.sync_all()
    }
}

impl PersonKey {
    /// Seals one text of this person.
    pub fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        seal_with(&self.key, plain, b"person")
    }

    /// Opens it again.
    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        open_with(&self.key, sealed, b"person")
    }

    /// Seals an optional text.
    pub fn seal_text(&self, plain: Option<&str>) -> Result<Option<Vec<u8>>, SealError> {
        plain.map(|text| self.seal(text.as_bytes())).transpose()
    }

    /// Opens an optional text.
    pub fn open_text(&self, sealed: Option<&[u8]>) -> Result<Option<String>, SealError> {
        let plain = sealed.map(|bytes| self.open(bytes)).transpose()?;
        plain.map(|bytes| String::from_utf8(bytes).map_err(|_not_text| SealError::DoesNotOpen)).transpose()
    }
}

/// Random bytes from the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], SealError> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|_none| SealError::NoRandomness)?;
    Ok(bytes)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

fn seal_with(key: &[u8; KEY_BYTES], plain: &[u8], context: &[u8]) -> Result<Vec<u8>, SealError> {
    let nonce = random::<NONCE_BYTES>()?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: context }).map_err(|_opaque| SealError::DoesNotOpen)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn open_with(key: &[u8; KEY_BYTES], sealed: &[u8], context: &[u8]) -> Result<Vec<u8>, SealError> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(SealError::DoesNotOpen)?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: context }).map_err(|_opaque| SealError::DoesNotOpen)
}
