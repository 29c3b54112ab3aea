//! Background work: following the feed, ending what is over. Each round is done by one process alone, by a lease.
//!
//! Nothing depends on when a round runs: whether an offer or a vacancy is over is asked of the clock.

use std::future::Future;
use std::time::Duration as Pause;

use chrono::Duration;
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use crate::app::actor::Actor;
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::offers::{NewOffer, open_for_drafts};
use crate::app::work::Work;
use crate::engine::day::Zone;
use crate::engine::id::{PersonId, VacancyId};
use crate::store::entity::{graduate, offer};
use crate::store::scope::Scope;
use crate::store::{audit as trail, feed, id, leases, offers, rows};

/// How often the feed is followed: other processes are seen within 500 ms (DECISIONS 24).
const FOLLOW: Pause = Pause::from_millis(300);
/// How often a round of housekeeping is tried.
const ROUND: Pause = Pause::from_secs(30);
/// How often a changed index is kept on disk.
const KEEP: Pause = Pause::from_secs(600);
/// Smaller indexes are read as quickly from the database as from a file.
const WORTH_KEEPING: usize = 20_000;
/// How long one process has the housekeeping for itself; shorter than a round, so that a dead one is missed once.
const LEASE: Duration = Duration::seconds(25);
/// How long an idempotency key is kept (DECISIONS 26).
const KEYS: Duration = Duration::days(7);
/// How many overdue offers one round ends.
const MOST: u64 = 500;

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Offers whose deadline had passed.
    pub expired: usize,
    /// Drafts written for the next in reserve.
    pub drafted: usize,
    /// Vacancies closed or their employers reminded.
    pub vacancies: usize,
    /// Imports that a stopped process had left.
    pub imports: usize,
}

/// Works in the background until told to stop; a failing round is logged and tried again.
pub async fn run(app: App, stop: impl Future<Output = ()>) {
    let holder = id::fresh::<Uuid>().to_string();
    let (mut follow, mut round, mut keep) = (interval(FOLLOW), interval(ROUND), interval(KEEP));
    follow.set_missed_tick_behavior(MissedTickBehavior::Delay);
    round.set_missed_tick_behavior(MissedTickBehavior::Delay);
    keep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            _ = follow.tick() => if let Err(error) = app.follow().await {
                tracing::warn!(%error, "the feed could not be followed");
            },
            _ = round.tick() => match app.round(&holder).await {
                Ok(Some(done)) => tracing::debug!(?done, "housekeeping"),
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "housekeeping failed"),
            },
            _ = keep.tick() => keep_snapshot(&app).await,
        }
    }
    keep_snapshot(&app).await;
}

async fn keep_snapshot(app: &App) {
    if app.index().len() < WORTH_KEEPING {
        return;
    }
    if let Err(error) = app.keep_snapshot().await {
        tracing::warn!(%error, "the next start will read every row");
    }
}

impl App {
    /// One round of housekeeping; `None` if another process has the lease.
    pub async fn round(&self, holder: &str) -> Result<Option<Round>, AppError> {
        let system = Actor::system();
        let taken =
            self.work(&system, async |work| Ok(leases::take(work.tx, "housekeeping", holder, work.now, work.now + LEASE).await?)).await?;
        if !taken {
            return Ok(None);
        }
        let mut round = Round::default();
        for row in offers::overdue(self.database.reader(), self.clock.now(), MOST).await? {
            let (expired, drafted) = self.work(&system, async |work| work.expire_and_replace(&row).await).await?;
            round.expired += usize::from(expired);
            round.drafted += usize::from(drafted);
        }
        round.vacancies = self.close_stale_vacancies().await?;
        round.imports = self.end_interrupted_imports().await?;
        self.forget_old_reports().await?;
        self.work(&system, async |work| {
            trail::prune_answers(work.tx, work.now - KEYS).await?;
            feed::prune(work.tx, work.now).await?;
            Ok(())
        })
        .await?;
        Ok(Some(round))
    }
}

impl Work<'_> {
    /// Ends one overdue offer and writes a draft for the next in reserve; answers which of the two it did.
    async fn expire_and_replace(&self, overdue: &offer::Model) -> Result<(bool, bool), AppError> {
        let next = self.next_in_reserve(overdue.vacancy_id).await?;
        let people: Vec<PersonId> = [Some(overdue.person_id), next.as_ref().map(|row| row.person_id)].into_iter().flatten().collect();
        self.people_locked(people.into_iter()).await?;
        let row = self.locked::<offer::Entity>(overdue.id).await?;
        let days = row.sent_at.map_or(1, |sent| (row.expires_on - Zone::Wib.day_of(sent)).num_days()).max(1);
        if !self.expire_offer(row).await? {
            return Ok((false, false));
        }
        let Some(next) = next else { return Ok((true, false)) };
        Ok((true, self.draft_for_reserve(overdue.vacancy_id, &next, days).await?))
    }

    /// The next graduate of the newest frozen list's reserve to whom this vacancy was never offered and who may be matched now.
    pub(in crate::app) async fn next_in_reserve(&self, vacancy: VacancyId) -> Result<Option<graduate::Model>, AppError> {
        let vacancy = self.vacancy_now(vacancy).await?;
        if open_for_drafts(&vacancy, self.today()).is_err() || vacancy.filled >= vacancy.positions {
            return Ok(None);
        }
        let offered = offers::graduates_offered(self.tx, vacancy.id).await?;
        for id in offers::reserve_of(self.tx, vacancy.id).await? {
            let found = rows::find::<graduate::Entity>(self.tx, &Scope::All, id).await?;
            if let Some(graduate) = found.filter(|row| !offered.contains(&row.id))
                && self.ineligible(&graduate, &vacancy).await?.is_none()
            {
                return Ok(Some(graduate));
            }
        }
        Ok(None)
    }

    /// A draft that staff may send; it has as many days as the offer it follows.
    async fn draft_for_reserve(&self, vacancy: VacancyId, graduate: &graduate::Model, days: i64) -> Result<bool, AppError> {
        let vacancy = self.vacancy_now(vacancy).await?;
        if offers::open_of_pair(self.tx, vacancy.id, graduate.id).await?.is_some() {
            return Ok(false);
        }
        let new = NewOffer {
            vacancy: vacancy.id,
            graduate: graduate.id,
            expires_on: self.today() + Duration::days(days),
            conditions: None,
            conditions_due: None,
            override_reason: None,
        };
        let row = self.draft_row(&vacancy, graduate, None, &new);
        rows::insert(self.tx, row.clone()).await?;
        self.message("reserve_drafted", ("office", row.office_id.0), ("offer", row.id.0), row.office_id, Duration::zero()).await?;
        self.did("draft_reserve", "offer", row.id, row.office_id).await?;
        Ok(true)
    }
}
