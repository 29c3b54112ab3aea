//! Indonesian roots by rule: every way to take affixes off is tried, a known root wins, otherwise the likeliest shape.
//!
//! The rules are the morphology of me-, pe-, ber-, ter-, di-, ke-, se-, per- with their sound changes (men- before t, meny- for s, mem- for p,
//! meng- for k), the suffixes -kan, -an, -i and the clitics -nya, -ku, -mu, -lah, -kah, -pun. Never looks at other words of a text.

use crate::engine::text::roots::is_root;

/// Particles and possessives: they stand outside everything else, the particle last.
const PARTICLES: [&str; 4] = ["lah", "kah", "tah", "pun"];
const POSSESSIVES: [&str; 3] = ["nya", "ku", "mu"];
/// Endings of loans and of people; taken off known roots alone.
const LOAN_SUFFIXES: [&str; 6] = ["isasi", "isme", "is", "wan", "wati", "man"];
const SUFFIXES: [&str; 3] = ["kan", "an", "i"];
/// Shorter residues are no roots unless they are known.
const SHORTEST: usize = 3;
const DEEPEST: u8 = 3;
const AS_IT_STANDS: u8 = 0;
const RESTORED: u8 = 1;
const KEPT_NASAL: u8 = 3;
/// Stands for 0 with the mark of a one-syllable root.
const SHORT: u8 = 4;

/// One way to read a word.
#[derive(Debug)]
struct Reading {
    root: String,
    cuts: u8,
    /// How unsure the first letter is: 0 as it stands or behind menge-, 1 put back for a sound change, 3 a nasal kept where most roots
    /// lose theirs.
    guess: u8,
    /// Whether it is a root of one syllable behind menge- or penge-: mengelas is las, not kelas.
    short: bool,
    /// Whether -i was cut off.
    suffix_i: bool,
}

impl Reading {
    fn known(root: &str) -> Self {
        Self { root: root.to_owned(), cuts: 1, guess: AS_IT_STANDS, short: false, suffix_i: false }
    }
}

/// The root of an Indonesian word: `pengelasan` -> `las`, `perawatan` -> `rawat`. A word of which nothing can be cut comes back unchanged.
#[must_use]
pub fn stem(word: &str) -> String {
    if let Some((first, second)) = word.split_once('-').filter(|(first, _)| !first.is_empty()) {
        return doubled(first, second);
    }
    let plain = word.len() > SHORTEST && word.bytes().all(|b| b.is_ascii_lowercase());
    if !plain || is_root(word) {
        return word.to_owned();
    }
    let readings = readings(word);
    let known = readings.iter().filter(|r| is_root(&r.root)).max_by_key(|r| {
        let standing = r.root.len() + 3 * usize::from(r.short) - usize::from(r.guess == RESTORED);
        (standing, u8::MAX - r.guess, u8::MAX - r.cuts)
    });
    if let Some(reading) = known {
        return reading.root.clone();
    }
    let shaped = readings.iter().filter(|r| r.root.len() > SHORTEST).min_by_key(|r| (doubt(r), r.root.len()));
    shaped.map_or_else(|| word.to_owned(), |reading| reading.root.clone())
}

/// A doubled word (`potong-potong`, `meniru-nirukan`) has the root of its halves; of anything else the first part counts.
fn doubled(first: &str, second: &str) -> String {
    let (left, right) = (stem(first), stem(second));
    if is_root(&left) || !is_root(&right) { left } else { right }
}

/// The singular of an English plural, other words unchanged: `duties` -> `duty`, `welders` -> `welder`; Indonesian roots keep their `s`.
#[must_use]
pub fn singular(word: &str) -> String {
    let cut = |ending: &str, by: &str| word.strip_suffix(ending).map(|head| format!("{head}{by}"));
    if word.len() < 4 || !word.ends_with('s') || is_root(word) || ["ss", "us", "is", "as", "os"].iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    let folded = if word.ends_with("ies") && word.len() > 4 {
        cut("ies", "y")
    } else if ["xes", "ches", "shes", "sses", "zes"].iter().any(|end| word.ends_with(end)) {
        cut("es", "")
    } else {
        cut("s", "")
    };
    folded.unwrap_or_else(|| word.to_owned())
}

