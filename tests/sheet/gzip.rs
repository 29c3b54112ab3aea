//! Packed CSV files: read as the text they hold, refused where they lie.

use proptest::collection::vec;
use proptest::prelude::*;
use serap::sheet::error::ReadError;
use serap::sheet::limits::Limits;

use crate::hostile::deflated_zeros;
use crate::support::read;

/// `conceptUri,broaderUri` and three rows, packed by a common tool under the name `broader.csv`.
const PACKED: [u8; 73] = [
    0x1F, 0x8B, 0x08, 0x08, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0x62, 0x72, 0x6F, 0x61, 0x64, 0x65, 0x72, 0x2E, 0x63, 0x73, 0x76, 0x00,
    0x4B, 0xCE, 0xCF, 0x4B, 0x4E, 0x2D, 0x28, 0x09, 0x2D, 0xCA, 0xD4, 0x49, 0x2A, 0xCA, 0x4F, 0x4C, 0x49, 0x2D, 0x02, 0x32, 0xB9, 0x8A,
    0xB3, 0x33, 0x73, 0x72, 0xF4, 0x13, 0x0D, 0x75, 0x20, 0x8C, 0x24, 0x43, 0x98, 0x88, 0x11, 0x86, 0x88, 0x31, 0x42, 0x04, 0x00, 0x95,
    0xA1, 0x66, 0xDD, 0x4C, 0x00, 0x00, 0x00,
];

fn refused(bytes: &[u8]) -> ReadError {
    serap::sheet::read(bytes, "x.csv.gz", &Limits::default()).unwrap_err()
}

#[test]
fn a_packed_file_is_the_text_in_it() {
    let table = read(&PACKED, "broader.csv.gz");
    assert_eq!(table, read(b"conceptUri,broaderUri\nskill/a1,skill/b1\nskill/a2,skill/b1\nskill/a3,skill/b1\n", "broader.csv.gz"));
    assert_eq!(table.rows.len(), 4);
}

#[test]
fn every_optional_part_of_the_header_is_passed_over() {
    let (fixed, packed) = (&PACKED[..10], &PACKED[22..]);
    let with = |flags: u8, parts: &[u8]| [&fixed[..3], &[flags], &fixed[4..], parts, packed].concat();
    for file in [with(0, b""), with(4, b"\x03\x00abc"), with(16, b"remark\0"), with(2, b"\x12\x34"), with(30, b"\x01\x00an\0r\0\x12\x34")] {
        assert_eq!(read(&file, "x.csv").rows.len(), 4);
    }
    assert!(matches!(refused(&with(0x20, b"")), ReadError::Damaged { .. }), "a part nobody knows");
}

#[test]
fn what_is_cut_off_or_changed_is_damaged() {
    for end in 3..PACKED.len() {
        assert!(matches!(refused(&PACKED[..end]), ReadError::Damaged { .. }), "cut at {end}");
    }
    let mut wrong = PACKED;
    wrong[65] ^= 1;
    assert!(matches!(refused(&wrong), ReadError::Damaged { .. }), "the checksum");
    assert!(matches!(refused(&[PACKED.as_slice(), b"more"].concat()), ReadError::Damaged { .. }));
}

#[test]
fn a_small_file_of_many_zeros_is_refused_while_it_unpacks() {
    let bomb = [&PACKED[..3], &[0], &PACKED[4..10], &deflated_zeros(80 * 1024 * 1024), &[0; 8]].concat();
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(refused(&bomb), ReadError::InflatesTooLarge { limit_mb: 64 });
}

proptest! {
    #[test]
    fn arbitrary_bytes_behind_the_mark_never_panic(tail in vec(any::<u8>(), 0..300)) {
        let _ = serap::sheet::read(&[&PACKED[..3], &tail].concat(), "x", &Limits::default());
    }
}
