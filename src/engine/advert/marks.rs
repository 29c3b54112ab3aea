//! What is no skill, word by word: how many, how old, how schooled, which licence, where, when, by which contract.
//!
//! Each reader looks at one place of a clause and says how far what it knows reaches. What none of them takes may be a skill.

use super::line::Line;
use super::papers::{is_contact, is_paper};
use super::pay;
use super::timing::{closing, contract, hours, shift, start};
use super::words::is_figure;
use crate::engine::resolve::PhraseKind;

/// What people are counted in.
const COUNTED: &[&str] = &[
    "operator",
    "tukang",
    "juru",
    "tenaga",
    "karyawan",
    "pekerja",
    "posisi",
    "staf",
    "staff",
    "teknisi",
    "mekanik",
    "penjahit",
    "sopir",
    "supir",
    "driver",
    "admin",
    "kasir",
    "helper",
    "sales",
    "kurir",
    "pria",
    "wanita",
    "koki",
    "barista",
    "satpam",
    "security",
    "pengemudi",
    "welder",
    "cook",
    "waiter",
    "waitress",
    "terapis",
    "perawat",
    "guru",
    "buruh",
    "kru",
    "crew",
    "spg",
    "spb",
    "montir",
    "asisten",
    "cleaning",
    "operatornya",
    "formasi",
    "lowongan",
    "fitter",
    "electrician",
    "supervisor",
    "barber",
    "kapster",
    "programmer",
    "designer",
    "desainer",
    "packer",
    "picker",
    "pramuniaga",
    "pelayan",
    "housekeeper",
    "gardener",
    "caregiver",
    "pengasuh",
    "art",
    "babysitter",
    "engineer",
    "technician",
    "tailors",
    "sewers",
    "welders",
    "drivers",
    "cooks",
    "tailor",
    "sewer",
    "mechanic",
    "mechanics",
    "operators",
    "technicians",
    "baristas",
    "cashiers",
    "cashier",
    "nurses",
    "staffs",
    "workers",
    "worker",
];
const NOT_COUNTED: &[&str] =
    &["tahun", "bulan", "juta", "ribu", "hari", "jam", "shift", "minggu", "lantai", "unit", "mesin", "jarum", "benang", "roda", "pcs"];
/// Verbs that open what somebody can do: a stretch of schooling or place ends there.
pub(super) const ABLE: &[&str] = &[
    "bisa",
    "mampu",
    "paham",
    "memahami",
    "pahami",
    "menguasai",
    "kuasai",
    "mengerti",
    "punya",
    "memiliki",
    "siap",
    "mau",
    "bersedia",
    "able",
    "can",
    "diutamakan",
    "must",
    "have",
    "dapat",
    "terbiasa",
    "familiar",
    "ngerti",
    "tau",
    "tahu",
];
const NUMBERED: &[&str] = &["jumlah", "kuota", "kebutuhan", "sebanyak", "quota"];
const LIMITS: &[&str] =
    &["maksimal", "minimal", "antara", "dibawah", "bawah", "diatas", "atas", "di", "range", "kisaran", "sekitar", "mulai", "dari"];
const SCHOOLS: &[&str] = &[
    "smp",
    "sma",
    "smk",
    "smu",
    "slta",
    "sltp",
    "mts",
    "stm",
    "smea",
    "s1",
    "s2",
    "s3",
    "d1",
    "d2",
    "d3",
    "d4",
    "diploma",
    "sarjana",
    "sederajat",
    "paket",
    "sd",
    "aliyah",
];
const CLASSES: &[&str] = &["a", "b", "b1", "b2", "c", "c1", "c2", "d", "bi", "bii", "umum", "aktif", "i", "ii", "1", "2", "polos"];

/// What begins at a place of a clause, where it is no skill: its kind, and where it ends.
pub(super) fn read(line: Line<'_>, place: usize) -> Option<(PhraseKind, usize)> {
    let typed = typed(line, place);
    typed.or_else(|| to_end(line, place))
}

