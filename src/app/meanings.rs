//! What a text means to one office: its own remembered decisions first, then the catalogue's resolver.

use rustc_hash::FxHashMap;

use crate::engine::catalogue::Catalogue;
use crate::engine::id::OfficeId;
use crate::engine::resolve::{Candidate, Resolution, Resolver, Status, Why};
use crate::engine::text::text_key;
use crate::engine::unit_code::UnitCode;
use crate::store::entity::confirmation;

/// What kind of thing a remembered decision is about: a competency unit.
pub(in crate::app) const UNIT: &str = "unit";
/// What parts several codes of one text.
const BETWEEN: &str = "|";

/// The units a text means as they are remembered; several leave somebody to choose.
pub(in crate::app) fn codes_text(codes: &[UnitCode]) -> String {
    codes.iter().map(UnitCode::as_str).collect::<Vec<_>>().join(BETWEEN)
}

/// What [`codes_text`] wrote; codes that cannot be read are left out.
pub(in crate::app) fn codes_of(text: &str) -> Option<Vec<UnitCode>> {
    let codes: Vec<UnitCode> = text.split(BETWEEN).filter_map(UnitCode::parse).collect();
    Some(codes).filter(|codes| !codes.is_empty())
}

/// What offices decided that texts mean; what no office decided holds for all.
#[derive(Debug)]
pub struct Remembered<T>(FxHashMap<Option<OfficeId>, FxHashMap<String, T>>);

impl<T> Remembered<T> {
    /// Gathers the decisions about a subject, oldest first: a later one about the same text wins. Codes that cannot be read are left out.
    pub(in crate::app) fn of(rows: &[confirmation::Model], subject: &str, read: impl Fn(&str) -> Option<T>) -> Self {
        let mut all: FxHashMap<Option<OfficeId>, FxHashMap<String, T>> = FxHashMap::default();
        for row in rows.iter().filter(|row| row.subject == subject) {
            if let Some(code) = read(&row.code) {
                all.entry(row.office_id).or_default().insert(row.text_key.clone(), code);
            }
        }
        Self(all)
    }

    /// What a text means to an office: its own decision, else the one for all.
    pub(in crate::app) fn get(&self, office: Option<OfficeId>, text: &str) -> Option<&T> {
        let key = text_key(text);
        let of = |whose: Option<OfficeId>| self.0.get(&whose).and_then(|decisions| decisions.get(&key));
        office.and_then(|office| of(Some(office))).or_else(|| of(None))
    }
}

/// Resolves texts for one office.
#[derive(Debug, Clone, Copy)]
pub struct Meanings<'a> {
    pub(in crate::app) resolver: &'a Resolver,
    pub(in crate::app) catalogue: &'a Catalogue,
    pub(in crate::app) remembered: &'a Remembered<Vec<UnitCode>>,
    pub(in crate::app) office: Option<OfficeId>,
}

impl Meanings<'_> {
    /// What a text means; `sector` is the trade of what stands beside it.
    #[must_use]
    pub fn resolve(&self, text: &str, sector: Option<&str>) -> Resolution {
        self.recalled(text).unwrap_or_else(|| self.resolver.resolve_in(text, sector))
    }

    /// What the lines of one vacancy mean; lines that are sure say which trade the others are in.
    #[must_use]
    pub fn resolve_together(&self, texts: &[&str]) -> Vec<Resolution> {
        // A remembered line goes in as its code, so that it tells the trade too.
        let recalled: Vec<Option<Resolution>> = texts.iter().map(|text| self.recalled(text)).collect();
        let sure = |resolution: &&Resolution| resolution.status == Status::Matched;
        let code = |resolution: &Resolution| resolution.candidates.first().map(|best| best.code.as_str().to_owned());
        let asked: Vec<String> = texts
            .iter()
            .zip(&recalled)
            .map(|(text, known)| known.as_ref().filter(sure).and_then(code).unwrap_or_else(|| (*text).to_owned()))
            .collect();
        let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        let resolved = self.resolver.resolve_together(&asked);
        resolved.into_iter().zip(recalled).map(|(resolution, known)| known.unwrap_or(resolution)).collect()
    }

    fn recalled(&self, text: &str) -> Option<Resolution> {
        let units = self.remembered.get(self.office, text)?.iter().filter_map(|code| self.catalogue.get(code));
        let candidates: Vec<Candidate> = units
            .map(|unit| Candidate {
                code: unit.code.clone(),
                title: unit.title.clone(),
                confidence_hundredths: 10_000,
                why: Why::Remembered,
            })
            .collect();
        Some(Resolution::of(text, candidates)).filter(|resolution| !resolution.candidates.is_empty())
    }
}
