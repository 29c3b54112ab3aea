//! Opens the ZIP of an XLSX file as an enemy's and packs anew what is safe.
//!
//! The workbook reader never sees the stranger's container: it gets one that we wrote, without compression, holding only
//! the parts it reads, each counted and looked through. So what was checked is exactly what is read.

use std::sync::LazyLock;

use super::claims;
use super::error::ReadError;
use super::inflate::{InflateError, inflate};
use super::limits::Limits;
use super::megabytes;

/// Parts that hold no cell, and so are neither unpacked nor passed on.
const UNREAD: [&str; 10] =
    ["drawings/", "charts/", "media/", "theme/", "pivot", "customxml/", "docprops/", "comments", "externallinks/", "printersettings"];

/// A container of our own with the checked parts of a stranger's.
pub(super) fn repack(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let entries = directory(bytes, limits)?;
    let wanted: Vec<&Entry> = entries.iter().filter(|entry| entry.is_read()).collect();
    if !wanted.iter().any(|entry| entry.name.to_lowercase().contains("workbook")) {
        return Err(ReadError::NotAWorkbook);
    }
    let too_large = || ReadError::InflatesTooLarge { limit_mb: megabytes(limits.inflated_bytes) };
    // Honest containers are refused before anything is unpacked; liars below, at the byte where the lie shows.
    let claimed = wanted.iter().try_fold(0_usize, |sum, entry| sum.checked_add(entry.size)).ok_or_else(too_large)?;
    if claimed > limits.inflated_bytes {
        return Err(too_large());
    }
    let mut packer = Packer::default();
    for entry in wanted {
        if entry.encrypted {
            return Err(ReadError::Protected);
        }
        packer.add(&entry.name, entry.checksum, |out| entry.unpack(bytes, limits, out).map_err(|lie| lie.unwrap_or_else(too_large)))?;
    }
    packer.finish().ok_or_else(too_large)
}

/// One line of the container's directory.
struct Entry {
    name: String,
    encrypted: bool,
    method: u16,
    checksum: u32,
    packed: usize,
    size: usize,
    header_at: usize,
}

impl Entry {
    fn is_read(&self) -> bool {
        let lower = self.name.to_lowercase();
        (lower.ends_with(".xml") || lower.ends_with(".rels")) && !UNREAD.iter().any(|part| lower.contains(part))
    }

    /// Unpacks behind `out`; `None` as error means more bytes than claimed.
    fn unpack(&self, bytes: &[u8], limits: &Limits, out: &mut Vec<u8>) -> Result<(), Option<ReadError>> {
        let from = out.len();
        let packed = self.data(bytes).ok_or_else(|| Some(damaged(&self.name)))?;
        match self.method {
            0 if packed.len() == self.size => out.extend_from_slice(packed),
            8 => match inflate(packed, self.size, out) {
                Ok(()) if out.len() - from == self.size => {}
                Ok(()) | Err(InflateError::Damaged) => return Err(Some(damaged(&self.name))),
                Err(InflateError::TooLong) => return Err(None),
            },
            _ => return Err(Some(damaged(&self.name))),
        }
        let data = out.get(from..).unwrap_or_default();
        // A reader that stops at the last cell never gets to compare it, and a digit may have changed before.
        if checksum(data) != self.checksum {
            return Err(Some(damaged(&self.name)));
        }
        claims::check(&self.name, data, limits).map_err(Some)
    }

    fn data<'b>(&self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        let header = bytes.get(self.header_at..)?;
        if !header.starts_with(b"PK\x03\x04") {
            return None;
        }
        let skip = 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
        header.get(skip..skip.checked_add(self.packed)?)
    }
}

/// What is said of a part that is not what it should be.
pub(super) fn damaged(part: &str) -> ReadError {
    ReadError::Damaged { detail: part.chars().take(80).collect() }
}

/// Reads the directory at the end of the container.
fn directory(bytes: &[u8], limits: &Limits) -> Result<Vec<Entry>, ReadError> {
    let end = end_record(bytes).ok_or_else(|| damaged("zip end record"))?;
    let count = usize::from(u16_at(end, 10).unwrap_or(u16::MAX));
    if count > limits.entries {
        return Err(ReadError::TooManyEntries { limit: limits.entries });
    }
    let mut at = u32_at(end, 16).and_then(|at| usize::try_from(at).ok()).ok_or_else(|| damaged("zip directory"))?;
    let mut entries: Vec<Entry> = Vec::with_capacity(count);
    for _ in 0..count {
        let (entry, next) = bytes.get(at..).and_then(directory_entry).ok_or_else(|| damaged("zip directory"))?;
        if entries.iter().any(|known| known.name.eq_ignore_ascii_case(&entry.name)) {
            return Err(damaged(&entry.name));
        }
        at = at.saturating_add(next);
        entries.push(entry);
    }
    Ok(entries)
}

