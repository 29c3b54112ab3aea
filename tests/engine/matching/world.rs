//! Random small worlds, crowded on purpose: few units, places and days, so that ties and edges are common.

use super::*;
use proptest::prelude::*;
use serap::engine::kinds::Shift;
use serap::engine::matching::{PolicyDraft, Scope, with_related};
use serap::engine::money::Rupiah;

const CODES: [&str; 9] = [
    "GAR.CM01.003.01",
    "GAR.CM01.003.02",
    "GAR.CM01.003.03",
    "GAR.CM01.003.04",
    "C.14GMT06.010.1",
    "C.14GMT06.010.2",
    "C.141110.001.01",
    "C.141110.002.01",
    "LOKAL.sulam-pita",
];

pub(super) fn any_unit() -> impl Strategy<Value = UnitCode> {
    prop::sample::select(&CODES[..]).prop_map(unit)
}

pub(super) fn any_day() -> impl Strategy<Value = NaiveDate> {
    (-40_i64..60).prop_map(|days| today() + chrono::TimeDelta::days(days))
}

fn any_place() -> impl Strategy<Value = Option<Point>> {
    prop::option::weighted(0.8, (0_u8..6).prop_map(|step| east_of_gending(f64::from(step) * 9_000.0)))
}

pub(super) fn any_certificate() -> impl Strategy<Value = HeldUnit> {
    let evidence = prop::sample::select(CertificateKind::ALL);
    // Levels beyond those that certificates have are kept and compared like any other.
    let level = prop_oneof![8 => prop::option::of(1_u8..=5), 1 => prop::sample::select(vec![0_u8, 6, 7, 9, 255]).prop_map(Some)];
    (any_unit(), level, evidence, any_day(), prop::option::of(any_day())).prop_map(|(code, level, evidence, issued, expires)| HeldUnit {
        code,
        level,
        evidence,
        issued,
        expires,
    })
}

pub(super) fn any_candidate(ids: std::ops::Range<u128>) -> impl Strategy<Value = Candidate> {
    let who = (ids, prop_oneof![9 => Just(1_u128), 1 => Just(2)], prop::collection::vec(any_certificate(), 0..7));
    let wishes = (
        any_place(),
        prop::option::weighted(0.4, prop::sample::select(vec![10_000_u32, 30_000])),
        prop::bool::weighted(0.2),
        prop::option::of((20_i64..45).prop_map(|n| Rupiah::new(n * 100_000).unwrap())),
        prop::option::of(any_day()),
        prop::option::weighted(0.2, any_day()),
    );
    let standing = (
        prop::bool::weighted(0.95),
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.1),
        prop::sample::select(vec![0_u8, 20, 40, 40, 40]),
    );
    let lists = (
        prop::collection::vec((1_u128..5).prop_map(employer), 0..2),
        prop::collection::vec(prop::sample::select(Shift::ALL), 0..3),
        prop::bool::weighted(0.05),
        prop::bool::weighted(0.1),
        prop::collection::vec(any_unit(), 0..3),
        prop::collection::vec(prop::sample::select(vec!["7531", "7533", "7212", "3"]).prop_map(str::to_owned), 0..3),
        prop::option::of(prop::sample::select(vec!["Menjahit", "Las"]).prop_map(str::to_owned)),
    );
    (who, wishes, standing, lists).prop_map(|(who, wishes, standing, lists)| Candidate {
        units: who.2,
        place: wishes.0,
        radius_metres: wishes.1,
        ready_to_board: wishes.2,
        wage_wish_monthly: wishes.3,
        available_from: wishes.4,
        paused_until: wishes.5,
        has_passed: standing.0,
        declares_available: standing.1,
        wants_change: standing.2,
        free_hours: standing.3,
        ranked_employers: lists.0.clone(),
        blocked_employers: lists.0,
        shifts: lists.1,
        limited: lists.2,
        objects_to_ranking: lists.3,
        claimed_units: lists.4,
        occupations: lists.5,
        trade: lists.6,
        ..Candidate::new(graduate(who.0), office(who.1))
    })
}

fn any_line(policy: Policy) -> impl Strategy<Value = RequirementLine> {
    let importance = prop_oneof![1 => Just(Importance::Required), 3 => Just(Importance::Preferred)];
    let minima = (prop::option::weighted(0.3, prop::sample::select(CertificateKind::ALL)), prop::option::weighted(0.4, 1_u8..=5));
    let links = (prop::collection::vec((any_unit(), 0_u16..=120), 0..3), prop::collection::vec(any_unit(), 0..4));
    (any_unit(), importance, 1_u16..=100, minima, prop::option::of(any::<bool>()), links, prop::bool::weighted(0.05)).prop_map(
        move |(asked, importance, weight, (min_evidence, min_level), valid, (links, related), unknown)| {
            let accepts = if unknown { Vec::new() } else { expand(&asked, &CODES.map(unit), &links, &policy) };
            // Required lines get related units too: that they count nothing there is the engine's business.
            let line = with_related(RequirementLine::new(asked, importance, accepts), &related, &policy);
            let must_be_valid = valid.unwrap_or(line.must_be_valid);
            RequirementLine { weight, min_evidence, min_level, must_be_valid, ..line }
        },
    )
}

pub(super) fn any_demand(policy: Policy) -> impl Strategy<Value = Demand> {
    let lines = prop::collection::vec(any_line(policy), 0..8);
    let terms = (
        prop_oneof![Just(Scope::All), Just(Scope::Offices(vec![office(1)]))],
        any_day(),
        any_place(),
        prop::option::weighted(0.3, Just(30_000_u32)),
        prop::sample::select(vec![10_u8, 20, 40]),
        prop::option::weighted(0.3, prop::sample::select(Shift::ALL)),
        prop::option::of((20_i64..45).prop_map(|n| Rupiah::new(n * 100_000).unwrap())),
        prop::option::of(Just("7533".to_owned())),
    );
    (lines, terms, 1_u128..5, 0_u32..3).prop_map(|(lines, terms, hirer, seats_free)| Demand {
        scope: terms.0,
        lines,
        place: terms.2,
        max_distance_metres: terms.3,
        hours_per_week: terms.4,
        shift: terms.5,
        monthly_wage: terms.6,
        trade: terms.7.as_ref().map(|_| "menjahit".to_owned()),
        kbji: terms.7,
        seats_free,
        ..Demand::new(VacancyId(Uuid::from_u128(hirer * 100)), employer(hirer), office(1), terms.1)
    })
}

/// The default policy, and ones with odd weights and factors left out.
pub(super) fn any_policy() -> impl Strategy<Value = Policy> {
    let shares = (1_i64..=100, 0_i64..=50);
    let odd = (1_i64..5000, prop::option::of(1_i64..2000), prop::option::of(1_i64..2000), 0_i64..=100, shares).prop_map(
        |(distance, wage, start, unknown, (evidence, related))| {
            let units_weight = 10_000 - distance - wage.unwrap_or(0) - start.unwrap_or(0);
            let draft = PolicyDraft {
                units_weight,
                distance_weight: Some(distance),
                wage_weight: wage,
                start_weight: start,
                unknown,
                evidence_training: evidence,
                evidence_industry: evidence / 2 + 1,
                related,
                ..PolicyDraft::default()
            };
            Policy::validate(draft).unwrap_or_default()
        },
    );
    prop_oneof![Just(Policy::default()), odd]
}

/// A policy and a vacancy whose lines were expanded under it.
pub(super) fn any_question() -> impl Strategy<Value = (Policy, Demand)> {
    any_policy().prop_flat_map(|policy| (Just(policy.clone()), any_demand(policy)))
}
