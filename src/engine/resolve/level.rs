//! Which level a text asks for: `tingkat dasar`, `senior`, `jenjang 3`, `3G`.
//!
//! Levels run from 1 to 5, as on certificates: 1 beginner, 2 junior, 3 intermediate, 4 senior or advanced, 5 expert. A welder's position
//! names one too (AWS D1.1, ISO 9606): who welds 6G welds all below.

use crate::engine::text::tokens;

/// Words that name a level alone.
const NAMED: [(&str, u8); 22] = [
    ("pemula", 1),
    ("beginner", 1),
    ("basic", 1),
    ("junior", 2),
    ("yunior", 2),
    ("madya", 3),
    ("intermediate", 3),
    ("senior", 4),
    ("lanjut", 4),
    ("lanjutan", 4),
    ("advance", 4),
    ("advanced", 4),
    ("mahir", 4),
    ("expert", 5),
    ("1g", 1),
    ("2g", 2),
    ("3g", 3),
    ("4g", 4),
    ("5g", 4),
    ("6g", 5),
    ("6gr", 5),
    ("master", 5),
];
/// Words that name a level behind `tingkat` and the like; alone they mean other things (`pola dasar`, `sekolah menengah`).
const GRADED: [(&str, u8); 5] = [("dasar", 1), ("menengah", 3), ("atas", 4), ("tinggi", 4), ("ahli", 5)];
const GRADES: [&str; 5] = ["tingkat", "level", "jenjang", "kkni", "grade"];
/// Positions that are levels beside welding alone: elsewhere `4G` is a network.
const POSITIONS: [&str; 7] = ["1g", "2g", "3g", "4g", "5g", "6g", "6gr"];
const WELDING: [&str; 8] = ["las", "mengelas", "pengelasan", "pengelas", "welder", "welding", "smaw", "fcaw"];
/// What is no level though the word is one: `Master of Ceremony`, `senior high school`.
const OTHERS: [(&str, &str); 4] = [("master", "of"), ("senior", "high"), ("basic", "life"), ("master", "chef")];

/// The level that a text names, 1 to 5; the highest of several.
#[must_use]
pub fn level_of(text: &str) -> Option<u8> {
    let words = tokens(text);
    let welding = words.iter().any(|word| WELDING.contains(&word.as_str()));
    let level = |(place, word): (usize, &String)| {
        let before = place.checked_sub(1).and_then(|before| words.get(before)).map_or("", String::as_str);
        let after = words.get(place + 1).map_or("", String::as_str);
        if GRADES.contains(&before) {
            let numbered = word.parse::<u8>().ok().filter(|level| (1..=9).contains(level)).map(|level| level.min(5));
            return numbered.or_else(|| listed(&GRADED, word)).or_else(|| listed(&NAMED, word));
        }
        let other = OTHERS.contains(&(word.as_str(), after)) || (POSITIONS.contains(&word.as_str()) && !welding);
        listed(&NAMED, word).filter(|_| !other)
    };
    words.iter().enumerate().filter_map(level).max()
}

/// Whether a unit's title is of one level or position by itself, so that a text's level is the unit and nothing more.
pub(super) fn is_graded(title: &str) -> bool {
    level_of(title).is_some() || tokens(title).iter().any(|word| word == "posisi")
}

fn listed(list: &[(&str, u8)], word: &str) -> Option<u8> {
    list.iter().find(|(named, _)| *named == word).map(|(_, level)| *level)
}
