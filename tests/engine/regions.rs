//! Places by the names people write, and minimum wages on a day.

use chrono::NaiveDate;
use serap::engine::facts::WageFact;
use serap::engine::geo::{Point, RegionCode};
use serap::engine::money::Rupiah;
use serap::engine::regions::Regions;

fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).expect("a region code")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn first(regions: &Regions, written: &str, within: Option<&str>) -> Option<String> {
    let within = within.map(region);
    regions.find(written, within.as_ref()).first().map(|found| found.region.code.to_string())
}

#[test]
fn a_district_is_found_as_people_write_it() {
    let regions = Regions::starter();
    for written in ["Maron, Probolinggo", "Kec. Maron Kab. Probolinggo", "KECAMATAN MARON (Probolinggo)", "maron probolinggo"] {
        assert_eq!(first(&regions, written, None).as_deref(), Some("35.13.17"), "{written}");
    }
    assert_eq!(first(&regions, "Maron", Some("35.13")).as_deref(), Some("35.13.17"));
    assert_eq!(first(&regions, "Marron", Some("35.13")).as_deref(), Some("35.13.17"));
}

#[test]
fn a_name_of_several_places_stays_several() {
    let regions = Regions::starter();
    let found = regions.find("Probolinggo", None);
    let codes: Vec<&str> = found.iter().map(|found| found.region.code.as_str()).collect();
    assert!(codes.contains(&"35.13") && codes.contains(&"35.74"), "{codes:?}");
    assert!(found.iter().all(|found| found.confidence_hundredths < 8_000));
}

#[test]
fn nonsense_is_nowhere() {
    let regions = Regions::starter();
    for written in ["", ",", "kec.", "🧵", "\0", "xyzzy qwert"] {
        assert!(regions.find(written, None).is_empty(), "{written}");
    }
}

#[test]
fn a_wage_holds_in_its_year_alone() {
    let regions = Regions::starter();
    let maron = region("35.13.17");
    let amount = |on: &str| regions.minimum_wage(&maron, day(on)).map(|wage| wage.amount.amount());
    assert_eq!(amount("2026-01-01"), Some(3_164_526));
    assert_eq!(amount("2025-12-31"), Some(2_989_407));
    assert_eq!(amount("2027-01-01"), None);
    assert_eq!(amount("2024-06-01"), None);
    assert_eq!(regions.last_known_wage(&maron, day("2027-01-01")).map(|wage| wage.year), Some(2026));
    assert_eq!(regions.minimum_wage(&region("11.01"), day("2026-06-01")), None);
}

#[test]
fn an_imported_wage_wins() {
    let imported = WageFact {
        region: region("35.13"),
        year: 2026,
        sector: None,
        amount: Rupiah::new(3_200_000).expect("an amount"),
        valid_from: day("2026-01-01"),
        basis: "corrected".to_owned(),
    };
    let regions = Regions::starter().with_wages([imported]);
    let wage = regions.minimum_wage(&region("35.13.17"), day("2026-05-05")).expect("filled in");
    assert_eq!((wage.amount.amount(), wage.basis.as_str()), (3_200_000, "corrected"));
}

#[test]
fn a_district_knows_its_regency() {
    let regions = Regions::starter();
    let regency = regions.regency_of(&region("35.13.17")).expect("a regency");
    assert_eq!(regency.name, "Kabupaten Probolinggo");
    let maron = regions.get(&region("35.13.17")).expect("a district");
    assert!(maron.point.metres_to(regency.point) < 60_000);
}

proptest::proptest! {
    #[test]
    fn a_circle_that_knows_says_what_measuring_says(
        latitude in -60.0_f64..60.0, longitude in -180.0_f64..180.0, metres in 0_u32..100_000, north in -1.5_f64..1.5, east in -1.5_f64..1.5,
    ) {
        let centre = Point { latitude, longitude };
        let point = Point { latitude: latitude + north, longitude: longitude + east };
        let circle = serap::engine::geo::Circle::new(centre, metres).expect("small enough");
        if let Some(inside) = circle.holds(point) {
            proptest::prop_assert_eq!(inside, centre.metres_to(point) <= metres);
        }
    }

    #[test]
    fn an_origin_measures_what_its_place_measures(
        latitude in -95.0_f64..95.0, longitude in -185.0_f64..185.0, scale in 0_i32..8, north in -3.0_f64..3.0, east in -3.0_f64..3.0,
    ) {
        let place = Point { latitude, longitude };
        let origin = serap::engine::geo::Origin::new(place);
        let step = 10.0_f64.powi(-scale);
        for (north, east) in (1..200).map(f64::from).map(|times| (north * step * times / 100.0, east * step * (200.0 - times) / 100.0)) {
            let point = Point { latitude: latitude + north, longitude: longitude + east };
            proptest::prop_assert_eq!(origin.metres_from(point), point.metres_to(place));
        }
        for odd in [f64::NAN, f64::INFINITY, 1e300] {
            let point = Point { latitude: odd, longitude };
            proptest::prop_assert_eq!(origin.metres_from(point), point.metres_to(place));
        }
    }

    #[test]
    fn no_point_of_an_area_is_nearer_than_the_least(
        latitude in -90.0_f64..90.0, longitude in -180.0_f64..180.0, south in -90.0_f64..90.0, west in -180.0_f64..180.0,
        high in 0.0_f64..1.0, wide in 0.0_f64..1.0, scale in 0_i32..4,
    ) {
        let size = 10.0_f64.powi(-scale);
        let (north, east) = ((90.0 - south).mul_add(high * size, south), (180.0 - west).mul_add(wide * size, west));
        let area = serap::engine::geo::Area { south, north, west, east };
        let place = Point { latitude, longitude };
        let least = serap::engine::geo::Origin::new(place).least_metres(&area);
        for (up, right) in (0..=8).flat_map(|up| (0..=8).map(move |right| (f64::from(up) / 8.0, f64::from(right) / 8.0))) {
            let point = Point { latitude: (north - south).mul_add(up, south), longitude: (east - west).mul_add(right, west) };
            proptest::prop_assert!(point.metres_to(place) >= least, "{:?} {:?} {:?} {}", place, area, point, least);
        }
    }
}
