//! What the go / no-go sheet of a planned class says.

use crate::texts;
use crate::words::{Language, Say};

texts! {
    /// Sentences of the sheet.
    pub enum PlanningWords {
        Seats { seated: u32, people: u32 } = "{seated} dari {people} punya kursi" | "{seated} of {people} have a seat",
        OnPromises { people: u32 } = "{people} bergantung pada kursi yang dijanjikan" | "{people} depend on promised seats",
        Without { people: u32 } = "{people} belum punya kursi" | "{people} have no seat in sight",
    }
}

/// The advice in one sentence: who has a seat, who depends on a promise, who has neither.
#[must_use]
pub fn advice(language: Language, people: u32, seated: u32, on_promises: u32) -> String {
    let without = people.saturating_sub(seated).saturating_sub(on_promises);
    let mut parts = vec![PlanningWords::Seats { seated, people }];
    if on_promises > 0 {
        parts.push(PlanningWords::OnPromises { people: on_promises });
    }
    if without > 0 {
        parts.push(PlanningWords::Without { people: without });
    }
    parts.iter().map(|part| part.say(language)).collect::<Vec<_>>().join("; ")
}
