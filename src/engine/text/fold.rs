//! One form for one writing: case, accents, apostrophes, odd spaces and control characters are folded away.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest token kept, in characters; what is longer is no word.
const LONGEST: usize = 40;

/// Lower case without accents, apostrophes or control characters; every run of other signs is one space.
///
/// `+` and `#` stay where they follow a letter (`C++`, `C#`), `/` and `.` join single letters (`A/C`, `A.C.` -> `ac`).
#[must_use]
pub fn fold(text: &str) -> String {
    tokens(text).join(" ")
}

/// The words of a text, folded.
#[must_use]
pub fn tokens(text: &str) -> Vec<String> {
    let mut out = Collector::default();
    if text.is_ascii() {
        text.chars().for_each(|c| out.read(c.to_ascii_lowercase()));
    } else {
        text.nfkd().flat_map(char::to_lowercase).for_each(|c| out.read(c));
    }
    out.end(None);
    out.words
}

/// The key under which a decision about a text is remembered: its folded words, whatever case and punctuation it came in.
#[must_use]
pub fn text_key(text: &str) -> String {
    fold(text)
}

#[derive(Default)]
struct Collector {
    words: Vec<String>,
    word: String,
    /// The sign before the word being read, when it directly follows a single letter.
    joins: bool,
}

impl Collector {
    fn read(&mut self, c: char) {
        match c {
            _ if c.is_ascii_alphanumeric() => self.word.push(c),
            '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`' | '\u{200b}'..='\u{200f}' | '\u{ad}' => {}
            '+' | '#' if !self.word.is_empty() => self.word.push(c),
            _ if c.is_ascii() => self.end(Some(c)),
            _ if is_combining_mark(c) => {}
            _ if c.is_alphanumeric() => self.word.push(c),
            _ => self.end(Some(c)),
        }
    }

    fn end(&mut self, sign: Option<char>) {
        let joiner = matches!(sign, Some('/' | '.' | '&'));
        if self.word.is_empty() {
            self.joins = false;
            return;
        }
        let mut word = std::mem::take(&mut self.word);
        if let Some((end, _)) = word.char_indices().nth(LONGEST) {
            word.truncate(end);
        }
        let mut chars = word.chars();
        let single = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
        match self.words.last_mut() {
            Some(last) if self.joins && single => last.push_str(&word),
            _ => self.words.push(word),
        }
        self.joins = joiner && single;
    }
}
