//! Sentences of an allocation: plain reasons first, for people who never heard of an algorithm.

use crate::engine::allocation::{EmptyReason, HeldBy, SkipReason, UnplacedReason, Way};
use crate::words::Language;

/// What a way is called.
#[must_use]
pub fn way(way: Way, language: Language) -> &'static str {
    match (way, language) {
        (Way::Maximum, Language::Indonesian) => "terbanyak ditempatkan",
        (Way::Maximum, Language::English) => "most placed",
        (Way::StableGraduates, Language::Indonesian) => "tanpa keberatan, pilihan lulusan didahulukan",
        (Way::StableGraduates, Language::English) => "no objections, graduates' wishes first",
        (Way::StableEmployers, Language::Indonesian) => "tanpa keberatan, pilihan perusahaan didahulukan",
        (Way::StableEmployers, Language::English) => "no objections, partners' wishes first",
    }
}

/// How a plan is summed up in one line.
#[must_use]
pub fn headline(placed: usize, people: usize, free_seats: u64, objections: usize, language: Language) -> String {
    match language {
        Language::Indonesian => {
            format!("{placed} dari {people} orang mendapat kursi; {free_seats} kursi masih kosong; {objections} keberatan.")
        }
        Language::English => format!("{placed} of {people} people get a seat; {free_seats} seats stay empty; {objections} objections."),
    }
}

/// Why a batch or a vacancy takes no part.
#[must_use]
pub fn skipped(reason: SkipReason, language: Language) -> &'static str {
    let (id, en) = match reason {
        SkipReason::NobodyCertified => ("belum ada yang lulus atau bersertifikat", "nobody passed or holds a certificate yet"),
        SkipReason::NobodyEligible => ("tidak ada yang memenuhi syarat satu pun lowongan", "nobody may be matched to any of the vacancies"),
        SkipReason::Empty => ("angkatan ini kosong", "nobody is in this class"),
        SkipReason::Full => ("penuh", "full"),
        SkipReason::SeatsOffered => ("semua kursi sedang ditawarkan", "every free seat is being offered"),
        SkipReason::NotPublished => ("belum ditayangkan", "not published"),
        SkipReason::Paused => ("ditahan", "on hold"),
        SkipReason::Closed => ("sudah ditutup", "closed"),
        SkipReason::Withdrawn => ("ditarik", "withdrawn"),
    };
    in_language(language, id, en)
}

/// What holds a person to a vacancy.
#[must_use]
pub fn held(by: HeldBy, language: Language) -> &'static str {
    let (id, en) = match by {
        HeldBy::Placement => ("sudah ditempatkan", "placed already"),
        HeldBy::LiveOffer => ("sedang menjawab penawaran", "has a live offer"),
        HeldBy::Fixed => ("dikunci petugas", "fixed by staff"),
        HeldBy::Previous => ("tetap seperti rencana sebelumnya", "stays as in the plan before"),
    };
    in_language(language, id, en)
}

/// What there is to say about somebody without a seat.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// Title of the vacancy it speaks of.
    pub job: Option<&'a str>,
    /// Units that are missing or expired.
    pub units: &'a [String],
    /// How many people compete for how many seats.
    pub competition: Option<(usize, u64)>,
    /// Who would lose their seat to this person.
    pub displaced: Option<&'a str>,
    /// What the plan would lose in score, in hundredths.
    pub price: Option<u64>,
}

