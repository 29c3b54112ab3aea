//! Match lists as they are now: the list, the near misses, and what a graduate is on the list of.

use actix_web::{get, web};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Granted, Params};
use crate::api::language::spoken;
use crate::api::list::{ListOut, PageQuery, limit_of};
use crate::api::problem::Problems;
use crate::api::vacancy_out::UnitOut;
use crate::api::wire::hundredths;
use crate::app::knowledge::Knowledge;
use crate::app::matches::{MatchLine, Named, NearMissLine, OpeningLine};
use crate::app::next_classes::NextClass;
use crate::app::permission::{ReadMatches, ReadOwnMatches};
use crate::engine::matching::contribution::Contribution;
use crate::engine::matching::score::Score;
use crate::engine::unit_code::UnitCode;
use crate::words::matching::{explain, explain_to_partner};
use crate::words::refusal::Refusal;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(get_matches).service(get_near_misses).service(get_graduate_matches);
}

/// Limit alone.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct LimitQuery {
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// A graduate as a list names them.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedOut {
    id: Uuid,
    /// Initials for an employer before a referral, and for another office.
    display_name: String,
    district: Option<String>,
    district_name: Option<String>,
    /// The office to ask, where it is not the reader's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    ask_office_id: Option<Uuid>,
}

/// One part of a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContributionOut {
    /// `required_unit`, `preferred_unit`, `distance`, `wage` or `start`.
    factor: String,
    unit: Option<String>,
    points: f64,
    max_points: f64,
    /// Why, in the language asked for.
    detail: String,
}

/// One line of a match list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchOut {
    rank: usize,
    graduate: NamedOut,
    /// 0 to 100; `null` where nothing can be assessed or the person objects to ranking.
    score: Option<f64>,
    distance_km: Option<f64>,
    contributions: Vec<ContributionOut>,
    met: Vec<UnitOut>,
    /// Preferred units for which a certificate of a related skill counts a little; none proves the unit itself.
    related: Vec<UnitOut>,
    missing: Vec<UnitOut>,
    /// Self-claimed only: shown apart, never scored.
    claimed: Vec<UnitOut>,
}

/// A match list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchesOut {
    as_of: NaiveDate,
    policy: String,
    catalogue: String,
    /// Whether any requirement could be assessed; if not, the order is by occupation, distance and availability.
    assessable: bool,
    /// Said where nothing can be assessed.
    note: Option<String>,
    count: usize,
    items: Vec<MatchOut>,
    next_cursor: Option<String>,
}

/// Who lacks one or two required units, fewest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct NearMissesOut {
    as_of: NaiveDate,
    /// Name and version of the scoring policy.
    policy: String,
    catalogue: String,
    items: Vec<NearMissOut>,
    next_cursor: Option<String>,
}

/// A class that begins in the future.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextClassOut {
    batch_id: Uuid,
    name: String,
    starts_on: NaiveDate,
}

/// A required unit that somebody lacks.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingUnitOut {
    #[serde(flatten)]
    unit: UnitOut,
    /// The next class of the vacancy's office that teaches it, or a unit that stands for it.
    next_class: Option<NextClassOut>,
}

/// Somebody who lacks one or two required units.
#[derive(Debug, Serialize, ToSchema)]
pub struct NearMissOut {
    graduate: NamedOut,
    missing: Vec<MissingUnitOut>,
    claimed: Vec<UnitOut>,
    score: Option<f64>,
    distance_km: Option<f64>,
    contributions: Vec<ContributionOut>,
    met: Vec<UnitOut>,
    /// Preferred units for which a certificate of a related skill counts a little; none proves the unit itself.
    related: Vec<UnitOut>,
}

/// A vacancy that a graduate is on the list of.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpeningOut {
    vacancy_id: Uuid,
    title: String,
    employer_id: Uuid,
    district: String,
    /// Name and version of the scoring policy of the vacancy's office.
    policy: String,
    score: Option<f64>,
    distance_km: Option<f64>,
    contributions: Vec<ContributionOut>,
}

impl From<Named> for NamedOut {
    fn from(named: Named) -> Self {
        Self {
            id: named.id.0,
            display_name: named.display_name,
            district: named.district,
            district_name: named.district_name,
            ask_office_id: named.ask_office.map(Uuid::from),
        }
    }
}

/// Who reads a list: staff and the person themselves see every detail, a partner only what concerns competence and distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Whole,
    Partner,
}

impl Reader {
    fn of<P>(granted: &Granted<P>) -> Self {
        if granted.actor.is_employer() { Self::Partner } else { Self::Whole }
    }
}

fn contribution_out(part: &Contribution, reader: Reader) -> ContributionOut {
    let detail = match reader {
        Reader::Whole => explain(&part.detail, spoken()),
        Reader::Partner => explain_to_partner(&part.detail, spoken()),
    };
    ContributionOut {
        factor: part.factor.code().to_owned(),
        unit: part.unit.as_ref().map(|code| code.as_str().to_owned()),
        points: hundredths(part.points_hundredths),
        max_points: hundredths(part.max_hundredths),
        detail,
    }
}

/// Kilometres with three decimals.
fn kilometres(metres: Option<u32>) -> Option<f64> {
    metres.map(|metres| f64::from(metres) / 1000.0)
}

fn units(codes: &[UnitCode], knowledge: &Knowledge) -> Vec<UnitOut> {
    codes.iter().map(|code| UnitOut::new(code, knowledge.unit_title(code))).collect()
}

