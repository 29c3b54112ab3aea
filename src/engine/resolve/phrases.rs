//! What a phrase of a vacancy speaks of: a skill, or how many, where, for what wage, who should not apply.
//!
//! It reads words alone, without a catalogue, and never resolves. Whole sentences and adverts are taken apart by `engine::advert`.

use crate::coded_enum;
use crate::engine::advert::parts_of;
use crate::engine::text::{stop, tokens};

coded_enum! {
    /// What a part of a vacancy's text speaks of.
    pub enum PhraseKind {
        /// Something somebody can do; the only kind that is resolved.
        Skill = "skill",
        /// How many people.
        Positions = "positions",
        /// Where.
        Place = "place",
        /// Pay and benefits.
        Wage = "wage",
        /// Which part of the day, or turns.
        Shift = "shift",
        /// Working hours and days.
        Hours = "hours",
        /// When it begins.
        Start = "start",
        /// Until when one may apply.
        Closing = "closing",
        /// How people are employed.
        Contract = "contract",
        /// An age.
        Age = "age",
        /// How somebody looks.
        Looks = "looks",
        /// Man or woman.
        Sex = "sex",
        /// Married or not.
        MaritalStatus = "marital_status",
        /// A religion or its dress.
        Religion = "religion",
        /// A body without disability.
        Disability = "disability",
        /// Tribe or birthplace.
        Origin = "origin",
        /// Where somebody should live.
        Domicile = "domicile",
        /// A driving or operating licence.
        Licence = "licence",
        /// School or degree.
        Education = "education",
        /// How long somebody did such work.
        Experience = "experience",
        /// A virtue.
        Character = "character",
        /// What to send or bring along.
        Papers = "papers",
        /// Whom to ask, and by which number.
        Contact = "contact",
        /// The firm's own name.
        Employer = "employer",
        /// Something else: greetings, tools of one's own, what is not asked.
        Other = "other",
    }
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The part, without its opening words (`paham K3` -> `K3`, `penempatan Maron` -> `Maron`).
    pub text: String,
    /// What it speaks of.
    pub kind: PhraseKind,
}

/// Words that open a requirement and say nothing about it.
const OPENERS: &str = "butuh dibutuhkan membutuhkan cari dicari mencari perlu diperlukan lowongan loker bisa mampu paham memahami pahami menguasai \
    mengerti tahu mahir terbiasa biasa harus wajib mau bersedia diutamakan lebih disukai punya memiliki segera dan serta atau yang juga kami kita need \
    needed wanted must have able to can yg";
const PLACES: &str = "penempatan lokasi alamat daerah wilayah kec kecamatan kab kabupaten location placement";
const WAGES: &str =
    "gaji gajih upah umk umr ump thr bonus insentif lembur tunjangan bpjs salary wage borongan komisi mess uang makan transport";
const LOOKS: &str = "penampilan berpenampilan menarik looking cantik tampan ganteng tattoo tato bertato tindik bertindik proporsional";
const SEXES: &str = "laki pria wanita perempuan cowok cewek putra putri male female lk pr";
const MARITAL: &str = "menikah lajang single kawin berkeluarga janda duda married";
const EDUCATION: &str =
    "sma smk smp slta sltp sd s1 s2 d1 d2 d3 d4 ijazah lulusan pendidikan sederajat diploma sarjana kuliah mts degree stm smea";
const STARTS: &str = "mulai segera secepatnya langsung join asap";
const CHARACTER: &str = "jujur disiplin rajin teliti ulet loyal ramah sopan santun motivasi motivasi cekatan tekun sabar gigih amanah kreatif inisiatif \
    semangat energik tanggung jawab bertanggung bertanggungjawab pekerja keras tinggi tahan tekanan honest hardworking discipline niat kerja giat \
    gesit gercep lincah ceria tangkas humble komunikatif mandiri berdedikasi dedikasi attitude baik sehat jasmani rohani adaptif dididik dilatih";
const PAPERS: &str = "lamaran cv ktp kk skck hubungi wa whatsapp email kirim berkas fotokopi foto info apply contact telp hp interview";
/// What a person should bring along.
const OWNED: &str = "kendaraan motor sepeda laptop hp android pribadi sendiri bawa membawa";
const VERBS_OF_PAY: &str = "hitung menghitung penghitungan perhitungan payroll slip administrasi";
/// Pairs that "dan" does not part.
pub(in crate::engine) const GLUED: [(&str, &str); 10] = [
    ("keselamatan", "kesehatan"),
    ("kesehatan", "keselamatan"),
    ("keselamatan", "keamanan"),
    ("bongkar", "pasang"),
    ("remove", "install"),
    ("roti", "kue"),
    ("penerimaan", "pengiriman"),
    ("refrigerasi", "tata"),
    ("backup", "restore"),
    ("jasmani", "rohani"),
];

/// The parts of a text, in the order written.
#[must_use]
pub fn split_phrases(text: &str) -> Vec<Phrase> {
    parts_of(text).into_iter().map(|part| Phrase { text: part.text, kind: part.kind }).collect()
}

/// Words by which a firm says that it will teach the work itself.
pub(in crate::engine) const TAUGHT: &str = "dididik dilatih diajari diajarin diajarkan dibimbing pemula trainable trainee";

