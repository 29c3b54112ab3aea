//! Why a score is what it is, in words for the people it is about.

use crate::engine::kinds::CertificateKind;
use crate::engine::matching::contribution::{Detail, LevelFit, UnknownFact};
use crate::engine::matching::coverage::Shortfall;
use crate::engine::matching::requirement::Via;
use crate::texts;
use crate::words::{Language, Say};

texts! {
    /// Facts behind one contribution.
    pub enum MatchWords {
        Certified { kind: String, code: String } = "{kind} atas {code}" | "{kind} for {code}",
        Newer { code: String } = "versi lebih baru {code}" | "newer version {code}",
        Older { code: String } = "versi lebih lama {code}" | "older version {code}",
        Equivalent { code: String } = "setara dengan {code}" | "equivalent to {code}",
        Related { code: String } = "keterampilan yang berkaitan, lewat {code}" | "a related skill, by {code}",
        LevelReached = "tingkat tercapai" | "level reached",
        LevelUnstated = "tingkat tidak tertulis di sertifikat" | "the certificate states no level",
        LevelShort { levels: u8 } = "{levels} tingkat di bawah yang diminta" | "{levels} levels below what is asked",
        Expired = "pernah kompeten; sertifikat sudah lewat masa berlaku" | "once competent; the certificate has expired",
        ShortExpired = "sertifikat sudah lewat masa berlaku pada hari mulai" | "the certificate will have expired on the first day",
        ShortEvidence = "jenis sertifikat lebih lemah dari yang diminta" | "the kind of certificate is weaker than asked",
        ShortLevel = "tingkat di bawah yang diminta" | "the level is below what is asked",
        ShortUnissued = "sertifikat terbit sesudah hari mulai" | "the certificate is issued after the first day",
        NotAssessable = "belum dapat dinilai: persyaratan tidak menyebut unit kompetensi; urut menurut jabatan, jarak, kesiapan"
            | "cannot be scored yet: no requirement names a competency unit; ordered by occupation, distance, availability",
        ForTheOffice = "dinilai dari keterangan yang hanya dilihat kantor" | "scored by details that only the office sees",
        ClaimedOnly = "hanya pengakuan sendiri, belum bersertifikat" | "self-claimed only, not certified",
        NotHeld = "belum punya" | "not held",
        Distance { km: String } = "{km} km (garis lurus antar kecamatan)" | "{km} km (straight line between districts)",
        Boarding { km: String } = "{km} km, siap tinggal dekat tempat kerja" | "{km} km, ready to live near the work",
        Wage { offered: String, wished: String } = "ditawarkan {offered}, diharapkan {wished} per bulan" | "{offered} offered, {wished} hoped for, a month",
        Start { available: String, begins: String } = "siap {available}, kerja mulai {begins}" | "ready {available}, work begins {begins}",
        Unknown { fact: String, percent: u8 } = "{fact} belum diketahui, dinilai netral {percent} %" | "{fact} unknown, counted neutral at {percent} %",
        PlaceOfGraduate = "tempat tinggal" | "place of residence",
        PlaceOfWork = "tempat kerja" | "place of work",
        WageWish = "harapan upah" | "wage hoped for",
        WageOffered = "upah per bulan" | "wage a month",
        AvailableFrom = "tanggal siap kerja" | "first possible day",
        Bnsp = "sertifikat kompetensi BNSP" | "BNSP competency certificate",
        Training = "sertifikat pelatihan" | "training certificate",
        Industry = "surat keterangan perusahaan" | "company letter",
    }
}

/// The same for a partner employer before a referral: what the person wishes for stays with the office (DESIGN 3.11).
#[must_use]
pub fn explain_to_partner(detail: &Detail, language: Language) -> String {
    match detail {
        Detail::Wage { .. } | Detail::Start { .. } => MatchWords::ForTheOffice.say(language),
        Detail::Distance { metres, .. } => explain(&Detail::Distance { metres: *metres, ready_to_board: false }, language),
        other => explain(other, language),
    }
}

