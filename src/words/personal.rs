//! The graduate's own page.

use crate::engine::kinds::{Reason, Shift};
use crate::engine::money::WageUnit;
use crate::texts;

texts! {
    /// Words of the graduate's page.
    pub enum Personal {
        Title = "Halaman pribadi Anda" | "Your personal page",
        CheckTitle = "Pastikan ini Anda" | "Make sure it is you",
        CheckWhy = "Halaman ini hanya untuk satu orang. Isi tanggal dan bulan lahir Anda." | "This page is for one person alone. Give the day and month of your birth.",
        Day = "Tanggal lahir (1–31)" | "Day of birth (1–31)",
        Month = "Bulan lahir (1–12)" | "Month of birth (1–12)",
        Continue = "Lanjut" | "Continue",
        Hello { name: String } = "Halo {name}" | "Hello {name}",
        From { office: String } = "Dari {office}" | "From {office}",
        Call { phone: String } = "Ada pertanyaan? Telepon {phone}." | "Questions? Call {phone}.",
        Nothing = "Tidak ada yang menunggu jawaban Anda saat ini." | "Nothing waits for your answer right now.",
        Waiting = "Daftar cadangan" | "Reserve lists",
        Offers = "Penawaran kerja" | "Job offers",
        Referrals = "Permintaan izin" | "Asking for your permission",
        Work = "Pekerjaan Anda" | "Your work",
        Employer = "Perusahaan" | "Employer",
        Place = "Tempat" | "Place",
        Wage = "Upah" | "Wage",
        WageBetween { least: String, most: String, unit: String } = "{least} sampai {most} {unit}" | "{least} to {most} {unit}",
        WageOf { amount: String, unit: String } = "{amount} {unit}" | "{amount} {unit}",
        WageUnstated = "belum disebutkan" | "not stated yet",
        Hours = "Jam kerja" | "Hours",
        HoursOf { hours: i32 } = "{hours} jam per minggu" | "{hours} hours a week",
        HoursShift { hours: i32, shift: String } = "{hours} jam per minggu, {shift}" | "{hours} hours a week, {shift}",
        Starts = "Mulai" | "Starts",
        Deadline = "Jawab paling lambat" | "Answer by",
        Conditions = "Syarat" | "Conditions",
        ConditionsDue { text: String, day: String } = "{text} (paling lambat {day})" | "{text} (by {day})",
        Accept = "Terima" | "Accept",
        Decline = "Tolak" | "Decline",
        DeclineTitle = "Tidak mau? Beri tahu sebabnya" | "Not for you? Say why",
        DeclineHint = "Menolak tidak mengurangi kesempatan Anda." | "Saying no never lowers your chances.",
        Because = "Sebab" | "Reason",
        Undo = "Batalkan jawaban" | "Take the answer back",
        Accepted = "Anda menerima penawaran ini." | "You accepted this offer.",
        Declined = "Anda menolak penawaran ini." | "You declined this offer.",
        UndoUntil { time: String } = "Jawaban dapat dibatalkan sampai pukul {time} WIB." | "You can take it back until {time} WIB.",
        Asked { employer: String } = "Bolehkah nama dan nomor telepon Anda diberikan kepada {employer}?" | "May {employer} be given your name and telephone number?",
        Agree = "Ya, boleh" | "Yes",
        Refuse = "Tidak" | "No",
        Planned { day: String } = "Anda akan mulai {day}." | "You will start on {day}.",
        Started { day: String } = "Tercatat: Anda mulai bekerja {day}. Benar?" | "Recorded: you started on {day}. Is that right?",
        Confirm = "Benar" | "That is right",
        Dispute = "Tidak benar" | "That is not so",
        Unanswerable = "Jawaban ini tidak dapat diproses. Muat ulang halaman lalu coba lagi." | "This answer cannot be used. Reload the page and try again.",
        ReasonWage = "Upah" | "The wage",
        ReasonDistance = "Jarak" | "The distance",
        ReasonFamily = "Keluarga atau kesehatan" | "Family or health",
        ReasonEngaged = "Sudah bekerja atau sekolah" | "Already working or studying",
        ReasonHours = "Jam atau giliran kerja" | "Hours or shift",
        ReasonKind = "Jenis pekerjaan" | "The kind of work",
        ReasonOther = "Lainnya" | "Something else",
        PerMonth = "per bulan" | "a month",
        PerDay = "per hari" | "a day",
        PerHour = "per jam" | "an hour",
        PerPiece = "per potong" | "a piece",
        ShiftDay = "siang" | "day",
        ShiftEvening = "sore" | "evening",
        ShiftNight = "malam" | "night",
        ShiftRotating = "bergiliran" | "rotating shifts",
    }
}

/// Why people decline, in the order the page offers it.
pub const REASONS: [(Reason, Personal); 7] = [
    (Reason::Wage, Personal::ReasonWage),
    (Reason::Distance, Personal::ReasonDistance),
    (Reason::FamilyOrHealth, Personal::ReasonFamily),
    (Reason::AlreadyEngaged, Personal::ReasonEngaged),
    (Reason::Hours, Personal::ReasonHours),
    (Reason::KindOfWork, Personal::ReasonKind),
    (Reason::Other, Personal::ReasonOther),
];

/// What one wage pays for, in words.
#[must_use]
pub fn per(unit: WageUnit) -> Personal {
    match unit {
        WageUnit::Month => Personal::PerMonth,
        WageUnit::Day => Personal::PerDay,
        WageUnit::Hour => Personal::PerHour,
        WageUnit::Piece => Personal::PerPiece,
    }
}

/// A shift in words.
#[must_use]
pub fn shift(shift: Shift) -> Personal {
    match shift {
        Shift::Day => Personal::ShiftDay,
        Shift::Evening => Personal::ShiftEvening,
        Shift::Night => Personal::ShiftNight,
        Shift::Rotating => Personal::ShiftRotating,
    }
}
