//! Every plan there is, looked at one by one.

#![expect(clippy::indexing_slicing, reason = "a number outside should stop the test")]

use serap::engine::allocation::{Price, Problem};

/// The most a plan can be worth.
pub(crate) fn best_worth(problem: &Problem) -> Price {
    let seats = problem.vacancies().iter().map(|vacancy| vacancy.capacity).collect();
    let limits = problem.partner_limits().iter().map(|limit| limit.unwrap_or(u32::MAX)).collect();
    Search { problem, seats, limits }.from(0)
}

struct Search<'p> {
    problem: &'p Problem,
    seats: Vec<u32>,
    limits: Vec<u32>,
}

impl Search<'_> {
    fn from(&mut self, person: u32) -> Price {
        if person == self.problem.people() {
            return Price::ZERO;
        }
        let mut best = self.from(person + 1);
        for edge in self.problem.edges_of(person) {
            let (to, score) = self.problem.edge(edge).expect("an edge of the person");
            let number = usize::try_from(to).expect("fits");
            let vacancy = self.problem.vacancies()[number];
            let partner = usize::try_from(vacancy.partner).expect("fits");
            if self.seats[number] > 0 && self.limits[partner] > 0 {
                self.seats[number] -= 1;
                self.limits[partner] -= 1;
                best = best.max(Price::of_edge(&vacancy, score) + self.from(person + 1));
                self.seats[number] += 1;
                self.limits[partner] += 1;
            }
        }
        best
    }
}
