//! The closed lists of the domain that carry no behaviour of their own.

use crate::coded_enum;

coded_enum! {
    /// Who somebody is to the system.
    pub enum Role {
        /// Runs the installation.
        Admin = "admin",
        /// Heads an office; reads and decides.
        Head = "head",
        /// Works in an office.
        Officer = "officer",
        /// Teaches; sees own classes.
        Instructor = "instructor",
        /// Reads a region's figures.
        Viewer = "viewer",
        /// Acts for a partner employer.
        Employer = "employer",
    }
}

coded_enum! {
    /// Sex as the class list states it; unreachable from the scorer.
    pub enum Sex {
        /// Laki-laki.
        Male = "male",
        /// Perempuan.
        Female = "female",
    }
}

coded_enum! {
    /// What kind of proof a certificate is.
    pub enum CertificateKind {
        /// Competency certificate of a certification body licensed by BNSP.
        Bnsp = "bnsp",
        /// Certificate of a finished training.
        Training = "training",
        /// A company's letter.
        Industry = "industry",
    }
}

impl CertificateKind {
    /// Strength as evidence: a BNSP certificate satisfies any `min_evidence`, a company's letter only its own.
    #[must_use]
    pub fn strength(self) -> u8 {
        match self {
            Self::Bnsp => 3,
            Self::Training => 2,
            Self::Industry => 1,
        }
    }
}

coded_enum! {
    /// How a requirement weighs.
    pub enum Importance {
        /// Nothing buys its absence.
        Required = "required",
        /// Adds to the score.
        Preferred = "preferred",
    }
}

coded_enum! {
    /// How somebody is employed.
    pub enum Contract {
        /// Fixed term (PKWT).
        Pkwt = "pkwt",
        /// Permanent (PKWTT).
        Pkwtt = "pkwtt",
        /// Paid by the day.
        Daily = "daily",
        /// Paid by the piece.
        PieceWork = "piece_work",
        /// Through an outsourcing firm.
        Outsourced = "outsourced",
    }
}

coded_enum! {
    /// Whether an employer approves each offer or all of a vacancy at once.
    pub enum OfferApproval {
        /// Each offer by itself.
        Each = "each",
        /// Once for all: the partner promised to take whoever fits.
        Standing = "standing",
    }
}

coded_enum! {
    /// How far a vacancy is open beyond its own office.
    pub enum OpenTo {
        /// The own office alone.
        Office = "office",
        /// Within the province (AKL).
        Akl = "akl",
        /// Between provinces (AKAD).
        Akad = "akad",
    }
}

coded_enum! {
    /// A working shift.
    pub enum Shift {
        /// Day work.
        Day = "day",
        /// Evening.
        Evening = "evening",
        /// Night.
        Night = "night",
        /// In turns.
        Rotating = "rotating",
    }
}

coded_enum! {
    /// What became of a person, as one dated event states it.
    pub enum OutcomeKind {
        /// Works at a partner.
        Partner = "partner",
        /// Works elsewhere.
        OtherEmployer = "other_employer",
        /// Home work for one firm (maklun).
        HomeWork = "home_work",
        /// Runs a business.
        SelfEmployed = "self_employed",
        /// An apprentice; never in the headline.
        Apprenticeship = "apprenticeship",
        /// Studies on.
        Studying = "studying",
        /// Seeks work.
        Seeking = "seeking",
        /// Does not seek work.
        NotSeeking = "not_seeking",
        /// Taken out of the count, with a reason.
        Excluded = "excluded",
    }
}

coded_enum! {
    /// Who said so.
    pub enum OutcomeSource {
        /// The employer.
        Employer = "employer",
        /// The graduate.
        Graduate = "graduate",
        /// An officer.
        Staff = "staff",
        /// An imported sheet.
        Import = "import",
    }
}

coded_enum! {
    /// How well an outcome is proved, weakest first.
    pub enum EvidenceLevel {
        /// An old sheet says so.
        Import = "import",
        /// One side says so.
        SelfReport = "self_report",
        /// A second officer's dated call.
        SecondOfficer = "second_officer",
        /// Employer and graduate say the same.
        BothSides = "both_sides",
        /// A document.
        Document = "document",
    }
}

impl EvidenceLevel {
    /// Whether it counts in the headline.
    #[must_use]
    pub fn is_verified(self) -> bool {
        self >= Self::SecondOfficer
    }
}

coded_enum! {
    /// Where somebody stands in a class.
    pub enum ParticipantStatus {
        /// On the reserve list.
        Reserve = "reserve",
        /// Taking part.
        Enrolled = "enrolled",
        /// Finished.
        Completed = "completed",
        /// Left before the end.
        Withdrawn = "withdrawn",
        /// Entered by mistake; counted nowhere.
        Removed = "removed",
    }
}

coded_enum! {
    /// Result of a class for one participant.
    pub enum TrainingResult {
        /// Lulus.
        Passed = "passed",
        /// Tidak lulus.
        Failed = "failed",
    }
}

coded_enum! {
    /// Result of an assessment, for a unit or as a whole.
    pub enum Assessment {
        /// Kompeten (K).
        Competent = "competent",
        /// Belum kompeten (BK).
        NotYetCompetent = "not_yet_competent",
    }
}

coded_enum! {
    /// State of a certificate as verification shows it.
    pub enum CertificateStatus {
        /// In force.
        Valid = "valid",
        /// Withdrawn by its issuer.
        Revoked = "revoked",
    }
}

coded_enum! {
    /// What a consent is for.
    pub enum ConsentPurpose {
        /// Show name and telephone to one employer.
        Referral = "referral",
        /// Keep personal data for the office's duty.
        Processing = "processing",
        /// Ask how it went afterwards.
        FollowUp = "follow_up",
    }
}

coded_enum! {
    /// Which way an answer reached us.
    pub enum AnswerChannel {
        /// The graduate's own link.
        Link = "link",
        /// A code the graduate sent back.
        Code = "code",
        /// Staff whom the graduate told.
        Staff = "staff",
        /// The command line.
        Cli = "cli",
    }
}

coded_enum! {
    /// What staff decided about an entry of a match list.
    pub enum Decision {
        /// On the shortlist.
        Shortlist = "shortlist",
        /// In reserve.
        Reserve = "reserve",
        /// Not for this vacancy, with a reason.
        Reject = "reject",
    }
}

coded_enum! {
    /// Coded reasons for refusing, rejecting, ending and withdrawing.
    pub enum Reason {
        /// The wage.
        Wage = "wage",
        /// The distance or the way there.
        Distance = "distance",
        /// Family or health.
        FamilyOrHealth = "family_or_health",
        /// Already works or studies.
        AlreadyEngaged = "already_engaged",
        /// Hours or shift.
        Hours = "hours",
        /// The kind of work.
        KindOfWork = "kind_of_work",
        /// Competence was not enough.
        Competence = "competence",
        /// Did not come or could not be reached.
        NotReached = "not_reached",
        /// The contract came to its end.
        ContractEnded = "contract_ended",
        /// The person resigned.
        Resigned = "resigned",
        /// The employer let the person go.
        Dismissed = "dismissed",
        /// The employer no longer needs the seat.
        SeatWithdrawn = "seat_withdrawn",
        /// A condition (medical check, papers) was not met.
        ConditionNotMet = "condition_not_met",
        /// The person accepted another seat.
        PlacedElsewhere = "placed_elsewhere",
        /// The vacancy closed.
        VacancyClosed = "vacancy_closed",
        /// Entered by mistake: no message, no statistics.
        EntryMistake = "salah_input",
        /// Something else, told in text.
        Other = "other",
    }
}
