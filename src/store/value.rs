//! Teaches sea-orm the engine's ids and closed lists, so that entities hold parsed values.

use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, StringLen, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, DbErr, QueryResult, TryFromU64, TryGetError, TryGetable, Value};
use uuid::Uuid;

use crate::engine::absorption::event::Act;
use crate::engine::esco::LinkStanding;
use crate::engine::id::*;
use crate::engine::kinds::*;
use crate::engine::lifecycle::{OfferState, PlacementState, ReferralState, VacancyState};
use crate::engine::money::WageUnit;

macro_rules! stored_id {
    ($($name:ident),+ $(,)?) => {$(
        impl From<$name> for Value {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }

        impl TryGetable for $name {
            fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
                Uuid::try_get_by(row, index).map(Self)
            }
        }

        impl ValueType for $name {
            fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
                <Uuid as ValueType>::try_from(value).map(Self)
            }

            fn type_name() -> String {
                stringify!($name).to_owned()
            }

            fn array_type() -> ArrayType {
                ArrayType::Uuid
            }

            fn column_type() -> ColumnType {
                ColumnType::Uuid
            }
        }

        impl Nullable for $name {
            fn null() -> Value {
                <Uuid as Nullable>::null()
            }
        }

        impl TryFromU64 for $name {
            fn try_from_u64(_number: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl sea_orm::IntoActiveValue<$name> for $name {
            fn into_active_value(self) -> sea_orm::ActiveValue<$name> {
                sea_orm::ActiveValue::Set(self)
            }
        }

        impl sea_orm::sea_query::postgres_array::NotU8 for $name {}
    )+};
}

macro_rules! stored_code {
    ($($name:ident),+ $(,)?) => {$(
        impl From<$name> for Value {
            fn from(member: $name) -> Self {
                member.code().into()
            }
        }

        impl TryGetable for $name {
            fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
                let code = String::try_get_by(row, index)?;
                Self::parse(&code).ok_or_else(|| TryGetError::DbErr(DbErr::Type(format!("unknown {} `{code}`", stringify!($name)))))
            }
        }

        impl ValueType for $name {
            fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
                <String as ValueType>::try_from(value).and_then(|code| Self::parse(&code).ok_or(ValueTypeErr))
            }

            fn type_name() -> String {
                stringify!($name).to_owned()
            }

            fn array_type() -> ArrayType {
                ArrayType::String
            }

            fn column_type() -> ColumnType {
                ColumnType::String(StringLen::None)
            }
        }

        impl Nullable for $name {
            fn null() -> Value {
                <String as Nullable>::null()
            }
        }

        impl sea_orm::IntoActiveValue<$name> for $name {
            fn into_active_value(self) -> sea_orm::ActiveValue<$name> {
                sea_orm::ActiveValue::Set(self)
            }
        }

        impl sea_orm::sea_query::postgres_array::NotU8 for $name {}
    )+};
}

stored_id!(
    OfficeId,
    AccountId,
    SessionId,
    PersonId,
    GraduateId,
    ProgrammeId,
    BatchId,
    ParticipantId,
    CertificateId,
    EmployerId,
    PartnershipId,
    CommitmentId,
    VacancyId,
    RequirementId,
    MatchListId,
    ReferralId,
    OfferId,
    PlacementId,
    OutcomeId,
    FileId,
    ImportId,
    NoteId,
    ConsentId,
    AllocationId,
    ClassRequestId,
    ClassPlanId,
    ClosedPeriodId,
    RowId,
);

stored_code!(
    Act,
    Role,
    Sex,
    CertificateKind,
    Importance,
    Contract,
    OfferApproval,
    OpenTo,
    Shift,
    OutcomeKind,
    OutcomeSource,
    EvidenceLevel,
    ParticipantStatus,
    TrainingResult,
    Assessment,
    CertificateStatus,
    ConsentPurpose,
    AnswerChannel,
    Decision,
    Reason,
    VacancyState,
    ReferralState,
    OfferState,
    PlacementState,
    WageUnit,
    LinkStanding,
);
