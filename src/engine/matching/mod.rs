//! Matching: who fits a vacancy, how well, and why; and who nearly does.
//!
//! One predicate (`eligibility`) says who may be matched at all, one rule (`coverage`) says which lines of a vacancy a
//! person's certificates meet, one arithmetic (`score`) turns that into a number with its contributions, and the index
//! answers all of it for everybody at once, giving the very answers that asking one by one would give.
//!
//! It never sees sex, age, religion, marital status, looks or disability: no type in here can carry them. It never lets
//! a self-claimed skill stand for a certificate, never lets surplus buy a missing required unit, and never reads a clock.

pub mod candidate;
pub mod contribution;
pub mod coverage;
pub mod eligibility;
pub mod index;
pub mod near_miss;
pub mod obstacle;
pub mod page;
pub mod policy;
pub mod requirement;
pub mod row;
pub mod score;
pub mod snapshot;

mod collect;
mod context;
mod digest;
mod search;
mod segment;
mod terms;

pub use candidate::{Candidate, HeldUnit};
pub use contribution::{Contribution, Detail, Factor, LevelFit, UnknownFact};
pub use coverage::{Coverage, Shortfall, coverage};
pub use eligibility::{Ineligible, check};
pub use index::{Index, IndexBuilder, Listed, Opening, for_graduate, on_list};
pub use near_miss::{MOST_MISSING, NearMiss};
pub use obstacle::{Obstacle, obstacle};
pub use page::{Cursor, Page, Ranked};
pub use policy::{Policy, PolicyDraft, PolicyProblem};
pub use requirement::{Accept, Demand, RequirementLine, Scope, Via, expand, with_related};
pub use row::RowDamage;
pub use score::{Score, score};
pub use snapshot::SnapshotDamage;
