//! A scoring policy as TOML: what an office writes and keeps, and the checks at the door.
//!
//! A number is a whole number and nothing else: fractions, `nan` and `inf`, which TOML knows, are refused with the field named.

use toml::{Table, Value};

use crate::app::error::AppError;
use crate::app::field::Form;
use crate::engine::matching::policy::{Policy, PolicyDraft, PolicyProblem};
use crate::words::refusal::Refusal;

/// The policy that ships in the binary, as a file to begin from.
pub const DEFAULT: &str = include_str!("../../data/policies/default.toml");

/// The longest file read.
const LONGEST: usize = 20_000;

/// Reads a policy and checks it; every fault is told, with its field.
pub fn read(text: &str) -> Result<Policy, AppError> {
    let mut form = Form::default();
    form.require(text.len() <= LONGEST, "/toml", Refusal::TextTooLong { limit: LONGEST });
    form.done()?;
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let problem = error.message().to_owned();
        AppError::field("/toml", Refusal::PolicyUnreadable { problem })
    })?;
    let mut form = Form::default();
    let draft = draft_of(&table, &mut form);
    form.done()?;
    let mut form = Form::default();
    for problem in draft.problems() {
        let (field, refusal) = match problem {
            PolicyProblem::OutOfRange { field, least, most, .. } => (field, Refusal::NumberOutOfRange { low: least, high: most }),
            PolicyProblem::Sum { sum } => ("units_weight", Refusal::PolicyWeights { sum }),
            PolicyProblem::Order { weaker, stronger } => (weaker, Refusal::PolicyOrder { stronger: stronger.to_owned() }),
            PolicyProblem::Name => ("name", Refusal::TextRequired),
        };
        form.refuse(&format!("/toml/{field}"), refusal);
    }
    form.done()?;
    Policy::validate(draft).map_err(|problem| AppError::Internal(problem.to_string()))
}

/// The policy as a file; reading it again gives the same.
#[must_use]
pub fn written(policy: &Policy) -> String {
    let draft = policy.draft();
    let mut text = format!("name = {}\nversion = {}\n\n", Value::String(draft.name.clone()), draft.version);
    for field in PolicyDraft::FIELDS {
        if let Some(value) = field.get(draft) {
            text.push_str(&format!("{} = {value}\n", field.name));
        }
    }
    text
}

fn draft_of(table: &Table, form: &mut Form) -> PolicyDraft {
    let mut draft = PolicyDraft { distance_weight: None, wage_weight: None, start_weight: None, ..PolicyDraft::default() };
    let at = |name: &str| format!("/toml/{name}");
    match table.get("name") {
        Some(Value::String(name)) => draft.name.clone_from(name),
        Some(_) => form.refuse(&at("name"), Refusal::FieldNotUnderstood { problem: "name = \"…\"".to_owned() }),
        None => form.refuse(&at("name"), Refusal::FieldMissing { field: "name".to_owned() }),
    }
    if let Some(version) = table.get("version") {
        let whole = version.as_integer().and_then(|version| u32::try_from(version).ok());
        form.require(whole.is_some(), &at("version"), Refusal::NotWholeNumber);
        draft.version = whole.unwrap_or(1);
    }
    for field in PolicyDraft::FIELDS {
        match table.get(field.name) {
            Some(Value::Integer(value)) => field.set(&mut draft, *value),
            Some(_) => form.refuse(&at(field.name), Refusal::NotWholeNumber),
            None => form.require(field.optional, &at(field.name), Refusal::FieldMissing { field: field.name.to_owned() }),
        }
    }
    let known = |name: &str| ["name", "version"].contains(&name) || PolicyDraft::FIELDS.iter().any(|field| field.name == name);
    for name in table.keys().filter(|name| !known(name)) {
        form.refuse(&at(name), Refusal::FieldUnknown { field: name.clone() });
    }
    draft
}
