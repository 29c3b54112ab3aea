//! Coded reasons with their text (DECISIONS 12).

use crate::app::error::AppError;
use crate::app::field::{Form, TEXT};
use crate::engine::kinds::Reason;
use crate::words::refusal::Refusal;

/// Why somebody refused, ended or took something back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Why {
    /// The coded reason.
    pub reason: Option<Reason>,
    /// What was said besides.
    pub text: Option<String>,
}

impl Why {
    /// Reads a reason: a code of the list, or a sentence, which is kept as the text of `other`.
    pub fn read(reason: Option<&str>, text: Option<&str>) -> Result<Self, AppError> {
        let mut form = Form::default();
        let text = form.optional_text("/text", text, TEXT);
        let said = form.optional_text("/reason", reason, TEXT);
        form.done()?;
        Ok(match said {
            None => Self { reason: text.as_ref().map(|_| Reason::Other), text },
            Some(said) => match Reason::parse(&said) {
                Some(code) => Self { reason: Some(code), text },
                None => Self { reason: Some(Reason::Other), text: Some(text.map_or(said.clone(), |text| format!("{said}. {text}"))) },
            },
        })
    }

    /// Reads a reason that must be there.
    pub fn needed(reason: Option<&str>, text: Option<&str>) -> Result<Self, AppError> {
        let why = Self::read(reason, text)?;
        if why.reason.is_none() {
            return Err(AppError::field("/reason", Refusal::ReasonNeeded));
        }
        Ok(why)
    }

    /// A coded reason alone.
    #[must_use]
    pub fn coded(reason: Reason) -> Self {
        Self { reason: Some(reason), text: None }
    }

    /// Whether it corrects an entry made by mistake: no message, no statistics.
    #[must_use]
    pub fn is_mistake(&self) -> bool {
        self.reason == Some(Reason::EntryMistake)
    }
}
