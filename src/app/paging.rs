//! Pages of lists, and the signed cursors that lead from one to the next.

use crate::app::installation::App;
use crate::seal::token;

/// A page of rows; `more` says whether rows follow.
pub type Page<M> = crate::store::page::Page<M>;
/// Which page.
pub type Slice = crate::store::page::Slice;

/// How many bytes of the signature a cursor carries.
const SIGNATURE: usize = 12;

impl App {
    /// Makes an opaque cursor that only this installation can read.
    #[must_use]
    pub fn seal_cursor(&self, key: &[u8]) -> String {
        let signature = self.keyring.sign("cursor", key);
        token::encode(&[key, signature.get(..SIGNATURE).unwrap_or_default()].concat())
    }

    /// The key inside a cursor; `None` if it is not one of ours.
    #[must_use]
    pub fn open_cursor(&self, cursor: &str) -> Option<Vec<u8>> {
        let bytes = token::decode(cursor)?;
        let (key, signature) = bytes.split_at_checked(bytes.len().checked_sub(SIGNATURE)?)?;
        let expected = self.keyring.sign("cursor", key);
        (expected.get(..SIGNATURE) == Some(signature)).then(|| key.to_vec())
    }
}
