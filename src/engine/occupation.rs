//! What people call their work to occupations of KBJI 2014, with how sure and why; staff's word wins elsewhere (`app`).
//!
//! In order: a code, a title, an everyday word for a job (`data/occupation_words.tsv`), then likeness with the titles. "Wiraswasta" or
//! "sudah kerja" names no occupation and gets none. It answers; whether the answer may be stored is the caller's to say.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::engine::facts;
use crate::engine::resolve::phrases::{PhraseKind, kind_of};
use crate::engine::resolve::{Ranker, Status, Why};
use crate::engine::text::{fold, root, stop, tokens};

/// An occupation that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccupationCandidate {
    /// Its code: six digits, or four for a group.
    pub kbji: String,
    /// Its title.
    pub title: String,
    /// How sure, 0 to 10000.
    pub confidence_hundredths: u16,
    /// Why.
    pub why: Why,
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccupationResolution {
    /// The text as asked.
    pub text: String,
    /// How it came out.
    pub status: Status,
    /// Likeliest first; empty for [`Status::None`].
    pub candidates: Vec<OccupationCandidate>,
}

/// An everyday word for a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobWord {
    /// As it is written in the table.
    pub phrase: String,
    /// The code it means.
    pub kbji: String,
}

/// The most candidates given.
const MOST: usize = 10;
/// The longest text read, in characters.
const LONGEST: usize = 400;
/// The longest job word, in words.
const LONGEST_WORD: usize = 6;
/// From here the first candidate may stand alone, if the next is far enough behind.
const SURE: u16 = 6200;
const CLEAR_LEAD: u16 = 500;
/// Below this a likeness is not shown.
const LEAST_SURE: u16 = 4500;
/// What a job word counts that stands in a longer text, and what the rest of the way to certainty is worth.
const WORD_ALONE: u16 = 4500;
/// Words of work that name no occupation.
const GENERIC: &str = "kerja pabrik usaha buka punya swasta wiraswasta wirausaha jual jualan bagian bantu ikut sendiri kecil rumah jaga milik orang tua bisnis di \
    pegawai operator staf staff tukang juru tenaga karyawan petugas pekerja buruh helper senior junior kepala toko warung masih sudah lepas harian tetap kontrak job work \
    worker company perusahaan pt cv";

static STARTER: LazyLock<OccupationResolver> = LazyLock::new(OccupationResolver::new);

/// Resolves texts against the occupations in the binary.
#[derive(Debug, Clone)]
pub struct OccupationResolver {
    titles: FxHashMap<&'static str, &'static str>,
    by_title: FxHashMap<String, &'static str>,
    by_roots: FxHashMap<String, Vec<&'static str>>,
    words: FxHashMap<String, JobWord>,
    ranker: Ranker,
}

/// The resolver over the classification and the job words that ship in the binary; indexed once, when first asked.
#[must_use]
pub fn starter() -> &'static OccupationResolver {
    &STARTER
}

/// The table of job words.
#[must_use]
pub fn job_words() -> Vec<JobWord> {
    let lines = include_str!("../../data/occupation_words.tsv").lines().filter(|line| !line.starts_with('#'));
    let word = |line: &str| {
        let mut fields = line.split('\t');
        Some(JobWord { phrase: fields.next()?.trim().to_owned(), kbji: fields.next()?.trim().to_owned() })
    };
    lines.filter_map(word).collect()
}

/// The roots under which a job word is found, the grammar left out.
#[must_use]
pub fn job_key(phrase: &str) -> String {
    roots(phrase).join(" ")
}

impl OccupationResolver {
    fn new() -> Self {
        let all = facts::occupations();
        let named = |kbji: &str| kbji.len() >= 4;
        let leaf_titles: Vec<&str> = all.iter().filter(|fact| fact.kbji.len() > 4).map(|fact| fact.title.as_str()).collect();
        let leaf_titles: rustc_hash::FxHashSet<&str> = leaf_titles.into_iter().collect();
        // A group whose only occupation bears its title is that occupation; "Lainnya" is what is left over and never meant.
        let meant = |kbji: &str, title: &str| named(kbji) && !kbji.ends_with(".99") && (kbji.len() > 4 || !leaf_titles.contains(title));
        let rows: Vec<(&'static str, &'static str)> =
            all.iter().filter(|fact| meant(&fact.kbji, &fact.title)).map(|fact| (fact.kbji.as_str(), fact.title.as_str())).collect();
        let mut by_roots: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
        for (kbji, title) in &rows {
            by_roots.entry(job_key(title)).or_default().push(kbji);
        }
        let mut words = FxHashMap::default();
        for word in job_words() {
            words.entry(job_key(&word.phrase)).or_insert(word);
        }
        Self {
            titles: all.iter().map(|fact| (fact.kbji.as_str(), fact.title.as_str())).collect(),
            by_title: rows.iter().map(|(kbji, title)| (fold(title), *kbji)).collect(),
            by_roots,
            words,
            ranker: Ranker::new(rows),
        }
    }

