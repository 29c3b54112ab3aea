//! Promise against delivery: what partners promised and what came of it (DECISIONS 15).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::app::reports::member_of;
use crate::app::work::Look;
use crate::engine::absorption::commitment::{Activity, Commitment, Ledger, Line};
use crate::engine::absorption::population::Member;
use crate::engine::absorption::share::Share;
use crate::engine::day::Zone;
use crate::engine::id::{CommitmentId, EmployerId, VacancyId};
use crate::store::entity::commitment;
use crate::store::{outcomes, promises, reports};

/// The numbers of one promise, or of all of one partner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Seats promised.
    pub promised: u32,
    /// Positions in vacancies that name the promise.
    pub opened: u32,
    /// Referrals to them.
    pub referred: u32,
    /// Offers sent.
    pub offered: u32,
    /// Seats taken.
    pub accepted: u32,
    /// People who started, each once.
    pub started: u32,
    /// Of those, who are still there as far as is known.
    pub still_there: u32,
}

impl Delivery {
    fn of(line: &Line) -> Self {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Self {
            promised: line.promised,
            opened: line.opened(),
            referred: count(line.activity.referred.len()),
            offered: count(line.activity.offered.len()),
            accepted: count(line.activity.placements.len()),
            started: count(line.started.len()),
            still_there: count(line.still_there.len()),
        }
    }

    /// Starts over seats promised, in hundredths of a percent; above 100 % where the promise was exceeded.
    #[must_use]
    pub fn kept_hundredths(&self) -> Option<u32> {
        Share { numerator: self.started, denominator: self.promised }.hundredths()
    }

    /// Starts over offers sent, in hundredths of a percent.
    #[must_use]
    pub fn yield_hundredths(&self) -> Option<u32> {
        Share { numerator: self.started, denominator: self.offered }.hundredths()
    }

    /// How many started beyond the promise.
    #[must_use]
    pub fn beyond(&self) -> u32 {
        Share { numerator: self.started, denominator: self.promised }.surplus()
    }
}

/// One promise.
#[derive(Debug, Clone)]
pub struct PromiseLine {
    /// The promise.
    pub row: commitment::Model,
    /// What came of it.
    pub delivery: Delivery,
}

/// One partner.
#[derive(Debug, Clone)]
pub struct PartnerLine {
    /// The partner.
    pub employer: EmployerId,
    /// Its name.
    pub name: String,
    /// All its promises and every start there.
    pub delivery: Delivery,
    /// Its promises one by one, earliest first.
    pub promises: Vec<PromiseLine>,
}

impl Look<'_> {
    /// What partners promised and what came of it, by partner and by promise, as of a day.
    pub async fn promise_and_delivery(&self, as_of: Option<NaiveDate>) -> Result<(NaiveDate, Vec<PartnerLine>), AppError> {
        let as_of = as_of.unwrap_or_else(|| self.today());
        let rows = reports::commitments(self.db(), &self.scope(), None).await?;
        let activity = self.activity(as_of).await?;
        let (events, places) = promises::told(self.db(), &self.scope()).await?;
        let members: Vec<Member> = places.iter().map(member_of).collect();
        let commitments: Vec<Commitment> = rows.iter().map(reports::promise_of).collect();
        let ledger = Ledger { commitments: &commitments, activity: &activity, members: &members, events: &events };
        let mut by_promise: BTreeMap<CommitmentId, Delivery> = BTreeMap::new();
        for line in ledger.by_commitment(as_of, None) {
            by_promise.extend(line.commitment.map(|id| (id, Delivery::of(&line))));
        }
        let employers: Vec<EmployerId> = rows.iter().map(|row| row.employer_id).collect();
        let names = outcomes::employer_names(self.db(), &employers).await?;
        let partner = |line: Line| {
            let own = rows.iter().filter(|row| row.employer_id == line.employer);
            let promise =
                |row: &commitment::Model| PromiseLine { delivery: by_promise.get(&row.id).copied().unwrap_or_default(), row: row.clone() };
            let mut promises: Vec<PromiseLine> = own.map(promise).collect();
            promises.sort_by_key(|promise| (promise.row.valid_from, promise.row.id));
            let name = names.get(&line.employer).cloned().unwrap_or_default();
            PartnerLine { employer: line.employer, name, delivery: Delivery::of(&line), promises }
        };
        let mut partners: Vec<PartnerLine> = ledger.by_employer(as_of, None).into_iter().map(partner).collect();
        partners.sort_by(|left, right| (&left.name, left.employer).cmp(&(&right.name, right.employer)));
        Ok((as_of, partners))
    }

    async fn activity(&self, as_of: NaiveDate) -> Result<BTreeMap<CommitmentId, Activity>, AppError> {
        let (db, scope, by) = (self.db(), &self.scope(), Zone::Wib.end_of(as_of));
        let mut activity: BTreeMap<CommitmentId, Activity> = BTreeMap::new();
        let mut promise_of: BTreeMap<VacancyId, CommitmentId> = BTreeMap::new();
        for (promise, vacancy, positions) in promises::opened(db, scope, by).await? {
            promise_of.insert(vacancy, promise);
            activity.entry(promise).or_default().opened.push((vacancy, u32::try_from(positions).unwrap_or(0)));
        }
        for (vacancy, referral) in promises::referred(db, scope, by).await? {
            if let Some(promise) = promise_of.get(&vacancy) {
                activity.entry(*promise).or_default().referred.push(referral);
            }
        }
        for (vacancy, offer) in promises::offered(db, scope, by).await? {
            if let Some(promise) = promise_of.get(&vacancy) {
                activity.entry(*promise).or_default().offered.push(offer);
            }
        }
        for (promise, placement, state) in promises::seats(db, scope, by).await? {
            activity.entry(promise).or_default().placements.push((placement, state));
        }
        Ok(activity)
    }
}