fn readings(word: &str) -> Vec<Reading> {
    let mut bases = vec![(word, 0_u8)];
    bases.extend(without(word, &PARTICLES).map(|base| (base, 1)));
    let outer = bases.clone();
    bases.extend(outer.iter().flat_map(|(base, cuts)| without(base, &POSSESSIVES).map(move |inner| (inner, cuts + 1))));
    let mut readings = Vec::with_capacity(32);
    for ending in LOAN_SUFFIXES {
        readings.extend(word.strip_suffix(ending).filter(|rest| is_root(rest)).map(Reading::known));
    }
    for clitic in ["ku", "kau"] {
        readings.extend(word.strip_prefix(clitic).filter(|rest| is_root(rest)).map(Reading::known));
    }
    for (base, cuts) in bases {
        prefixes(base, "", cuts, 0, AS_IT_STANDS, &mut readings);
        for suffix in SUFFIXES {
            if let Some(inner) = base.strip_suffix(suffix).filter(|inner| inner.len() >= SHORTEST) {
                prefixes(inner, suffix, cuts + 1, 0, AS_IT_STANDS, &mut readings);
            }
        }
    }
    readings
}

fn without<'a>(word: &'a str, endings: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    endings.iter().filter_map(move |ending| word.strip_suffix(ending)).filter(|rest| rest.len() >= SHORTEST)
}

/// Notes `word` as a reading and goes on with every prefix that may stand before it and agrees with the suffix.
fn prefixes(word: &str, suffix: &str, cuts: u8, depth: u8, guess: u8, into: &mut Vec<Reading>) {
    if word.len() < SHORTEST || !word.bytes().any(is_vowel) {
        return;
    }
    into.push(Reading { root: word.to_owned(), cuts, guess: guess % SHORT, short: guess == SHORT, suffix_i: suffix == "i" });
    if depth >= DEEPEST {
        return;
    }
    let mut next = |rest: &str, new: u8| prefixes(rest, suffix, cuts + 1, depth + 1, guess.max(new), into);
    // The first syllable doubled with e: rerumputan, wewangian.
    if let [first, b'e', third, ..] = word.as_bytes()
        && first == third
        && let Some(rest) = word.get(2..).filter(|rest| is_root(rest))
    {
        next(rest, AS_IT_STANDS);
    }
    if let Some(rest) = word.strip_prefix("di").filter(|_| suffix != "an") {
        next(rest, AS_IT_STANDS);
    }
    if let Some(rest) = word.strip_prefix("ke").filter(|_| suffix != "i" && suffix != "kan") {
        next(rest, AS_IT_STANDS);
    }
    if let Some(rest) = word.strip_prefix("se").filter(|_| suffix != "i" && suffix != "kan") {
        next(rest, AS_IT_STANDS);
    }
    if let Some(rest) = word.strip_prefix("be").filter(|_| suffix != "i") {
        rest.strip_prefix('r').into_iter().for_each(|after| next(after, AS_IT_STANDS));
        rest.strip_prefix('l').filter(|after| *after == "ajar").into_iter().for_each(|after| next(after, AS_IT_STANDS));
        // be- before a root whose first syllable ends in -er: bekerja, beternak.
        if rest.get(1..3) == Some("er") {
            next(rest, AS_IT_STANDS);
        }
    }
    if let Some(rest) = word.strip_prefix("te").filter(|_| suffix != "an" || depth > 0) {
        rest.strip_prefix('r').into_iter().for_each(|after| next(after, AS_IT_STANDS));
        if rest.get(1..3) == Some("er") {
            next(rest, AS_IT_STANDS);
        }
    }
    if let Some(rest) = word.strip_prefix("me").filter(|_| suffix != "an") {
        nasal(rest, &mut next);
    }
    if let Some(rest) = word.strip_prefix("pe") {
        rest.strip_prefix('r').into_iter().for_each(|after| next(after, AS_IT_STANDS));
        rest.strip_prefix('l').filter(|after| after.starts_with("ajar")).into_iter().for_each(|after| next(after, AS_IT_STANDS));
        nasal(rest, &mut next);
        // pe- alone: petugas, pekerja, petinju.
        next(rest, AS_IT_STANDS);
    }
}

