//! Free text to competency units, with how sure and why; staff's word is remembered and wins.
//!
//! In order: a code however dirty, a remembered decision, a trade word, then likeness of letters and roots. Text that names no skill gets
//! nothing: a wrong unit costs a graduate an interview, an empty answer costs a click. It never reads a vacancy's context by itself; the
//! caller says which trade the other lines are in.

mod best;
mod edits;
mod index;
mod letters;
pub mod level;
pub mod lexicon;
pub mod phrases;
pub mod rank;
mod scratch;
mod spelling;
mod trade;
mod vocabulary;
pub mod wording;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

pub use lexicon::Lexicon;
pub use phrases::{Phrase, PhraseKind, is_waived, split_phrases, takes_learners};
pub use rank::Ranker;

use crate::coded_enum;
use crate::engine::catalogue::{Catalogue, Unit};
use crate::engine::text::{fold, terms, text_key};
use crate::engine::unit_code::UnitCode;

coded_enum! {
    /// How a question came out.
    pub enum Status {
        /// The first candidate is meant.
        Matched = "matched",
        /// One of the candidates may be meant; somebody should choose.
        Ambiguous = "ambiguous",
        /// Nothing in the catalogue is meant.
        None = "none",
    }
}

/// Why a unit is a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The text holds its code.
    Code,
    /// The text is its title.
    Title,
    /// The text holds this trade word, which means it.
    Synonym(String),
    /// Staff decided so before.
    Remembered,
    /// The text is like its title.
    Similar,
}

impl Why {
    /// The stable code of the reason.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Title => "title",
            Self::Synonym(_) => "synonym",
            Self::Remembered => "remembered",
            Self::Similar => "similar",
        }
    }
}

/// A unit that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The unit.
    pub code: UnitCode,
    /// Its title.
    pub title: String,
    /// How sure, 0 to 10000.
    pub confidence_hundredths: u16,
    /// Why.
    pub why: Why,
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// The text as asked.
    pub text: String,
    /// How it came out.
    pub status: Status,
    /// Likeliest first; empty for [`Status::None`].
    pub candidates: Vec<Candidate>,
    /// The level that the text asks for, 1 to 5; nothing where no unit is meant, or where the likeliest unit is of a level itself (`tingkat
    /// lanjut`, a welding position). It never decides which unit is meant.
    pub level: Option<u8>,
}

impl Resolution {
    /// What candidates, likeliest first, make of a text.
    #[must_use]
    pub fn of(text: &str, candidates: Vec<Candidate>) -> Self {
        let level = candidates.first().filter(|best| !level::is_graded(&best.title)).and_then(|_| level::level_of(text));
        Self { text: text.to_owned(), status: status_of(&candidates), candidates, level }
    }
}

/// A decision of staff: this text means this unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// [`text_key`] of the text.
    pub key: String,
    /// What it means.
    pub code: UnitCode,
}

/// The most candidates given.
const MOST: usize = 20;
/// Below this share of the question's roots (by weight) a likeness is chance.
const LEAST_COVERED: f32 = 0.5;
/// Below this a likeness is not shown.
const LEAST_SURE: u16 = 4500;
/// From here the first candidate may stand alone, if the next is far enough behind.
const SURE: u16 = 6200;
const CLEAR_LEAD: u16 = 500;
/// What lying in the vacancy's trade adds.
const SAME_TRADE: u16 = 1500;
/// What lying in the trade that the text itself names adds.
const NAMED_TRADE: u16 = 1000;

/// Resolves texts against one catalogue.
#[derive(Debug, Clone)]
pub struct Resolver {
    units: Vec<Unit>,
    places: FxHashMap<UnitCode, usize>,
    families: FxHashMap<String, Vec<usize>>,
    titles: FxHashMap<String, Vec<usize>>,
    /// By the roots of the title: `menjahit`, `penjahit` and `jahitan` are the unit `Jahit` (H1).
    rooted: FxHashMap<String, Vec<usize>>,
    rows: Vec<usize>,
    /// What the trade of each unit is told apart by.
    trades: Vec<Vec<String>>,
    ranker: Ranker,
    lexicon: Lexicon,
    remembered: FxHashMap<String, UnitCode>,
}

impl Resolver {
    /// Indexes a catalogue with its own aliases, the trade words and what staff confirmed; a later confirmation of the same text wins.
    #[must_use]
    pub fn new(catalogue: &Catalogue, lexicon: &Lexicon, confirmations: impl IntoIterator<Item = Confirmation>) -> Self {
        let lexicon = lexicon.clone().with_aliases(catalogue.aliases());
        let units: Vec<Unit> = catalogue.iter().cloned().collect();
        let mut resolver = Self {
            places: units.iter().enumerate().map(|(place, unit)| (unit.code.clone(), place)).collect(),
            families: FxHashMap::default(),
            titles: FxHashMap::default(),
            rooted: FxHashMap::default(),
            rows: Vec::new(),
            trades: trade::of_units(&units),
            ranker: Ranker::with_lexicon(std::iter::empty::<(&str, &str)>(), lexicon.clone()),
            remembered: confirmations.into_iter().map(|confirmation| (confirmation.key, confirmation.code)).collect(),
            lexicon,
            units,
        };
        resolver.index();
        resolver
    }

