//! The report of absorption: rows are read, the engine counts, every number opens its list.
//!
//! Nothing is counted here. A report is about the classes an actor sees; the other classes of their people are read
//! too, so that a job is credited to the class it belongs to.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use crate::app::error::AppError;
use crate::app::field::Form;
use crate::app::knowledge::Knowledge;
use crate::app::paging::{Page, Slice};
use crate::app::people::ERASED_NAME;
use crate::app::report_view::{Asked, ReportView};
use crate::app::work::Look;
use crate::engine::absorption::event::OutcomeEvent;
use crate::engine::absorption::month::starts_by_month;
use crate::engine::absorption::population::{Denominator, Group, GroupBy, Member};
use crate::engine::absorption::rate::{Checkpoint, Query, Records, Report, report_on};
use crate::engine::absorption::tally::{Entry, Figure, Tally};
use crate::engine::geo::RegionCode;
use crate::engine::id::{EmployerId, GraduateId, ParticipantId, PersonId};
use crate::engine::kinds::{EvidenceLevel, OutcomeKind, ParticipantStatus};
use crate::store::database::Connection;
use crate::store::entity::{batch, office, programme};
use crate::store::scope::Scope;
use crate::store::{outcomes, reports};
use crate::words::refusal::Refusal;

/// A place in a class with what slices are cut by.
pub type PlaceRow = crate::store::reports::PlaceRow;

/// Which classes a report is about.
pub type Classes = crate::store::reports::Classes;

/// From which attendance, in percent, somebody counts as having attended; printed with every report.
pub const ATTENDED_PERCENT: i32 = 80;

/// What is asked of the absorption report, as it comes in.
#[derive(Debug, Clone, Default)]
pub struct ReportAsk {
    /// Code of the cut; `batch` where absent.
    pub group_by: Option<String>,
    /// The day of the report; today where absent.
    pub as_of: Option<NaiveDate>,
    /// 30, 90, 180 or 365.
    pub checkpoint: Option<String>,
    /// Code of the denominator; `passed` where absent.
    pub denominator: Option<String>,
    /// Only this class.
    pub batch_id: Option<Uuid>,
    /// Only classes of this programme.
    pub programme_id: Option<Uuid>,
    /// Only classes of this office.
    pub office_id: Option<Uuid>,
}

/// Which list behind which number.
#[derive(Debug, Clone, Default)]
pub struct PeopleAsk {
    /// The slice as the report names it; empty for those not filled in, absent for everyone.
    pub group: Option<String>,
    /// Code of the number; `denominator` where absent or empty.
    pub figure: Option<String>,
    /// Only who does this kind of thing.
    pub kind: Option<String>,
    /// Only proved ones.
    pub proved: bool,
}

/// One person on the list behind a number.
#[derive(Debug, Clone)]
pub struct CountedPerson {
    /// Where the person stands towards the count.
    pub entry: Entry,
    /// The place in the class and the person's name.
    pub place: PlaceRow,
}

impl CountedPerson {
    /// The office's record of the person.
    #[must_use]
    pub fn graduate(&self) -> GraduateId {
        self.place.graduate_id
    }
}

/// Everything a report is counted from.
pub(in crate::app) struct Material {
    members: Vec<Member>,
    events: Vec<OutcomeEvent>,
    commitments: Vec<crate::engine::absorption::commitment::Commitment>,
    places: FxHashMap<ParticipantId, PlaceRow>,
    targets: Vec<(Group, u32)>,
}

/// A parsed question.
pub(in crate::app) struct Question {
    pub(in crate::app) query: Query,
    pub(in crate::app) classes: Classes,
}

impl ReportAsk {
    /// Parses the question; `today` stands in where no day is named.
    pub(in crate::app) fn question(&self, today: NaiveDate) -> Result<Question, AppError> {
        let mut form = Form::default();
        let group_by = form.coded::<GroupBy>("/group_by", self.group_by.as_deref()).unwrap_or(GroupBy::Batch);
        let denominator = form.coded::<Denominator>("/denominator", self.denominator.as_deref()).unwrap_or(Denominator::Passed);
        let checkpoint = self.checkpoint.as_deref().map(Checkpoint::parse);
        form.require(checkpoint != Some(None), "/checkpoint", Refusal::CheckpointUnknown);
        form.done()?;
        let query = Query { checkpoint: checkpoint.flatten(), group_by, denominator, ..Query::new(self.as_of.unwrap_or(today)) };
        let classes = Classes {
            batch: self.batch_id.map(Into::into),
            programme: self.programme_id.map(Into::into),
            office: self.office_id.map(Into::into),
        };
        Ok(Question { query, classes })
    }
}

