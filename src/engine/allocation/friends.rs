//! Friends who would like the same firm: a wish, honoured where it costs nobody a place and the plan no score.

use super::certificate::Price;
use super::plan::Plan;
use super::problem::{Problem, at};

/// A plan worth as much in which more friends go to the same partner, and the friends who do.
///
/// Two people may trade seats and one may take a free seat; friends who are together are not parted again. It takes the
/// first trade that serves, so it may miss a wish that only several trades at once would honour.
#[must_use]
pub fn honour_friends(problem: &Problem, plan: &Plan, friends: &[(u32, u32)]) -> (Plan, Vec<(u32, u32)>) {
    let mut state = State { problem, edges: plan.edges().to_vec(), together: Vec::new() };
    for pair in friends {
        if state.are_together(*pair) {
            state.together.push(*pair);
        }
    }
    for (one, other) in friends.iter().copied().filter(|(one, other)| one != other) {
        if state.together.contains(&(one, other)) {
            continue;
        }
        if state.bring(one, other) || state.bring(other, one) {
            state.together.push((one, other));
        }
    }
    let mut together: Vec<(u32, u32)> = friends.iter().copied().filter(|pair| state.together.contains(pair)).collect();
    together.dedup();
    (Plan::new(state.edges), together)
}

struct State<'a> {
    problem: &'a Problem,
    edges: Vec<Option<u32>>,
    together: Vec<(u32, u32)>,
}

impl State<'_> {
    fn edge(&self, person: u32) -> Option<u32> {
        self.edges.get(at(person)).copied().flatten()
    }

    fn vacancy(&self, person: u32) -> Option<u32> {
        self.problem.edge(at(self.edge(person)?)).map(|(vacancy, _)| vacancy)
    }

    fn partner(&self, person: u32) -> Option<u32> {
        self.problem.vacancies().get(at(self.vacancy(person)?)).map(|vacancy| vacancy.partner)
    }

    fn are_together(&self, (one, other): (u32, u32)) -> bool {
        self.partner(one).is_some_and(|partner| self.partner(other) == Some(partner))
    }

    fn is_bound(&self, person: u32) -> bool {
        self.together.iter().any(|(one, other)| *one == person || *other == person)
    }

    fn worth(&self, edge: u32) -> Option<Price> {
        let (vacancy, score) = self.problem.edge(at(edge))?;
        self.problem.vacancies().get(at(vacancy)).map(|vacancy| Price::of_edge(vacancy, score))
    }

    fn edge_to(&self, person: u32, vacancy: u32) -> Option<u32> {
        self.problem.edge_between(person, vacancy).and_then(|edge| u32::try_from(edge).ok())
    }

    fn set(&mut self, person: u32, edge: u32) {
        if let Some(place) = self.edges.get_mut(at(person)) {
            *place = Some(edge);
        }
    }

    /// Brings one friend to the partner of the other; whether it could be done.
    fn bring(&mut self, mover: u32, to: u32) -> bool {
        let (Some(partner), Some(own)) = (self.partner(to), self.edge(mover)) else { return false };
        let (Some(left), Some(worth)) = (self.vacancy(mover), self.worth(own)) else { return false };
        if self.is_bound(mover) {
            return false;
        }
        let plan = Plan::new(self.edges.clone());
        let (filled, got) = (plan.filled(self.problem), plan.filled_by_partner(self.problem));
        let limit = self.problem.partner_limits().get(at(partner)).copied().flatten();
        let has_room = limit.is_none_or(|limit| got.get(at(partner)).is_some_and(|got| *got < limit));
        for (edge, vacancy) in self.edges_into(mover, partner) {
            let seats = self.problem.vacancies().get(at(vacancy)).map_or(0, |vacancy| vacancy.capacity);
            let is_free = filled.get(at(vacancy)).is_some_and(|filled| *filled < seats);
            if has_room && is_free && self.worth(edge).is_some_and(|new| new >= worth) {
                self.set(mover, edge);
                return true;
            }
        }
        for (edge, vacancy) in self.edges_into(mover, partner) {
            for holder in 0..self.problem.people() {
                if holder == to || self.vacancy(holder) != Some(vacancy) || self.is_bound(holder) {
                    continue;
                }
                let (Some(given), Some(back)) = (self.edge(holder), self.edge_to(holder, left)) else { continue };
                let sums = self.worth(edge).zip(self.worth(back)).zip(self.worth(given));
                if sums.is_some_and(|((new, back), given)| new + back >= worth + given) {
                    self.set(mover, edge);
                    self.set(holder, back);
                    return true;
                }
            }
        }
        false
    }

    /// A person's edges to a partner's vacancies.
    fn edges_into(&self, person: u32, partner: u32) -> Vec<(u32, u32)> {
        let own = self.problem.edges_of(person).filter_map(|edge| Some((u32::try_from(edge).ok()?, self.problem.edge(edge)?.0)));
        let theirs = |(_, vacancy): &(u32, u32)| self.problem.vacancies().get(at(*vacancy)).is_some_and(|one| one.partner == partner);
        own.filter(theirs).collect()
    }
}
