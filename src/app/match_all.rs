//! The match lists of every open vacancy at once: searched side by side, named and handed on in parts.

use rustc_hash::FxHashMap;

use crate::app::error::AppError;
use crate::app::matches::{MatchLine, line, policy_name};
use crate::app::vacancies::open_on;
use crate::app::work::Look;
use crate::engine::id::VacancyId;
use crate::store::entity::vacancy;
use crate::store::match_lists;

/// How many vacancies are searched before their lists are handed on.
const PART: usize = 256;

/// The first places of one vacancy's match list.
#[derive(Debug, Clone)]
pub struct VacancyMatches {
    /// The vacancy.
    pub vacancy: VacancyId,
    /// Its title.
    pub title: String,
    /// Policy and its version.
    pub policy: String,
    /// Whether anything could be assessed.
    pub assessable: bool,
    /// Length of the whole list.
    pub count: usize,
    /// The first places.
    pub items: Vec<MatchLine>,
}

impl Look<'_> {
    /// How many vacancies are open.
    pub async fn open_vacancy_count(&self) -> Result<usize, AppError> {
        Ok(self.open_now().await?.len())
    }

    /// The first places of every open vacancy's list, a part at a time, in the order of vacancies under each policy in force.
    ///
    /// `take` may end the work with an error.
    pub async fn match_all(&self, limit: usize, mut take: impl FnMut(Vec<VacancyMatches>) -> Result<(), AppError>) -> Result<(), AppError> {
        let index = self.app.index();
        for (policy, rows) in self.app.by_policy(self.open_now().await?) {
            for rows in rows.chunks(PART) {
                let demands = self.app.demands(self.db(), rows, &policy).await?;
                let pages = index.top_of_each(&demands, &policy, self.today(), limit);
                let titles: FxHashMap<VacancyId, &str> = rows.iter().map(|row| (row.id, row.title.as_str())).collect();
                let named = self.named(pages.iter().flat_map(|page| &page.items).map(|item| item.graduate)).await?;
                let part = demands.iter().zip(pages).map(|(demand, page)| VacancyMatches {
                    vacancy: demand.vacancy,
                    title: titles.get(&demand.vacancy).copied().unwrap_or_default().to_owned(),
                    policy: policy_name(&policy),
                    assessable: page.assessable,
                    count: page.count,
                    items: page.items.into_iter().enumerate().filter_map(|(at, item)| line(at + 1, item, &named)).collect(),
                });
                take(part.collect())?;
            }
        }
        Ok(())
    }

    async fn open_now(&self) -> Result<Vec<vacancy::Model>, AppError> {
        let mut rows = match_lists::open_vacancies(self.db(), self.today()).await?;
        rows.retain(|row| open_on(row, self.today()));
        Ok(rows)
    }
}