    /// The title of a code.
    #[must_use]
    pub fn title(&self, kbji: &str) -> Option<&'static str> {
        self.titles.get(kbji).copied()
    }

    /// The occupation or occupations a text means.
    #[must_use]
    pub fn resolve(&self, text: &str) -> OccupationResolution {
        let read: String = text.chars().take(LONGEST).collect();
        let mut candidates = self.by_code(&read).unwrap_or_else(|| self.by_words(&read));
        candidates
            .sort_by(|left, right| right.confidence_hundredths.cmp(&left.confidence_hundredths).then_with(|| left.kbji.cmp(&right.kbji)));
        candidates.truncate(MOST);
        OccupationResolution { text: text.to_owned(), status: status_of(&candidates), candidates }
    }

    fn candidate(&self, kbji: &str, sure: u16, why: Why) -> Option<OccupationCandidate> {
        let title = self.title(kbji)?.to_owned();
        Some(OccupationCandidate { kbji: kbji.to_owned(), title, confidence_hundredths: sure, why })
    }

    /// A text that is a code, or begins with one.
    fn by_code(&self, text: &str) -> Option<Vec<OccupationCandidate>> {
        let first = text.split_whitespace().next()?.trim_end_matches([':', ',', ';', '-']);
        let is_code = first.len() >= 4 && first.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        self.candidate(first, 10_000, Why::Code).filter(|_| is_code).map(|candidate| vec![candidate])
    }

    fn by_words(&self, text: &str) -> Vec<OccupationCandidate> {
        let question = roots(text);
        let key = question.join(" ");
        if let Some(kbji) = self.by_title.get(&fold(text)) {
            return self.candidate(kbji, 10_000, Why::Title).into_iter().collect();
        }
        if let Some(word) = self.words.get(&key) {
            return self.candidate(&word.kbji, 9_800, Why::Synonym(word.phrase.clone())).into_iter().collect();
        }
        if let Some(codes) = self.by_roots.get(&key).filter(|_| !question.is_empty()) {
            return codes.iter().filter_map(|kbji| self.candidate(kbji, 9_600, Why::Title)).collect();
        }
        if question.iter().all(|word| is_generic(word)) || !matches!(kind_of(text), PhraseKind::Skill) {
            return Vec::new();
        }
        let mut found = self.within(&question);
        for candidate in self.alike(text, &question) {
            match found.iter_mut().find(|known| known.kbji == candidate.kbji) {
                Some(known) if known.confidence_hundredths < candidate.confidence_hundredths => *known = candidate,
                Some(_) => {}
                None => found.push(candidate),
            }
        }
        found
    }

    /// The job words within a longer text, each by how much of the text it is.
    fn within(&self, question: &[String]) -> Vec<OccupationCandidate> {
        let whole: u32 = question.iter().map(|word| weight(word)).sum::<u32>().max(1);
        let mut shares: Vec<(&JobWord, u32)> = Vec::new();
        let mut place = 0;
        while place < question.len() {
            let most = LONGEST_WORD.min(question.len() - place);
            let hit = (1..=most).rev().find_map(|length| {
                let window = question.get(place..place + length)?;
                Some((self.words.get(&window.join(" "))?, length, window.iter().map(|word| weight(word)).sum::<u32>()))
            });
            place += hit.map_or(1, |(_, length, _)| length);
            if let Some((word, _, part)) = hit {
                match shares.iter_mut().find(|(known, _)| known.kbji == word.kbji) {
                    Some((_, sum)) => *sum += part,
                    None => shares.push((word, part)),
                }
            }
        }
        let sure = |part: u32| WORD_ALONE + u16::try_from((part * 5_300 / whole).min(5_300)).unwrap_or(0);
        shares.into_iter().filter_map(|(word, part)| self.candidate(&word.kbji, sure(part), Why::Synonym(word.phrase.clone()))).collect()
    }

    /// Titles that are like the text: what they hold of it weighs most, then how much of them it is, then the letters.
    fn alike(&self, text: &str, question: &[String]) -> Vec<OccupationCandidate> {
        let asked: u32 = question.iter().map(|word| weight(word)).sum();
        let folded = fold(text);
        let liken = |(kbji, _): (&str, f32)| {
            let title = self.title(kbji)?;
            let own = roots(title);
            let held: u32 = question.iter().filter(|word| own.contains(word)).map(|word| weight(word)).sum();
            let telling: u32 = own.iter().map(|word| weight(word)).sum();
            let covered = ratio(held, asked);
            let letters = strsim::normalized_damerau_levenshtein(&folded, &fold(title));
            let sure = 0.5 * covered + 0.3 * ratio(held, telling).min(1.0) + 0.2 * letters;
            let sure: u16 = format!("{:.0}", sure * 9_500.0).parse().ok()?;
            (covered >= 0.5 && sure >= LEAST_SURE).then(|| self.candidate(kbji, sure, Why::Similar)).flatten()
        };
        self.ranker.rank(text, 20).into_iter().filter_map(liken).collect()
    }
}

/// The roots of a text in the order written, the grammar left out.
fn roots(text: &str) -> Vec<String> {
    tokens(text).iter().filter(|word| !stop::is_stop(word)).map(|word| root(word)).collect()
}

fn is_generic(word: &str) -> bool {
    GENERIC.split_whitespace().any(|generic| generic == word) || stop::is_filler(word)
}

/// What a word tells of an occupation: one that stands with any work tells less.
fn weight(word: &str) -> u32 {
    if is_generic(word) { 2 } else { 5 }
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

fn status_of(candidates: &[OccupationCandidate]) -> Status {
    let Some(first) = candidates.first() else { return Status::None };
    let next = candidates.get(1).map_or(0, |candidate| candidate.confidence_hundredths);
    let clear = first.confidence_hundredths >= SURE && first.confidence_hundredths - next >= CLEAR_LEAD;
    if clear { Status::Matched } else { Status::Ambiguous }
}
