//! Lists: `{"items":[…],"next_cursor":…}`. A cursor is opaque and signed; it says after which row to go on.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::problem::Problem;
use crate::app::installation::App;
use crate::app::paging::{Page, Slice};
use crate::words::refusal::Refusal;

/// How many items a list holds unless told.
const DEFAULT_LIMIT: u64 = 50;

/// Which page of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOut<T: ToSchema> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; `null` on the last.
    pub next_cursor: Option<String>,
}

/// The limit asked for, checked.
pub fn limit_of(limit: Option<u64>) -> Result<u64, Problem> {
    match limit.unwrap_or(DEFAULT_LIMIT) {
        limit if (1..=Slice::MAX).contains(&limit) => Ok(limit),
        _ => Err(crate::app::error::AppError::field("/limit", Refusal::NumberOutOfRange { low: 1, high: 200 }).into()),
    }
}

/// The slice of an id-ordered list that a query asks for.
pub fn slice_of(app: &App, limit: Option<u64>, cursor: Option<&str>) -> Result<Slice, Problem> {
    let after = cursor
        .map(|text| app.open_cursor(text).and_then(|bytes| Uuid::from_slice(&bytes).ok()).ok_or(Refusal::CursorUnreadable))
        .transpose()?;
    Ok(Slice { limit: limit_of(limit)?, after })
}

/// A page as it is sent.
pub fn list_out<M, T: ToSchema>(app: &App, page: Page<M>, id: impl Fn(&M) -> Uuid, out: impl Fn(M) -> T) -> ListOut<T> {
    let next_cursor = page.rows.last().filter(|_| page.more).map(|row| app.seal_cursor(id(row).as_bytes()));
    ListOut { items: page.rows.into_iter().map(out).collect(), next_cursor }
}
