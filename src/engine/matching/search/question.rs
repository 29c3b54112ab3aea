//! A vacancy's lines brought to tables: what any certificate is worth to each code that can meet a line, worked out once a search.
//!
//! The rules themselves stand in `coverage`; a table only remembers their answers.

use crate::engine::kinds::CertificateKind;
use crate::engine::matching::coverage::{self, Proof};
use crate::engine::matching::requirement::Accept;
use crate::engine::matching::segment::Page;
use crate::engine::matching::terms::Terms;
use chrono::{Days, NaiveDate};
use std::sync::OnceLock;

/// A certificate that does not count on the day: issued later.
const NOT_YET: u8 = 6;
/// Level codes of a table; the last is a level that the table does not hold.
const LEVELS: u8 = 8;
const ODD: u8 = LEVELS - 1;
/// Stands in a table where the certificate itself must be looked at.
const LOOK: u16 = u16::MAX;

/// What each kind of certificate is worth to a target, by class and level code: 0 does not meet its line, otherwise the worth and one.
type Table = [u16; TABLE];

/// By level code, the most that lower ones are worth.
type Mosts = [u16; MOSTS];

/// Eight levels, and what is behind them.
const MOSTS: usize = 9;

/// Eight classes of eight levels.
const TABLE: usize = 64;

/// A code that can meet a line.
#[derive(Debug)]
pub(in crate::engine::matching) struct Target<'a> {
    pub(super) line: usize,
    pub(super) accept: &'a Accept,
}

/// What one search asks.
#[derive(Debug)]
pub(in crate::engine::matching) struct Question<'a> {
    pub(super) terms: &'a Terms<'a>,
    pub(super) targets: Vec<Target<'a>>,
    /// By target.
    tables: Vec<Table>,
    /// By target, worked out when it is first asked for.
    most: OnceLock<Vec<Mosts>>,
    /// By line, the part of the score that a worth of one gives.
    parts: Vec<u64>,
    /// The lines that exclude.
    pub(super) required: Vec<usize>,
}

impl<'a> Question<'a> {
    pub(in crate::engine::matching) fn new(terms: &'a Terms<'a>) -> Self {
        let lines = || terms.lines.iter().copied().enumerate();
        let mut targets = Vec::with_capacity(lines().map(|(_, asked)| asked.accepts.len()).sum());
        for (line, asked) in lines() {
            targets.extend(asked.rights().map(|accept| Target { line, accept }));
        }
        Self {
            tables: targets.iter().map(|target| table(terms, target)).collect(),
            most: OnceLock::new(),
            targets,
            parts: terms.lines.iter().map(|line| terms.line_part(line, 1)).collect(),
            required: lines().filter(|(_, line)| line.excludes()).map(|(place, _)| place).collect(),
            terms,
        }
    }

    /// The part of the score that a worth gives for a line.
    pub(super) fn part(&self, line: usize, worth: u16) -> u64 {
        self.parts.get(line).map_or(0, |part| part * u64::from(worth))
    }

    /// The most that a certificate can be worth to a target.
    pub(super) fn most(&self, target: usize) -> u16 {
        self.most_below(target, u16::from(LEVELS))
    }

    /// The most that a certificate of a level code below this one can be worth to a target.
    pub(super) fn most_below(&self, target: usize, code: u16) -> u16 {
        let most =
            self.most.get_or_init(|| self.tables.iter().zip(&self.targets).map(|(table, target)| self.mosts(table, target)).collect());
        most.get(target).and_then(|most| most.get(usize::from(code))).copied().unwrap_or(0)
    }

