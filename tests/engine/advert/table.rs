//! A table of adverts over many trades: each with everything that is read from it, so that nothing more is read either.

use chrono::NaiveDate;
use serap::engine::advert::{Advert, Read, read_advert};
use serap::engine::geo::RegionCode;
use serap::engine::regions::Regions;

pub(super) fn told(advert: &Advert) -> String {
    fn put<T>(lines: &mut Vec<String>, name: &str, read: &Option<Read<T>>, show: impl Fn(&T) -> String) {
        if let Some(read) = read {
            lines.push(format!("{name}: {} <{}>", show(&read.value), read.text.replace('\n', "/")));
        }
    }
    let mut lines = Vec::new();
    for role in &advert.roles {
        lines.push(format!(
            "role: {}{}",
            role.title.value,
            role.positions.as_ref().map(|count| format!(" x{}", count.value)).unwrap_or_default()
        ));
    }
    put(&mut lines, "positions", &advert.positions, u32::to_string);
    put(&mut lines, "district", &advert.district, |code| code.as_ref().map_or("?".to_owned(), |code| code.as_str().to_owned()));
    put(&mut lines, "wage_min", &advert.wage_min, |wage| wage.amount().to_string());
    put(&mut lines, "wage_max", &advert.wage_max, |wage| wage.amount().to_string());
    put(&mut lines, "wage_unit", &advert.wage_unit, |unit| unit.code().to_owned());
    put(&mut lines, "shift", &advert.shift, |shift| shift.code().to_owned());
    put(&mut lines, "starts_on", &advert.starts_on, NaiveDate::to_string);
    put(&mut lines, "closes_on", &advert.closes_on, NaiveDate::to_string);
    put(&mut lines, "contract", &advert.contract, |contract| contract.code().to_owned());
    put(&mut lines, "hours", &advert.hours_per_week, u32::to_string);
    put(&mut lines, "education", &advert.education, String::clone);
    put(&mut lines, "experience", &advert.experience_months, u32::to_string);
    put(&mut lines, "licences", &advert.licences, |all| all.join("+"));
    lines.push(format!("skills: {}", advert.skills.iter().map(|part| part.text.replace('\n', "/")).collect::<Vec<_>>().join(" | ")));
    let others: Vec<String> = advert.others.iter().map(|part| format!("{}={}", part.kind.code(), part.text.replace('\n', "/"))).collect();
    lines.push(format!("others: {}", others.join(" | ")));
    lines.push(format!(
        "flags: {}",
        advert.flags.iter().map(|flag| format!("{}={}", flag.kind.code(), flag.text)).collect::<Vec<_>>().join(" | ")
    ));
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// The adverts of the table: the text, a line `---`, what is read from it; a line `===` between two.
fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("adverts.txt").split("\n===\n").filter_map(|case| case.trim_end().split_once("\n---\n"))
}

#[test]
fn adverts_are_read_as_the_table_says() {
    let regions = Regions::starter();
    let as_of = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
    let office = RegionCode::parse("35.13");
    assert!(cases().count() >= 40);
    let read = |text: &str| told(&read_advert(text, as_of, &regions, office.as_ref()));
    if std::env::var_os("SERAP_RENEW_ADVERTS").is_some() {
        let all: Vec<String> = cases().map(|(text, _)| format!("{text}\n---\n{}\n", read(text))).collect();
        std::fs::write("tests/engine/advert/adverts.txt", all.join("===\n")).expect("the table is written");
    }
    let wrong: Vec<String> = cases()
        .map(|(text, expected)| (text, expected, read(text)))
        .filter(|(_, expected, read)| expected != read)
        .map(|(text, expected, read)| format!("{text}\n--- expected\n{expected}\n--- read\n{read}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dump() {
    let Ok(text) = std::fs::read_to_string("/tmp/adverts.txt") else { return };
    let regions = Regions::starter();
    let as_of = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    for (n, advert) in text.split("\u{1}").enumerate() {
        println!("#### {n}: {advert}\n{}\n", told(&read_advert(advert, as_of, &regions, RegionCode::parse("35.13").as_ref())));
    }
    for text in ["a", "jahit ", "di Maron ", "5 org, gaji 3jt/bln, usia 18-25 th; ", "((((", "sampai 1 ", "(a, ", "pengalaman di bidang "] {
        let long: String = text.chars().cycle().take(10_000).collect();
        let began = std::time::Instant::now();
        let _ = read_advert(&long, as_of, &regions, RegionCode::parse("35.13").as_ref());
        println!("TIME {text:?} {:?}", began.elapsed());
    }
}