/// Marks whose own words say where they end.
fn typed(line: Line<'_>, place: usize) -> Option<(PhraseKind, usize)> {
    let found = |kind: PhraseKind, end: Option<usize>| end.map(|end| (kind, end));
    found(PhraseKind::Closing, closing(line, place))
        .or_else(|| found(PhraseKind::Start, start(line, place)))
        .or_else(|| found(PhraseKind::Age, age(line, place)))
        .or_else(|| found(PhraseKind::Experience, experience(line, place)))
        .or_else(|| found(PhraseKind::Hours, hours(line, place)))
        .or_else(|| found(PhraseKind::Shift, shift(line, place)))
        .or_else(|| found(PhraseKind::Contract, contract(line, place)))
        .or_else(|| found(PhraseKind::Wage, pay::read(line, place)))
        .or_else(|| found(PhraseKind::Positions, positions(line, place)))
        .or_else(|| found(PhraseKind::Licence, licence(line, place)))
        .or_else(|| found(PhraseKind::Sex, both_sexes(line, place)))
}

/// Marks that reach to the end of their clause, or to the next mark.
fn to_end(line: Line<'_>, place: usize) -> Option<(PhraseKind, usize)> {
    let kind = if is_schooling(line, place) {
        PhraseKind::Education
    } else if is_contact(line, place) {
        PhraseKind::Contact
    } else if is_paper(line, place) {
        PhraseKind::Papers
    } else {
        return None;
    };
    let stops = |at: &usize| (ABLE.contains(&line.said(*at)) && kind == PhraseKind::Education) || typed(line, *at).is_some();
    Some((kind, (place + 1..line.len()).find(stops).unwrap_or(line.len())))
}

fn age(line: Line<'_>, place: usize) -> Option<usize> {
    if matches!(line.said(place), "no" | "tanpa" | "tidak" | "bebas") {
        let at = place + 1 + line.run(place + 1, &["batas", "batasan", "ada", "dibatasi"]);
        return (line.said(at) == "usia").then(|| at + 1 + line.run(at + 1, &["limit", "limits", "bebas"]));
    }
    let limits = line.run(place, LIMITS);
    let named = line.said(place + limits) == "usia";
    let first = place + limits + usize::from(named);
    let first = first + line.run(first, LIMITS);
    let is_age = |at: usize| line.number(at).is_some_and(|years| (14..=75).contains(&years)) && is_figure(line.said(at));
    if !is_age(first) || line.has_before(place, 4, &["pengalaman", "garansi", "berdiri"]) {
        return None;
    }
    let skipped = first + 1 + usize::from(line.said(first + 1) == "tahun");
    let second = [first + 1, skipped].into_iter().filter_map(|at| line.range_to(at)).find(|at| is_age(*at) && *at > first);
    let mut end = second.map_or(first + 1, |second| second + 1);
    let years = line.said(end) == "tahun";
    end += usize::from(years);
    let spoken = line.said(end) == "old";
    let limited = limits > 0 || first > place + limits + usize::from(named) || second.is_some() || spoken;
    let fits =
        (named || (years && limited)) && line.said(end) != "pengalaman" && !(line.said(end) == "of" && line.said(end + 1) == "pengalaman");
    fits.then_some(end + usize::from(spoken))
}

