//! Requirement lines: a partner's words taken apart and resolved, and what people confirm about them.
//!
//! One text may be a whole advert with several skills; each becomes a line of its own. What is no skill (how many, where, what wage, who)
//! is handed back as a proposal for another field and never forced onto a unit.

use serde_json::{Value, json};

use crate::app::error::AppError;
use crate::app::field::Form;
use crate::app::meanings::Meanings;
use crate::app::vacancy_form::RequirementForm;
use crate::app::work::Work;
use crate::engine::advert::{Advert, Part, Read, read_advert};
use crate::engine::geo::RegionCode;
use crate::engine::id::{AccountId, RequirementId, VacancyId};
use crate::engine::kinds::Importance;
use crate::engine::resolve::{Candidate, PhraseKind, Resolution, Status, Why};
use crate::engine::text::text_key;
use crate::engine::unit_code::UnitCode;
use crate::store::entity::{requirement, vacancy};
use crate::store::id;
use crate::words::refusal::Refusal;

/// A line that somebody confirmed, or that was given as a unit.
pub(in crate::app) const CONFIRMED: &str = "confirmed";
/// What a line weighs unless told.
const WEIGHT: i64 = 10;
/// The most lines of one vacancy.
const LINES: usize = 60;
/// The longest requirement text, in characters.
const REQUIREMENT: usize = 2_000;

/// A part of a requirement text that is no skill, and the field it may belong in.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// What it speaks of.
    pub kind: PhraseKind,
    /// The words.
    pub text: String,
    /// What they say, where it could be read: a number of seats, a district's code, rupiah, a day, a stable code.
    pub value: Option<Value>,
}

/// A requirement line as it is shown.
#[derive(Debug, Clone)]
pub struct RequirementView {
    /// The line.
    pub id: RequirementId,
    /// Its words.
    pub text: String,
    /// The unit it counts with: code and title.
    pub unit: Option<(String, String)>,
    /// `matched`, `ambiguous`, `none` or `confirmed`.
    pub status: String,
    /// How sure, 0 to 10000.
    pub confidence_hundredths: u16,
    /// Why, as a stable code.
    pub why: Option<String>,
    /// What it may mean, likeliest first; left out of lists.
    pub candidates: Option<Vec<Candidate>>,
    /// The line as stored.
    pub row: requirement::Model,
    /// Whether it is assessed (DECISIONS 21).
    pub counts: bool,
}

/// The lines of a form, resolved, and what was left over.
#[derive(Debug, Default)]
pub(in crate::app) struct Lines {
    pub(in crate::app) rows: Vec<requirement::Model>,
    pub(in crate::app) proposals: Vec<Proposal>,
    /// Each text as it was sent, with its pointer, for the wording check.
    pub(in crate::app) sent: Vec<(String, String)>,
}

/// A line before it is resolved.
struct Draft<'a> {
    text: String,
    unit: Option<UnitCode>,
    form: &'a RequirementForm,
    /// Whether the firm says it will teach this.
    taught: bool,
}

