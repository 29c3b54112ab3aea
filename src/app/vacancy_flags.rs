//! What a vacancy is asked about when it is saved: a wage below the minimum, and wording that shuts people out. Nothing is refused.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use crate::app::knowledge::Knowledge;
use crate::engine::geo::RegionCode;
use crate::engine::money::{Rupiah, WageUnit};
use crate::engine::resolve::wording::{self, FlagKind};
use crate::store::entity::vacancy;
use crate::words::flag::VacancyFlag;

/// Hours a week from which work is full-time (PP 36/2021 art. 16).
const FULL_TIME: i32 = 35;

/// A flag and the field it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagView {
    /// JSON pointer to the field.
    pub field: String,
    /// The words it is about, where it is about words.
    pub text: Option<String>,
    /// What is asked.
    pub flag: VacancyFlag,
}

/// Flags of a vacancy and of the requirement texts as they were sent, each with its pointer.
pub(in crate::app) fn flags_of(vacancy: &vacancy::Model, requirements: &[(String, String)], knowledge: &Knowledge) -> Vec<FlagView> {
    let mut flags = wage_flags(vacancy, knowledge);
    let description = vacancy.description.as_deref().unwrap_or_default();
    let own = [("/title".to_owned(), vacancy.title.clone()), ("/description".to_owned(), description.to_owned())];
    for (field, text) in own.iter().chain(requirements) {
        for found in wording::flags(text) {
            let flag = VacancyFlag::Wording { kind: found.kind, text: found.text.clone() };
            flags.push(FlagView { field: field.clone(), text: Some(found.text), flag });
        }
    }
    flags
}

/// The flags of requirement texts among stored ones, kept when the requirements did not change.
pub(in crate::app) fn of_requirements(stored: &Value) -> Vec<FlagView> {
    read(stored).into_iter().filter(|flag| flag.field.starts_with("/requirements")).collect()
}

/// Flags as they are stored: facts, never sentences.
pub(in crate::app) fn written(flags: &[FlagView]) -> Value {
    flags.iter().map(stored).collect()
}

/// Stored flags.
pub(in crate::app) fn read(stored: &Value) -> Vec<FlagView> {
    stored.as_array().into_iter().flatten().filter_map(restored).collect()
}

fn wage_flags(vacancy: &vacancy::Model, knowledge: &Knowledge) -> Vec<FlagView> {
    let Some(wage) = vacancy.wage_min.and_then(Rupiah::new) else { return Vec::new() };
    let unit = vacancy.wage_unit.unwrap_or(WageUnit::Month);
    let flag = |flag| FlagView { field: "/wage_min".to_owned(), text: None, flag };
    let Some(monthly) = unit.monthly(wage) else { return vec![flag(VacancyFlag::WageNotComparable)] };
    let others: Vec<String> = serde_json::from_value(vacancy.other_districts.clone()).unwrap_or_default();
    let mut regencies: Vec<RegionCode> = std::iter::once(&vacancy.district_code)
        .chain(&others)
        .filter_map(|code| RegionCode::parse(code)?.regency().and_then(RegionCode::parse))
        .collect();
    regencies.sort();
    regencies.dedup();
    regencies.iter().filter_map(|regency| against_minimum(vacancy, unit, monthly, regency, knowledge)).map(flag).collect()
}

fn against_minimum(
    vacancy: &vacancy::Model,
    unit: WageUnit,
    monthly: Rupiah,
    regency: &RegionCode,
    knowledge: &Knowledge,
) -> Option<VacancyFlag> {
    let region = knowledge.region_name(regency.as_str());
    let day: NaiveDate = vacancy.starts_on;
    let Some(minimum) = knowledge.regions.minimum_wage(regency, day) else {
        return Some(VacancyFlag::UmkNotFilledIn { region, year: day.year() });
    };
    let least = least_monthly(minimum.amount, unit, vacancy.hours_per_week);
    (monthly < least).then_some(VacancyFlag::WageBelowUmk { monthly, least, region })
}

/// What a month must pay at least. Part-time work by the month is held to its hours at 1/126 of the minimum an hour (PP 36/2021 art. 16).
fn least_monthly(minimum: Rupiah, unit: WageUnit, hours_per_week: i32) -> Rupiah {
    if unit != WageUnit::Month || hours_per_week >= FULL_TIME {
        return minimum;
    }
    let by_hours = minimum.amount().saturating_mul(i64::from(hours_per_week)).saturating_mul(52) / (12 * 126);
    Rupiah::new(by_hours.min(minimum.amount())).unwrap_or(minimum)
}

fn stored(view: &FlagView) -> Value {
    match &view.flag {
        VacancyFlag::WageBelowUmk { monthly, least, region } => {
            json!({"code": "wage_below_umk", "field": view.field, "monthly": monthly.amount(), "least": least.amount(), "region": region})
        }
        VacancyFlag::UmkNotFilledIn { region, year } => {
            json!({"code": "umk_not_filled_in", "field": view.field, "region": region, "year": year})
        }
        VacancyFlag::WageNotComparable => json!({"code": "wage_not_comparable", "field": view.field}),
        VacancyFlag::Wording { kind, text } => json!({"code": "wording", "field": view.field, "kind": kind.code(), "text": text}),
    }
}

fn restored(stored: &Value) -> Option<FlagView> {
    let word = |field: &str| stored.get(field).and_then(Value::as_str).map(str::to_owned);
    let amount = |field: &str| stored.get(field).and_then(Value::as_i64).and_then(Rupiah::new);
    let flag = match word("code")?.as_str() {
        "wage_below_umk" => VacancyFlag::WageBelowUmk { monthly: amount("monthly")?, least: amount("least")?, region: word("region")? },
        "umk_not_filled_in" => {
            let year = stored.get("year").and_then(Value::as_i64).and_then(|year| i32::try_from(year).ok())?;
            VacancyFlag::UmkNotFilledIn { region: word("region")?, year }
        }
        "wage_not_comparable" => VacancyFlag::WageNotComparable,
        _ => VacancyFlag::Wording { kind: FlagKind::parse(&word("kind")?)?, text: word("text")? },
    };
    Some(FlagView { field: word("field")?, text: word("text"), flag })
}
