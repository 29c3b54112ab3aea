//! Who acts, and what part of the installation that actor sees.

use uuid::Uuid;

use crate::engine::id::{AccountId, EmployerId, GraduateId, OfficeId, PersonId, SessionId};
use crate::engine::kinds::Role;
use crate::store::scope::Scope;

/// What kind of actor it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// An account with a role.
    Account(Role),
    /// A graduate by personal link.
    Graduate,
    /// The command line on the machine itself.
    Cli,
    /// Background work.
    System,
}

/// Somebody who acts, already authenticated.
#[derive(Debug, Clone)]
pub struct Actor {
    /// What kind.
    pub who: Who,
    /// The account, if it is one.
    pub account: Option<AccountId>,
    /// The session used.
    pub session: Option<SessionId>,
    /// The office acted for.
    pub office: Option<OfficeId>,
    /// The employer acted for.
    pub employer: Option<EmployerId>,
    /// The person: the graduate behind a link, or the person an officer also is.
    pub person: Option<PersonId>,
    /// The graduate behind a link.
    pub graduate: Option<GraduateId>,
    /// The region a viewer sees.
    pub region: Option<String>,
    /// The request, for the audit.
    pub request: Option<String>,
}

impl Actor {
    /// Background work, which sees everything.
    #[must_use]
    pub fn system() -> Self {
        Self {
            who: Who::System,
            account: None,
            session: None,
            office: None,
            employer: None,
            person: None,
            graduate: None,
            region: None,
            request: None,
        }
    }

    /// The command line, for one office or for all.
    #[must_use]
    pub fn cli(office: Option<OfficeId>) -> Self {
        Self { who: Who::Cli, office, ..Self::system() }
    }

    /// Whose rows this actor sees.
    #[must_use]
    pub fn scope(&self) -> Scope {
        let nobody = Scope::Person(PersonId(Uuid::nil()));
        match self.who {
            Who::Graduate => self.person.map_or(nobody, Scope::Person),
            Who::Account(Role::Employer) => self.employer.map_or(nobody, Scope::Employer),
            Who::Account(Role::Viewer) => self.region.clone().map_or(nobody, Scope::Region),
            Who::Account(Role::Instructor) => {
                self.office.zip(self.account).map_or(nobody, |(office, account)| Scope::Classes(office, account))
            }
            Who::Account(Role::Admin) | Who::Cli | Who::System => self.office.map_or(Scope::All, Scope::Office),
            Who::Account(Role::Head | Role::Officer) => self.office.map_or(nobody, Scope::Office),
        }
    }

    /// Whether the actor belongs to the office side (staff, head, admin, instructor, command line).
    #[must_use]
    pub fn is_staff(&self) -> bool {
        !matches!(self.who, Who::Graduate | Who::Account(Role::Employer | Role::Viewer))
    }

    /// Whether the actor is a partner employer.
    #[must_use]
    pub fn is_employer(&self) -> bool {
        self.who == Who::Account(Role::Employer)
    }

    /// The word for the audit.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.who {
            Who::Account(role) => role.code(),
            Who::Graduate => "graduate",
            Who::Cli => "cli",
            Who::System => "system",
        }
    }

    /// The id for the audit: the account, or the person behind a link.
    #[must_use]
    pub fn id(&self) -> Option<Uuid> {
        self.account.map(|account| account.0).or(self.person.map(|person| person.0))
    }
}