fn experience(line: Line<'_>, place: usize) -> Option<usize> {
    const BETWEEN: &[&str] = &[
        "kerja",
        "minimal",
        "di",
        "bidang",
        "bidangnya",
        "sama",
        "yang",
        "sejenis",
        "serupa",
        "selama",
        "lebih",
        "dari",
        "at",
        "least",
        "of",
        "kurang",
        "maksimal",
        "sebagai",
    ];
    let said = line.said(place);
    if matches!((said, line.said(place + 1)), ("fresh", "graduate" | "graduates" | "lulusan" | "grad"))
        || matches!(said, "freshgraduate" | "freshgraduates")
    {
        let end = place + 1 + usize::from(said == "fresh");
        return Some(end + line.run(end, &["welcome", "dipersilahkan", "dipersilakan", "boleh", "diterima", "dapat", "melamar", "are"]));
    }
    if matches!(said, "tanpa" | "non" | "no" | "belum" | "tidak") {
        let at = place + 1 + line.run(place + 1, &["harus", "perlu", "wajib", "ada", "punya", "memiliki"]);
        return (line.said(at) == "pengalaman").then(|| at + 1 + line.run(at + 1, &["kerja", "boleh", "ok", "oke", "welcome", "dilatih"]));
    }
    let spell = |at: usize| -> Option<usize> {
        let from = at + line.run(at, &["minimal", "maksimal", "selama", "kurang", "lebih", "di", "atas", "dari", "at", "least"]);
        if matches!(line.said(from), "setahun" | "sebulan") {
            return Some(from + 1);
        }
        let half = line.said(from) == "setengah" || is_figure(line.said(from)) || line.number(from).is_some();
        let last = line.range_to(from + 1).filter(|second| is_figure(line.said(*second)) && *second > from).unwrap_or(from);
        (half && matches!(line.said(last + 1), "tahun" | "bulan")).then_some(last + 2)
    };
    if said == "pengalaman" {
        let from = place + 1 + line.run(place + 1, BETWEEN);
        return spell(from).or_else(|| spell(place + 1)).map(|end| {
            end + line.run(end, &["di", "bidang", "bidangnya", "sama", "yang", "sejenis", "serupa", "kerja"]).min(6)
                * usize::from(is_idle_tail(line, end))
        });
    }
    let end = spell(place)?;
    let of = end + line.run(end, &["of", "kerja"]);
    if line.said(of) == "pengalaman" {
        return Some(of + 1);
    }
    let told = (0..place).any(|at| line.said(at) == "pengalaman");
    told.then_some(end)
}

/// Whether only words without a trade follow: `di bidang yang sama`.
fn is_idle_tail(line: Line<'_>, end: usize) -> bool {
    end + line.run(end, &["di", "bidang", "bidangnya", "sama", "yang", "sejenis", "serupa", "kerja"]) == line.len()
}

fn positions(line: Line<'_>, place: usize) -> Option<usize> {
    let said = line.said(place);
    if NUMBERED.contains(&said) {
        let at = place + 1 + line.run(place + 1, &["kebutuhan", "posisi", "orang", "personil"]);
        return line.number(at).filter(|seats| *seats <= 10_000).map(|_| at + 1 + usize::from(line.said(at + 1) == "orang"));
    }
    let seats = line.number(place).filter(|seats| (1..=10_000).contains(seats) && said.len() <= 5)?;
    let next = line.said(place + 1);
    if next == "orang" {
        return Some(place + 2);
    }
    let opened = (0..place).rev().find(|at| !is_filler(line.said(*at))).is_some_and(|at| is_need(line.said(at)));
    let counted = COUNTED.contains(&next) || COUNTED.contains(&line.said(place + 2)) && opened;
    let free = !NOT_COUNTED.contains(&next) && !next.is_empty() && !is_figure(next);
    let alone = line.len() == 1 && seats <= 500 && is_figure(said);
    // `wanita 2`.
    let people = place + 1 == line.len() && is_figure(said) && matches!(line.before(place, 1), "pria" | "wanita") && seats <= 500;
    let behind = place + 1 == line.len()
        && place > 0
        && is_figure(said)
        && line.gap(place).contains(['(', ':', '='])
        && !line.has_before(place, 1, &["office", "level", "kelas", "shift"]);
    (alone || behind || people || (free && (opened || (place == 0 && counted)))).then_some(place + 1 + usize::from(next == "posisi"))
}

