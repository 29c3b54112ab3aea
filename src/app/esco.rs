//! Which ESCO skill a unit teaches: proposals, and what staff say of them. Only what was accepted counts.

use serde_json::json;

use crate::app::error::AppError;
use crate::app::knowledge::Knowledge;
use crate::app::paging::{Page, Slice};
use crate::app::work::{Look, Work, fresh_version};
use crate::engine::esco::LinkStanding;
use crate::engine::id::RowId;
use crate::engine::unit_code::UnitCode;
use crate::store::entity::esco_link;
use crate::store::{esco, rows};

/// A link between a unit and a skill.
#[derive(Debug, Clone)]
pub struct EscoLinkView {
    /// The link.
    pub row: esco_link::Model,
    /// The unit.
    pub unit: UnitCode,
    /// The unit's title.
    pub unit_title: String,
}

impl EscoLinkView {
    fn of(row: esco_link::Model, knowledge: &Knowledge) -> Result<Self, AppError> {
        let unit = UnitCode::parse(&row.unit_code).ok_or_else(|| AppError::Internal(format!("link {} names no unit", row.id)))?;
        Ok(Self { unit_title: knowledge.unit_title(&unit), unit, row })
    }
}

impl Look<'_> {
    /// Links between units and skills, all or those of one standing, oldest first.
    pub async fn esco_links(&self, standing: Option<LinkStanding>, slice: Slice) -> Result<Page<EscoLinkView>, AppError> {
        let page = esco::link_page(self.db(), &self.scope(), standing, slice).await?;
        let knowledge = self.app.knowledge();
        let rows = page.rows.into_iter().map(|row| EscoLinkView::of(row, &knowledge)).collect::<Result<_, _>>()?;
        Ok(Page { rows, more: page.more })
    }
}

impl Work<'_> {
    /// Staff accept a link or reject it; whoever reviews it later may say otherwise.
    pub async fn review_esco_link(&self, id: RowId, version: i32, accept: bool) -> Result<EscoLinkView, AppError> {
        let row = self.locked::<esco_link::Entity>(id).await?;
        fresh_version(row.version, version)?;
        let standing = if accept { LinkStanding::Accepted } else { LinkStanding::Rejected };
        let row = esco_link::Model {
            standing,
            reviewed_by: self.by(),
            reviewed_at: Some(self.now),
            version: row.version.saturating_add(1),
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.changed("catalogue", row.id, None);
        let detail = json!({"unit": row.unit_code, "skill": row.skill_uri, "standing": standing.code()});
        self.record("review", "esco_link", row.id, self.actor.office, detail).await?;
        EscoLinkView::of(row, &self.app.knowledge())
    }
}
