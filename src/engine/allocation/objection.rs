//! Who would rather have whom than what a plan gives them: the blocking pairs, the price of a plan that is not stable.
//!
//! Only pairs that the problem holds can object; a seat that a partner's limit closes is no free seat.

use super::plan::Plan;
use super::preference::{Liking, Preferences};
use super::problem::{Problem, at};

/// A person and a vacancy who would both rather have each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Objection {
    /// The person.
    pub person: u32,
    /// The vacancy they would rather have.
    pub vacancy: u32,
    /// The vacancy they got, if any.
    pub instead_of: Option<u32>,
    /// Whom the vacancy's partner would let go for them; `None` means nobody: a seat is free, or theirs becomes free.
    pub displaces: Option<u32>,
}

/// The least liked of several people, with their liking.
type Least = Option<(Liking, u32)>;

/// Every objection against a plan, by person and vacancy. A stable plan has none.
#[must_use]
pub fn objections(problem: &Problem, preferences: &Preferences, plan: &Plan) -> Vec<Objection> {
    let holders = Holders::new(problem, preferences, plan);
    let mut objections = Vec::new();
    for person in 0..problem.people() {
        let got = plan.edge_of(person);
        let got_liking = got.map(|edge| preferences.of_person(problem, person, edge));
        for edge in problem.edges_of(person).filter(|edge| Some(*edge) != got) {
            let would_leave = got_liking.is_none_or(|got| preferences.of_person(problem, person, edge) < got);
            let Some((vacancy, _)) = problem.edge(edge).filter(|_| would_leave) else { continue };
            let liking = preferences.of_vacancy(problem, person, edge);
            if let Some(displaces) = holders.would_take(problem, person, vacancy, liking) {
                let instead_of = plan.vacancy_of(problem, person);
                objections.push(Objection { person, vacancy, instead_of, displaces });
            }
        }
    }
    objections
}

/// The least liked of each vacancy and each partner, and how many they hold.
struct Holders {
    by_vacancy: Vec<(u32, Least)>,
    by_partner: Vec<(u32, Least)>,
}

impl Holders {
    fn new(problem: &Problem, preferences: &Preferences, plan: &Plan) -> Self {
        let mut by_vacancy = vec![(0, None); problem.vacancies().len()];
        let mut by_partner = vec![(0, None); problem.partner_limits().len()];
        for person in 0..problem.people() {
            let Some(edge) = plan.edge_of(person) else { continue };
            let Some((vacancy, _)) = problem.edge(edge) else { continue };
            let one = Some((preferences.of_vacancy(problem, person, edge), person));
            let partner = problem.vacancies().get(at(vacancy)).map_or(usize::MAX, |vacancy| at(vacancy.partner));
            for (count, least) in by_vacancy.get_mut(at(vacancy)).into_iter().chain(by_partner.get_mut(partner)) {
                *count += 1;
                *least = one.max(*least);
            }
        }
        Self { by_vacancy, by_partner }
    }

    /// Whom the partner would let go to have this person, if it would have them at all.
    fn would_take(&self, problem: &Problem, person: u32, vacancy: u32, liking: Liking) -> Option<Option<u32>> {
        let seats = problem.vacancies().get(at(vacancy))?;
        let instead_of = |least: Least| {
            least.filter(|(least, _)| liking < *least).map(|(_, displaced)| Some(displaced).filter(|displaced| *displaced != person))
        };
        let (held, least) = *self.by_vacancy.get(at(vacancy))?;
        if held >= seats.capacity {
            return instead_of(least);
        }
        let (held, least) = *self.by_partner.get(at(seats.partner))?;
        let limit = problem.partner_limits().get(at(seats.partner)).copied().flatten();
        if limit.is_none_or(|limit| held < limit) { Some(None) } else { instead_of(least) }
    }
}
