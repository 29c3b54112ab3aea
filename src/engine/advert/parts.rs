//! Takes a text apart: each part is a skill, or something else of a known kind. It reads words alone and never resolves.

use std::ops::Range;

use super::clauses::{Clause, Section, clauses};
use super::idle::{IDLE, OPENING, TRAILING, WORKPLACES};
use super::line::Line;
use super::marks::{self, is_filler, is_need};
use super::places::{self, IsRegion};
use super::words::{Word, words};
use crate::engine::resolve::PhraseKind;
use crate::engine::resolve::phrases::{TAUGHT, is_waived, kind_of};
use crate::engine::resolve::wording::{Flag, FlagKind, flags};
use crate::engine::text::{is_known_root, root, stop};

/// A part of an advert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it speaks of.
    pub kind: PhraseKind,
    /// Its words as written, without those that only open it (`paham K3` -> `K3`).
    pub text: String,
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// Which clause it is of, counted from 0.
    pub clause: usize,
    /// Whether "dan" joins its clause to the one before.
    pub joined: bool,
    /// Whether the firm says in this clause, or in the one that opens it, that it needs such people.
    pub needed: bool,
}

/// The text taken apart, with the wording that shuts people out.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    pub(super) parts: Vec<Part>,
    pub(super) flags: Vec<Flag>,
}
const GREATEST: usize = 10_000;
/// The longest phrase looked at for its kind, in words; what is longer is no phrase.
const LONGEST: usize = 40;
/// What the firm sees to: `bahan kain disediakan`.
const GIVEN: &[&str] = &["disediakan", "diantar", "provided", "ditanggung", "disiapkan", "included"];

/// The parts of a text, in the order written.
pub(super) fn take_apart(text: &str, is_region: IsRegion<'_>) -> Taken {
    let text = text.char_indices().nth(GREATEST).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
    let words = words(text);
    let flags = flags(text);
    let mut reader = Reader { text, words: &words, flags: &flags, is_region, parts: Vec::new(), need: Need::None };
    for (number, clause) in clauses(text, &words).iter().enumerate() {
        reader.read(clause, number);
    }
    Taken { parts: reader.parts, flags }
}

/// Whether the firm said that it needs people, and how far that reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    None,
    /// A clause that says nothing else: the ones below it name people, line by line.
    Below,
}

struct Reader<'a> {
    text: &'a str,
    words: &'a [Word],
    flags: &'a [Flag],
    is_region: IsRegion<'a>,
    parts: Vec<Part>,
    need: Need,
}

