//! The European classification of skills and occupations (ESCO): its addresses, and which units are related through its skills.
//!
//! ESCO itself is never part of the product: offices import it. It never says that one unit is another; a relation is worth little by
//! policy, and nothing where a unit is required.

use std::collections::{BTreeMap, BTreeSet};

use crate::coded_enum;
use crate::engine::unit_code::UnitCode;

coded_enum! {
    /// What an address of ESCO names.
    pub enum ConceptKind {
        /// Something that people can do.
        Skill = "skill",
        /// Something that people know.
        Knowledge = "knowledge",
        /// A group that skills or fields of knowledge stand under.
        Group = "group",
        /// An occupation.
        Occupation = "occupation",
        /// A group of occupations (ISCO-08).
        OccupationGroup = "occupation_group",
    }
}

coded_enum! {
    /// How one concept stands to another.
    pub enum RelationKind {
        /// The other is the broader one.
        Broader = "broader",
        /// The occupation cannot do without the skill.
        Essential = "essential",
        /// The skill is of use in the occupation.
        Optional = "optional",
    }
}

coded_enum! {
    /// What staff say of a link between a unit and a skill.
    pub enum LinkStanding {
        /// Nobody looked at it; it counts nothing.
        Proposed = "proposed",
        /// The unit teaches the skill.
        Accepted = "accepted",
        /// It does not.
        Rejected = "rejected",
    }
}

/// Where every address of ESCO begins.
const HOME: &str = "http://data.europa.eu/esco/";
/// The parts of ESCO that hold what is imported.
const PARTS: [&str; 4] = ["skill", "occupation", "isced-f", "isco"];
/// The longest name within a part, in bytes.
const LONGEST: usize = 100;

/// The address of a concept, whole: `http://data.europa.eu/esco/skill/…`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EscoUri(String);

impl EscoUri {
    /// Reads an address, whole or from the part on (`skill/…`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let secure = text.strip_prefix("https://").map(|rest| format!("http://{rest}"));
        let text = secure.as_deref().unwrap_or(text);
        let local = text.strip_prefix(HOME).unwrap_or(text);
        let (part, name) = local.split_once('/')?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        let sound = PARTS.contains(&part) && (1..=LONGEST).contains(&name.len()) && name.bytes().all(is_plain);
        sound.then(|| Self(format!("{HOME}{local}")))
    }

    /// The group of occupations with an ISCO-08 code of one to four digits.
    #[must_use]
    pub fn of_isco(code: &str) -> Option<Self> {
        let code = code.trim();
        let code = code.strip_prefix(['C', 'c']).unwrap_or(code);
        let digits = (1..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Self(format!("{HOME}isco/C{code}")))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address, for keeping.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// What it names, as far as the address alone can tell: whether a skill is knowledge or a group, it does not say.
    #[must_use]
    pub fn kind(&self) -> ConceptKind {
        let local = self.0.strip_prefix(HOME).unwrap_or_default();
        match local.split_once('/').map(|(part, _)| part) {
            Some("occupation") => ConceptKind::Occupation,
            Some("isco") => ConceptKind::OccupationGroup,
            Some("isced-f") => ConceptKind::Group,
            _ => ConceptKind::Skill,
        }
    }
}

/// Which families of units are related: they teach the same skill, or one teaches a skill that stands directly under the other's.
///
/// `taught` holds units with the skills they teach, `broader` pairs of skills: the narrower, the broader. Versions of a unit are one
/// competence, so that a link to any of them speaks of all; no family is related to itself.
#[must_use]
pub fn related_families(taught: &[(UnitCode, String)], broader: &[(String, String)]) -> BTreeMap<String, BTreeSet<String>> {
    let mut by_skill: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (unit, skill) in taught {
        by_skill.entry(skill).or_default().insert(unit.family());
    }
    let same = by_skill.keys().map(|skill| (*skill, *skill));
    let neighbours = broader.iter().map(|(narrower, broader)| (narrower.as_str(), broader.as_str()));
    let mut related: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (one, other) in same.chain(neighbours) {
        let (Some(ones), Some(others)) = (by_skill.get(one), by_skill.get(other)) else { continue };
        for (one, other) in ones.iter().flat_map(|one| others.iter().map(move |other| (*one, *other))).filter(|(one, other)| one != other) {
            related.entry(one.to_owned()).or_default().insert(other.to_owned());
            related.entry(other.to_owned()).or_default().insert(one.to_owned());
        }
    }
    related
}