/// Why somebody got no seat.
#[must_use]
pub fn unplaced(reason: UnplacedReason, facts: Facts<'_>, language: Language) -> String {
    let units = facts.units.join(", ");
    let job = facts.job.map_or_else(String::new, |job| format!(" ({job})"));
    let (id, en) = match reason {
        UnplacedReason::SeatsTaken => return taken(facts, language),
        UnplacedReason::UnitMissing => (format!("Kurang unit {units}{job}."), format!("Lacks unit {units}{job}.")),
        UnplacedReason::CertificateExpired => (
            format!("Sertifikat unit {units} sudah tidak berlaku pada tanggal mulai{job}."),
            format!("The certificate of unit {units} is not valid on the start date{job}."),
        ),
        UnplacedReason::PartnerLimit => {
            ("Perusahaannya sudah mendapat sebanyak yang boleh.".to_owned(), "The partner got as many people as it may.".to_owned())
        }
        UnplacedReason::MustFillFirst => {
            ("Kursi yang wajib terisi didahulukan.".to_owned(), "Seats that must be filled come first.".to_owned())
        }
        UnplacedReason::OutOfReach => {
            ("Tidak ada lowongan yang cocok dalam jangkauan.".to_owned(), "No fitting vacancy within reach.".to_owned())
        }
        UnplacedReason::Shift => (format!("Tidak bersedia pada jam kerjanya{job}."), format!("Would not work the shift{job}.")),
        UnplacedReason::EmployerBlocked => {
            (format!("Tidak mau diajukan ke perusahaan itu{job}."), format!("Does not want that employer{job}."))
        }
        UnplacedReason::BelowMinimum => (format!("Nilainya di bawah batas{job}."), format!("The score is below the least asked{job}.")),
        UnplacedReason::AnsweredBefore => {
            (format!("Sudah pernah menolak, atau tidak diterima{job}."), format!("Said no, or was not taken, before{job}."))
        }
        UnplacedReason::NotRanked => (format!("Tidak termasuk yang dipilih{job}."), format!("Not among those ranked{job}.")),
        UnplacedReason::NotAvailable => ("Sedang tidak tersedia.".to_owned(), "Not available.".to_owned()),
        UnplacedReason::Paused => ("Sedang jeda atas permintaan sendiri.".to_owned(), "Asked for a pause.".to_owned()),
        UnplacedReason::NotPassed => ("Belum lulus.".to_owned(), "Did not pass.".to_owned()),
        UnplacedReason::HoursTaken => ("Jam kerjanya sudah terisi.".to_owned(), "Works too many hours already.".to_owned()),
        UnplacedReason::Limited => ("Datanya tidak boleh dicocokkan.".to_owned(), "May not be matched.".to_owned()),
        UnplacedReason::OtherOffice => {
            ("Lowongannya tidak dibuka untuk kantor lain.".to_owned(), "The vacancies are not open to the person's office.".to_owned())
        }
        UnplacedReason::NoVacancy => {
            ("Tidak ada lowongan berkursi kosong yang ikut.".to_owned(), "No vacancy with a free seat takes part.".to_owned())
        }
    };
    match language {
        Language::Indonesian => id,
        Language::English => en,
    }
}

fn taken(facts: Facts<'_>, language: Language) -> String {
    let points = facts.price.map(|price| format!("{}.{:02}", price / 100, price % 100));
    let mut text = match (facts.competition, language) {
        (Some((people, seats)), Language::Indonesian) => format!("Kursinya kurang: {people} orang untuk {seats} kursi."),
        (Some((people, seats)), Language::English) => format!("Too few seats: {people} people for {seats} seats."),
        (None, Language::Indonesian) => "Semua kursi yang cocok diisi orang yang lebih sesuai.".to_owned(),
        (None, Language::English) => "Every fitting seat went to somebody who fits better.".to_owned(),
    };
    if let Some((who, points)) = facts.displaced.zip(points) {
        text.push_str(&match language {
            Language::Indonesian if facts.price == Some(0) => format!(" Nilainya sama dengan {who}; undian yang menentukan."),
            Language::English if facts.price == Some(0) => format!(" {who} counts the same; the lot decided."),
            Language::Indonesian => {
                format!(" Bila ditempatkan, {} kehilangan kursinya dan nilai keseluruhan turun {}.", who, points.replace('.', ","))
            }
            Language::English => format!(" If placed, {who} would lose a seat and the total score falls by {points}."),
        });
    }
    text
}

/// Why a seat stays empty.
#[must_use]
pub fn empty(reason: EmptyReason, unit: Option<&str>, lacking: usize, language: Language) -> String {
    let (id, en) = match reason {
        EmptyReason::NobodyEligible => ("Tidak ada yang memenuhi syarat", "Nobody may take it"),
        EmptyReason::EveryonePlaced => ("Semua yang memenuhi syarat sudah mendapat kursi", "Everybody who may take it has a seat"),
        EmptyReason::PartnerLimit => ("Perusahaan sudah mendapat sebanyak yang boleh", "The partner got as many people as it may"),
        EmptyReason::LikedLess => ("Yang memenuhi syarat lebih memilih kursi lain", "Those who may take it would rather have another"),
    };
    let reason = in_language(language, id, en);
    match (unit, language) {
        (Some(unit), Language::Indonesian) => format!("{reason}; {lacking} orang hanya kurang unit {unit}."),
        (Some(unit), Language::English) => format!("{reason}; {lacking} people lack unit {unit} alone."),
        (None, _) => format!("{reason}."),
    }
}

/// A place on a reserve list.
#[must_use]
pub fn reserve(place: usize, of: usize, job: &str, employer: &str, language: Language) -> String {
    match language {
        Language::Indonesian => format!("Cadangan ke-{place} dari {of} untuk {job} di {employer}."),
        Language::English => format!("Number {place} of {of} in reserve for {job} at {employer}."),
    }
}

fn in_language(language: Language, id: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Indonesian => id,
        Language::English => en,
    }
}