impl Reader<'_> {
    fn read(&mut self, clause: &Clause, number: usize) {
        let line = Line::new(self.text, self.words.get(clause.words.clone()).unwrap_or_default());
        let needs = (0..line.len()).any(|at| is_need(line.said(at)));
        let able = (0..line.len()).any(|at| marks::ABLE.contains(&line.said(at)));
        let start = self.parts.len();
        let put = |reader: &mut Self, kind: PhraseKind, words: Range<usize>| {
            let at = closed(reader.text, line.span(words));
            let text = reader.text.get(at.clone()).unwrap_or_default().to_owned();
            if !text.is_empty() {
                let needed = needs || (reader.need == Need::Below && !able);
                reader.parts.push(Part { kind, text, at, clause: number, joined: clause.joined, needed });
            }
        };
        if is_waived(line.written(0..line.len())) {
            return put(self, PhraseKind::Other, 0..line.len());
        }
        let mut at = 0;
        let is_region = self.is_region;
        let marked = |at: usize| {
            marks::read(line, at).is_some() || places::read(line, at, is_region, |at| marks::read(line, at).is_some()).is_some()
        };
        let mut rest = 0..0;
        if clause.section == Section::Asked
            && let Some((from, end)) = places::firm(line, marked)
        {
            put(self, PhraseKind::Employer, from..end);
            (at, rest) = (end, end..end);
        }
        while at <= line.len() {
            let found = self.mark(line, at, clause);
            match found {
                None if at < line.len() => {
                    rest.end = at + 1;
                    at += 1;
                    continue;
                }
                _ => self.rest(line, rest.clone(), clause, &put),
            }
            let Some((kind, from, end)) = found else { break };
            put(self, kind, from..end);
            at = end.max(at + 1);
            rest = at..at;
        }
        let told = self.parts.get(start..).unwrap_or_default();
        let people =
            told.iter().all(|part| matches!(part.kind, PhraseKind::Skill | PhraseKind::Positions | PhraseKind::Employer | PhraseKind::Sex));
        let nothing = told.iter().all(|part| matches!(part.kind, PhraseKind::Employer | PhraseKind::Other));
        self.need = if (needs && nothing) || (self.need == Need::Below && people && !able) { Need::Below } else { Need::None };
    }

    /// What is no skill at a place: its kind, where its words begin, where they end.
    fn mark(&self, line: Line<'_>, at: usize, clause: &Clause) -> Option<(PhraseKind, usize, usize)> {
        if at >= line.len() {
            return None;
        }
        let place = places::read(line, at, self.is_region, |at| marks::read(line, at).is_some());
        if let Some(place) = place {
            return Some((place.kind, place.from, place.end));
        }
        if let Some((kind, end)) = marks::read(line, at) {
            return Some((kind, at, end));
        }
        if let Some((kind, end)) = self.flagged(line, at) {
            return Some((kind, at, end));
        }
        (at == 0 && !clause.joined && self.is_all_regions(line)).then(|| {
            let before = self.parts.last().map(|part| part.kind).filter(|kind| *kind == PhraseKind::Domicile);
            (before.unwrap_or(PhraseKind::Place), 0, line.len())
        })
    }

    /// Whether a clause is names of regions and nothing else; a name that is an everyday word (`Garung`, `Sukun`) counts beside another place alone.
    fn is_all_regions(&self, line: Line<'_>) -> bool {
        let beside = self.parts.last().is_some_and(|part| matches!(part.kind, PhraseKind::Place | PhraseKind::Domicile));
        let mut at = 0;
        while at < line.len() {
            let named = (1..=3).rev().find(|length| at + length <= line.len() && (self.is_region)(line.written(at..at + length)));
            let Some(length) = named.filter(|length| line.is_capital(at) && (beside || *length > 1 || !is_everyday(line.said(at)))) else {
                return false;
            };
            at += length;
        }
        line.len() > 0 && line.len() <= 5
    }

    /// The wording to ask about that begins at a place, with the figures that follow (`tinggi badan 160 cm`).
    fn flagged(&self, line: Line<'_>, at: usize) -> Option<(PhraseKind, usize)> {
        let start = line.span(at..at + 1).start;
        let place = self.flags.partition_point(|flag| flag.at.end <= start);
        let flag = self.flags.get(place).filter(|flag| flag.at.start <= start)?;
        let mut end = (at..line.len()).find(|next| line.span(*next..*next + 1).start >= flag.at.end).unwrap_or(line.len());
        let figures = ["minimal", "maksimal", "cm", "kg", "dan", "rapi", "atau", "berat", "tinggi", "badan", "proporsional", "menarik"];
        while flag.kind == FlagKind::Looks
            && end < line.len()
            && (figures.contains(&line.said(end)) || line.number(end).is_some_and(|size| (30..=220).contains(&size)))
        {
            end += 1;
        }
        Some((kind_of_flag(flag.kind), end))
    }

    /// What no mark took: a skill, a virtue, or nothing.
    fn rest(&mut self, line: Line<'_>, words: Range<usize>, clause: &Clause, put: &impl Fn(&mut Self, PhraseKind, Range<usize>)) {
        let own = owned(line, words.clone());
        let words = bare(line, words);
        let idle = words.clone().all(|at| {
            let said = line.said(at);
            IDLE.contains(&said) || stop::is_stop(said) || is_need(said) || is_filler(said) || !said.contains(char::is_alphabetic)
        });
        if idle {
            return;
        }
        let given = words.end.checked_sub(1).is_some_and(|last| GIVEN.contains(&line.said(last)));
        let taught = words.clone().any(|at| TAUGHT.split_whitespace().any(|word| word == line.said(at)));
        let kind = match (kind_of(line.written(words.start..words.end.min(words.start + LONGEST))), clause.section) {
            (PhraseKind::Skill, _) if own || taught => PhraseKind::Other,
            (PhraseKind::Skill, Section::Given) => PhraseKind::Wage,
            (PhraseKind::Skill, _) if given => PhraseKind::Wage,
            (PhraseKind::Skill | PhraseKind::Other, Section::Applying) => PhraseKind::Papers,
            (kind, _) => kind,
        };
        put(self, kind, words);
    }
}

