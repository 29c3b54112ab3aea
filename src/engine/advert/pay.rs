//! Wages as adverts write them: `3,2jt/bln + lembur`, `Rp 100-150rb per hari`, `gaji UMK`, `borongan 2.500/pcs`.

use std::ops::Range;

use super::line::Line;
use super::words::is_figure;
use crate::engine::money::{Rupiah, WageUnit};

/// What a clause says of pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pay {
    /// Least and most; one amount is both.
    pub(super) least: Rupiah,
    pub(super) most: Rupiah,
    /// The words of the amounts.
    pub(super) words: Range<usize>,
    /// What one wage pays for and the words that say so.
    pub(super) unit: Option<(WageUnit, Range<usize>)>,
}

/// Work about wages is a skill: `menghitung gaji karyawan`.
const WORK_ABOUT_PAY: &[&str] =
    &["hitung", "menghitung", "penghitungan", "perhitungan", "payroll", "slip", "administrasi", "admin", "mengurus"];
/// What a firm gives beside the wage.
const BENEFITS: &[&str] = &[
    "bonus",
    "bonusan",
    "insentif",
    "tunjangan",
    "lembur",
    "lemburan",
    "overtime",
    "thr",
    "bpjs",
    "mess",
    "komisi",
    "premi",
    "umk",
    "umr",
    "ump",
    "jamsostek",
];
/// What only together with another word is pay: `uang makan`, `makan siang`, `dapat makan`.
const PAIRS: &[(&str, &str)] = &[
    ("uang", "makan"),
    ("uang", "transport"),
    ("uang", "transportasi"),
    ("uang", "hadir"),
    ("uang", "kehadiran"),
    ("uang", "lembur"),
    ("uang", "saku"),
    ("uang", "bensin"),
    ("makan", "siang"),
    ("makan", "gratis"),
    ("makan", "3x"),
    ("makan", "ditanggung"),
    ("makan", "dalam"),
    ("dapat", "makan"),
    ("take", "home"),
    ("tempat", "tinggal"),
    ("jenjang", "karir"),
    ("service", "charge"),
    ("bagi", "hasil"),
];
/// What may follow within a wage.
const FOLLOWING: &[&str] = &[
    "juta",
    "ribu",
    "rp",
    "idr",
    "per",
    "bulan",
    "hari",
    "minggu",
    "jam",
    "sampai",
    "s/d",
    "sd",
    "minimal",
    "maksimal",
    "mulai",
    "dari",
    "up",
    "to",
    "pokok",
    "kota",
    "kabupaten",
    "nego",
    "bisa",
    "kompetitif",
    "menarik",
    "bersih",
    "kotor",
    "harian",
    "mingguan",
    "sebulan",
    "sehari",
    "seminggu",
    "perbulan",
    "perhari",
    "perjam",
    "sejam",
    "sesuai",
    "standar",
    "standart",
    "tergantung",
    "skill",
    "kemampuan",
    "hasil",
    "kerja",
    "pengalaman",
    "dibayar",
    "setiap",
    "tiap",
    "awal",
    "pcs",
    "potong",
    "lusin",
    "stel",
    "kodi",
    "item",
    "pc",
    "piece",
    "borongan",
    "kesepakatan",
    "kesehatan",
    "ketenagakerjaan",
    "dan",
    "gaji",
    "makan",
    "uang",
    "transport",
    "tinggal",
    "gratis",
    "siang",
    "tetap",
    "kehadiran",
    "target",
    "penjualan",
    "ada",
    "plus",
    "besar",
    "month",
    "net",
    "gross",
    "range",
    "kisaran",
    "sekitar",
    "an",
    "keatas",
    "lebih",
    "month",
    "thr",
    "disediakan",
    "home",
    "pay",
    "karir",
    "jabatan",
    "wilayah",
    "setempat",
    "nett",
    "thp",
    "charge",
    "lembur",
    "penuh",
    "dpt",
    "dapat",
    "di",
    "atas",
];

/// Whether pay begins at a place, and where it ends.
pub(super) fn read(line: Line<'_>, place: usize) -> Option<usize> {
    let opens = opens(line, place)?;
    let mut end = opens;
    while end < line.len() && follows(line, end) {
        end += 1;
    }
    // A trailing word of grammar belongs to what comes next.
    while end > opens && matches!(line.before(end, 1), "bisa" | "di" | "dari" | "ada" | "dan" | "kota" | "kabupaten" | "wilayah") {
        end -= 1;
    }
    Some(end)
}

