//! Match lists as they are now: from memory, explained, paged without repeating or skipping anyone.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::app::error::AppError;
use crate::app::next_classes::NextClass;
use crate::app::vacancies::open_on;
use crate::app::work::Look;
use crate::engine::id::{EmployerId, GraduateId, OfficeId, VacancyId};
use crate::engine::lifecycle::VacancyState;
use crate::engine::matching::index::for_graduate;
use crate::engine::matching::near_miss::NearMiss;
use crate::engine::matching::page::{Cursor, Ranked};
use crate::engine::matching::policy::Policy;
use crate::engine::matching::score::Score;
use crate::engine::name::Name;
use crate::engine::unit_code::UnitCode;
use crate::store::entity::{graduate, vacancy};
use crate::store::{match_lists, vacancies};
use crate::words::refusal::Refusal;

/// A graduate as a match list names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The graduate.
    pub id: GraduateId,
    /// Name; initials for an employer and for another office.
    pub display_name: String,
    /// District code.
    pub district: Option<String>,
    /// District name.
    pub district_name: Option<String>,
    /// The office to ask, where it is not the reader's own.
    pub ask_office: Option<OfficeId>,
}

/// One line of a match list.
#[derive(Debug, Clone)]
pub struct MatchLine {
    /// Place in the whole list, from 1.
    pub rank: usize,
    /// Who.
    pub graduate: Named,
    /// The score and its parts; `None` where the list cannot be scored or the person objects.
    pub score: Option<Score>,
    /// Straight-line metres.
    pub metres: Option<u32>,
}

/// One page of a match list.
#[derive(Debug, Clone)]
pub struct MatchPage {
    /// The day of the list.
    pub as_of: NaiveDate,
    /// Policy and its version.
    pub policy: String,
    /// Version of the catalogue.
    pub catalogue: String,
    /// Whether anything could be assessed.
    pub assessable: bool,
    /// Length of the whole list.
    pub count: usize,
    /// The lines.
    pub items: Vec<MatchLine>,
    /// Opaque key of the next page.
    pub next: Option<Vec<u8>>,
}

/// Somebody who lacks one or two required units.
#[derive(Debug, Clone)]
pub struct NearMissLine {
    /// Who.
    pub graduate: Named,
    /// The required units that are missing.
    pub missing: Vec<UnitCode>,
    /// Those of them the person says they master.
    pub claimed: Vec<UnitCode>,
    /// The score of the rest.
    pub score: Option<Score>,
    /// Straight-line metres.
    pub metres: Option<u32>,
}

/// Who nearly is on a vacancy's list.
#[derive(Debug, Clone)]
pub struct NearMissList {
    /// The day of the list.
    pub as_of: NaiveDate,
    /// Policy and its version.
    pub policy: String,
    /// Version of the catalogue.
    pub catalogue: String,
    /// By missing unit, the next class of the vacancy's office that teaches it.
    pub next_classes: FxHashMap<UnitCode, NextClass>,
    /// The people, fewest missing first.
    pub items: Vec<NearMissLine>,
}

/// A vacancy somebody is on the list of.
#[derive(Debug, Clone)]
pub struct OpeningLine {
    /// The vacancy.
    pub vacancy: VacancyId,
    /// Its title.
    pub title: String,
    /// Who hires.
    pub employer: EmployerId,
    /// Where, district code.
    pub district: String,
    /// The policy of the vacancy's office and its version.
    pub policy: String,
    /// The score and its parts.
    pub score: Option<Score>,
    /// Straight-line metres.
    pub metres: Option<u32>,
}

/// How a policy is named in print.
#[must_use]
pub fn policy_name(policy: &Policy) -> String {
    format!("{} v{}", policy.name(), policy.version())
}

