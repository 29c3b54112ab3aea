//! The words of an allocation: its ways, and why somebody or something is in none of them.

use crate::coded_enum;

coded_enum! {
    /// A way to allocate.
    pub enum Way {
        /// Most people placed, then the highest total score.
        Maximum = "maximum",
        /// Stable, best for the graduates.
        StableGraduates = "stable_graduates",
        /// Stable, best for the employers.
        StableEmployers = "stable_employers",
    }
}

coded_enum! {
    /// What holds a person to a vacancy before the plan is made.
    pub enum HeldBy {
        /// A placement.
        Placement = "placement",
        /// An offer that may still be answered.
        LiveOffer = "live_offer",
        /// Staff fixed it.
        Fixed = "fixed",
        /// It stands as in the plan before.
        Previous = "previous",
    }
}

coded_enum! {
    /// Why a batch or a vacancy takes no part.
    pub enum SkipReason {
        /// Nobody of the batch passed or holds a certificate.
        NobodyCertified = "nobody_certified",
        /// Nobody of the batch may be matched to any of the vacancies.
        NobodyEligible = "nobody_eligible",
        /// Nobody is in the batch.
        Empty = "empty",
        /// No seat is free.
        Full = "full",
        /// Every free seat has a live offer.
        SeatsOffered = "seats_offered",
        /// Not published.
        NotPublished = "not_published",
        /// Held for a while.
        Paused = "paused",
        /// Closed, or its last day passed.
        Closed = "closed",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

coded_enum! {
    /// Why somebody got no seat.
    pub enum UnplacedReason {
        /// Every vacancy they may have is full, and the plan would be worse with them in anybody's place.
        SeatsTaken = "seats_taken",
        /// The partner got as many as it may.
        PartnerLimit = "partner_limit",
        /// Seats that must be filled come first.
        MustFillFirst = "must_fill_first",
        /// A required unit is missing.
        UnitMissing = "required_unit_missing",
        /// The certificate of a required unit expired.
        CertificateExpired = "certificate_expired",
        /// Every vacancy is too far.
        OutOfReach = "out_of_reach",
        /// Would not work the shift.
        Shift = "shift",
        /// Does not want to be shown to the employer.
        EmployerBlocked = "employer_blocked",
        /// The score is below the least asked.
        BelowMinimum = "below_minimum",
        /// Said no, or was not taken, before.
        AnsweredBefore = "answered_before",
        /// Not ranked where only the ranked are acceptable.
        NotRanked = "not_ranked",
        /// Declares not to be available.
        NotAvailable = "not_available",
        /// Asked for a pause.
        Paused = "paused",
        /// Did not pass.
        NotPassed = "not_passed",
        /// Works too many hours already.
        HoursTaken = "hours_taken",
        /// Limited, erased or merged away.
        Limited = "limited",
        /// The vacancies are not open to the person's office.
        OtherOffice = "other_office",
        /// No vacancy with a free seat takes part.
        NoVacancy = "no_vacancy",
    }
}

coded_enum! {
    /// Why a seat stays empty.
    pub enum EmptyReason {
        /// Nobody may take it.
        NobodyEligible = "nobody_eligible",
        /// Everybody who may take it has a seat.
        EveryonePlaced = "everyone_placed",
        /// The partner got as many as it may.
        PartnerLimit = "partner_limit",
        /// In this way of allocating it is liked less than what people got.
        LikedLess = "liked_less",
    }
}

coded_enum! {
    /// What an allocation aims at.
    pub enum Objective {
        /// Most people placed, then the highest total score.
        Maximum = "maximum",
        /// Nobody would rather have each other.
        Stable = "stable",
    }
}

coded_enum! {
    /// What somebody who ranked some thinks of those they did not name.
    pub enum Unranked {
        /// They come after the named, by score.
        ByScore = "by_score",
        /// They are not acceptable.
        NotAcceptable = "not_acceptable",
    }
}
