//! Reading a whole advert: the fields it proposes for a vacancy, and what its skills mean. It writes nothing.

use crate::app::error::AppError;
use crate::app::field::Form;
use crate::app::occupations::ProposedOccupation;
use crate::app::work::Look;
use crate::engine::advert::{Advert, Part, read_advert};
use crate::engine::geo::RegionCode;
use crate::engine::id::OfficeId;
use crate::engine::resolve::{Resolution, Status};
use crate::store::scope::Scope;
use crate::store::{accounts, partners};
use crate::words::flag::VacancyFlag;
use crate::words::refusal::Refusal;

/// The longest advert read, in characters.
const LONGEST: usize = 10_000;

/// An advert, read.
#[derive(Debug, Clone)]
pub struct AdvertView {
    /// What it says; its skills are in `requirements`.
    pub advert: Advert,
    /// The occupation that each job's title surely names, in the order of the advert's roles.
    pub occupations: Vec<Option<ProposedOccupation>>,
    /// What each skill means to the office; one line a unit.
    pub requirements: Vec<(Part, Resolution)>,
    /// Wording that shuts people out, with its words.
    pub flags: Vec<(String, VacancyFlag)>,
}

impl Look<'_> {
    /// Reads an advert for an office: the actor's own, or the one that an employer with several partnerships or the administrator names.
    pub async fn read_advert(&self, text: &str, named: Option<OfficeId>) -> Result<AdvertView, AppError> {
        let mut form = Form::default();
        form.require(text.chars().count() <= LONGEST, "/text", Refusal::TextTooLong { limit: LONGEST });
        form.require(!text.trim().is_empty(), "/text", Refusal::TextRequired);
        form.done()?;
        let office = self.office_read_for(named).await?;
        let within = match office {
            Some(office) => accounts::offices(self.db(), &Scope::Office(office)).await?.pop(),
            None => None,
        };
        let within = within.and_then(|office| RegionCode::parse(&office.region_code));
        let knowledge = self.app.knowledge();
        let advert = read_advert(text, self.today(), &knowledge.regions, within.as_ref());
        let asked: Vec<&str> = advert.skills.iter().map(|skill| skill.text.as_str()).collect();
        let resolutions = knowledge.meanings(office).resolve_together(&asked);
        let mut requirements: Vec<(Part, Resolution)> = Vec::with_capacity(resolutions.len());
        for (skill, resolution) in advert.skills.iter().cloned().zip(resolutions) {
            // What the firm will teach itself is the occupation, not a competence to be asked.
            let resolution = if advert.takes_learners { unasked(&resolution) } else { resolution };
            let twice = requirements.iter().any(|(_, earlier)| names_the_same(earlier, &resolution));
            if !twice {
                requirements.push((skill, resolution));
            }
        }
        let wording = |flag: &crate::engine::resolve::wording::Flag| {
            (flag.text.clone(), VacancyFlag::Wording { kind: flag.kind, text: flag.text.clone() })
        };
        let flags = advert.flags.iter().map(wording).collect();
        let jobs = knowledge.jobs(office);
        let occupations = advert.roles.iter().map(|role| jobs.proposed(None, &role.title.text)).collect();
        Ok(AdvertView { advert, occupations, requirements, flags })
    }

    /// The office whose region and memory an advert is read with; none for an administrator who names none.
    async fn office_read_for(&self, named: Option<OfficeId>) -> Result<Option<OfficeId>, AppError> {
        let Some(employer) = self.actor.employer.filter(|_| self.actor.is_employer()) else {
            return match (self.actor.office, named) {
                (Some(own), Some(named)) if own != named => Err(Refusal::NotFound.into()),
                (own, named) => Ok(own.or(named)),
            };
        };
        let held = partners::partnerships(self.db(), &Scope::Employer(employer), &[employer]).await?;
        match (named, held.as_slice()) {
            (Some(named), held) if !held.iter().any(|partnership| partnership.office_id == named) => Err(Refusal::NotAPartner.into()),
            (None, [only]) => Ok(Some(only.office_id)),
            (named, _) => Ok(named),
        }
    }
}

fn unasked(resolution: &Resolution) -> Resolution {
    Resolution::of(&resolution.text, Vec::new())
}

/// `operator obras dan obras neci` names one unit twice.
fn names_the_same(one: &Resolution, other: &Resolution) -> bool {
    let unit = |resolution: &Resolution| {
        resolution.candidates.first().filter(|_| resolution.status == Status::Matched).map(|best| best.code.clone())
    };
    unit(one).is_some_and(|unit_of_one| unit(other) == Some(unit_of_one))
}
