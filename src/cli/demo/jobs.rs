//! The demo's partners, vacancies, offers, placements and outcomes, in every state there is.

use chrono::{Duration, NaiveDate};

use crate::app::actor::{Actor, Who};
use crate::app::commitments::CommitmentForm;
use crate::app::error::AppError;
use crate::app::installation::App;
use crate::app::offers::NewOffer;
use crate::app::outcomes::{NewOutcome, NewVerification};
use crate::app::partners::{EmployerForm, PartnershipForm};
use crate::app::placement_moves::Start;
use crate::app::placement_words::Told;
use crate::app::vacancies::Posting;
use crate::app::vacancy_form::{RequirementForm, VacancyForm};
use crate::app::why::Why;
use crate::engine::id::{EmployerId, GraduateId, PlacementId, VacancyId};
use crate::engine::kinds::{Contract, EvidenceLevel, Importance, OfferApproval, OpenTo, OutcomeKind, Reason};
use crate::engine::money::WageUnit;

/// A partner to enter.
pub(super) struct Firm {
    pub name: &'static str,
    pub nib: &'static str,
    pub district: &'static str,
    pub seats: i64,
}

/// A vacancy to post.
pub(super) struct Job<'a> {
    pub title: &'a str,
    pub positions: i64,
    pub district: &'a str,
    pub starts_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub wage: (i64, i64),
    pub approval: OfferApproval,
    /// Units asked, by code; a preferred one begins with `+`.
    pub units: &'a [&'a str],
    /// What the firm wrote, where nobody named units.
    pub text: Option<&'a str>,
}

/// Enters a partner with a promise of seats that holds for a year.
pub(super) async fn partner(app: &App, officer: &Actor, firm: &Firm, from: NaiveDate) -> Result<EmployerId, AppError> {
    let form = EmployerForm {
        name: firm.name.to_owned(),
        nib: Some(firm.nib.to_owned()),
        wlkp: None,
        kbli: Some("14111".to_owned()),
        kbli_edition: Some("2020".to_owned()),
        district: Some(firm.district.to_owned()),
        address: Some("Jalan Umpama 1".to_owned()),
        phone: Some("0335-421000".to_owned()),
        email: None,
        sites: Vec::new(),
    };
    let promise = CommitmentForm {
        number: Some(format!("KOM/{}/REKAAN", firm.seats)),
        signer: Some("Direktur Rekaan".to_owned()),
        signed_on: Some(from),
        valid_from: from,
        valid_until: from + Duration::days(365),
        seats: firm.seats,
        programme_id: None,
        batch_id: None,
        file_id: None,
    };
    let partnership = PartnershipForm {
        number: Some("PKS/01/REKAAN".to_owned()),
        trusted: false,
        contact_name: Some("Bagian Personalia Rekaan".to_owned()),
        contact_phone: Some("0812-0000-0999".to_owned()),
        valid_from: Some(from),
        valid_until: Some(from + Duration::days(730)),
    };
    app.work(officer, async |work| {
        let employer = work.enter_employer(&form, None, false).await?;
        work.make_partner(employer.id, None, &partnership).await?;
        work.commit(employer.id, None, &promise).await?;
        Ok(employer.id)
    })
    .await
}

/// Posts a vacancy; staff's posting is published at once where `publish` says so.
pub(super) async fn post(app: &App, actor: &Actor, employer: EmployerId, job: &Job<'_>, publish: bool) -> Result<VacancyId, AppError> {
    let line = |unit: &&str| RequirementForm {
        unit: Some(unit.trim_start_matches('+').to_owned()),
        importance: Some(if unit.starts_with('+') { Importance::Preferred } else { Importance::Required }),
        ..RequirementForm::default()
    };
    let mut requirements: Vec<RequirementForm> = job.units.iter().map(line).collect();
    requirements.extend(job.text.map(|text| RequirementForm { text: Some(text.to_owned()), ..RequirementForm::default() }));
    let form = VacancyForm {
        title: job.title.to_owned(),
        description: None,
        positions: job.positions,
        district: job.district.to_owned(),
        other_districts: Vec::new(),
        starts_on: job.starts_on,
        closes_on: job.closes_on,
        wage_min: job.wage.0,
        wage_max: job.wage.1,
        wage_unit: WageUnit::Month,
        contract: Some(Contract::Pkwt),
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
        offer_approval: job.approval,
        offers_per_seat: 1,
        external_ref: None,
        declared: None,
        requirements: Some(requirements),
    };
    let posting = Posting { employer_id: Some(employer), employer_name: None, office_id: None };
    app.work(actor, async |work| {
        let vacancy = work.post_vacancy(&posting, &form).await?.row;
        if publish {
            work.publish_vacancy(vacancy.id).await?;
        }
        Ok(vacancy.id)
    })
    .await
}

