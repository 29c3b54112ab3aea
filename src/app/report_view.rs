//! A report of absorption as it is shown and as it is kept when a period is closed.
//!
//! Codes and numbers only; the words beside them are said in the reader's language, later.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::absorption::definition::Definition;
use crate::engine::absorption::population::Group;
use crate::engine::absorption::rate::{Item, Report};
use crate::engine::absorption::tally::{Figure, Tally};

/// What was asked; enough to ask it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// Days after day 0 at which each person is looked at; `None`: all on the day of the report.
    pub checkpoint: Option<u32>,
    /// Code of the cut.
    pub group_by: String,
    /// Code of the denominator.
    pub denominator: String,
    /// Only this class.
    pub batch_id: Option<Uuid>,
    /// Only classes of this programme.
    pub programme_id: Option<Uuid>,
    /// Only classes of this office.
    pub office_id: Option<Uuid>,
}

/// What the numbers mean, as codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meaning {
    /// Until when records were read; `None` for all.
    pub known_at: Option<DateTime<Utc>>,
    /// Kinds in the absorbed total.
    pub absorbed: Vec<String>,
    /// Kinds heard of that are not in it.
    pub not_absorbed: Vec<String>,
    /// Kinds taken out of the denominator once checked.
    pub left_out: Vec<String>,
    /// Evidence that makes a status verified.
    pub verified_by: Vec<String>,
    /// How many days evidence stays fresh.
    pub freshness_days: u32,
    /// What becomes of older evidence.
    pub freshness: String,
    /// Days within which a start at a partner is direct.
    pub direct_days: u32,
    /// From which attendance, in percent, somebody counts as having attended.
    pub attended_percent: i32,
}

impl Meaning {
    /// The meaning of a report's numbers.
    #[must_use]
    pub fn of(definition: &Definition, attended_percent: i32) -> Self {
        let kinds = |kinds: &[crate::engine::kinds::OutcomeKind]| kinds.iter().map(|kind| kind.code().to_owned()).collect();
        Self {
            known_at: definition.known_at,
            absorbed: kinds(&definition.absorbed),
            not_absorbed: kinds(&definition.not_absorbed),
            left_out: kinds(&definition.left_out),
            verified_by: definition.verified_by.iter().map(|level| level.code().to_owned()).collect(),
            freshness_days: definition.freshness_days,
            freshness: definition.freshness.code().to_owned(),
            direct_days: definition.direct_days,
            attended_percent,
        }
    }
}

/// Which slice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slice {
    /// Code of what it is: `batch`, `programme`, …
    pub kind: String,
    /// Its id or code; `None` where it is not filled in.
    pub id: Option<String>,
    /// Its name; `None` where there is none to tell.
    pub label: Option<String>,
}

/// The numbers of one slice under one denominator; each is the length of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each number is documented at its figure in the engine")]
pub struct Numbers {
    pub denominator: u32,
    pub verified: u32,
    pub reported: u32,
    pub awaiting: u32,
    pub lower: u32,
    pub upper: u32,
    pub responded: u32,
    pub unknown: u32,
    pub disputed: u32,
    pub not_absorbed: u32,
    pub apprenticeship: u32,
    pub stale: u32,
    pub not_due: u32,
    pub elsewhere: u32,
    pub excluded: u32,
    pub direct: u32,
    pub direct_verified: u32,
    /// Verified over denominator in hundredths of a percent; `None` out of nobody.
    pub rate_hundredths: Option<u32>,
}

impl Numbers {
    /// The numbers of a tally.
    #[must_use]
    pub fn of(tally: &Tally) -> Self {
        Self {
            denominator: tally.count(Figure::Denominator),
            verified: tally.count(Figure::Verified),
            reported: tally.count(Figure::Reported),
            awaiting: tally.count(Figure::Awaiting),
            lower: tally.count(Figure::Lower),
            upper: tally.count(Figure::Upper),
            responded: tally.count(Figure::Responded),
            unknown: tally.count(Figure::Unknown),
            disputed: tally.count(Figure::Disputed),
            not_absorbed: tally.count(Figure::NotAbsorbed),
            apprenticeship: tally.count(Figure::Apprenticeship),
            stale: tally.count(Figure::Stale),
            not_due: tally.count(Figure::NotDue),
            elsewhere: tally.count(Figure::Elsewhere),
            excluded: tally.count(Figure::Excluded),
            direct: tally.count(Figure::Direct),
            direct_verified: tally.count(Figure::DirectVerified),
            rate_hundredths: tally.share(Figure::Verified).hundredths(),
        }
    }
}

/// How many do one kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindNumbers {
    /// Code of the kind.
    pub kind: String,
    /// All of it.
    pub people: u32,
    /// Of those, proved.
    pub verified: u32,
    /// Whether it is in the absorbed total.
    pub absorbed: bool,
}

/// One slice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemView {
    /// Which; `None` for the totals.
    pub slice: Option<Slice>,
    /// Under the denominator asked for.
    pub numbers: Numbers,
    /// What people do.
    pub by_kind: Vec<KindNumbers>,
    /// The same numbers under every denominator, by its code.
    pub beside: Vec<(String, Numbers)>,
    /// What it was to reach, in hundredths of a percent.
    pub target_hundredths: Option<u32>,
}

/// A whole report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// What was asked.
    pub asked: Asked,
    /// What the numbers mean.
    pub meaning: Meaning,
    /// Slices in order.
    pub items: Vec<ItemView>,
    /// Everyone once.
    pub totals: ItemView,
}

impl ReportView {
    /// A counted report with the names of its slices.
    #[must_use]
    pub fn of(report: &Report, asked: &Asked, attended_percent: i32, label: impl Fn(&Group) -> Option<String>) -> Self {
        let slice = |group: &Group| {
            let id = Some(group.to_string()).filter(|_| *group != Group::Unset);
            Slice { kind: asked.group_by.clone(), id, label: label(group) }
        };
        let item = |item: &Item| ItemView {
            slice: item.group.as_ref().map(slice),
            numbers: Numbers::of(&item.tally),
            by_kind: by_kind(&item.tally),
            beside: item.beside.iter().map(|(denominator, tally)| (denominator.code().to_owned(), Numbers::of(tally))).collect(),
            target_hundredths: item.target,
        };
        Self {
            meaning: Meaning::of(&report.definition, attended_percent),
            items: report.items.iter().map(item).collect(),
            totals: item(&report.totals),
            asked: asked.clone(),
        }
    }
}

fn by_kind(tally: &Tally) -> Vec<KindNumbers> {
    let line = |line: &crate::engine::absorption::tally::KindLine| KindNumbers {
        kind: line.kind.code().to_owned(),
        people: line.people,
        verified: line.verified,
        absorbed: line.absorbed,
    };
    tally.by_kind().iter().map(line).collect()
}
