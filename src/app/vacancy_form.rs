//! What a vacancy is made of, and the checks that a form of it must pass. Whose it is and what state it is in, `vacancies` decides.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::app::error::AppError;
use crate::app::field::{Form, LINE, TEXT};
use crate::app::knowledge::Knowledge;
use crate::engine::facts;
use crate::engine::geo::RegionCode;
use crate::engine::id::CommitmentId;
use crate::engine::kinds::{CertificateKind, Contract, Importance, OfferApproval, OpenTo, Sex, Shift};
use crate::engine::money::WageUnit;
use crate::store::entity::vacancy;
use crate::words::refusal::Refusal;

/// The most seats of one vacancy.
const POSITIONS: i64 = 10_000;
/// The most further districts, and licences, of one vacancy.
const LISTED: usize = 20;

/// One requirement as it is sent: a free text or a unit's code.
#[derive(Debug, Clone, Default)]
pub struct RequirementForm {
    /// In the partner's words.
    pub text: Option<String>,
    /// A unit's code in any written form.
    pub unit: Option<String>,
    /// Whether its absence excludes; it does unless told.
    pub importance: Option<Importance>,
    /// Weight among the lines, 1 to 100; 10 unless told.
    pub weight: Option<i64>,
    /// The weakest certificate that counts.
    pub min_evidence: Option<CertificateKind>,
    /// The lowest level that counts in full, 1 to 5.
    pub min_level: Option<i64>,
    /// Whether an expired certificate counts nothing; so it is for a required line unless told.
    pub must_be_valid: Option<bool>,
}

/// A restriction by age or sex that the employer declares; staff approve it, and nothing is filtered by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Youngest, in years.
    pub min_age: Option<i64>,
    /// Oldest, in years.
    pub max_age: Option<i64>,
    /// Man or woman.
    pub sex: Option<Sex>,
    /// Why the work needs it.
    pub reason: String,
}

/// What a vacancy is made of.
#[derive(Debug, Clone)]
pub struct VacancyForm {
    /// Title.
    pub title: String,
    /// What the work is.
    pub description: Option<String>,
    /// Seats; none is allowed and reads "full".
    pub positions: i64,
    /// Where: a Kemendagri code.
    pub district: String,
    /// Further places of the same work.
    pub other_districts: Vec<String>,
    /// First day of work.
    pub starts_on: NaiveDate,
    /// Last day of applying, to 23:59:59.
    pub closes_on: NaiveDate,
    /// Least wage, rupiah.
    pub wage_min: i64,
    /// Most wage, rupiah.
    pub wage_max: i64,
    /// What one wage pays for.
    pub wage_unit: WageUnit,
    /// How people are employed.
    pub contract: Option<Contract>,
    /// Hours a week, 1 to 40.
    pub hours_per_week: i64,
    /// The shift.
    pub shift: Option<Shift>,
    /// The farthest a graduate may live.
    pub max_distance_km: Option<i64>,
    /// School or degree.
    pub education: Option<String>,
    /// Whether staff marked it required.
    pub education_required: bool,
    /// Months of experience.
    pub experience_months: Option<i64>,
    /// Licences, `SIM B1` for one.
    pub licences: Vec<String>,
    /// Occupation (KBJI).
    pub kbji: Option<String>,
    /// The promise it is part of.
    pub commitment_id: Option<CommitmentId>,
    /// How far it is open beyond its office.
    pub open_to: OpenTo,
    /// Whether the employer approves each offer or all at once.
    pub offer_approval: OfferApproval,
    /// Live offers a free seat may have.
    pub offers_per_seat: i64,
    /// The employer's own number for it.
    pub external_ref: Option<String>,
    /// A declared restriction.
    pub declared: Option<Declaration>,
    /// The requirement lines; `None` leaves those of an edited vacancy.
    pub requirements: Option<Vec<RequirementForm>>,
}