impl Work<'_> {
    /// Reads the requirement lines of a vacancy. Lines of `kept` that were confirmed stay so where their words did not change.
    pub(in crate::app) fn read_requirements(
        &self,
        vacancy: &vacancy::Model,
        forms: &[RequirementForm],
        kept: &[requirement::Model],
    ) -> Result<Lines, AppError> {
        let knowledge = self.app.knowledge();
        let meanings = knowledge.meanings(Some(vacancy.office_id));
        let within = office_region(&vacancy.district_code);
        let read = |text: &str| read_advert(text, self.today(), &knowledge.regions, within.as_ref());
        let mut faults = Form::default();
        let mut lines = Lines::default();
        let mut drafts = Vec::new();
        faults.require(forms.len() <= LINES, "/requirements", Refusal::NumberOutOfRange { low: 0, high: 60 });
        for (position, form) in forms.iter().take(LINES).enumerate() {
            let pointer = format!("/requirements/{position}");
            check_numbers(&mut faults, &pointer, form);
            match (given(form.text.as_deref()), given(form.unit.as_deref())) {
                (None, Some(unit)) => match knowledge.catalogue.find(unit) {
                    Some(known) => drafts.push(Draft { text: known.title.clone(), unit: Some(known.code.clone()), form, taught: false }),
                    None => faults.refuse(&format!("{pointer}/unit"), Refusal::UnitUnknown { code: unit.to_owned() }),
                },
                (Some(text), None) => {
                    let text = faults.text(&format!("{pointer}/text"), text, REQUIREMENT);
                    lines.sent.push((format!("{pointer}/text"), text.clone()));
                    take_apart(&text, read(&text), form, &meanings, &mut drafts, &mut lines.proposals);
                }
                _ => faults.refuse(&pointer, Refusal::RequirementAmbiguous),
            }
        }
        faults.require(drafts.len() <= LINES, "/requirements", Refusal::NumberOutOfRange { low: 0, high: 60 });
        faults.done()?;
        lines.rows = self.resolved(vacancy.id, drafts, &meanings, kept);
        Ok(lines)
    }

    fn resolved(
        &self,
        vacancy: VacancyId,
        drafts: Vec<Draft<'_>>,
        meanings: &Meanings<'_>,
        kept: &[requirement::Model],
    ) -> Vec<requirement::Model> {
        // A unit goes in as its code, so that it tells the trade of the others.
        let asked: Vec<&str> = drafts.iter().map(|draft| draft.unit.as_ref().map_or(draft.text.as_str(), UnitCode::as_str)).collect();
        let resolutions = meanings.resolve_together(&asked);
        let mut rows: Vec<requirement::Model> = Vec::with_capacity(drafts.len());
        for (draft, resolution) in drafts.into_iter().zip(resolutions) {
            let row = self.line(vacancy, rows.len(), &draft, &resolution, kept);
            // `operator obras dan obras neci` names one unit twice: one line.
            let twice = row.code.is_some() && rows.iter().any(|earlier| earlier.code == row.code && earlier.importance == row.importance);
            if !twice || draft.unit.is_some() {
                rows.push(row);
            }
        }
        rows
    }

    fn line(
        &self,
        vacancy: VacancyId,
        position: usize,
        draft: &Draft<'_>,
        resolution: &Resolution,
        kept: &[requirement::Model],
    ) -> requirement::Model {
        let form = draft.form;
        let importance = form.importance.unwrap_or(Importance::Required);
        // What the firm will teach itself is the occupation, not a competence to be asked.
        let best = resolution.candidates.first().filter(|_| !draft.taught);
        let status = if draft.taught { Status::None } else { resolution.status };
        let row = requirement::Model {
            id: id::fresh(),
            vacancy_id: vacancy,
            position: i32::try_from(position).unwrap_or(i32::MAX),
            text: draft.text.clone(),
            code: best.filter(|_| status == Status::Matched).map(|best| best.code.as_str().to_owned()),
            status: status.code().to_owned(),
            confidence: best.map_or(0, |best| i32::from(best.confidence_hundredths)),
            why: best.map(|best| best.why.code().to_owned()),
            importance,
            weight: form.weight.and_then(|weight| i32::try_from(weight).ok()).unwrap_or(i32::try_from(WEIGHT).unwrap_or(1)),
            min_evidence: form.min_evidence,
            min_level: form.min_level.and_then(|level| i32::try_from(level).ok()),
            must_be_valid: form.must_be_valid.unwrap_or(importance == Importance::Required),
            confirmed_by: None,
            confirmed_at: None,
        };
        let before = kept.iter().find(|line| line.status == CONFIRMED && text_key(&line.text) == text_key(&row.text));
        match (&draft.unit, before) {
            (Some(unit), _) => self.confirmed(row, unit, self.by()),
            (None, Some(line)) => requirement::Model {
                code: line.code.clone(),
                status: line.status.clone(),
                confidence: line.confidence,
                why: line.why.clone(),
                confirmed_by: line.confirmed_by,
                confirmed_at: line.confirmed_at,
                ..row
            },
            (None, None) => row,
        }
    }

    /// A line that somebody settled.
    pub(in crate::app) fn confirmed(&self, row: requirement::Model, unit: &UnitCode, by: Option<AccountId>) -> requirement::Model {
        requirement::Model {
            code: Some(unit.as_str().to_owned()),
            status: CONFIRMED.to_owned(),
            confidence: 10_000,
            why: Some(Why::Code.code().to_owned()),
            confirmed_by: by,
            confirmed_at: Some(self.now),
            ..row
        }
    }
}