/// The actor that a graduate's own link makes.
pub(super) fn oneself(person: crate::engine::id::PersonId, graduate: GraduateId, office: crate::engine::id::OfficeId) -> Actor {
    Actor { who: Who::Graduate, person: Some(person), graduate: Some(graduate), office: Some(office), ..Actor::system() }
}

/// Offers a seat and sends it; answers the graduate's page.
pub(super) async fn offer(
    app: &App,
    officer: &Actor,
    vacancy: VacancyId,
    graduate: GraduateId,
    expires_on: NaiveDate,
) -> Result<(crate::engine::id::OfferId, String), AppError> {
    let new = NewOffer { vacancy, graduate, expires_on, conditions: None, conditions_due: None, override_reason: None };
    app.work(officer, async |work| {
        let draft = work.draft_offer(&new).await?;
        let sent = work.send_with_invitation(draft.id).await?;
        Ok((draft.id, sent.link))
    })
    .await
}

/// Offers, accepts as the graduate, starts: a seat filled as it should be.
pub(super) async fn place(
    app: &App,
    officer: &Actor,
    employer: &Actor,
    vacancy: VacancyId,
    graduate: GraduateId,
    began: NaiveDate,
) -> Result<PlacementId, AppError> {
    let (offer, _) = offer(app, officer, vacancy, graduate, began).await?;
    let accepted = app.work(officer, async |work| work.accept_offer(offer).await).await?;
    start(app, employer, accepted.placement_id, began).await?;
    Ok(accepted.placement_id)
}

/// The employer reports the first day.
pub(super) async fn start(app: &App, employer: &Actor, placement: PlacementId, on: NaiveDate) -> Result<(), AppError> {
    let start =
        Start { started_on: on, wage: Some(3_100_000), wage_unit: Some(WageUnit::Month), contract: Some(Contract::Pkwt), kbji: None };
    app.work(employer, async |work| work.start_placement(placement, &start).await).await?;
    Ok(())
}

/// One side confirms.
pub(super) async fn confirm(app: &App, side: &Actor, placement: PlacementId, on: NaiveDate) -> Result<(), AppError> {
    app.work(side, async |work| work.confirm_placement(placement, Some(on), &Told::default()).await).await?;
    Ok(())
}

/// An officer notes what a graduate told; a colleague checks it where `checked_by` is given.
pub(super) async fn tell(
    app: &App,
    officer: &Actor,
    checked_by: Option<&Actor>,
    graduate: GraduateId,
    kind: OutcomeKind,
    on: NaiveDate,
) -> Result<(), AppError> {
    let new = NewOutcome {
        kind,
        on,
        employer_id: None,
        employer_name: (kind == OutcomeKind::OtherEmployer).then(|| "Toko Ibarat".to_owned()),
        contract: None,
        job_text: (kind == OutcomeKind::SelfEmployed).then(|| "terima jahitan di rumah".to_owned()),
        kbji: None,
        district: Some("35.13.17".to_owned()),
        hours_per_week: None,
        wage: None,
        wage_unit: None,
        reason: None,
        file_id: None,
        evidence: None,
    };
    let told = app.work(officer, async |work| work.record_outcome(graduate, &new).await).await?;
    if let Some(colleague) = checked_by {
        let check = NewVerification { evidence: EvidenceLevel::SecondOfficer, on: Some(on), file_id: None };
        app.work(colleague, async |work| work.verify_outcome(told.row.id, &check).await).await?;
    }
    Ok(())
}

/// A coded reason.
pub(super) fn because(reason: Reason) -> Why {
    Why { reason: Some(reason), text: None }
}