/// A row as the form that would make it, without its requirement lines.
pub(in crate::app) fn form_of(row: &vacancy::Model) -> VacancyForm {
    VacancyForm {
        title: row.title.clone(),
        description: row.description.clone(),
        positions: row.positions.into(),
        district: row.district_code.clone(),
        other_districts: strings(&row.other_districts),
        starts_on: row.starts_on,
        closes_on: row.closes_on,
        wage_min: row.wage_min.unwrap_or(0),
        wage_max: row.wage_max.or(row.wage_min).unwrap_or(0),
        wage_unit: row.wage_unit.unwrap_or(WageUnit::Month),
        contract: row.contract,
        hours_per_week: row.hours_per_week.into(),
        shift: row.shift,
        max_distance_km: row.max_distance_km.map(i64::from),
        education: row.education.clone(),
        education_required: row.education_required,
        experience_months: row.experience_months.map(i64::from),
        licences: strings(&row.licences),
        kbji: row.kbji.clone(),
        commitment_id: row.commitment_id,
        open_to: row.open_to,
        offer_approval: row.offer_approval,
        offers_per_seat: row.offers_per_seat.into(),
        external_ref: row.external_ref.clone(),
        declared: row.declared.as_ref().and_then(declaration_of),
        requirements: None,
    }
}

/// The row with what a form says, checked; every fault is told at once. The last day is checked against `today` where it is new.
pub(in crate::app) fn filled(
    row: vacancy::Model,
    form: &VacancyForm,
    knowledge: &Knowledge,
    today: NaiveDate,
    is_new: bool,
) -> Result<vacancy::Model, AppError> {
    let mut faults = Form::default();
    let last_day_is_new = is_new || row.closes_on != form.closes_on;
    faults.require(!last_day_is_new || form.closes_on >= today, "/closes_on", Refusal::DatePast);
    let district = place(&mut faults, "/district", &form.district, knowledge);
    let (wage_min, wage_max) = wages(&mut faults, form);
    let declared = form.declared.as_ref().map(|declared| checked_declaration(&mut faults, declared));
    let whole = |faults: &mut Form, pointer: &str, value: Option<i64>, high: i64| value.map(|value| faults.number(pointer, value, 0, high));
    let next = vacancy::Model {
        title: faults.text("/title", &form.title, LINE),
        description: faults.optional_text("/description", form.description.as_deref(), TEXT),
        positions: faults.number("/positions", form.positions, 0, POSITIONS),
        other_districts: places(&mut faults, &form.other_districts, &district, knowledge),
        district_code: district,
        starts_on: form.starts_on,
        closes_on: form.closes_on,
        wage_min,
        wage_max,
        wage_unit: Some(form.wage_unit),
        contract: form.contract,
        hours_per_week: faults.number("/hours_per_week", form.hours_per_week, 1, 40),
        shift: form.shift,
        max_distance_km: whole(&mut faults, "/max_distance_km", form.max_distance_km, 20_000),
        education: faults.optional_text("/education", form.education.as_deref(), 100),
        education_required: form.education_required,
        experience_months: whole(&mut faults, "/experience_months", form.experience_months, 600),
        licences: licences(&mut faults, &form.licences),
        kbji: occupation(&mut faults, form.kbji.as_deref()),
        commitment_id: form.commitment_id,
        open_to: form.open_to,
        open_to_approved_by: row.open_to_approved_by.filter(|_| row.open_to == form.open_to),
        offer_approval: form.offer_approval,
        offers_per_seat: faults.number("/offers_per_seat", form.offers_per_seat, 1, 50),
        external_ref: faults.optional_text("/external_ref", form.external_ref.as_deref(), 100),
        declared_approved_by: row.declared_approved_by.filter(|_| row.declared == declared),
        declared,
        ..row
    };
    faults.done()?;
    Ok(next)
}

/// A declared restriction out of its stored form.
pub(in crate::app) fn declaration_of(stored: &Value) -> Option<Declaration> {
    let years = |field: &str| stored.get(field).and_then(Value::as_i64);
    let reason = stored.get("reason").and_then(Value::as_str)?.to_owned();
    let sex = stored.get("sex").and_then(Value::as_str).and_then(Sex::parse);
    Some(Declaration { min_age: years("min_age"), max_age: years("max_age"), sex, reason })
}

/// A stored list of texts.
pub(in crate::app) fn strings(stored: &Value) -> Vec<String> {
    serde_json::from_value(stored.clone()).unwrap_or_default()
}

