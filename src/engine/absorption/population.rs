//! Who may be counted: the members of classes, the denominators they belong to and the groups they are shown in.
//!
//! A participant entered by mistake is in none of them.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::coded_enum;
use crate::engine::absorption::event::OutcomeEvent;
use crate::engine::absorption::month::Month;
use crate::engine::geo::RegionCode;
use crate::engine::id::{BatchId, EmployerId, GraduateId, ParticipantId, PersonId, ProgrammeId};
use crate::engine::kinds::{Assessment, ParticipantStatus, TrainingResult};

/// One person's place in one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The place in the class: what every list holds.
    pub participant: ParticipantId,
    /// The office's record of the person.
    pub graduate: GraduateId,
    /// The human being, who counts once in every total.
    pub person: PersonId,
    /// The class.
    pub batch: BatchId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Where the person stands in the class.
    pub status: ParticipantStatus,
    /// Whether the person attended as the programme asks.
    pub attended: bool,
    /// The result of the training; `None` while it is not known.
    pub result: Option<TrainingResult>,
    /// The result of the BNSP assessment; `None` where there was none yet.
    pub assessed: Option<Assessment>,
    /// Day 0: the date of the result, else the end of the class.
    pub graduated_on: Option<NaiveDate>,
    /// The partner the class was held for.
    pub employer: Option<EmployerId>,
    /// Where the person lives (kecamatan).
    pub district: Option<RegionCode>,
    /// Which fund paid: APBD, APBN, DBHCHT, …
    pub fund: Option<String>,
}

coded_enum! {
    /// Out of whom a rate is counted.
    pub enum Denominator {
        /// All who took part, who left early too.
        Started = "started",
        /// Who attended.
        Attended = "attended",
        /// Who passed the training: the default.
        Passed = "passed",
        /// Who was assessed competent by a certification body.
        Competent = "competent",
    }
}

/// Whether somebody is in a denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// Yes.
    Yes,
    /// The result is not in: not counted, but not yet due either.
    NotYet,
    /// No.
    No,
}

impl Member {
    /// Whether the person took part; reserves did not, and who was entered by mistake never was.
    #[must_use]
    pub fn took_part(&self) -> bool {
        matches!(self.status, ParticipantStatus::Enrolled | ParticipantStatus::Completed | ParticipantStatus::Withdrawn)
    }

    /// Whether the person belongs to a denominator.
    #[must_use]
    pub fn belongs(&self, denominator: Denominator) -> Belongs {
        if !self.took_part() {
            return Belongs::No;
        }
        let left = self.status == ParticipantStatus::Withdrawn;
        match denominator {
            Denominator::Started => Belongs::Yes,
            Denominator::Attended if self.attended => Belongs::Yes,
            Denominator::Attended => Belongs::No,
            Denominator::Passed => belongs_by(self.result.map(|result| result == TrainingResult::Passed), left),
            Denominator::Competent => belongs_by(self.assessed.map(|result| result == Assessment::Competent), left),
        }
    }
}

fn belongs_by(result: Option<bool>, left: bool) -> Belongs {
    match result {
        Some(true) => Belongs::Yes,
        None if !left => Belongs::NotYet,
        _ => Belongs::No,
    }
}

coded_enum! {
    /// How a report is cut.
    pub enum GroupBy {
        /// By class.
        Batch = "batch",
        /// By programme.
        Programme = "programme",
        /// By the partner the class was held for.
        Employer = "employer",
        /// By district of residence.
        District = "district",
        /// By fund.
        Fund = "fund",
        /// By month of day 0.
        Month = "month",
    }
}

/// One slice of a report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// A class.
    Batch(BatchId),
    /// A programme.
    Programme(ProgrammeId),
    /// A partner.
    Employer(EmployerId),
    /// A district.
    District(RegionCode),
    /// A fund.
    Fund(String),
    /// A month.
    Month(Month),
    /// The ones for whom it is not filled in; they are shown, not dropped.
    Unset,
}

impl Group {
    /// The slice a member falls into.
    #[must_use]
    pub fn of(member: &Member, by: GroupBy) -> Self {
        let group = match by {
            GroupBy::Batch => Some(Self::Batch(member.batch)),
            GroupBy::Programme => Some(Self::Programme(member.programme)),
            GroupBy::Employer => member.employer.map(Self::Employer),
            GroupBy::District => member.district.clone().map(Self::District),
            GroupBy::Fund => member.fund.clone().map(Self::Fund),
            GroupBy::Month => member.graduated_on.map(Month::of).map(Self::Month),
        };
        group.unwrap_or(Self::Unset)
    }
}

impl std::fmt::Display for Group {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Batch(id) => id.fmt(formatter),
            Self::Programme(id) => id.fmt(formatter),
            Self::Employer(id) => id.fmt(formatter),
            Self::District(code) => code.fmt(formatter),
            Self::Fund(fund) => formatter.write_str(fund),
            Self::Month(month) => month.fmt(formatter),
            Self::Unset => formatter.write_str(""),
        }
    }
}

/// The people whose every place in a class was entered by mistake; their events count nowhere.
#[must_use]
pub fn removed_people(members: &[Member]) -> FxHashSet<PersonId> {
    let real: FxHashSet<PersonId> = members.iter().filter(|member| !is_removed(member)).map(|member| member.person).collect();
    members.iter().map(|member| member.person).filter(|person| !real.contains(person)).collect()
}

fn is_removed(member: &Member) -> bool {
    member.status == ParticipantStatus::Removed
}

/// Events sorted out by person.
pub(super) fn by_person(events: &[OutcomeEvent]) -> FxHashMap<PersonId, Vec<&OutcomeEvent>> {
    let mut people: FxHashMap<PersonId, Vec<&OutcomeEvent>> = FxHashMap::default();
    for event in events {
        people.entry(event.person).or_default().push(event);
    }
    people
}
