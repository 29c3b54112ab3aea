//! The words of an advert with their places, in one spelling: `utk`, `dgn`, `thn`, `3,2jt` and `5org` as people type them in a hurry.
//!
//! It cuts text into words and nothing more; what they mean is not known here.

use std::ops::Range;

use crate::engine::text::tokens;

/// A word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its bytes in the text.
    pub(super) at: Range<usize>,
    /// Folded, abbreviations written out. A number keeps its points and commas.
    pub(super) said: String,
}

/// One spelling for what is written in many ways; both languages.
const SPELLINGS: &[(&str, &[&str])] = &[
    ("untuk", &["utk", "u"]),
    ("dengan", &["dgn", "dg"]),
    ("yang", &["yg"]),
    ("minimal", &["min", "minim", "minimum", "minimalnya"]),
    ("maksimal", &["max", "maks", "maximum", "maksimum", "maximal", "maksimalnya"]),
    ("tahun", &["th", "thn", "taun", "year", "years", "yrs", "yr", "yo"]),
    ("bulan", &["bln", "month", "months", "bulanan"]),
    ("juta", &["jt", "jta", "mio", "million", "jutaan"]),
    ("ribu", &["rb", "rbu", "ribuan"]),
    ("orang", &["org", "orng", "pax", "people", "person", "persons"]),
    ("hari", &["hr", "day", "days"]),
    ("minggu", &["mgg", "mggu", "week", "weeks"]),
    ("tanggal", &["tgl"]),
    ("pengalaman", &["pglmn", "pengalman", "pglaman", "exp", "experience", "experienced", "berpengalaman", "pengalamannya"]),
    ("gaji", &["gajih", "gj", "salary", "upah", "penghasilan", "income", "pendapatan", "bayaran", "honor", "wage", "wages"]),
    ("pria", &["cowok", "cowo", "laki", "lk", "male", "laki2"]),
    ("wanita", &["perempuan", "prempuan", "cewek", "cewe", "wnt", "female", "pr"]),
    ("shift", &["sif", "shif", "shifting", "shiftnya"]),
    ("jam", &["hour", "hours", "hrs"]),
    ("usia", &["umur", "berusia", "berumur", "age", "aged"]),
    ("lulusan", &["lulus", "tamatan", "tamat", "llsn"]),
    ("domisili", &["berdomisili", "bertempat"]),
    ("penempatan", &["lokasi", "location", "placement", "ditempatkan"]),
    ("hubungi", &["hub", "hubungin", "cp", "contact", "kontak", "call"]),
    ("telepon", &["telp", "tlp", "telpon", "phone", "ph"]),
    ("wa", &["whatsapp", "whatsap", "wasap"]),
    ("segera", &["sgr", "sgra", "immediately"]),
    ("secepatnya", &["asap", "secepat"]),
    ("sampai", &["sampe", "smp2", "hingga", "until", "till"]),
    ("dibutuhkan", &["dbutuhkan", "dibutuhkn", "needed", "wanted", "required"]),
    ("kecamatan", &["kec"]),
    ("kabupaten", &["kab"]),
    ("jalan", &["jl", "jln"]),
    ("kerja", &["krj", "bekerja", "krja"]),
    ("desember", &["dec"]),
    ("september", &["sept"]),
    ("agustus", &["agust", "agst", "ags"]),
    ("karyawan", &["kary", "krywn", "pegawai", "karyawati"]),
];

/// Units that stick to a number: `3,2jt`, `5org`, `35th`.
const STUCK_BEHIND: &[&str] = &[
    "jt", "jta", "juta", "rb", "rbu", "ribu", "k", "th", "thn", "tahun", "bln", "bulan", "org", "orang", "hr", "hari", "jam", "mgg",
    "minggu", "pax", "x",
];
/// Words that stick before a number: `Rp3.200.000`, `max35`.
const STUCK_BEFORE: &[&str] = &["rp", "idr", "max", "maks", "min", "usia", "tgl", "wa"];

/// Every word of a text, in order; the numbers of a numbered list are left out.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut all = every_word(text);
    let marks: Vec<bool> = (0..all.len()).map(|place| is_list_mark(text, &all, place)).collect();
    let mut marks = marks.into_iter();
    all.retain(|_| !marks.next().unwrap_or(false));
    all
}

