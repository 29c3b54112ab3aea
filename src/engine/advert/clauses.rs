//! Where an advert's thoughts end: at lines, bullets, commas, sentence ends, emoji, and at "dan" where it joins two things.
//!
//! Headings ("Fasilitas:", "Cara melamar") say what the clauses under them speak of.

use std::ops::Range;

use super::words::{Word, gap, is_figure};
use crate::engine::resolve::phrases::GLUED;

/// What the heading above a clause says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// No heading, or one under which requirements stand.
    Asked,
    /// What the firm gives.
    Given,
    /// How to apply.
    Applying,
}

/// A run of words that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    /// Places in the list of words.
    pub(super) words: Range<usize>,
    /// Whether "dan", `&` or `+` joins it to the clause before.
    pub(super) joined: bool,
    /// What the heading above it says.
    pub(super) section: Section,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    None,
    /// `dan`, `&`, `+`.
    Joint,
    /// A comma, a sentence end, a bullet.
    Hard,
    /// A new line.
    Line,
    /// A new line behind a colon, or a colon behind a heading.
    Heading,
}

/// Parts of the day, days, and the two sexes: "dan" between two of them parts nothing.
const PAIRED: &[&str] = &[
    "pagi", "siang", "sore", "malam", "pria", "wanita", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "day", "night",
    "morning", "evening",
];
/// Verbs that begin another thought: `penjahit bisa obras`.
const BEGIN: &[&str] = &["bisa", "mampu", "menguasai", "paham", "mengerti", "memahami"];
/// Before such a verb these belong to it.
const BEFORE_VERB: &[&str] = &[
    "harus", "wajib", "tidak", "perlu", "bisa", "lebih", "gaji", "nego", "dan", "atau", "sudah", "minimal", "juga", "tak", "mau", "usah",
    "ga", "gak", "dengan", "akan", "untuk",
];
const JOINERS: &[&str] = &["dan", "serta", "and", "plus"];
/// Behind these a full stop is no end.
const SHORTENED: &[&str] = &[
    "kecamatan",
    "kabupaten",
    "jalan",
    "no",
    "maksimal",
    "minimal",
    "rp",
    "pt",
    "cv",
    "ud",
    "tanggal",
    "telepon",
    "hp",
    "jend",
    "dr",
    "sdr",
    "st",
    "kel",
    "ds",
    "gg",
    "blok",
    "rt",
    "rw",
    "prov",
    "jam",
    "orang",
    "bpk",
    "ibu",
    "hubungi",
    "wa",
    "a",
    "n",
    "p",
    "k",
    "dsn",
    "kp",
];
/// Labels that stay with what they label: `Gaji: 3 juta`.
const LABELS: &[&str] = &[
    "gaji",
    "penempatan",
    "posisi",
    "jabatan",
    "position",
    "jumlah",
    "kuota",
    "usia",
    "pendidikan",
    "pengalaman",
    "jam",
    "hari",
    "shift",
    "kontrak",
    "status",
    "deadline",
    "kelamin",
    "alamat",
    "tempat",
    "area",
    "wa",
    "telepon",
    "email",
    "hubungi",
    "batas",
    "mulai",
    "start",
    "penutupan",
    "closing",
    "lowongan",
    "loker",
    "bagian",
    "sim",
    "domisili",
    "kebutuhan",
    "education",
];

/// The clauses of a text, in order.
pub(super) fn clauses(text: &str, words: &[Word]) -> Vec<Clause> {
    let mut found: Vec<Clause> = Vec::new();
    let (mut section, mut until_line) = (Section::Asked, false);
    let (mut start, mut joined) = (0, false);
    let mut place = 0;
    while place < words.len() {
        let joiner = words.get(place).is_some_and(|word| JOINERS.contains(&word.said.as_str()));
        let (end, next) = if joiner && parts_here(words, place) { (place, place + 1) } else { (place + 1, place + 1) };
        let cut = if end == place { Break::Joint } else { break_behind(text, words, start, place) };
        place = next;
        if cut == Break::None && place < words.len() {
            continue;
        }
        let own = start..end;
        start = next;
        let heading = heading_of(words.get(own.clone()).unwrap_or_default(), cut, place >= words.len());
        match heading {
            Some(named) => {
                section = named;
                until_line = cut == Break::Hard || cut == Break::Joint;
            }
            None if !own.is_empty() => found.push(Clause { words: own, joined, section }),
            None => {}
        }
        joined = cut == Break::Joint;
        if cut == Break::Line && until_line {
            (section, until_line) = (Section::Asked, false);
        }
    }
    found
}

/// Whether "dan" at this place joins two things rather than standing within one (`keselamatan dan kesehatan kerja`, `SIM A dan C`).
fn parts_here(words: &[Word], place: usize) -> bool {
    let said = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| word.said.as_str());
    !belongs(said(place.checked_sub(1)), said(Some(place + 1)))
}

fn belongs(before: &str, after: &str) -> bool {
    if PAIRED.contains(&before) && PAIRED.contains(&after) {
        return true;
    }
    let short = |word: &str| word.len() <= 2 && !word.is_empty() && !matches!(word, "k3" | "5r" | "5s" | "ac");
    GLUED.iter().any(|(left, right)| before == *left && after.starts_with(right)) || (short(before) && short(after))
}

