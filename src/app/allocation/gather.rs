//! Reads what an allocation needs: people, vacancies with free seats, what binds them already.

use std::sync::Arc;

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use super::request::{AllocationRequest, Pair};
use super::result::{HeldBy, HeldDoc, SkipReason, SkippedDoc};
use crate::app::error::AppError;
use crate::app::policy_file;
use crate::app::vacancies::open_on;
use crate::app::work::Look;
use crate::engine::allocation::draw;
use crate::engine::geo::{Point, RegionCode};
use crate::engine::id::{AllocationId, BatchId, GraduateId, OfficeId, VacancyId};
use crate::engine::lifecycle::VacancyState;
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::policy::Policy;
use crate::engine::matching::requirement::Demand;
use crate::store::allocations::{self, Bonds};
use crate::store::entity::{allocation, batch, vacancy};
use crate::store::page::Slice;
use crate::store::vacancies::Wanted;
use crate::store::{classes, vacancies};
use crate::words::refusal::Refusal;

/// A vacancy that takes part.
#[derive(Debug, Clone)]
pub(super) struct OpenVacancy {
    pub(super) row: vacancy::Model,
    pub(super) demand: Demand,
    /// Seats that can be given: free ones without a live offer.
    pub(super) seats: u32,
}

/// Everything an allocation is worked out from.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) office: OfficeId,
    pub(super) today: NaiveDate,
    pub(super) policy: Arc<Policy>,
    pub(super) policy_body: String,
    pub(super) catalogue: String,
    /// People by batch, removed ones left out.
    pub(super) batches: Vec<(BatchId, Vec<GraduateId>)>,
    /// Everybody of the batches whom nothing holds yet, by the lots they drew.
    pub(super) people: Vec<GraduateId>,
    pub(super) candidates: FxHashMap<GraduateId, Candidate>,
    /// By id.
    pub(super) vacancies: Vec<OpenVacancy>,
    pub(super) skipped: Vec<SkippedDoc>,
    pub(super) held: Vec<HeldDoc>,
    /// Pairs that came to nothing before.
    pub(super) answered: FxHashSet<(GraduateId, VacancyId)>,
    /// What the plan before gave, where it may stand.
    pub(super) previous: Vec<Pair>,
    /// Where the districts of shuttles lie.
    pub(super) shuttle_places: FxHashMap<String, Point>,
}

