//! Whose rows a query may see.

use sea_orm::sea_query::{Condition, Expr, Query};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait};

use crate::engine::id::{AccountId, EmployerId, OfficeId, PersonId};
use crate::store::entity::*;

/// The part of the installation an actor may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everything: the administrator, the command line, background work.
    All,
    /// One office's rows.
    Office(OfficeId),
    /// The classes one instructor teaches in an office, and the people in them.
    Classes(OfficeId, AccountId),
    /// Offices of a region and below (`35`, `35.13`).
    Region(String),
    /// One employer's rows.
    Employer(EmployerId),
    /// One person's rows.
    Person(PersonId),
}

/// A table whose rows belong to somebody.
pub trait Scoped: EntityTrait {
    /// The condition that keeps a query within a scope.
    fn within(scope: &Scope) -> Condition;
    /// The condition that picks one row by its id.
    fn has_id(id: uuid::Uuid) -> Condition;
}

fn nothing() -> Condition {
    Condition::all().add(ExprTrait::eq(Expr::val(1), 0))
}

fn offices_of(region: &str) -> sea_orm::sea_query::SelectStatement {
    let mut query = Query::select();
    let here = office::Column::RegionCode.eq(region).or(office::Column::RegionCode.starts_with(format!("{region}.")));
    query.column(office::Column::Id).from(office::Entity).and_where(here);
    query
}

impl Scoped for employer::Entity {
    /// An office sees its partners, an employer itself.
    fn within(scope: &Scope) -> Condition {
        let partners = |condition: Condition| {
            let mut query = Query::select();
            query.column(partnership::Column::EmployerId).from(partnership::Entity).cond_where(condition);
            Condition::all().add(employer::Column::Id.in_subquery(query))
        };
        match scope {
            Scope::All => Condition::all(),
            Scope::Office(_) | Scope::Region(_) => partners(partnership::Entity::within(scope)),
            Scope::Employer(employer) => Condition::all().add(employer::Column::Id.eq(*employer)),
            Scope::Classes(..) | Scope::Person(_) => nothing(),
        }
    }

    fn has_id(id: uuid::Uuid) -> Condition {
        Condition::all().add(employer::Column::Id.eq(id))
    }
}

impl Scoped for esco_link::Entity {
    /// What units teach is the same for every office; it is no business of employers or graduates.
    fn within(scope: &Scope) -> Condition {
        match scope {
            Scope::All | Scope::Office(_) | Scope::Classes(..) | Scope::Region(_) => Condition::all(),
            Scope::Employer(_) | Scope::Person(_) => nothing(),
        }
    }

    fn has_id(id: uuid::Uuid) -> Condition {
        Condition::all().add(esco_link::Column::Id.eq(id))
    }
}

/// `scoped!(table: office = Column, employer = Column, person = Column)`; what is not named sees nothing.
macro_rules! scoped {
    ($($table:ident $(, office = $office:ident)? $(, employer = $employer:ident)? $(, person = $person:ident)? $(, instructor = $instructor:ident)?;)+) => {$(
        impl Scoped for $table::Entity {
            fn within(scope: &Scope) -> Condition {
                match scope {
                    Scope::All => Condition::all(),
                    $(Scope::Office(office) => Condition::all().add($table::Column::$office.eq(*office)),)?
                    $(Scope::Region(region) => Condition::all().add($table::Column::$office.in_subquery(offices_of(region))),)?
                    $(Scope::Employer(employer) => Condition::all().add($table::Column::$employer.eq(*employer)),)?
                    $(Scope::Person(person) => Condition::all().add($table::Column::$person.eq(*person)),)?
                    $(Scope::Classes(office, account) => $instructor(*office, *account),)?
                    #[allow(unreachable_patterns, clippy::allow_attributes, reason = "a table that names every owner leaves none over")]
                    _ => nothing(),
                }
            }

            fn has_id(id: uuid::Uuid) -> Condition {
                Condition::all().add($table::Column::Id.eq(id))
            }
        }
    )+};
}

fn own_batches(office: OfficeId, account: AccountId) -> Condition {
    Condition::all().add(batch::Column::OfficeId.eq(office)).add(batch::Column::InstructorId.eq(account))
}

fn own_batch_ids(office: OfficeId, account: AccountId) -> sea_orm::sea_query::SelectStatement {
    let mut query = Query::select();
    query.column(batch::Column::Id).from(batch::Entity).cond_where(own_batches(office, account));
    query
}

fn own_participants(office: OfficeId, account: AccountId) -> Condition {
    Condition::all().add(participant::Column::BatchId.in_subquery(own_batch_ids(office, account)))
}

fn own_graduates(office: OfficeId, account: AccountId) -> Condition {
    let mut query = Query::select();
    query.column(participant::Column::GraduateId).from(participant::Entity).cond_where(own_participants(office, account));
    Condition::all().add(graduate::Column::Id.in_subquery(query))
}

fn own_certificates(office: OfficeId, account: AccountId) -> Condition {
    Condition::all().add(certificate::Column::BatchId.in_subquery(own_batch_ids(office, account)))
}

fn office_wide_programmes(office: OfficeId, _account: AccountId) -> Condition {
    Condition::all().add(programme::Column::OfficeId.eq(office))
}

scoped! {
    office, office = Id;
    account, office = OfficeId, employer = EmployerId, person = PersonId;
    programme, office = OfficeId, instructor = office_wide_programmes;
    batch, office = OfficeId, instructor = own_batches;
    participant, office = OfficeId, instructor = own_participants;
    graduate, office = OfficeId, person = PersonId, instructor = own_graduates;
    certificate, office = OfficeId, person = PersonId, instructor = own_certificates;
    consent, office = OfficeId, person = PersonId;
    note, office = OfficeId;
    evidence_file, office = OfficeId, employer = EmployerId, person = PersonId;
    employer_site, employer = EmployerId;
    partnership, office = OfficeId, employer = EmployerId;
    commitment, office = OfficeId, employer = EmployerId;
    vacancy, office = OfficeId, employer = EmployerId;
    match_list, office = OfficeId;
    referral, office = OfficeId, employer = EmployerId, person = PersonId;
    offer, office = OfficeId, employer = EmployerId, person = PersonId;
    placement, office = OfficeId, employer = EmployerId, person = PersonId;
    outcome_event, office = OfficeId, employer = EmployerId, person = PersonId;
    closed_period, office = OfficeId;
    follow_up, office = OfficeId;
    import_job, office = OfficeId;
    allocation, office = OfficeId;
    class_request, office = OfficeId, employer = EmployerId;
    class_plan, office = OfficeId;
    duplicate_proposal, office = OfficeId;
    audit, office = OfficeId;
}
