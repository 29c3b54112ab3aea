//! Adverts: a whole message of a firm, read into the fields of a vacancy to be confirmed.

use actix_web::post;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted};
use crate::api::language::spoken;
use crate::api::occupations::ProposedOccupationOut;
use crate::api::problem::Problems;
use crate::api::vacancy_out::CandidateOut;
use crate::api::wire::{ContractCode, ShiftCode, WageUnitCode};
use crate::app::adverts::AdvertView;
use crate::app::occupations::ProposedOccupation;
use crate::app::permission::WriteVacancies;
use crate::engine::advert::{Part, Read, Role};
use crate::engine::resolve::Resolution;
use crate::words::Say as _;

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(read_vacancy);
}

/// An advert as the firm wrote it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvertIn {
    /// Up to 10,000 characters.
    text: String,
    /// Whose region comes first where places share a name, and whose memory counts; the own office unless named.
    office_id: Option<Uuid>,
}

/// A text that was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadTextOut {
    value: String,
    /// The words it was read from.
    text: String,
}

/// A number that was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadNumberOut {
    value: i64,
    /// The words it was read from.
    text: String,
}

/// A day that was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadDayOut {
    value: NaiveDate,
    /// The words it was read from.
    text: String,
}

/// A place that was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadPlaceOut {
    /// A Kemendagri code; `null` where several places bear the name.
    value: Option<String>,
    /// The words it was read from.
    text: String,
}

/// What a wage pays for, as read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadWageUnitOut {
    value: WageUnitCode,
    /// The words it was read from.
    text: String,
}

/// A shift that was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadShiftOut {
    value: ShiftCode,
    /// The words it was read from.
    text: String,
}

/// A contract that was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadContractOut {
    value: ContractCode,
    /// The words it was read from.
    text: String,
}

/// Several texts that were read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadListOut {
    value: Vec<String>,
    /// The words they were read from.
    text: String,
}

/// Fields of a vacancy that an advert proposes; what it does not say is left out.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdvertFieldsOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<ReadTextOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    positions: Option<ReadNumberOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    district: Option<ReadPlaceOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wage_min: Option<ReadNumberOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wage_max: Option<ReadNumberOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wage_unit: Option<ReadWageUnitOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shift: Option<ReadShiftOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts_on: Option<ReadDayOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closes_on: Option<ReadDayOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract: Option<ReadContractOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours_per_week: Option<ReadNumberOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    education: Option<ReadTextOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    experience_months: Option<ReadNumberOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licences: Option<ReadListOut>,
    /// The occupation that the title surely names; left out where there are several jobs.
    #[serde(skip_serializing_if = "Option::is_none")]
    kbji: Option<ReadTextOut>,
}

/// One job of an advert that offers several.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdvertRoleOut {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    positions: Option<u32>,
    /// The occupation that the title surely names.
    #[serde(skip_serializing_if = "Option::is_none")]
    kbji: Option<ProposedOccupationOut>,
    /// The words it was read from.
    text: String,
}

/// A skill that an advert asks for.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdvertLineOut {
    text: String,
    /// `matched`, `ambiguous` or `none`.
    status: String,
    /// The level the words suggest, 1 to 5; asked of nobody unless somebody makes it a requirement.
    level: Option<u8>,
    /// Likeliest first.
    candidates: Vec<CandidateOut>,
}

/// A part of an advert that is no skill.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotSkillOut {
    text: String,
    /// `age`, `looks`, `sex`, `marital_status`, `religion`, `domicile`, `licence`, `wage`, `character`, `papers`, …
    kind: String,
}

/// Wording to look at again.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdvertFlagOut {
    code: String,
    /// The words it is about.
    text: String,
    message: String,
}

/// What an advert says. Nothing of it is stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdvertOut {
    fields: AdvertFieldsOut,
    /// The jobs offered; where there are several, each is a vacancy of its own.
    roles: Vec<AdvertRoleOut>,
    requirements: Vec<AdvertLineOut>,
    not_skills: Vec<NotSkillOut>,
    flags: Vec<AdvertFlagOut>,
}

