//! The index beside asking one by one: same people, same scores, same order, whatever the history and the page size.

use super::world::{any_candidate, any_question};
use super::*;
use proptest::prelude::*;
use serap::engine::matching::{Cursor, Index, Ranked, check, coverage, on_list, score};
use std::cmp::Reverse;
use std::collections::BTreeMap;

type People = BTreeMap<GraduateId, Candidate>;

fn people(candidates: &[Candidate]) -> People {
    candidates.iter().map(|candidate| (candidate.graduate, candidate.clone())).collect()
}

fn ranked(person: &Candidate, demand: &Demand, policy: &Policy) -> Ranked {
    let score = if person.objects_to_ranking { None } else { score(person, demand, policy, today()) };
    Ranked { graduate: person.graduate, score, metres: demand.metres_from(person.place) }
}

/// Digits of the occupation in common, then the trade.
fn nearness(person: &Candidate, demand: &Demand) -> usize {
    let common = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let wanted = demand.kbji.as_deref().unwrap_or("");
    let trade = demand.trade.is_some() && person.trade.as_ref().map(|trade| trade.to_lowercase()) == demand.trade;
    person.occupations.iter().map(|code| common(wanted, code)).max().unwrap_or(0) * 2 + usize::from(trade)
}

/// The whole match list, by the definition.
fn by_definition(people: &People, demand: &Demand, policy: &Policy) -> Vec<Ranked> {
    let listed = people.values().filter(|person| on_list(person, demand, today()).is_ok());
    let mut list: Vec<Ranked> = listed.map(|person| ranked(person, demand, policy)).collect();
    list.sort_by_key(|item| {
        let person = &people[&item.graduate];
        let metres = item.metres.unwrap_or(u32::MAX);
        let late = |from: NaiveDate| (from - demand.judged_on(today())).num_days().max(0);
        let wait = person.available_from.map_or(i64::MAX, late);
        match &item.score {
            _ if person.objects_to_ranking => (1, Reverse(0), 0, 0, item.graduate),
            Some(score) => (0, Reverse(u64::from(score.total_hundredths)), metres, 0, item.graduate),
            None => (0, Reverse(u64::try_from(nearness(person, demand)).unwrap()), metres, wait, item.graduate),
        }
    });
    list
}

/// Every page, one after the other.
fn all_pages(index: &Index, demand: &Demand, policy: &Policy, limit: usize, count: usize) -> Vec<Ranked> {
    let (mut items, mut after) = (Vec::new(), None);
    loop {
        let page = index.top(demand, policy, today(), limit, after);
        assert_eq!(page.count, count, "count equals list on every page");
        assert!(page.items.len() <= limit);
        items.extend(page.items);
        match page.next {
            Some(next) => {
                assert_eq!(Cursor::parse(&next.to_string()), Some(next));
                after = Some(next);
            }
            None => return items,
        }
    }
}

fn assert_same(index: &Index, people: &People, demand: &Demand, policy: &Policy, limit: usize) {
    let expected = by_definition(people, demand, policy);
    assert_eq!(all_pages(index, demand, policy, limit, expected.len()), expected);
    assert_eq!(index.count(demand, policy, today()), expected.len());
    let bare: Vec<_> = index.everyone(demand, policy, today()).iter().map(|entry| (entry.graduate, entry.score_hundredths)).collect();
    let scores = expected.iter().map(|item| (item.graduate, item.score.as_ref().map(|score| score.total_hundredths)));
    assert_eq!(bare, scores.collect::<Vec<_>>());
    for person in people.values() {
        assert_eq!(index.ineligible_reason(person.graduate, demand, today()), on_list(person, demand, today()).err());
    }
}

fn near_by_definition(people: &People, demand: &Demand, policy: &Policy) -> Vec<GraduateId> {
    let eligible = people.values().filter(|person| check(person, demand, today()).is_ok());
    let lacking = eligible.map(|person| (coverage(person, demand, today()).unmet_required.len(), ranked(person, demand, policy)));
    let mut near: Vec<(usize, Ranked)> = lacking.filter(|(lacks, _)| (1..=2).contains(lacks)).collect();
    near.sort_by_key(|(lacks, item)| match &item.score {
        Some(score) => (*lacks, 0, Reverse(score.total_hundredths), item.metres.unwrap_or(u32::MAX), item.graduate),
        None => (*lacks, 1, Reverse(0), 0, item.graduate),
    });
    near.into_iter().map(|(_, item)| item.graduate).collect()
}

