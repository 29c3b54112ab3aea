//! Competency units: what texts mean, what offices remember, add and link.

use serde_json::json;

use crate::app::error::AppError;
use crate::app::meanings::UNIT;
use crate::app::work::Work;
use crate::engine::id::{OfficeId, RowId};
use crate::engine::text::text_key;
use crate::engine::unit_code::UnitCode;
use crate::store::entity::confirmation;
use crate::store::{catalogue, id, rows};

impl Work<'_> {
    /// Remembers for an office (or, without one, for all) that a text means a unit; the next question finds it first.
    pub(in crate::app) async fn remember_meaning(&self, office: Option<OfficeId>, text: &str, code: &UnitCode) -> Result<(), AppError> {
        let key = text_key(text);
        let before = catalogue::confirmation(self.tx, office, UNIT, &key).await?;
        let row = confirmation::Model {
            id: before.as_ref().map_or_else(id::fresh::<RowId>, |before| before.id),
            office_id: office,
            subject: UNIT.to_owned(),
            text_key: key,
            text: text.to_owned(),
            code: code.as_str().to_owned(),
            confirmed_by: self.by(),
            confirmed_at: self.now,
        };
        match before {
            Some(_) => rows::update(self.tx, row.clone()).await?,
            None => rows::insert(self.tx, row.clone()).await?,
        }
        self.changed("confirmation", row.id, office);
        self.record("confirm", "confirmation", row.id, office, json!({"unit": code.as_str()})).await
    }
}
