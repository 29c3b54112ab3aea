//! Vacancies as they are sent.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::wire::{
    CertificateKindCode, ContractCode, ImportanceCode, OfferApprovalCode, OpenToCode, SexCode, ShiftCode, WageUnitCode, code, member,
    stated,
};
use crate::app::vacancies::Posting;
use crate::app::vacancy_form::{Declaration, RequirementForm, VacancyForm};
use crate::engine::kinds::{OfferApproval, OpenTo};
use crate::engine::money::WageUnit;

/// One requirement: a text in the partner's words, or a unit's code.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirementIn {
    text: Option<String>,
    /// A unit's code in any written form.
    unit: Option<String>,
    /// `required` unless told.
    importance: Option<ImportanceCode>,
    /// 1 to 100; 10 unless told.
    #[schema(minimum = 1, maximum = 100)]
    weight: Option<i64>,
    /// The weakest certificate that counts.
    min_evidence: Option<CertificateKindCode>,
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    min_level: Option<i64>,
    /// Whether an expired certificate counts nothing; `true` for a required line unless told.
    must_be_valid: Option<bool>,
}

/// A declared restriction; staff approve its reason, and nothing is filtered by it.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclarationIn {
    min_age: Option<i64>,
    max_age: Option<i64>,
    sex: Option<SexCode>,
    #[serde(default)]
    reason: String,
}

/// A new vacancy.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VacancyIn {
    /// Needed from staff; an employer's account posts for itself.
    employer_id: Option<Uuid>,
    /// Only brings a suggestion where `employer_id` is wrong or missing.
    employer_name: Option<String>,
    /// Named by an employer with several partnerships, and by the administrator.
    office_id: Option<Uuid>,
    title: String,
    description: Option<String>,
    #[schema(minimum = 0, maximum = 10_000)]
    positions: i64,
    /// A Kemendagri code.
    district: String,
    #[serde(default)]
    other_districts: Option<Vec<String>>,
    #[serde(deserialize_with = "crate::api::wire::day")]
    starts_on: NaiveDate,
    #[serde(deserialize_with = "crate::api::wire::day")]
    closes_on: NaiveDate,
    wage_min: i64,
    wage_max: i64,
    /// `month` unless told.
    wage_unit: Option<WageUnitCode>,
    contract: Option<ContractCode>,
    /// 40 unless told.
    #[schema(minimum = 1, maximum = 40)]
    hours_per_week: Option<i64>,
    shift: Option<ShiftCode>,
    max_distance_km: Option<i64>,
    education: Option<String>,
    education_required: Option<bool>,
    experience_months: Option<i64>,
    licences: Option<Vec<String>>,
    kbji: Option<String>,
    commitment_id: Option<Uuid>,
    /// `office` unless told; the wider ones wait for staff's approval.
    open_to: Option<OpenToCode>,
    /// `each` unless told.
    offer_approval: Option<OfferApprovalCode>,
    /// 1 unless told, at most 50.
    #[schema(minimum = 1, maximum = 50)]
    offers_per_seat: Option<i64>,
    external_ref: Option<String>,
    declared: Option<DeclarationIn>,
    requirements: Vec<RequirementIn>,
}

/// What of a vacancy can be changed; what is left out stays, `null` takes away.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VacancyPatch {
    title: Option<String>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    description: Option<Option<String>>,
    positions: Option<i64>,
    district: Option<String>,
    other_districts: Option<Vec<String>>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    starts_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "crate::api::wire::optional_day")]
    closes_on: Option<NaiveDate>,
    wage_min: Option<i64>,
    wage_max: Option<i64>,
    wage_unit: Option<WageUnitCode>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<ContractCode>)]
    contract: Option<Option<ContractCode>>,
    hours_per_week: Option<i64>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<ShiftCode>)]
    shift: Option<Option<ShiftCode>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<i64>)]
    max_distance_km: Option<Option<i64>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    education: Option<Option<String>>,
    education_required: Option<bool>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<i64>)]
    experience_months: Option<Option<i64>>,
    licences: Option<Vec<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    kbji: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<Uuid>)]
    commitment_id: Option<Option<Uuid>>,
    open_to: Option<OpenToCode>,
    offer_approval: Option<OfferApprovalCode>,
    offers_per_seat: Option<i64>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<String>)]
    external_ref: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    #[schema(value_type = Option<DeclarationIn>)]
    declared: Option<Option<DeclarationIn>>,
    /// All of them; those whose words were confirmed stay confirmed.
    requirements: Option<Vec<RequirementIn>>,
}