/// How the word at a place is parted from the next.
fn break_behind(text: &str, words: &[Word], start: usize, place: usize) -> Break {
    let (Some(word), Some(next)) = (words.get(place), words.get(place + 1)) else {
        return Break::Hard;
    };
    let between = gap(text, word.at.end, next.at.start);
    let colon = between.contains(':');
    if between.contains(['\n', '\r', '\u{2028}']) {
        return if colon { Break::Heading } else { Break::Line };
    }
    let own = words.get(start..=place).unwrap_or_default();
    let labelled = own.len() <= 4 && own.iter().any(|word| LABELS.contains(&word.said.as_str()));
    if colon && !labelled {
        return Break::Heading;
    }
    let figures = is_figure(&word.said) && is_figure(&next.said);
    let dash = between.trim().starts_with(['-', '–', '—', '~'])
        && between.starts_with(char::is_whitespace)
        && between.ends_with(char::is_whitespace);
    let amount = matches!(next.said.as_str(), "rp" | "idr") || is_figure(&next.said);
    let spans = amount && (is_figure(&word.said) || matches!(word.said.as_str(), "juta" | "ribu" | "rp"));
    let days = is_weekday(&word.said) && is_weekday(&next.said);
    let bold = between.matches('*').count() >= 2 && between.contains(' ');
    let comma = between.contains(',') && !figures && !belongs(&word.said, &next.said) && !within_brackets(text, next.at.start);
    let strong = between.chars().any(is_strong) || between.contains("..") || bold || comma;
    let stop = between.contains('.') && between.ends_with(char::is_whitespace) && !is_shortened(word, &next.said);
    let said = |at: usize| words.get(at).map_or("", |word| word.said.as_str());
    let verb = (BEGIN.contains(&said(place + 1))
        && word.said != "yang"
        && !BEFORE_VERB.contains(&word.said.as_str())
        && said(place + 2) != "nego")
        || (next.said == "yang" && BEGIN.contains(&said(place + 2)));
    if strong || stop || verb || (dash && !spans && !days) {
        return Break::Hard;
    }
    if between.contains(['&', '+'])
        && !belongs(&word.said, &next.said)
        && !(between.contains('&') && own.len() == 1 && word.said.len() <= 2)
    {
        return Break::Joint;
    }
    Break::None
}

/// Whether a bracket that closes on its line stands open at a place.
fn within_brackets(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let line = head.rsplit('\n').next().unwrap_or_default();
    let near: String = line.chars().rev().take(80).collect();
    let open = near.find('(').is_some_and(|open| near.find(')').is_none_or(|closed| open < closed));
    let rest = text.get(at..).unwrap_or_default();
    open && rest.chars().take(80).take_while(|c| *c != '\n').any(|c| c == ')')
}

fn is_shortened(word: &Word, next: &str) -> bool {
    SHORTENED.contains(&word.said.as_str()) || (word.at.len() <= 3 && !is_figure(&word.said) && is_figure(next))
}

pub(super) fn is_weekday(said: &str) -> bool {
    matches!(said, "senin" | "selasa" | "rabu" | "kamis" | "jumat" | "jum'at" | "sabtu" | "minggu" | "ahad")
}

/// Signs that end a clause: lists, exclamations, emoji.
fn is_strong(c: char) -> bool {
    match c {
        ';' | '!' | '?' | '|' | '•' | '·' | '…' | '=' | '>' | '<' | '#' => true,
        '–' | '—' | '‘' | '’' | '“' | '”' | '°' | '´' | '«' | '»' | '\u{ad}' | '\u{a0}' => false,
        _ => !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace() && !is_unseen(c),
    }
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}')
        || unicode_normalization::char::is_combining_mark(c)
}

const GIVEN: &[&str] =
    &["fasilitas", "benefit", "benefits", "keuntungan", "kompensasi", "didapat", "dapatkan", "tunjangan", "offer", "facilities"];
const ASKED: &[&str] = &[
    "syarat",
    "persyaratan",
    "syaratnya",
    "kualifikasi",
    "requirement",
    "requirements",
    "kriteria",
    "ketentuan",
    "qualification",
    "qualifications",
    "tugas",
    "jobdesk",
    "jobdesc",
    "jobdes",
    "deskripsi",
    "description",
    "responsibilities",
];
const APPLYING: &[&str] = &["melamar", "lamaran", "apply", "hubungi", "info", "informasi", "pendaftaran", "kirim", "kirimkan"];

/// What a clause opens, where it is a heading: at most four words before a colon, or alone on a line.
fn heading_of(words: &[Word], cut: Break, last: bool) -> Option<Section> {
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.said.as_str()));
    let short = (1..=4).contains(&words.len());
    let alone = cut == Break::Heading || (cut == Break::Line && words.len() <= 2);
    if !short || !alone || last {
        return None;
    }
    if has(GIVEN) {
        Some(Section::Given)
    } else if has(&["cara", "how"]) || (cut == Break::Heading && has(APPLYING)) {
        Some(Section::Applying)
    } else if has(ASKED) {
        Some(Section::Asked)
    } else {
        None
    }
}