/// The end record stands within the last 64 KiB, behind at most a comment.
fn end_record(bytes: &[u8]) -> Option<&[u8]> {
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..)?;
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    tail.get(at..).filter(|record| record.len() >= 22)
}

fn directory_entry(line: &[u8]) -> Option<(Entry, usize)> {
    if !line.starts_with(b"PK\x01\x02") {
        return None;
    }
    let name_len = usize::from(u16_at(line, 28)?);
    let next = 46 + name_len + usize::from(u16_at(line, 30)?) + usize::from(u16_at(line, 32)?);
    let entry = Entry {
        name: String::from_utf8_lossy(line.get(46..46 + name_len)?).replace('\\', "/"),
        encrypted: u16_at(line, 8)? & 1 == 1,
        method: u16_at(line, 10)?,
        checksum: u32_at(line, 16)?,
        packed: usize::try_from(u32_at(line, 20)?).ok()?,
        size: usize::try_from(u32_at(line, 24)?).ok()?,
        header_at: usize::try_from(u32_at(line, 42)?).ok()?,
    };
    Some((entry, next))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// What eight steps of CRC-32 make of each byte.
static CRC_STEPS: LazyLock<[u32; 256]> = LazyLock::new(|| {
    let step = |value: u32, _: u8| if value & 1 == 1 { (value >> 1) ^ 0xEDB8_8320 } else { value >> 1 };
    std::array::from_fn(|byte| u32::try_from(byte).map_or(0, |byte| (0..8).fold(byte, step)))
});

/// CRC-32 as ZIP and gzip use it.
pub(super) fn checksum(data: &[u8]) -> u32 {
    let steps = &*CRC_STEPS;
    !data.iter().fold(u32::MAX, |sum, byte| {
        let [low, ..] = sum.to_le_bytes();
        steps.get(usize::from(low ^ byte)).copied().unwrap_or_default() ^ (sum >> 8)
    })
}

/// Writes a ZIP whose parts are stored as they are.
#[derive(Default)]
struct Packer {
    out: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl Packer {
    /// Adds a part that `fill` writes and checks.
    fn add(&mut self, name: &str, checksum: u32, fill: impl FnOnce(&mut Vec<u8>) -> Result<(), ReadError>) -> Result<(), ReadError> {
        let header_at = self.out.len();
        self.out.extend_from_slice(b"PK\x03\x04");
        let facts_at = self.out.len();
        self.out.extend_from_slice(&[0; 26]);
        self.out.extend_from_slice(name.as_bytes());
        let from = self.out.len();
        fill(&mut self.out)?;
        let size = u32::try_from(self.out.len() - from).map_err(|_huge| damaged(name))?;
        let facts = facts(name, checksum, size).ok_or_else(|| damaged(name))?;
        if let Some(place) = self.out.get_mut(facts_at..facts_at + facts.len()) {
            place.copy_from_slice(&facts);
        }
        self.directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        self.directory.extend_from_slice(&facts);
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&u32::try_from(header_at).map_err(|_huge| damaged(name))?.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.count += 1;
        Ok(())
    }

    fn finish(mut self) -> Option<Vec<u8>> {
        let at = u32::try_from(self.out.len()).ok()?;
        let size = u32::try_from(self.directory.len()).ok()?;
        self.out.append(&mut self.directory);
        self.out.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00");
        self.out.extend_from_slice(&self.count.to_le_bytes());
        self.out.extend_from_slice(&self.count.to_le_bytes());
        self.out.extend_from_slice(&size.to_le_bytes());
        self.out.extend_from_slice(&at.to_le_bytes());
        self.out.extend_from_slice(&[0; 2]);
        Some(self.out)
    }
}

/// The 26 bytes that local header and directory share: version, flags, stored, date, checksum, sizes, name length.
fn facts(name: &str, checksum: u32, size: u32) -> Option<[u8; 26]> {
    let mut facts = Vec::with_capacity(26);
    // Version 2.0; names in UTF-8; stored; midnight of 1 January 1980.
    facts.extend_from_slice(&[20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0]);
    facts.extend_from_slice(&checksum.to_le_bytes());
    facts.extend_from_slice(&size.to_le_bytes());
    facts.extend_from_slice(&size.to_le_bytes());
    facts.extend_from_slice(&u16::try_from(name.len()).ok()?.to_le_bytes());
    facts.extend_from_slice(&[0, 0]);
    facts.try_into().ok()
}
