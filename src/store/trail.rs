//! Reading the trail: the audit, who read a person's file, and the change feed as others may follow it.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use uuid::Uuid;

use crate::engine::id::{AccountId, OfficeId, PersonId, RowId};
use crate::engine::kinds::Role;
use crate::store::entity::{account, audit, change_log, office, read_log};
use crate::store::error::StoreError;
use crate::store::feed::Position;
use crate::store::page::{Page, Slice};
use crate::store::scope::{Scope, Scoped};

/// One reading of a person's file.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ReadingRow {
    /// The reading.
    pub id: RowId,
    /// When.
    pub at: DateTime<Utc>,
    /// The account that read; `None` for the person's own link.
    pub account_id: Option<AccountId>,
    /// Its name.
    pub account_name: Option<String>,
    /// Its role.
    pub role: Option<Role>,
    /// The office it acted for.
    pub office_id: Option<OfficeId>,
    /// The office's name.
    pub office_name: Option<String>,
    /// What was read.
    pub purpose: String,
}

/// Audit rows within a scope, newest first: of one thing, or of everything.
pub async fn audit_rows(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: Option<Uuid>,
    slice: Slice,
) -> Result<Page<audit::Model>, StoreError> {
    let condition = Condition::all()
        .add(audit::Entity::within(scope))
        .add_option(of.map(|id| audit::Column::EntityId.eq(id)))
        .add_option(slice.after.map(|before| audit::Column::Id.lt(before)));
    let query = audit::Entity::find().filter(condition).order_by_desc(audit::Column::Id).limit(slice.limit + 1);
    Ok(cut(query.all(db).await?, slice.limit))
}

/// Readings of a person's file, newest first; those of one office where one is named.
pub async fn readings(
    db: &impl ConnectionTrait,
    person: PersonId,
    office_only: Option<OfficeId>,
    slice: Slice,
) -> Result<Page<ReadingRow>, StoreError> {
    let to_account: RelationDef =
        read_log::Entity::belongs_to(account::Entity).from(read_log::Column::AccountId).to(account::Column::Id).into();
    let to_office: RelationDef =
        read_log::Entity::belongs_to(office::Entity).from(read_log::Column::OfficeId).to(office::Column::Id).into();
    let condition = Condition::all()
        .add(read_log::Column::PersonId.eq(person))
        .add_option(office_only.map(|id| read_log::Column::OfficeId.eq(id)))
        .add_option(slice.after.map(|before| read_log::Column::Id.lt(before)));
    let query = read_log::Entity::find()
        .select_only()
        .columns([read_log::Column::Id, read_log::Column::At, read_log::Column::AccountId])
        .columns([read_log::Column::OfficeId, read_log::Column::Purpose])
        .column_as(account::Column::DisplayName, "account_name")
        .column(account::Column::Role)
        .column_as(office::Column::Name, "office_name")
        .join(JoinType::LeftJoin, to_account)
        .join(JoinType::LeftJoin, to_office)
        .filter(condition)
        .order_by_desc(read_log::Column::Id);
    Ok(cut(query.limit(slice.limit + 1).into_model::<ReadingRow>().all(db).await?, slice.limit))
}

/// Changes of one epoch after a position, oldest first; those of one office where one is named.
///
/// On PostgreSQL only rows below the oldest transaction still running are read, so that none can appear behind a reader.
pub async fn changes(
    db: &impl ConnectionTrait,
    epoch: i64,
    position: Position,
    office_only: Option<OfficeId>,
    limit: u64,
) -> Result<Page<change_log::Model>, StoreError> {
    let later =
        change_log::Column::Xid.gt(position.xid).or(change_log::Column::Xid.eq(position.xid).and(change_log::Column::Seq.gt(position.seq)));
    let settled = (db.get_database_backend() == DbBackend::Postgres)
        .then(|| Expr::cust("\"change_log\".\"xid\" < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"));
    let condition = Condition::all()
        .add(change_log::Column::Epoch.eq(epoch))
        .add(later)
        .add_option(settled)
        .add_option(office_only.map(|id| change_log::Column::OfficeId.eq(id)));
    let query = change_log::Entity::find().filter(condition);
    let query = query.order_by_asc(change_log::Column::Xid).order_by_asc(change_log::Column::Seq).limit(limit + 1);
    Ok(cut(query.all(db).await?, limit))
}

fn cut<M>(mut rows: Vec<M>, limit: u64) -> Page<M> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    Page { rows, more }
}
