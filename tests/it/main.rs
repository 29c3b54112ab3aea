//! The product through its public doors, on SQLite and on PostgreSQL.

#![allow(
    unreachable_pub,
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::needless_pass_by_value,
    reason = "a test that meets a surprise should stop there"
)]

mod accounts;
mod adverts;
mod allocations;
mod catalogue;
mod certificates;
mod classes;
mod contract;
mod esco;
mod exports;
mod files;
mod follow_ups;
mod imports;
mod live_index;
mod matches;
mod occupations;
mod offer_page;
mod offers;
mod outcomes;
mod partners;
mod people;
mod placements;
mod planning;
mod policies;
mod races;
mod referrals;
mod reports;
mod schema;
mod support;
mod trail;
mod vacancies;
mod vacancy_moves;
