//! A person takes a seat: checks, seat and hours, the planned placement, and what closes with it (DESIGN 3.8).
//!
//! Every move begins with the person's lock; then offers, then vacancies (DECISIONS 9).

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate};

use crate::app::candidates::WEEKLY_HOURS;
use crate::app::error::AppError;
use crate::app::seats::{FULL_TIME_HOURS, MOST_HOURS, placement_refused};
use crate::app::work::Work;
use crate::engine::id::{EmployerId, GraduateId, OfferId, PersonId, PlacementId, VacancyId};
use crate::engine::kinds::{AnswerChannel, Reason};
use crate::engine::lifecycle::{OfferState, PlacementState};
use crate::store::entity::{graduate, offer, person, placement, referral, vacancy};
use crate::store::{faces, id, offers, people, placements, referrals, rows};
use crate::words::refusal::Refusal;

/// How long an answer can be undone; what it causes leaves after that (DECISIONS 10).
pub const UNDO: Duration = Duration::minutes(15);

/// A seat to be taken by a person whose lock is held.
#[derive(Debug)]
pub(in crate::app) struct Engagement<'e> {
    /// Who.
    pub(in crate::app) graduate: &'e graduate::Model,
    /// Where.
    pub(in crate::app) vacancy: VacancyId,
    /// The offer that is being accepted, if it is one.
    pub(in crate::app) offer: Option<OfferId>,
    /// First day of work; by default the vacancy's, or today where that has passed.
    pub(in crate::app) starts_on: Option<NaiveDate>,
    /// Why staff place somebody who already is.
    pub(in crate::app) override_reason: Option<String>,
}

/// What of a person is open besides, under lock.
#[derive(Debug)]
struct Open {
    offers: Vec<offer::Model>,
    referrals: Vec<referral::Model>,
}

