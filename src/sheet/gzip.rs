//! Unpacks a `.csv.gz` (RFC 1952) under the same limit as the parts of a workbook. What is in it must be text: no container in a container.

use super::container::{checksum, damaged};
use super::error::ReadError;
use super::inflate::{InflateError, inflate};
use super::limits::Limits;
use super::megabytes;

/// How every such file begins: two bytes of its own and the only method there is.
pub(super) const MARK: [u8; 3] = [0x1F, 0x8B, 8];
/// The fixed part of the header.
const HEADER: usize = 10;

/// The text of a packed file, checked against its checksum and length.
pub(super) fn unpack(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let broken = || damaged("gzip");
    let packed = body(bytes).ok_or_else(broken)?;
    let (packed, trailer) = packed.split_last_chunk::<8>().ok_or_else(broken)?;
    let mut out = Vec::new();
    inflate(packed, limits.inflated_bytes, &mut out).map_err(|error| match error {
        InflateError::TooLong => ReadError::InflatesTooLarge { limit_mb: megabytes(limits.inflated_bytes) },
        InflateError::Damaged => broken(),
    })?;
    let told = u64::from_le_bytes(*trailer);
    // The low half is the checksum, the high half the length modulo 2^32.
    let length = u64::try_from(out.len()).unwrap_or(u64::MAX) & u64::from(u32::MAX);
    if u64::from(checksum(&out)) | length << 32 == told { Ok(out) } else { Err(broken()) }
}

/// What follows the header with its optional parts.
fn body(bytes: &[u8]) -> Option<&[u8]> {
    let (header, mut rest) = bytes.split_at_checked(HEADER)?;
    let flags = *header.get(3)?;
    if flags & 0b1110_0000 != 0 {
        return None;
    }
    if flags & 4 != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for named in [8, 16] {
        if flags & named != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = rest.get(end + 1..)?;
        }
    }
    if flags & 2 != 0 {
        rest = rest.get(2..)?;
    }
    Some(rest)
}
