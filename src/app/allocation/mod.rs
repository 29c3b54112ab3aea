//! Allocation: a whole class to its seats, the price of each way, and what follows from choosing one.
//!
//! `request` is what was asked, `gather` reads what it needs, `instance` states the problem, `solve` works out every way
//! side by side, `result` is what is kept of it, `job` runs it, `choose` freezes a plan, `carry_out` turns it into offers
//! or referrals, `reserve` says who comes next. Nothing here decides who may be matched: the index does.

pub mod carry_out;
pub mod choose;
mod gather;
mod instance;
pub mod job;
mod reasons;
pub mod request;
pub mod reserve;
pub mod result;
mod solve;
mod stored;
pub mod view;
mod what_if;
