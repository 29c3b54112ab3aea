//! The catalogue of competency units: one entry a canonical code, with every form it was seen in.
//!
//! It starts from the facts in the binary and is overlaid by what an office imports; the later row wins. It never guesses: which unit a
//! free text means is `resolve`'s question.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::engine::facts::{self, SchemeFact, UnitFact};
use crate::engine::text;
use crate::engine::unit_code::UnitCode;

/// A competency unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its key.
    pub code: UnitCode,
    /// The code as sources wrote it, where that differs from the canonical text.
    pub written_forms: Vec<String>,
    /// The title.
    pub title: String,
    /// Other titles it was seen under.
    pub title_variants: Vec<String>,
    /// The trade.
    pub sector: String,
    /// The decree, where known.
    pub decree: Option<String>,
    /// Whether its code stands in a decree; titles without a code are not official, and matchable all the same.
    pub official: bool,
}

impl Unit {
    /// A unit from a code and a title; without a code it becomes `LOKAL.<slug of the title>`. `None` if the title has no letter or digit.
    #[must_use]
    pub fn new(written: &str, title: &str, sector: &str) -> Option<Self> {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let code = UnitCode::parse(written).or_else(|| UnitCode::local(&title))?;
        let written = written.trim();
        let written_forms = if written.is_empty() || written == code.as_str() { Vec::new() } else { vec![written.to_owned()] };
        let official = code.is_official();
        Some(Self { code, written_forms, title, title_variants: Vec::new(), sector: sector.trim().to_owned(), decree: None, official })
    }

    fn of_fact(fact: &UnitFact) -> Option<Self> {
        let unit = Self::new(&fact.written, &fact.title, &fact.sector)?;
        Some(Self { title_variants: fact.title_variants.clone(), decree: fact.decree.clone(), ..unit })
    }

    /// Takes over what a later row says and keeps the forms and titles seen before.
    fn overlay(&mut self, later: Self) {
        let earlier = std::mem::replace(self, later);
        let forms = earlier.written_forms.into_iter().filter(|form| !self.written_forms.contains(form)).collect::<Vec<_>>();
        self.written_forms.extend(forms);
        for title in std::iter::once(earlier.title).chain(earlier.title_variants) {
            if title != self.title && !self.title_variants.contains(&title) {
                self.title_variants.push(title);
            }
        }
        if self.sector.is_empty() {
            self.sector = earlier.sector;
        }
        self.decree = self.decree.take().or(earlier.decree);
    }
}

/// Two codes that name the same competence. A link, not a merge: both stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivalence {
    /// One side.
    pub left: UnitCode,
    /// The other.
    pub right: UnitCode,
    /// How much the one counts as the other, in hundredths of a percent (10000 = fully).
    pub factor_hundredths: u16,
    /// Whether staff looked at it.
    pub reviewed: bool,
}

/// A phrase that means one unit, as an office taught it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The phrase.
    pub phrase: String,
    /// What it means.
    pub code: UnitCode,
}

/// Units by code, with their families, links and schemes.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    units: BTreeMap<UnitCode, Unit>,
    by_written: FxHashMap<String, UnitCode>,
    families: FxHashMap<String, Vec<UnitCode>>,
    aliases: Vec<Alias>,
    equivalences: Vec<Equivalence>,
    schemes: Vec<SchemeFact>,
    /// By family, the families of related units.
    related: BTreeMap<String, BTreeSet<String>>,
    version: String,
}

impl Catalogue {
    /// The catalogue that ships in the binary.
    #[must_use]
    pub fn starter() -> Self {
        let units = facts::units().iter().filter_map(Unit::of_fact);
        Self::default().with_units(units).with_schemes(facts::schemes().iter().cloned())
    }

    /// Overlays units; a later row wins over an earlier one of the same canonical code.
    #[must_use]
    pub fn with_units(mut self, units: impl IntoIterator<Item = Unit>) -> Self {
        for unit in units {
            match self.units.get_mut(&unit.code) {
                Some(known) => known.overlay(unit),
                None => {
                    self.units.insert(unit.code.clone(), unit);
                }
            }
        }
        let forms = self.units.values().flat_map(|unit| unit.written_forms.iter().map(|form| (written_key(form), unit.code.clone())));
        self.by_written = forms.collect();
        self.families.clear();
        for code in self.units.keys() {
            self.families.entry(code.family().to_owned()).or_default().push(code.clone());
        }
        self.families.values_mut().for_each(|codes| codes.sort_by_key(UnitCode::version));
        self.stamped()
    }

    /// Adds phrases; a later one wins over an earlier one of the same words.
    #[must_use]
    pub fn with_aliases(mut self, aliases: impl IntoIterator<Item = Alias>) -> Self {
        for alias in aliases {
            self.aliases.retain(|known| text::text_key(&known.phrase) != text::text_key(&alias.phrase));
            self.aliases.push(alias);
        }
        self.stamped()
    }

    /// Adds links; a later one wins over an earlier one between the same codes.
    #[must_use]
    pub fn with_equivalences(mut self, links: impl IntoIterator<Item = Equivalence>) -> Self {
        for link in links {
            self.equivalences.retain(|known| !same_pair(known, &link));
            self.equivalences.push(link);
        }
        self.stamped()
    }

    /// Adds schemes; a later one wins over an earlier one of the same code.
    #[must_use]
    pub fn with_schemes(mut self, schemes: impl IntoIterator<Item = SchemeFact>) -> Self {
        for scheme in schemes {
            self.schemes.retain(|known| known.code != scheme.code);
            self.schemes.push(scheme);
        }
        self.stamped()
    }

