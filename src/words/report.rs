//! What is printed beside the numbers of a report: names of kinds, denominators and slices, and what a rate means.

use chrono::NaiveDate;

use crate::engine::absorption::population::Denominator;
use crate::engine::kinds::OutcomeKind;
use crate::texts;
use crate::words::{Language, Say};

texts! {
    /// Words of reports and lists.
    pub enum ReportText {
        Started = "semua yang mulai pelatihan" | "all who started the training",
        Attended = "yang hadir" | "those who attended",
        Passed = "yang lulus pelatihan" | "those who passed the training",
        Competent = "yang dinyatakan kompeten oleh LSP (BNSP)" | "those assessed competent by a certification body (BNSP)",
        Unset = "Belum diisi" | "Not filled in",
        Total = "Seluruhnya" | "All",
        AtCheckpoint { days: u32, freshness_days: u32, as_of: String } =
            "Keadaan pada hari ke-{days} sejak akhir pelatihan, menurut bukti dari paling jauh {freshness_days} hari sebelum atau sesudahnya, sampai tanggal {as_of}. Yang belum sampai hari itu belum dihitung (belum jatuh tempo)."
            | "Status on day {days} after the end of the training, by evidence at most {freshness_days} days before or after it, up to {as_of}. Those whose day has not come are not counted yet (not yet due).",
        AtReport { as_of: String } =
            "Keadaan terakhir yang diketahui pada tanggal {as_of}. Yang pelatihannya belum berakhir belum dihitung (belum jatuh tempo)."
            | "Last known status on {as_of}. Those whose training has not ended are not counted yet (not yet due).",
        Rate { denominator: String, moment: String } =
            "Tingkat penyerapan = orang yang bekerja atau berusaha sendiri dan terbukti, dibagi {denominator}. {moment}"
            | "Absorption rate = people proved to be working or running their own business, over {denominator}. {moment}",
        Proof =
            "Terbukti berarti ada dokumen yang dilihat petugas kedua, pernyataan perusahaan dan lulusan yang sama, atau pemeriksaan bertanggal oleh petugas kedua. Dilaporkan berarti termasuk yang baru dinyatakan satu pihak. Batas bawah: yang terbukti. Batas atas: dilaporkan ditambah tidak diketahui."
            | "Proved means a document seen by a second officer, the same word of employer and graduate, or a second officer's dated check. Reported includes what only one side says. Lower bound: proved. Upper bound: reported and unknown.",
        Unknown =
            "Tidak diketahui tetap tidak diketahui, termasuk yang disangkal: tidak dihitung menganggur, tidak dihitung terserap. Magang tidak masuk angka ini. Jenis sertifikat tidak dicampur."
            | "Unknown stays unknown, disputed ones too: neither unemployed nor absorbed. Apprentices are not in this figure. Kinds of certificate are never pooled.",
        Direct { days: u32 } =
            "Serapan langsung: mulai bekerja paling lambat {days} hari sejak akhir pelatihan di mitra yang komitmennya berlaku pada hari itu."
            | "Direct absorption: started within {days} days of the end of the training at a partner whose commitment was valid that day.",
        Attendance { percent: i32 } =
            "Hadir berarti paling sedikit {percent} % pertemuan." | "Attended means at least {percent} % of the meetings.",
    }
}

texts! {
    /// What is written on the sheet of notes of a list.
    pub enum ListText {
        AsOf = "Dibuat pada" | "Made on",
        Rows = "Jumlah baris" | "Rows",
        Filter = "Saringan" | "Filter",
        Nik = "NIK" | "NIK",
        NikMasked = "Disamarkan; hanya empat angka terakhir yang tampak." | "Masked; only the last four digits show.",
        NikWhole = "Lengkap. Permintaan ini tercatat." | "Whole. This request was recorded.",
        WithoutNik = "Baris tanpa NIK" | "Rows without a NIK",
        ReportDay = "Tanggal laporan" | "Day of the report",
        Definition = "Arti angka" | "What the numbers mean",
    }
}

