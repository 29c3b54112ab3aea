//! Use cases: who may, one transaction, what is recorded.
//!
//! The only floor that joins store, sheet, seal and post. It owns the clock, the live index and background work.
//! It knows nothing of HTTP; what it returns is plain data.

pub mod accounts;
pub mod actor;
pub mod candidates;
pub mod clock;
pub mod error;
pub mod field;
pub mod installation;
pub mod knowledge;
pub mod live;
pub mod paging;
pub mod permission;
pub mod sessions;
pub mod work;
