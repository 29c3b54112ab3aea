//! Provinces, regencies and districts: by code, by the name people write, and the minimum wage that holds there on a day.
//!
//! A name that several places bear comes back as several candidates; choosing is the caller's. A wage that is not known is `None`,
//! never zero and never last year's.

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;

use crate::engine::facts::{self, RegionFact, WageFact};
use crate::engine::geo::RegionCode;
use crate::engine::name::search_key;
use crate::engine::text::tokens;

/// Below this likeness (Jaro-Winkler) a name is another name, not a slip of the pen.
const ALIKE: f64 = 0.92;

/// A place that a written name may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RegionMatch<'a> {
    /// The place.
    pub region: &'a RegionFact,
    /// How sure, 0 to 10000.
    pub confidence_hundredths: u16,
}

/// Regions and wages, the facts of the binary overlaid by an office's imports.
#[derive(Debug, Clone, Default)]
pub struct Regions {
    regions: Vec<RegionFact>,
    keys: Vec<String>,
    by_code: FxHashMap<RegionCode, usize>,
    by_key: FxHashMap<String, Vec<usize>>,
    wages: Vec<WageFact>,
}

impl Regions {
    /// The regions and wages that ship in the binary.
    #[must_use]
    pub fn starter() -> Self {
        Self::default().with_regions(facts::regions().iter().cloned()).with_wages(facts::wages().iter().cloned())
    }

    /// Overlays regions; a later row wins over an earlier one of the same code.
    #[must_use]
    pub fn with_regions(mut self, regions: impl IntoIterator<Item = RegionFact>) -> Self {
        for region in regions {
            match self.by_code.get(&region.code).and_then(|place| self.regions.get_mut(*place)) {
                Some(known) => *known = region,
                None => {
                    self.by_code.insert(region.code.clone(), self.regions.len());
                    self.regions.push(region);
                }
            }
        }
        self.keys = self.regions.iter().map(|region| bare_key(&region.name)).collect();
        self.by_key.clear();
        for (place, key) in self.keys.iter().enumerate() {
            self.by_key.entry(key.clone()).or_default().push(place);
        }
        self
    }

    /// Overlays wages; a later row wins over an earlier one of the same region, year, sector and first day.
    #[must_use]
    pub fn with_wages(mut self, wages: impl IntoIterator<Item = WageFact>) -> Self {
        for wage in wages {
            self.wages.retain(|known| {
                (&known.region, known.year, &known.sector, known.valid_from) != (&wage.region, wage.year, &wage.sector, wage.valid_from)
            });
            self.wages.push(wage);
        }
        self
    }

    /// The region with this code.
    #[must_use]
    pub fn get(&self, code: &RegionCode) -> Option<&RegionFact> {
        self.by_code.get(code).and_then(|place| self.regions.get(*place))
    }

    /// The regency a region is or lies in.
    #[must_use]
    pub fn regency_of(&self, code: &RegionCode) -> Option<&RegionFact> {
        code.regency().and_then(RegionCode::parse).and_then(|regency| self.get(&regency))
    }

    /// Every region, in the order it was given.
    pub fn iter(&self) -> impl Iterator<Item = &RegionFact> {
        self.regions.iter()
    }