impl Question {
    /// The question as it is kept and shown.
    pub(in crate::app) fn asked(&self) -> Asked {
        Asked {
            as_of: self.query.as_of,
            checkpoint: self.query.checkpoint.map(Checkpoint::days),
            group_by: self.query.group_by.code().to_owned(),
            denominator: self.query.denominator.code().to_owned(),
            batch_id: self.classes.batch.map(Into::into),
            programme_id: self.classes.programme.map(Into::into),
            office_id: self.classes.office.map(Into::into),
        }
    }
}

impl Look<'_> {
    /// The report of absorption over the classes the actor sees.
    pub async fn absorption(&self, ask: &ReportAsk) -> Result<ReportView, AppError> {
        let question = self.checked_question(ask).await?;
        let material = Material::read(self.db(), &self.scope(), question.classes).await?;
        view_of(self.db(), &material, &question, &material.report(&question.query), &self.app.knowledge()).await
    }

    /// The list behind one number of that report: as long as the number says.
    pub async fn absorption_people(&self, ask: &ReportAsk, which: &PeopleAsk, slice: Slice) -> Result<Page<CountedPerson>, AppError> {
        let question = self.checked_question(ask).await?;
        let mut form = Form::default();
        let figure = which.figure.as_deref().filter(|code| !code.is_empty());
        let figure = form.coded::<Figure>("/figure", figure).unwrap_or(Figure::Denominator);
        let kind = form.coded::<OutcomeKind>("/kind", which.kind.as_deref());
        form.done()?;
        let material = Material::read(self.db(), &self.scope(), question.classes).await?;
        let report = material.report(&question.query);
        let tally = tally_of(&report, which.group.as_deref()).ok_or(Refusal::NotFound)?;
        let wanted = |entry: &&Entry| {
            figure.holds(entry)
                && kind.is_none_or(|kind| entry.kind == Some(kind))
                && (!which.proved || entry.evidence.is_some_and(EvidenceLevel::is_verified))
                && slice.after.is_none_or(|after| entry.participant.0 > after)
        };
        let limit = usize::try_from(slice.limit).unwrap_or(usize::MAX);
        let entries: Vec<&Entry> = tally.entries.iter().filter(wanted).take(limit.saturating_add(1)).collect();
        let more = entries.len() > limit;
        let person = |entry: &Entry| {
            material.places.get(&entry.participant).map(|place| CountedPerson { entry: entry.clone(), place: place.clone() })
        };
        Ok(Page { rows: entries.into_iter().take(limit).filter_map(person).collect(), more })
    }

    /// Who started work in which month, each person once a month; called-off and voided starts not at all.
    ///
    /// The day of a start is a day where the office is: half past six in the morning of 1 December is December (B4).
    pub async fn starts(&self, classes: Classes) -> Result<Vec<(String, u32)>, AppError> {
        check_scope(self.db(), &self.scope(), classes).await?;
        let material = Material::read(self.db(), &self.scope(), classes).await?;
        let shown: FxHashSet<PersonId> = material.places.values().filter(|place| place.shown == 1).map(PlaceRow::person).collect();
        let events: Vec<OutcomeEvent> = material.events.into_iter().filter(|event| shown.contains(&event.person)).collect();
        let months = starts_by_month(&material.members, &events, None);
        let count = |people: Vec<PersonId>| u32::try_from(people.len()).unwrap_or(u32::MAX);
        Ok(months.into_iter().map(|(month, people)| (month.to_string(), count(people))).collect())
    }

    /// The question, whose classes all lie in the actor's scope; 404 otherwise.
    async fn checked_question(&self, ask: &ReportAsk) -> Result<Question, AppError> {
        let question = ask.question(self.today())?;
        check_scope(self.db(), &self.scope(), question.classes).await?;
        Ok(question)
    }
}

/// 404 for a class, programme or office outside a scope.
pub(in crate::app) async fn check_scope<C: Connection>(db: &C, scope: &Scope, classes: Classes) -> Result<(), AppError> {
    let seen = [
        match classes.batch {
            Some(id) => crate::store::rows::find::<batch::Entity>(db, scope, id).await?.is_some(),
            None => true,
        },
        match classes.programme {
            Some(id) => crate::store::rows::find::<programme::Entity>(db, scope, id).await?.is_some(),
            None => true,
        },
        match classes.office {
            Some(id) => crate::store::rows::find::<office::Entity>(db, scope, id).await?.is_some(),
            None => true,
        },
    ];
    if seen.contains(&false) { Err(Refusal::NotFound.into()) } else { Ok(()) }
}

