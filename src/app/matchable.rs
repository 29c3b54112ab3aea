//! Whether a graduate may be referred to a vacancy or offered it, by the one predicate, read inside the transaction.

use chrono::NaiveDate;

use crate::app::engagement::overlap;
use crate::app::error::AppError;
use crate::app::work::Work;
use crate::engine::day::{age_on, parse_date};
use crate::engine::kinds::Shift;
use crate::engine::matching::eligibility::{self, Ineligible};
use crate::engine::matching::requirement::Demand;
use crate::engine::matching::row;
use crate::store::entity::{graduate, person, vacancy};
use crate::store::error::StoreError;
use crate::store::{matching, placements};
use crate::words::refusal::Refusal;

/// The age from which a person works without a parent's consent, and at night (UU 13/2003 art. 68 to 76).
const ADULT: i32 = 18;

impl Work<'_> {
    /// Refuses who may not be referred or offered a job at all. Units and distance are judged by people here:
    /// staff may refer a near miss, and the person says whether the way is too far.
    pub(in crate::app) async fn refuse_unmatchable(
        &self,
        person: &person::Model,
        graduate: &graduate::Model,
        vacancy: &vacancy::Model,
    ) -> Result<(), AppError> {
        match self.ineligible(graduate, vacancy).await? {
            None => {}
            Some(Ineligible::HoursTaken) => {
                let engaged = placements::engaged_of_person(self.tx, person.id).await?;
                let hours = overlap(&engaged, person.committed_hours, vacancy.hours_per_week, false);
                return Err(hours.unwrap_or_else(|| not_eligible(Ineligible::HoursTaken)).into());
            }
            Some(reason) => return Err(not_eligible(reason).into()),
        }
        self.refuse_minor(person, graduate, vacancy)
    }

    pub(in crate::app) async fn ineligible(
        &self,
        graduate: &graduate::Model,
        vacancy: &vacancy::Model,
    ) -> Result<Option<Ineligible>, AppError> {
        let rows = matching::rows_of(self.tx, &[graduate.id]).await?;
        let Some(packed) = rows.first() else { return Ok(Some(Ineligible::Unknown)) };
        let candidate =
            row::unpack(&packed.packed).map_err(|damage| StoreError::Damaged(format!("match row of {}: {damage}", packed.graduate_id)))?;
        let policy = self.app.policy_of(vacancy.office_id);
        let demand = self.app.demand(self.tx, vacancy, &policy).await?;
        // Distance is left out: who is referred or offered the job says whether the way is too far.
        let demand = Demand { place: None, ..demand };
        Ok(eligibility::check(&candidate, &demand, self.today()).err())
    }

    fn refuse_minor(&self, person: &person::Model, graduate: &graduate::Model, vacancy: &vacancy::Model) -> Result<(), AppError> {
        let Some(born) = self.born_on(person, graduate)? else { return Ok(()) };
        if age_on(born, vacancy.starts_on.max(self.today())) >= ADULT {
            return Ok(());
        }
        if matches!(vacancy.shift, Some(Shift::Night | Shift::Rotating)) {
            return Err(Refusal::NotEligible { reason: "night_work_under_18".to_owned() }.into());
        }
        if graduate.parent_consent_at.is_none() { Err(Refusal::ParentConsentNeeded.into()) } else { Ok(()) }
    }

    /// The birth date of a person, where it is known and not erased.
    pub(in crate::app) fn born_on(&self, person: &person::Model, graduate: &graduate::Model) -> Result<Option<NaiveDate>, AppError> {
        if person.data_key.is_none() || graduate.birth_date_sealed.is_none() {
            return Ok(None);
        }
        let text = self.person_key(person.data_key.as_deref())?.open_text(graduate.birth_date_sealed.as_deref())?;
        Ok(text.and_then(|text| parse_date(&text).ok()))
    }
}

fn not_eligible(reason: Ineligible) -> Refusal {
    Refusal::NotEligible { reason: reason.code().to_owned() }
}
