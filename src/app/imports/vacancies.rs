//! Importing vacancies as drafts for staff to publish. A partner must be known; a name that is nearly one is suggested, never taken.

use crate::app::error::AppError;
use crate::app::imports::job::{ImportRequest, Outcome, Progress};
use crate::app::imports::reading::complaints;
use crate::app::imports::report::{Counts, ProblemLine};
use crate::app::vacancies::Posting;
use crate::app::vacancy_form::{RequirementForm, VacancyForm};
use crate::app::work::Work;
use crate::engine::id::OfficeId;
use crate::engine::kinds::{OfferApproval, OpenTo};
use crate::engine::money::WageUnit;
use crate::engine::name::{likeness, search_key};
use crate::sheet::columns::{Column, SheetKind, header_of};
use crate::sheet::participants::Parsed;
use crate::sheet::vacancies::VacancyRow;
use crate::store::entity::{employer, vacancy};
use crate::store::imports;
use crate::words::import::RowProblem;

/// From this likeness of names (Jaro-Winkler) a partner is suggested.
const SUGGESTED: f64 = 0.8;

/// Imports vacancies for an office: all or none of the file.
pub(super) async fn run(
    work: &Work<'_>,
    office: OfficeId,
    request: &ImportRequest,
    parsed: &Parsed<VacancyRow>,
    progress: &Progress,
) -> Result<Outcome, AppError> {
    let (mut report, mut rejected) = complaints(parsed);
    let partners = imports::partners(work.tx, office).await?;
    let known = imports::vacancies(work.tx, office).await?;
    let (mut forms, mut unchanged) = (Vec::new(), 0);
    for row in &parsed.rows {
        match form_of(row, &partners) {
            Ok((partner, form)) if known.iter().any(|stored| is_same(stored, partner, &form)) => unchanged += 1,
            Ok(ready) => forms.push(ready),
            Err(problem) => {
                report.problems.push(*problem);
                rejected += 1;
            }
        }
    }
    report.problems.sort_by_key(|line| line.row);
    let total = forms.len() + unchanged + rejected;
    if rejected > 0 && !request.partial {
        return Ok(Outcome { counts: Counts { total, rejected, ..Counts::default() }, report, rejected: true });
    }
    if !request.dry_run {
        progress.of(forms.len());
        for (done, (partner, form)) in forms.iter().enumerate() {
            let posting = Posting { employer_id: Some(partner.id), employer_name: None, office_id: Some(office) };
            work.post_vacancy(&posting, form).await?;
            progress.reach(done + 1);
        }
    }
    Ok(Outcome { counts: Counts { total, created: forms.len(), updated: 0, unchanged, rejected }, report, rejected: false })
}

fn form_of<'p>(row: &VacancyRow, partners: &'p [employer::Model]) -> Result<(&'p employer::Model, VacancyForm), Box<ProblemLine>> {
    let key = search_key(&row.employer_name);
    let Some(partner) = partners.iter().find(|partner| partner.name_key == key) else {
        let nearest = partners.iter().map(|partner| (likeness(&partner.name, &row.employer_name), partner.name.as_str()));
        let nearest =
            nearest.filter(|(alike, _)| *alike >= SUGGESTED).max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, name)| name);
        return Err(complaint(row, Column::Employer, &row.employer_name, RowProblem::unknown_employer(&row.employer_name, nearest)));
    };
    let district = row.district.as_ref().map(|code| code.as_str().to_owned()).or_else(|| partner.district_code.clone());
    let line = |text: &String| RequirementForm { text: Some(text.clone()), ..RequirementForm::default() };
    let form = VacancyForm {
        title: row.title.clone(),
        description: None,
        positions: i64::from(row.positions),
        district: district.ok_or_else(|| missing(row, Column::District))?,
        other_districts: Vec::new(),
        starts_on: row.starts_on.ok_or_else(|| missing(row, Column::StartsOn))?,
        closes_on: row.closes_on.ok_or_else(|| missing(row, Column::ClosesOn))?,
        wage_min: row.wage_min.or(row.wage_max).ok_or_else(|| missing(row, Column::WageMin))?.amount(),
        wage_max: row.wage_max.or(row.wage_min).ok_or_else(|| missing(row, Column::WageMax))?.amount(),
        wage_unit: row.wage_unit.unwrap_or(WageUnit::Month),
        contract: row.contract,
        hours_per_week: 40,
        shift: None,
        max_distance_km: None,
        education: None,
        education_required: false,
        experience_months: None,
        licences: Vec::new(),
        kbji: None,
        commitment_id: None,
        open_to: OpenTo::Office,
        offer_approval: OfferApproval::Each,
        offers_per_seat: 1,
        external_ref: None,
        declared: None,
        requirements: Some(row.requirements.iter().map(line).collect()),
    };
    Ok((partner, form))
}

/// The same job of the same firm on the same days: a second import of the file.
fn is_same(stored: &vacancy::Model, partner: &employer::Model, form: &VacancyForm) -> bool {
    stored.employer_id == partner.id
        && search_key(&stored.title) == search_key(&form.title)
        && (stored.starts_on, stored.closes_on) == (form.starts_on, form.closes_on)
}

fn missing(row: &VacancyRow, column: Column) -> Box<ProblemLine> {
    complaint(row, column, "", RowProblem::ValueMissing { header: header_of(SheetKind::Vacancies, column).to_owned() })
}

fn complaint(row: &VacancyRow, column: Column, read: &str, message: RowProblem) -> Box<ProblemLine> {
    Box::new(ProblemLine::new(row.row, header_of(SheetKind::Vacancies, column), read, message))
}