/// The sentence that explains one contribution.
#[must_use]
pub fn explain(detail: &Detail, language: Language) -> String {
    match detail {
        Detail::Certified { code, via, evidence, level, expired, .. } => {
            let mut parts =
                vec![MatchWords::Certified { kind: kind_of(*evidence, language), code: code.as_str().to_owned() }.say(language)];
            parts.extend(right_of(*via, code.as_str()).map(|words| words.say(language)));
            parts.extend(level_of(*level).map(|words| words.say(language)));
            parts.extend(expired.then(|| MatchWords::Expired.say(language)));
            parts.join("; ")
        }
        Detail::FallsShort { why, .. } => short_of(*why).say(language),
        Detail::ClaimedOnly => MatchWords::ClaimedOnly.say(language),
        Detail::NotHeld => MatchWords::NotHeld.say(language),
        Detail::Distance { metres, ready_to_board: false } => MatchWords::Distance { km: kilometres(*metres, language) }.say(language),
        Detail::Distance { metres, ready_to_board: true } => MatchWords::Boarding { km: kilometres(*metres, language) }.say(language),
        Detail::Wage { offered, wished } => MatchWords::Wage { offered: offered.to_string(), wished: wished.to_string() }.say(language),
        Detail::Start { available_from, begins } => MatchWords::Start {
            available: crate::words::dates::day(*available_from, language),
            begins: crate::words::dates::day(*begins, language),
        }
        .say(language),
        Detail::Neutral { unknown, percent } => {
            MatchWords::Unknown { fact: fact_of(*unknown).say(language), percent: *percent }.say(language)
        }
    }
}

fn kind_of(kind: CertificateKind, language: Language) -> String {
    let words = match kind {
        CertificateKind::Bnsp => MatchWords::Bnsp,
        CertificateKind::Training => MatchWords::Training,
        CertificateKind::Industry => MatchWords::Industry,
    };
    words.say(language)
}

fn right_of(via: Via, code: &str) -> Option<MatchWords> {
    match via {
        Via::Exact => None,
        Via::Newer => Some(MatchWords::Newer { code: code.to_owned() }),
        Via::Older => Some(MatchWords::Older { code: code.to_owned() }),
        Via::Equivalent => Some(MatchWords::Equivalent { code: code.to_owned() }),
        Via::Related => Some(MatchWords::Related { code: code.to_owned() }),
    }
}

fn level_of(level: LevelFit) -> Option<MatchWords> {
    match level {
        LevelFit::NotAsked => None,
        LevelFit::Reached => Some(MatchWords::LevelReached),
        LevelFit::Unstated => Some(MatchWords::LevelUnstated),
        LevelFit::Short(levels) => Some(MatchWords::LevelShort { levels }),
    }
}

fn short_of(why: Shortfall) -> MatchWords {
    match why {
        Shortfall::NotYetIssued => MatchWords::ShortUnissued,
        Shortfall::Evidence => MatchWords::ShortEvidence,
        Shortfall::Expired => MatchWords::ShortExpired,
        Shortfall::Level => MatchWords::ShortLevel,
    }
}

fn fact_of(unknown: UnknownFact) -> MatchWords {
    match unknown {
        UnknownFact::PlaceOfGraduate => MatchWords::PlaceOfGraduate,
        UnknownFact::PlaceOfWork => MatchWords::PlaceOfWork,
        UnknownFact::WageWish => MatchWords::WageWish,
        UnknownFact::WageOffered => MatchWords::WageOffered,
        UnknownFact::AvailableFrom => MatchWords::AvailableFrom,
    }
}

/// Kilometres with one decimal: `7,4` in Indonesian, `7.4` in English.
fn kilometres(metres: u32, language: Language) -> String {
    let tenths = (metres + 50) / 100;
    let mark = match language {
        Language::Indonesian => ',',
        Language::English => '.',
    };
    format!("{}{mark}{}", tenths / 10, tenths % 10)
}