/// Lines as they are shown; candidates are looked up anew where `whole` asks for them.
pub(in crate::app) fn views(rows: Vec<requirement::Model>, meanings: &Meanings<'_>, whole: bool) -> Vec<RequirementView> {
    let asked: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    let resolutions = if whole { meanings.resolve_together(&asked) } else { Vec::new() };
    let mut resolutions = resolutions.into_iter();
    let view = |row: requirement::Model| {
        let candidates = resolutions.next().map(|resolution| resolution.candidates);
        let title = |code: &String| UnitCode::parse(code).and_then(|code| meanings.catalogue.get(&code)).map(|unit| unit.title.clone());
        let unit = row.code.as_ref().map(|code| (code.clone(), title(code).unwrap_or_else(|| code.clone())));
        RequirementView {
            id: row.id,
            text: row.text.clone(),
            status: row.status.clone(),
            confidence_hundredths: u16::try_from(row.confidence).unwrap_or(0),
            why: row.why.clone(),
            counts: unit.is_some(),
            unit,
            candidates,
            row,
        }
    };
    rows.into_iter().map(view).collect()
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn check_numbers(faults: &mut Form, pointer: &str, form: &RequirementForm) {
    if let Some(weight) = form.weight {
        faults.number(&format!("{pointer}/weight"), weight, 1, 100);
    }
    if let Some(level) = form.min_level {
        faults.number(&format!("{pointer}/min_level"), level, 1, 5);
    }
}

/// A text that is a code, a title or a remembered decision is one line; any other is taken apart.
fn take_apart<'a>(
    text: &str,
    advert: Advert,
    form: &'a RequirementForm,
    meanings: &Meanings<'_>,
    drafts: &mut Vec<Draft<'a>>,
    proposals: &mut Vec<Proposal>,
) {
    let taught = advert.takes_learners;
    let whole = meanings.resolve(text, None);
    let settled = whole.candidates.first().is_some_and(|best| matches!(best.why, Why::Code | Why::Title | Why::Remembered));
    if settled || (!taught && advert.skills.len() == 1 && advert.others.is_empty()) {
        drafts.push(Draft { text: text.to_owned(), unit: None, form, taught: false });
        return;
    }
    proposals.extend(advert.others.iter().map(|part| Proposal {
        kind: part.kind,
        text: part.text.clone(),
        value: value_of(&advert, part),
    }));
    drafts.extend(advert.skills.into_iter().map(|part| Draft { text: part.text, unit: None, form, taught }));
}

fn office_region(district: &str) -> Option<RegionCode> {
    RegionCode::parse(district)?.regency().and_then(RegionCode::parse)
}

/// What a part says, where a value was read from it.
fn value_of(advert: &Advert, part: &Part) -> Option<Value> {
    fn of<T>(read: Option<&Read<T>>, part: &Part, value: impl Fn(&T) -> Option<Value>) -> Option<Value> {
        read.filter(|read| read.at.start < part.at.end && part.at.start < read.at.end).and_then(|read| value(&read.value))
    }
    match part.kind {
        PhraseKind::Positions => {
            let counts = advert.roles.iter().filter_map(|role| role.positions.as_ref());
            counts.chain(&advert.positions).find_map(|read| of(Some(read), part, |seats| Some(json!(seats))))
        }
        PhraseKind::Place => of(advert.district.as_ref(), part, |code| code.as_ref().map(|code| json!(code.as_str()))),
        PhraseKind::Wage => of(advert.wage_min.as_ref(), part, |wage| Some(json!(wage.amount()))),
        PhraseKind::Shift => of(advert.shift.as_ref(), part, |shift| Some(json!(shift.code()))),
        PhraseKind::Start => of(advert.starts_on.as_ref(), part, |day| Some(json!(day))),
        PhraseKind::Closing => of(advert.closes_on.as_ref(), part, |day| Some(json!(day))),
        PhraseKind::Contract => of(advert.contract.as_ref(), part, |contract| Some(json!(contract.code()))),
        PhraseKind::Hours => of(advert.hours_per_week.as_ref(), part, |hours| Some(json!(hours))),
        PhraseKind::Education => of(advert.education.as_ref(), part, |schools| Some(json!(schools))),
        PhraseKind::Experience => of(advert.experience_months.as_ref(), part, |months| Some(json!(months))),
        PhraseKind::Licence => of(advert.licences.as_ref(), part, |licences| Some(json!(licences))),
        _ => None,
    }
}
