//! Who would rather have whom: strict orders on both sides of the edges, ties broken by a recorded seed.

use super::problem::{Problem, at};

/// A rank on each edge from either side: 0 is liked best, equal ranks are told apart by lots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    by_person: Vec<u32>,
    by_vacancy: Vec<u32>,
    people: Vec<u64>,
    vacancies: Vec<u64>,
    shares_one_order: bool,
}

/// Why ranks do not fit a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{given} {what} for {wanted}")]
pub struct PreferencesError {
    /// What was counted.
    pub what: &'static str,
    /// How many were given.
    pub given: usize,
    /// How many the problem has.
    pub wanted: usize,
}

/// A place in an order of taste: rank, then the person's lot, then the vacancy's; less is liked better.
pub type Liking = (u32, u64, u64);

/// What decides between equals: a seed, and for everybody a number of their own that does not depend on who else takes
/// part (an id, say).
#[derive(Debug, Clone, Copy)]
pub struct Lots<'a> {
    /// Recorded with the plan; another seed is another draw.
    pub seed: u64,
    /// A number for each person.
    pub people: &'a [u64],
    /// A number for each vacancy.
    pub vacancies: &'a [u64],
}

impl Preferences {
    /// Both sides by the score alone.
    pub fn by_score(problem: &Problem, lots: Lots<'_>) -> Result<Self, PreferencesError> {
        let ranks: Vec<u32> = problem.scores().iter().map(|score| u32::from(u16::MAX - score)).collect();
        Self::ranked(problem, ranks.clone(), ranks, lots)
    }

    /// Ranks given edge by edge: `by_person` is the person's rank of the vacancy, `by_vacancy` the vacancy's of the person.
    pub fn ranked(problem: &Problem, by_person: Vec<u32>, by_vacancy: Vec<u32>, lots: Lots<'_>) -> Result<Self, PreferencesError> {
        let fits = |what, given, wanted| if given == wanted { Ok(()) } else { Err(PreferencesError { what, given, wanted }) };
        fits("ranks by people", by_person.len(), problem.edges())?;
        fits("ranks by vacancies", by_vacancy.len(), problem.edges())?;
        fits("lots of people", lots.people.len(), at(problem.people()))?;
        fits("lots of vacancies", lots.vacancies.len(), problem.vacancies().len())?;
        let shares_one_order = by_person == by_vacancy;
        let people = lots.people.iter().map(|lot| draw(lots.seed, *lot)).collect();
        let vacancies = lots.vacancies.iter().map(|lot| draw(!lots.seed, *lot)).collect();
        Ok(Self { by_person, by_vacancy, people, vacancies, shares_one_order })
    }

    /// Whether both sides follow one strict order of pairs; then only one plan is stable.
    #[must_use]
    pub fn shares_one_order(&self) -> bool {
        self.shares_one_order
    }

    /// How a person likes an edge of theirs.
    #[must_use]
    pub fn of_person(&self, problem: &Problem, person: u32, edge: usize) -> Liking {
        self.liking(&self.by_person, problem, person, edge)
    }

    /// How a vacancy, and its partner, likes an edge that a person has to it.
    #[must_use]
    pub fn of_vacancy(&self, problem: &Problem, person: u32, edge: usize) -> Liking {
        self.liking(&self.by_vacancy, problem, person, edge)
    }

    /// Both sides draw the same lots, so that two sides which rank alike stay alike where ranks are equal; whoever drew well
    /// did so at every vacancy (single tie-breaking; Abdulkadiroğlu, Pathak and Roth 2009).
    fn liking(&self, ranks: &[u32], problem: &Problem, person: u32, edge: usize) -> Liking {
        let vacancy = problem.to().get(edge).and_then(|vacancy| self.vacancies.get(at(*vacancy)));
        let person = self.people.get(at(person)).copied();
        (ranks.get(edge).copied().unwrap_or(u32::MAX), person.unwrap_or(u64::MAX), vacancy.copied().unwrap_or(u64::MAX))
    }

    /// A person's edges, best first.
    #[must_use]
    pub fn order_of_person(&self, problem: &Problem, person: u32) -> Vec<u32> {
        let mut edges: Vec<u32> = problem.edges_of(person).filter_map(|edge| u32::try_from(edge).ok()).collect();
        edges.sort_by_cached_key(|edge| (self.of_person(problem, person, at(*edge)), *edge));
        edges
    }

    /// The people of each vacancy with their edges, best first.
    #[must_use]
    pub fn orders_of_vacancies(&self, problem: &Problem) -> Vec<Vec<(u32, u32)>> {
        let mut orders: Vec<Vec<(u32, u32)>> = vec![Vec::new(); problem.vacancies().len()];
        for person in 0..problem.people() {
            for edge in problem.edges_of(person) {
                let order = problem.to().get(edge).and_then(|vacancy| orders.get_mut(at(*vacancy)));
                if let (Some(order), Ok(edge)) = (order, u32::try_from(edge)) {
                    order.push((person, edge));
                }
            }
        }
        for order in &mut orders {
            order.sort_by_cached_key(|(person, edge)| (self.of_vacancy(problem, *person, at(*edge)), *person));
        }
        orders
    }
}

/// A rank from a list of wishes: by place in the list and then by score, and after all of them what is not named, by score.
#[must_use]
pub fn rank_after_wishes(place: Option<usize>, score: u16) -> u32 {
    let place = place.map_or(NOT_NAMED, |place| u32::try_from(place).unwrap_or(NOT_NAMED - 1).min(NOT_NAMED - 1));
    (place << 16) | u32::from(u16::MAX - score)
}

/// More wishes than anybody writes down.
const NOT_NAMED: u32 = (1 << 15) - 1;

/// The lot that somebody draws under a seed; the lower the better.
#[must_use]
pub fn draw(seed: u64, who: u64) -> u64 {
    mixed(seed ^ mixed(who))
}

/// A number scattered over all 64 bits (the finaliser of the `SplitMix64` generator, Steele and others 2014).
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
