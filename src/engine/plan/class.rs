//! Whether a planned class is worth its money: how many of its people would have a seat that nobody would have filled without
//! them.
//!
//! The people of the class are invented and alike: they live in one district, hold the units of the programme from the day the
//! class ends, and wish for nothing.

use chrono::NaiveDate;

use super::Open;
use super::taught::{Numbers, pupil};
use crate::coded_enum;
use crate::engine::allocation::teaching::{Opening, TeachingError, opened, placed_today};
use crate::engine::geo::Point;
use crate::engine::id::{OfficeId, VacancyId};
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::index::{Index, on_list};
use crate::engine::unit_code::UnitCode;

coded_enum! {
    /// What was decided of a planned class.
    pub enum ClassDecision {
        /// The class is held.
        Go = "go",
        /// It is not.
        NoGo = "no_go",
    }
}

coded_enum! {
    /// What became of a partner's request for a class.
    pub enum ClassRequestState {
        /// Nobody answered yet.
        Open = "open",
        /// A class is planned for it.
        Planned = "planned",
        /// The office said no.
        Declined = "declined",
    }
}

coded_enum! {
    /// How an office answers a request for a class.
    pub enum ClassAnswer {
        /// A class is planned for it.
        Planned = "planned",
        /// No.
        Declined = "declined",
    }
}

/// A planned class.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedClass {
    /// Whose class it is.
    pub office: OfficeId,
    /// How many people.
    pub people: u32,
    /// Where they live.
    pub place: Option<Point>,
    /// What they will hold.
    pub units: Vec<UnitCode>,
    /// The day it ends: certificates are of that day, and people are free from it.
    pub ends_on: NaiveDate,
}

/// What a class would open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClassWorth {
    /// Free seats of all open vacancies.
    pub seats_free: u32,
    /// People placed in them by the largest plan without the class.
    pub placed_without: u32,
    /// People placed with it.
    pub placed_with: u32,
    /// Seats of vacancies that somebody of the class could take, whoever else could.
    pub seats_within_reach: u32,
    /// Seats that its people fill in that plan, by vacancy.
    pub by_vacancy: Vec<(VacancyId, u32)>,
}

impl ClassWorth {
    /// How many people of the class have a seat that is not taken from anybody.
    #[must_use]
    pub fn added(&self) -> u32 {
        self.placed_with.saturating_sub(self.placed_without)
    }
}

/// What a class would open beside the graduates who are available today.
///
/// Of the largest plans it takes one that leaves every seat of today's graduates theirs, so that the seats of the class are the
/// added ones.
pub fn class_worth(index: &Index, open: &[Open], class: &PlannedClass, today: NaiveDate) -> Result<ClassWorth, TeachingError> {
    let day = class.ends_on.max(today);
    let pupil = Candidate { place: class.place, ..pupil(&class.units, class.office, class.ends_on) };
    let mut numbers = Numbers::default();
    let mut worth = ClassWorth::default();
    let (mut openings, mut reached) = (Vec::with_capacity(open.len()), Vec::with_capacity(open.len()));
    for one in open {
        let listed = index.everyone(&one.demand, &one.policy, today).into_iter();
        let today = listed.map(|listed| numbers.of(listed.graduate)).collect();
        // Who comes after the start may still be taken while the vacancy is open, and is judged on the day they come.
        let in_time = one.demand.starts_on >= day || one.closes_on >= day;
        let reach = in_time && on_list(&pupil, &one.demand, day).is_ok();
        worth.seats_free = worth.seats_free.saturating_add(one.demand.seats_free);
        if reach {
            worth.seats_within_reach = worth.seats_within_reach.saturating_add(one.demand.seats_free);
        }
        reached.push(reach);
        openings.push(Opening { seats: one.demand.seats_free, today, once_taught: Vec::new() });
    }
    let first = numbers.count();
    let people = first.saturating_add(class.people);
    let without = placed_today(people, &openings)?;
    for (opening, _) in openings.iter_mut().zip(&reached).filter(|(_, reach)| **reach) {
        opening.once_taught = (first..people).collect();
    }
    let with = opened(people, &openings, without)?;
    let count = |placed: u64| u32::try_from(placed).unwrap_or(u32::MAX);
    (worth.placed_without, worth.placed_with) = (count(with.placed_today), count(with.placed));
    for (number, one) in (0_u32..).zip(open) {
        let seats = count(u64::try_from(with.taught.iter().filter(|(_, vacancy)| *vacancy == number).count()).unwrap_or(u64::MAX));
        if seats > 0 {
            worth.by_vacancy.push((one.demand.vacancy, seats));
        }
    }
    Ok(worth)
}