    /// How many regions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.regions.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.regions.is_empty()
    }

    /// The places a written name may mean, likeliest first: `Maron`, `Kec. Maron`, `Maron, Probolinggo`, `Maron Kab. Probolinggo`.
    ///
    /// `within` is a region the place should lie in, for example the office's regency; places elsewhere come later, not never.
    #[must_use]
    pub fn find(&self, written: &str, within: Option<&RegionCode>) -> Vec<RegionMatch<'_>> {
        let asked = Asked::read(written);
        let mut found: Vec<RegionMatch<'_>> = asked
            .splits()
            .into_iter()
            .map(|(name, around)| self.named(&name, &around, within, asked.level))
            .find(|found| !found.is_empty())
            .unwrap_or_else(|| self.alike(&asked, within));
        found.sort_by(|left, right| {
            let confidence = right.confidence_hundredths.cmp(&left.confidence_hundredths);
            confidence.then_with(|| left.region.code.cmp(&right.region.code))
        });
        found.truncate(20);
        found
    }

    /// Whether a region bears exactly this name, with or without the word for its kind.
    #[must_use]
    pub fn bears_name(&self, written: &str) -> bool {
        self.by_key.contains_key(&bare_key(written))
    }

    /// The regency minimum wage (UMK) set for the year of `day` and in force on it; `None` where it is not filled in.
    #[must_use]
    pub fn minimum_wage(&self, region: &RegionCode, day: NaiveDate) -> Option<&WageFact> {
        self.own_wages(region, day).filter(|wage| wage.year == day.year()).max_by_key(|wage| wage.valid_from)
    }

    /// The last minimum wage known on a day, of whatever year, to be shown with its year.
    #[must_use]
    pub fn last_known_wage(&self, region: &RegionCode, day: NaiveDate) -> Option<&WageFact> {
        self.own_wages(region, day).max_by_key(|wage| wage.valid_from)
    }

    fn own_wages(&self, region: &RegionCode, day: NaiveDate) -> impl Iterator<Item = &WageFact> {
        let regency = region.regency().and_then(RegionCode::parse);
        self.wages.iter().filter(move |wage| Some(&wage.region) == regency.as_ref() && wage.sector.is_none() && wage.valid_from <= day)
    }

    fn named(&self, name: &str, around: &str, within: Option<&RegionCode>, level: Option<usize>) -> Vec<RegionMatch<'_>> {
        let places: Vec<&RegionFact> = self
            .by_key
            .get(name)
            .into_iter()
            .flatten()
            .filter_map(|place| self.regions.get(*place))
            .filter(|region| fits(region, around))
            .collect();
        let alone = places.len() == 1;
        let sure = |region: &RegionFact| 6000 + bonus(region, around, within, level) + if alone { 1500 } else { 0 };
        places.iter().map(|region| RegionMatch { region, confidence_hundredths: sure(region).min(10_000) }).collect()
    }

    /// Slips of the pen, when no place bears exactly this name.
    fn alike(&self, asked: &Asked, within: Option<&RegionCode>) -> Vec<RegionMatch<'_>> {
        let name = asked.words.concat();
        if name.chars().count() < 4 {
            return Vec::new();
        }
        let near = self.regions.iter().zip(&self.keys).filter(|(_, key)| strsim::jaro_winkler(&name, key) >= ALIKE);
        near.map(|(region, _)| RegionMatch { region, confidence_hundredths: 3000 + bonus(region, "", within, asked.level) / 2 }).collect()
    }
}

/// A name as asked for, without the words for the kind of place.
struct Asked {
    words: Vec<String>,
    /// Where the first comma stands, in words.
    comma: Option<usize>,
    /// Dots in the code of the kind of place named: 1 for a regency, 2 for a district.
    level: Option<usize>,
}

impl Asked {
    fn read(written: &str) -> Self {
        let (head, tail) = written.split_once([',', ';', '(', '\n']).unwrap_or((written, ""));
        let mut level = None;
        let mut plain = |part: &str, first: bool| -> Vec<String> {
            let mut words = Vec::new();
            for token in tokens(part).into_iter().take(12) {
                match kind_word(&token) {
                    Some(dots) if first && words.is_empty() => level = Some(dots),
                    Some(_) => {}
                    None => words.push(token),
                }
            }
            words
        };
        let mut words = plain(head, true);
        let comma = (!tail.trim().is_empty() && !words.is_empty()).then_some(words.len());
        words.extend(plain(tail, words.is_empty()));
        Self { words, comma, level }
    }

    /// Name and surroundings, likeliest split first: at the comma, then the longest name.
    fn splits(&self) -> Vec<(String, String)> {
        let cut = |at: usize| {
            let name: String = self.words.iter().take(at).map(String::as_str).collect();
            let around: String = self.words.iter().skip(at).map(String::as_str).collect();
            (name, around)
        };
        self.comma.into_iter().chain((1..=self.words.len()).rev()).map(cut).collect()
    }
}

fn kind_word(token: &str) -> Option<usize> {
    match token {
        "kec" | "kecamatan" | "district" => Some(2),
        "kab" | "kabupaten" | "kota" | "administrasi" | "adm" | "regency" => Some(1),
        "prov" | "provinsi" | "province" => Some(0),
        _ => None,
    }
}

/// The key of a name without the words for its kind: `Kota Probolinggo` -> `probolinggo`.
fn bare_key(name: &str) -> String {
    let words = tokens(name);
    let bare: Vec<&str> = words.iter().map(String::as_str).skip_while(|word| kind_word(word).is_some()).collect();
    if bare.is_empty() { search_key(name) } else { bare.concat() }
}

/// Whether the surroundings named agree with where the region lies; none named agree with all.
fn fits(region: &RegionFact, around: &str) -> bool {
    around.is_empty() || [&region.regency, &region.province].iter().any(|larger| !larger.is_empty() && around.contains(&bare_key(larger)))
}

fn bonus(region: &RegionFact, around: &str, within: Option<&RegionCode>, level: Option<usize>) -> u16 {
    let dots = region.code.as_str().matches('.').count();
    let surroundings = if around.is_empty() { 0 } else { 2000 };
    let inside = if within.is_some_and(|larger| larger.contains(&region.code)) { 2000 } else { 0 };
    let kind = if level == Some(dots) { 1000 } else { 0 };
    surroundings + inside + kind
}
