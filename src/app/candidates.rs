//! Packs what the matcher may know of a person, in the transaction that changes it.

use crate::app::error::AppError;
use crate::app::knowledge::Knowledge;
use crate::app::work::Work;
use crate::engine::geo::RegionCode;
use crate::engine::id::{GraduateId, PersonId};
use crate::engine::kinds::{ParticipantStatus, Shift, TrainingResult};
use crate::engine::matching::candidate::{Candidate, HeldUnit};
use crate::engine::matching::row;
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;
use crate::store::entity::{certificate, graduate, match_row};
use crate::store::matching::{self, Sources};

/// Hours a week that a person may be engaged for (UU 6/2023 art. 77).
pub const WEEKLY_HOURS: i32 = 40;

impl Work<'_> {
    /// Packs the rows of some people anew; their graduates are matchable as they now are in the next query.
    pub(in crate::app) async fn refresh_candidates(&self, people: &[PersonId]) -> Result<(), AppError> {
        let sources = matching::sources(self.tx, people).await?;
        let knowledge = self.app.knowledge();
        let mut packed = Vec::with_capacity(sources.graduates.len());
        for graduate in &sources.graduates {
            let candidate = candidate_of(&sources, graduate, &knowledge);
            packed.push(match_row::Model { graduate_id: graduate.id, office_id: graduate.office_id, packed: row::pack(&candidate) });
            self.changed("graduate", graduate.id, Some(graduate.office_id));
        }
        Ok(matching::put_rows(self.tx, packed).await?)
    }
}

/// The candidate of one graduate, from the rows it is made of.
pub(in crate::app) fn candidate_of(sources: &Sources, graduate: &graduate::Model, knowledge: &Knowledge) -> Candidate {
    let person = sources.people.get(&graduate.person_id);
    let certificates = sources.certificates.get(&graduate.person_id).map(Vec::as_slice).unwrap_or_default();
    let passed = passed_class(sources, graduate.id);
    let committed = person.map_or(0, |person| person.committed_hours);
    let place =
        graduate.district_code.as_deref().and_then(RegionCode::parse).and_then(|code| knowledge.regions.get(&code).map(|fact| fact.point));
    Candidate {
        units: certificates.iter().flat_map(|certificate| held_units(sources, certificate)).collect(),
        place,
        radius_metres: graduate.radius_km.and_then(|km| u32::try_from(km).ok()).map(|km| km.saturating_mul(1000)),
        ready_to_board: graduate.ready_to_board,
        wage_wish_monthly: monthly_wish(graduate),
        available_from: graduate.available_from,
        paused_until: graduate.paused_until,
        has_passed: passed || !certificates.is_empty(),
        declares_available: graduate.available,
        wants_change: graduate.wants_change,
        free_hours: u8::try_from((WEEKLY_HOURS - committed).clamp(0, 168)).unwrap_or(0),
        blocked_employers: sources.blocks.get(&graduate.id).into_iter().flatten().map(|block| block.employer_id).collect(),
        ranked_employers: sources.wishes.get(&graduate.id).into_iter().flatten().map(|wish| wish.employer_id).collect(),
        shifts: accepted_shifts(graduate),
        limited: person.is_none_or(|person| person.limited_at.is_some() || person.erased_at.is_some() || person.merged_into.is_some()),
        objects_to_ranking: person.is_some_and(|person| person.objects_to_ranking),
        claimed_units: sources.claims.get(&graduate.id).into_iter().flatten().filter_map(|claim| UnitCode::parse(&claim.code)).collect(),
        occupations: serde_json::from_value(graduate.wished_kbji.clone()).unwrap_or_default(),
        trade: trade_of(sources, graduate.id),
        ..Candidate::new(graduate.id, graduate.office_id)
    }
}

fn held_units(sources: &Sources, certificate: &certificate::Model) -> Vec<HeldUnit> {
    let units = sources.units.get(&certificate.id).into_iter().flatten();
    let held = units.filter_map(|unit| {
        Some(HeldUnit {
            code: UnitCode::parse(&unit.code)?,
            level: unit.level.and_then(|level| u8::try_from(level).ok()),
            evidence: certificate.kind,
            issued: certificate.issued_on,
            expires: certificate.valid_until,
        })
    });
    held.collect()
}

fn passed_class(sources: &Sources, graduate: GraduateId) -> bool {
    let places = sources.participants.get(&graduate).into_iter().flatten();
    places.into_iter().any(|place| place.result == Some(TrainingResult::Passed) && place.status != ParticipantStatus::Removed)
}

fn trade_of(sources: &Sources, graduate: GraduateId) -> Option<String> {
    let places = sources.participants.get(&graduate)?.iter().filter(|place| place.status != ParticipantStatus::Removed);
    let latest = places.max_by_key(|place| place.id)?;
    sources.trades.get(&latest.batch_id).cloned()
}

fn monthly_wish(graduate: &graduate::Model) -> Option<Rupiah> {
    let unit = graduate.wage_wish_unit.unwrap_or(crate::engine::money::WageUnit::Month);
    graduate.wage_wish.and_then(Rupiah::new).and_then(|wage| unit.monthly(wage))
}

fn accepted_shifts(graduate: &graduate::Model) -> Vec<Shift> {
    let refused: Vec<String> = serde_json::from_value(graduate.refused_shifts.clone()).unwrap_or_default();
    if refused.is_empty() {
        return Vec::new();
    }
    Shift::ALL.iter().copied().filter(|shift| !refused.iter().any(|code| code == shift.code())).collect()
}
