//! Rows go out and come back the same, and hostile bytes are refused, never a panic.

use super::world::any_candidate;
use super::*;
use proptest::prelude::*;
use serap::engine::matching::RowDamage;
use serap::engine::matching::row::{KnownCodes, VERSION, pack, unpack, unpack_with};

proptest! {
    #[test]
    fn a_candidate_comes_back_as_it_was(person in any_candidate(0..9), trade in prop::option::of(".{0,40}")) {
        let person = Candidate { trade, ..person };
        let bytes = pack(&person);
        let back = unpack(&bytes).unwrap();
        prop_assert_eq!(&back, &person);
        prop_assert_eq!(pack(&back), bytes);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = unpack(&bytes);
        let mut versioned = vec![VERSION];
        versioned.extend(bytes);
        let _ = unpack(&versioned);
    }

    #[test]
    fn a_damaged_row_is_read_or_refused_and_a_cut_one_refused(
        person in any_candidate(0..9), at in any::<prop::sample::Index>(), bit in 0_u8..8,
    ) {
        let mut bytes = pack(&person);
        let at = at.index(bytes.len());
        prop_assert_eq!(unpack(&bytes[..at]).is_err(), true);
        bytes[at] ^= 1 << bit;
        let _ = unpack(&bytes);
    }
}

#[test]
fn rows_read_together_are_read_as_rows_read_alone() {
    let people = [holder(1, &[SEW, PATTERN]), holder(2, &["LOKAL.sulam pita", SEW]), holder(3, &[])];
    let mut known = KnownCodes::default();
    for person in people {
        assert_eq!(unpack_with(&mut known, &pack(&person)), Ok(person));
    }
}

#[test]
fn damage_is_named() {
    let bytes = pack(&holder(1, &[SEW]));
    assert_eq!(unpack(&[]), Err(RowDamage::Short));
    assert_eq!(unpack(&[9]), Err(RowDamage::Version(9)));
    assert_eq!(unpack(&[bytes.as_slice(), &[0]].concat()), Err(RowDamage::Long));
    assert!(bytes.len() <= 90, "{} bytes for one unit", bytes.len());
}

#[test]
fn dates_at_the_ends_of_the_calendar_come_back() {
    for date in [NaiveDate::MIN, NaiveDate::MAX, day(0, 1, 1), day(1, 1, 1)] {
        let person = Candidate { available_from: Some(date), paused_until: Some(date), ..holder(1, &[]) };
        assert_eq!(unpack(&pack(&person)), Ok(person));
    }
}