    /// The unit or units a text means.
    #[must_use]
    pub fn resolve(&self, text: &str) -> Resolution {
        self.resolve_in(text, None)
    }

    /// Like [`Resolver::resolve`], for a text that stands beside others of a trade: its sector (of [`Unit::sector`]) decides between equals.
    #[must_use]
    pub fn resolve_in(&self, text: &str, sector: Option<&str>) -> Resolution {
        let candidates = self.by_code(text).or_else(|| self.by_memory(text)).unwrap_or_else(|| self.by_words(text, sector));
        Resolution::of(text, candidates)
    }

    /// Resolves lines that belong together, as those of one vacancy: lines that are sure of their unit say which trade the others are in.
    #[must_use]
    pub fn resolve_together(&self, texts: &[&str]) -> Vec<Resolution> {
        let first: Vec<Resolution> = texts.iter().map(|text| self.resolve(text)).collect();
        let Some(sector) = self.common_sector(&first) else {
            return first;
        };
        let again = |resolution: Resolution| match resolution.status {
            Status::Ambiguous => self.resolve_in(&resolution.text, Some(&sector)),
            Status::Matched | Status::None => resolution,
        };
        first.into_iter().map(again).collect()
    }

    /// The sector that most of the sure answers lie in; the first of equals by name.
    fn common_sector(&self, resolutions: &[Resolution]) -> Option<String> {
        let mut count: BTreeMap<&str, u32> = BTreeMap::new();
        let sure = resolutions.iter().filter(|resolution| resolution.status == Status::Matched);
        for unit in sure.filter_map(|resolution| resolution.candidates.first()).filter_map(|best| self.unit(&best.code)) {
            if !unit.sector.is_empty() {
                *count.entry(&unit.sector).or_default() += 1;
            }
        }
        let most = count.values().copied().max()?;
        count.into_iter().find(|(_, times)| *times == most).map(|(sector, _)| sector.to_owned())
    }

    fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.places.get(code).and_then(|place| self.units.get(*place))
    }

    fn index(&mut self) {
        let mut rows: Vec<(usize, String)> = Vec::new();
        for (place, unit) in self.units.iter().enumerate() {
            self.families.entry(unit.code.family().to_owned()).or_default().push(place);
            for title in std::iter::once(&unit.title).chain(&unit.title_variants) {
                self.titles.entry(fold(title)).or_default().push(place);
                let roots = terms(title).join(" ");
                if !roots.is_empty() {
                    self.rooted.entry(roots).or_default().push(place);
                }
                rows.push((place, title.clone()));
            }
        }
        self.rows = rows.iter().map(|(place, _)| *place).collect();
        let named = rows.iter().filter_map(|(place, title)| self.units.get(*place).map(|unit| (unit.code.as_str(), title.as_str())));
        self.ranker = Ranker::with_lexicon(named, self.lexicon.clone());
    }

    /// A text that is a code, or holds one among its words.
    fn by_code(&self, text: &str) -> Option<Vec<Candidate>> {
        let short: String = text.chars().take(400).collect();
        let whole = std::iter::once(short.as_str()).chain(short.split_whitespace());
        let codes = whole.filter(|part| part.bytes().any(|b| b.is_ascii_digit()) && part.contains(['.', '-', '_', '/', ',', ':']));
        codes.filter_map(|part| UnitCode::parse(part.trim_matches(|c: char| !c.is_alphanumeric()))).find_map(|code| self.of_code(&code))
    }

    /// The unit of a code; of a family that is known in other versions alone, those, newest first.
    fn of_code(&self, code: &UnitCode) -> Option<Vec<Candidate>> {
        if let Some(unit) = self.unit(code) {
            return Some(vec![candidate(unit, 10_000, Why::Code)]);
        }
        let family = self.families.get(code.family())?;
        let mut versions: Vec<&Unit> = family.iter().filter_map(|place| self.units.get(*place)).collect();
        versions.sort_by_key(|unit| std::cmp::Reverse(unit.code.version()));
        Some(versions.into_iter().map(|unit| candidate(unit, 9_000, Why::Code)).collect())
    }

    fn by_memory(&self, text: &str) -> Option<Vec<Candidate>> {
        let unit = self.remembered.get(&text_key(text)).and_then(|code| self.unit(code))?;
        Some(vec![candidate(unit, 10_000, Why::Remembered)])
    }

    fn by_words(&self, text: &str, sector: Option<&str>) -> Vec<Candidate> {
        let text: String = text.chars().take(400).collect();
        let titled = self.titles.get(&fold(&text)).map(Vec::as_slice).unwrap_or_default();
        let question = self.lexicon.question(&text);
        let mut best: FxHashMap<usize, Candidate> = FxHashMap::default();
        let rooted = self.rooted.get(&terms(&text).join(" ")).map(Vec::as_slice).unwrap_or_default();
        for place in titled.iter().chain(rooted) {
            self.offer(&mut best, *place, 10_000, Why::Title);
        }
        let names_skill = phrases::kind_of(&text) == PhraseKind::Skill;
        for (place, (share, phrase)) in self.synonyms(&question) {
            if names_skill || share == 100 {
                self.offer(&mut best, place, 6_500 + share * 30, Why::Synonym(phrase));
            }
        }
        let settled = best.values().any(|candidate| candidate.confidence_hundredths >= 9_500);
        if !settled && names_skill {
            self.by_likeness(&text, &question, &mut best);
        }
        self.ordered(best, &question, sector)
    }

    /// The units that trade words in a question mean: how much of the question speaks of each, in percent, and the first such word.
    fn synonyms(&self, question: &[String]) -> BTreeMap<usize, (u16, String)> {
        let mut meant: BTreeMap<usize, (u16, String)> = BTreeMap::new();
        for found in self.lexicon.find(question) {
            let share = self.share(&found, question);
            for place in found.entry.codes.iter().filter_map(|code| self.places.get(code)) {
                let (sum, _) = meant.entry(*place).or_insert_with(|| (0, found.entry.phrase.clone()));
                *sum = (*sum + share).min(100);
            }
        }
        meant
    }

    fn by_likeness(&self, text: &str, question: &[String], best: &mut FxHashMap<usize, Candidate>) {
        for hit in self.ranker.hits(text, question, 100) {
            let sure = confidence(&hit);
            if hit.covered >= LEAST_COVERED
                && sure >= LEAST_SURE
                && let Some(place) = self.rows.get(hit.row)
            {
                self.offer(best, *place, sure, Why::Similar);
            }
        }
    }

    /// How much of a question a phrase is, by the weight of its roots, in percent.
    fn share(&self, found: &lexicon::Found<'_>, question: &[String]) -> u16 {
        let weigh = |roots: &[String]| roots.iter().map(|root| self.ranker.weight(root)).sum::<f32>();
        let part = question.get(found.place..found.place + found.length).unwrap_or_default();
        hundredths(weigh(part) / weigh(question).max(f32::MIN_POSITIVE), 100).div_ceil(100)
    }

    fn offer(&self, best: &mut FxHashMap<usize, Candidate>, place: usize, sure: u16, why: Why) {
        let Some(unit) = self.units.get(place) else { return };
        let known = best.get(&place).map_or(0, |candidate| candidate.confidence_hundredths);
        if sure > known {
            best.insert(place, candidate(unit, sure, why));
        }
    }

    /// Orders candidates; those of the trade that stands beside the question, or in it (`K3 bengkel las`), are lifted.
    fn ordered(&self, best: FxHashMap<usize, Candidate>, question: &[String], sector: Option<&str>) -> Vec<Candidate> {
        let trade = sector.map(trade::of_sector).unwrap_or_default();
        let mut candidates: Vec<Candidate> = best
            .into_iter()
            .map(|(place, mut candidate)| {
                let own = self.trades.get(place).map(Vec::as_slice).unwrap_or_default();
                if own.iter().any(|word| question.contains(word)) && candidate.why == Why::Similar {
                    candidate.confidence_hundredths = (candidate.confidence_hundredths + NAMED_TRADE).min(9_400);
                }
                if own.iter().any(|word| trade.contains(word)) {
                    candidate.confidence_hundredths = (candidate.confidence_hundredths + SAME_TRADE).min(10_000);
                } else if !trade.is_empty() {
                    candidate.confidence_hundredths = candidate.confidence_hundredths.min(8_500);
                }
                candidate
            })
            .collect();
        candidates
            .sort_by(|left, right| right.confidence_hundredths.cmp(&left.confidence_hundredths).then_with(|| left.code.cmp(&right.code)));
        candidates.truncate(MOST);
        candidates
    }
}

fn candidate(unit: &Unit, confidence_hundredths: u16, why: Why) -> Candidate {
    Candidate { code: unit.code.clone(), title: unit.title.clone(), confidence_hundredths, why }
}

/// Matched if the first is sure and leads clearly; several that are equally sure want somebody to choose.
fn status_of(candidates: &[Candidate]) -> Status {
    let Some(first) = candidates.first() else {
        return Status::None;
    };
    let next = candidates.get(1).map_or(0, |candidate| candidate.confidence_hundredths);
    let clear = first.confidence_hundredths >= SURE && first.confidence_hundredths - next >= CLEAR_LEAD;
    if clear { Status::Matched } else { Status::Ambiguous }
}

/// How sure a likeness is: what of the question is covered weighs most, then how much of the title that is, then the letters.
fn confidence(hit: &rank::Hit) -> u16 {
    let mixed = 0.5 * hit.covered + 0.3 * hit.roots + 0.2 * hit.letters;
    hundredths(mixed, 95)
}

/// A share as hundredths of a percent, at most `most` percent.
fn hundredths(share: f32, most: u16) -> u16 {
    let whole = format!("{:.0}", f64::from(share.clamp(0.0, 1.0)) * 10_000.0);
    whole.parse().unwrap_or(0).min(most * 100)
}
