//! Whether two records may describe one person. Identity is the NIK or staff's decision; this only proposes (DESIGN 3, rule 13).

use chrono::NaiveDate;

use crate::coded_enum;

/// From this likeness (Jaro-Winkler on folded names) two names may be one name written twice: `Ahmad Fauzi`, `Ahmad N. Fauzi`.
const ALIKE: f64 = 0.92;

coded_enum! {
    /// How sure a proposal is, surest first.
    pub enum Confidence {
        /// The same name and birth date.
        High = "high",
        /// Names alike and the same birth date, or the same in all but the NIK.
        Medium = "medium",
        /// The same name, and a birth date that is not known.
        Low = "low",
    }
}

/// What two records are compared by.
#[derive(Debug, Clone, Copy)]
pub struct Described<'a> {
    /// The folded name.
    pub name_key: &'a str,
    /// Birth date, where known.
    pub born: Option<NaiveDate>,
    /// A stand-in for the NIK, where known; equal for equal NIKs.
    pub nik: Option<&'a [u8]>,
}

/// A proposal and why it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sameness {
    /// How sure.
    pub confidence: Confidence,
    /// Codes of the reasons: `same_name`, `similar_name`, `same_birth_date`, `birth_date_unknown`, `different_nik`.
    pub reasons: Vec<&'static str>,
}

/// Whether two folded names are the same or nearly so.
#[must_use]
pub fn names_alike(left: &str, right: &str) -> bool {
    left == right || strsim::jaro_winkler(left, right) >= ALIKE
}

/// Compares two records. Different birth dates are different people; so are different NIKs where a birth date is missing.
#[must_use]
pub fn compare(left: &Described<'_>, right: &Described<'_>) -> Option<Sameness> {
    let same_name = left.name_key == right.name_key;
    if left.name_key.is_empty() || !names_alike(left.name_key, right.name_key) {
        return None;
    }
    let other_nik = matches!((left.nik, right.nik), (Some(one), Some(other)) if one != other);
    let name_reason = if same_name { "same_name" } else { "similar_name" };
    let (confidence, date_reason) = match (left.born, right.born) {
        (Some(one), Some(other)) if one != other => return None,
        (Some(_), Some(_)) if same_name && !other_nik => (Confidence::High, "same_birth_date"),
        (Some(_), Some(_)) if same_name || !other_nik => (Confidence::Medium, "same_birth_date"),
        (Some(_), Some(_)) => (Confidence::Low, "same_birth_date"),
        _ if same_name && !other_nik => (Confidence::Low, "birth_date_unknown"),
        _ => return None,
    };
    let mut reasons = vec![name_reason, date_reason];
    if other_nik {
        reasons.push("different_nik");
    }
    Some(Sameness { confidence, reasons })
}
