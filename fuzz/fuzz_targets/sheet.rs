//! Files that strangers send, read as a table and then as each kind of list.

#![no_main]

use serap::engine::day::parse_date;
use serap::sheet::limits::Limits;
use serap::sheet::{esco, esco_links, lexicon, participants, read, regions, schemes, units, vacancies, wages};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // Small limits, so that the fuzzer spends its time on shapes and not on size.
    let limits = Limits { container_bytes: 1 << 20, inflated_bytes: 1 << 22, rows: 200, ..Limits::default() };
    let Ok(table) = read(bytes, "daftar.csv", &limits) else { return };
    assert!(table.rows.len() <= 200);
    let today = parse_date("2026-11-25").expect("a day");
    let _lists = (participants::parse(&table, today, &|_| Vec::new()), vacancies::parse(&table, &|_| Vec::new()));
    let _tables = (units::parse(&table), regions::parse(&table), schemes::parse(&table), wages::parse(&table));
    let _more = (lexicon::parse(&table), esco::parse(&table), esco_links::parse(&table));
});
