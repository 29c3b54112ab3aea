//! Vacancies as they are answered.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::language::spoken;
use crate::api::occupations::ProposedOccupationOut;
use crate::api::vacancy_in::DeclarationIn;
use crate::api::wire::{
    CertificateKindCode, ContractCode, ImportanceCode, OfferApprovalCode, OpenToCode, ShiftCode, VacancyStateCode, WageUnitCode, code,
    hundredths,
};
use crate::app::requirements::{Proposal, RequirementView};
use crate::app::vacancies::VacancyView;
use crate::app::vacancy_flags::FlagView;
use crate::engine::day::Zone;
use crate::engine::resolve::Candidate;
use crate::engine::unit_code::UnitCode;
use crate::words::Say as _;
use crate::words::dates;

/// A unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitOut {
    code: String,
    title: String,
}

/// A unit that a text may mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct CandidateOut {
    code: String,
    title: String,
    /// 0 to 100.
    confidence: f64,
    /// `code`, `title`, `synonym`, `remembered` or `similar`.
    why: String,
}

/// A requirement line.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequirementOut {
    id: Uuid,
    text: String,
    /// The unit it counts with.
    unit: Option<UnitOut>,
    /// `matched`, `ambiguous`, `none` or `confirmed`.
    status: String,
    /// 0 to 100.
    confidence: f64,
    why: Option<String>,
    /// What it may mean, likeliest first; left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<Vec<CandidateOut>>,
    importance: ImportanceCode,
    weight: i32,
    min_evidence: Option<CertificateKindCode>,
    min_level: Option<i32>,
    must_be_valid: bool,
    /// Whether it is assessed: an unconfirmed line counts only where it is `matched`.
    counts: bool,
    confirmed_at: Option<DateTime<Utc>>,
}

/// Something to look at again; nothing is refused for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlagOut {
    code: String,
    /// JSON pointer to the field.
    field: String,
    /// The words it is about.
    text: Option<String>,
    message: String,
}

/// A part of a requirement text that is no skill.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalOut {
    /// `positions`, `place`, `wage`, `shift`, `age`, …
    kind: String,
    text: String,
    /// A number of seats, a district's code or rupiah, where it could be read.
    value: Option<Value>,
}

/// A vacancy.
#[derive(Debug, Serialize, ToSchema)]
pub struct VacancyOut {
    id: Uuid,
    office_id: Uuid,
    office_name: String,
    employer_id: Uuid,
    employer_name: String,
    title: String,
    description: Option<String>,
    positions: i32,
    filled: i32,
    state: VacancyStateCode,
    /// Whether people can be matched with it today.
    is_open: bool,
    district: String,
    district_name: String,
    other_districts: Vec<String>,
    starts_on: NaiveDate,
    /// To 23:59:59 in the office's zone.
    closes_on: NaiveDate,
    /// The closing day in words with the office's zone, whatever zone the reader sits in: `12 Desember 2026 (WIB)`.
    closes_on_text: String,
    wage_min: Option<i64>,
    wage_max: Option<i64>,
    wage_unit: WageUnitCode,
    contract: Option<ContractCode>,
    hours_per_week: i32,
    shift: Option<ShiftCode>,
    max_distance_km: Option<i32>,
    education: Option<String>,
    education_required: bool,
    experience_months: Option<i32>,
    licences: Vec<String>,
    kbji: Option<String>,
    /// The occupation that the title names, where `kbji` is `null`; it is not stored. Left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    kbji_proposed: Option<ProposedOccupationOut>,
    commitment_id: Option<Uuid>,
    open_to: OpenToCode,
    open_to_approved: bool,
    offer_approval: OfferApprovalCode,
    offers_per_seat: i32,
    external_ref: Option<String>,
    declared: Option<DeclarationIn>,
    declared_approved: bool,
    /// What staff asked to be changed, field by field.
    return_notes: Option<BTreeMap<String, String>>,
    close_reason: Option<String>,
    flags: Vec<FlagOut>,
    requirements: Vec<RequirementOut>,
    /// What of the texts just sent belongs in other fields; empty when read.
    proposals: Vec<ProposalOut>,
    published_at: Option<DateTime<Utc>>,
    /// When the employer was reminded of a vacancy nobody touched; a week later it is no longer matched.
    reminded_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    version: i32,
}

