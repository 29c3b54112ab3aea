//! Reads a whole advert, as firms write it on WhatsApp: what is asked, of how many, where, from when, for what wage.
//!
//! Every value comes with the words it was read from, and is a proposal: people confirm it. What is no skill has a kind and is never forced
//! onto a unit. It reads words and regions alone; which unit or occupation a skill means, `resolve` and `occupation` say.

mod clauses;
mod days;
mod idle;
mod line;
mod marks;
mod papers;
mod parts;
mod pay;
mod places;
mod timing;
mod values;
mod words;

use std::ops::Range;

use chrono::NaiveDate;

pub use parts::Part;

use crate::engine::facts::RegionFact;
use crate::engine::geo::RegionCode;
use crate::engine::kinds::{Contract, Shift};
use crate::engine::money::{Rupiah, WageUnit};
use crate::engine::regions::Regions;
use crate::engine::resolve::PhraseKind;
use crate::engine::resolve::phrases::takes_learners;
use crate::engine::resolve::wording::Flag;

/// A value and the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// The words as written.
    pub text: String,
    /// Their bytes in the advert.
    pub at: Range<usize>,
}

/// One job that an advert offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// What it is called.
    pub title: Read<String>,
    /// How many people.
    pub positions: Option<Read<u32>>,
}

/// What an advert says. A value that it does not say is absent; nothing is guessed from what firms usually mean.
#[derive(Debug, Clone, Default)]
pub struct Advert {
    /// The jobs offered; one vacancy is one of them.
    pub roles: Vec<Role>,
    /// Seats in all.
    pub positions: Option<Read<u32>>,
    /// Where the work is: a district or regency; `None` where several places bear the name.
    pub district: Option<Read<Option<RegionCode>>>,
    /// Least wage.
    pub wage_min: Option<Read<Rupiah>>,
    /// Most wage.
    pub wage_max: Option<Read<Rupiah>>,
    /// What one wage pays for.
    pub wage_unit: Option<Read<WageUnit>>,
    /// The shift.
    pub shift: Option<Read<Shift>>,
    /// First day of work.
    pub starts_on: Option<Read<NaiveDate>>,
    /// Last day of applying.
    pub closes_on: Option<Read<NaiveDate>>,
    /// How people are employed.
    pub contract: Option<Read<Contract>>,
    /// Hours a week.
    pub hours_per_week: Option<Read<u32>>,
    /// Schools, lowest first as written.
    pub education: Option<Read<String>>,
    /// Months of experience.
    pub experience_months: Option<Read<u32>>,
    /// Licences.
    pub licences: Option<Read<Vec<String>>>,
    /// What somebody should be able to do, in the order written; the only parts that are resolved.
    pub skills: Vec<Part>,
    /// Everything else, with its kind.
    pub others: Vec<Part>,
    /// Wording that shuts people out.
    pub flags: Vec<Flag>,
    /// Whether the firm says that it will teach the work itself.
    pub takes_learners: bool,
}

impl Advert {
    /// The jobs as one title: `Penjahit, Cutting`.
    #[must_use]
    pub fn title(&self) -> Option<Read<String>> {
        let (first, last) = self.roles.first().zip(self.roles.last())?;
        let all = |part: fn(&Read<String>) -> &str| self.roles.iter().take(5).map(|role| part(&role.title)).collect::<Vec<_>>().join(", ");
        Some(Read { value: all(|title| &title.value), text: all(|title| &title.text), at: first.title.at.start..last.title.at.end })
    }
}

/// The parts of a text without their values; regions are not asked, so that a place is known by the words around it alone.
#[must_use]
pub fn parts_of(text: &str) -> Vec<Part> {
    parts::take_apart(text, &|_| false).parts
}

