//! The report of absorption on the wire: every number with its denominator, its day and what it means.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::language::spoken;
use crate::api::wire::{EvidenceLevelCode, OutcomeKindCode, code, hundredths};
use crate::app::report_view::{Asked, ItemView, KindNumbers, Meaning, Numbers, ReportView, Slice};
use crate::app::reports::{CountedPerson, PlaceRow};
use crate::engine::absorption::population::Denominator;
use crate::words::Say as _;
use crate::words::report::ReportText;

/// What the numbers of a report mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct DefinitionOut {
    /// In words, in the language asked for.
    text: String,
    as_of: NaiveDate,
    /// Until when records were read; `null` for all.
    known_at: Option<DateTime<Utc>>,
    checkpoint: Option<u32>,
    group_by: String,
    denominator: String,
    /// Kinds in the absorbed total.
    absorbed: Vec<String>,
    not_absorbed: Vec<String>,
    left_out: Vec<String>,
    verified_by: Vec<String>,
    freshness_days: u32,
    freshness: String,
    direct_days: u32,
    attended_percent: i32,
}

/// Which slice.
#[derive(Debug, Serialize, ToSchema)]
pub struct SliceOut {
    /// `batch`, `programme`, `employer`, `district`, `fund`, `month`; `total` for everyone.
    kind: String,
    /// Its id or code; `null` where it is not filled in, and for the totals.
    id: Option<String>,
    label: String,
}

/// How many do one kind of thing.
#[derive(Debug, Serialize, ToSchema)]
pub struct KindOut {
    kind: String,
    /// Its name in the language asked for.
    label: String,
    people: u32,
    verified: u32,
    /// Whether it is in the absorbed total.
    absorbed: bool,
}

/// The rate under one denominator.
#[derive(Debug, Serialize, ToSchema)]
pub struct BesideOut {
    denominator: u32,
    verified: u32,
    reported: u32,
    upper: u32,
    /// Verified over denominator in percent; `null` out of nobody.
    rate: Option<f64>,
}

/// The rate under every denominator.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct AllBesideOut {
    started: Option<BesideOut>,
    attended: Option<BesideOut>,
    passed: Option<BesideOut>,
    competent: Option<BesideOut>,
}

/// One slice; each number is the length of the list that `people_url` and its name open.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemOut {
    group: SliceOut,
    denominator: u32,
    /// Absorbed and proved: the headline.
    verified: u32,
    /// Absorbed as far as anyone says; the verified ones too.
    reported: u32,
    /// Reported and not verified.
    awaiting: u32,
    lower: u32,
    upper: u32,
    responded: u32,
    /// Of whom we do not know; the disputed ones too.
    unknown: u32,
    disputed: u32,
    not_absorbed: u32,
    apprenticeship: u32,
    /// Counted with evidence older than the freshness allows.
    stale: u32,
    /// The day has not come.
    not_due: u32,
    /// Credited to another class of the same person.
    elsewhere: u32,
    /// Left out of the denominator, checked.
    excluded: u32,
    direct: u32,
    direct_verified: u32,
    /// Verified over denominator in percent, two decimals; `null` out of nobody.
    rate: Option<f64>,
    by_kind: Vec<KindOut>,
    beside: AllBesideOut,
    /// What it was to reach, in percent.
    target: Option<f64>,
    /// The list behind a number: put the number's name at the end.
    people_url: String,
}

/// A report of absorption.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportOut {
    as_of: NaiveDate,
    checkpoint: Option<u32>,
    denominator: String,
    group_by: String,
    definition: DefinitionOut,
    items: Vec<ItemOut>,
    totals: ItemOut,
}

impl From<ReportView> for ReportOut {
    fn from(view: ReportView) -> Self {
        let question = question_url(&view.asked);
        Self::with_lists_at(view, &question)
    }
}

impl ReportOut {
    /// A report whose lists lie behind an address that ends with `?` or a parameter.
    pub(in crate::api) fn with_lists_at(view: ReportView, lists: &str) -> Self {
        let ReportView { asked, meaning, items, totals } = view;
        Self {
            items: items.into_iter().map(|item| item_out(item, lists)).collect(),
            totals: item_out(totals, lists),
            as_of: asked.as_of,
            checkpoint: asked.checkpoint,
            denominator: asked.denominator.clone(),
            group_by: asked.group_by.clone(),
            definition: definition_out(&asked, meaning),
        }
    }
}

/// The name of a slice in the language asked for.
pub(in crate::api) fn slice_out(slice: Option<Slice>) -> SliceOut {
    match slice {
        None => SliceOut { kind: "total".to_owned(), id: None, label: ReportText::Total.say(spoken()) },
        Some(slice) => {
            let label = slice.label.or_else(|| slice.id.clone()).unwrap_or_else(|| ReportText::Unset.say(spoken()));
            SliceOut { kind: slice.kind, id: slice.id, label }
        }
    }
}

fn item_out(view: ItemView, lists: &str) -> ItemOut {
    let people_url = people_url(lists, view.slice.as_ref());
    let numbers = view.numbers;
    ItemOut {
        group: slice_out(view.slice),
        denominator: numbers.denominator,
        verified: numbers.verified,
        reported: numbers.reported,
        awaiting: numbers.awaiting,
        lower: numbers.lower,
        upper: numbers.upper,
        responded: numbers.responded,
        unknown: numbers.unknown,
        disputed: numbers.disputed,
        not_absorbed: numbers.not_absorbed,
        apprenticeship: numbers.apprenticeship,
        stale: numbers.stale,
        not_due: numbers.not_due,
        elsewhere: numbers.elsewhere,
        excluded: numbers.excluded,
        direct: numbers.direct,
        direct_verified: numbers.direct_verified,
        rate: numbers.rate_hundredths.map(hundredths),
        by_kind: view.by_kind.into_iter().map(kind_out).collect(),
        beside: beside_out(view.beside),
        target: view.target_hundredths.map(hundredths),
        people_url,
    }
}

