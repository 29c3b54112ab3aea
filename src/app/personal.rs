//! The graduate's own page: who may open it, what it shows, and the answers that come from it.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc};

use crate::app::actor::{Actor, Who};
use crate::app::allocation::reserve::ReservePlace;
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::work::{Look, Work};
use crate::engine::day::parse_date;
use crate::engine::geo::RegionCode;
use crate::engine::id::{OfferId, PlacementId, ReferralId, VacancyId};
use crate::engine::kinds::{OutcomeSource, Shift};
use crate::engine::lifecycle::{OfferState, PlacementState, ReferralState};
use crate::engine::money::WageUnit;
use crate::seal::token;
use crate::store::entity::{graduate, office, placement, session, vacancy};
use crate::store::page::Slice;
use crate::store::placements::PlacementFilter;
use crate::store::referrals::ReferralFilter;
use crate::store::scope::Scope;
use crate::store::{accounts, faces, offers, people, placements, referrals, rows, sessions};
use crate::words::refusal::Refusal;

/// The window in which wrong birthdays are counted.
const WINDOW: Duration = Duration::minutes(60);
/// Wrong birthdays a link may give in a window: all 366 would take three days.
const TRIES: i32 = 5;

/// A visitor of a personal page.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The graduate.
    pub actor: Actor,
    /// Whether day and month of birth must be given first.
    pub unchecked: bool,
    session: session::Model,
}

/// What a personal page shows.
#[derive(Debug, Clone)]
pub struct PersonalPage {
    /// Whose page it is.
    pub name: String,
    /// The office.
    pub office: String,
    /// Its telephone.
    pub office_phone: Option<String>,
    /// Live offers, and those just answered.
    pub offers: Vec<PageOffer>,
    /// Employers that ask for name and telephone.
    pub asked: Vec<PageReferral>,
    /// Work planned or begun.
    pub work: Vec<PageWork>,
    /// Vacancies the person waits for, in reserve.
    pub waiting: Vec<ReservePlace>,
}

/// A job as the page describes it.
#[derive(Debug, Clone)]
pub struct PageJob {
    /// What the work is called.
    pub title: String,
    /// Who hires.
    pub employer: String,
    /// Where it is.
    pub place: String,
    /// Lowest and highest wage in whole rupiah.
    pub wage: (Option<i64>, Option<i64>),
    /// What one wage pays for.
    pub wage_unit: WageUnit,
    /// Hours a week.
    pub hours: i32,
    /// The shift, where stated.
    pub shift: Option<Shift>,
    /// First day.
    pub starts_on: NaiveDate,
}

/// An offer on the page.
#[derive(Debug, Clone)]
pub struct PageOffer {
    /// The offer.
    pub id: OfferId,
    /// The job.
    pub job: PageJob,
    /// Where it stands.
    pub state: OfferState,
    /// Its own deadline.
    pub expires_on: NaiveDate,
    /// What must still be shown.
    pub conditions: Option<String>,
    /// Until when.
    pub conditions_due: Option<NaiveDate>,
    /// Until when the answer can be undone.
    pub undo_until: Option<DateTime<Utc>>,
}

/// A referral on the page.
#[derive(Debug, Clone)]
pub struct PageReferral {
    /// The referral.
    pub id: ReferralId,
    /// The job.
    pub job: PageJob,
}

/// A placement on the page.
#[derive(Debug, Clone)]
pub struct PageWork {
    /// The placement.
    pub id: PlacementId,
    /// The job.
    pub job: PageJob,
    /// The day it began, if it did.
    pub started_on: Option<NaiveDate>,
    /// The day it is planned for.
    pub starts_on: NaiveDate,
    /// Whether the graduate still has to say whether it began.
    pub unanswered: bool,
}

impl App {
    /// The visitor behind a link; `None` if the link is not good, whatever the reason.
    ///
    /// `pass` is what the visitor's own browser kept after the birthday check; a forwarded link has none.
    pub async fn visitor(&self, link: &str, pass: Option<&str>) -> Result<Option<Visitor>, AppError> {
        let Some(actor) = self.actor_of(link).await?.filter(|actor| actor.who == Who::Graduate) else { return Ok(None) };
        let Some(session) = sessions::by_hash(self.database.reader(), &token::hash(link)).await? else { return Ok(None) };
        let passed = pass.is_some_and(|pass| pass == self.link_pass(link));
        let unchecked = !passed && self.birthday(&actor).await?.is_some();
        Ok(Some(Visitor { actor, unchecked, session }))
    }

    /// What a browser keeps once its visitor passed the birthday check of a link.
    #[must_use]
    pub fn link_pass(&self, link: &str) -> String {
        token::encode(&self.keyring.sign("link-pass", link.as_bytes()))
    }

    /// Checks day and month of birth; the browser that was right may keep [`App::link_pass`].
    pub async fn check_birthday(&self, visitor: &Visitor, day: u32, month: u32) -> Result<(), AppError> {
        let key = format!("link:{}", visitor.session.id);
        let tries = self.work(&visitor.actor, async |work| Ok(accounts::count_try(work.tx, &key, work.now, WINDOW).await?)).await?;
        if tries > TRIES {
            return Err(Refusal::SignInThrottled { minutes: WINDOW.num_minutes() }.into());
        }
        let fits = self.birthday(&visitor.actor).await?.is_none_or(|born| (born.day(), born.month()) == (day, month));
        if !fits {
            return Err(Refusal::BirthDayWrong.into());
        }
        self.work(&visitor.actor, async |work| Ok(accounts::forget_failures(work.tx, &key).await?)).await
    }

