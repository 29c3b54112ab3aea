//! What to teach next, and whether a class is worth its money: which seats teaching would open, as one plan over all.
//!
//! It reads the match index as lists do and adds no rule of its own about who may take a seat. It never decides; it never
//! says what a class costs.

pub mod class;
pub mod gap;
mod taught;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::engine::matching::policy::Policy;
use crate::engine::matching::requirement::Demand;

/// An open vacancy with free seats.
#[derive(Debug, Clone)]
pub struct Open {
    /// What it asks.
    pub demand: Demand,
    /// The last day it takes people.
    pub closes_on: NaiveDate,
    /// The policy of its office.
    pub policy: Arc<Policy>,
}
