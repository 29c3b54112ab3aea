//! What a scoring policy means, in plain sentences: how many points there are for what, and what takes them away.

use crate::engine::matching::policy::Policy;
use crate::texts;
use crate::words::{Language, Say};

texts! {
    /// One sentence about a policy.
    pub enum PolicyWords {
        Units { points: String } = "Kecocokan unit: paling banyak {points} dari 100 poin. Siapa tidak punya unit wajib tidak masuk daftar, berapa pun poin lainnya."
            | "Covering the units: at most {points} of 100 points. Whoever lacks a required unit is not on the list, whatever their other points.",
        Evidence { bnsp: i64, training: i64, industry: i64, points: String }
            = "Bukti: sertifikat BNSP bernilai {bnsp} %, sertifikat pelatihan {training} %, surat perusahaan {industry} %. Satu unit yang diminta, dengan sertifikat pelatihan, memberi {points} poin."
            | "Evidence: a BNSP certificate is worth {bnsp} %, a training certificate {training} %, a company's letter {industry} %. One unit asked, held by a training certificate, gives {points} points.",
        Versions { newer: i64, one: i64, older: i64 }
            = "Versi unit: yang lebih baru bernilai {newer} %, satu versi lebih lama {one} %, lebih lama lagi {older} %; yang 0 % tidak diterima sama sekali."
            | "Versions of a unit: a newer one is worth {newer} %, one version older {one} %, older still {older} %; what is worth 0 % is not accepted at all.",
        Equivalent { percent: i64 } = "Unit setara bernilai {percent} % dikali faktor tautannya." | "An equivalent unit is worth {percent} % times its link's own factor.",
        EquivalentOff = "Unit setara tidak diterima." | "Equivalent units are not accepted.",
        Related { percent: i64 }
            = "Unit dari keterampilan yang berkaitan bernilai {percent} %, hanya pada persyaratan yang diutamakan, tidak pernah pada yang wajib."
            | "A unit of a related skill is worth {percent} %, on preferred requirements only, never on required ones.",
        RelatedOff = "Keterampilan yang berkaitan tidak dihitung." | "Related skills are not counted.",
        Expired { percent: i64 } = "Sertifikat yang lewat masa berlaku bernilai {percent} %, dan nol bila sertifikat yang berlaku diminta."
            | "An expired certificate is worth {percent} %, and nothing where a valid one is asked.",
        Levels { one: i64, two: i64, further: i64 }
            = "Tingkat di bawah yang diminta: kurang satu bernilai {one} %, kurang dua {two} %, lebih dari itu {further} %; tingkat yang tidak tertulis dihitung kurang satu."
            | "Levels below what is asked: one short is worth {one} %, two short {two} %, further {further} %; an unstated level counts as one short.",
        Distance { points: String, near: String, far: String }
            = "Jarak: paling banyak {points} poin; penuh sampai {near} km, lalu berkurang sampai habis pada {far} km."
            | "Distance: at most {points} points; in full up to {near} km, then falling to nothing at {far} km.",
        Boards { percent: i64, points: String } = "Yang siap tinggal dekat tempat kerja mendapat paling sedikit {percent} % dari poin jarak: {points} poin."
            | "Who is ready to live near the work gets at least {percent} % of the points for distance: {points} points.",
        DistanceOff = "Jarak tidak dinilai." | "Distance is not counted.",
        Wage { points: String, floor: i64 }
            = "Upah: paling banyak {points} poin; penuh bila upah mencapai harapan, habis pada {floor} % dari harapan."
            | "Wage: at most {points} points; in full where the wage reaches the wish, nothing at {floor} % of it.",
        WageOff = "Upah tidak dinilai." | "The wage is not counted.",
        Start { points: String, days: i64 } = "Tanggal mulai: paling banyak {points} poin; penuh bila siap pada hari mulai, habis bila terlambat {days} hari."
            | "Start date: at most {points} points; in full for who is ready on the first day, nothing for who is {days} days late.",
        StartOff = "Tanggal mulai tidak dinilai." | "The start date is not counted.",
        Unknown { percent: i64 } = "Jarak, upah atau tanggal yang belum diketahui dinilai netral: {percent} % dari poinnya."
            | "Distance, wage or date that is unknown counts neutral: {percent} % of its points.",
    }
}

/// The sentences that explain a policy, in the order of weight.
#[must_use]
pub fn explain(policy: &Policy, language: Language) -> Vec<String> {
    let draft = policy.draft();
    let points = |hundredths: i64| hundredths_of(hundredths, language);
    let share = |weight: i64, percent: i64| points(weight.saturating_mul(percent) / 100);
    let kilometres = |metres: i64| hundredths_of(metres / 10, language);
    let mut told = vec![
        PolicyWords::Units { points: points(draft.units_weight) },
        PolicyWords::Evidence {
            bnsp: draft.evidence_bnsp,
            training: draft.evidence_training,
            industry: draft.evidence_industry,
            points: share(draft.units_weight, draft.evidence_training),
        },
        PolicyWords::Versions { newer: draft.newer_version, one: draft.one_version_older, older: draft.older_still },
        if draft.equivalent > 0 { PolicyWords::Equivalent { percent: draft.equivalent } } else { PolicyWords::EquivalentOff },
        if draft.related > 0 { PolicyWords::Related { percent: draft.related } } else { PolicyWords::RelatedOff },
        PolicyWords::Expired { percent: draft.expired },
        PolicyWords::Levels { one: draft.one_level_short, two: draft.two_levels_short, further: draft.further_short },
    ];
    match draft.distance_weight {
        Some(weight) => told.extend([
            PolicyWords::Distance { points: points(weight), near: kilometres(draft.near_metres), far: kilometres(draft.far_metres) },
            PolicyWords::Boards { percent: draft.ready_to_board, points: share(weight, draft.ready_to_board) },
        ]),
        None => told.push(PolicyWords::DistanceOff),
    }
    told.push(match draft.wage_weight {
        Some(weight) => PolicyWords::Wage { points: points(weight), floor: draft.wage_floor },
        None => PolicyWords::WageOff,
    });
    told.push(match draft.start_weight {
        Some(weight) => PolicyWords::Start { points: points(weight), days: draft.late_days },
        None => PolicyWords::StartOff,
    });
    told.push(PolicyWords::Unknown { percent: draft.unknown });
    told.iter().map(|words| words.say(language)).collect()
}

/// A number of hundredths: `70,00` in Indonesian, `70.00` in English.
fn hundredths_of(number: i64, language: Language) -> String {
    let mark = match language {
        Language::Indonesian => ',',
        Language::English => '.',
    };
    format!("{}{mark}{:02}", number / 100, number % 100)
}
