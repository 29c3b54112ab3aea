//! Use cases: who may, one transaction, what is recorded.
//!
//! The only floor that joins store, sheet, seal and post. It owns the clock, the live index and background work.
//! It knows nothing of HTTP; what it returns is plain data.

pub mod accounts;
pub mod actor;
pub mod candidates;
pub mod catalogue;
pub mod certificates;
pub mod classes;
pub mod clock;
pub mod consents;
pub mod details;
pub mod duplicates;
pub mod erasure;
pub mod error;
pub mod events;
pub mod exports;
pub mod field;
pub mod files;
pub mod handovers;
pub mod imports;
pub mod installation;
pub mod issuing;
pub mod knowledge;
pub mod live;
pub mod match_lists;
pub mod matches;
pub mod notes;
pub mod offers;
pub mod outcomes;
pub mod paging;
pub mod partners;
pub mod people;
pub mod periods;
pub mod permission;
pub mod placements;
pub mod programmes;
pub mod referrals;
pub mod registration;
pub mod reports;
pub mod requirements;
pub mod results;
pub mod roll;
pub mod seats;
pub mod sessions;
pub mod ticks;
pub mod trail;
pub mod undo;
pub mod vacancies;
pub mod verification;
pub mod wishes;
pub mod work;
