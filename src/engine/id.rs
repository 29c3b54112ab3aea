//! Typed identifiers: a vacancy's id cannot be passed where a graduate's is meant.
//!
//! Ids are made by the store (UUID version 7); the engine only carries and compares them.

use uuid::Uuid;

/// Declares one newtype over [`Uuid`] for each name.
macro_rules! typed_ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Reads the hyphenated form; anything else is `None`.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

typed_ids! {
    /// A manpower office or training centre.
    OfficeId,
    /// Somebody who signs in.
    AccountId,
    /// A sign-in, a personal link or an API key.
    SessionId,
    /// A human being, once per installation.
    PersonId,
    /// What one office knows of a person.
    GraduateId,
    /// A training programme.
    ProgrammeId,
    /// One class of a programme.
    BatchId,
    /// A person's place in a class.
    ParticipantId,
    /// A certificate.
    CertificateId,
    /// A partner company.
    EmployerId,
    /// An office's relation with an employer.
    PartnershipId,
    /// Seats an employer promised.
    CommitmentId,
    /// A vacancy.
    VacancyId,
    /// One line of a vacancy's requirements.
    RequirementId,
    /// A frozen match list.
    MatchListId,
    /// A graduate shown to an employer.
    ReferralId,
    /// An offer of a seat.
    OfferId,
    /// A seat taken.
    PlacementId,
    /// A dated outcome event.
    OutcomeId,
    /// A sealed file.
    FileId,
    /// An import of a file.
    ImportId,
    /// A note on a record.
    NoteId,
    /// A consent.
    ConsentId,
    /// An allocation run.
    AllocationId,
    /// A class that a partner asks for.
    ClassRequestId,
    /// A class that is thought of.
    ClassPlanId,
    /// A closed reporting period.
    ClosedPeriodId,
    /// Any other row.
    RowId,
}
