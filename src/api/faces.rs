//! Wire types that referrals, offers and placements share: a graduate, a job, a reason.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::wire::{ReasonCode, code};
use crate::app::error::AppError;
use crate::app::faces::{Competency, Face, Job};
use crate::app::why::Why;

/// A graduate as far as the reader may see one.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaceOut {
    /// The graduate.
    pub id: Uuid,
    /// The name; initials for an employer before the person's yes.
    pub display_name: String,
    /// Kemendagri code of the district.
    pub district: Option<String>,
    /// Telephone, for an employer after the person's yes and for staff who open the record.
    pub phone: Option<String>,
    /// Certified units that have not expired.
    pub competencies: Vec<HeldUnitOut>,
}

/// A certified unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldUnitOut {
    code: String,
    title: String,
}

impl From<Competency> for HeldUnitOut {
    fn from(unit: Competency) -> Self {
        Self { code: unit.code, title: unit.title }
    }
}

impl From<Face> for FaceOut {
    fn from(face: Face) -> Self {
        Self {
            id: face.id.0,
            display_name: face.display_name,
            district: face.district,
            phone: face.phone,
            competencies: face.competencies.into_iter().map(HeldUnitOut::from).collect(),
        }
    }
}

/// A job in one line.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobOut {
    /// The vacancy.
    pub id: Uuid,
    title: String,
    /// Who hires.
    pub employer_id: Uuid,
    employer_name: String,
}

impl From<Job> for JobOut {
    fn from(job: Job) -> Self {
        Self { id: job.id.0, title: job.title, employer_id: job.employer_id.0, employer_name: job.employer_name }
    }
}

/// A reason that may be left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhyIn {
    /// A code of the list of reasons, or a sentence, which is kept as the text of `other`.
    reason: Option<String>,
    /// What was said besides.
    text: Option<String>,
}

impl WhyIn {
    /// The reason, which may be absent.
    pub fn read(&self) -> Result<Why, AppError> {
        Why::read(self.reason.as_deref(), self.text.as_deref())
    }

    /// The reason, which must be there.
    pub fn needed(&self) -> Result<Why, AppError> {
        Why::needed(self.reason.as_deref(), self.text.as_deref())
    }
}

/// Code and text of a reason as two fields.
#[must_use]
pub fn why_out(why: Why) -> (Option<ReasonCode>, Option<String>) {
    (code(why.reason), why.text)
}
