//! The acceptance cases of matching, by their ids.

use super::*;
use serap::engine::matching::{Cursor, Detail, Index, Ineligible, LevelFit, Shortfall, Via, coverage, for_graduate, score};
use serap::engine::money::Rupiah;

fn ids(index: &Index, demand: &Demand) -> Vec<GraduateId> {
    index.top(demand, &Policy::default(), today(), 100, None).items.iter().map(|item| item.graduate).collect()
}

#[test]
fn case_c2_placed_and_expired_graduates_are_on_no_list() {
    let demand = vacancy(&[SEW], &[]);
    let placed = Candidate { free_hours: 0, ..holder(1, &[SEW]) };
    let mut expired = holder(2, &[SEW]);
    expired.units[0].expires = Some(day(2026, 11, 30));
    let index = Index::build([placed, expired, holder(3, &[SEW])].into_iter());
    assert_eq!(ids(&index, &demand), [graduate(3)]);
    assert_eq!(index.count(&demand, &Policy::default(), today()), 1);
    let everyone = index.everyone(&demand, &Policy::default(), today());
    assert_eq!(everyone.iter().map(|entry| entry.graduate).collect::<Vec<_>>(), [graduate(3)]);
    assert_eq!(index.ineligible_reason(graduate(1), &demand, today()), Some(Ineligible::HoursTaken));
    assert_eq!(index.ineligible_reason(graduate(2), &demand, today()), Some(Ineligible::RequiredUnitMissing));
    assert_eq!(index.ineligible_reason(graduate(3), &demand, today()), None);
    assert_eq!(index.ineligible_reason(graduate(4), &demand, today()), Some(Ineligible::Unknown));
}

#[test]
fn certificates_are_judged_on_the_start_date_or_today_if_that_has_passed() {
    let mut demand = vacancy(&[SEW], &[]);
    let mut person = holder(1, &[SEW]);
    let listed =
        |person: &Candidate, demand: &Demand| Index::build([person.clone()].into_iter()).count(demand, &Policy::default(), today());
    person.units[0].expires = Some(demand.starts_on);
    assert_eq!(listed(&person, &demand), 1, "valid on its last day");
    person.units[0].expires = demand.starts_on.pred_opt();
    assert_eq!(listed(&person, &demand), 0, "valid today, expired at the start");
    demand.starts_on = day(2026, 11, 1);
    person.units[0].expires = Some(day(2026, 11, 15));
    assert_eq!(listed(&person, &demand), 0, "valid at a start that has passed, expired today");
    person.units[0].expires = None;
    person.units[0].issued = day(2026, 12, 2);
    assert_eq!(listed(&person, &demand), 0, "not issued yet");
}

#[test]
fn case_h3_a_missing_required_unit_is_a_hard_fail_with_its_name() {
    let demand = vacancy(&[SEW, OVERLOCK], &[]);
    let mut person = holder(1, &[SEW]);
    person.units[0].level = Some(5);
    let index = Index::build([person.clone()].into_iter());
    assert!(ids(&index, &demand).is_empty());
    let near = index.near_misses(&demand, &Policy::default(), today(), 10);
    assert_eq!(near.len(), 1);
    assert_eq!(near[0].missing, [unit(OVERLOCK)]);
    let soft = vacancy(&[SEW], &[OVERLOCK]);
    let score = score(&person, &soft, &Policy::default(), today()).unwrap();
    assert_eq!((score.met(), score.missing()), (vec![unit(SEW)], vec![unit(OVERLOCK)]));
    assert!(score.total_hundredths <= 10_000);
    assert_eq!(score.contributions[1].points_hundredths, 0);
}

