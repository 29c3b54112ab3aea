//! What reports are counted from: places in classes with all that a slice is cut by, and the events of their people.
//!
//! A few set-based queries whatever the number of people; never one a person.

use chrono::{DateTime, Utc};
use rustc_hash::FxHashMap;
use sea_orm::sea_query::{Condition, Expr, Func, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationDef, Select,
};

use crate::engine::absorption::commitment::Commitment;
use crate::engine::absorption::event::OutcomeEvent;
use crate::engine::id::{BatchId, EmployerId, GraduateId, OfficeId, ParticipantId, PersonId, ProgrammeId};
use crate::engine::kinds::{Assessment, ParticipantStatus, TrainingResult};
use crate::store::entity::{batch, closed_period, commitment, graduate, outcome_event, participant, person, programme, vacancy};
use crate::store::error::StoreError;
use crate::store::outcomes::event_of;
use crate::store::page::{Page, Slice, page};
use crate::store::scope::{Scope, Scoped};

/// Which classes a report is about, within a scope.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes {
    /// One class.
    pub batch: Option<BatchId>,
    /// All classes of a programme.
    pub programme: Option<ProgrammeId>,
    /// All classes of an office.
    pub office: Option<OfficeId>,
}

impl Classes {
    fn condition(&self, scope: &Scope) -> Condition {
        Condition::all()
            .add(participant::Entity::within(scope))
            .add_option(self.batch.map(|id| participant::Column::BatchId.eq(id)))
            .add_option(self.programme.map(|id| batch::Column::ProgrammeId.eq(id)))
            .add_option(self.office.map(|id| participant::Column::OfficeId.eq(id)))
    }
}

/// A place in a class with what slices are cut by.
#[derive(Debug, Clone, FromQueryResult)]
pub struct PlaceRow {
    /// The place.
    pub participant_id: ParticipantId,
    /// The class.
    pub batch_id: BatchId,
    /// The class's name.
    pub batch_name: String,
    /// Its last day.
    pub ends_on: chrono::NaiveDate,
    /// The partner it was held for.
    pub partner_id: Option<EmployerId>,
    /// Who paid.
    pub fund: Option<String>,
    /// What share was to be absorbed, in percent.
    pub target_percent: Option<i32>,
    /// The programme.
    pub programme_id: ProgrammeId,
    /// The programme's title.
    pub programme_title: String,
    /// The office's record of the person.
    pub graduate_id: GraduateId,
    /// The person's name; empty once erased.
    pub name: String,
    /// Where the person lives.
    pub district_code: Option<String>,
    /// The person under whom the record stands.
    pub person_id: PersonId,
    /// The person it was merged into.
    pub merged_into: Option<PersonId>,
    /// Where the person stands in the class.
    pub status: ParticipantStatus,
    /// Attendance in percent.
    pub attendance_percent: Option<i32>,
    /// Result of the training.
    pub result: Option<TrainingResult>,
    /// Result of the assessment.
    pub assessed: Option<Assessment>,
    /// The day of the result.
    pub result_on: Option<chrono::NaiveDate>,
    /// 1 where the place lies in the classes asked for, 0 where it is another class of one of their people.
    pub shown: i32,
}

impl PlaceRow {
    /// The human being, whatever record the place hangs on.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.merged_into.unwrap_or(self.person_id)
    }
}

/// Every place of every person who has one in the classes asked for.
pub async fn places(db: &impl ConnectionTrait, scope: &Scope, classes: Classes) -> Result<Vec<PlaceRow>, StoreError> {
    let query = place_rows(classes.condition(scope)).filter(root().in_subquery(people(scope, classes)));
    Ok(query.into_model::<PlaceRow>().all(db).await?)
}

/// Some places within a scope, by their ids.
pub async fn places_named(db: &impl ConnectionTrait, scope: &Scope, ids: &[ParticipantId]) -> Result<Vec<PlaceRow>, StoreError> {
    let own = participant::Entity::within(scope);
    let query = place_rows(own.clone()).filter(own).filter(participant::Column::Id.is_in(ids.iter().copied()));
    Ok(query.into_model::<PlaceRow>().all(db).await?)
}

/// The places within a scope of some people, who are named by a query of their ids.
pub(in crate::store) async fn places_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    people: SelectStatement,
) -> Result<Vec<PlaceRow>, StoreError> {
    let own = participant::Entity::within(scope);
    let query = place_rows(own.clone()).filter(own).filter(graduate::Column::PersonId.in_subquery(people));
    Ok(query.into_model::<PlaceRow>().all(db).await?)
}

/// Vacancies within a scope that were published between two moments, oldest first.
pub async fn published(
    db: &impl ConnectionTrait,
    scope: &Scope,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
) -> Result<Vec<vacancy::Model>, StoreError> {
    let condition = Condition::all()
        .add(vacancy::Entity::within(scope))
        .add(vacancy::Column::PublishedAt.is_not_null())
        .add_option(from.map(|moment| vacancy::Column::PublishedAt.gt(moment)))
        .add_option(until.map(|moment| vacancy::Column::PublishedAt.lte(moment)));
    Ok(vacancy::Entity::find().filter(condition).order_by_asc(vacancy::Column::PublishedAt).all(db).await?)
}