    /// Takes over which families are related, from [`related_families`](crate::engine::esco::related_families).
    #[must_use]
    pub fn with_related(mut self, related: BTreeMap<String, BTreeSet<String>>) -> Self {
        self.related = related;
        self.stamped()
    }

    /// The unit with this code.
    #[must_use]
    pub fn get(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.get(code)
    }

    /// The unit that is written this way, in any form its code takes.
    #[must_use]
    pub fn find(&self, written: &str) -> Option<&Unit> {
        let by_code = UnitCode::parse(written).and_then(|code| self.units.get(&code));
        by_code.or_else(|| self.by_written.get(&written_key(written)).and_then(|code| self.units.get(code)))
    }

    /// Every version of a family, oldest first.
    #[must_use]
    pub fn versions_of(&self, family: &str) -> Vec<&Unit> {
        self.families.get(family).into_iter().flatten().filter_map(|code| self.units.get(code)).collect()
    }

    /// Units for a search box: a code or its beginning first, then titles that hold every word, then titles that hold some.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<&Unit> {
        let exact = self.find(query).map(|unit| &unit.code);
        let head = written_key(query);
        let wanted: Vec<String> = text::tokens(query).iter().map(|token| text::root(token)).collect();
        if head.is_empty() {
            return self.units.values().take(limit).collect();
        }
        let mut found: Vec<(u32, &Unit)> = self
            .units
            .values()
            .filter_map(|unit| {
                let by_code =
                    if Some(&unit.code) == exact { 2000 } else { u32::from(written_key(unit.code.as_str()).starts_with(&head)) * 1500 };
                let score = by_code + titles_score(unit, &wanted);
                (score > 0).then_some((score, unit))
            })
            .collect();
        found.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.code.cmp(&right.1.code)));
        found.into_iter().take(limit).map(|(_, unit)| unit).collect()
    }

    /// Every unit, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// How many units.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The phrases an office taught.
    #[must_use]
    pub fn aliases(&self) -> &[Alias] {
        &self.aliases
    }

    /// Every link.
    #[must_use]
    pub fn equivalences(&self) -> &[Equivalence] {
        &self.equivalences
    }

    /// The units linked with this one: code, factor in hundredths of a percent, reviewed.
    pub fn equivalents<'a>(&'a self, code: &'a UnitCode) -> impl Iterator<Item = (&'a UnitCode, u16, bool)> {
        self.equivalences.iter().filter_map(move |link| {
            let other = if &link.left == code {
                &link.right
            } else if &link.right == code {
                &link.left
            } else {
                return None;
            };
            Some((other, link.factor_hundredths, link.reviewed))
        })
    }

    /// The units of related skills, every version of each, by code. They are not this unit.
    #[must_use]
    pub fn related(&self, code: &UnitCode) -> Vec<&Unit> {
        self.related.get(code.family()).into_iter().flatten().flat_map(|family| self.versions_of(family)).collect()
    }

    /// Every scheme.
    #[must_use]
    pub fn schemes(&self) -> &[SchemeFact] {
        &self.schemes
    }

    /// Sixteen hexadecimal digits that change with the contents; printed with lists.
    #[must_use]
    pub fn version(&self) -> String {
        self.version.clone()
    }

    fn stamped(mut self) -> Self {
        let mut hash = Fnv::new();
        for unit in self.units.values() {
            hash.add(unit.code.as_str());
            hash.add(&unit.title);
            unit.title_variants.iter().for_each(|title| hash.add(title));
            hash.add(&unit.sector);
        }
        for alias in &self.aliases {
            hash.add(&alias.phrase);
            hash.add(alias.code.as_str());
        }
        for link in &self.equivalences {
            hash.add(link.left.as_str());
            hash.add(link.right.as_str());
            hash.add(&format!("{}{}", link.factor_hundredths, link.reviewed));
        }
        self.schemes.iter().for_each(|scheme| hash.add(&scheme.code));
        for (family, others) in &self.related {
            hash.add(family);
            others.iter().for_each(|other| hash.add(other));
        }
        self.version = format!("{:016x}", hash.0);
        self
    }
}

fn same_pair(one: &Equivalence, other: &Equivalence) -> bool {
    (one.left == other.left && one.right == other.right) || (one.left == other.right && one.right == other.left)
}

/// Letters and digits alone, upper case: how a written code is looked up when it has none of the official shapes.
fn written_key(written: &str) -> String {
    written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).take(200).collect()
}

/// 1000 if the best title holds the beginning of every word asked for, else 100 a word it holds; shorter titles break ties.
fn titles_score(unit: &Unit, wanted: &[String]) -> u32 {
    let titles = std::iter::once(&unit.title).chain(&unit.title_variants);
    titles.map(|title| title_score(title, wanted)).max().unwrap_or(0)
}

fn title_score(title: &str, wanted: &[String]) -> u32 {
    let roots: Vec<String> = text::tokens(title).iter().map(|token| text::root(token)).collect();
    let held = wanted.iter().filter(|word| roots.iter().any(|root| root.starts_with(word.as_str()))).count();
    if held == 0 {
        return 0;
    }
    let base = if held == wanted.len() { 1000 } else { u32::try_from(held * 100).unwrap_or(900).min(900) };
    base + u32::try_from(50_usize.saturating_sub(roots.len())).unwrap_or(0)
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): short, stable on every machine, and no secret depends on it.
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain(std::iter::once(0)) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
