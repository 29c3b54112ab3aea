//! What teaching opens, beside every way there is to teach and to place.

use proptest::prelude::*;
use serap::engine::allocation::{Opening, opened, placed_today};

/// The most people that can be placed, by trying every choice of each person.
fn most(openings: &[Opening], taught: u32, people: u32) -> u64 {
    fn from(person: u32, people: u32, taught: u32, openings: &[Opening], left: &[u32]) -> u64 {
        if person == people {
            return 0;
        }
        let mut best = from(person + 1, people, taught, openings, left);
        for (number, opening) in openings.iter().enumerate() {
            let may = opening.today.contains(&person) || (taught & (1 << person) != 0 && opening.once_taught.contains(&person));
            let mut rest = left.to_vec();
            let seat = rest.get_mut(number).filter(|seat| may && **seat > 0);
            if let Some(seat) = seat {
                *seat -= 1;
                best = best.max(1 + from(person + 1, people, taught, openings, &rest));
            }
        }
        best
    }
    let left: Vec<u32> = openings.iter().map(|opening| opening.seats).collect();
    from(0, people, taught, openings, &left)
}

fn openings(people: u32) -> impl Strategy<Value = Vec<Opening>> {
    let list = move || prop::collection::vec(0..people, 0..=5);
    let opening = (0..3_u32, list(), list()).prop_map(|(seats, today, once_taught)| Opening { seats, today, once_taught });
    prop::collection::vec(opening, 0..4)
}

proptest! {
    #[test]
    fn the_gain_and_the_fewest_to_teach_are_exact(openings in openings(5)) {
        let people = 5;
        let today = placed_today(people, &openings).expect("a problem");
        let found = opened(people, &openings, today).expect("a problem");
        prop_assert_eq!(today, most(&openings, 0, people));
        prop_assert_eq!(found.placed, most(&openings, 0b11111, people));
        let enough = |taught: &u32| most(&openings, *taught, people) == found.placed;
        let fewest = (0..32_u32).filter(enough).map(u32::count_ones).min().expect("all of them are enough");
        prop_assert_eq!(found.taught.len(), usize::try_from(fewest).expect("few"));
        let chosen = found.taught.iter().fold(0, |set, (person, _)| set | 1 << person);
        prop_assert!(enough(&chosen), "{:?} are not enough", found.taught);
        for (person, vacancy) in &found.taught {
            let opening = &openings[usize::try_from(*vacancy).expect("few")];
            prop_assert!(opening.once_taught.contains(person) && !opening.today.contains(person));
        }
    }
}

#[test]
fn who_is_taught_may_leave_a_seat_to_another() {
    let sewing = Opening { seats: 1, today: vec![0, 1], once_taught: vec![] };
    let welding = Opening { seats: 1, today: vec![], once_taught: vec![0] };
    let openings = [sewing, welding];
    let today = placed_today(2, &openings).expect("a problem");
    let found = opened(2, &openings, today).expect("a problem");
    assert_eq!((today, found.added(), found.taught), (1, 1, vec![(0, 1)]));
}

#[test]
fn a_list_longer_than_all_seats_together_changes_nothing() {
    let popular = Opening { seats: 2, today: (0..1_000).collect(), once_taught: (1_000..2_000).collect() };
    let rare = Opening { seats: 1, today: vec![], once_taught: vec![0] };
    let openings = [popular, rare];
    let found = opened(2_000, &openings, placed_today(2_000, &openings).expect("a problem")).expect("a problem");
    assert_eq!((found.placed_today, found.placed, found.taught), (2, 3, vec![(0, 1)]));
}