fn parts(score: Option<&Score>, reader: Reader) -> Vec<ContributionOut> {
    score.map(|score| score.contributions.iter().map(|part| contribution_out(part, reader)).collect()).unwrap_or_default()
}

fn match_out(line: MatchLine, knowledge: &Knowledge, reader: Reader) -> MatchOut {
    let score = line.score.as_ref();
    MatchOut {
        rank: line.rank,
        graduate: line.graduate.into(),
        score: score.map(|score| hundredths(score.total_hundredths)),
        distance_km: kilometres(line.metres),
        contributions: parts(score, reader),
        met: units(&score.map(Score::met).unwrap_or_default(), knowledge),
        related: units(&score.map(Score::related).unwrap_or_default(), knowledge),
        missing: units(&score.map(Score::missing).unwrap_or_default(), knowledge),
        claimed: units(&score.map(Score::claimed).unwrap_or_default(), knowledge),
    }
}

fn missing_out(code: &UnitCode, next: &FxHashMap<UnitCode, NextClass>, knowledge: &Knowledge) -> MissingUnitOut {
    let class = |class: &NextClass| NextClassOut { batch_id: class.batch.into(), name: class.name.clone(), starts_on: class.starts_on };
    MissingUnitOut { unit: UnitOut::new(code, knowledge.unit_title(code)), next_class: next.get(code).map(class) }
}

fn near_miss_out(line: NearMissLine, next: &FxHashMap<UnitCode, NextClass>, knowledge: &Knowledge, reader: Reader) -> NearMissOut {
    let score = line.score.as_ref();
    NearMissOut {
        graduate: line.graduate.into(),
        missing: line.missing.iter().map(|code| missing_out(code, next, knowledge)).collect(),
        claimed: units(&line.claimed, knowledge),
        score: score.map(|score| hundredths(score.total_hundredths)),
        distance_km: kilometres(line.metres),
        contributions: parts(score, reader),
        met: units(&score.map(Score::met).unwrap_or_default(), knowledge),
        related: units(&score.map(Score::related).unwrap_or_default(), knowledge),
    }
}

impl From<OpeningLine> for OpeningOut {
    fn from(line: OpeningLine) -> Self {
        Self {
            vacancy_id: line.vacancy.0,
            title: line.title,
            employer_id: line.employer.0,
            district: line.district,
            policy: line.policy,
            score: line.score.as_ref().map(|score| hundredths(score.total_hundredths)),
            distance_km: kilometres(line.metres),
            contributions: parts(line.score.as_ref(), Reader::Whole),
        }
    }
}

/// The graduates who can take a vacancy, best first, each with the reasons.
#[utoipa::path(tag = "matching", params(("id" = Uuid, Path), PageQuery), responses((status = 200, body = MatchesOut), Problems))]
#[get("/vacancies/{id}/matches")]
async fn get_matches(granted: Granted<ReadMatches>, id: web::Path<Uuid>, Params(query): Params<PageQuery>) -> Answer {
    let limit = usize::try_from(limit_of(query.limit)?).unwrap_or(50);
    let key = query.cursor.as_deref().map(|cursor| granted.app.open_cursor(cursor).ok_or(Refusal::CursorUnreadable)).transpose()?;
    let page = granted.look().matches(id.into_inner().into(), limit, key.as_deref()).await?;
    let knowledge = granted.app.knowledge();
    let note = (!page.assessable).then(|| crate::words::Say::say(&crate::words::matching::MatchWords::NotAssessable, spoken()));
    found(&MatchesOut {
        as_of: page.as_of,
        policy: page.policy,
        catalogue: page.catalogue,
        assessable: page.assessable,
        note,
        count: page.count,
        items: page.items.into_iter().map(|line| match_out(line, &knowledge, Reader::of(&granted))).collect(),
        next_cursor: page.next.map(|key| granted.app.seal_cursor(&key)),
    })
}

/// Who would be on the list but for one or two required units, fewest missing first.
#[utoipa::path(tag = "matching", params(("id" = Uuid, Path), LimitQuery), responses((status = 200, body = NearMissesOut), Problems))]
#[get("/vacancies/{id}/near-misses")]
async fn get_near_misses(granted: Granted<ReadMatches>, id: web::Path<Uuid>, Params(query): Params<LimitQuery>) -> Answer {
    let limit = usize::try_from(limit_of(query.limit)?).unwrap_or(50);
    let knowledge = granted.app.knowledge();
    let list = granted.look().near_misses(id.into_inner().into(), limit).await?;
    found(&NearMissesOut {
        as_of: list.as_of,
        policy: list.policy,
        catalogue: list.catalogue,
        items: list.items.into_iter().map(|line| near_miss_out(line, &list.next_classes, &knowledge, Reader::of(&granted))).collect(),
        next_cursor: None,
    })
}

/// The open vacancies a graduate is on the list of, best first.
#[utoipa::path(tag = "matching", params(("id" = Uuid, Path), LimitQuery), responses((status = 200, body = ListOut<OpeningOut>), Problems))]
#[get("/graduates/{id}/matches")]
async fn get_graduate_matches(granted: Granted<ReadOwnMatches>, id: web::Path<Uuid>, Params(query): Params<LimitQuery>) -> Answer {
    let limit = usize::try_from(limit_of(query.limit)?).unwrap_or(50);
    let lines = granted.look().openings(id.into_inner().into(), limit).await?;
    found(&ListOut { items: lines.into_iter().map(OpeningOut::from).collect(), next_cursor: None })
}