impl VacancyIn {
    /// Who posts it, and what it is made of.
    #[must_use]
    pub fn parts(self) -> (Posting, VacancyForm) {
        let posting = Posting {
            employer_id: self.employer_id.map(Into::into),
            employer_name: self.employer_name,
            office_id: self.office_id.map(Into::into),
        };
        let form = VacancyForm {
            title: self.title,
            description: self.description,
            positions: self.positions,
            district: self.district,
            other_districts: self.other_districts.unwrap_or_default(),
            starts_on: self.starts_on,
            closes_on: self.closes_on,
            wage_min: self.wage_min,
            wage_max: self.wage_max,
            wage_unit: member(self.wage_unit).unwrap_or(WageUnit::Month),
            contract: member(self.contract),
            hours_per_week: self.hours_per_week.unwrap_or(40),
            shift: member(self.shift),
            max_distance_km: self.max_distance_km,
            education: self.education,
            education_required: self.education_required.unwrap_or(false),
            experience_months: self.experience_months,
            licences: self.licences.unwrap_or_default(),
            kbji: self.kbji,
            commitment_id: self.commitment_id.map(Into::into),
            open_to: member(self.open_to).unwrap_or(OpenTo::Office),
            offer_approval: member(self.offer_approval).unwrap_or(OfferApproval::Each),
            offers_per_seat: self.offers_per_seat.unwrap_or(1),
            external_ref: self.external_ref,
            declared: self.declared.map(Into::into),
            requirements: Some(self.requirements.into_iter().map(Into::into).collect()),
        };
        (posting, form)
    }
}

impl VacancyPatch {
    /// The vacancy after the edit.
    #[must_use]
    pub fn applied_to(self, now: VacancyForm) -> VacancyForm {
        VacancyForm {
            title: self.title.unwrap_or(now.title),
            description: self.description.unwrap_or(now.description),
            positions: self.positions.unwrap_or(now.positions),
            district: self.district.unwrap_or(now.district),
            other_districts: self.other_districts.unwrap_or(now.other_districts),
            starts_on: self.starts_on.unwrap_or(now.starts_on),
            closes_on: self.closes_on.unwrap_or(now.closes_on),
            wage_min: self.wage_min.unwrap_or(now.wage_min),
            wage_max: self.wage_max.unwrap_or(now.wage_max),
            wage_unit: member(self.wage_unit).unwrap_or(now.wage_unit),
            contract: self.contract.map_or(now.contract, member),
            hours_per_week: self.hours_per_week.unwrap_or(now.hours_per_week),
            shift: self.shift.map_or(now.shift, member),
            max_distance_km: self.max_distance_km.unwrap_or(now.max_distance_km),
            education: self.education.unwrap_or(now.education),
            education_required: self.education_required.unwrap_or(now.education_required),
            experience_months: self.experience_months.unwrap_or(now.experience_months),
            licences: self.licences.unwrap_or(now.licences),
            kbji: self.kbji.unwrap_or(now.kbji),
            commitment_id: self.commitment_id.map_or(now.commitment_id, |id| id.map(Into::into)),
            open_to: member(self.open_to).unwrap_or(now.open_to),
            offer_approval: member(self.offer_approval).unwrap_or(now.offer_approval),
            offers_per_seat: self.offers_per_seat.unwrap_or(now.offers_per_seat),
            external_ref: self.external_ref.unwrap_or(now.external_ref),
            declared: self.declared.map_or(now.declared, |declared| declared.map(Into::into)),
            requirements: self.requirements.map(|lines| lines.into_iter().map(Into::into).collect()),
        }
    }
}

impl From<RequirementIn> for RequirementForm {
    fn from(input: RequirementIn) -> Self {
        Self {
            text: input.text,
            unit: input.unit,
            importance: member(input.importance),
            weight: input.weight,
            min_evidence: member(input.min_evidence),
            min_level: input.min_level,
            must_be_valid: input.must_be_valid,
        }
    }
}

impl From<DeclarationIn> for Declaration {
    fn from(input: DeclarationIn) -> Self {
        Self { min_age: input.min_age, max_age: input.max_age, sex: member(input.sex), reason: input.reason }
    }
}

impl From<Declaration> for DeclarationIn {
    fn from(declared: Declaration) -> Self {
        Self { min_age: declared.min_age, max_age: declared.max_age, sex: code(declared.sex), reason: declared.reason }
    }
}
