//! The seats a class could lead to: open vacancies with a free seat, and promised ones not yet opened.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::app::error::AppError;
use crate::app::vacancies::open_on;
use crate::app::work::Look;
use crate::engine::id::{BatchId, CommitmentId, OfficeId, ProgrammeId};
use crate::engine::lifecycle::VacancyState;
use crate::engine::plan::Open;
use crate::store::entity::{commitment, vacancy};
use crate::store::page::Slice;
use crate::store::scope::Scope;
use crate::store::vacancies::{self, Wanted};
use crate::store::{classes, promises, reports};

/// A promise of which seats were not opened as vacancies.
#[derive(Debug, Clone)]
pub(in crate::app) struct Unopened {
    /// The promise.
    pub(in crate::app) row: commitment::Model,
    /// For which programme's graduates; `None` for anybody's.
    pub(in crate::app) programme: Option<ProgrammeId>,
    /// Seats promised less positions opened.
    pub(in crate::app) seats: u32,
}

impl Look<'_> {
    /// The open vacancies with a free seat within a scope, with what the engine plans by.
    pub(in crate::app) async fn market(&self, scope: &Scope) -> Result<(Vec<vacancy::Model>, Vec<Open>), AppError> {
        let wanted = Wanted { state: Some(VacancyState::Published), ..Wanted::default() };
        let mut rows = vacancies::list(self.db(), scope, &wanted, Slice::all()).await?.rows;
        rows.retain(|row| open_on(row, self.today()) && row.filled < row.positions);
        let (mut kept, mut open) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
        for (policy, rows) in self.app.by_policy(rows) {
            let demands = self.app.demands(self.db(), &rows, &policy).await?;
            let one = |(demand, row): (_, &vacancy::Model)| Open { demand, closes_on: row.closes_on, policy: policy.clone() };
            open.extend(demands.into_iter().zip(&rows).map(one));
            kept.extend(rows);
        }
        Ok((kept, open))
    }

    /// Promises within a scope that still bind on a day and of which seats were not opened.
    pub(in crate::app) async fn unopened(&self, scope: &Scope, on: NaiveDate) -> Result<Vec<Unopened>, AppError> {
        let mut opened: FxHashMap<CommitmentId, i64> = FxHashMap::default();
        for (promise, _, positions) in promises::opened(self.db(), scope, self.now).await? {
            *opened.entry(promise).or_default() += i64::from(positions);
        }
        let batches = classes::batches(self.db(), scope, None, None, Slice::all()).await?.rows;
        let taught_in: FxHashMap<BatchId, ProgrammeId> = batches.into_iter().map(|batch| (batch.id, batch.programme_id)).collect();
        let unopened = |row: commitment::Model| {
            let left = i64::from(row.seats) - opened.get(&row.id).copied().unwrap_or(0);
            let seats = u32::try_from(left).ok().filter(|seats| *seats > 0 && row.valid_until >= on)?;
            let programme = row.programme_id.or_else(|| taught_in.get(&row.batch_id?).copied());
            Some(Unopened { programme, seats, row })
        };
        Ok(reports::commitments(self.db(), scope, None).await?.into_iter().filter_map(unopened).collect())
    }

    /// The offices whose people the actor plans for; `None` for all.
    pub(in crate::app) async fn own_offices(&self) -> Result<Option<Vec<OfficeId>>, AppError> {
        match self.scope() {
            Scope::All => Ok(None),
            Scope::Region(region) => {
                let below = format!("{region}.");
                let within = |code: &str| code == region || code.starts_with(&below);
                let offices = vacancies::offices(self.db()).await?;
                Ok(Some(offices.into_iter().filter(|office| within(&office.region_code)).map(|office| office.id).collect()))
            }
            _ => Ok(Some(self.actor.office.into_iter().collect())),
        }
    }
}