impl Look<'_> {
    /// One page of a vacancy's match list; `after` is the key a page before gave.
    pub async fn matches(&self, vacancy: VacancyId, limit: usize, after: Option<&[u8]>) -> Result<MatchPage, AppError> {
        let (row, policy, demand) = self.vacancy_demand(vacancy).await?;
        refuse_closed(&row, self.today())?;
        let (shown_before, cursor) = match after {
            Some(key) => open_key(key).ok_or(Refusal::CursorUnreadable)?,
            None => (0, None),
        };
        let page = self.app.index().top(&demand, &policy, self.today(), limit, cursor);
        let named = self.named(page.items.iter().map(|item| item.graduate)).await?;
        let lines = page.items.into_iter().enumerate().map(|(at, item)| line(shown_before + at + 1, item, &named));
        let items: Vec<MatchLine> = lines.flatten().collect();
        let next = page.next.map(|cursor| seal_key(shown_before + items.len(), &cursor));
        Ok(MatchPage {
            as_of: self.today(),
            policy: policy_name(&policy),
            catalogue: self.app.knowledge().catalogue.version(),
            assessable: page.assessable,
            count: page.count,
            items,
            next,
        })
    }

    /// Who would be on the list but for one or two required units, fewest missing first.
    pub async fn near_misses(&self, vacancy: VacancyId, limit: usize) -> Result<NearMissList, AppError> {
        let (row, policy, demand) = self.vacancy_demand(vacancy).await?;
        refuse_closed(&row, self.today())?;
        let found = self.app.index().near_misses(&demand, &policy, self.today(), limit);
        let named = self.named(found.iter().map(|item| item.graduate)).await?;
        let lines = found.into_iter().filter_map(|NearMiss { graduate, missing, claimed, score, metres }| {
            Some(NearMissLine { graduate: named.get(&graduate)?.clone(), missing, claimed, score, metres })
        });
        Ok(NearMissList {
            as_of: self.today(),
            policy: policy_name(&policy),
            catalogue: self.app.knowledge().catalogue.version(),
            next_classes: self.next_classes(row.office_id, &demand).await?,
            items: lines.collect(),
        })
    }

    /// The open vacancies a graduate is on the list of, best first.
    pub async fn openings(&self, id: GraduateId, limit: usize) -> Result<Vec<OpeningLine>, AppError> {
        let graduate = self.found::<graduate::Entity>(id).await?;
        let Some(candidate) = self.app.index().candidate(graduate.id) else { return Ok(Vec::new()) };
        let open = match_lists::open_vacancies(self.db(), self.today()).await?;
        let mut lines = Vec::new();
        for (policy, rows) in self.app.by_policy(open) {
            let demands = self.app.demands(self.db(), &rows, &policy).await?;
            let by_id: FxHashMap<VacancyId, &vacancy::Model> = rows.iter().map(|row| (row.id, row)).collect();
            let openings = for_graduate(&candidate, &demands, &policy, self.today());
            lines.extend(openings.into_iter().take(limit).filter_map(|opening| {
                let row = by_id.get(&opening.vacancy)?;
                Some(OpeningLine {
                    vacancy: row.id,
                    title: row.title.clone(),
                    employer: row.employer_id,
                    district: row.district_code.clone(),
                    policy: policy_name(&policy),
                    score: opening.score,
                    metres: opening.metres,
                })
            }));
        }
        // Each policy's openings are in the engine's order; together they are put into it again.
        lines.sort_by_key(|line| {
            let total = line.score.as_ref().map(|score| score.total_hundredths);
            (std::cmp::Reverse(total), line.metres.unwrap_or(u32::MAX), line.vacancy)
        });
        lines.truncate(limit);
        self.noted_reading(graduate.person_id, "matches").await?;
        Ok(lines)
    }

    /// How some graduates are named to this actor.
    pub(in crate::app) async fn named(&self, ids: impl Iterator<Item = GraduateId>) -> Result<FxHashMap<GraduateId, Named>, AppError> {
        let rows = match_lists::shown(self.db(), &ids.collect::<Vec<_>>()).await?;
        let knowledge = self.app.knowledge();
        let named = rows.into_iter().map(|row| {
            let foreign = self.actor.office.is_some_and(|office| office != row.office_id);
            let masked = foreign || !self.actor.is_staff();
            let display_name = match (masked, Name::parse(&row.name)) {
                (true, Some(name)) => name.initials(),
                _ => row.name.clone(),
            };
            let district_name = row.district_code.as_deref().map(|code| knowledge.region_name(code));
            (
                row.id,
                Named {
                    id: row.id,
                    display_name,
                    district: row.district_code,
                    district_name,
                    ask_office: foreign.then_some(row.office_id),
                },
            )
        });
        Ok(named.collect())
    }
}

impl crate::app::installation::App {
    /// What several vacancies ask, with one query for all their requirements.
    pub(in crate::app) async fn demands<C: crate::store::database::Connection>(
        &self,
        db: &C,
        rows: &[vacancy::Model],
        policy: &Policy,
    ) -> Result<Vec<crate::engine::matching::requirement::Demand>, AppError> {
        let ids: Vec<VacancyId> = rows.iter().map(|row| row.id).collect();
        let mut lines: FxHashMap<VacancyId, Vec<_>> = FxHashMap::default();
        for line in vacancies::requirements(db, &ids).await? {
            lines.entry(line.vacancy_id).or_default().push(line);
        }
        let (offices, knowledge) = (vacancies::offices(db).await?, self.knowledge());
        let none = Vec::new();
        let demand =
            |row: &vacancy::Model| crate::app::demand::demand_of(row, lines.get(&row.id).unwrap_or(&none), policy, &knowledge, &offices);
        Ok(rows.iter().map(demand).collect())
    }
}

/// A vacancy that is over has no list any more; one not yet published may be previewed.
pub(in crate::app) fn refuse_closed(row: &vacancy::Model, today: NaiveDate) -> Result<(), AppError> {
    let over = match row.state {
        VacancyState::Closed | VacancyState::Withdrawn => true,
        VacancyState::Published | VacancyState::Paused => !open_on(row, today) && row.closes_on < today,
        VacancyState::Draft | VacancyState::Submitted | VacancyState::Returned | VacancyState::Filled => false,
    };
    if over { Err(Refusal::VacancyClosed.into()) } else { Ok(()) }
}

pub(in crate::app) fn line(rank: usize, item: Ranked, named: &FxHashMap<GraduateId, Named>) -> Option<MatchLine> {
    Some(MatchLine { rank, graduate: named.get(&item.graduate)?.clone(), score: item.score, metres: item.metres })
}

/// The key of a page: how many were shown before it, and the engine's cursor.
fn seal_key(shown: usize, cursor: &Cursor) -> Vec<u8> {
    format!("{shown}/{cursor}").into_bytes()
}

fn open_key(key: &[u8]) -> Option<(usize, Option<Cursor>)> {
    let (shown, cursor) = std::str::from_utf8(key).ok()?.split_once('/')?;
    Some((shown.parse().ok()?, Some(Cursor::parse(cursor)?)))
}