/// Whether a text asks for people to be taught rather than for a competence: "butuh 5 tukang jahit, bisa dididik" names no unit.
#[must_use]
pub fn takes_learners(text: &str) -> bool {
    tokens(text).iter().any(|word| among(TAUGHT, word))
}

/// Whether a phrase says that something is not asked: "tidak harus bisa jahit".
#[must_use]
pub fn is_waived(text: &str) -> bool {
    let words = tokens(text);
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs.into_iter().any(|(first, second)| {
        among("tidak tak tdk ga gak nggak tanpa not no", first) && among("harus perlu wajib usah need required", second)
    })
}

/// What a whole line speaks of.
#[must_use]
pub fn kind_of(text: &str) -> PhraseKind {
    let words = tokens(text);
    let has = |list: &str| words.iter().any(|word| among(list, word));
    let number = words.iter().any(|word| is_number(word));
    let years = words.iter().any(|word| matches!(word.as_str(), "tahun" | "thn" | "th" | "years" | "bulan" | "bln"));
    let experience = words.iter().any(|word| matches!(word.as_str(), "pengalaman" | "berpengalaman" | "experience" | "experienced"));
    if words.is_empty() {
        return PhraseKind::Other;
    }
    if is_licence(&words) {
        PhraseKind::Licence
    } else if words.first().is_some_and(|word| among("domisili berdomisili", word)) {
        PhraseKind::Domicile
    } else if words.first().is_some_and(|word| among(PLACES, word)) {
        PhraseKind::Place
    } else if has("penampilan berpenampilan cantik tampan ganteng bertato bertindik looking") || (has("badan") && has("tinggi berat")) {
        PhraseKind::Looks
    } else if has("usia umur berusia berumur")
        || (years && number && !experience && only(&words, "tahun thn th years bulan bln sampai sd hingga"))
    {
        PhraseKind::Age
    } else if has("belum sudah status masih") && has(MARITAL) || only(&words, MARITAL) {
        PhraseKind::MaritalStatus
    } else if experience
        && only(
            &words,
            "pengalaman berpengalaman experience experienced tahun thn th years bulan bln non fresh graduate bidang sama nya kerja",
        )
    {
        PhraseKind::Experience
    } else if (has("gaji gajih upah umk umr ump thr bonus insentif lembur tunjangan bpjs salary") || is_amount(text)) && !has(VERBS_OF_PAY)
    {
        PhraseKind::Wage
    } else {
        kind_of_rest(&words, experience)
    }
}

fn kind_of_rest(words: &[String], experience: bool) -> PhraseKind {
    let has = |list: &str| words.iter().any(|word| among(list, word));
    let idle = |word: &str| is_number(word) || !experience && (among(OPENERS, word) || stop::is_stop(word));
    let brings = has("punya memiliki bawa membawa sendiri pribadi") && only(words, OWNED);
    if has(EDUCATION) && !has("guru instruktur les mengajar") {
        PhraseKind::Education
    } else if only(words, SEXES) || (has("khusus") && has(SEXES)) {
        PhraseKind::Sex
    } else if has("shift sif") || only(words, "jam kerja malam siang pagi sore full part time") {
        PhraseKind::Shift
    } else if (has("mulai") && has("kerja bekerja tanggal bulan minggu"))
        || only(words, STARTS)
        || only(words, "langsung segera kerja bekerja bergabung")
    {
        PhraseKind::Start
    } else if only(words, CHARACTER) && !only(words, "kerja mandiri kreatif") {
        PhraseKind::Character
    } else if only(words, LOOKS) {
        PhraseKind::Looks
    } else if only(words, WAGES) {
        PhraseKind::Wage
    } else if brings || has("lamaran cv ktp skck hubungi whatsapp berkas wa") || only(words, PAPERS) || words.iter().all(|word| idle(word))
    {
        PhraseKind::Other
    } else {
        PhraseKind::Skill
    }
}

fn among(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|member| member == word)
}

/// Whether every word that carries meaning is of this list.
fn only(words: &[String], list: &str) -> bool {
    let mut content = words.iter().filter(|word| !stop::is_stop(word) && !is_number(word)).peekable();
    let idle =
        |word: &str| stop::is_filler(word) || matches!(word, "khusus" | "tidak" | "belum" | "sudah" | "good" | "bawah" | "atas" | "max");
    content.peek().is_some() && words.iter().any(|word| among(list, word)) && content.all(|word| among(list, word) || idle(word))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// `SIM C`, `SIM B1 umum`, `SIO forklift`.
fn is_licence(words: &[String]) -> bool {
    let class = |word: Option<&String>| {
        word.is_none_or(|word| matches!(word.as_str(), "a" | "b" | "b1" | "b2" | "c" | "c1" | "d" | "umum" | "aktif"))
    };
    let at = words.iter().position(|word| word == "sim");
    at.is_some_and(|at| class(words.get(at + 1)))
        || words.iter().any(|word| matches!(word.as_str(), "sio" | "lisensi" | "license" | "licence"))
}

/// `Rp 3.200.000`, `3,2 juta`.
fn is_amount(text: &str) -> bool {
    let lower = text.to_lowercase();
    let digits = lower.bytes().any(|b| b.is_ascii_digit());
    digits
        && (lower.contains("rp")
            || lower.split_whitespace().any(|word| matches!(word.trim_end_matches(['.', '/']), "juta" | "jt" | "ribu")))
}
