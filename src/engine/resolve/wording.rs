//! Flags wording in a vacancy that shuts people out by who they are, not by what they can do.
//!
//! Basis: SE Menaker M/6/HK.04/V/2025 (no discrimination in recruitment: age, looks, sex, marital status and the like) and UU 13/2003
//! art. 5 and 6; UU 8/2016 for disability. A flag is a question to whoever writes, never a refusal and never a filter; staff decide.
//! Good health ("sehat jasmani dan rohani") is not flagged: the circular allows it where the work needs it.

use std::ops::Range;

use crate::coded_enum;
use crate::engine::text::tokens;

coded_enum! {
    /// What a wording turns on.
    pub enum FlagKind {
        /// An age or a limit of it.
        Age = "age",
        /// Looks, height, weight, skin, tattoos.
        Looks = "looks",
        /// Man or woman; pregnancy.
        Sex = "sex",
        /// Married or not.
        MaritalStatus = "marital_status",
        /// A religion or its dress.
        Religion = "religion",
        /// A body without disability.
        Disability = "disability",
        /// Tribe or birthplace.
        Origin = "origin",
    }
}

/// One wording and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// What it turns on.
    pub kind: FlagKind,
    /// The words as written.
    pub text: String,
    /// Their bytes in the text.
    pub at: Range<usize>,
}

/// Phrases, one a line group, in folded words; the first that fits at a place is taken.
const PHRASES: [(FlagKind, &str); 7] = [
    (
        FlagKind::Looks,
        "berpenampilan menarik|penampilan menarik|berpenampilan baik|berpenampilan rapi dan menarik|penampilan oke|good looking|goodlooking|cantik|tampan|\
         ganteng|tinggi badan|berat badan|badan proporsional|proporsional|tidak bertato|tidak bertindik|tanpa tato|kulit putih|kulit bersih|kulit cerah|\
         wajah bersih|tidak berkacamata",
    ),
    (
        FlagKind::Sex,
        "khusus wanita|khusus pria|khusus perempuan|khusus laki laki|hanya wanita|hanya pria|hanya perempuan|hanya laki laki|jenis kelamin|tidak hamil|\
         tidak sedang hamil|laki laki|pria|wanita|perempuan|cowok|cewek|male only|female only|male|female",
    ),
    (
        FlagKind::MaritalStatus,
        "belum menikah|belum kawin|belum berkeluarga|tidak menikah|belum pernah menikah|sudah menikah|sudah berkeluarga|status single|masih single|\
         lajang|single|bujang|janda|bersedia tidak menikah",
    ),
    (
        FlagKind::Religion,
        "beragama islam|beragama kristen|beragama katolik|beragama hindu|beragama buddha|beragama budha|beragama|khusus muslim|khusus non muslim|non muslim|\
         muslimah|muslim|nasrani|wajib berhijab|wajib berjilbab|berhijab|berjilbab|tidak berhijab|tidak berjilbab|lepas hijab",
    ),
    (
        FlagKind::Disability,
        "tidak cacat fisik|tidak cacat|tanpa cacat|tidak memiliki cacat|bukan penyandang disabilitas|non disabilitas|tidak disabilitas|fisik normal|\
         tubuh normal|anggota tubuh lengkap|tidak berkebutuhan khusus",
    ),
    (FlagKind::Origin, "suku jawa|suku madura|suku|putra daerah|penduduk asli|pribumi|warga asli|keturunan"),
    (FlagKind::Age, "usia produktif|usia muda|usia maksimal|usia maks|umur maksimal|umur maks|batas usia|masih muda|berusia muda"),
];

/// Who or what is served or made is not who may apply: `busana wanita`, `potong rambut pria`.
const PRODUCTS: &str = "busana baju pakaian sepatu sandal rambut celana kemeja jas rias pengantin toilet salon mode fashion tas gaun jilbab produk \
    pelanggan tamu pasien garmen made kaos rok atasan cukur";
const LIMITS: &str = "maks maksimal max maximum min minimal minimum bawah dibawah atas diatas antara usia umur berusia berumur age";
const YEARS: &str = "tahun thn th years";

/// Every wording to ask about, in the order written; nothing in text that speaks to both sexes alike.
#[must_use]
pub fn flags(text: &str) -> Vec<Flag> {
    let words = spans(text);
    let mut flags = Vec::new();
    let mut place = 0;
    while place < words.len() {
        let found = phrase_at(&words, place).or_else(|| age_at(&words, place).map(|length| (FlagKind::Age, length)));
        let Some((kind, length)) = found else {
            place += 1;
            continue;
        };
        let whole = words.get(place).zip(words.get(place + length - 1)).map(|(first, last)| first.at.start..last.at.end);
        if let Some((at, written)) = whole.and_then(|at| text.get(at.clone()).map(|written| (at, written))) {
            flags.push(Flag { kind, text: written.to_owned(), at });
        }
        place += length;
    }
    flags
}

