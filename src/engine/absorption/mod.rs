//! The arithmetic of absorption: from dated outcome events to rates that can be defended.
//!
//! Everything here is a pure function over plain values: members of classes, events, commitments, and the days
//! asked about. It must never guess: who was not heard of is unknown, neither unemployed nor absorbed; and it must
//! never round a person away: every number is the length of a list that can be opened.
//!
//! The way through: [`event`] says what an event is and which still stand, `claim` gathers the words about one fact,
//! `evidence` weighs them, [`status`] reads a person's standing on a day, [`population`] says who may be counted,
//! [`rate`] counts them into the [`tally`] of each group, [`revision`] compares with a closed report,
//! [`commitment`] sets promise against delivery, and [`definition`] is what is printed beside every number.

mod claim;
pub mod commitment;
pub mod definition;
pub mod event;
mod evidence;
pub mod month;
pub mod population;
pub mod rate;
pub mod revision;
pub mod share;
pub mod status;
pub mod tally;
