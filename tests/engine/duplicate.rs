//! Proposing that two records are one person.

use chrono::NaiveDate;
use proptest::prelude::*;
use serap::engine::duplicate::{Confidence, Described, compare};
use serap::engine::name::search_key;

fn described<'a>(name_key: &'a str, born: Option<NaiveDate>, nik: Option<&'a [u8]>) -> Described<'a> {
    Described { name_key, born, nik }
}

fn day(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 3, 12)
}

#[test]
fn same_name_and_date_is_sure_and_a_missing_date_is_not() {
    let key = search_key("Siti Aminah");
    let sureness = |left, right| compare(&described(&key, left, None), &described(&key, right, None)).map(|found| found.confidence);
    assert_eq!(sureness(day(1999), day(1999)), Some(Confidence::High));
    assert_eq!(sureness(day(1999), None), Some(Confidence::Low));
    assert_eq!(sureness(day(1999), day(2000)), None);
}

#[test]
fn a_near_name_needs_the_same_date() {
    let (left, right) = (search_key("Ahmad Fauzi"), search_key("Ahmad N. Fauzi"));
    let sureness = |date| compare(&described(&left, day(1999), None), &described(&right, date, None)).map(|found| found.confidence);
    assert_eq!(sureness(day(1999)), Some(Confidence::Medium));
    assert_eq!(sureness(None), None);
}

proptest! {
    #[test]
    fn different_dates_are_different_people(left in "[a-z]{3,12}", right in "[a-z]{3,12}", one in 1950..2010_i32, other in 1950..2010_i32) {
        prop_assume!(one != other);
        prop_assert_eq!(compare(&described(&left, day(one), None), &described(&right, day(other), None)), None);
    }

    #[test]
    fn order_does_not_matter(
        names in ("[a-c]{3,6}", "[a-c]{3,6}"), years in (1998..2000_i32, 1998..2000_i32), same in any::<bool>()
    ) {
        let ((left, right), (one, other)) = (names, years);
        let (left_nik, right_nik): (&[u8], &[u8]) = (b"1", if same { b"1" } else { b"2" });
        let (left, right) = (described(&left, day(one), Some(left_nik)), described(&right, day(other), Some(right_nik)));
        prop_assert_eq!(compare(&left, &right), compare(&right, &left));
    }

    #[test]
    fn another_nik_is_never_sure(name in "[a-z]{3,12}", date in prop::option::of(1998..2000_i32)) {
        let born = date.and_then(day);
        let found = compare(&described(&name, born, Some(b"1")), &described(&name, born, Some(b"2")));
        prop_assert!(found.is_none_or(|found| found.confidence != Confidence::High));
    }
}