/// Closed periods within a scope, oldest first.
pub async fn periods(db: &impl ConnectionTrait, scope: &Scope, slice: Slice) -> Result<Page<closed_period::Model>, StoreError> {
    page(db, closed_period::Entity::find().filter(closed_period::Entity::within(scope)), closed_period::Column::Id, slice).await
}

/// Places in classes with what slices are cut by; `shown` says which of them the report is about.
fn place_rows(shown: Condition) -> Select<participant::Entity> {
    joined()
        .select_only()
        .column_as(participant::Column::Id, "participant_id")
        .columns([participant::Column::BatchId, participant::Column::GraduateId, participant::Column::Status])
        .columns([participant::Column::AttendancePercent, participant::Column::Result, participant::Column::Assessed])
        .column(participant::Column::ResultOn)
        .column_as(batch::Column::Name, "batch_name")
        .columns([batch::Column::EndsOn, batch::Column::PartnerId, batch::Column::Fund, batch::Column::TargetPercent])
        .column(batch::Column::ProgrammeId)
        .column_as(programme::Column::Title, "programme_title")
        .columns([graduate::Column::Name, graduate::Column::DistrictCode, graduate::Column::PersonId])
        .column(person::Column::MergedInto)
        .expr_as(Expr::case(shown, 1).finally(0), "shown")
}

/// Every event of every person who has a place in the classes asked for, told under the person they were merged into.
pub async fn events(db: &impl ConnectionTrait, scope: &Scope, classes: Classes) -> Result<Vec<OutcomeEvent>, StoreError> {
    let concerned = person::Entity::find().select_only().column(person::Column::Id).filter(root().in_subquery(people(scope, classes)));
    let rows = outcome_event::Entity::find().filter(outcome_event::Column::PersonId.in_subquery(concerned.into_query())).all(db).await?;
    let roots = merged(db, people(scope, classes)).await?;
    let told = |row: &outcome_event::Model| {
        let event = event_of(row);
        OutcomeEvent { person: roots.get(&event.person).copied().unwrap_or(event.person), ..event }
    };
    Ok(rows.iter().map(told).collect())
}

/// The promises of partners that an actor sees.
pub async fn commitments(db: &impl ConnectionTrait, scope: &Scope, office: Option<OfficeId>) -> Result<Vec<commitment::Model>, StoreError> {
    let own = Condition::all().add_option(office.map(|id| commitment::Column::OfficeId.eq(id)));
    Ok(commitment::Entity::find().filter(commitment::Entity::within(scope)).filter(own).all(db).await?)
}

/// A promise as the arithmetic reads it.
#[must_use]
pub fn promise_of(row: &commitment::Model) -> Commitment {
    Commitment {
        id: row.id,
        employer: row.employer_id,
        valid_from: row.valid_from,
        valid_until: Some(row.valid_until),
        promised: u32::try_from(row.seats).unwrap_or(0),
    }
}

/// Who was merged into one of some people.
async fn merged(db: &impl ConnectionTrait, roots: SelectStatement) -> Result<FxHashMap<PersonId, PersonId>, StoreError> {
    let rows = person::Entity::find().filter(person::Column::MergedInto.in_subquery(roots)).all(db).await?;
    Ok(rows.into_iter().filter_map(|row| row.merged_into.map(|root| (row.id, root))).collect())
}

/// The people of the classes asked for.
fn people(scope: &Scope, classes: Classes) -> SelectStatement {
    joined().select_only().expr_as(root(), "root").filter(classes.condition(scope)).into_query()
}

/// The person a record belongs to, merged or not.
fn root() -> SimpleExpr {
    let columns = [Expr::col((person::Entity, person::Column::MergedInto)), Expr::col((person::Entity, person::Column::Id))];
    Func::coalesce(columns).into()
}

fn joined() -> Select<participant::Entity> {
    let to_batch: RelationDef =
        participant::Entity::belongs_to(batch::Entity).from(participant::Column::BatchId).to(batch::Column::Id).into();
    let to_programme: RelationDef =
        batch::Entity::belongs_to(programme::Entity).from(batch::Column::ProgrammeId).to(programme::Column::Id).into();
    let to_graduate: RelationDef =
        participant::Entity::belongs_to(graduate::Entity).from(participant::Column::GraduateId).to(graduate::Column::Id).into();
    let to_person: RelationDef =
        graduate::Entity::belongs_to(person::Entity).from(graduate::Column::PersonId).to(person::Column::Id).into();
    participant::Entity::find()
        .join(JoinType::InnerJoin, to_batch)
        .join(JoinType::InnerJoin, to_programme)
        .join(JoinType::InnerJoin, to_graduate)
        .join(JoinType::InnerJoin, to_person)
}
