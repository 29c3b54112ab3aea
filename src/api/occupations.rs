//! What job texts mean in KBJI 2014, and what offices remember of it.

use actix_web::http::StatusCode;
use actix_web::post;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::api::answer::{Answer, found};
use crate::api::extract::{Body, Granted};
use crate::api::problem::Problems;
use crate::api::wire::hundredths;
use crate::app::occupations::ProposedOccupation;
use crate::app::permission::{ManageCatalogue, ReadCatalogue};
use crate::engine::occupation::{OccupationCandidate, OccupationResolution};

/// Every operation of this file.
pub fn configure(service: &mut ServiceConfig<'_>) {
    service.service(resolve_occupations).service(confirm_occupation);
}

/// Job texts to resolve.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OccupationTextsIn {
    /// Up to 100, of up to 10,000 characters.
    texts: Vec<String>,
}

/// An occupation that a text may mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccupationCandidateOut {
    kbji: String,
    title: String,
    /// 0 to 100.
    confidence: f64,
    /// `code`, `title`, `synonym`, `remembered` or `similar`.
    why: String,
}

/// What a job text means.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccupationResolutionOut {
    text: String,
    /// `matched`, `ambiguous` or `none`.
    status: String,
    /// Likeliest first.
    candidates: Vec<OccupationCandidateOut>,
}

/// What job texts mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccupationsResolvedOut {
    results: Vec<OccupationResolutionOut>,
}

/// Which occupation a job text means, to be remembered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OccupationConfirmationIn {
    text: String,
    /// A code of KBJI 2014.
    kbji: String,
}

/// What is remembered.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccupationConfirmationOut {
    text: String,
    kbji: String,
    title: String,
}

/// An occupation read from words where none was given. It is not stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposedOccupationOut {
    kbji: String,
    title: String,
    /// 0 to 100.
    confidence: f64,
    /// `code`, `title`, `synonym`, `remembered` or `similar`.
    why: String,
    /// The words it was read from.
    text: String,
}

impl From<OccupationCandidate> for OccupationCandidateOut {
    fn from(candidate: OccupationCandidate) -> Self {
        let confidence = hundredths(candidate.confidence_hundredths.into());
        Self { kbji: candidate.kbji, title: candidate.title, confidence, why: candidate.why.code().to_owned() }
    }
}

impl From<OccupationResolution> for OccupationResolutionOut {
    fn from(resolution: OccupationResolution) -> Self {
        let candidates = resolution.candidates.into_iter().map(OccupationCandidateOut::from).collect();
        Self { text: resolution.text, status: resolution.status.code().to_owned(), candidates }
    }
}

impl From<ProposedOccupation> for ProposedOccupationOut {
    fn from(proposed: ProposedOccupation) -> Self {
        let best = OccupationCandidateOut::from(proposed.occupation);
        Self { kbji: best.kbji, title: best.title, confidence: best.confidence, why: best.why, text: proposed.text }
    }
}

/// Which occupations of KBJI 2014 job texts mean, each by itself.
#[utoipa::path(tag = "catalogue", request_body = OccupationTextsIn, responses((status = 200, body = OccupationsResolvedOut), Problems))]
#[post("/occupations/resolve")]
async fn resolve_occupations(granted: Granted<ReadCatalogue>, body: Body<OccupationTextsIn>) -> Answer {
    let results = granted.look().resolve_occupations(&body.value.texts)?;
    found(&OccupationsResolvedOut { results: results.into_iter().map(OccupationResolutionOut::from).collect() })
}

/// Remember for the office which occupation a job text means.
#[utoipa::path(tag = "catalogue", request_body = OccupationConfirmationIn, responses((status = 201, body = OccupationConfirmationOut), Problems))]
#[post("/occupations/confirmations")]
async fn confirm_occupation(granted: Granted<ManageCatalogue>, body: Body<OccupationConfirmationIn>) -> Answer {
    let OccupationConfirmationIn { text, kbji } = body.value;
    granted
        .write(StatusCode::CREATED, &body.hash, async |work| {
            let title = work.confirm_occupation(&text, &kbji).await?;
            Ok(OccupationConfirmationOut { text: text.trim().to_owned(), kbji: kbji.trim().to_owned(), title })
        })
        .await
}
