//! The extract of vacancies that employers owe the ministry (WLLP).

use actix_web::get;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Granted, Params};
use crate::api::problem::Problems;
use crate::api::wire::{ContractCode, ImportanceCode, SexCode, ShiftCode, VacancyStateCode, WageUnitCode, code};
use crate::app::permission::ReadReports;
use crate::app::vacancy_extract::{AskedUnit, ExtractLine};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(vacancies);
}

/// Which vacancies.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SpanQuery {
    /// First day of publication.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    from: Option<NaiveDate>,
    /// Last day of publication.
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    to: Option<NaiveDate>,
}

/// Who hires.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ExtractEmployerOut {
    id: Uuid,
    name: String,
    nib: Option<String>,
    wlkp: Option<String>,
    kbli: Option<String>,
    address: Option<String>,
    district: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

/// A competency asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedUnitOut {
    text: String,
    code: Option<String>,
    title: Option<String>,
    importance: ImportanceCode,
}

impl From<AskedUnit> for AskedUnitOut {
    fn from(unit: AskedUnit) -> Self {
        Self { text: unit.text, code: unit.code, title: unit.title, importance: unit.importance.into() }
    }
}

/// A vacancy with the fields of Perpres 57/2023, article 5, and what became of its seats.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExtractOut {
    id: Uuid,
    employer: ExtractEmployerOut,
    title: String,
    kbji: Option<String>,
    positions: i32,
    /// Seats taken.
    filled: i32,
    state: VacancyStateCode,
    published_on: Option<NaiveDate>,
    closes_on: NaiveDate,
    starts_on: NaiveDate,
    /// Declared with a reason; `null` where no age or sex is asked.
    min_age: Option<i64>,
    max_age: Option<i64>,
    sex: Option<SexCode>,
    declared_reason: Option<String>,
    education: Option<String>,
    competencies: Vec<AskedUnitOut>,
    licences: Vec<String>,
    experience_months: Option<i32>,
    wage_min: Option<i64>,
    wage_max: Option<i64>,
    wage_unit: Option<WageUnitCode>,
    contract: Option<ContractCode>,
    hours_per_week: i32,
    shift: Option<ShiftCode>,
    district: String,
    district_name: String,
    external_ref: Option<String>,
}

impl From<ExtractLine> for ExtractOut {
    fn from(line: ExtractLine) -> Self {
        let ExtractLine { row, employer, district_name, published_on, units, licences, declared } = line;
        let employer = employer.map_or_else(ExtractEmployerOut::default, |employer| ExtractEmployerOut {
            id: employer.id.0,
            name: employer.name,
            nib: employer.nib,
            wlkp: employer.wlkp,
            kbli: employer.kbli,
            address: employer.address,
            district: employer.district_code,
            phone: employer.phone,
            email: employer.email,
        });
        Self {
            id: row.id.0,
            employer,
            title: row.title,
            kbji: row.kbji,
            positions: row.positions,
            filled: row.filled,
            state: row.state.into(),
            published_on,
            closes_on: row.closes_on,
            starts_on: row.starts_on,
            min_age: declared.as_ref().and_then(|declared| declared.min_age),
            max_age: declared.as_ref().and_then(|declared| declared.max_age),
            sex: code(declared.as_ref().and_then(|declared| declared.sex)),
            declared_reason: declared.map(|declared| declared.reason),
            education: row.education,
            competencies: units.into_iter().map(AskedUnitOut::from).collect(),
            licences,
            experience_months: row.experience_months,
            wage_min: row.wage_min,
            wage_max: row.wage_max,
            wage_unit: code(row.wage_unit),
            contract: code(row.contract),
            hours_per_week: row.hours_per_week,
            shift: code(row.shift),
            district: row.district_code,
            district_name,
            external_ref: row.external_ref,
        }
    }
}

/// Vacancies of a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllExtractOut {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    count: usize,
    positions: i64,
    filled: i64,
    items: Vec<ExtractOut>,
}

/// Vacancies published in a time, with the fields the ministry asks for (WLLP).
#[utoipa::path(tag = "reports", params(SpanQuery), responses((status = 200, body = AllExtractOut), Problems))]
#[get("/reports/vacancies")]
async fn vacancies(granted: Granted<ReadReports>, Params(query): Params<SpanQuery>) -> Answer {
    let lines = granted.look().vacancy_extract(query.from, query.to).await?;
    let sum = |seats: fn(&ExtractLine) -> i32| lines.iter().map(|line| i64::from(seats(line))).sum();
    let (positions, filled) = (sum(|line| line.row.positions), sum(|line| line.row.filled));
    let items: Vec<ExtractOut> = lines.into_iter().map(ExtractOut::from).collect();
    found(&AllExtractOut { from: query.from, to: query.to, count: items.len(), positions, filled, items })
}