impl Work<'_> {
    /// A person under lock.
    pub(in crate::app) async fn person_locked(&self, id: PersonId) -> Result<person::Model, AppError> {
        Ok(people::lock_person(self.tx, id).await?.ok_or(Refusal::NotFound)?)
    }

    /// Some people under lock, in the order of their ids.
    pub(in crate::app) async fn people_locked(&self, ids: impl Iterator<Item = PersonId>) -> Result<(), AppError> {
        people::lock_people(self.tx, &ids.collect::<Vec<_>>()).await?;
        Ok(())
    }

    /// Some graduates that a scoped row led to.
    pub(in crate::app) async fn graduate_of(&self, id: GraduateId) -> Result<graduate::Model, AppError> {
        let found = faces::graduates(self.tx, &[id]).await?.into_iter().next();
        Ok(found.ok_or(Refusal::NotFound)?)
    }

    /// Nobody decides from an account on their own offer or placement (F4).
    pub(in crate::app) fn not_own(&self, person: PersonId) -> Result<(), AppError> {
        let own = self.actor.account.is_some() && self.actor.person == Some(person);
        if own { Err(Refusal::ConflictOfInterest.into()) } else { Ok(()) }
    }

    /// Which way this actor's answer reached us.
    pub(in crate::app) fn channel(&self) -> AnswerChannel {
        use crate::app::actor::Who;
        match self.actor.who {
            Who::Graduate => AnswerChannel::Link,
            Who::Cli => AnswerChannel::Cli,
            Who::Account(_) | Who::System => AnswerChannel::Staff,
        }
    }

    /// Takes the seat. Answers the planned placement.
    pub(in crate::app) async fn engage(&self, person: &person::Model, new: &Engagement<'_>) -> Result<placement::Model, AppError> {
        let open = Open {
            offers: offers::lock_open_of_person(self.tx, person.id).await?,
            referrals: referrals::lock_of_person(self.tx, person.id).await?,
        };
        let asked = self.vacancy_now(new.vacancy).await?;
        self.refuse_overlap(person, &asked, new).await?;
        let vacancy = self.take_seat(new.vacancy).await?;
        self.take_hours(person.id, vacancy.hours_per_week, new.override_reason.is_some()).await?;
        let row = self.planned(&vacancy, new);
        rows::insert(self.tx, row.clone()).await.map_err(placement_refused)?;
        self.close_others(open, person.committed_hours + vacancy.hours_per_week, &row).await?;
        self.did("plan", "placement", row.id, row.office_id).await?;
        self.refresh_candidates(&[person.id]).await?;
        Ok(row)
    }

    async fn refuse_overlap(&self, person: &person::Model, vacancy: &vacancy::Model, new: &Engagement<'_>) -> Result<(), AppError> {
        let engaged = placements::engaged_of_person(self.tx, person.id).await?;
        if let Some(same) = engaged.iter().find(|row| row.vacancy_id == vacancy.id && row.graduate_id == new.graduate.id) {
            return Err(AppError::Exists { refusal: Refusal::PlacementKnown, existing: same.id.0 });
        }
        let overridden = new.override_reason.is_some();
        match overlap(&engaged, person.committed_hours, vacancy.hours_per_week, overridden) {
            Some(refusal) => Err(refusal.into()),
            None => Ok(()),
        }
    }

    fn planned(&self, vacancy: &vacancy::Model, new: &Engagement<'_>) -> placement::Model {
        placement::Model {
            id: id::fresh(),
            vacancy_id: vacancy.id,
            graduate_id: new.graduate.id,
            person_id: new.graduate.person_id,
            office_id: vacancy.office_id,
            employer_id: vacancy.employer_id,
            offer_id: new.offer,
            commitment_id: vacancy.commitment_id,
            state: PlacementState::Planned,
            hours_per_week: vacancy.hours_per_week,
            starts_on: new.starts_on.unwrap_or_else(|| vacancy.starts_on.max(self.today())),
            started_on: None,
            wage: None,
            wage_unit: None,
            contract: vacancy.contract,
            kbji: vacancy.kbji.clone(),
            ended_on: None,
            reason: None,
            reason_text: None,
            override_reason: new.override_reason.clone(),
            conditions_met_at: None,
            created_by: self.by(),
            created_at: self.now,
            updated_at: self.now,
            version: 1,
        }
    }

    /// Closes the person's other offers and referrals that no longer fit, with one message for each employer.
    async fn close_others(&self, open: Open, committed: i32, placement: &placement::Model) -> Result<(), AppError> {
        let of_offers = open.offers.iter().map(|row| row.vacancy_id);
        let ids: BTreeSet<VacancyId> = of_offers.chain(open.referrals.iter().map(|row| row.vacancy_id)).collect();
        let ids: Vec<VacancyId> = ids.into_iter().collect();
        let fitting: BTreeSet<VacancyId> = faces::vacancies(self.tx, &ids)
            .await?
            .into_iter()
            .filter(|row| still_fits(placement.hours_per_week, committed, row.hours_per_week))
            .map(|row| row.id)
            .collect();
        let mut told = BTreeSet::new();
        for row in open.offers.into_iter().filter(|row| Some(row.id) != placement.offer_id) {
            if row.vacancy_id == placement.vacancy_id || !fitting.contains(&row.vacancy_id) {
                told.extend(self.close_offer(row, placement.id).await?);
            }
        }
        let elsewhere = |row: &referral::Model| row.vacancy_id != placement.vacancy_id && !fitting.contains(&row.vacancy_id);
        for row in open.referrals.into_iter().filter(elsewhere) {
            told.extend(self.close_referral(row, placement.id).await?);
        }
        for employer in told.into_iter().filter(|employer| *employer != placement.employer_id) {
            self.message("placed_elsewhere", ("employer", employer.0), ("placement", placement.id.0), placement.office_id, UNDO).await?;
        }
        Ok(())
    }

    /// Closes one offer by the rule of its state; answers whom to tell.
    async fn close_offer(&self, row: offer::Model, placement: PlacementId) -> Result<Option<EmployerId>, AppError> {
        let Some(event) = row.state.closes_when_placed() else { return Ok(None) };
        let row = offer::Model {
            state: row.state.after(event)?,
            state_before: Some(row.state),
            reason: Some(Reason::PlacedElsewhere),
            reason_text: None,
            reason_shown: true,
            closed_by_placement: Some(placement),
            updated_at: self.now,
            version: row.version + 1,
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.did("placed_elsewhere", "offer", row.id, row.office_id).await?;
        Ok(Some(row.employer_id))
    }

    /// Closes one referral by the rule of its state; answers whom to tell.
    async fn close_referral(&self, row: referral::Model, placement: PlacementId) -> Result<Option<EmployerId>, AppError> {
        let Some(event) = row.state.closes_when_placed() else { return Ok(None) };
        let row = referral::Model {
            state: row.state.after(event)?,
            state_before: Some(row.state),
            reason: Some(Reason::PlacedElsewhere),
            reason_text: None,
            reason_shown: true,
            closed_by_placement: Some(placement),
            updated_at: self.now,
            version: row.version + 1,
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.did("placed_elsewhere", "referral", row.id, row.office_id).await?;
        Ok(Some(row.employer_id))
    }

    /// Closes the offer whose seat came back after the window of undo, so that it is no acceptance any more.
    pub(in crate::app) async fn close_accepted(&self, placement: &placement::Model) -> Result<(), AppError> {
        let Some(id) = placement.offer_id else { return Ok(()) };
        let open = offers::lock_open_of_person(self.tx, placement.person_id).await?;
        let Some(row) = open.into_iter().find(|row| row.id == id && row.state == OfferState::Accepted) else { return Ok(()) };
        let row = offer::Model {
            state: row.state.after(crate::engine::lifecycle::OfferEvent::Close)?,
            reason: placement.reason,
            reason_shown: true,
            undo_until: None,
            updated_at: self.now,
            version: row.version + 1,
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.did("close", "offer", row.id, row.office_id).await
    }
}

/// Why hours do not fit beside what a person is already engaged for; `None` if they do.
pub(in crate::app) fn overlap(engaged: &[placement::Model], committed: i32, hours: i32, overridden: bool) -> Option<Refusal> {
    let limit = if overridden { MOST_HOURS } else { WEEKLY_HOURS };
    let full_time = engaged.iter().any(|row| row.hours_per_week >= FULL_TIME_HOURS);
    let exceeds = committed + hours > limit;
    match (full_time && !overridden, exceeds) {
        (true, _) if hours >= FULL_TIME_HOURS || exceeds => Some(Refusal::AlreadyPlaced),
        (_, true) => Some(Refusal::HoursExceeded { limit }),
        (_, false) => None,
    }
}

/// Whether another job can still be taken beside one just taken: only part time beside part time, while the hours last.
fn still_fits(taken: i32, committed: i32, other: i32) -> bool {
    taken < FULL_TIME_HOURS && other < FULL_TIME_HOURS && committed + other <= WEEKLY_HOURS
}
