//! Class requests and class plans.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::engine::id::{OfficeId, ProgrammeId};
use crate::store::entity::{batch, class_plan, class_request};
use crate::store::error::StoreError;
use crate::store::page::{Page, Slice, page};
use crate::store::scope::{Scope, Scoped};

/// Class requests within a scope, of one state or all.
pub async fn requests(
    db: &impl ConnectionTrait,
    scope: &Scope,
    state: Option<&str>,
    slice: Slice,
) -> Result<Page<class_request::Model>, StoreError> {
    let mut query = class_request::Entity::find().filter(class_request::Entity::within(scope));
    if let Some(state) = state {
        query = query.filter(class_request::Column::State.eq(state));
    }
    page(db, query, class_request::Column::Id, slice).await
}

/// What an office was asked for in the month that begins on a day, declined requests apart.
pub async fn asked_for(db: &impl ConnectionTrait, office: OfficeId, month: NaiveDate) -> Result<Vec<class_request::Model>, StoreError> {
    let query = class_request::Entity::find().filter(class_request::Column::OfficeId.eq(office));
    let query = query.filter(class_request::Column::Month.eq(month)).filter(class_request::Column::State.ne("declined"));
    Ok(query.order_by_asc(class_request::Column::Id).all(db).await?)
}

/// Class plans within a scope.
pub async fn plans(db: &impl ConnectionTrait, scope: &Scope, slice: Slice) -> Result<Page<class_plan::Model>, StoreError> {
    page(db, class_plan::Entity::find().filter(class_plan::Entity::within(scope)), class_plan::Column::Id, slice).await
}

/// The classes of an office that begin after a day, soonest first.
pub async fn coming_classes(db: &impl ConnectionTrait, office: OfficeId, after: NaiveDate) -> Result<Vec<batch::Model>, StoreError> {
    let query = batch::Entity::find().filter(batch::Column::OfficeId.eq(office)).filter(batch::Column::StartsOn.gt(after));
    Ok(query
        .filter(batch::Column::ClosedAt.is_null())
        .order_by_asc(batch::Column::StartsOn)
        .order_by_asc(batch::Column::Id)
        .all(db)
        .await?)
}

/// The programmes of some classes.
#[must_use]
pub fn programmes_of(classes: &[batch::Model]) -> Vec<ProgrammeId> {
    let mut ids: Vec<ProgrammeId> = classes.iter().map(|class| class.programme_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
