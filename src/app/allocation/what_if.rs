//! What would be otherwise in a world that is only thought of. Data is never touched.

use rustc_hash::FxHashMap;

use super::gather::{Gathered, OpenVacancy};
use super::request::WhatIf;
use crate::engine::id::GraduateId;
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::requirement::Demand;
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;

/// The vacancies as they would be.
pub(super) fn vacancies(gathered: &Gathered, what_if: &WhatIf) -> Vec<OpenVacancy> {
    let mut vacancies = gathered.vacancies.clone();
    for vacancy in &mut vacancies {
        let id = vacancy.row.id.0;
        for (_, wage) in what_if.wages.iter().filter(|(named, _)| *named == id) {
            vacancy.demand.monthly_wage = Rupiah::new(*wage).or(vacancy.demand.monthly_wage);
        }
        for (_, seats) in what_if.extra_seats.iter().filter(|(named, _)| *named == id) {
            vacancy.seats = vacancy.seats.saturating_add(*seats);
            vacancy.demand.seats_free = vacancy.demand.seats_free.saturating_add(*seats);
        }
        let dropped = |code: &UnitCode| {
            what_if
                .dropped
                .iter()
                .any(|(named, unit)| named.is_none_or(|named| named == id) && UnitCode::parse(unit).as_ref() == Some(code))
        };
        vacancy.demand.lines.retain(|line| !dropped(&line.unit));
    }
    vacancies
}

/// The people as they would be.
pub(super) fn candidate(candidate: &Candidate, what_if: &WhatIf) -> Candidate {
    let radius_metres = candidate.radius_metres.map(|own| own.max(what_if.radius_metres.unwrap_or(own)));
    Candidate { radius_metres, ..candidate.clone() }
}

/// Whom a shuttle would fetch to a vacancy, as if they lived where the work is.
pub(super) fn fetched<'a>(
    gathered: &'a Gathered,
    people: &'a FxHashMap<GraduateId, u32>,
    what_if: &'a WhatIf,
    vacancy: &'a OpenVacancy,
) -> impl Iterator<Item = (u32, Candidate)> + 'a {
    let serves = |named: &Option<uuid::Uuid>| named.is_none_or(|named| named == vacancy.row.id.0);
    let places = what_if
        .shuttles
        .iter()
        .filter(move |(_, named)| serves(named))
        .filter_map(|(district, _)| gathered.shuttle_places.get(district).copied());
    places.flat_map(move |home| {
        let near: Demand = vacancy.demand.clone();
        people.iter().filter_map(move |(graduate, number)| {
            let own = gathered.candidates.get(graduate).filter(|own| own.place == Some(home))?;
            Some((*number, Candidate { place: near.place, ..candidate(own, what_if) }))
        })
    })
}
