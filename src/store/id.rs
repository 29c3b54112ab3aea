//! Where ids are made: UUID version 7, so that new rows lie together in every index.

use uuid::Uuid;

/// A fresh id of any typed kind.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
pub fn fresh<I: From<Uuid>>() -> I {
    Uuid::now_v7().into()
}