/// Reads an advert. Days without a year are counted from `as_of`; of places that share a name those within `within` come first.
#[must_use]
pub fn read_advert(text: &str, as_of: NaiveDate, regions: &Regions, within: Option<&RegionCode>) -> Advert {
    let taken = parts::take_apart(text, &|name| regions.bears_name(name));
    let parts = &taken.parts;
    let pay = of_kind(parts, PhraseKind::Wage)
        .find_map(|part| values::with_line(&part.text, |line| Some((part, pay::value(line)?, line_spans(line)))));
    let (mut wage_min, mut wage_max, mut wage_unit) = (None, None, None);
    if let Some((part, pay, spans)) = pay {
        let spot = |words: Range<usize>| read_at(text, part, &spans, words);
        let (amount_text, amount_at) = spot(pay.words.clone());
        wage_min = Some(Read { value: pay.least, text: amount_text.clone(), at: amount_at.clone() });
        wage_max = Some(Read { value: pay.most, text: amount_text.clone(), at: amount_at.clone() });
        wage_unit = match pay.unit {
            Some((unit, words)) => {
                let (text, at) = spot(words);
                Some(Read { value: unit, text, at })
            }
            // Nobody pays a million and more by the day or hour.
            None if pay.least.amount() >= 1_000_000 => Some(Read { value: WageUnit::Month, text: amount_text, at: amount_at }),
            None => None,
        };
    }
    if wage_unit.is_none() && wage_min.is_none() {
        wage_unit =
            of_kind(parts, PhraseKind::Wage).find_map(|part| values::with_line(&part.text, pay::unit_alone).map(|unit| read(part, unit)));
    }
    let day = |kind: PhraseKind| {
        let said =
            |part: &Part| values::with_line(&part.text, |line| (0..line.len()).find_map(|at| days::read(line, at)).map(|(_, said)| said));
        of_kind(parts, kind).find_map(|part| said(part).and_then(|said| said.on(as_of)).map(|value| read(part, value)))
    };
    let piece_work = of_kind(parts, PhraseKind::Wage).find(|part| part.text.to_lowercase().contains("borongan"));
    let roles = roles(text, parts);
    Advert {
        positions: positions(parts, &roles),
        roles,
        district: district(text, parts, regions, within),
        wage_min,
        wage_max,
        wage_unit,
        shift: first(parts, PhraseKind::Shift, values::shift),
        starts_on: day(PhraseKind::Start),
        closes_on: day(PhraseKind::Closing),
        contract: first(parts, PhraseKind::Contract, values::contract).or_else(|| piece_work.map(|part| read(part, Contract::PieceWork))),
        hours_per_week: hours(text, parts),
        education: first(parts, PhraseKind::Education, values::education),
        experience_months: first(parts, PhraseKind::Experience, values::experience),
        licences: licences(text, parts),
        skills: of_kind(parts, PhraseKind::Skill).cloned().collect(),
        others: parts.iter().filter(|part| part.kind != PhraseKind::Skill).cloned().collect(),
        flags: taken.flags,
        takes_learners: takes_learners(text),
    }
}

fn of_kind(parts: &[Part], kind: PhraseKind) -> impl Iterator<Item = &Part> {
    parts.iter().filter(move |part| part.kind == kind)
}

fn read<T>(part: &Part, value: T) -> Read<T> {
    Read { value, text: part.text.clone(), at: part.at.clone() }
}

