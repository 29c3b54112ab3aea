//! Vacancies: posting, editing, reading, and what a requirement line means.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::json;

use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::occupations::ProposedOccupation;
use crate::app::partners::alike;
use crate::app::requirements::{self, Lines, Proposal, RequirementView};
use crate::app::vacancy_flags::{self, FlagView};
use crate::app::vacancy_form::{VacancyForm, filled, form_of};
use crate::app::work::{Look, Work, fresh_version};
use crate::engine::day::Zone;
use crate::engine::id::{EmployerId, OfficeId, RequirementId, VacancyId};
use crate::engine::kinds::{OfferApproval, OpenTo};
use crate::engine::lifecycle::{VacancyEvent, VacancyState};
use crate::store::database::Connection;
use crate::store::entity::{commitment, requirement, vacancy};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice};
use crate::store::scope::Scope;
use crate::store::vacancies;
use crate::store::{id, partners, rows};
use crate::words::refusal::Refusal;

/// Which vacancies of a scope.
pub type Wanted = vacancies::Wanted;

/// Days without a touch after which a reminded vacancy is no longer matched.
pub(in crate::app) const UNTOUCHED_DAYS: i64 = 90;
/// Days without a touch after which the employer is reminded.
pub(in crate::app) const REMINDED_DAYS: i64 = 83;

/// Who posts a vacancy, for whom.
#[derive(Debug, Clone, Default)]
pub struct Posting {
    /// The employer; an employer's own account may leave it out.
    pub employer_id: Option<EmployerId>,
    /// A name, only for suggesting partners where the id is wrong; it never stands for one.
    pub employer_name: Option<String>,
    /// The office it goes to, where an employer has several.
    pub office_id: Option<OfficeId>,
}

/// A vacancy as the actor may see it.
#[derive(Debug, Clone)]
pub struct VacancyView {
    /// The row.
    pub row: vacancy::Model,
    /// Name of its employer.
    pub employer_name: String,
    /// Name of its office.
    pub office_name: String,
    /// Name of its district.
    pub district_name: String,
    /// What it is made of, its lists and restriction unpacked; without requirement lines.
    pub form: VacancyForm,
    /// Whether people can be matched with it today.
    pub is_open: bool,
    /// What to look at again.
    pub flags: Vec<FlagView>,
    /// Its requirement lines.
    pub requirements: Vec<RequirementView>,
    /// What of the texts just sent belongs in other fields.
    pub proposals: Vec<Proposal>,
    /// The occupation its title names, where none was given; left out of lists.
    pub proposed_occupation: Option<ProposedOccupation>,
}

/// Whether a vacancy can be matched on a day: published, its last day not past, and not left alone for 90 days after a reminder.
///
/// It asks the clock, not the tick that closes vacancies later, so an expired one is over at midnight.
pub(in crate::app) fn open_on(vacancy: &vacancy::Model, today: NaiveDate) -> bool {
    vacancy.state == VacancyState::Published && vacancy.closes_on >= today && !is_left_alone(vacancy, today)
}

/// Whether nobody touched a vacancy for 90 days although its employer was reminded a week before (G4).
pub(in crate::app) fn is_left_alone(vacancy: &vacancy::Model, today: NaiveDate) -> bool {
    let passed = |since: DateTime<Utc>, days: i64| Zone::Wib.day_of(since) + Duration::days(days) <= today;
    vacancy.reminded_at.is_some_and(|reminded| passed(reminded, UNTOUCHED_DAYS - REMINDED_DAYS))
        && passed(vacancy.touched_at, UNTOUCHED_DAYS)
}