fn tally_of<'r>(report: &'r Report, group: Option<&str>) -> Option<&'r Tally> {
    match group {
        None => Some(&report.totals.tally),
        Some(name) => {
            let item = report.items.iter().find(|item| item.group.as_ref().is_some_and(|group| group.to_string() == name));
            item.map(|item| &item.tally)
        }
    }
}

impl Material {
    /// Reads what a report over some classes is counted from.
    pub(in crate::app) async fn read<C: Connection>(db: &C, scope: &Scope, classes: Classes) -> Result<Self, AppError> {
        let places = reports::places(db, scope, classes).await?;
        let events = reports::events(db, scope, classes).await?;
        let commitments = reports::commitments(db, scope, classes.office).await?;
        Ok(Self {
            members: places.iter().map(member_of).collect(),
            targets: targets(&places),
            commitments: commitments.iter().map(reports::promise_of).collect(),
            places: places.into_iter().map(|place| (place.participant_id, named(place))).collect(),
            events,
        })
    }

    /// Counts.
    pub(in crate::app) fn report(&self, query: &Query) -> Report {
        let Self { members, events, commitments, targets, places } = self;
        let shown: FxHashSet<ParticipantId> = places.values().filter(|place| place.shown == 1).map(|place| place.participant_id).collect();
        report_on(&Records { members, events, commitments, targets }, query, |member| shown.contains(&member.participant))
    }
}

/// A report with the names of its slices.
pub(in crate::app) async fn view_of<C: Connection>(
    db: &C,
    material: &Material,
    question: &Question,
    report: &Report,
    knowledge: &Knowledge,
) -> Result<ReportView, AppError> {
    let employers: Vec<EmployerId> = material.members.iter().filter_map(|member| member.employer).collect();
    let employers: Vec<EmployerId> = employers.into_iter().collect::<FxHashSet<_>>().into_iter().collect();
    let names = outcomes::employer_names(db, &employers).await?;
    let batches: FxHashMap<_, _> = material.places.values().map(|place| (place.batch_id, &place.batch_name)).collect();
    let programmes: FxHashMap<_, _> = material.places.values().map(|place| (place.programme_id, &place.programme_title)).collect();
    let label = |group: &Group| match group {
        Group::Batch(id) => batches.get(id).map(|name| (*name).clone()),
        Group::Programme(id) => programmes.get(id).map(|title| (*title).clone()),
        Group::Employer(id) => names.get(id).cloned(),
        Group::District(code) => Some(knowledge.region_name(code.as_str())),
        Group::Fund(fund) => Some(fund.clone()),
        Group::Month(month) => Some(month.to_string()),
        Group::Unset => None,
    };
    Ok(ReportView::of(report, &question.asked(), ATTENDED_PERCENT, label))
}

/// A place whose person bears a name to show, though it was erased.
pub(in crate::app) fn named(place: PlaceRow) -> PlaceRow {
    if place.name.is_empty() { PlaceRow { name: ERASED_NAME.to_owned(), ..place } } else { place }
}

/// A place as the arithmetic reads it. Day 0 is the date of the result, else the end of the class (DECISIONS 14).
pub(in crate::app) fn member_of(place: &PlaceRow) -> Member {
    let finished = place.status == ParticipantStatus::Completed || place.result.is_some();
    Member {
        participant: place.participant_id,
        graduate: place.graduate_id,
        person: place.person(),
        batch: place.batch_id,
        programme: place.programme_id,
        status: place.status,
        // Where nobody kept attendance, whoever got a result was there to get it.
        attended: place.attendance_percent.map_or(finished, |percent| percent >= ATTENDED_PERCENT),
        result: place.result,
        assessed: place.assessed,
        graduated_on: Some(place.result_on.unwrap_or(place.ends_on)),
        employer: place.partner_id,
        district: place.district_code.as_deref().and_then(RegionCode::parse),
        fund: place.fund.clone().filter(|fund| !fund.trim().is_empty()),
    }
}

/// What each class was to reach, in hundredths of a percent.
fn targets(places: &[PlaceRow]) -> Vec<(Group, u32)> {
    let target = |place: &PlaceRow| {
        let percent = place.target_percent.and_then(|percent| u32::try_from(percent).ok())?;
        Some((Group::Batch(place.batch_id), percent.saturating_mul(100)))
    };
    let targets: FxHashMap<Group, u32> = places.iter().filter_map(target).collect();
    targets.into_iter().collect()
}