#[test]
fn case_h4_a_vacancy_without_requirements_gives_a_list_without_scores() {
    let mut demand = vacancy(&[], &[]);
    demand.kbji = Some("7533".to_owned());
    demand.trade = Some("Menjahit".to_owned());
    demand.place = Some(east_of_gending(0.0));
    let near = Candidate { place: Some(east_of_gending(500.0)), ..holder(1, &[]) };
    let tailor = Candidate { occupations: vec!["7531".to_owned()], place: Some(east_of_gending(9_000.0)), ..holder(2, &[]) };
    let sewer = Candidate { occupations: vec!["9999".to_owned(), "7533".to_owned()], ..holder(3, &[]) };
    let of_the_trade = Candidate { trade: Some("menjahit ".to_owned()), ..holder(4, &[]) };
    let late = Candidate { available_from: Some(day(2027, 3, 1)), ..near.clone() };
    let late = Candidate { graduate: graduate(0), ..late };
    let ready = Candidate { available_from: Some(day(2026, 12, 1)), graduate: graduate(9), ..near.clone() };
    let index = Index::build([near, tailor, sewer, of_the_trade, late, ready].into_iter());
    let page = index.top(&demand, &Policy::default(), today(), 10, None);
    assert!(!page.assessable);
    assert!(page.items.iter().all(|item| item.score.is_none()));
    assert_eq!(page.count, 6);
    assert_eq!(ids(&index, &demand), [3, 2, 4, 9, 0, 1].map(graduate));
    assert_eq!(score(&holder(1, &[]), &demand, &Policy::default(), today()), None);
}

#[test]
fn case_h4_a_line_that_nothing_can_meet_is_not_assessed() {
    let mut demand = vacancy(&[SEW, OVERLOCK], &[]);
    demand.lines[1].accepts.clear();
    let index = Index::build([holder(1, &[SEW])].into_iter());
    let page = index.top(&demand, &Policy::default(), today(), 10, None);
    assert!(page.assessable);
    assert_eq!(page.count, 1);
    demand.lines[0].accepts.clear();
    assert!(!index.top(&demand, &Policy::default(), today(), 10, None).assessable);
}

#[test]
fn case_h6_certified_claimed_and_missing_stand_apart() {
    let demand = vacancy(&[], &[SEW, OVERLOCK, PATTERN, PRESS]);
    let person = Candidate { claimed_units: vec![unit(PATTERN), unit(SEW)], ..holder(1, &[SEW, OVERLOCK]) };
    let score = score(&person, &demand, &Policy::default(), today()).unwrap();
    assert_eq!(score.met(), [unit(SEW), unit(OVERLOCK)]);
    assert_eq!(score.claimed(), [unit(PATTERN)]);
    assert_eq!(score.missing(), [unit(PRESS)]);
    assert_eq!(score.contributions[2].detail, Detail::ClaimedOnly);
    assert_eq!(score.contributions[2].points_hundredths, 0);
    assert_eq!(score.contributions[3].detail, Detail::NotHeld);
    let required = vacancy(&[PATTERN], &[]);
    assert_eq!(coverage(&person, &required, today()).unmet_required, [unit(PATTERN)], "a claim never satisfies");
}

#[test]
fn case_h8_who_holds_three_of_four_comes_first_with_the_missing_unit_named() {
    let demand = vacancy(&[SEW, OVERLOCK, PATTERN, PRESS], &[]);
    let mut expired = holder(4, &[SEW, OVERLOCK, PATTERN, PRESS]);
    expired.units[3].expires = Some(day(2026, 12, 14));
    let three = Candidate { claimed_units: vec![unit(PRESS)], ..holder(1, &[SEW, OVERLOCK, PATTERN]) };
    let people = [holder(5, &[SEW]), holder(3, &[]), holder(2, &[OVERLOCK, PATTERN]), three, expired];
    let index = Index::build(people.into_iter());
    assert_eq!(index.top(&demand, &Policy::default(), today(), 10, None).count, 0);
    let near = index.near_misses(&demand, &Policy::default(), today(), 10);
    assert_eq!(near.iter().map(|miss| miss.graduate).collect::<Vec<_>>(), [1, 4, 2].map(graduate));
    assert_eq!(near[0].missing, [unit(PRESS)]);
    assert_eq!(near[0].claimed, [unit(PRESS)]);
    assert_eq!(near[2].missing, [unit(SEW), unit(PRESS)]);
    let lost = near[1].score.as_ref().unwrap();
    assert!(matches!(&lost.contributions[3].detail, Detail::FallsShort { why: Shortfall::Expired, .. }));
    assert_eq!(index.near_misses(&demand, &Policy::default(), today(), 1).len(), 1);
}

