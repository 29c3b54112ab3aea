//! Competency unit codes: four official shapes, folded to one canonical form with family and version.
//!
//! Real files confuse O and 0, S and 5, I and 1, lose dots or gain them. What was typed is kept by the caller;
//! this type holds what was meant.

use smol_str::SmolStr;
use unicode_normalization::UnicodeNormalization;

/// A canonical unit code, for example `C.14GMT06.010.1`, or a local one, `LOKAL.pola-dasar`.
///
/// Cloning it allocates nothing: explanations name a dozen codes for each of fifty graduates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitCode {
    text: SmolStr,
    family_len: u16,
    version: u16,
}

/// One position of a code: which characters may stand there.
#[derive(Clone, Copy)]
enum Slot {
    Letter,
    Digit,
}

/// The groups of the official shapes, without the version; the version is the last, all-digit group.
struct Shape {
    groups: [&'static [Slot]; 3],
    version_width: usize,
}

use Slot::{Digit as D, Letter as L};

const SHAPES: [Shape; 3] = [
    Shape { groups: [&[L], &[D, D, L, L, L, D, D], &[D, D, D]], version_width: 1 },
    Shape { groups: [&[L], &[D, D, D, D, D, D], &[D, D, D]], version_width: 2 },
    Shape { groups: [&[L, L, L], &[L, L, D, D], &[D, D, D]], version_width: 2 },
];

impl UnitCode {
    /// The prefix of units that have a title but no official code.
    pub const LOCAL: &'static str = "LOKAL.";

    /// Canonicalises an official code, however it was typed, or a `LOKAL.` one; `None` if it is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let upper: String = text.trim().nfkc().flat_map(char::to_uppercase).filter(|c| !c.is_whitespace()).take(200).collect();
        if let Some(slug) = upper.strip_prefix(Self::LOCAL) {
            return Self::local(slug);
        }
        let joined: String = upper.chars().map(|c| if matches!(c, '-' | '_' | '/' | ',' | ':') { '.' } else { c }).collect();
        let (head, version) = split_version(&joined)?;
        let body: Vec<char> = head.chars().filter(|c| *c != '.').collect();
        SHAPES.iter().find_map(|shape| shape.read(&body, version))
    }

    /// The code of a unit known by its title alone: `LOKAL.<slug>`.
    #[must_use]
    pub fn local(title: &str) -> Option<Self> {
        let mut slug = String::new();
        for c in title.nfkd().flat_map(char::to_lowercase).take(400) {
            if c.is_ascii_alphanumeric() {
                slug.push(c);
            } else if !slug.ends_with('-') && !slug.is_empty() && !unicode_normalization::char::is_combining_mark(c) {
                slug.push('-');
            }
        }
        // Cut before the trim: a slug that ends in `-` would be read back as another code.
        let slug = slug.get(..120).unwrap_or(&slug).trim_end_matches('-');
        if slug.is_empty() {
            return None;
        }
        Self::of(&format!("{}{slug}", Self::LOCAL), None, 0)
    }

    /// A text of at most a few hundred bytes with the length of its family; without one the whole is the family.
    fn of(text: &str, family_len: Option<usize>, version: u16) -> Option<Self> {
        let family_len = u16::try_from(family_len.unwrap_or(text.len())).ok()?;
        Some(Self { text: SmolStr::new(text), family_len, version })
    }

    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The code without its version: every version of one standard shares it.
    #[must_use]
    pub fn family(&self) -> &str {
        self.text.get(..usize::from(self.family_len)).unwrap_or(&self.text)
    }

    /// The version number; `0` for local units.
    #[must_use]
    pub fn version(&self) -> u16 {
        self.version
    }

    /// Whether the code stands in a decree (local ones do not).
    #[must_use]
    pub fn is_official(&self) -> bool {
        !self.text.starts_with(Self::LOCAL)
    }
}

impl std::fmt::Display for UnitCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Shape {
    fn read(&self, body: &[char], version: u16) -> Option<UnitCode> {
        let width: usize = self.groups.iter().map(|group| group.len()).sum();
        if body.len() != width {
            return None;
        }
        let mut typed = body.iter().copied();
        let mut text = String::with_capacity(width + 5);
        for (position, group) in self.groups.iter().enumerate() {
            if position > 0 {
                text.push('.');
            }
            for slot in *group {
                text.push(slot.read(typed.next()?)?);
            }
        }
        let family_len = text.len();
        text.push_str(&format!(".{version:0width$}", width = self.version_width));
        UnitCode::of(&text, Some(family_len), version)
    }
}

impl Slot {
    fn read(self, typed: char) -> Option<char> {
        match self {
            Self::Letter => match typed {
                'A'..='Z' => Some(typed),
                '0' => Some('O'),
                '5' => Some('S'),
                '1' => Some('I'),
                '8' => Some('B'),
                _ => None,
            },
            Self::Digit => match typed {
                '0'..='9' => Some(typed),
                'O' | 'Q' => Some('0'),
                'S' => Some('5'),
                'I' | 'L' => Some('1'),
                'B' => Some('8'),
                _ => None,
            },
        }
    }
}

/// The version stands behind the last dot: one or two digits.
fn split_version(joined: &str) -> Option<(&str, u16)> {
    let (head, tail) = joined.trim_end_matches('.').rsplit_once('.')?;
    let digits: Option<String> = tail.chars().map(|c| Slot::Digit.read(c)).collect();
    let digits = digits.filter(|d| (1..=2).contains(&d.len()))?;
    Some((head, digits.parse().ok()?))
}

/// Whether a text is one or more ASCII digits.
#[must_use]
pub fn is_ascii_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