/// What may stand behind me- or pe-: the sound the prefix took, and the letter it swallowed.
fn nasal(rest: &str, next: &mut impl FnMut(&str, u8)) {
    let vowel_first = |text: &str| text.bytes().next().is_some_and(is_vowel);
    if let Some(after) = rest.strip_prefix("ng") {
        next(after, AS_IT_STANDS);
        if vowel_first(after) {
            next(&format!("k{after}"), RESTORED);
        }
        // One-syllable roots take menge-: mengelas, mengecat.
        if let Some(short) = after.strip_prefix('e').filter(|short| (3..=4).contains(&short.len()) && !vowel_first(short)) {
            let one_syllable = short.bytes().filter(|b| is_vowel(*b)).count() == 1;
            next(short, if one_syllable { SHORT } else { AS_IT_STANDS });
        }
    }
    if let Some(after) = rest.strip_prefix("ny").filter(|after| vowel_first(after)) {
        next(&format!("s{after}"), RESTORED);
        next(&format!("ny{after}"), KEPT_NASAL);
    }
    if let Some(after) = rest.strip_prefix('m') {
        if vowel_first(after) {
            next(&format!("p{after}"), RESTORED);
            next(&format!("m{after}"), KEPT_NASAL);
        } else if matches!(after.bytes().next(), Some(b'b' | b'p' | b'f' | b'v' | b'm')) {
            next(after, AS_IT_STANDS);
        }
    }
    if let Some(after) = rest.strip_prefix('n') {
        if vowel_first(after) {
            next(&format!("t{after}"), RESTORED);
            next(&format!("n{after}"), KEPT_NASAL);
        } else if matches!(after.bytes().next(), Some(b'd' | b't' | b'j' | b'c' | b'z' | b's')) {
            next(after, AS_IT_STANDS);
        }
    }
    if rest.bytes().next().is_some_and(|b| matches!(b, b'l' | b'r' | b'w' | b'y')) {
        next(rest, AS_IT_STANDS);
    }
}

const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// How unlike a root an unknown residue looks; lower is likelier. Most roots have two syllables, begin with at most one consonant (or a
/// loan cluster) and do not end in a voiced stop.
fn doubt(reading: &Reading) -> u32 {
    let letters = reading.root.as_bytes();
    let syllables = letters.iter().filter(|b| is_vowel(**b)).count().abs_diff(2);
    let mut doubt = u32::try_from(syllables).unwrap_or(9) * 10;
    if let [first, second, ..] = letters
        && !is_vowel(*first)
        && !is_vowel(*second)
        && !matches!(
            (first, second),
            (b's' | b'k' | b'p' | b't' | b'b' | b'g' | b'd' | b'f', b'r' | b'l')
                | (b'n', b'g' | b'y')
                | (b's', b't' | b'p' | b'k' | b'y')
                | (b'k', b'h')
        )
    {
        doubt += 20;
    }
    if let [.., before, last] = letters {
        doubt += if matches!(last, b'c' | b'j' | b'q' | b'v' | b'w' | b'x' | b'y' | b'z' | b'g') && *before != b'n' { 12 } else { 0 };
        let closed = is_vowel(*before) || is_vowel(*last) || (*before, *last) == (b'n', b'g');
        doubt += if closed { 0 } else { 8 };
    }
    // Loans end in -si (antisipasi, isolasi); their -i is no suffix.
    doubt += if reading.suffix_i && letters.last() == Some(&b's') { 25 } else { 0 };
    doubt + u32::from(reading.cuts) * 2 + u32::from(reading.guess)
}