/// Words by which a firm says that it needs people.
pub(super) fn is_need(said: &str) -> bool {
    matches!(
        said,
        "butuh"
            | "dibutuhkan"
            | "membutuhkan"
            | "cari"
            | "dicari"
            | "mencari"
            | "nyari"
            | "perlu"
            | "diperlukan"
            | "memerlukan"
            | "lowongan"
            | "loker"
            | "posisi"
            | "jabatan"
            | "hiring"
            | "vacancy"
            | "rekrut"
            | "merekrut"
            | "position"
            | "recruitment"
            | "butuhkan"
            | "need"
            | "needs"
            | "seeking"
            | "looking"
            | "menerima"
            | "vacancies"
            | "lowker"
            | "recruiting"
    )
}

/// Words that say nothing beside a need.
pub(super) fn is_filler(said: &str) -> bool {
    matches!(
        said,
        "segera"
            | "kami"
            | "kita"
            | "saat"
            | "ini"
            | "sedang"
            | "lagi"
            | "ada"
            | "buka"
            | "membuka"
            | "dibuka"
            | "we"
            | "are"
            | "is"
            | "for"
            | "urgent"
            | "open"
            | "now"
            | "untuk"
            | "sebagai"
            | "kerja"
            | "bagian"
            | "tenaga"
            | "beberapa"
            | "kesempatan"
            | "yang"
            | "pekerjaan"
            | "info"
            | "new"
            | "baru"
            | "of"
            | "a"
            | "an"
            | "mau"
            | "bantu"
    )
}

fn licence(line: Line<'_>, place: usize) -> Option<usize> {
    match line.said(place) {
        "sim" if line.len() == place + 1 || CLASSES.contains(&line.said(place + 1)) => {
            let mut end = place + 1;
            while end < line.len() && (CLASSES.contains(&line.said(end)) || matches!(line.said(end), "dan" | "atau" | "sim")) {
                end += 1;
            }
            Some(end)
        }
        "sio" | "lisensi" | "license" | "licence" | "str" => Some(
            place
                + 1
                + (place + 1..line.len())
                    .take(3)
                    .take_while(|at| !ABLE.contains(&line.said(*at)) && !matches!(line.said(*at), "dan" | "yang" | "aktif"))
                    .count(),
        ),
        _ => None,
    }
}

/// `pria/wanita`, `laki-laki atau perempuan`: who may apply, without a question.
fn both_sexes(line: Line<'_>, place: usize) -> Option<usize> {
    const WORDS: &[&str] = &["pria", "wanita", "atau", "dan", "maupun"];
    const PRODUCTS: &[&str] = &[
        "busana", "baju", "pakaian", "sepatu", "sandal", "rambut", "celana", "kemeja", "jas", "rias", "salon", "mode", "tas", "cukur",
        "kaos", "potong", "toilet",
    ];
    if !matches!(line.said(place), "pria" | "wanita") || line.has_before(place, 2, PRODUCTS) {
        return None;
    }
    let length = line.run(place, WORDS);
    let both = (place..place + length).any(|at| line.said(at) == "pria") && (place..place + length).any(|at| line.said(at) == "wanita");
    both.then_some(place + length)
}

fn is_schooling(line: Line<'_>, place: usize) -> bool {
    let said = line.said(place);
    let teaches = line.has_before(place, 3, &["guru", "les", "mengajar", "pengajar", "instruktur", "tutor", "kantin", "anak"]);
    let school = SCHOOLS.contains(&said)
        && (said != "paket" || line.said(place + 1).len() == 1)
        && !(said == "sd" && place > 0 && is_figure(line.before(place, 1)));
    let named =
        matches!(said, "lulusan" | "pendidikan" | "ijazah" | "education" | "jurusan" | "sekolah" | "ipk" | "gpa") && place + 1 < line.len();
    let limited = said == "minimal"
        && (SCHOOLS.contains(&line.said(place + 1)) || matches!(line.said(place + 1), "lulusan" | "pendidikan" | "ijazah"));
    (school || named || limited) && !teaches
}
