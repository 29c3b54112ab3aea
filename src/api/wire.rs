//! Small wire types that many resources share.

use std::borrow::Cow;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::app::field::Edit;
use crate::engine::allocation;
use crate::engine::coded::Coded;
use crate::engine::esco;
use crate::engine::kinds;
use crate::engine::lifecycle;
use crate::engine::money;
use crate::engine::plan;

/// A member of a closed list, by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code<T>(pub T);

impl<T: Coded> Serialize for Code<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.coded())
    }
}

impl<'de, T: Coded> Deserialize<'de> for Code<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<'de, str>::deserialize(deserializer)?;
        let member = T::all().iter().copied().find(|member| member.coded() == code);
        member.map(Self).ok_or_else(|| {
            let allowed = T::all().iter().map(|member| member.coded()).collect::<Vec<_>>().join(", ");
            serde::de::Error::custom(format!("unknown code `{code}`, expected one of {allowed}"))
        })
    }
}

impl<T: Coded> PartialSchema for Code<T> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(T::all().iter().map(|member| member.coded()))).into()
    }
}

impl<T: Coded> ToSchema for Code<T> {
    fn name() -> Cow<'static, str> {
        let full = std::any::type_name::<T>();
        Cow::Owned(full.rsplit("::").next().unwrap_or(full).to_owned())
    }
}

impl<T> From<T> for Code<T> {
    fn from(member: T) -> Self {
        Self(member)
    }
}

/// Optional codes of optional members.
#[must_use]
pub fn code<T>(member: Option<T>) -> Option<Code<T>> {
    member.map(Code)
}

/// The members behind optional codes.
#[must_use]
pub fn member<T>(code: Option<Code<T>>) -> Option<T> {
    code.map(|code| code.0)
}

/// Reads a field of an edit: left out it stays, `null` clears it.
pub fn edit<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Edit<T>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// Edits of optional codes.
#[must_use]
pub fn member_edit<T>(code: Edit<Code<T>>) -> Edit<T> {
    code.map(member)
}

/// An answer without content worth telling.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DoneOut {
    /// Always `true`.
    pub done: bool,
}

/// Points and scores: integer hundredths as a number with two decimals.
#[must_use]
pub fn hundredths(value: u32) -> f64 {
    f64::from(value) / 100.0
}

/// A wire name for each closed list; the OpenAPI macros read names, not generics.
macro_rules! wire_codes {
    ($($alias:ident = $member:path;)+) => {$(
        /// The code of a closed list.
        pub type $alias = Code<$member>;
    )+};
}

wire_codes! {
    RoleCode = kinds::Role;
    SexCode = kinds::Sex;
    CertificateKindCode = kinds::CertificateKind;
    ImportanceCode = kinds::Importance;
    ContractCode = kinds::Contract;
    OfferApprovalCode = kinds::OfferApproval;
    OpenToCode = kinds::OpenTo;
    ShiftCode = kinds::Shift;
    OutcomeKindCode = kinds::OutcomeKind;
    OutcomeSourceCode = kinds::OutcomeSource;
    EvidenceLevelCode = kinds::EvidenceLevel;
    ParticipantStatusCode = kinds::ParticipantStatus;
    TrainingResultCode = kinds::TrainingResult;
    AssessmentCode = kinds::Assessment;
    CertificateStatusCode = kinds::CertificateStatus;
    ConsentPurposeCode = kinds::ConsentPurpose;
    AnswerChannelCode = kinds::AnswerChannel;
    DecisionCode = kinds::Decision;
    ReasonCode = kinds::Reason;
    VacancyStateCode = lifecycle::VacancyState;
    ReferralStateCode = lifecycle::ReferralState;
    OfferStateCode = lifecycle::OfferState;
    PlacementStateCode = lifecycle::PlacementState;
    WageUnitCode = money::WageUnit;
    LinkStandingCode = esco::LinkStanding;
    WayCode = allocation::Way;
    ObjectiveCode = allocation::Objective;
    SideCode = allocation::Side;
    UnrankedCode = allocation::Unranked;
    UnplacedReasonCode = allocation::UnplacedReason;
    EmptyReasonCode = allocation::EmptyReason;
    HeldByCode = allocation::HeldBy;
    SkipReasonCode = allocation::SkipReason;
    ClassRequestStateCode = plan::class::ClassRequestState;
    ClassAnswerCode = plan::class::ClassAnswer;
    ClassDecisionCode = plan::class::ClassDecision;
}

/// A request that says nothing: an empty object, or no body.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NothingIn {}

/// A field of an edit that tells `null` (take it away) from being left out (leave it).
pub fn stated<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}

/// A day as it is written on the wire: `YYYY-MM-DD`, from 1900 to 2200; chrono alone would take `+10000-1-1`.
pub fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = Cow::<'de, str>::deserialize(deserializer)?;
    let parsed = (text.len() == 10).then(|| text.parse::<NaiveDate>().ok()).flatten();
    let sound = parsed.filter(|day| (1900..=2200).contains(&day.year()));
    sound.ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a day written YYYY-MM-DD")))
}

/// A day that may be left out or `null`.
pub fn optional_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    Ok(Option::<Day>::deserialize(deserializer)?.map(|day| day.0))
}

/// A day that may be left out (unchanged) or `null` (cleared).
pub fn stated_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<NaiveDate>>, D::Error> {
    optional_day(deserializer).map(Some)
}

#[derive(Deserialize)]
struct Day(#[serde(deserialize_with = "day")] NaiveDate);