fn opens(line: Line<'_>, place: usize) -> Option<usize> {
    let (said, next) = (line.said(place), line.said(place + 1));
    if line.has_before(place, 3, WORK_ABOUT_PAY) {
        return None;
    }
    let pair = PAIRS.iter().any(|(first, second)| *first == said && *second == next);
    let named = said == "gaji" || BENEFITS.contains(&said);
    let signed = matches!(said, "rp" | "idr") && is_figure(next);
    let counted = is_figure(said) && matches!(next, "juta" | "ribu") && !line.has_before(place, 1, &["omzet", "target", "modal"]);
    let scaled = is_figure(said) && far_unit(line, place);
    let by_unit = matches!(said, "harian" | "mingguan" | "fee") && (is_figure(next) || matches!(next, "rp" | "idr"));
    let paid = matches!(said, "dibayar" | "bayar")
        && (is_figure(next) || matches!(next, "per" | "rp" | "idr" | "harian" | "mingguan" | "borongan" | "bulan"));
    let given = matches!(said, "disediakan" | "ditanggung" | "dapat" | "free")
        && matches!(next, "rumah" | "mess" | "makan" | "tempat" | "kos" | "seragam" | "rokok" | "kopi" | "asrama");
    let long = is_long_amount(said) && !line.has_before(place, 2, &["wa", "telepon", "hp", "hubungi"]);
    let piece = said == "borongan";
    (pair || named || signed || counted || scaled || long || piece || by_unit || given || paid)
        .then_some(place + 1 + usize::from(pair || signed || counted || given))
}

/// `3-4 juta`: the unit stands behind the second number.
fn far_unit(line: Line<'_>, place: usize) -> bool {
    line.range_to(place + 1).is_some_and(|second| is_figure(line.said(second)) && matches!(line.said(second + 1), "juta" | "ribu"))
}

/// `3.200.000`, `150.000`.
fn is_long_amount(said: &str) -> bool {
    let groups: Vec<&str> = said.split('.').collect();
    groups.len() >= 2
        && groups.first().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'))
        && groups.iter().skip(1).all(|group| group.len() == 3)
        && said.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn follows(line: Line<'_>, place: usize) -> bool {
    let said = line.said(place);
    let figure = is_figure(said) && !super::papers::is_phone(said);
    // `lembur 5 operator` is another thought; an amount or a range is not.
    let counts = figure && line.said(place + 1) != "orang";
    // `UMR Gresik`, `per responden`.
    let of_minimum = matches!(line.before(place, 1), "umk" | "umr" | "ump") && line.is_capital(place);
    let each = line.before(place, 1) == "per" && !said.is_empty();
    (counts || of_minimum || each || FOLLOWING.contains(&said) || BENEFITS.contains(&said))
        && !(said == "bisa" && line.said(place + 1) != "nego")
        && !(said == "pengalaman" && is_figure(line.said(place + 1)))
}

/// The amounts of a clause of pay: the first that is no bonus.
pub(super) fn value(line: Line<'_>) -> Option<Pay> {
    (0..line.len()).find_map(|place| {
        let beside =
            (0..place).rev().take(3).any(|at| BENEFITS.contains(&line.said(at)) && !matches!(line.said(at), "umk" | "umr" | "ump"))
                || line.has_before(place, 3, &["uang", "transport", "makan", "kehadiran", "target", "omzet", "modal"]);
        if beside && !line.has_before(place, 2, &["gaji"]) {
            return None;
        }
        amounts(line, place)
    })
}

fn amounts(line: Line<'_>, place: usize) -> Option<Pay> {
    let first = Amount::read(line, place)?;
    let second = line.range_to(first.end).or_else(|| (line.said(first.end) == "sampai").then_some(first.end + 1));
    let second = second.and_then(|place| Amount::read(line, place));
    let (least, most, end) = match second {
        Some(second) => {
            let least = if first.scale == 1 && !first.is_long { first.in_scale(second.scale)? } else { first.rupiah()? };
            (least, second.rupiah()?, second.end)
        }
        None => (first.rupiah()?, first.rupiah()?, first.end),
    };
    let (least, most) = if least <= most { (least, most) } else { (most, least) };
    let unit = unit(line, end).or_else(|| place.checked_sub(1).and_then(|before| Some((unit_named(line, before)?, before..before + 1))));
    let by_piece = unit.as_ref().is_some_and(|(unit, _)| *unit == WageUnit::Piece);
    let sensible = least.amount() >= 100 && (first.is_signed || first.scale > 1 || least.amount() >= 10_000 || by_piece);
    sensible.then_some(Pay { least, most, words: place..end, unit })
}

/// A number with its scale.
struct Amount<'a> {
    said: &'a str,
    scale: i64,
    /// Whether it is written out: `3.200.000`.
    is_long: bool,
    is_signed: bool,
    end: usize,
}