    /// By level code, the most that any lower one is worth.
    fn mosts(&self, table: &Table, target: &Target<'_>) -> Mosts {
        let mut mosts = [0; MOSTS];
        let mut most = 0;
        for (code, beyond) in (0..LEVELS).zip(mosts.iter_mut().skip(1)) {
            let known = (0..TABLE).step_by(usize::from(LEVELS)).filter_map(|class| table.get(class + usize::from(code)).copied());
            // No level that the table does not hold is worth more than the highest of all.
            let highest = |kind: &CertificateKind| {
                let proof = |expires| Proof { level: Some(u8::MAX), evidence: *kind, issued: self.terms.begins, expires };
                worth(self.terms, target, proof(None)).max(worth(self.terms, target, proof(Some(yesterday(self.terms.begins)))))
            };
            let of_code = if code == ODD { CertificateKind::ALL.iter().map(highest).max() } else { known.max() };
            most = of_code.unwrap_or(0).saturating_sub(1).max(most);
            *beyond = most;
        }
        mosts
    }

    /// The part of the score that worths, as in a table, give for the lines.
    pub(super) fn units_part(&self, worths: &[u16]) -> u64 {
        self.parts.iter().zip(worths).map(|(part, worth)| part * u64::from(worth.saturating_sub(1))).sum()
    }

    /// What a certificate is worth to a target: 0 does not meet its line, otherwise the worth and one. No target, no worth.
    pub(super) fn worth(&self, target: usize, proof: u16, classes: &[u8], page: &Page) -> u16 {
        let class = classes.get(usize::from(proof >> 3)).copied().unwrap_or(NOT_YET);
        let place = usize::from(class) << 3 | usize::from(proof & 7);
        match self.tables.get(target).map_or(0, |table| table.get(place & (TABLE - 1)).copied().unwrap_or(0)) {
            LOOK => self.targets.get(target).zip(page.proof(proof)).map_or(0, |(target, proof)| worth(self.terms, target, proof)),
            worth => worth,
        }
    }

    /// The class of each validity of a page on the day certificates are judged.
    pub(super) fn classify(&self, page: &Page, classes: &mut Vec<u8>) {
        let day = self.terms.begins;
        classes.clear();
        classes.reserve(page.validities().len());
        for (number, judged) in (0_u8..).zip(page.days().judged(day)) {
            classes.extend(std::iter::repeat_n(number * 2, judged.never));
            classes.extend(std::iter::repeat_n(number * 2 + 1, judged.expired));
            classes.extend(std::iter::repeat_n(number * 2, judged.valid));
        }
        for late in page.days().issued_after(day, page.validities()) {
            if let Some(class) = classes.get_mut(late) {
                *class = NOT_YET;
            }
        }
    }
}

fn table(terms: &Terms<'_>, target: &Target<'_>) -> Table {
    let (day, mut table) = (terms.begins, [0; TABLE]);
    for (class, (kind, expires)) in CertificateKind::ALL.iter().flat_map(|kind| [(kind, None), (kind, Some(yesterday(day)))]).enumerate() {
        // Above the level asked nothing changes.
        let asked = terms.lines.get(target.line).and_then(|line| line.min_level).unwrap_or(0).max(1);
        let mut last = 0;
        for level in 0..LEVELS {
            let proof = Proof { level: (level > 0).then_some(level), evidence: *kind, issued: day, expires };
            last = match level {
                ODD => LOOK,
                _ if level > asked => last,
                _ => worth(terms, target, proof),
            };
            if let Some(known) = table.get_mut(class << 3 | usize::from(level)) {
                *known = last;
            }
        }
    }
    table
}

fn yesterday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN)
}

fn worth(terms: &Terms<'_>, target: &Target<'_>, proof: Proof) -> u16 {
    let Some(line) = terms.lines.get(target.line) else { return 0 };
    if coverage::shortfall(proof, line, terms.begins).is_some() {
        return 0;
    }
    let worth = coverage::worth(proof, line, target.accept.factor_hundredths, terms.begins, terms.policy);
    u16::try_from(worth).unwrap_or(LOOK - 2).saturating_add(1)
}

/// Kinds are sorted as they are declared; the classes of [`Question::classify`] rest on it.
const _: () = assert!(matches!(CertificateKind::ALL, [CertificateKind::Bnsp, CertificateKind::Training, CertificateKind::Industry]));