texts! {
    /// Headers of lists.
    pub enum Header {
        Name = "Nama" | "Name",
        Phone = "No. HP" | "Telephone",
        District = "Kode Kecamatan" | "District code",
        DistrictName = "Nama Kecamatan" | "District name",
        Job = "Pekerjaan" | "Job",
        Employer = "Perusahaan" | "Employer",
        State = "Status" | "State",
        Positions = "Jumlah Posisi" | "Positions",
        Filled = "Terisi" | "Filled",
        StartsOn = "Mulai Kerja" | "Starts on",
        StartedOn = "Mulai Sebenarnya" | "Started on",
        EndedOn = "Berakhir" | "Ended on",
        ClosesOn = "Tutup" | "Closes on",
        ExpiresOn = "Tenggat" | "Deadline",
        SentOn = "Dikirim" | "Sent on",
        AnsweredOn = "Dijawab" | "Answered on",
        EnteredOn = "Dicatat" | "Entered on",
        On = "Tanggal" | "Date",
        Wage = "Upah" | "Wage",
        WageMin = "Upah Min" | "Lowest wage",
        WageMax = "Upah Maks" | "Highest wage",
        WageUnit = "Satuan Upah" | "Wage unit",
        Contract = "Jenis Kontrak" | "Contract",
        HoursPerWeek = "Jam per Minggu" | "Hours a week",
        Education = "Pendidikan" | "Education",
        Kbji = "KBJI" | "KBJI",
        Reference = "Nomor Rujukan" | "Reference",
        Reason = "Alasan" | "Reason",
        Act = "Kejadian" | "Event",
        Kind = "Keadaan" | "Status told",
        Source = "Sumber" | "Source",
        Evidence = "Bukti" | "Evidence",
        Slice = "Kelompok" | "Group",
        Denominator = "Penyebut" | "Denominator",
        Verified = "Terbukti" | "Verified",
        Reported = "Dilaporkan" | "Reported",
        Lower = "Batas Bawah" | "Lower bound",
        Upper = "Batas Atas" | "Upper bound",
        Responded = "Diketahui" | "Known",
        Unknown = "Tidak Diketahui" | "Unknown",
        Disputed = "Disangkal" | "Disputed",
        NotDue = "Belum Jatuh Tempo" | "Not yet due",
        Direct = "Langsung" | "Direct",
        Rate = "Tingkat" | "Rate",
        Target = "Sasaran" | "Target",
    }
}

/// What a rate means, in whole sentences: out of whom, on which day, proved how, and what is not in it.
///
/// `limits` are the days for which evidence stays fresh, the days within which a start is direct, and the attendance in
/// percent from which somebody counts as having attended.
#[must_use]
pub fn meaning(language: Language, denominator: Denominator, as_of: NaiveDate, checkpoint: Option<u32>, limits: (u32, u32, i32)) -> String {
    let (freshness_days, direct_days, percent) = limits;
    let as_of = crate::words::dates::day(as_of, language);
    let moment = match checkpoint {
        Some(days) => ReportText::AtCheckpoint { days, freshness_days, as_of },
        None => ReportText::AtReport { as_of },
    };
    let rate = ReportText::Rate { denominator: denominator.say(language), moment: moment.say(language) };
    let mut sentences = vec![rate, ReportText::Proof, ReportText::Unknown, ReportText::Direct { days: direct_days }];
    if denominator == Denominator::Attended {
        sentences.push(ReportText::Attendance { percent });
    }
    sentences.iter().map(|sentence| sentence.say(language)).collect::<Vec<_>>().join(" ")
}

impl Say for Denominator {
    fn say(&self, language: Language) -> String {
        let text = match self {
            Self::Started => ReportText::Started,
            Self::Attended => ReportText::Attended,
            Self::Passed => ReportText::Passed,
            Self::Competent => ReportText::Competent,
        };
        text.say(language)
    }
}

impl Say for OutcomeKind {
    fn say(&self, language: Language) -> String {
        let (indonesian, english) = match self {
            Self::Partner => ("Bekerja di mitra", "Works at a partner"),
            Self::OtherEmployer => ("Bekerja di perusahaan lain", "Works elsewhere"),
            Self::HomeWork => ("Maklun (borongan di rumah)", "Home work for one firm"),
            Self::SelfEmployed => ("Wirausaha", "Runs a business"),
            Self::Apprenticeship => ("Magang", "Apprentice"),
            Self::Studying => ("Melanjutkan pendidikan", "Studies on"),
            Self::Seeking => ("Mencari kerja", "Seeks work"),
            Self::NotSeeking => ("Tidak mencari kerja", "Does not seek work"),
            Self::Excluded => ("Dikeluarkan dari hitungan", "Left out of the count"),
        };
        match language {
            Language::Indonesian => indonesian.to_owned(),
            Language::English => english.to_owned(),
        }
    }
}
