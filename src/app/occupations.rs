//! Occupations of vacancies and outcomes: what a job's words mean in KBJI 2014, and what offices remember of it.
//!
//! A code that was only read from words is proposed in answers and never stored; somebody takes it over or does not.

use rustc_hash::FxHashMap;

use crate::app::error::AppError;
use crate::app::field::{Form, LINE};
use crate::app::work::{Look, Work};
use crate::engine::id::OfficeId;
use crate::engine::occupation::{OccupationCandidate, OccupationResolution, starter};
use crate::engine::resolve::{Status, Why};
use crate::engine::text::text_key;
use crate::store::entity::confirmation;
use crate::words::refusal::Refusal;

/// What kind of thing a remembered decision is about: an occupation.
const OCCUPATION: &str = "occupation";
/// The most texts of one question.
const TEXTS: usize = 100;
/// The longest text of one question, in characters.
const TEXT: usize = 10_000;

/// An occupation read from a job's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedOccupation {
    /// The words.
    pub text: String,
    /// What they mean.
    pub occupation: OccupationCandidate,
}

/// Remembered decisions about job texts of every office; those of no office hold for all.
#[derive(Debug, Default)]
pub(in crate::app) struct RememberedJobs(FxHashMap<Option<OfficeId>, FxHashMap<String, String>>);

impl RememberedJobs {
    /// Gathers decisions, oldest first: a later one about the same text wins.
    pub(in crate::app) fn of(rows: &[confirmation::Model]) -> Self {
        let mut all = Self::default();
        for row in rows.iter().filter(|row| row.subject == OCCUPATION) {
            all.0.entry(row.office_id).or_default().insert(row.text_key.clone(), row.code.clone());
        }
        all
    }
}

/// Resolves job texts for one office.
#[derive(Debug, Clone, Copy)]
pub struct Jobs<'a> {
    pub(in crate::app) remembered: &'a RememberedJobs,
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
        let key = text_key(text);
        let of = |whose: Option<OfficeId>| self.remembered.0.get(&whose).and_then(|decisions| decisions.get(&key));
        let kbji = self.office.and_then(|office| of(Some(office))).or_else(|| of(None))?;
        let title = starter().title(kbji)?.to_owned();
        let best = OccupationCandidate { kbji: kbji.clone(), title, confidence_hundredths: 10_000, why: Why::Remembered };
        Some(OccupationResolution { text: text.to_owned(), status: Status::Matched, candidates: vec![best] })
    }
}

impl Look<'_> {
    /// Which occupations texts mean to the actor's office, each by itself.
    pub fn resolve_occupations(&self, texts: &[String]) -> Result<Vec<OccupationResolution>, AppError> {
        let mut form = Form::default();
        form.require((1..=TEXTS).contains(&texts.len()), "/texts", Refusal::NumberOutOfRange { low: 1, high: 100 });
        for (place, text) in texts.iter().enumerate().take(TEXTS) {
            form.require(text.chars().count() <= TEXT, &format!("/texts/{place}"), Refusal::TextTooLong { limit: TEXT });
        }
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
