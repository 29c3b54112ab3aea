//! Which kinds of actor may do what. A handler names one of these types in its signature; without it, it gets no actor.

use crate::app::actor::Who;
use crate::engine::kinds::Role;

/// Something that only some may do.
pub trait Permission: 'static {
    /// The name, as the permission table prints it.
    const NAME: &'static str;
    /// The roles that may.
    const ROLES: &'static [Role];
    /// Whether a graduate may, by personal link.
    const GRADUATE: bool;

    /// Whether this kind of actor may. The command line and background work always may.
    #[must_use]
    fn allows(who: Who) -> bool {
        match who {
            Who::Account(role) => Self::ROLES.contains(&role),
            Who::Graduate => Self::GRADUATE,
            Who::Cli | Who::System => true,
        }
    }
}

macro_rules! permissions {
    ($($(#[$meta:meta])* $name:ident = [$($role:ident),*] $($graduate:ident)?;)+) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl Permission for $name {
                const NAME: &'static str = stringify!($name);
                const ROLES: &'static [Role] = &[$(Role::$role),*];
                const GRADUATE: bool = permissions!(@graduate $($graduate)?);
            }
        )+
    };
    (@graduate graduate) => { true };
    (@graduate) => { false };
}

permissions! {
    /// Sign out, read one's own account.
    BeSignedIn = [Admin, Head, Officer, Instructor, Viewer, Employer] graduate;
    /// Read the catalogue, regions, resolve texts.
    ReadCatalogue = [Admin, Head, Officer, Instructor, Viewer, Employer] graduate;
    /// Remember what a text means.
    ConfirmMeaning = [Admin, Officer, Employer];
    /// Add and link units, say what texts mean.
    ManageCatalogue = [Admin, Officer];
    /// See which ESCO skills units teach.
    ReadEscoLinks = [Admin, Head, Officer, Instructor];
    /// Manage offices.
    ManageOffices = [Admin];
    /// Manage accounts.
    ManageAccounts = [Admin, Head];
    /// Read the audit.
    ReadAudit = [Admin, Head];
    /// See who read a person's file.
    ReadReadings = [Admin, Head, Officer] graduate;
    /// Follow the change feed.
    ReadFeed = [Admin, Head, Officer];
    /// Read classes, participants and people of the own scope.
    ReadClasses = [Admin, Head, Officer, Instructor];
    /// Set up programmes and batches.
    ManageClasses = [Admin, Officer];
    /// Record attendance and results.
    RecordResults = [Admin, Officer, Instructor];
    /// Read one's own or one's office's people.
    ReadPeople = [Admin, Head, Officer, Instructor] graduate;
    /// Register and edit people.
    ManagePeople = [Admin, Officer];
    /// Edit wishes: the person, or staff for them.
    EditWishes = [Admin, Officer] graduate;
    /// Issue and revoke certificates.
    IssueCertificates = [Admin, Officer];
    /// Read certificates: of one's people, one's own, or of whoever agreed to be shown.
    ReadCertificates = [Admin, Head, Officer, Instructor, Employer] graduate;
    /// Import files.
    ImportFiles = [Admin, Officer];
    /// Write and read notes.
    WriteNotes = [Admin, Head, Officer, Instructor];
    /// Upload evidence.
    UploadEvidence = [Admin, Officer, Employer] graduate;
    /// Read evidence.
    ReadEvidence = [Admin, Head, Officer, Employer] graduate;
    /// Read partners.
    ReadPartners = [Admin, Head, Officer, Employer];
    /// Set up partners, partnerships, commitments.
    ManagePartners = [Admin, Officer];
    /// Read vacancies.
    ReadVacancies = [Admin, Head, Officer, Employer];
    /// Write vacancies.
    WriteVacancies = [Admin, Officer, Employer];
    /// Return, pause, approve vacancies.
    ReviewVacancies = [Admin, Officer];
    /// Read match lists.
    ReadMatches = [Admin, Head, Officer, Employer];
    /// Read one's own matches.
    ReadOwnMatches = [Admin, Head, Officer] graduate;
    /// Freeze lists, shortlist, reserve, reject.
    DecideMatches = [Admin, Officer];
    /// Read scoring policies, and check a draft.
    ReadPolicies = [Admin, Head, Officer];
    /// Set the scoring policy.
    ManagePolicies = [Admin, Head];
    /// Read allocations.
    ReadAllocations = [Admin, Head, Officer];
    /// Allocate, choose a plan, stop a run.
    Allocate = [Admin, Officer];
    /// Read where somebody stands in reserve.
    ReadReserves = [Admin, Head, Officer] graduate;
    /// Read referrals.
    ReadReferrals = [Admin, Head, Officer, Employer] graduate;
    /// Refer graduates.
    Refer = [Admin, Officer];
    /// Answer a referral for oneself, or record an answer.
    AnswerReferrals = [Admin, Officer] graduate;
    /// Invite and report results.
    RunInterviews = [Admin, Officer, Employer];
    /// Read offers.
    ReadOffers = [Admin, Head, Officer, Employer] graduate;
    /// Make, send, withdraw offers.
    MakeOffers = [Admin, Officer];
    /// Approve offers.
    ApproveOffers = [Admin, Officer, Employer];
    /// Answer an offer, or record an answer.
    AnswerOffers = [Admin, Officer] graduate;
    /// Read placements.
    ReadPlacements = [Admin, Head, Officer, Employer] graduate;
    /// Direct hires, void, verify, reschedule.
    ManagePlacements = [Admin, Officer];
    /// Report start, no-show, end.
    ReportPlacements = [Admin, Officer, Employer];
    /// Confirm or dispute a placement as a side, or cancel it.
    ConfirmPlacements = [Admin, Officer, Employer] graduate;
    /// Report an outcome.
    ReportOutcomes = [Admin, Officer] graduate;
    /// Verify an outcome.
    VerifyOutcomes = [Admin, Head, Officer];
    /// Read the follow-up list.
    ReadFollowUps = [Admin, Head, Officer];
    /// Plan follow-ups, note attempts.
    WorkFollowUps = [Admin, Officer];
    /// Read reports.
    ReadReports = [Admin, Head, Officer, Viewer];
    /// Open the list behind a number.
    ReadReportPeople = [Admin, Head, Officer];
    /// Close a period.
    ClosePeriods = [Admin, Head, Officer];
    /// Download lists.
    ExportLists = [Admin, Head, Officer, Employer];
    /// Give or withdraw consent.
    RecordConsents = [Admin, Officer] graduate;
    /// Issue and revoke personal links.
    ManageLinks = [Admin, Officer];
    /// Read class requests.
    ReadClassRequests = [Admin, Head, Officer, Employer];
    /// Ask for a class.
    RequestClasses = [Admin, Officer, Employer];
    /// Answer class requests.
    AnswerClassRequests = [Admin, Officer];
    /// Read planned classes.
    ReadClassPlans = [Admin, Head, Officer];
    /// Try a class out before money is spent.
    PlanClasses = [Admin, Officer];
    /// Decide whether a planned class is held.
    DecideClassPlans = [Admin, Head, Officer];
}
