//! Choosing a plan: its seats and reserve lists are frozen with the day, policy, seed and catalogue it was made with.

use super::job::result_of;
use super::request::Way;
use super::result::{AllocationResult, WayDoc};
use super::view::AllocationView;
use crate::app::error::AppError;
use crate::app::work::Work;
use crate::engine::id::{AllocationId, GraduateId, VacancyId};
use crate::store::entity::{allocation, allocation_seat};
use crate::store::rows;
use crate::words::refusal::Refusal;

impl Work<'_> {
    /// Chooses a way's plan, the one that was asked for unless another is named. A plan is chosen once.
    pub async fn choose_allocation(&self, id: AllocationId, way: Option<Way>) -> Result<AllocationView, AppError> {
        let row = self.locked::<allocation::Entity>(id).await?;
        if row.chosen_at.is_some() {
            return Err(Refusal::AllocationChosen.into());
        }
        let (row, _) = self.chosen(row, way).await?;
        self.app.look(self.actor).allocation_view(self.tx, row).await
    }

    /// A run whose plan is chosen, now if it was not yet, with that plan.
    pub(super) async fn chosen(&self, row: allocation::Model, way: Option<Way>) -> Result<(allocation::Model, WayDoc), AppError> {
        if row.is_simulation {
            return Err(Refusal::AllocationSimulated.into());
        }
        let result = result_of(&row)?;
        let before = row.chosen_way.as_deref().and_then(Way::parse);
        if let Some(before) = before {
            if way.is_some_and(|way| way != before) {
                return Err(Refusal::AllocationChosen.into());
            }
            let plan = plan_of(&result, before)?;
            return Ok((row, plan));
        }
        let way = way.or_else(|| Way::parse(&row.objective)).unwrap_or(Way::Maximum);
        let plan = plan_of(&result, way)?;
        rows::insert_many(self.tx, seats_of(row.id, &plan)).await?;
        let row = allocation::Model {
            chosen_way: Some(plan.way.code().to_owned()),
            chosen_by: self.by(),
            chosen_at: Some(self.now),
            version: row.version + 1,
            ..row
        };
        rows::update(self.tx, row.clone()).await?;
        self.changed("allocation", row.id, Some(row.office_id));
        let detail = serde_json::json!({ "way": plan.way.code(), "placed": plan.figures.placed });
        self.record("choose", "allocation", row.id, Some(row.office_id), detail).await?;
        Ok((row, plan))
    }
}

fn plan_of(result: &AllocationResult, way: Way) -> Result<WayDoc, AppError> {
    result.way(way).cloned().ok_or_else(|| AppError::field("/way", Refusal::WayNotThere))
}

/// Who sits (place 0) and who waits (1, 2, …), of every vacancy.
fn seats_of(id: AllocationId, plan: &WayDoc) -> Vec<allocation_seat::Model> {
    let seat = |vacancy, graduate, place, score| allocation_seat::Model {
        allocation_id: id,
        vacancy_id: VacancyId(vacancy),
        graduate_id: GraduateId(graduate),
        place,
        score,
    };
    let given = plan.assignments.iter().map(|one| seat(one.vacancy, one.graduate, 0, one.score.map(i32::from)));
    let waiting = plan.reserves.iter().flat_map(|(vacancy, list)| {
        let place = |place: usize| i32::try_from(place + 1).unwrap_or(i32::MAX);
        list.iter().enumerate().map(move |(at, graduate)| seat(*vacancy, *graduate, place(at), None))
    });
    given.chain(waiting).collect()
}
