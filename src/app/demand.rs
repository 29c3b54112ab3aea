//! A vacancy as the matcher sees it.

use std::sync::Arc;

use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::knowledge::Knowledge;
use crate::app::work::Look;
use crate::engine::geo::RegionCode;
use crate::engine::id::{OfficeId, VacancyId};
use crate::engine::kinds::OpenTo;
use crate::engine::matching::policy::Policy;
use crate::engine::matching::requirement::{Demand, RequirementLine, Scope, expand, with_related};
use crate::engine::money::{Rupiah, WageUnit};
use crate::engine::unit_code::UnitCode;
use crate::store::database::Connection;
use crate::store::entity::{office, requirement, vacancy};
use crate::store::vacancies;

impl Look<'_> {
    /// A vacancy the actor sees, the policy of its office, and what it asks under that policy.
    pub async fn vacancy_demand(&self, vacancy: VacancyId) -> Result<(vacancy::Model, Arc<Policy>, Demand), AppError> {
        let row = self.found::<vacancy::Entity>(vacancy).await?;
        let policy = self.app.policy_of(row.office_id);
        let demand = self.app.demand(self.db(), &row, &policy).await?;
        Ok((row, policy, demand))
    }
}

impl App {
    /// What a vacancy asks under a policy.
    pub(in crate::app) async fn demand<C: Connection>(&self, db: &C, row: &vacancy::Model, policy: &Policy) -> Result<Demand, AppError> {
        let lines = vacancies::requirements(db, &[row.id]).await?;
        let offices = if is_open_beyond(row) { vacancies::offices(db).await? } else { Vec::new() };
        Ok(demand_of(row, &lines, policy, &self.knowledge(), &offices))
    }
}

/// What a vacancy asks: its lines that name a unit (DECISIONS 21), with every code that can stand for it.
///
/// `offices` are all of the installation's; they matter only where the vacancy is open within the province.
pub(in crate::app) fn demand_of(
    vacancy: &vacancy::Model,
    requirements: &[requirement::Model],
    policy: &Policy,
    knowledge: &Knowledge,
    offices: &[office::Model],
) -> Demand {
    let unit = vacancy.wage_unit.unwrap_or(WageUnit::Month);
    let wage = vacancy.wage_max.or(vacancy.wage_min).and_then(Rupiah::new);
    let place = RegionCode::parse(&vacancy.district_code).and_then(|code| knowledge.regions.get(&code)).map(|region| region.point);
    let kilometres = vacancy.max_distance_km.and_then(|km| u32::try_from(km).ok());
    Demand {
        scope: scope_of(vacancy, offices),
        lines: requirements.iter().filter_map(|line| line_of(line, policy, knowledge)).collect(),
        place,
        max_distance_metres: kilometres.map(|km| km.saturating_mul(1000)),
        hours_per_week: u8::try_from(vacancy.hours_per_week).unwrap_or(40),
        shift: vacancy.shift,
        monthly_wage: wage.and_then(|wage| unit.monthly(wage)),
        kbji: vacancy.kbji.clone(),
        trade: trade_of(requirements, knowledge),
        seats_free: u32::try_from(vacancy.positions - vacancy.filled).unwrap_or(0),
        ..Demand::new(vacancy.id, vacancy.employer_id, vacancy.office_id, vacancy.starts_on)
    }
}

/// Whether other offices' graduates may be matched with a vacancy: staff approved it.
fn is_open_beyond(vacancy: &vacancy::Model) -> bool {
    vacancy.open_to != OpenTo::Office && vacancy.open_to_approved_by.is_some()
}

fn scope_of(vacancy: &vacancy::Model, offices: &[office::Model]) -> Scope {
    if !is_open_beyond(vacancy) {
        return Scope::Offices(vec![vacancy.office_id]);
    }
    if vacancy.open_to == OpenTo::Akad {
        return Scope::All;
    }
    let province = |code: &str| code.get(..2).map(str::to_owned);
    let own = offices.iter().find(|office| office.id == vacancy.office_id).and_then(|office| province(&office.region_code));
    let mut within: Vec<OfficeId> =
        offices.iter().filter(|office| own.is_some() && province(&office.region_code) == own).map(|office| office.id).collect();
    if !within.contains(&vacancy.office_id) {
        within.push(vacancy.office_id);
    }
    Scope::Offices(within)
}

fn line_of(row: &requirement::Model, policy: &Policy, knowledge: &Knowledge) -> Option<RequirementLine> {
    let unit = UnitCode::parse(row.code.as_deref()?)?;
    let versions: Vec<UnitCode> = knowledge.catalogue.versions_of(unit.family()).into_iter().map(|unit| unit.code.clone()).collect();
    // A link nobody looked at is a suggestion; it lets nobody in.
    let links = knowledge.catalogue.equivalents(&unit).filter(|(_, _, reviewed)| *reviewed);
    let equivalents: Vec<(UnitCode, u16)> = links.map(|(code, factor, _)| (code.clone(), factor / 100)).collect();
    let accepts = expand(&unit, &versions, &equivalents, policy);
    let related: Vec<UnitCode> = knowledge.catalogue.related(&unit).into_iter().map(|unit| unit.code.clone()).collect();
    let line = RequirementLine {
        weight: u16::try_from(row.weight).unwrap_or(1),
        min_evidence: row.min_evidence,
        min_level: row.min_level.and_then(|level| u8::try_from(level).ok()),
        must_be_valid: row.must_be_valid,
        ..RequirementLine::new(unit, row.importance, accepts)
    };
    Some(with_related(line, &related, policy))
}

/// The trade of the first line that names a unit, or nothing.
fn trade_of(requirements: &[requirement::Model], knowledge: &Knowledge) -> Option<String> {
    let codes = requirements.iter().filter_map(|line| UnitCode::parse(line.code.as_deref()?));
    codes.filter_map(|code| knowledge.catalogue.get(&code).map(|unit| unit.sector.clone())).find(|sector| !sector.is_empty())
}