#[test]
fn case_h15_a_thousand_equals_are_paged_once_each_while_people_come_and_go() {
    let demand = vacancy(&[SEW], &[]);
    let mut index = Index::build((0..1000).map(|number| holder(number * 2, &[SEW])));
    let mut seen = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = index.top(&demand, &Policy::default(), today(), 50, after);
        seen.extend(page.items.iter().map(|item| item.graduate));
        // Somebody joins before and after the cursor, as happens between two clicks.
        let joined = u128::try_from(seen.len()).unwrap();
        index = index.with_changes(&[holder(joined * 2 + 1, &[SEW]), holder(1, &[SEW])], &[]);
        match page.next {
            Some(next) => after = Cursor::parse(&next.to_string()),
            None => break,
        }
    }
    let mut old: Vec<GraduateId> = seen.iter().copied().filter(|id| id.0.as_u128().is_multiple_of(2)).collect();
    assert!(seen.is_sorted_by(|a, b| a < b), "nobody twice, nobody out of order");
    old.dedup();
    assert_eq!(old.len(), 1000, "nobody skipped");
}

#[test]
fn a_newer_version_counts_in_full_and_older_ones_less() {
    let policy = Policy::default();
    let versions = ["GAR.CM01.003.01", "GAR.CM01.003.02", "GAR.CM01.003.03", "GAR.CM01.003.04", "GAR.CM01.004.01"].map(unit);
    let accepts = expand(&unit("GAR.CM01.003.03"), &versions, &[(unit(PATTERN), 90), (unit("GAR.CM01.003.03"), 10)], &policy);
    let short: Vec<(&str, u16, Via)> = accepts.iter().map(|a| (a.code.as_str(), a.factor_hundredths, a.via)).collect();
    let expected = [
        ("GAR.CM01.003.03", 100, Via::Exact),
        ("GAR.CM01.003.04", 100, Via::Newer),
        ("GAR.CM01.003.01", 40, Via::Older),
        ("GAR.CM01.003.02", 70, Via::Older),
        ("C.141110.001.01", 90, Via::Equivalent),
    ];
    assert_eq!(short, expected);
}

/// Points of the one line that a graduate's one certificate gives, of 70.00.
fn points(change: impl Fn(&mut HeldUnit, &mut RequirementLine)) -> u32 {
    let mut demand = vacancy(&[], &[SEW]);
    let mut person = holder(1, &[SEW]);
    change(&mut person.units[0], &mut demand.lines[0]);
    score(&person, &demand, &Policy::default(), today()).unwrap().contributions[0].points_hundredths
}

#[test]
fn evidence_level_version_and_expiry_each_take_their_share() {
    assert_eq!(points(|_, _| ()), 7000);
    assert_eq!(points(|held, _| held.evidence = CertificateKind::Training), 5600);
    assert_eq!(points(|held, _| held.evidence = CertificateKind::Industry), 4200);
    assert_eq!(points(|held, line| (held.level, line.min_level) = (Some(3), Some(3))), 7000);
    assert_eq!(points(|held, line| (held.level, line.min_level) = (Some(2), Some(3))), 5600);
    assert_eq!(points(|held, line| (held.level, line.min_level) = (None, Some(3))), 5600, "unstated counts as one short");
    assert_eq!(points(|held, line| (held.level, line.min_level) = (Some(1), Some(3))), 3500);
    assert_eq!(points(|held, line| (held.level, line.min_level) = (Some(1), Some(5))), 1400);
    assert_eq!(points(|held, _| held.expires = Some(day(2026, 11, 1))), 1400, "once competent");
    assert_eq!(points(|held, line| (held.expires, line.must_be_valid) = (Some(day(2026, 11, 1)), true)), 0);
    assert_eq!(points(|held, line| (held.evidence, line.min_evidence) = (CertificateKind::Training, Some(CertificateKind::Bnsp))), 0);
    assert_eq!(points(|_, line| line.accepts[0].factor_hundredths = 70), 4900);
}

#[test]
fn a_known_level_below_a_required_one_fails_and_an_unstated_level_never_does() {
    let mut demand = vacancy(&[SEW], &[]);
    demand.lines[0].min_level = Some(3);
    let mut person = holder(1, &[SEW]);
    let met = |person: &Candidate| coverage(person, &demand, today()).unmet_required.is_empty();
    assert!(met(&person));
    let detail = score(&person, &demand, &Policy::default(), today()).unwrap().contributions[0].detail.clone();
    assert!(matches!(detail, Detail::Certified { level: LevelFit::Unstated, .. }));
    person.units[0].level = Some(2);
    assert!(!met(&person));
    person.units[0].level = Some(4);
    assert!(met(&person));
}