/// A district or regency of Indonesia. A text that is no code of ours and no place here lies abroad.
fn place(faults: &mut Form, pointer: &str, written: &str, knowledge: &Knowledge) -> String {
    let written = written.trim();
    if written.is_empty() {
        faults.refuse(pointer, Refusal::TextRequired);
        return String::new();
    }
    let province =
        |code: &RegionCode| RegionCode::parse(code.province()).is_some_and(|province| knowledge.regions.get(&province).is_some());
    match RegionCode::parse(written) {
        Some(code) if code.regency().is_some() && knowledge.regions.get(&code).is_some() => {}
        Some(code) if province(&code) => faults.refuse(pointer, Refusal::DistrictUnknown),
        None if written.chars().all(|c| c.is_ascii_digit() || c == '.') => faults.refuse(pointer, Refusal::DistrictUnknown),
        None if !knowledge.regions.find(written, None).is_empty() => faults.refuse(pointer, Refusal::DistrictUnknown),
        _ => faults.refuse(pointer, Refusal::AbroadRefused),
    }
    written.to_owned()
}

fn places(faults: &mut Form, written: &[String], main: &str, knowledge: &Knowledge) -> Value {
    faults.require(written.len() <= LISTED, "/other_districts", Refusal::NumberOutOfRange { low: 0, high: 20 });
    let mut codes: Vec<String> = Vec::new();
    for (position, code) in written.iter().take(LISTED).enumerate() {
        let code = place(faults, &format!("/other_districts/{position}"), code, knowledge);
        if code != main && !codes.contains(&code) {
            codes.push(code);
        }
    }
    json!(codes)
}

fn wages(faults: &mut Form, form: &VacancyForm) -> (Option<i64>, Option<i64>) {
    let least = faults.rupiah("/wage_min", Some(form.wage_min)).map(crate::engine::money::Rupiah::amount);
    let most = faults.rupiah("/wage_max", Some(form.wage_max)).map(crate::engine::money::Rupiah::amount);
    faults.require(least.zip(most).is_none_or(|(least, most)| least <= most), "/wage_max", Refusal::WageOrder);
    (least, most)
}

fn checked_declaration(faults: &mut Form, declared: &Declaration) -> Value {
    let reason = declared.reason.trim();
    faults.require(!reason.is_empty(), "/declared/reason", Refusal::DeclarationReasonNeeded);
    faults.require(reason.chars().count() <= TEXT, "/declared/reason", Refusal::TextTooLong { limit: TEXT });
    let says_something = declared.min_age.is_some() || declared.max_age.is_some() || declared.sex.is_some();
    faults.require(says_something, "/declared", Refusal::TextRequired);
    for (field, age) in [("/declared/min_age", declared.min_age), ("/declared/max_age", declared.max_age)] {
        faults.require(age.is_none_or(|age| (15..=75).contains(&age)), field, Refusal::NumberOutOfRange { low: 15, high: 75 });
    }
    let ordered = declared.min_age.zip(declared.max_age).is_none_or(|(youngest, oldest)| youngest <= oldest);
    faults.require(ordered, "/declared/max_age", Refusal::NumberOutOfRange { low: declared.min_age.unwrap_or(15), high: 75 });
    json!({"min_age": declared.min_age, "max_age": declared.max_age, "sex": declared.sex.map(Sex::code), "reason": reason})
}

fn licences(faults: &mut Form, written: &[String]) -> Value {
    faults.require(written.len() <= LISTED, "/licences", Refusal::NumberOutOfRange { low: 0, high: 20 });
    let line = |(position, text): (usize, &String)| faults.text(&format!("/licences/{position}"), text, 100);
    json!(written.iter().take(LISTED).enumerate().map(line).collect::<Vec<String>>())
}

fn occupation(faults: &mut Form, written: Option<&str>) -> Option<String> {
    let code = faults.optional_text("/kbji", written, 20)?;
    let known = facts::occupations().iter().any(|occupation| occupation.kbji == code);
    faults.require(known, "/kbji", Refusal::OccupationUnknown);
    Some(code)
}
