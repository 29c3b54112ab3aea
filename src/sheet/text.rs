//! Turns the bytes of a text file into text: UTF-8, UTF-16 and Windows-1252, the four that spreadsheet programs write.

use encoding_rs::WINDOWS_1252;

use super::error::ReadError;

/// Bytes that Windows-1252 leaves undefined.
const UNDEFINED: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// Decodes a whole file. No byte order mark is left in it, and no control character but tab and line ends.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        let text = std::str::from_utf8(rest).map_err(|bad| ReadError::Undecodable { offset: 3 + bad.valid_up_to() })?;
        return plain(text.to_owned(), 3, char::len_utf8);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(rest, 2, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(rest, 2, u16::from_be_bytes);
    }
    // Without a mark, UTF-16 shows by the zero halves of its ASCII letters.
    match bytes {
        [first, 0, third, 0, ..] if *first != 0 && *third != 0 => return utf16(bytes, 0, u16::from_le_bytes),
        [0, second, 0, fourth, ..] if *second != 0 && *fourth != 0 => return utf16(bytes, 0, u16::from_be_bytes),
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => plain(text.to_owned(), 0, char::len_utf8),
        Err(_not_utf8) => windows(bytes),
    }
}

fn windows(bytes: &[u8]) -> Result<String, ReadError> {
    if let Some(offset) = bytes.iter().position(|byte| UNDEFINED.contains(byte)) {
        return Err(ReadError::Undecodable { offset });
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    plain(text.into_owned(), 0, |_| 1)
}

fn utf16(bytes: &[u8], start: usize, pair: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    let (units, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(ReadError::Undecodable { offset: start + bytes.len() - 1 });
    }
    let mut text = String::with_capacity(units.len());
    let mut offset = start;
    for decoded in char::decode_utf16(units.iter().map(|unit| pair(*unit))) {
        let c = decoded.map_err(|_lone| ReadError::Undecodable { offset })?;
        text.push(c);
        offset += 2 * c.len_utf16();
    }
    plain(text, start, |c| 2 * c.len_utf16())
}

/// Refuses control characters, with the place of the first in the file: a text that holds them is no text.
fn plain(text: String, start: usize, width: fn(char) -> usize) -> Result<String, ReadError> {
    let mut offset = start;
    for c in text.chars() {
        if c.is_ascii_control() && !matches!(c, '\t' | '\r' | '\n') {
            return Err(ReadError::Undecodable { offset });
        }
        offset += width(c);
    }
    Ok(text)
}