impl<'a> Amount<'a> {
    fn read(line: Line<'a>, place: usize) -> Option<Self> {
        let is_signed = matches!(line.said(place), "rp" | "idr");
        let at = place + usize::from(is_signed);
        let said = line.said(at);
        if !is_figure(said) || super::papers::is_phone(said) {
            return None;
        }
        let scale = match line.said(at + 1) {
            "juta" => 1_000_000,
            "ribu" => 1_000,
            _ => 1,
        };
        Some(Self { said, scale, is_long: is_long_amount(said), is_signed, end: at + 1 + usize::from(scale > 1) })
    }

    fn rupiah(&self) -> Option<Rupiah> {
        if self.scale == 1 || self.is_long { Rupiah::new(whole(self.said)?.checked_mul(self.scale)?) } else { self.in_scale(self.scale) }
    }

    fn in_scale(&self, scale: i64) -> Option<Rupiah> {
        Rupiah::new(thousandths(self.said)?.checked_mul(scale)? / 1_000)
    }
}

/// `3.200.000,00` in whole rupiah.
fn whole(said: &str) -> Option<i64> {
    let said = said.strip_suffix(",00").unwrap_or(said);
    let digits: String = said.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    if digits.len() > 11 || !digits.bytes().all(|b| b.is_ascii_digit()) { None } else { digits.parse().ok() }
}

/// `3,25` in thousandths.
fn thousandths(said: &str) -> Option<i64> {
    let (units, decimals) = said.split_once([',', '.']).unwrap_or((said, ""));
    let decimals: String = decimals.chars().chain("000".chars()).take(3).collect();
    if units.len() > 6 { None } else { units.parse::<i64>().ok()?.checked_mul(1_000)?.checked_add(decimals.parse::<i64>().ok()?) }
}

/// What a wage pays for: `/bln`, `per hari`, `sehari`, `bulanan`; a wage of a million and more without a word is one of a month.
fn unit(line: Line<'_>, end: usize) -> Option<(WageUnit, Range<usize>)> {
    (end..line.len().min(end + 4)).find_map(|place| Some((unit_named(line, place)?, place..place + 1)))
}

/// The unit of a wage without an amount: `upah harian`, `gaji borongan`.
pub(super) fn unit_alone(line: Line<'_>) -> Option<WageUnit> {
    let told = matches!(line.said(0), "gaji" | "harian" | "borongan");
    (0..line.len()).filter(|_| told).find_map(|place| {
        unit_named(line, place).filter(|_| matches!(line.said(place), "harian" | "borongan" | "perhari" | "sehari" | "perjam"))
    })
}

/// The unit that a word names.
pub(super) fn unit_named(line: Line<'_>, place: usize) -> Option<WageUnit> {
    let apart = line.before(place, 1) == "per"
        || line.gap(place).contains('/')
        || place == 0
        || matches!(line.before(place, 1), "tiap" | "setiap" | "each" | "a");
    match line.said(place) {
        "perbulan" | "sebulan" | "monthly" => Some(WageUnit::Month),
        "perhari" | "sehari" | "harian" | "daily" => Some(WageUnit::Day),
        "perjam" | "sejam" | "hourly" => Some(WageUnit::Hour),
        "borongan" => Some(WageUnit::Piece),
        "bulan" => Some(WageUnit::Month),
        "hari" if apart => Some(WageUnit::Day),
        "jam" if apart => Some(WageUnit::Hour),
        "pcs" | "potong" | "lusin" | "stel" | "kodi" | "item" | "pc" | "piece" | "pasang" | "biji" if apart => Some(WageUnit::Piece),
        _ => None,
    }
}
