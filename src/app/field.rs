//! Parsing of fields at the door: each check gathers its complaint, so that a form hears of all its faults at once.

use crate::app::error::{AppError, FieldProblem};
use crate::engine::coded::Coded;
use crate::engine::geo::RegionCode;
use crate::engine::money::Rupiah;
use crate::engine::name::Name;
use crate::engine::nik::{Nik, NikProblem};
use crate::engine::phone::Phone;
use crate::words::refusal::Refusal;

/// The longest single line of text we take, in characters.
pub const LINE: usize = 300;
/// The longest free text we take, in characters.
pub const TEXT: usize = 5_000;

/// A field of an edit: absent leaves it as it is, `Some(None)` clears it, a value sets it.
pub type Edit<T> = Option<Option<T>>;

/// Gathers what is wrong with a form.
#[derive(Debug, Default)]
pub struct Form {
    problems: Vec<FieldProblem>,
}

impl Form {
    /// Notes one fault.
    pub fn refuse(&mut self, pointer: &str, refusal: Refusal) {
        self.problems.push(FieldProblem { pointer: pointer.to_owned(), refusal });
    }

    /// Notes a fault unless a condition holds.
    pub fn require(&mut self, holds: bool, pointer: &str, refusal: Refusal) {
        if !holds {
            self.refuse(pointer, refusal);
        }
    }

    /// A text that must be there; trimmed.
    pub fn text(&mut self, pointer: &str, value: &str, limit: usize) -> String {
        let value = value.trim();
        self.require(!value.is_empty(), pointer, Refusal::TextRequired);
        self.require(value.chars().count() <= limit, pointer, Refusal::TextTooLong { limit });
        value.to_owned()
    }

    /// A text that may be absent; empty counts as absent.
    pub fn optional_text(&mut self, pointer: &str, value: Option<&str>, limit: usize) -> Option<String> {
        let value = value.map(str::trim).filter(|value| !value.is_empty())?;
        self.require(value.chars().count() <= limit, pointer, Refusal::TextTooLong { limit });
        Some(value.to_owned())
    }

    /// Texts to be resolved at once: one to a hundred, each of up to 10,000 characters.
    pub fn questions(&mut self, pointer: &str, texts: &[String]) {
        const TEXTS: usize = 100;
        const LONGEST: usize = 10_000;
        self.require((1..=TEXTS).contains(&texts.len()), pointer, Refusal::NumberOutOfRange { low: 1, high: 100 });
        for (place, text) in texts.iter().enumerate().take(TEXTS) {
            self.require(text.chars().count() <= LONGEST, &format!("{pointer}/{place}"), Refusal::TextTooLong { limit: LONGEST });
        }
    }

    /// A name.
    pub fn name(&mut self, pointer: &str, value: &str) -> Option<Name> {
        let name = Name::parse(value);
        self.require(name.is_some(), pointer, Refusal::NameMalformed);
        name
    }

    /// A number within bounds.
    pub fn number(&mut self, pointer: &str, value: i64, low: i64, high: i64) -> i32 {
        self.require((low..=high).contains(&value), pointer, Refusal::NumberOutOfRange { low, high });
        i32::try_from(value).unwrap_or(0)
    }

    /// An amount of rupiah.
    pub fn rupiah(&mut self, pointer: &str, value: Option<i64>) -> Option<Rupiah> {
        let value = value?;
        let amount = Rupiah::new(value);
        self.require(amount.is_some(), pointer, Refusal::NumberOutOfRange { low: 0, high: Rupiah::MAX });
        amount
    }

    /// A member of a closed list.
    pub fn coded<T: Coded>(&mut self, pointer: &str, value: Option<&str>) -> Option<T> {
        let value = value?;
        let member = T::all().iter().copied().find(|member| member.coded() == value);
        if member.is_none() {
            let allowed = T::all().iter().map(|member| member.coded()).collect::<Vec<_>>().join(", ");
            self.refuse(pointer, Refusal::CodeUnknown { allowed });
        }
        member
    }

    /// A NIK.
    pub fn nik(&mut self, pointer: &str, value: Option<&str>) -> Option<Nik> {
        match Nik::parse(value?) {
            Ok(nik) => Some(nik),
            Err(problem) => {
                let refusal = match problem {
                    NikProblem::ReadAsNumber => Refusal::NikReadAsNumber,
                    NikProblem::NotSixteenDigits => Refusal::NikNotSixteenDigits,
                };
                self.refuse(pointer, refusal);
                None
            }
        }
    }

    /// A telephone number; empty counts as absent.
    pub fn phone(&mut self, pointer: &str, value: Option<&str>) -> Option<Phone> {
        let value = value.filter(|value| !value.trim().is_empty())?;
        let phone = Phone::parse(value);
        self.require(phone.is_some(), pointer, Refusal::PhoneNotUnderstood);
        phone
    }

    /// An e-mail address: one `@` with something on both sides and no white space; empty counts as absent.
    pub fn email(&mut self, pointer: &str, value: Option<&str>) -> Option<String> {
        let value = value.map(str::trim).filter(|value| !value.is_empty())?;
        let sides = value.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'));
        let sound = sides && value.len() <= 254 && !value.contains(|c: char| c.is_whitespace() || c.is_control());
        self.require(sound, pointer, Refusal::EmailNotUnderstood);
        Some(value.to_owned())
    }

    /// A Kemendagri code, by shape; whether it exists is asked of the regions.
    pub fn region(&mut self, pointer: &str, value: Option<&str>) -> Option<RegionCode> {
        let value = value.filter(|value| !value.trim().is_empty())?;
        let code = RegionCode::parse(value);
        self.require(code.is_some(), pointer, Refusal::DistrictUnknown);
        code
    }

    /// Ends the form: all its faults, or none.
    pub fn done(self) -> Result<(), AppError> {
        if self.problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(self.problems)) }
    }
}
