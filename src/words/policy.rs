//! What a scoring policy means, in plain sentences.

use crate::engine::matching::policy::PolicyDraft;
use crate::texts;
use crate::words::{Language, Say};

texts! {
    /// Sentences about a policy and about what it would change.
    pub enum PolicyWords {
        Head { name: String, version: u32 } = "Kebijakan {name}, versi {version}." | "Policy {name}, version {version}.",
        Units { points: String } = "Unit kompetensi memberi paling banyak {points} dari 100 poin." | "Competency units give at most {points} of 100 points.",
        Distance { points: String, near: String, far: String, boards: i64 } =
            "Jarak memberi paling banyak {points} poin: penuh sampai {near} km, habis mulai {far} km; yang siap tinggal dekat tempat kerja mendapat sedikitnya {boards} persennya."
            | "Distance gives at most {points} points: all up to {near} km, none from {far} km; who is ready to live near the work gets at least {boards} percent of it.",
        NoDistance = "Jarak tidak dinilai." | "Distance is not scored.",
        Wage { points: String, floor: i64 } =
            "Upah memberi paling banyak {points} poin: penuh bila memenuhi harapan, habis pada {floor} persen dari harapan."
            | "The wage gives at most {points} points: all where it meets the wish, none at {floor} percent of the wish.",
        NoWage = "Upah tidak dinilai." | "The wage is not scored.",
        Start { points: String, days: i64 } =
            "Hari mulai memberi paling banyak {points} poin: penuh bila siap tepat waktu, habis bila terlambat {days} hari."
            | "The start gives at most {points} points: all where in time, none when {days} days late.",
        NoStart = "Hari mulai tidak dinilai." | "The start is not scored.",
        Evidence { bnsp: i64, training: i64, industry: i64 } =
            "Sertifikat BNSP bernilai {bnsp} persen, sertifikat pelatihan {training}, surat perusahaan {industry}."
            | "A BNSP certificate is worth {bnsp} percent, a training certificate {training}, a company letter {industry}.",
        Versions { newer: i64, one: i64, older: i64, equivalent: i64 } =
            "Versi lebih baru bernilai {newer} persen, satu versi lebih lama {one}, lebih lama lagi {older}; unit setara {equivalent} kali faktor tautannya."
            | "A newer version is worth {newer} percent, one version older {one}, older still {older}; an equivalent unit {equivalent} times its link's factor.",
        Levels { one: i64, two: i64, further: i64 } =
            "Satu tingkat di bawah yang diminta bernilai {one} persen, dua tingkat {two}, lebih jauh {further}."
            | "One level below what is asked is worth {one} percent, two levels {two}, further {further}.",
        Expired { percent: i64, unknown: i64 } =
            "Sertifikat lewat masa berlaku bernilai {percent} persen bila tidak diminta yang berlaku; fakta yang belum diketahui dinilai netral, {unknown} persen."
            | "An expired certificate is worth {percent} percent where a valid one is not asked; an unknown fact counts neutral, {unknown} percent.",
        Compared { vacancies: usize, in_force: String } =
            "Dibandingkan dengan {in_force} pada {vacancies} lowongan terbuka:" | "Compared with {in_force} on {vacancies} open vacancies:",
        NothingMoves = "Tidak ada urutan yang berubah." | "No order changes.",
        ListMoves { title: String, moved: usize, count: usize, first: usize, enters: usize } =
            "{title}: {moved} dari {count} orang berpindah tempat; {enters} orang baru masuk {first} teratas."
            | "{title}: {moved} of {count} people change places; {enters} people enter the first {first}.",
        LeftOut { vacancies: usize } = "{vacancies} lowongan lain tidak dibandingkan." | "{vacancies} other vacancies were not compared.",
    }
}

/// What each number of a policy means.
#[must_use]
pub fn explain(draft: &PolicyDraft, language: Language) -> Vec<String> {
    let points = |weight: i64| hundredths(weight, language);
    let kilometres = |metres: i64| hundredths(metres / 10, language);
    let sentences = [
        PolicyWords::Head { name: draft.name.clone(), version: draft.version },
        PolicyWords::Units { points: points(draft.units_weight) },
        draft.distance_weight.map_or(PolicyWords::NoDistance, |weight| PolicyWords::Distance {
            points: points(weight),
            near: kilometres(draft.near_metres),
            far: kilometres(draft.far_metres),
            boards: draft.ready_to_board,
        }),
        draft.wage_weight.map_or(PolicyWords::NoWage, |weight| PolicyWords::Wage { points: points(weight), floor: draft.wage_floor }),
        draft.start_weight.map_or(PolicyWords::NoStart, |weight| PolicyWords::Start { points: points(weight), days: draft.late_days }),
        PolicyWords::Evidence { bnsp: draft.evidence_bnsp, training: draft.evidence_training, industry: draft.evidence_industry },
        PolicyWords::Versions {
            newer: draft.newer_version,
            one: draft.one_version_older,
            older: draft.older_still,
            equivalent: draft.equivalent,
        },
        PolicyWords::Levels { one: draft.one_level_short, two: draft.two_levels_short, further: draft.further_short },
        PolicyWords::Expired { percent: draft.expired, unknown: draft.unknown },
    ];
    sentences.iter().map(|sentence| sentence.say(language)).collect()
}

/// A number counted in hundredths, without needless zeros.
fn hundredths(number: i64, language: Language) -> String {
    let mark = match language {
        Language::Indonesian => ',',
        Language::English => '.',
    };
    match (number / 100, number % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}{mark}{part:02}").trim_end_matches('0').to_owned(),
    }
}