/// Batches of changes as a feed brings them: who stands anew, and who is gone.
fn any_steps() -> impl Strategy<Value = Vec<(Vec<Candidate>, Vec<GraduateId>)>> {
    let upserts = prop::collection::vec(any_candidate(0..80), 0..12);
    let removals = prop::collection::vec((0_u128..80).prop_map(graduate), 0..6);
    prop::collection::vec((upserts, removals), 0..8)
}

proptest! {
    #[test]
    fn case_h7_the_index_gives_what_asking_one_by_one_gives(
        candidates in prop::collection::vec(any_candidate(0..60), 0..60),
        (policy, demand) in any_question(),
        limit in 1_usize..20,
    ) {
        let index = Index::build(candidates.iter().cloned());
        let people = people(&candidates);
        prop_assert_eq!(index.len(), people.len());
        assert_same(&index, &people, &demand, &policy, limit);
    }

    #[test]
    fn near_misses_are_those_by_definition_and_name_what_is_missing(
        candidates in prop::collection::vec(any_candidate(0..60), 0..60),
        (policy, mut demand) in any_question(),
        limit in 0_usize..20,
    ) {
        for line in &mut demand.lines {
            line.importance = Importance::Required;
        }
        let people = people(&candidates);
        let near = Index::build(candidates.into_iter()).near_misses(&demand, &policy, today(), limit);
        let expected = near_by_definition(&people, &demand, &policy);
        prop_assert_eq!(near.iter().map(|miss| miss.graduate).collect::<Vec<_>>(), expected.into_iter().take(limit).collect::<Vec<_>>());
        for miss in near {
            let coverage = coverage(&people[&miss.graduate], &demand, today());
            prop_assert_eq!(&miss.missing, &coverage.unmet_required);
            prop_assert!(miss.claimed.iter().all(|unit| miss.missing.contains(unit)));
        }
    }

    #[test]
    fn changes_give_what_building_anew_gives(
        first in prop::collection::vec(any_candidate(0..40), 0..50),
        steps in any_steps(),
        (policy, demand) in any_question(),
    ) {
        let mut index = Index::build(first.iter().cloned());
        let mut people = people(&first);
        for (upserts, removals) in steps {
            let (before, checksum) = (index.clone(), index.checksum());
            index = index.with_changes(upserts.clone(), &removals);
            prop_assert_eq!(before.checksum(), checksum);
            for person in upserts {
                people.insert(person.graduate, person);
            }
            for graduate in removals {
                people.remove(&graduate);
            }
            let rebuilt = Index::build(people.values().rev().cloned());
            prop_assert_eq!(index.checksum(), rebuilt.checksum());
            prop_assert_eq!(index.len(), rebuilt.len());
            for person in people.values() {
                prop_assert_eq!(index.candidate(person.graduate), Some(person));
            }
        }
        assert_same(&index, &people, &demand, &policy, 7);
    }

    #[test]
    fn a_cursor_of_any_text_never_panics(text in ".{0,60}") {
        let _ = Cursor::parse(&text);
    }
}

#[test]
fn an_index_large_enough_to_be_scanned_side_by_side_gives_the_same() {
    let place = |number: u32| east_of_gending(f64::from(number % 97) * 700.0);
    let person = |number: u32| Candidate {
        place: Some(place(number)),
        units: [SEW, OVERLOCK, PATTERN]
            .iter()
            .enumerate()
            .filter(|(bit, _)| number >> bit & 1 == 1)
            .map(|(_, code)| certificate(code))
            .collect(),
        ..Candidate::new(graduate(u128::from(number)), office(1))
    };
    let candidates: Vec<Candidate> = (0..40_000).map(person).collect();
    let demand = Demand { place: Some(east_of_gending(0.0)), ..vacancy(&[], &[SEW, OVERLOCK, PATTERN]) };
    let index = Index::build(candidates.iter().cloned());
    let expected = by_definition(&people(&candidates), &demand, &Policy::default());
    let page = index.top(&demand, &Policy::default(), today(), 500, None);
    assert_eq!((page.count, &page.items[..]), (40_000, &expected[..500]));
}
