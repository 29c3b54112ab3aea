//! `wa.me` addresses: the message opens on the staff member's own phone, and nothing leaves from here.

use std::fmt::Write as _;

use crate::engine::phone::Phone;

/// The address that opens a chat with a message written; `None` for a number that WhatsApp cannot reach.
#[must_use]
pub fn address(phone: &Phone, text: &str) -> Option<String> {
    phone.whatsapp_digits().map(|digits| format!("https://wa.me/{digits}?text={}", percent_encoded(text)))
}

/// Everything but RFC 3986's unreserved characters as `%XX`.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len() * 2), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            write!(encoded, "%{byte:02X}").ok();
        }
        encoded
    })
}