fn first<T>(parts: &[Part], kind: PhraseKind, value: impl Fn(line::Line<'_>) -> Option<T>) -> Option<Read<T>> {
    of_kind(parts, kind).find_map(|part| values::with_line(&part.text, &value).map(|value| read(part, value)))
}

/// Several parts as one stretch of the text.
fn stretch(text: &str, first: &Part, last: &Part) -> (String, Range<usize>) {
    let at = first.at.start..last.at.end.max(first.at.end);
    (text.get(at.clone()).unwrap_or_default().to_owned(), at)
}

/// The bytes of each word of a line.
fn line_spans(line: line::Line<'_>) -> Vec<Range<usize>> {
    (0..line.len()).map(|at| line.span(at..at + 1)).collect()
}

fn read_at(text: &str, part: &Part, spans: &[Range<usize>], words: Range<usize>) -> (String, Range<usize>) {
    let ends = spans.get(words.start).zip(words.end.checked_sub(1).and_then(|last| spans.get(last)));
    let at = ends.map_or(part.at.clone(), |(first, last)| part.at.start + first.start..part.at.start + last.end);
    (text.get(at.clone()).unwrap_or_default().to_owned(), at)
}

/// The jobs: the first skill of each clause that says whom the firm needs, with those that "dan" joins to it.
fn roles(text: &str, parts: &[Part]) -> Vec<Role> {
    let skills: Vec<&Part> = of_kind(parts, PhraseKind::Skill).collect();
    // `Juru gambar - 1 org`: the number may stand in a clause of its own behind the job.
    let alone = |clause: usize| parts.iter().filter(|part| part.clause == clause).all(|part| part.kind == PhraseKind::Positions);
    let within = |clause: usize| of_kind(parts, PhraseKind::Positions).find(|part| part.clause == clause);
    let counted = |clause: usize| within(clause).or_else(|| within(clause + 1).filter(|_| alone(clause + 1)));
    let named = |part: &&Part| part.needed || counted(part.clause).is_some();
    let mut roles: Vec<Role> = Vec::new();
    let mut clause = None;
    let mut heads = skills.iter().copied().filter(named).peekable();
    let lone = if heads.peek().is_none() { skills.first().copied() } else { None };
    for head in heads.chain(lone) {
        if clause == Some(head.clause) || roles.last().is_some_and(|role| head.at.start < role.title.at.end) {
            continue;
        }
        clause = Some(head.clause);
        let mut last = head;
        // `tukang cat & plafon, 6 org`: the number names both.
        let joined =
            skills.iter().copied().rfind(|before| head.joined && before.clause + 1 == head.clause && counted(before.clause).is_none());
        let head = joined.filter(|before| roles.last().is_none_or(|role| role.title.at.end <= before.at.start)).unwrap_or(head);
        for next in skills.iter().filter(|next| next.at.start > head.at.start) {
            let own_count = counted(next.clause).is_some();
            if next.joined && next.clause == last.clause + 1 && !own_count {
                last = next;
            }
        }
        let (words, at) = stretch(text, head, last);
        let title = Read { value: capitalised(&words), text: words, at };
        let positions = counted(last.clause)
            .or_else(|| counted(head.clause))
            .and_then(|part| values::with_line(&part.text, values::positions).map(|value| read(part, value)));
        roles.push(Role { title, positions });
    }
    roles.truncate(30);
    roles
}

/// One line with a capital at its beginning; shouting is taken back, short words like `QC` and `CNC` stay.
fn capitalised(words: &str) -> String {
    let shouts = words.chars().filter(|c| c.is_alphabetic()).count() > 4 && !words.chars().any(char::is_lowercase);
    let calm = |word: &str| if shouts && word.chars().count() > 3 { word.to_lowercase() } else { word.to_owned() };
    let one_line = words.replace('*', "").split_whitespace().map(calm).collect::<Vec<_>>().join(" ");
    let mut letters = one_line.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Seats in all: the sum over the jobs, or the one number that stands apart.
fn positions(parts: &[Part], roles: &[Role]) -> Option<Read<u32>> {
    let counts: Vec<&Read<u32>> = roles.iter().filter_map(|role| role.positions.as_ref()).collect();
    match counts.as_slice() {
        [] => first(parts, PhraseKind::Positions, values::positions),
        [only] => Some((*only).clone()),
        [one, .., last] => {
            let value = counts.iter().fold(0_u32, |sum, count| sum.saturating_add(count.value));
            let text = counts.iter().map(|count| count.text.as_str()).collect::<Vec<_>>().join(" + ");
            Some(Read { value, text, at: one.at.start..last.at.end })
        }
    }
}

/// Where the work is. Neighbouring parts are one place first (`Kec. Maron`, `Kab. Probolinggo`).
fn district(text: &str, parts: &[Part], regions: &Regions, within: Option<&RegionCode>) -> Option<Read<Option<RegionCode>>> {
    let places: Vec<&Part> = of_kind(parts, PhraseKind::Place).collect();
    let neighbours = |first: &Part, second: &Part| second.clause == first.clause + 1 || second.clause == first.clause;
    let mut asked: Vec<(&Part, &Part)> = Vec::new();
    asked.extend(places.windows(2).filter_map(|pair| match pair {
        [one, other] if neighbours(one, other) => Some((*one, *other)),
        _ => None,
    }));
    asked.extend(places.iter().map(|place| (*place, *place)));
    let mut shared = None;
    for (one, other) in asked.into_iter().take(12) {
        let (words, at) = stretch(text, one, other);
        match named(&words, regions, within) {
            Named::One(code) => return Some(Read { value: Some(code), text: words, at }),
            Named::Several => shared = shared.or(Some(Read { value: None, text: words, at })),
            Named::Unknown => {}
        }
    }
    shared
}

/// The place that words name, with the words before it left out one by one: `alun-alun Kraksaan`.
fn named(words: &str, regions: &Regions, within: Option<&RegionCode>) -> Named {
    let mut rest = words;
    for _ in 0..4 {
        match the_one(rest, regions, within) {
            Named::Unknown => {}
            known => return known,
        }
        let Some((_, tail)) = rest.trim_start().split_once(char::is_whitespace) else { break };
        rest = tail;
    }
    Named::Unknown
}

/// How many places a name may mean.
enum Named {
    Unknown,
    One(RegionCode),
    Several,
}

/// The place a name means: of the kind it names (`Kota`, `Kec.`), in the office's region, else in its province; a regency before a district.
fn the_one(words: &str, regions: &Regions, within: Option<&RegionCode>) -> Named {
    let found = regions.find(words.split('/').next().unwrap_or(words), within);
    let kind = crate::engine::text::tokens(words).into_iter().find_map(|word| match word.as_str() {
        "kec" | "kecamatan" => Some(""),
        "kota" => Some("Kota"),
        "kab" | "kabupaten" => Some("Kabupaten"),
        _ => None,
    });
    let dots = |code: &RegionCode| code.as_str().matches('.').count();
    let is_kind = |place: &RegionFact| {
        kind.is_none_or(
            |kind| if kind.is_empty() { dots(&place.code) == 2 } else { place.name.starts_with(kind) || dots(&place.code) == 2 },
        )
    };
    let mut known: Vec<(&RegionFact, u16)> = found
        .iter()
        .filter(|place| place.region.code.regency().is_some() && is_kind(place.region))
        .map(|place| (place.region, place.confidence_hundredths))
        .collect();
    if kind.is_some_and(|kind| !kind.is_empty()) && known.iter().any(|(place, _)| dots(&place.code) == 1) {
        known.retain(|(place, _)| dots(&place.code) == 1);
    }
    let Some(most) = known.iter().map(|(_, sure)| *sure).max() else { return Named::Unknown };
    known.retain(|(_, sure)| *sure == most);
    let province = within.and_then(|within| RegionCode::parse(within.province()));
    if let Some(province) = province.filter(|province| known.iter().any(|(place, _)| province.contains(&place.code))) {
        known.retain(|(place, _)| province.contains(&place.code));
    }
    if known.iter().any(|(place, _)| dots(&place.code) == 1) {
        known.retain(|(place, _)| dots(&place.code) == 1);
    }
    match known.as_slice() {
        [(only, _)] => Named::One(only.code.clone()),
        _ => Named::Several,
    }
}

/// Hours a week out of all that is said of hours: `8 jam/hari, 5 hari kerja` stands in two parts.
fn hours(text: &str, parts: &[Part]) -> Option<Read<u32>> {
    let said: Vec<&Part> = of_kind(parts, PhraseKind::Hours).collect();
    let one = said.iter().find_map(|part| values::with_line(&part.text, values::hours_per_week).map(|value| read(part, value)));
    one.or_else(|| {
        let (first, last) = said.first().zip(said.last())?;
        let all = said.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ");
        let value = values::with_line(&all, values::hours_per_week)?;
        let (text, at) = stretch(text, first, last);
        Some(Read { value, text, at })
    })
}

fn licences(text: &str, parts: &[Part]) -> Option<Read<Vec<String>>> {
    let said: Vec<&Part> = of_kind(parts, PhraseKind::Licence).collect();
    let (first, last) = said.first().zip(said.last())?;
    let mut value: Vec<String> = Vec::new();
    for licence in said.iter().filter_map(|part| values::with_line(&part.text, |line| Some(values::licences(line)))).flatten() {
        if !value.contains(&licence) {
            value.push(licence);
        }
    }
    value.truncate(20);
    let (text, at) = if said.len() == 1 { (first.text.clone(), first.at.clone()) } else { stretch(text, first, last) };
    Some(Read { value, text, at })
}
