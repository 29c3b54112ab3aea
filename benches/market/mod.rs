//! The anchors' generated labour market in Serap's own types, so that both sides answer the same questions.
//!
//! Unit numbers become official codes, graduates' numbers become ids of the same order. The policy gives `2w / w / 0` for a
//! level reached, one short, further short, as the anchors' task does: `score = round(10000 * sum / (2 * sum of weights))`.

use chrono::{Days, NaiveDate};
use serap::engine::geo::Point;
use serap::engine::id::{EmployerId, GraduateId, OfficeId, VacancyId};
use serap::engine::kinds::{CertificateKind, Importance};
use serap::engine::matching::{Candidate, Demand, HeldUnit, Page, Policy, PolicyDraft, RequirementLine, Scope, expand};
use serap::engine::unit_code::UnitCode;
use uuid::Uuid;

use crate::anchors::world::{self, Graduates, SEED, UNITS, Vacancy};

/// The length of every list asked for.
pub(crate) const LIMIT: usize = 50;
const OFFICE: OfficeId = OfficeId(Uuid::from_u128(1));
const LOCAL_METRES: u32 = 30_000;

/// How much of a vacancy binds: both required units and 30 km, both required units, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Local,
    National,
    Soft,
}

impl Mode {
    pub(crate) const ALL: [Self; 3] = [Self::Local, Self::National, Self::Soft];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::National => "national",
            Self::Soft => "soft",
        }
    }
}

/// Generated graduates and vacancies.
pub(crate) struct Market {
    graduates: Graduates,
    vacancies: Vec<Vacancy>,
    codes: Vec<UnitCode>,
    policy: Policy,
}

impl Market {
    pub(crate) fn of(graduates: usize, vacancies: usize) -> Self {
        let code =
            |unit: usize| UnitCode::parse(&format!("C.{:06}.{:03}.01", 100_000 + unit / 1000, unit % 1000)).expect("an official code");
        Self {
            graduates: world::graduates(SEED, graduates),
            vacancies: world::vacancies(SEED, vacancies),
            codes: (0..=UNITS).map(code).collect(),
            policy: policy(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.graduates.len()
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(crate) fn candidates(&self) -> impl Iterator<Item = Candidate> {
        (0..self.len()).map(|number| self.candidate(number))
    }

    pub(crate) fn candidate(&self, number: usize) -> Candidate {
        let held = &self.graduates;
        let mut candidate = Candidate::new(graduate_id(number), OFFICE);
        candidate.place = Some(Point { latitude: f64::from(held.lat[number]), longitude: f64::from(held.lon[number]) });
        let rows = held.off[number] as usize..held.off[number + 1] as usize;
        candidate.units = rows
            .map(|row| HeldUnit {
                code: self.codes[usize::from(held.unit[row])].clone(),
                level: Some(held.level[row]),
                evidence: CertificateKind::Bnsp,
                issued: day(world::TODAY - 700),
                expires: (held.expiry[row] != world::NEVER).then(|| day(held.expiry[row])),
            })
            .collect();
        candidate
    }

    pub(crate) fn demand(&self, number: usize, mode: Mode) -> Demand {
        let vacancy = &self.vacancies[number];
        let id = Uuid::from_u128(number as u128);
        let mut demand = Demand::new(VacancyId(id), EmployerId(id), OFFICE, today());
        demand.scope = Scope::All;
        demand.place = Some(Point { latitude: f64::from(vacancy.lat), longitude: f64::from(vacancy.lon) });
        demand.max_distance_metres = (mode == Mode::Local).then_some(LOCAL_METRES);
        demand.lines = vacancy
            .reqs
            .iter()
            .map(|asked| {
                let binds = asked.must && mode != Mode::Soft;
                let importance = if binds { Importance::Required } else { Importance::Preferred };
                let unit = &self.codes[usize::from(asked.unit)];
                let mut line = RequirementLine::new(unit.clone(), importance, expand(unit, &[], &[], &self.policy));
                line.weight = u16::from(asked.weight);
                line.min_level = Some(asked.min);
                line.must_be_valid = true;
                line
            })
            .collect();
        demand
    }

    /// A page as the anchors write answers: graduate number and sum of points, best first.
    ///
    /// Panics where a score is not the hundredths of a whole sum: then the two sides do not score alike.
    pub(crate) fn answer(&self, number: usize, page: &Page) -> Vec<(u128, u32)> {
        let full: u32 = self.vacancies[number].reqs.iter().map(|asked| 2 * u32::from(asked.weight)).sum();
        let sum_of = |hundredths: u32| {
            let sum = (hundredths * full + 5_000) / 10_000;
            assert_eq!((sum * 10_000 + full / 2) / full, hundredths, "a score that is no sum of points");
            sum
        };
        page.items.iter().map(|item| (item.graduate.0.as_u128(), sum_of(item.score.as_ref().expect("a score").total_hundredths))).collect()
    }
}

pub(crate) fn graduate_id(number: usize) -> GraduateId {
    GraduateId(Uuid::from_u128(number as u128))
}

pub(crate) fn today() -> NaiveDate {
    day(world::TODAY)
}

fn day(number: u16) -> NaiveDate {
    NaiveDate::default() + Days::new(u64::from(number))
}

fn policy() -> Policy {
    let draft = PolicyDraft {
        name: "anchors".to_owned(),
        units_weight: 10_000,
        distance_weight: None,
        wage_weight: None,
        start_weight: None,
        evidence_bnsp: 100,
        evidence_training: 100,
        evidence_industry: 100,
        one_level_short: 50,
        two_levels_short: 0,
        further_short: 0,
        ..PolicyDraft::default()
    };
    Policy::validate(draft).expect("a sound policy")
}
