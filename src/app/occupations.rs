//! Occupations of vacancies and outcomes: what a job's words mean in KBJI 2014, and what offices remember of it.
//!
//! A code that was only read from words is proposed in answers and never stored; somebody takes it over or does not.

use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::meanings::Remembered;
use crate::app::work::{Look, Work};
use crate::engine::id::OfficeId;
use crate::engine::occupation::{OccupationCandidate, OccupationResolution, starter};
use crate::engine::resolve::{Status, Why};
use crate::engine::text::text_key;
use crate::words::refusal::Refusal;

/// What kind of thing a remembered decision is about: an occupation.
pub(in crate::app) const OCCUPATION: &str = "occupation";
/// An occupation read from a job's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedOccupation {
    /// The words.
    pub text: String,
    /// What they mean.
    pub occupation: OccupationCandidate,
}

/// Resolves job texts for one office.
#[derive(Debug, Clone, Copy)]
pub struct Jobs<'a> {
    pub(in crate::app) remembered: &'a Remembered<String>,
    pub(in crate::app) office: Option<OfficeId>,
}

impl Jobs<'_> {
    /// What a job's words mean; a remembered decision wins.
    #[must_use]
    pub fn resolve(&self, text: &str) -> OccupationResolution {
        self.recalled(text).unwrap_or_else(|| starter().resolve(text))
    }

    /// The occupation that words surely mean, where none was given.
    #[must_use]
    pub fn proposed(&self, given: Option<&str>, text: &str) -> Option<ProposedOccupation> {
        if given.is_some() {
            return None;
        }
        let resolution = self.resolve(text);
        let best = resolution.candidates.into_iter().next().filter(|_| resolution.status == Status::Matched)?;
        Some(ProposedOccupation { text: text.to_owned(), occupation: best })
    }

    fn recalled(&self, text: &str) -> Option<OccupationResolution> {
        let kbji = self.remembered.get(self.office, text)?;
        let title = starter().title(kbji)?.to_owned();
        let best = OccupationCandidate { kbji: kbji.clone(), title, confidence_hundredths: 10_000, why: Why::Remembered };
        Some(OccupationResolution { text: text.to_owned(), status: Status::Matched, candidates: vec![best] })
    }
}

impl Look<'_> {
    /// Which occupations texts mean to the actor's office, each by itself.
    pub fn resolve_occupations(&self, texts: &[String]) -> Result<Vec<OccupationResolution>, AppError> {
        let mut form = Form::default();
        form.questions("/texts", texts);
        form.done()?;
        let knowledge = self.app.knowledge();
        let jobs = knowledge.jobs(self.actor.office);
        Ok(texts.iter().map(|text| jobs.resolve(text)).collect())
    }
}

impl Work<'_> {
    /// Staff say which occupation a job text means; their office's next question finds it first. Answers its title.
    pub async fn confirm_occupation(&self, text: &str, kbji: &str) -> Result<String, AppError> {
        let mut form = Form::default();
        let text = form.text("/text", text, LINE);
        form.require(text.is_empty() || !text_key(&text).is_empty(), "/text", Refusal::TextRequired);
        let title = starter().title(kbji.trim());
        form.require(title.is_some(), "/kbji", Refusal::OccupationUnknown);
        form.done()?;
        let title = title.ok_or(Refusal::OccupationUnknown)?;
        self.remember(self.actor.office, OCCUPATION, &text, kbji.trim()).await?;
        Ok(title.to_owned())
    }
}
