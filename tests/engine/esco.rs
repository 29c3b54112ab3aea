//! Addresses of ESCO, and which units its skills make related; all skills here are invented.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serap::engine::catalogue::{Catalogue, Unit};
use serap::engine::esco::{ConceptKind, EscoUri, related_families};
use serap::engine::unit_code::UnitCode;

fn unit(code: &str) -> UnitCode {
    UnitCode::parse(code).unwrap_or_else(|| panic!("{code} is a unit code"))
}

#[test]
fn addresses_are_read_whole_or_from_the_part_on() {
    let whole = EscoUri::parse("http://data.europa.eu/esco/skill/75dfe1ee-5935").unwrap();
    for written in ["skill/75dfe1ee-5935", " https://data.europa.eu/esco/skill/75dfe1ee-5935 "] {
        assert_eq!(EscoUri::parse(written).as_ref(), Some(&whole));
    }
    for wrong in [
        "",
        "skill/",
        "gaji/1",
        "75dfe1ee",
        "skill/a b",
        "http://data.europa.eu/skill/1",
        "skill/a/b",
        &format!("skill/{}", "x".repeat(101)),
    ] {
        assert_eq!(EscoUri::parse(wrong), None, "{wrong}");
    }
    assert_eq!((EscoUri::of_isco("7533"), EscoUri::of_isco("C7533")), (EscoUri::parse("isco/C7533"), EscoUri::parse("isco/C7533")));
    assert!(["", "75331", "7A", "-1"].iter().all(|code| EscoUri::of_isco(code).is_none()));
    let kinds = ["skill/a", "occupation/a", "isco/C1", "isced-f/07"].map(|uri| EscoUri::parse(uri).unwrap().kind());
    assert_eq!(kinds, [ConceptKind::Skill, ConceptKind::Occupation, ConceptKind::OccupationGroup, ConceptKind::Group]);
}

#[test]
fn units_of_one_skill_or_of_neighbours_are_related_and_siblings_are_not() {
    let taught = [
        ("C.141110.001.01", "cut"),
        ("C.141110.002.01", "cut"),
        ("GAR.CM01.003.01", "sew"),
        ("GAR.CM01.003.02", "machines"),
        ("C.14GMT06.010.1", "machines"),
    ];
    let taught: Vec<(UnitCode, String)> = taught.iter().map(|(code, skill)| (unit(code), (*skill).to_owned())).collect();
    let broader = [("sew", "textiles"), ("machines", "textiles"), ("cut", "sew"), ("machines", "machines")];
    let broader: Vec<(String, String)> = broader.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect();
    let related = related_families(&taught, &broader);
    let of = |code: &str| related.get(unit(code).family()).into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(of("C.141110.001.01"), [unit("C.141110.002.01").family(), unit("GAR.CM01.003.01").family()]);
    assert_eq!(of("C.14GMT06.010.1"), [unit("GAR.CM01.003.01").family()], "the same skill, by its other version");
    assert!(!of("GAR.CM01.003.01").contains(&unit("GAR.CM01.003.01").family()), "no unit is related to itself");
}

#[test]
fn the_catalogue_gives_every_version_of_related_units_and_changes_its_version() {
    let units = ["GAR.CM01.003.01", "GAR.CM01.003.02", "C.14GMT06.010.1"].map(|code| Unit::new(code, code, "Garmen").unwrap());
    let plain = Catalogue::default().with_units(units);
    let taught = [(unit("GAR.CM01.003.01"), "sew".to_owned()), (unit("C.14GMT06.010.1"), "sew".to_owned())];
    let catalogue = plain.clone().with_related(related_families(&taught, &[]));
    let codes = |code: &str| catalogue.related(&unit(code)).iter().map(|unit| unit.code.to_string()).collect::<Vec<_>>();
    assert_eq!(codes("C.14GMT06.010.1"), ["GAR.CM01.003.01", "GAR.CM01.003.02"]);
    assert_eq!(codes("GAR.CM01.003.02"), ["C.14GMT06.010.1"]);
    assert!(plain.related(&unit("C.14GMT06.010.1")).is_empty());
    assert_ne!(plain.version(), catalogue.version(), "a list says what it was made with");
    assert_eq!(plain.version(), plain.clone().with_related(BTreeMap::new()).version());
}

proptest! {
    #[test]
    fn relation_is_mutual(
        taught in prop::collection::vec((0_u8..6, 0_u8..5), 0..12),
        broader in prop::collection::vec((0_u8..5, 0_u8..5), 0..8),
    ) {
        let taught: Vec<(UnitCode, String)> = taught.iter().map(|(code, skill)| (unit(&format!("C.141110.00{code}.01")), skill.to_string())).collect();
        let broader: Vec<(String, String)> = broader.iter().map(|(one, other)| (one.to_string(), other.to_string())).collect();
        let related = related_families(&taught, &broader);
        for (family, others) in &related {
            prop_assert!(!others.contains(family));
            prop_assert!(others.iter().all(|other| related.get(other).is_some_and(|back| back.contains(family))));
        }
        let one_by_one = |left: &UnitCode, right: &UnitCode| {
            let skills = |unit: &UnitCode| taught.iter().filter(|(other, _)| other.family() == unit.family()).map(|(_, skill)| skill.clone()).collect::<Vec<_>>();
            let near = |one: &String, other: &String| one == other || broader.iter().any(|(low, high)| (low == one && high == other) || (low == other && high == one));
            left.family() != right.family() && skills(left).iter().any(|one| skills(right).iter().any(|other| near(one, other)))
        };
        for (left, _) in &taught {
            for (right, _) in &taught {
                let told = related.get(left.family()).is_some_and(|others| others.contains(right.family()));
                prop_assert_eq!(told, one_by_one(left, right));
            }
        }
    }

    #[test]
    fn any_text_is_an_address_or_is_not(text in ".{0,60}") {
        if let Some(uri) = EscoUri::parse(&text) {
            prop_assert_eq!(EscoUri::parse(uri.as_str()), Some(uri));
        }
    }
}