    async fn birthday(&self, actor: &Actor) -> Result<Option<NaiveDate>, AppError> {
        let Some(id) = actor.graduate else { return Ok(None) };
        let Some(row) = rows::find::<graduate::Entity>(self.database.reader(), &Scope::All, id).await? else { return Ok(None) };
        let person = people::person(self.database.reader(), row.person_id).await?;
        let Some(wrapped) = person.and_then(|person| person.data_key) else { return Ok(None) };
        let text = self.keyring.person_key(Some(&wrapped))?.open_text(row.birth_date_sealed.as_deref())?;
        Ok(text.and_then(|text| parse_date(&text).ok()))
    }
}

impl Work<'_> {
    /// Notes that the graduate acted on the page: all live offers are opened. Reading the page notes nothing.
    pub async fn note_page_opened(&self) -> Result<(), AppError> {
        let Some(person) = self.actor.person else { return Ok(()) };
        for row in offers::on_page(self.tx, person, self.now).await? {
            self.note_opened(row.id).await?;
        }
        Ok(())
    }
}

impl Look<'_> {
    /// What the graduate's page shows.
    pub async fn personal_page(&self) -> Result<PersonalPage, AppError> {
        let person = self.actor.person.ok_or(Refusal::NotFound)?;
        let own = self.found::<graduate::Entity>(self.actor.graduate.ok_or(Refusal::NotFound)?).await?;
        let offers = offers::on_page(self.db(), person, self.now).await?;
        let asked = ReferralFilter { state: Some(ReferralState::Proposed), ..ReferralFilter::default() };
        let asked = referrals::list(self.db(), &self.scope(), asked, Slice::all()).await?.rows;
        let work = placements::list(self.db(), &self.scope(), PlacementFilter::default(), Slice::all()).await?.rows;
        let work: Vec<placement::Model> = work.into_iter().filter(|row| row.state.engages()).collect();
        let of_offers = offers.iter().map(|row| row.vacancy_id);
        let ids: Vec<VacancyId> =
            of_offers.chain(asked.iter().map(|row| row.vacancy_id)).chain(work.iter().map(|row| row.vacancy_id)).collect();
        let jobs = self.jobs(&ids).await?;
        let job = |id: VacancyId| jobs.iter().find(|(vacancy, _)| *vacancy == id).map(|(_, job)| job.clone());
        let live = offers.into_iter().filter(|row| row.state != OfferState::Sent || self.now <= row.expires_at);
        let answered: Vec<PlacementId> = self.answered(&work).await?;
        let office = rows::find::<office::Entity>(self.db(), &Scope::All, own.office_id).await?.ok_or(Refusal::NotFound)?;
        Ok(PersonalPage {
            name: own.name,
            office: office.name,
            office_phone: office.phone,
            offers: live.filter_map(|row| Some(page_offer(&row, job(row.vacancy_id)?))).collect(),
            asked: asked.iter().filter_map(|row| Some(PageReferral { id: row.id, job: job(row.vacancy_id)? })).collect(),
            work: work.iter().filter_map(|row| Some(page_work(row, job(row.vacancy_id)?, &answered))).collect(),
            waiting: self.reserve_places(own.id).await?,
        })
    }

    /// The one offer an answer can mean when it names none.
    pub async fn only_offer(&self) -> Result<Option<OfferId>, AppError> {
        let offers = self.personal_page().await?.offers;
        Ok(offers.first().filter(|_| offers.len() == 1).map(|offer| offer.id))
    }

    /// The placements about which the graduate has spoken.
    async fn answered(&self, work: &[placement::Model]) -> Result<Vec<PlacementId>, AppError> {
        let ids: Vec<PlacementId> = work.iter().map(|row| row.id).collect();
        let events = placements::events_of(self.db(), &ids).await?;
        Ok(events.iter().filter(|event| event.source == OutcomeSource::Graduate).filter_map(|event| event.placement_id).collect())
    }

    async fn jobs(&self, ids: &[VacancyId]) -> Result<Vec<(VacancyId, PageJob)>, AppError> {
        let vacancies = faces::vacancies(self.db(), ids).await?;
        let employers: Vec<_> = vacancies.iter().map(|row| row.employer_id).collect();
        let employers = faces::employers(self.db(), &employers).await?;
        let name = |row: &vacancy::Model| employers.iter().find(|employer| employer.id == row.employer_id).map(|row| row.name.clone());
        Ok(vacancies.iter().map(|row| (row.id, self.page_job(row, name(row).unwrap_or_default()))).collect())
    }

    fn page_job(&self, row: &vacancy::Model, employer: String) -> PageJob {
        let knowledge = self.app.knowledge();
        let regency =
            RegionCode::parse(&row.district_code).and_then(|code| knowledge.regions.regency_of(&code).map(|fact| fact.name.clone()));
        let district = knowledge.region_name(&row.district_code);
        let place = regency.filter(|regency| *regency != district).map_or(district.clone(), |regency| format!("{district}, {regency}"));
        PageJob {
            title: row.title.clone(),
            employer,
            place,
            wage: (row.wage_min, row.wage_max),
            wage_unit: row.wage_unit.unwrap_or(WageUnit::Month),
            hours: row.hours_per_week,
            shift: row.shift,
            starts_on: row.starts_on,
        }
    }
}

fn page_offer(row: &crate::store::entity::offer::Model, job: PageJob) -> PageOffer {
    PageOffer {
        id: row.id,
        job,
        state: row.state,
        expires_on: row.expires_on,
        conditions: row.conditions.clone(),
        conditions_due: row.conditions_due,
        undo_until: row.undo_until,
    }
}

fn page_work(row: &placement::Model, job: PageJob, answered: &[PlacementId]) -> PageWork {
    let unanswered = row.state == PlacementState::Started && !answered.contains(&row.id);
    PageWork { id: row.id, job, started_on: row.started_on, starts_on: row.starts_on, unanswered }
}
