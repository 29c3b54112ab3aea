//! How a use case ends when it does not succeed.

use uuid::Uuid;

use crate::engine::lifecycle::WrongTransition;
use crate::seal::keyring::SealError;
use crate::store::database::Fails;
use crate::store::error::StoreError;
use crate::words::refusal::Refusal;

/// One field that needs care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// JSON pointer to the field.
    pub pointer: String,
    /// What is wrong.
    pub refusal: Refusal,
}

/// Why a use case did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A rule refused it.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// A rule refused it because of something that exists already.
    #[error("refused: {} ({existing})", .refusal.code())]
    Exists {
        /// The rule.
        refusal: Refusal,
        /// What exists.
        existing: Uuid,
    },
    /// Fields need care.
    #[error("{} fields are invalid", .0.len())]
    Invalid(Vec<FieldProblem>),
    /// A file cannot be read.
    #[error("the file was refused: {}", .0.code())]
    File(crate::sheet::error::ReadError),
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
    /// Sealing failed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Something that cannot happen did.
    #[error("{0}")]
    Internal(String),
}

impl AppError {
    /// One field is wrong.
    #[must_use]
    pub fn field(pointer: &str, refusal: Refusal) -> Self {
        Self::Invalid(vec![FieldProblem { pointer: pointer.to_owned(), refusal }])
    }

    /// A refusal of one row among several, as a field's problem; `None` for what concerns the whole request.
    #[must_use]
    pub fn first_field(&self) -> Option<FieldProblem> {
        match self {
            Self::Refused(Refusal::NotFound) => None,
            Self::Refused(refusal) | Self::Exists { refusal, .. } => {
                Some(FieldProblem { pointer: String::new(), refusal: refusal.clone() })
            }
            Self::Invalid(fields) => fields.first().cloned(),
            _ => None,
        }
    }

    /// Whether trying again later may help: the database is away, full or too busy.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Store(StoreError::Unavailable(_) | StoreError::Contention))
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<WrongTransition> for AppError {
    fn from(wrong: WrongTransition) -> Self {
        Self::Refused(Refusal::WrongState { what: wrong.what, state: wrong.state, event: wrong.event })
    }
}

impl Fails for AppError {
    fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}
