//! Lists: `{"items":[…],"next_cursor":…}`. A cursor is opaque and signed; it says after which row to go on.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::problem::Problem;
use crate::app::catalogue::Window;
use crate::app::installation::App;
use crate::app::paging::{Page, Slice};
use crate::words::refusal::Refusal;

/// How many items a list holds unless told.
const DEFAULT_LIMIT: u64 = 50;

/// Which page of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
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

/// How many items of a list in memory to pass over, and how many to give.
pub fn place_of(app: &App, limit: Option<u64>, cursor: Option<&str>) -> Result<(usize, usize), Problem> {
    let read = |text: &str| app.open_cursor(text).and_then(|bytes| bytes.try_into().ok()).map(u64::from_be_bytes);
    let skip = cursor.map(|text| read(text).ok_or(Refusal::CursorUnreadable)).transpose()?.unwrap_or(0);
    Ok((usize::try_from(skip).unwrap_or(usize::MAX), usize::try_from(limit_of(limit)?).unwrap_or(usize::MAX)))
}

/// A part of a list in memory as it is sent.
pub fn window_out<M, T: ToSchema>(app: &App, window: Window<M>, skip: usize, out: impl Fn(M) -> T) -> ListOut<T> {
    let next = u64::try_from(skip.saturating_add(window.items.len())).unwrap_or(u64::MAX);
    let next_cursor = window.more.then(|| app.seal_cursor(&next.to_be_bytes()));
    ListOut { items: window.items.into_iter().map(out).collect(), next_cursor }
}