/// A word with its place in the text.
struct Word {
    at: Range<usize>,
    folded: String,
}

fn spans(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut start, mut before) = (None, ' ');
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))).take(20_000) {
        // `35th` is two words: a number and its unit are often written as one.
        if before.is_ascii_digit()
            && c.is_alphabetic()
            && let Some(from) = start.replace(at)
        {
            let folded = text.get(from..at).map(|word| tokens(word).concat()).unwrap_or_default();
            words.push(Word { at: from..at, folded });
        }
        before = c;
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let folded = text.get(from..at).map(|word| tokens(word).concat()).unwrap_or_default();
                words.push(Word { at: from..at, folded });
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn word(words: &[Word], place: usize) -> &str {
    words.get(place).map_or("", |word| word.folded.as_str())
}

fn among(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_whitespace().any(|member| member == word)
}

/// The longest phrase that stands here, with its length in words.
fn phrase_at(words: &[Word], place: usize) -> Option<(FlagKind, usize)> {
    let fits = |phrase: &str| {
        let length = phrase.split_whitespace().count();
        phrase.split_whitespace().enumerate().all(|(step, member)| word(words, place + step) == member).then_some(length)
    };
    let longest = |phrases: &str| phrases.split('|').filter_map(|phrase| fits(phrase.trim())).max();
    let (kind, length) =
        PHRASES.iter().filter_map(|(kind, phrases)| longest(phrases).map(|length| (*kind, length))).max_by_key(|(_, length)| *length)?;
    (!excused(words, place, kind, length)).then_some((kind, length))
}

/// Whether the words mean something else here.
fn excused(words: &[Word], place: usize, kind: FlagKind, length: usize) -> bool {
    let before = |steps: usize| place.checked_sub(steps).map_or("", |at| word(words, at));
    let after = |steps: usize| word(words, place + length - 1 + steps);
    let product = among(PRODUCTS, before(1)) || (among(PRODUCTS, before(2)) && length == 1);
    match kind {
        FlagKind::Sex => product || (length <= 2 && word(words, place) != "khusus" && both_sexes(words, place, length)),
        FlagKind::Religion => product || among(PRODUCTS, before(1)),
        FlagKind::MaritalStatus => among("layer needle phase line parent", after(1)) || before(1) == "jahit",
        FlagKind::Looks => product && word(words, place) == "cantik",
        FlagKind::Age => is_number(word(words, place + length)),
        FlagKind::Disability | FlagKind::Origin => false,
    }
}

/// `pria/wanita`, `laki-laki dan perempuan`: open to both, so no question.
fn both_sexes(words: &[Word], place: usize, length: usize) -> bool {
    let sex = |at: usize| match word(words, at) {
        "pria" | "cowok" | "male" | "laki" | "lk" => Some(true),
        "wanita" | "perempuan" | "cewek" | "female" | "pr" => Some(false),
        _ => None,
    };
    let own = sex(place);
    let near = place.saturating_sub(3)..=place + length + 1;
    own.is_some() && near.filter_map(sex).any(|other| Some(other) != own)
}

/// `usia 18-25 tahun`, `maks. 25 tahun`, `18 s/d 30 thn`; never `pengalaman 20 tahun`.
fn age_at(words: &[Word], place: usize) -> Option<usize> {
    let before = |steps: usize| place.checked_sub(steps).map_or("", |at| word(words, at));
    let work = ["pengalaman", "berpengalaman", "experience", "kontrak", "garansi", "berdiri"];
    if (1..=3).any(|steps| work.contains(&before(steps))) || work.contains(&word(words, place)) {
        return None;
    }
    let named = among("usia umur berusia berumur age", word(words, place));
    let limits = (0..4).take_while(|step| among(LIMITS, word(words, place + step)) || among("di", word(words, place + step))).count();
    let start = place + limits;
    let joined = |at: usize| among("sd s d sampai hingga dan to", word(words, at));
    let mut end = start;
    if !is_age(word(words, end)) {
        return None;
    }
    end += 1;
    let mut far = end;
    while among(YEARS, word(words, far)) || joined(far) {
        far += 1;
    }
    if is_age(word(words, far)) {
        end = far + 1;
    }
    let years = among(YEARS, word(words, end));
    let limit = limits > 0 || is_age(word(words, far));
    (named || (years && limit)).then_some(end + usize::from(years) - place)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// Ages that people of working age have.
fn is_age(word: &str) -> bool {
    is_number(word) && word.parse::<u8>().is_ok_and(|years| (14..=75).contains(&years))
}
