//! Names are one string, and one word is a name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A person's or firm's name as written, cleaned of what no name contains.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name(String);

impl Name {
    /// The longest name we take, in characters.
    pub const MAX_CHARS: usize = 200;

    /// Trims, folds runs of white space to one space and refuses an empty or overlong name, control characters, or one without a letter or digit.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let clean = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let clean: String = clean.nfc().collect();
        let fits = !clean.is_empty() && clean.chars().count() <= Self::MAX_CHARS;
        (fits && clean.chars().any(char::is_alphanumeric) && !clean.chars().any(char::is_control)).then_some(Self(clean))
    }

    /// As it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which `Nur'aini`, `Nur’aini`, `Nuraini` and `NUR AINI` are found alike.
    #[must_use]
    pub fn key(&self) -> String {
        search_key(&self.0)
    }

    /// What an employer sees before a referral: `S.A.` for Siti Aminah.
    #[must_use]
    pub fn initials(&self) -> String {
        self.0.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic())).fold(String::new(), |mut letters, first| {
            letters.extend(first.to_uppercase());
            letters.push('.');
            letters
        })
    }

    /// How a holder is shown to strangers: `S*** A***`, whatever the length of the words.
    #[must_use]
    pub fn masked(&self) -> String {
        let words = self.0.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
        words.map(|first| format!("{}***", first.to_uppercase())).collect::<Vec<_>>().join(" ")
    }
}

/// Letters and digits alone, folded to lower case without accents: `Nur'aini` -> `nuraini`.
#[must_use]
pub fn search_key(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How two names look alike, from `0.0` to `1.0` (Jaro-Winkler on the folded keys).
#[must_use]
pub fn likeness(left: &str, right: &str) -> f64 {
    strsim::jaro_winkler(&search_key(left), &search_key(right))
}