/// `1.`, `2)`, `a.` at the beginning of a line, and numbers in a box.
fn is_list_mark(text: &str, words: &[Word], place: usize) -> bool {
    let Some(word) = words.get(place) else { return false };
    let before = place.checked_sub(1).and_then(|before| words.get(before)).map_or(0, |before| before.at.end);
    let begins = place == 0 || gap(text, before, word.at.start).contains('\n');
    let after = text.get(word.at.end..).unwrap_or_default();
    let boxed = after.starts_with("\u{fe0f}\u{20e3}") || after.starts_with('\u{20e3}');
    let counted = after.starts_with(['.', ')']) && after.get(1..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let short = word.at.len() <= 2 && (is_figure(&word.said) || word.at.len() == 1);
    short && (boxed || (begins && counted))
}

fn every_word(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    for at in runs(text) {
        for part in unstuck(text, at) {
            let Some(written) = text.get(part.clone()) else { continue };
            let stuck = found.last().is_some_and(|last| last.at.end == part.start && is_figure(&last.said));
            let said = if stuck && written.eq_ignore_ascii_case("k") { "ribu".to_owned() } else { said(written) };
            match found.last_mut() {
                // `s/d` is one word; `SD` is a school.
                Some(last)
                    if said == "d" && last.said == "s" && text.get(last.at.end..part.start).is_some_and(|gap| gap == "/" || gap == ".") =>
                {
                    *last = Word { at: last.at.start..part.end, said: "s/d".to_owned() };
                }
                _ if said.is_empty() => {}
                _ => found.push(Word { at: part, said }),
            }
        }
    }
    found
}

/// What stands between two places of a text.
pub(super) fn gap(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

/// Whether a word is a plain number of at most nine digits.
pub(super) fn number(said: &str) -> Option<u32> {
    let small = said.len() <= 9 && !said.is_empty() && said.bytes().all(|b| b.is_ascii_digit());
    if small { said.parse().ok() } else { count_word(said) }
}

fn count_word(said: &str) -> Option<u32> {
    const COUNTS: [&str; 10] = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"];
    let place = COUNTS.iter().position(|count| *count == said)?;
    u32::try_from(place + 1).ok()
}

/// Whether a word begins with a digit.
pub(super) fn is_figure(said: &str) -> bool {
    said.starts_with(|c: char| c.is_ascii_digit())
}

fn said(written: &str) -> String {
    if is_figure(written) && written.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'/' | b':')) {
        return written.to_owned();
    }
    let folded = tokens(written).concat();
    let spelling = SPELLINGS.iter().find(|(_, others)| others.contains(&folded.as_str()));
    spelling.map_or(folded, |(one, _)| (*one).to_owned())
}

/// Runs of letters and digits; signs within numbers (`3.200.000`, `1/12`, `08:00`) and behind letters (`C++`) belong to them.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut letters = text.char_indices().peekable();
    let mut start: Option<usize> = None;
    let mut before = ' ';
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        let within = c.is_alphanumeric()
            || (start.is_some() && matches!(c, '.' | ',' | '/' | ':') && before.is_ascii_digit() && next.is_ascii_digit())
            || (start.is_some() && matches!(c, '\'' | '\u{2019}' | '`') && next.is_alphabetic())
            || (start.is_some() && matches!(c, '+' | '#') && (before.is_alphabetic() || before == '+') && !next.is_alphanumeric())
            || (unicode_normalization::char::is_combining_mark(c) && !matches!(c, '\u{fe0f}' | '\u{20e3}') && start.is_some());
        match (within, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push(from..at);
                start = None;
            }
            _ => {}
        }
        before = c;
    }
    runs.extend(start.map(|from| from..text.len()));
    runs
}

/// A run cut where a number sticks to its unit.
fn unstuck(text: &str, at: Range<usize>) -> Vec<Range<usize>> {
    let written = text.get(at.clone()).unwrap_or_default();
    let digits = written.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    let behind = written.get(digits..).unwrap_or_default().to_lowercase();
    if digits > 0 && is_figure(written) && STUCK_BEHIND.contains(&behind.as_str()) {
        return vec![at.start..at.start + digits, at.start + digits..at.end];
    }
    let head = written.bytes().take_while(u8::is_ascii_alphabetic).count();
    let tail = written.get(head..).unwrap_or_default();
    if head > 0 && is_figure(tail) && STUCK_BEFORE.contains(&written.get(..head).unwrap_or_default().to_lowercase().as_str()) {
        let rest = unstuck(text, at.start + head..at.end);
        return std::iter::once(at.start..at.start + head).chain(rest).collect();
    }
    vec![at]
}
