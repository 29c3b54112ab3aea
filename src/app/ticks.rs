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
use crate::store::{audit as trail, feed, id, leases, offers};

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
            round.expired += usize::from(self.work(&system, async |work| work.expire_overdue(&row).await).await?);
        }
        for row in offers::to_hand_on(self.database.reader(), self.clock.now(), MOST).await? {
            round.drafted += usize::from(self.work(&system, async |work| work.hand_on(&row).await).await?);
        }
        round.vacancies = self.close_stale_vacancies().await?;
        round.imports = self.end_interrupted_imports().await?;
        self.end_interrupted_allocations().await?;
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