impl UnitOut {
    /// A unit by code and title.
    #[must_use]
    pub fn new(code: &UnitCode, title: String) -> Self {
        Self { code: code.as_str().to_owned(), title }
    }
}

impl From<Candidate> for CandidateOut {
    fn from(candidate: Candidate) -> Self {
        Self {
            code: candidate.code.as_str().to_owned(),
            title: candidate.title,
            confidence: hundredths(candidate.confidence_hundredths.into()),
            why: candidate.why.code().to_owned(),
        }
    }
}

impl From<RequirementView> for RequirementOut {
    fn from(view: RequirementView) -> Self {
        Self {
            id: view.id.0,
            text: view.text,
            unit: view.unit.map(|(code, title)| UnitOut { code, title }),
            status: view.status,
            confidence: hundredths(view.confidence_hundredths.into()),
            why: view.why,
            candidates: view.candidates.map(|candidates| candidates.into_iter().map(CandidateOut::from).collect()),
            importance: view.row.importance.into(),
            weight: view.row.weight,
            min_evidence: code(view.row.min_evidence),
            min_level: view.row.min_level,
            must_be_valid: view.row.must_be_valid,
            counts: view.counts,
            confirmed_at: view.row.confirmed_at,
        }
    }
}

impl From<FlagView> for FlagOut {
    fn from(view: FlagView) -> Self {
        Self { code: view.flag.code(), field: view.field, text: view.text, message: view.flag.say(spoken()) }
    }
}

impl From<Proposal> for ProposalOut {
    fn from(proposal: Proposal) -> Self {
        Self { kind: proposal.kind.code().to_owned(), text: proposal.text, value: proposal.value }
    }
}

impl From<VacancyView> for VacancyOut {
    fn from(view: VacancyView) -> Self {
        let (row, form) = (view.row, view.form);
        Self {
            id: row.id.0,
            office_id: row.office_id.0,
            office_name: view.office_name,
            employer_id: row.employer_id.0,
            employer_name: view.employer_name,
            title: row.title,
            description: row.description,
            positions: row.positions,
            filled: row.filled,
            state: row.state.into(),
            is_open: view.is_open,
            district: row.district_code,
            district_name: view.district_name,
            other_districts: form.other_districts,
            starts_on: row.starts_on,
            closes_on_text: dates::closing(row.closes_on, Zone::Wib, spoken()),
            closes_on: row.closes_on,
            wage_min: row.wage_min,
            wage_max: row.wage_max,
            wage_unit: form.wage_unit.into(),
            contract: code(row.contract),
            hours_per_week: row.hours_per_week,
            shift: code(row.shift),
            max_distance_km: row.max_distance_km,
            education: row.education,
            education_required: row.education_required,
            experience_months: row.experience_months,
            licences: form.licences,
            kbji: row.kbji,
            kbji_proposed: view.proposed_occupation.map(ProposedOccupationOut::from),
            commitment_id: row.commitment_id.map(|id| id.0),
            open_to: row.open_to.into(),
            open_to_approved: row.open_to_approved_by.is_some(),
            offer_approval: row.offer_approval.into(),
            offers_per_seat: row.offers_per_seat,
            external_ref: row.external_ref,
            declared: form.declared.map(DeclarationIn::from),
            declared_approved: row.declared_approved_by.is_some(),
            return_notes: row.return_notes.and_then(|notes| serde_json::from_value(notes).ok()),
            close_reason: row.close_reason,
            flags: view.flags.into_iter().map(FlagOut::from).collect(),
            requirements: view.requirements.into_iter().map(RequirementOut::from).collect(),
            proposals: view.proposals.into_iter().map(ProposalOut::from).collect(),
            published_at: row.published_at,
            reminded_at: row.reminded_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            version: row.version,
        }
    }
}