fn kind_out(line: KindNumbers) -> KindOut {
    let label = crate::engine::kinds::OutcomeKind::parse(&line.kind).map(|kind| kind.say(spoken()));
    KindOut {
        label: label.unwrap_or_else(|| line.kind.clone()),
        kind: line.kind,
        people: line.people,
        verified: line.verified,
        absorbed: line.absorbed,
    }
}

fn beside_out(beside: Vec<(String, Numbers)>) -> AllBesideOut {
    let mut all = AllBesideOut::default();
    for (denominator, numbers) in beside {
        let rate = numbers.rate_hundredths.map(hundredths);
        let Numbers { denominator: whole, verified, reported, upper, .. } = numbers;
        let line = Some(BesideOut { denominator: whole, verified, reported, upper, rate });
        match Denominator::parse(&denominator) {
            Some(Denominator::Started) => all.started = line,
            Some(Denominator::Attended) => all.attended = line,
            Some(Denominator::Passed) => all.passed = line,
            Some(Denominator::Competent) => all.competent = line,
            None => {}
        }
    }
    all
}

fn definition_out(asked: &Asked, meaning: Meaning) -> DefinitionOut {
    DefinitionOut {
        text: meaning_in_words(asked, &meaning),
        as_of: asked.as_of,
        known_at: meaning.known_at,
        checkpoint: asked.checkpoint,
        group_by: asked.group_by.clone(),
        denominator: asked.denominator.clone(),
        absorbed: meaning.absorbed,
        not_absorbed: meaning.not_absorbed,
        left_out: meaning.left_out,
        verified_by: meaning.verified_by,
        freshness_days: meaning.freshness_days,
        freshness: meaning.freshness,
        direct_days: meaning.direct_days,
        attended_percent: meaning.attended_percent,
    }
}

/// What a rate means, in the language asked for.
pub(in crate::api) fn meaning_in_words(asked: &Asked, meaning: &Meaning) -> String {
    crate::words::report::meaning(
        spoken(),
        Denominator::parse(&asked.denominator).unwrap_or(Denominator::Passed),
        asked.as_of,
        asked.checkpoint,
        (meaning.freshness_days, meaning.direct_days, meaning.attended_percent),
    )
}

/// The question, as the lists behind its numbers ask it again.
fn question_url(asked: &Asked) -> String {
    let Asked { as_of, checkpoint, group_by, denominator, batch_id, programme_id, office_id } = asked;
    let mut url = format!("/api/v1/reports/absorption/people?group_by={group_by}&as_of={as_of}&denominator={denominator}&");
    let days = checkpoint.map(|days| days.to_string());
    let id = |id: &Option<Uuid>| id.map(|id| id.to_string());
    for (name, value) in
        [("checkpoint", days), ("batch_id", id(batch_id)), ("programme_id", id(programme_id)), ("office_id", id(office_id))]
    {
        if let Some(value) = value {
            // Writing to a String cannot fail.
            write!(url, "{name}={value}&").ok();
        }
    }
    url
}

/// Where the list behind a number is; the number's name goes at the end.
fn people_url(lists: &str, slice: Option<&Slice>) -> String {
    match slice {
        Some(slice) => format!("{lists}group={}&figure=", percent_encoded(slice.id.as_deref().unwrap_or_default())),
        None => format!("{lists}figure="),
    }
}

/// A value as it may stand in a query (RFC 3986, section 2.3).
fn percent_encoded(value: &str) -> String {
    value.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            text.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            write!(text, "%{byte:02X}").ok();
        }
        text
    })
}

/// The graduate on a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedGraduateOut {
    pub(in crate::api) id: Uuid,
    pub(in crate::api) display_name: String,
    /// Kemendagri code of residence.
    pub(in crate::api) district: Option<String>,
}

/// The class on a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedBatchOut {
    pub(in crate::api) id: Uuid,
    pub(in crate::api) name: String,
}

/// One person behind a number.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedOut {
    participant_id: Uuid,
    graduate: CountedGraduateOut,
    batch: CountedBatchOut,
    /// `counted`, `not_due`, `elsewhere` or `excluded`.
    place: &'static str,
    /// `verified`, `reported`, `not_absorbed`, `apprenticeship`, `disputed`, `unknown`, `excluded`.
    class: &'static str,
    kind: Option<OutcomeKindCode>,
    evidence: Option<EvidenceLevelCode>,
    stale: bool,
    direct: bool,
    direct_verified: bool,
}

impl From<CountedPerson> for CountedOut {
    fn from(person: CountedPerson) -> Self {
        let CountedPerson { entry, place } = person;
        let participant_id = place.participant_id.0;
        let (graduate, batch) = counted(place);
        Self {
            participant_id,
            graduate,
            batch,
            place: entry.place.code(),
            class: entry.class.code(),
            kind: code(entry.kind),
            evidence: code(entry.evidence),
            stale: entry.stale,
            direct: entry.direct,
            direct_verified: entry.direct_verified,
        }
    }
}

/// Graduate and class of a place.
pub(in crate::api) fn counted(place: PlaceRow) -> (CountedGraduateOut, CountedBatchOut) {
    let graduate = CountedGraduateOut { id: place.graduate_id.0, display_name: place.name, district: place.district_code };
    (graduate, CountedBatchOut { id: place.batch_id.0, name: place.batch_name })
}
