//! Case C3: every cell of availability, placement, pause, block, limitation, expiry and hours, with a written answer.

use super::*;
use serap::engine::kinds::Shift;
use serap::engine::matching::{Index, Ineligible, Scope, check, on_list};

/// Ways to stand in the way of a match, each with the reason it must give, in the order in which reasons are told.
type Obstacle = (&'static str, fn(&mut Candidate), Option<Ineligible>);

const LIMITATION: [Obstacle; 2] = [("free", |_| (), None), ("limited", |p| p.limited = true, Some(Ineligible::Limited))];
const RESULT: [Obstacle; 2] = [("passed", |_| (), None), ("not passed", |p| p.has_passed = false, Some(Ineligible::NotPassed))];
const AVAILABILITY: [Obstacle; 2] =
    [("available", |_| (), None), ("unavailable", |p| p.declares_available = false, Some(Ineligible::NotAvailable))];
const PAUSE: [Obstacle; 4] = [
    ("no pause", |_| (), None),
    ("pause over", |p| p.paused_until = Some(day(2026, 11, 30)), None),
    ("pause's last day", |p| p.paused_until = Some(day(2026, 12, 1)), Some(Ineligible::Paused)),
    ("paused past the start", |p| p.paused_until = Some(day(2027, 1, 31)), Some(Ineligible::Paused)),
];
/// The vacancy asks for 20 hours a week.
const PLACEMENT: [Obstacle; 6] = [
    ("not placed", |p| p.free_hours = 40, None),
    ("part time, hours just fit", |p| p.free_hours = 20, None),
    ("part time, an hour too few", |p| p.free_hours = 19, Some(Ineligible::HoursTaken)),
    ("full time", |p| p.free_hours = 0, Some(Ineligible::HoursTaken)),
    ("full time, wants a change", |p| (p.free_hours, p.wants_change) = (0, true), None),
    ("part time, wants a change", |p| (p.free_hours, p.wants_change) = (10, true), None),
];
const BLOCK: [Obstacle; 3] = [
    ("no block", |_| (), None),
    ("blocks another", |p| p.blocked_employers = vec![employer(2)], None),
    ("blocks this one", |p| p.blocked_employers = vec![employer(2), employer(1)], Some(Ineligible::EmployerBlocked)),
];
const EXPIRY: [Obstacle; 4] = [
    ("never expires", |p| p.units[0].expires = None, None),
    ("expires on the first day of work", |p| p.units[0].expires = Some(day(2026, 12, 15)), None),
    ("expires the day before", |p| p.units[0].expires = Some(day(2026, 12, 14)), Some(Ineligible::RequiredUnitMissing)),
    ("expired yesterday", |p| p.units[0].expires = Some(day(2026, 11, 30)), Some(Ineligible::RequiredUnitMissing)),
];

#[test]
fn case_c3_every_cell_has_its_answer() {
    let demand = Demand { hours_per_week: 20, ..vacancy(&[SEW], &[]) };
    let axes: [&[Obstacle]; 7] = [&LIMITATION, &RESULT, &AVAILABILITY, &PAUSE, &PLACEMENT, &BLOCK, &EXPIRY];
    let cells: usize = axes.iter().map(|axis| axis.len()).product();
    let mut people = Vec::new();
    let mut expected = Vec::new();
    for cell in 0..cells {
        let mut person = holder(u128::try_from(cell).unwrap(), &[SEW]);
        let (mut rest, mut reason, mut name) = (cell, None, String::new());
        for axis in axes {
            let (word, change, why) = axis[rest % axis.len()];
            rest /= axis.len();
            change(&mut person);
            reason = reason.or(why);
            name = format!("{name}, {word}");
        }
        assert_eq!(on_list(&person, &demand, today()).err(), reason, "{name}");
        if reason.is_none() {
            expected.push(person.graduate);
        }
        people.push(person);
    }
    let index = Index::build(people.into_iter());
    let mut listed: Vec<GraduateId> =
        index.everyone(&demand, &Policy::default(), today()).into_iter().map(|entry| entry.graduate).collect();
    listed.sort();
    assert_eq!(listed, expected);
    // One way in each of the first three axes, two pauses, four placements, two blocks, two expiries.
    assert_eq!(listed.len(), 2 * 4 * 2 * 2);
}

#[test]
fn the_own_radius_binds_unless_ready_to_board_and_never_without_a_place() {
    let demand = Demand { place: Some(east_of_gending(0.0)), ..vacancy(&[], &[]) };
    let mut person = Candidate { place: Some(east_of_gending(20_000.0)), radius_metres: Some(15_000), ..holder(1, &[]) };
    assert_eq!(check(&person, &demand, today()), Err(Ineligible::OutsideOwnRadius));
    assert_eq!(check(&person, &Demand { place: None, ..demand.clone() }, today()), Ok(()));
    assert_eq!(check(&Candidate { place: None, ..person.clone() }, &demand, today()), Ok(()));
    assert_eq!(check(&Candidate { radius_metres: None, ..person.clone() }, &demand, today()), Ok(()));
    person.ready_to_board = true;
    assert_eq!(check(&person, &demand, today()), Ok(()));
    let near_only = Demand { max_distance_metres: Some(10_000), ..demand };
    assert_eq!(check(&person, &near_only, today()), Err(Ineligible::BeyondVacancyDistance));
    assert_eq!(check(&Candidate { place: None, ..person }, &near_only, today()), Ok(()));
}

#[test]
fn other_offices_see_only_what_was_opened_to_them() {
    let person = holder(1, &[]);
    let scoped = |scope: Scope| Demand { scope, ..vacancy(&[], &[]) };
    assert_eq!(check(&person, &scoped(Scope::Offices(vec![office(2)])), today()), Err(Ineligible::OtherOffice));
    assert_eq!(check(&person, &scoped(Scope::Offices(Vec::new())), today()), Err(Ineligible::OtherOffice));
    assert_eq!(check(&person, &scoped(Scope::Offices(vec![office(2), office(1)])), today()), Ok(()));
    assert_eq!(check(&person, &scoped(Scope::All), today()), Ok(()));
}

#[test]
fn a_shift_excludes_only_who_said_so() {
    let night = Demand { shift: Some(Shift::Night), ..vacancy(&[], &[]) };
    let works = |shifts: &[Shift]| check(&Candidate { shifts: shifts.to_vec(), ..holder(1, &[]) }, &night, today());
    assert_eq!(works(&[]), Ok(()));
    assert_eq!(works(&[Shift::Day, Shift::Evening]), Err(Ineligible::Shift));
    assert_eq!(works(&[Shift::Day, Shift::Night]), Ok(()));
}
