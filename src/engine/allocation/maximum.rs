//! The best plan: most seats of must-fill vacancies, then most people placed, then the highest total score, all exactly.
//!
//! Where no must-fill vacancy and no partner's limit is in the way, `fast` answers; else `general` does, which is slower
//! and serves everything. Both give prices that prove the plan.

use std::ops::ControlFlow;

use super::certificate::Certificate;
use super::fast;
use super::general;
use super::plan::Plan;
use super::problem::Problem;
use crate::coded_enum;

coded_enum! {
    /// What the solver is busy with.
    pub enum Step {
        /// Laying edges out in rows.
        Rows = "rows",
        /// Placing people, one chain of moves at a time.
        Places = "places",
        /// Placing people where limits or must-fill vacancies are in the way.
        Limits = "limits",
    }
}

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The step.
    pub step: Step,
    /// What is done of it.
    pub done: u64,
    /// The whole of it.
    pub all: u64,
}

/// Whoever watches broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("broken off")]
pub struct Cancelled;

/// A best plan and what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maximum {
    /// The plan.
    pub plan: Plan,
    /// Prices that prove it best.
    pub certificate: Certificate,
}

/// Hears how far the work has come, and may break it off.
pub type Watch<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// The best plan of a problem, with its proof. The same problem always gives the same plan.
pub fn maximum(problem: &Problem, watch: Watch<'_>) -> Result<Maximum, Cancelled> {
    match solve(problem, watch) {
        ControlFlow::Continue(best) => Ok(best),
        ControlFlow::Break(()) => Err(Cancelled),
    }
}

fn solve(problem: &Problem, watch: Watch<'_>) -> ControlFlow<(), Maximum> {
    let mut best = fast::solve(problem, watch)?;
    // A plan that is best without the limits and happens to keep them is best with them, and filling every must-fill seat
    // is as good as that aim gets.
    if best.plan.check(problem).is_ok() && fills_what_it_must(problem, &best.plan) {
        best.certificate.charge_must_fill(problem);
        return ControlFlow::Continue(best);
    }
    general::solve(problem, watch)
}

fn fills_what_it_must(problem: &Problem, plan: &Plan) -> bool {
    let filled = plan.filled(problem);
    problem.vacancies().iter().zip(filled).all(|(vacancy, filled)| !vacancy.must_fill || filled == vacancy.capacity)
}

/// The best plan by the way that serves every problem, for checking one way against the other.
pub fn maximum_by_general_way(problem: &Problem, watch: Watch<'_>) -> Result<Maximum, Cancelled> {
    match general::solve(problem, watch) {
        ControlFlow::Continue(best) => Ok(best),
        ControlFlow::Break(()) => Err(Cancelled),
    }
}