/// Whether words name what somebody should bring along: `punya mesin obras sendiri`, `punya motor`.
fn owned(line: Line<'_>, words: Range<usize>) -> bool {
    const THINGS: &[&str] = &[
        "motor",
        "kendaraan",
        "hp",
        "laptop",
        "android",
        "smartphone",
        "sepeda",
        "mobil",
        "alat",
        "pribadi",
        "sendiri",
        "kamera",
        "peralatan",
        "pick",
        "up",
    ];
    let opens = matches!(line.said(words.start), "punya" | "memiliki" | "bawa" | "membawa" | "ada");
    let last = words.end.checked_sub(1).map_or("", |at| line.said(at));
    let things = words.clone().skip(usize::from(opens)).all(|at| THINGS.contains(&line.said(at)) || stop::is_stop(line.said(at)));
    (opens && (matches!(last, "sendiri" | "pribadi") || things)) || (things && words.len() > 1)
}

/// Whether a name is also a word of the language or of the trades.
fn is_everyday(said: &str) -> bool {
    is_known_root(&root(said)) || kind_of(said) != PhraseKind::Skill
}

/// A stretch of text with the bracket that closes one opened in it.
fn closed(text: &str, at: Range<usize>) -> Range<usize> {
    let inside = text.get(at.clone()).unwrap_or_default();
    let open = inside.matches('(').count() > inside.matches(')').count();
    let end = if open && text.get(at.end..).is_some_and(|rest| rest.starts_with(')')) { at.end + 1 } else { at.end };
    at.start..end
}

/// Some words without those that open or end them and say nothing.
fn bare(line: Line<'_>, words: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = words;
    while start < end && (OPENING.contains(&line.said(start)) || is_need(line.said(start)) || is_filler(line.said(start))) {
        start += 1;
    }
    let tail = (start..end).rev().find(|at| matches!(line.said(*at), "untuk" | "di" | "for" | "in" | "at"));
    if let Some(tail) = tail.filter(|tail| WORKPLACES.contains(&line.said(tail + 1)) && end - tail <= 5) {
        end = tail;
    }
    // `utk kedai kopi` ahead of a place says where, not what.
    if words_open_a_place(line, words.start, start) {
        return end..end;
    }
    while start < end
        && (TRAILING.contains(&line.said(end - 1)) || is_need(line.said(end - 1)))
        && !(line.said(end - 1) == "kerja" && matches!(line.before(end - 1, 1), "kesehatan" | "keselamatan" | "etos"))
    {
        end -= 1;
    }
    start..end
}

fn words_open_a_place(line: Line<'_>, first: usize, start: usize) -> bool {
    matches!(line.said(first), "untuk" | "di" | "for" | "in" | "at")
        && first > 0
        && (WORKPLACES.contains(&line.said(first + 1)) || WORKPLACES.contains(&line.said(start)))
}

const fn kind_of_flag(kind: FlagKind) -> PhraseKind {
    match kind {
        FlagKind::Age => PhraseKind::Age,
        FlagKind::Looks => PhraseKind::Looks,
        FlagKind::Sex => PhraseKind::Sex,
        FlagKind::MaritalStatus => PhraseKind::MaritalStatus,
        FlagKind::Religion => PhraseKind::Religion,
        FlagKind::Disability => PhraseKind::Disability,
        FlagKind::Origin => PhraseKind::Origin,
    }
}
