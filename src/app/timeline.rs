//! A person's way through class, match and work, in one dated list.
//!
//! It tells codes, names of classes and firms, and the days; sealed notes only of attempts to reach the person, and those
//! to staff alone. Staff's reading of it is recorded.

use chrono::{DateTime, NaiveDate, Utc};
use rustc_hash::FxHashMap;
use uuid::Uuid;

use crate::app::actor::Who;
use crate::app::error::AppError;
use crate::app::outcomes::is_fallen;
use crate::app::work::Look;
use crate::engine::absorption::event::OutcomeEvent;
use crate::engine::day::Zone;
use crate::engine::id::{BatchId, EmployerId, GraduateId, VacancyId};
use crate::engine::kinds::ParticipantStatus;
use crate::store::entity::{batch, graduate};
use crate::store::outcomes::{self, event_of};
use crate::store::timeline::{self, Traces};
use crate::store::{faces, follow_ups, people};

/// One dated thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The day it is about.
    pub on: NaiveDate,
    /// The instant, where one is known.
    pub at: Option<DateTime<Utc>>,
    /// What happened, as a stable code.
    pub what: &'static str,
    /// The kind of thing it happened to.
    pub entity: &'static str,
    /// Which one.
    pub entity_id: Uuid,
    /// State, result or kind, as a stable code.
    pub state: Option<String>,
    /// The class, certificate or job it is about.
    pub title: Option<String>,
    /// The firm it is about.
    pub employer_name: Option<String>,
    /// A note, to staff alone.
    pub note: Option<String>,
    /// Whether it was taken back.
    pub retracted: bool,
}

/// What a moment is told with.
struct Names {
    classes: FxHashMap<BatchId, batch::Model>,
    jobs: FxHashMap<VacancyId, String>,
    employers: FxHashMap<EmployerId, String>,
}

impl Names {
    fn job(&self, moment: Moment, vacancy: VacancyId, employer: EmployerId) -> Moment {
        Moment { title: self.jobs.get(&vacancy).cloned(), employer_name: self.employers.get(&employer).cloned(), ..moment }
    }
}

impl Look<'_> {
    /// Everything dated of a graduate that the actor sees, earliest first.
    pub async fn timeline(&self, graduate: GraduateId) -> Result<Vec<Moment>, AppError> {
        let graduate = self.found::<graduate::Entity>(graduate).await?;
        let own = self.actor.who == Who::Graduate;
        if !own {
            self.noted_reading(graduate.person_id, "timeline").await?;
        }
        let traces = timeline::traces(self.db(), &self.scope(), graduate.id, graduate.person_id).await?;
        let names = self.names_in(&traces).await?;
        let mut moments = training(&traces, &names);
        moments.extend(agreements(&traces, &names));
        moments.extend(way_to_work(&traces, &names, own));
        moments.extend(self.words(&graduate, &names).await?);
        if self.actor.is_staff() {
            moments.extend(self.attempts(&graduate).await?);
        }
        moments.sort_by_key(|moment| (moment.on, moment.at, moment.entity_id));
        Ok(moments)
    }

    async fn names_in(&self, traces: &Traces) -> Result<Names, AppError> {
        let vacancies: Vec<VacancyId> = traces
            .referrals
            .iter()
            .map(|row| row.vacancy_id)
            .chain(traces.offers.iter().map(|row| row.vacancy_id))
            .chain(traces.placements.iter().map(|row| row.vacancy_id))
            .collect();
        let vacancies = faces::vacancies(self.db(), &vacancies).await?;
        let employers: Vec<EmployerId> =
            vacancies.iter().map(|row| row.employer_id).chain(traces.consents.iter().filter_map(|row| row.employer_id)).collect();
        Ok(Names {
            classes: traces.classes.iter().map(|row| (row.id, row.clone())).collect(),
            jobs: vacancies.into_iter().map(|row| (row.id, row.title)).collect(),
            employers: outcomes::employer_names(self.db(), &employers).await?,
        })
    }

    async fn words(&self, graduate: &graduate::Model, names: &Names) -> Result<Vec<Moment>, AppError> {
        let rows = outcomes::of_graduate(self.db(), graduate.id).await?;
        let events: Vec<OutcomeEvent> = rows.iter().map(event_of).collect();
        let others: Vec<EmployerId> = rows.iter().filter_map(|row| row.employer_id).collect();
        let employers = outcomes::employer_names(self.db(), &others).await?;
        let moment = |row: crate::store::entity::outcome_event::Model| {
            let known = row.employer_id.and_then(|id| employers.get(&id).or_else(|| names.employers.get(&id)).cloned());
            Moment {
                state: Some(row.kind.code().to_owned()),
                employer_name: known.or(row.employer_name),
                title: row.job_text,
                retracted: is_fallen(&events, row.id),
                ..Moment::on(row.happened_on, Some(row.recorded_at), row.act.code(), ("outcome_event", row.id.0))
            }
        };
        Ok(rows.into_iter().map(moment).collect())
    }

    async fn attempts(&self, graduate: &graduate::Model) -> Result<Vec<Moment>, AppError> {
        let tasks = follow_ups::of_graduate(self.db(), graduate.id).await?;
        let person = people::person(self.db(), graduate.person_id).await?;
        let key = person.and_then(|person| person.data_key);
        let mut moments = Vec::new();
        for task in tasks {
            for attempt in crate::app::follow_up::attempts_of(&task.attempts) {
                let note = match key.as_deref() {
                    Some(key) => attempt.opened_note(&self.app.keyring.person_key(Some(key))?)?,
                    None => None,
                };
                let state = if attempt.reached { "reached" } else { "not_reached" };
                let moment = Moment::at(attempt.at, "follow_up_attempt", ("follow_up", task.id.0));
                moments.push(Moment { state: Some(state.to_owned()), note, ..moment });
            }
        }
        Ok(moments)
    }
}

