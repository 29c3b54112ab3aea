//! Key-set pages: ask for what lies after a key, get one more than asked to know whether there is more.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::store::error::StoreError;

/// A page of rows; `more` says whether rows follow the last one.
#[derive(Debug, Clone)]
pub struct Page<M> {
    /// The rows.
    pub rows: Vec<M>,
    /// Whether more follow.
    pub more: bool,
}

/// Which page: how many rows, and after which id.
#[derive(Debug, Clone, Copy)]
pub struct Slice {
    /// At most this many rows.
    pub limit: u64,
    /// Only rows after this id.
    pub after: Option<uuid::Uuid>,
}

impl Slice {
    /// The most rows one page may hold.
    pub const MAX: u64 = 200;

    /// Every row of a list that is known to be short.
    #[must_use]
    pub fn all() -> Self {
        Self { limit: 100_000, after: None }
    }
}

/// One page of a query, oldest id first (ids are version 7, so that is by time of entry).
pub async fn page<E>(db: &impl ConnectionTrait, query: Select<E>, id: E::Column, slice: Slice) -> Result<Page<E::Model>, StoreError>
where
    E: EntityTrait,
    E::Model: ModelTrait + Send,
{
    let query = match slice.after {
        Some(after) => query.filter(id.gt(after)),
        None => query,
    };
    let mut rows = query.order_by_asc(id).limit(slice.limit + 1).all(db).await?;
    let limit = usize::try_from(slice.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    Ok(Page { rows, more })
}