impl From<Read<String>> for ReadTextOut {
    fn from(read: Read<String>) -> Self {
        Self { value: read.value, text: read.text }
    }
}

impl From<Read<u32>> for ReadNumberOut {
    fn from(read: Read<u32>) -> Self {
        Self { value: read.value.into(), text: read.text }
    }
}

impl From<Read<NaiveDate>> for ReadDayOut {
    fn from(read: Read<NaiveDate>) -> Self {
        Self { value: read.value, text: read.text }
    }
}

impl From<(Role, Option<ProposedOccupation>)> for AdvertRoleOut {
    fn from((role, occupation): (Role, Option<ProposedOccupation>)) -> Self {
        let positions = role.positions.map(|count| count.value);
        Self { title: role.title.value, positions, kbji: occupation.map(ProposedOccupationOut::from), text: role.title.text }
    }
}

impl From<(Part, Resolution)> for AdvertLineOut {
    fn from((part, resolution): (Part, Resolution)) -> Self {
        let candidates = resolution.candidates.into_iter().map(CandidateOut::from).collect();
        Self { text: part.text, status: resolution.status.code().to_owned(), level: resolution.level, candidates }
    }
}

impl From<AdvertView> for AdvertOut {
    fn from(view: AdvertView) -> Self {
        let advert = view.advert;
        let wage = |read: Read<crate::engine::money::Rupiah>| ReadNumberOut { value: read.value.amount(), text: read.text };
        let only = match view.occupations.as_slice() {
            [only] => only.clone(),
            _ => None,
        };
        let fields = AdvertFieldsOut {
            title: advert.title().map(ReadTextOut::from),
            positions: advert.positions.map(ReadNumberOut::from),
            district: advert.district.map(|read| ReadPlaceOut { value: read.value.map(|code| code.as_str().to_owned()), text: read.text }),
            wage_min: advert.wage_min.map(wage),
            wage_max: advert.wage_max.map(wage),
            wage_unit: advert.wage_unit.map(|read| ReadWageUnitOut { value: read.value.into(), text: read.text }),
            shift: advert.shift.map(|read| ReadShiftOut { value: read.value.into(), text: read.text }),
            starts_on: advert.starts_on.map(ReadDayOut::from),
            closes_on: advert.closes_on.map(ReadDayOut::from),
            contract: advert.contract.map(|read| ReadContractOut { value: read.value.into(), text: read.text }),
            hours_per_week: advert.hours_per_week.map(ReadNumberOut::from),
            education: advert.education.map(ReadTextOut::from),
            experience_months: advert.experience_months.map(ReadNumberOut::from),
            licences: advert.licences.map(|read| ReadListOut { value: read.value, text: read.text }),
            kbji: only.map(|occupation| ReadTextOut { value: occupation.occupation.kbji, text: occupation.text }),
        };
        let flag = |(text, flag): (String, crate::words::flag::VacancyFlag)| AdvertFlagOut {
            code: flag.code(),
            text,
            message: flag.say(spoken()),
        };
        Self {
            fields,
            roles: advert.roles.into_iter().zip(view.occupations).map(AdvertRoleOut::from).collect(),
            requirements: view.requirements.into_iter().map(AdvertLineOut::from).collect(),
            not_skills: advert.others.into_iter().map(|part| NotSkillOut { text: part.text, kind: part.kind.code().to_owned() }).collect(),
            flags: view.flags.into_iter().map(flag).collect(),
        }
    }
}

/// Read a whole advert into the fields of a vacancy, each with the words it was read from. Nothing is stored.
#[utoipa::path(tag = "vacancies", request_body = AdvertIn, responses((status = 200, body = AdvertOut), Problems))]
#[post("/vacancies/read")]
async fn read_vacancy(granted: Granted<WriteVacancies>, body: Body<AdvertIn>) -> Answer {
    let AdvertIn { text, office_id } = body.value;
    found(&AdvertOut::from(granted.look().read_advert(&text, office_id.map(Into::into)).await?))
}
