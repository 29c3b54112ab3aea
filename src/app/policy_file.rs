//! A scoring policy as a text: TOML, one line a number, the keys of [`PolicyDraft`].
//!
//! Reading is strict and gathers every fault, so that whoever wrote the file hears of all of them at once. What is stored
//! is always what [`write`] makes, and it is read back by the same rules.

use toml::{Table, Value};

use crate::app::error::FieldProblem;
use crate::engine::matching::policy::keys::{KEYS, PolicyKey};
use crate::engine::matching::policy::{LAST_VERSION, Policy, PolicyDraft, PolicyProblem};
use crate::words::refusal::Refusal;

/// The longest text of a policy, in bytes.
pub const LONGEST: usize = 64 * 1024;
/// The four weights that make the whole score.
const WEIGHTS: [&str; 4] = ["units_weight", "distance_weight", "wage_weight", "start_weight"];

/// A policy somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The checked policy; version 1 where the text names none.
    pub policy: Policy,
    /// Whether the text names a version.
    pub names_version: bool,
}

/// Reads a policy. Each problem names its key: `/toml/units_weight`.
pub fn read(text: &str) -> Result<Written, Vec<FieldProblem>> {
    if text.len() > LONGEST {
        return Err(vec![problem("", Refusal::TextTooLong { limit: LONGEST })]);
    }
    let mut table: Table = text.parse().map_err(|error| vec![unreadable(text, &error)])?;
    let mut reading = Reading::default();
    let name = reading.name(table.remove("name"));
    let version = reading.version(table.remove("version"));
    let nothing = PolicyDraft { distance_weight: None, wage_weight: None, start_weight: None, related: 0, ..PolicyDraft::default() };
    let mut draft = PolicyDraft { name, version: version.unwrap_or(1), ..nothing };
    for key in KEYS {
        if let Some(number) = reading.number(key, table.remove(key.name)) {
            key.write(&mut draft, number);
        }
    }
    let unknown = table.keys().map(|key| problem(key, Refusal::FieldUnknown { field: key.clone() }));
    reading.problems.extend(unknown);
    match Policy::validate(draft) {
        Ok(policy) if reading.problems.is_empty() => Ok(Written { policy, names_version: version.is_some() }),
        checked => {
            let told = checked.err().unwrap_or_default();
            let wrong = told.into_iter().filter(|wrong| !reading.told(wrong)).map(|wrong| refused(&wrong));
            let mut problems: Vec<FieldProblem> = wrong.collect();
            problems.splice(0..0, reading.problems);
            Err(problems)
        }
    }
}

/// A policy as it is stored and shown. [`read`] gives the same policy again.
#[must_use]
pub fn write(policy: &Policy) -> String {
    let draft = policy.draft();
    let mut text = format!("name = {}\nversion = {}\n", Value::from(draft.name.as_str()), draft.version);
    for key in KEYS {
        if let Some(number) = key.read(draft) {
            text.push_str(&format!("{} = {number}\n", key.name));
        }
    }
    text
}

/// What was found while reading.
#[derive(Debug, Default)]
struct Reading {
    problems: Vec<FieldProblem>,
    /// Keys that were complained of: their stand-ins in the draft mean nothing.
    faulty: Vec<&'static str>,
}

impl Reading {
    fn refuse(&mut self, key: &'static str, refusal: Refusal) {
        self.problems.push(problem(key, refusal));
        self.faulty.push(key);
    }

    fn name(&mut self, value: Option<Value>) -> String {
        match value {
            Some(Value::String(name)) => name.trim().to_owned(),
            Some(_) => {
                self.refuse("name", Refusal::PolicyName);
                PolicyDraft::default().name
            }
            None => {
                self.refuse("name", Refusal::FieldMissing { field: "name".to_owned() });
                PolicyDraft::default().name
            }
        }
    }

    fn version(&mut self, value: Option<Value>) -> Option<u32> {
        let value = value?;
        let version =
            value.as_integer().filter(|version| (1..=LAST_VERSION).contains(version)).and_then(|version| u32::try_from(version).ok());
        if version.is_none() {
            self.refuse("version", Refusal::PolicyNumber { field: "version", given: shown(&value), low: 1, high: LAST_VERSION });
        }
        version
    }

    fn number(&mut self, key: &PolicyKey, value: Option<Value>) -> Option<i64> {
        let Some(value) = value else {
            if !key.optional {
                self.refuse(key.name, Refusal::FieldMissing { field: key.name.to_owned() });
            }
            return None;
        };
        if value.as_integer().is_none() {
            self.refuse(key.name, Refusal::PolicyNumber { field: key.name, given: shown(&value), low: key.least, high: key.most });
        }
        value.as_integer()
    }

    /// Whether a problem of the draft is only the echo of a key that was complained of.
    fn told(&self, wrong: &PolicyProblem) -> bool {
        let faulty = |key: &str| self.faulty.contains(&key);
        match wrong {
            PolicyProblem::OutOfRange { field, .. } => faulty(field) || (*field == "far_metres" && faulty("near_metres")),
            PolicyProblem::Order { weaker, stronger } => faulty(weaker) || faulty(stronger),
            PolicyProblem::Sum { .. } => WEIGHTS.iter().any(|weight| faulty(weight)),
            PolicyProblem::Name => faulty("name"),
        }
    }
}

fn refused(wrong: &PolicyProblem) -> FieldProblem {
    match *wrong {
        PolicyProblem::OutOfRange { field, value, least, most } => {
            problem(field, Refusal::PolicyNumber { field, given: value.to_string(), low: least, high: most })
        }
        PolicyProblem::Order { weaker, stronger } => problem(weaker, Refusal::PolicyOrder { weaker, stronger }),
        PolicyProblem::Sum { sum } => problem("units_weight", Refusal::PolicySum { sum }),
        PolicyProblem::Name => problem("name", Refusal::PolicyName),
    }
}

fn problem(key: &str, refusal: Refusal) -> FieldProblem {
    let pointer = if key.is_empty() { "/toml".to_owned() } else { format!("/toml/{}", key.replace('~', "~0").replace('/', "~1")) };
    FieldProblem { pointer, refusal }
}

/// A value as messages quote it.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::Float(number) if number.is_nan() => "NaN".to_owned(),
        other => other.to_string(),
    };
    text.chars().take(60).collect()
}

/// A text that is no TOML: the line, and the key that stands there if it is one of a policy's.
fn unreadable(text: &str, error: &toml::de::Error) -> FieldProblem {
    let at = error.span().map_or(0, |span| span.start);
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count();
    let key = text.lines().nth(line).and_then(|line| line.split('=').next()).map(str::trim);
    let known = key.filter(|key| *key == "name" || *key == "version" || PolicyKey::named(key).is_some());
    problem(known.unwrap_or_default(), Refusal::PolicyUnreadable { line: line + 1, problem: error.message().to_owned() })
}