impl Work<'_> {
    /// Writes a vacancy as a draft.
    pub async fn post_vacancy(&self, posting: &Posting, form: &VacancyForm) -> Result<VacancyView, AppError> {
        let employer = self.employer_of(posting).await?;
        let office = self.office_of(employer, posting.office_id).await?;
        let row = filled(self.blank(office, employer, form), form, &self.app.knowledge(), self.today(), true)?;
        self.check_links(&row).await?;
        let lines = self.read_requirements(&row, form.requirements.as_deref().unwrap_or_default(), &[])?;
        let row = vacancy::Model { flags: self.flags(&row, Some(&lines)), ..row };
        rows::insert(self.tx, row.clone()).await.map_err(reference_taken)?;
        rows::insert_many(self.tx, lines.rows.clone()).await?;
        self.did("post", "vacancy", row.id, office).await?;
        self.shown(row, lines.proposals).await
    }

    /// Changes a vacancy. More positions open a filled one again; fewer than are filled are refused.
    pub async fn change_vacancy(
        &self,
        vacancy: VacancyId,
        version: i32,
        edit: impl Fn(VacancyForm) -> VacancyForm,
    ) -> Result<VacancyView, AppError> {
        let before = self.locked::<vacancy::Entity>(vacancy).await?;
        fresh_version(before.version, version)?;
        refuse_over(&before)?;
        let form = edit(form_of(&before));
        let row = filled(before.clone(), &form, &self.app.knowledge(), self.today(), false)?;
        if row.positions < row.filled {
            return Err(Refusal::PositionsBelowFilled { filled: row.filled }.into());
        }
        self.check_links(&row).await?;
        let lines = match &form.requirements {
            Some(forms) => {
                let kept = vacancies::requirements(self.tx, &[vacancy]).await?;
                let lines = self.read_requirements(&row, forms, &kept)?;
                vacancies::put_requirements(self.tx, vacancy, lines.rows.clone()).await?;
                Some(lines)
            }
            None => None,
        };
        let state = state_for_seats(&row)?;
        let row = self.touched(vacancy::Model { flags: self.flags(&row, lines.as_ref()), state, ..row });
        rows::update(self.tx, row.clone()).await.map_err(reference_taken)?;
        self.did("change", "vacancy", row.id, row.office_id).await?;
        if self.actor.is_employer() && row.published_at.is_some() {
            // What the office approved is no longer what stands there; staff look again, people go on being matched meanwhile.
            let (office, thing) = (("office", row.office_id.0), ("vacancy", row.id.0));
            self.message_again("vacancy_changed", office, thing, row.office_id, row.version).await?;
        }
        self.shown(row, lines.map(|lines| lines.proposals).unwrap_or_default()).await
    }

    /// Settles which unit a requirement line means. Staff's word is remembered for their office; a partner's binds this vacancy.
    pub async fn confirm_requirement(&self, vacancy: VacancyId, line: RequirementId, unit: &str) -> Result<VacancyView, AppError> {
        let row = self.locked::<vacancy::Entity>(vacancy).await?;
        refuse_over(&row)?;
        let lines = vacancies::requirements(self.tx, &[vacancy]).await?;
        let line = lines.into_iter().find(|known| known.id == line).ok_or(Refusal::NotFound)?;
        let knowledge = self.app.knowledge();
        let unknown = || AppError::field("/unit", Refusal::UnitUnknown { code: unit.to_owned() });
        let code = knowledge.catalogue.find(unit).map(|unit| unit.code.clone()).ok_or_else(unknown)?;
        let settled: requirement::Model = self.confirmed(line, &code, self.by());
        rows::update(self.tx, settled.clone()).await?;
        if self.actor.is_staff() {
            self.remember_meaning(Some(row.office_id), &settled.text, &code).await?;
        }
        let row = self.touched(row);
        rows::update(self.tx, row.clone()).await?;
        self.changed("vacancy", vacancy, Some(row.office_id));
        self.record("confirm", "requirement", settled.id, Some(row.office_id), json!({"unit": code.as_str()})).await?;
        self.shown(row, Vec::new()).await
    }

    /// A row that somebody just looked after: its version rises and its time without a touch begins anew.
    pub(in crate::app) fn touched(&self, row: vacancy::Model) -> vacancy::Model {
        vacancy::Model { version: row.version + 1, touched_at: self.now, reminded_at: None, updated_at: self.now, ..row }
    }

    /// A vacancy just written, as it is answered.
    pub(in crate::app) async fn shown(&self, row: vacancy::Model, proposals: Vec<Proposal>) -> Result<VacancyView, AppError> {
        let mut views = self.app.vacancy_views(self.tx, vec![row], self.today(), true).await?;
        let view = views.pop().ok_or(Refusal::NotFound)?;
        Ok(VacancyView { proposals, ..view })
    }

    fn blank(&self, office: OfficeId, employer: EmployerId, form: &VacancyForm) -> vacancy::Model {
        vacancy::Model {
            id: id::fresh(),
            office_id: office,
            employer_id: employer,
            commitment_id: None,
            title: String::new(),
            description: None,
            positions: 0,
            filled: 0,
            district_code: String::new(),
            other_districts: json!([]),
            starts_on: form.starts_on,
            closes_on: form.closes_on,
            wage_min: None,
            wage_max: None,
            wage_unit: None,
            contract: None,
            hours_per_week: 40,
            shift: None,
            max_distance_km: None,
            education: None,
            education_required: false,
            experience_months: None,
            licences: json!([]),
            kbji: None,
            open_to: OpenTo::Office,
            open_to_approved_by: None,
            offer_approval: OfferApproval::Each,
            offers_per_seat: 1,
            external_ref: None,
            state: VacancyState::Draft,
            flags: json!([]),
            declared: None,
            declared_approved_by: None,
            return_notes: None,
            close_reason: None,
            touched_at: self.now,
            reminded_at: None,
            published_at: None,
            created_by: self.by(),
            created_at: self.now,
            updated_at: self.now,
            version: 1,
        }
    }

    fn flags(&self, row: &vacancy::Model, lines: Option<&Lines>) -> serde_json::Value {
        let sent = lines.map(|lines| lines.sent.as_slice()).unwrap_or_default();
        let mut flags = vacancy_flags::flags_of(row, sent, &self.app.knowledge());
        if lines.is_none() {
            flags.extend(vacancy_flags::of_requirements(&row.flags));
        }
        vacancy_flags::written(&flags)
    }

    /// The employer that is posted for. A wrong id is refused; a name beside it only brings a suggestion (A12).
    async fn employer_of(&self, posting: &Posting) -> Result<EmployerId, AppError> {
        if let Some(own) = self.actor.employer.filter(|_| self.actor.is_employer()) {
            let other = posting.employer_id.is_some_and(|named| named != own);
            return if other { Err(AppError::field("/employer_id", Refusal::EmployerUnlisted)) } else { Ok(own) };
        }
        let known = match posting.employer_id {
            Some(employer) => partners::known(self.tx, employer).await?,
            None if posting.employer_name.is_none() => {
                return Err(AppError::field("/employer_id", Refusal::FieldMissing { field: "employer_id".to_owned() }));
            }
            None => None,
        };
        if let Some(known) = known {
            return Ok(known.id);
        }
        let own_partners = partners::all(self.tx, &self.scope()).await?;
        let name = posting.employer_name.as_deref().unwrap_or_default();
        let suggestion = alike(&own_partners, name, 1).pop().filter(|_| !name.trim().is_empty());
        let refusal = match suggestion {
            Some((_, name)) => Refusal::EmployerUnknown { suggestion: name },
            None => Refusal::EmployerUnlisted,
        };
        Err(AppError::field("/employer_id", refusal))
    }

    /// The office a vacancy or class request goes to: staff's own, or the one an employer with several partnerships names.
    pub(in crate::app) async fn office_of(&self, employer: EmployerId, named: Option<OfficeId>) -> Result<OfficeId, AppError> {
        if !self.actor.is_employer() {
            let office = self.office(named)?;
            partners::partnership(self.tx, office, employer).await?.ok_or(Refusal::NotAPartner)?;
            return Ok(office);
        }
        let held = partners::partnerships(self.tx, &Scope::Employer(employer), &[employer]).await?;
        match (named, held.as_slice()) {
            (Some(named), held) if held.iter().any(|partnership| partnership.office_id == named) => Ok(named),
            (None, [only]) => Ok(only.office_id),
            (Some(_), _) | (None, []) => Err(Refusal::NotAPartner.into()),
            (None, _) => Err(AppError::field("/office_id", Refusal::OfficeNeeded)),
        }
    }

    /// What a vacancy points to must be its employer's and its office's, and its own number must be new.
    async fn check_links(&self, row: &vacancy::Model) -> Result<(), AppError> {
        if let Some(commitment) = row.commitment_id {
            let known = rows::find::<commitment::Entity>(self.tx, &Scope::Office(row.office_id), commitment).await?;
            let fits = known.is_some_and(|known| known.employer_id == row.employer_id);
            let unknown = Refusal::ReferenceUnknown { field: "commitment_id".to_owned() };
            return if fits { self.check_reference(row).await } else { Err(AppError::field("/commitment_id", unknown)) };
        }
        self.check_reference(row).await
    }

    async fn check_reference(&self, row: &vacancy::Model) -> Result<(), AppError> {
        let Some(reference) = row.external_ref.as_deref() else { return Ok(()) };
        match vacancies::by_reference(self.tx, row.employer_id, reference).await? {
            Some(known) if known.id != row.id => Err(AppError::Exists { refusal: Refusal::ExternalRefTaken, existing: known.id.0 }),
            _ => Ok(()),
        }
    }
}

