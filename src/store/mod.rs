//! What is kept: entities, scoped finders, write transactions, the change feed.
//!
//! `sea_orm` stays on this floor. Every finder takes the [`scope::Scope`] first, so a query that forgets whose
//! rows it may see cannot be written by habit. Nothing here decides what is allowed; `app` does.

pub mod accounts;
pub mod allocations;
pub mod audit;
pub mod catalogue;
pub mod certificates;
pub mod classes;
pub mod database;
pub mod doctor;
pub mod entity;
pub mod erasure;
pub mod error;
pub mod esco;
pub mod exports;
pub mod faces;
pub mod fairness;
pub mod feed;
pub mod follow_ups;
pub mod id;
pub mod imports;
pub mod leases;
pub mod match_lists;
pub mod matching;
pub mod notes;
pub mod offers;
pub mod outcomes;
pub mod page;
pub mod partners;
pub mod people;
pub mod placements;
pub mod planning;
pub mod policies;
pub mod promises;
pub mod referrals;
pub mod reports;
pub mod rows;
pub mod scope;
pub mod sessions;
pub mod settings;
pub mod snapshot;
pub mod timeline;
pub mod trail;
pub mod vacancies;
pub mod value;