#[test]
fn what_is_unknown_is_neutral_and_says_so() {
    let score = score(&holder(1, &[SEW]), &vacancy(&[SEW], &[]), &Policy::default(), today()).unwrap();
    assert_eq!(score.total_hundredths, 7000 + 600 + 450 + 450);
    let neutral = |detail: &Detail| matches!(detail, Detail::Neutral { percent: 50, .. });
    assert!(score.contributions[1..].iter().all(|contribution| neutral(&contribution.detail)));
}

#[test]
fn distance_wage_and_start_decay_between_their_bounds() {
    let mut demand = vacancy(&[SEW], &[]);
    demand.place = Some(east_of_gending(0.0));
    demand.monthly_wage = Rupiah::new(3_000_000);
    let context = |change: &dyn Fn(&mut Candidate)| {
        let mut person = holder(1, &[SEW]);
        change(&mut person);
        let score = score(&person, &demand, &Policy::default(), today()).unwrap();
        score.contributions[1..].iter().map(|contribution| contribution.points_hundredths).collect::<Vec<_>>()
    };
    assert_eq!(context(&|p| p.place = Some(east_of_gending(4_900.0)))[0], 1200);
    assert_eq!(context(&|p| p.place = Some(east_of_gending(61_000.0)))[0], 0);
    let half = context(&|p| p.place = Some(east_of_gending(32_500.0)))[0];
    assert!((598..=602).contains(&half), "{half}");
    assert_eq!(context(&|p| (p.place, p.ready_to_board) = (Some(east_of_gending(90_000.0)), true))[0], 600);
    assert_eq!(context(&|p| p.wage_wish_monthly = Rupiah::new(3_000_000))[1], 900);
    assert_eq!(context(&|p| p.wage_wish_monthly = Rupiah::new(0))[1], 900);
    assert_eq!(context(&|p| p.wage_wish_monthly = Rupiah::new(6_000_000))[1], 0);
    assert_eq!(context(&|p| p.available_from = Some(demand.starts_on))[2], 900);
    assert_eq!(context(&|p| p.available_from = Some(day(2026, 12, 30)))[2], 450);
    assert_eq!(context(&|p| p.available_from = Some(day(2027, 6, 1)))[2], 0);
}

#[test]
fn who_objects_to_ranking_is_listed_last_without_a_score() {
    let demand = vacancy(&[SEW], &[]);
    let objector = Candidate { objects_to_ranking: true, ..holder(1, &[SEW]) };
    let weak = Candidate { wage_wish_monthly: Rupiah::new(9_000_000), ..holder(2, &[SEW]) };
    let index = Index::build([objector.clone(), weak].into_iter());
    let page = index.top(&demand, &Policy::default(), today(), 10, None);
    assert_eq!(page.count, 2);
    assert_eq!(page.items[1].graduate, graduate(1));
    assert_eq!(page.items[1].score, None);
    assert_eq!(index.everyone(&demand, &Policy::default(), today())[1].score_hundredths, None);
    assert_eq!(for_graduate(&objector, &[demand], &Policy::default(), today())[0].score, None);
}

#[test]
fn a_graduate_sees_open_vacancies_best_first() {
    let person = holder(1, &[SEW]);
    let demand = |number: u128, required: &[&str], preferred: &[&str]| Demand {
        vacancy: VacancyId(Uuid::from_u128(number)),
        ..vacancy(required, preferred)
    };
    let full = Demand { seats_free: 0, ..demand(4, &[SEW], &[]) };
    let demands = [demand(1, &[], &[]), demand(2, &[SEW], &[OVERLOCK]), demand(3, &[SEW], &[]), full, demand(5, &[OVERLOCK], &[])];
    let openings = for_graduate(&person, &demands, &Policy::default(), today());
    let order: Vec<u128> = openings.iter().map(|opening| opening.vacancy.0.as_u128()).collect();
    assert_eq!(order, [3, 2, 1]);
}