impl Moment {
    fn on(on: NaiveDate, at: Option<DateTime<Utc>>, what: &'static str, (entity, entity_id): (&'static str, Uuid)) -> Self {
        Self { on, at, what, entity, entity_id, state: None, title: None, employer_name: None, note: None, retracted: false }
    }

    fn at(at: DateTime<Utc>, what: &'static str, thing: (&'static str, Uuid)) -> Self {
        Self::on(Zone::Wib.day_of(at), Some(at), what, thing)
    }
}

/// Classes, results and certificates. A place that was entered by mistake is no part of anybody's way.
fn training(traces: &Traces, names: &Names) -> Vec<Moment> {
    let mut moments = Vec::new();
    for place in traces.places.iter().filter(|place| place.status != ParticipantStatus::Removed) {
        let Some(class) = names.classes.get(&place.batch_id) else { continue };
        let thing = ("participant", place.id.0);
        let told = |moment: Moment, state: &str| Moment { title: Some(class.name.clone()), state: Some(state.to_owned()), ..moment };
        moments.push(told(Moment::on(class.starts_on, None, "class_began", thing), place.status.code()));
        moments.push(told(Moment::on(class.ends_on, None, "class_ended", thing), place.status.code()));
        if let Some(result) = place.result {
            moments.push(told(Moment::on(place.result_on.unwrap_or(class.ends_on), None, "result", thing), result.code()));
        }
    }
    for row in &traces.certificates {
        let thing = ("certificate", row.id.0);
        let told = |moment: Moment| Moment { title: Some(row.number.clone()), state: Some(row.kind.code().to_owned()), ..moment };
        moments.push(told(Moment::on(row.issued_on, Some(row.created_at), "certificate_issued", thing)));
        moments.extend(row.revoked_on.map(|day| told(Moment::on(day, None, "certificate_revoked", thing))));
    }
    moments
}

fn agreements(traces: &Traces, names: &Names) -> Vec<Moment> {
    let mut moments = Vec::new();
    for row in &traces.consents {
        let thing = ("consent", row.id.0);
        let told = |moment: Moment| Moment {
            state: Some(row.purpose.code().to_owned()),
            employer_name: row.employer_id.and_then(|id| names.employers.get(&id).cloned()),
            ..moment
        };
        moments.push(told(Moment::on(row.given_on, Some(row.recorded_at), "consent_given", thing)));
        moments.extend(row.withdrawn_at.map(|at| told(Moment::at(at, "consent_withdrawn", thing))));
    }
    moments
}

/// Referrals, offers and seats. The person does not see an offer that was not sent (F9).
fn way_to_work(traces: &Traces, names: &Names, own: bool) -> Vec<Moment> {
    let mut moments = Vec::new();
    for row in &traces.referrals {
        let moment = Moment::at(row.created_at, "referred", ("referral", row.id.0));
        moments.push(names.job(Moment { state: Some(row.state.code().to_owned()), ..moment }, row.vacancy_id, row.employer_id));
    }
    for row in traces.offers.iter().filter(|row| !own || row.sent_at.is_some()) {
        let thing = ("offer", row.id.0);
        let told =
            |moment: Moment| names.job(Moment { state: Some(row.state.code().to_owned()), ..moment }, row.vacancy_id, row.employer_id);
        if !own {
            moments.push(told(Moment::at(row.created_at, "offer_written", thing)));
        }
        moments.extend(row.sent_at.map(|at| told(Moment::at(at, "offer_sent", thing))));
        moments.extend(row.answered_at.map(|at| told(Moment::at(at, "offer_answered", thing))));
    }
    for row in &traces.placements {
        let moment = Moment::at(row.created_at, "seat_taken", ("placement", row.id.0));
        moments.push(names.job(Moment { state: Some(row.state.code().to_owned()), ..moment }, row.vacancy_id, row.employer_id));
    }
    moments
}