impl Look<'_> {
    /// Reads what a request needs; what it names and the actor cannot see is refused by field.
    pub(super) async fn gather(&self, request: &AllocationRequest) -> Result<Gathered, AppError> {
        request.check()?;
        let (office, batches) = self.batches_of(request).await?;
        let policy = self.app.policy_of(office);
        let mut everyone: Vec<GraduateId> = batches.iter().flat_map(|(_, people)| people.iter().copied()).collect();
        everyone.sort_unstable();
        everyone.dedup();
        let (rows, mut skipped) = self.open_vacancies_of(office, request).await?;
        let index = self.app.index();
        let candidates: FxHashMap<GraduateId, Candidate> =
            everyone.iter().filter_map(|graduate| index.candidate(*graduate).map(|candidate| (*graduate, candidate))).collect();
        let bonds = allocations::bonds(self.db(), &everyone).await?;
        let held = held_by(&bonds, &candidates);
        let bound: FxHashSet<_> = held.iter().map(|one| one.graduate).collect();
        let mut people: Vec<GraduateId> = everyone.iter().copied().filter(|graduate| !bound.contains(&graduate.0)).collect();
        // Whoever drew the better lot comes first wherever two are equal.
        people.sort_by_cached_key(|graduate| (draw(request.seed.cast_unsigned(), lot_of(graduate.0)), *graduate));
        let ids: Vec<VacancyId> = rows.iter().map(|row| row.id).collect();
        let live = allocations::live_offers(self.db(), &ids).await?;
        let demands = self.app.demands(self.db(), &rows, &policy).await?;
        let mut open = Vec::with_capacity(rows.len());
        for (row, demand) in rows.into_iter().zip(demands) {
            let seats = seats_left(&row, live.get(&row.id).copied().unwrap_or(0));
            if seats == 0 {
                skipped.push(SkippedDoc { batch: None, vacancy: Some(row.id.0), reason: SkipReason::SeatsOffered });
            } else {
                open.push(OpenVacancy { row, demand, seats });
            }
        }
        open.sort_by_key(|one| one.row.id);
        let mut answered: FxHashSet<(GraduateId, VacancyId)> = FxHashSet::default();
        answered.extend(bonds.declined_offers.iter().map(|row| (row.graduate_id, row.vacancy_id)));
        answered.extend(bonds.failed_referrals.iter().map(|row| (row.graduate_id, row.vacancy_id)));
        let rejected = allocations::rejected(self.db(), &ids).await?;
        answered.extend(rejected.into_iter().map(|(vacancy, graduate)| (graduate, vacancy)));
        Ok(Gathered {
            office,
            today: self.today(),
            policy_body: policy_file::write(&policy),
            policy,
            catalogue: self.app.knowledge().catalogue.version(),
            batches,
            people,
            candidates,
            vacancies: open,
            skipped,
            held,
            answered,
            previous: self.previous_pairs(request).await?,
            shuttle_places: self.shuttle_places(request)?,
        })
    }

    /// The office, and everybody of each batch, by batch.
    async fn batches_of(&self, request: &AllocationRequest) -> Result<(OfficeId, Vec<(BatchId, Vec<GraduateId>)>), AppError> {
        let mut office = self.actor.office.or(request.office.map(OfficeId));
        let mut ids = Vec::with_capacity(request.batches.len());
        for (place, id) in request.batches.iter().enumerate() {
            let pointer = format!("/batch_ids/{place}");
            let row = self.found::<batch::Entity>(*id).await.map_err(|error| at_field(error, &pointer))?;
            if office.is_some_and(|office| office != row.office_id) {
                return Err(AppError::field(&pointer, Refusal::NotFound));
            }
            office = Some(row.office_id);
            ids.push(row.id);
        }
        let office = office.ok_or_else(|| AppError::field("/office_id", Refusal::OfficeNeeded))?;
        let mut by_batch: FxHashMap<BatchId, Vec<GraduateId>> = FxHashMap::default();
        for chunk in ids.chunks(500) {
            for row in classes::participants(self.db(), chunk).await? {
                by_batch.entry(row.batch_id).or_default().push(row.graduate_id);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Ok((office, ids.into_iter().map(|id| (id, by_batch.remove(&id).unwrap_or_default())).collect()))
    }

    /// The vacancies that take part, and those that do not, with the reason. Every open one if none is named.
    async fn open_vacancies_of(
        &self,
        office: OfficeId,
        request: &AllocationRequest,
    ) -> Result<(Vec<vacancy::Model>, Vec<SkippedDoc>), AppError> {
        let mut rows = Vec::new();
        match &request.vacancies {
            None => {
                let wanted = Wanted { state: Some(VacancyState::Published), ..Wanted::default() };
                let scope = crate::store::scope::Scope::Office(office);
                rows = vacancies::list(self.db(), &scope, &wanted, Slice::all()).await?.rows;
                rows.retain(|row| open_on(row, self.today()));
            }
            Some(named) => {
                for (place, id) in named.iter().enumerate() {
                    let pointer = format!("/vacancy_ids/{place}");
                    let row = self.found::<vacancy::Entity>(*id).await.map_err(|error| at_field(error, &pointer))?;
                    if row.office_id != office {
                        return Err(AppError::field(&pointer, Refusal::NotFound));
                    }
                    rows.push(row);
                }
                rows.sort_by_key(|row| row.id);
                rows.dedup_by_key(|row| row.id);
            }
        }
        let mut skipped = Vec::new();
        rows.retain(|row| match closed_because(row, self.today()) {
            Some(reason) => {
                skipped.push(SkippedDoc { batch: None, vacancy: Some(row.id.0), reason });
                false
            }
            None => true,
        });
        Ok((rows, skipped))
    }

    /// The assignments of the plan before.
    async fn previous_pairs(&self, request: &AllocationRequest) -> Result<Vec<Pair>, AppError> {
        let Some(id) = request.previous else { return Ok(Vec::new()) };
        let row = self.found::<allocation::Entity>(AllocationId(id)).await.map_err(|error| at_field(error, "/previous_id"))?;
        let result = super::job::result_of(&row)?;
        let way = row.chosen_way.as_deref().or(Some(&row.objective)).and_then(super::request::Way::parse);
        let Some(plan) = way.and_then(|way| result.way(way)) else {
            return Err(AppError::field("/previous_id", Refusal::WayNotThere));
        };
        Ok(plan.assignments.iter().map(|one| Pair { graduate: one.graduate, vacancy: one.vacancy }).collect())
    }

    fn shuttle_places(&self, request: &AllocationRequest) -> Result<FxHashMap<String, Point>, AppError> {
        let knowledge = self.app.knowledge();
        let mut places = FxHashMap::default();
        for (place, (district, _)) in request.what_if.shuttles.iter().enumerate() {
            let region = RegionCode::parse(district).and_then(|code| knowledge.regions.get(&code).map(|region| region.point));
            let pointer = format!("/what_if/shuttles/{place}/district");
            places.insert(district.clone(), region.ok_or_else(|| AppError::field(&pointer, Refusal::NotFound))?);
        }
        Ok(places)
    }
}

/// An id as a number of its own for drawing lots.
pub(super) fn lot_of(id: Uuid) -> u64 {
    let (high, low) = id.as_u64_pair();
    high.rotate_left(29) ^ low
}

/// Why a vacancy takes no part.
fn closed_because(row: &vacancy::Model, today: NaiveDate) -> Option<SkipReason> {
    match row.state {
        VacancyState::Draft | VacancyState::Submitted | VacancyState::Returned => Some(SkipReason::NotPublished),
        VacancyState::Withdrawn => Some(SkipReason::Withdrawn),
        VacancyState::Closed => Some(SkipReason::Closed),
        VacancyState::Paused => Some(SkipReason::Paused),
        VacancyState::Filled => Some(SkipReason::Full),
        VacancyState::Published if row.closes_on < today => Some(SkipReason::Closed),
        VacancyState::Published if row.filled >= row.positions => Some(SkipReason::Full),
        VacancyState::Published => None,
    }
}

/// Free seats less those that a live offer waits for; a vacancy may have several live offers a seat.
fn seats_left(row: &vacancy::Model, live: u32) -> u32 {
    let free = u32::try_from(row.positions - row.filled).unwrap_or(0);
    let per_seat = u32::try_from(row.offers_per_seat).unwrap_or(1).max(1);
    free.saturating_sub(live.div_ceil(per_seat))
}

/// Who is held by a placement or a live offer. Whoever is placed and wants a change is free.
fn held_by(bonds: &Bonds, candidates: &FxHashMap<GraduateId, Candidate>) -> Vec<HeldDoc> {
    let wants_change = |graduate: &GraduateId| candidates.get(graduate).is_some_and(|candidate| candidate.wants_change);
    let placed = bonds.placements.iter().filter(|row| !wants_change(&row.graduate_id)).map(|row| HeldDoc {
        graduate: row.graduate_id.0,
        vacancy: row.vacancy_id.0,
        by: HeldBy::Placement,
    });
    let offered =
        bonds.live_offers.iter().map(|row| HeldDoc { graduate: row.graduate_id.0, vacancy: row.vacancy_id.0, by: HeldBy::LiveOffer });
    let mut held: Vec<HeldDoc> = placed.chain(offered).collect();
    held.sort_by_key(|one| (one.graduate, one.by, one.vacancy));
    held
}

/// A refusal of the whole as a refusal of one field.
fn at_field(error: AppError, pointer: &str) -> AppError {
    match error {
        AppError::Refused(refusal) => AppError::field(pointer, refusal),
        other => other,
    }
}
