//! Texts that a spreadsheet program would run as a formula when it opens a CSV file.
//!
//! Such a text gets one apostrophe in front; reading takes one away again, so that any text comes back as it was.

use std::borrow::Cow;

/// What makes a program calculate, in ASCII and in the full-width forms that some take for it.
const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text as it may stand in a CSV field.
#[must_use]
pub fn neutralise(text: &str) -> Cow<'_, str> {
    if is_risky(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`neutralise`] was given.
#[must_use]
pub fn restore(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(text) if is_risky(text) => text,
        _ => field,
    }
}

/// A text already led by apostrophes counts too; otherwise its own would be taken away on reading.
fn is_risky(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(STARTS)
}
