//! Allocation: a whole class of graduates to the seats of several vacancies at once.
//!
//! Two ways, side by side: `maximum` places most people and among those plans takes the one with the highest total score;
//! `stable` lets nobody and no vacancy both wish for each other rather than for what they got. Each result comes with what
//! proves it: a certificate that is checked, blocking pairs that are counted.
//!
//! It knows people, vacancies and partners by number only. It never decides who may take which seat (the edges say so),
//! never reads a clock, and draws no lots but from the seed it is given.

mod auction;
mod balance;
pub mod certificate;
mod column;
mod fast;
pub mod friends;
mod general;
pub mod maximum;
pub mod objection;
mod persons;
pub mod plan;
pub mod preference;
pub mod problem;
pub mod reason;
pub mod reserve;
mod rows;
mod seats;
pub mod stable;
pub mod structure;
pub mod teaching;

pub use certificate::{Certificate, Flaw, Price, Proof};
pub use friends::honour_friends;
pub use maximum::{Cancelled, Maximum, Progress, Step, maximum, maximum_by_general_way};
pub use objection::{Objection, objections};
pub use plan::Plan;
pub use preference::{Lots, Preferences, PreferencesError, draw, rank_after_wishes};
pub use problem::{Edge, MAX_SCORE, Problem, ProblemError, Vacancy};
pub use reason::{EmptyReason, HeldBy, Objective, SkipReason, UnplacedReason, Unranked, Way};
pub use reserve::reserves;
pub use stable::{Side, stable};
pub use structure::{Chain, Structure, Taken, WhyEmpty, WhyUnplaced};
pub use teaching::{Opened, Opening, TeachingError, opened, placed_today};
