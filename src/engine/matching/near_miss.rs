//! Who would be on the list but for one or two required units.
//!
//! A near miss never enters the match list, whatever its score; the units it lacks are always named.

use crate::engine::id::GraduateId;
use crate::engine::matching::score::Score;
use crate::engine::unit_code::UnitCode;

/// The most required units a near miss may lack.
pub const MOST_MISSING: usize = 2;

/// An eligible graduate who lacks one or two required units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// Who.
    pub graduate: GraduateId,
    /// The required units, as asked, that no certificate proves: one or two.
    pub missing: Vec<UnitCode>,
    /// Those of them that the graduate says they master.
    pub claimed: Vec<UnitCode>,
    /// The score of the rest; missing lines give nothing. `None` if the graduate objects to being ranked.
    pub score: Option<Score>,
    /// Straight-line metres to the work, where both places are known.
    pub metres: Option<u32>,
}
