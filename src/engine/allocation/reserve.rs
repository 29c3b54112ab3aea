//! Reserve lists: who comes next when a seat falls free, in the order the vacancy likes them.
//!
//! Nobody who got a seat stands on one.

use super::plan::Plan;
use super::preference::Preferences;
use super::problem::{Problem, at};

/// For each vacancy the people without a seat who may take one of its, most liked first, at most so many.
#[must_use]
pub fn reserves(problem: &Problem, preferences: &Preferences, plan: &Plan, at_most: usize) -> Vec<Vec<u32>> {
    let mut lists: Vec<Vec<_>> = vec![Vec::new(); problem.vacancies().len()];
    for person in (0..problem.people()).filter(|person| plan.edge_of(*person).is_none()) {
        for edge in problem.edges_of(person) {
            let list = problem.to().get(edge).and_then(|vacancy| lists.get_mut(at(*vacancy)));
            if let Some(list) = list {
                list.push((preferences.of_vacancy(problem, person, edge), person));
            }
        }
    }
    let first = |mut list: Vec<_>| {
        list.sort_unstable();
        list.into_iter().take(at_most).map(|(_, person)| person).collect()
    };
    lists.into_iter().map(first).collect()
}