impl Look<'_> {
    /// Vacancies the actor sees.
    pub async fn vacancies(&self, wanted: &Wanted, slice: Slice) -> Result<Page<VacancyView>, AppError> {
        let page = vacancies::list(self.db(), &self.scope(), wanted, slice).await?;
        Ok(Page { rows: self.app.vacancy_views(self.db(), page.rows, self.today(), false).await?, more: page.more })
    }

    /// One vacancy.
    pub async fn vacancy(&self, vacancy: VacancyId) -> Result<VacancyView, AppError> {
        let row = self.found::<vacancy::Entity>(vacancy).await?;
        let mut views = self.app.vacancy_views(self.db(), vec![row], self.today(), true).await?;
        Ok(views.pop().ok_or(Refusal::NotFound)?)
    }
}

impl App {
    /// Rows as they are shown; `whole` looks up what each requirement line may mean.
    async fn vacancy_views<C: Connection>(
        &self,
        db: &C,
        found: Vec<vacancy::Model>,
        today: NaiveDate,
        whole: bool,
    ) -> Result<Vec<VacancyView>, AppError> {
        let ids: Vec<VacancyId> = found.iter().map(|row| row.id).collect();
        let employers: Vec<EmployerId> = found.iter().map(|row| row.employer_id).collect();
        let offices: Vec<OfficeId> = found.iter().map(|row| row.office_id).collect();
        let lines = vacancies::requirements(db, &ids).await?;
        let employers = partners::of_ids(db, &employers).await?;
        let offices = vacancies::offices_of(db, &offices).await?;
        let knowledge = self.knowledge();
        let view = |row: vacancy::Model| {
            let own: Vec<requirement::Model> = lines.iter().filter(|line| line.vacancy_id == row.id).cloned().collect();
            let name = |named: Option<&String>| named.cloned().unwrap_or_default();
            let jobs = whole.then(|| knowledge.jobs(Some(row.office_id)));
            VacancyView {
                employer_name: name(employers.iter().find(|employer| employer.id == row.employer_id).map(|employer| &employer.name)),
                office_name: name(offices.iter().find(|office| office.id == row.office_id).map(|office| &office.name)),
                district_name: knowledge.region_name(&row.district_code),
                form: form_of(&row),
                is_open: open_on(&row, today),
                flags: vacancy_flags::read(&row.flags),
                requirements: requirements::views(own, &knowledge.meanings(Some(row.office_id)), whole),
                proposals: Vec::new(),
                proposed_occupation: jobs.and_then(|jobs| jobs.proposed(row.kbji.as_deref(), &row.title)),
                row,
            }
        };
        Ok(found.into_iter().map(view).collect())
    }
}

/// A closed or withdrawn vacancy is edited no more; renewing or copying it comes first.
pub(in crate::app) fn refuse_over(row: &vacancy::Model) -> Result<(), AppError> {
    match row.state {
        VacancyState::Closed | VacancyState::Withdrawn => Err(Refusal::VacancyClosed.into()),
        _ => Ok(()),
    }
}

/// The state after the number of seats changed: a filled one with a free seat opens again, an open one without is filled.
fn state_for_seats(row: &vacancy::Model) -> Result<VacancyState, AppError> {
    let is_full = row.positions > 0 && row.filled >= row.positions;
    match row.state {
        VacancyState::Filled if !is_full => Ok(row.state.after(VacancyEvent::Reopen)?),
        VacancyState::Published | VacancyState::Paused if is_full => Ok(row.state.after(VacancyEvent::Fill)?),
        state => Ok(state),
    }
}

fn reference_taken(error: StoreError) -> AppError {
    let taken = error.is_constraint(&["vacancy_external", "vacancy.external_ref"]);
    if taken { Refusal::ExternalRefTaken.into() } else { error.into() }
}
