//! Importing files: read, plan, then store all of it or nothing.
//!
//! A file is read and understood before anything is touched. The plan says for every row what would happen; a dry run
//! stops there. Storing is one transaction, so a crash leaves nothing half-written. The file itself is not kept: its
//! people are in it, and once stored it is a second copy nobody needs.

pub mod job;
pub mod report;

mod apply;
mod esco;
mod esco_links;
mod facts;
mod gather;
mod lexicon;
mod plan;
mod reading;
mod vacancies;
