//! What the parts of an advert say, as values: months of experience, a shift, a contract, hours, schools, licences.

use super::line::Line;
use super::words::{Word, is_figure, words};
use crate::engine::kinds::{Contract, Shift};

/// Reads one part.
pub(super) fn with_line<T>(text: &str, read: impl FnOnce(Line<'_>) -> Option<T>) -> Option<T> {
    let words: Vec<Word> = words(text);
    read(Line::new(text, &words))
}

/// The number of people: `5 orang`, `dua`, `jumlah: 10`.
pub(super) fn positions(line: Line<'_>) -> Option<u32> {
    (0..line.len()).find_map(|at| line.number(at)).filter(|seats| (1..=10_000).contains(seats))
}

/// Months of experience asked at least; none is asked of whoever is just out of school.
pub(super) fn experience(line: Line<'_>) -> Option<u32> {
    let said = |list: &[&str]| (0..line.len()).any(|at| list.contains(&line.said(at)));
    for at in 0..line.len() {
        let months = match line.said(at) {
            "setahun" => Some(12),
            "sebulan" => Some(1),
            "setengah" if line.said(at + 1) == "tahun" => Some(6),
            figure => tenths(figure).or(line.number(at).map(|whole| whole * 10)).and_then(|tenths| in_months(line, at, tenths)),
        };
        if let Some(months) = months {
            return Some(months).filter(|months| *months <= 600);
        }
    }
    let none = said(&["tanpa", "non", "no", "fresh", "freshgraduate", "freshgraduates", "belum", "tidak"]);
    none.then_some(0)
}

/// `1,5` in tenths.
fn tenths(figure: &str) -> Option<u32> {
    let (whole, tenth) = figure.split_once([',', '.'])?;
    (whole.len() <= 2 && tenth.len() == 1).then(|| Some(whole.parse::<u32>().ok()? * 10 + tenth.parse::<u32>().ok()?)).flatten()
}

fn in_months(line: Line<'_>, at: usize, tenths: u32) -> Option<u32> {
    let unit = |at: usize| match line.said(at) {
        "tahun" => Some(12),
        "bulan" => Some(1),
        _ => None,
    };
    let far = line.range_to(at + 1).filter(|second| is_figure(line.said(*second)) && *second > at).and_then(|second| unit(second + 1));
    unit(at + 1).or(far).map(|months| tenths.saturating_mul(months) / 10)
}

/// The shift: of several, they take turns.
pub(super) fn shift(line: Line<'_>) -> Option<Shift> {
    let has = |list: &[&str]| (0..line.len()).any(|at| list.contains(&line.said(at)));
    let day = has(&["pagi", "siang", "hari", "morning", "middle"]);
    let evening = has(&["sore", "evening"]);
    let night = has(&["malam", "night"]);
    let turns = has(&["rolling", "bergantian", "bergilir", "rotasi", "rotating", "sistem"])
        || (0..line.len()).any(|at| is_figure(line.said(at)) || line.number(at).is_some());
    let kinds = usize::from(day) + usize::from(evening) + usize::from(night);
    if has(&["non"]) {
        return Some(Shift::Day);
    }
    match (day, evening, night) {
        _ if kinds > 1 || (turns && kinds == 0) => Some(Shift::Rotating),
        (true, ..) => Some(Shift::Day),
        (_, true, _) => Some(Shift::Evening),
        (.., true) => Some(Shift::Night),
        _ => None,
    }
}

/// How people are employed.
pub(super) fn contract(line: Line<'_>) -> Option<Contract> {
    (0..line.len()).find_map(|at| match line.said(at) {
        "pkwt" | "kontrak" => Some(Contract::Pkwt),
        "pkwtt" | "tetap" | "permanent" | "permanen" => Some(Contract::Pkwtt),
        "harian" | "daily" | "freelance" | "freelancer" => Some(Contract::Daily),
        "borongan" => Some(Contract::PieceWork),
        "outsourcing" | "outsource" | "alih" => Some(Contract::Outsourced),
        _ => None,
    })
}

/// Hours a week: `40 jam/minggu`, or `8 jam sehari` with `5 hari kerja` beside it. A clock time alone says nothing of breaks.
pub(super) fn hours_per_week(line: Line<'_>) -> Option<u32> {
    let figure = |word: &str| (0..line.len()).find(|at| line.number(*at).is_some() && line.said(at + 1) == word);
    let hours = figure("jam")?;
    let number = line.number(hours)?;
    let by_week = (hours + 2..line.len().min(hours + 4)).any(|at| matches!(line.said(at), "minggu" | "seminggu" | "perminggu"));
    let days = (hours + 2..line.len()).find(|at| line.number(*at).is_some() && line.said(at + 1) == "hari").and_then(|at| line.number(at));
    let days = days.or_else(|| figure("hari").filter(|at| *at < hours).and_then(|at| line.number(at)));
    let total = if by_week { number } else { number.checked_mul(days.filter(|days| (1..=7).contains(days))?)? };
    (1..=40).contains(&total).then_some(total)
}

/// The schools named, lowest first as written: `SMA/SMK`.
pub(super) fn education(line: Line<'_>) -> Option<String> {
    const KNOWN: &[&str] =
        &["sd", "smp", "mts", "sltp", "sma", "smk", "smu", "slta", "stm", "smea", "ma", "d1", "d2", "d3", "d4", "s1", "s2", "s3"];
    let mut named: Vec<String> = Vec::new();
    for at in 0..line.len() {
        let said = line.said(at);
        let level = match said {
            "diploma" => "Diploma".to_owned(),
            "sarjana" => "S1".to_owned(),
            "paket" if line.said(at + 1).len() == 1 => format!("Paket {}", line.said(at + 1).to_uppercase()),
            _ if KNOWN.contains(&said) => said.to_uppercase(),
            _ => continue,
        };
        if !named.contains(&level) {
            named.push(level);
        }
    }
    (!named.is_empty()).then(|| named.join("/"))
}

/// Licences, each by itself: `SIM B1 Umum`, `SIO forklift`.
pub(super) fn licences(line: Line<'_>) -> Vec<String> {
    let first = line.said(0);
    if first != "sim" {
        return Some(line.written(0..line.len()).to_owned()).filter(|written| !written.is_empty()).into_iter().collect();
    }
    let mut found: Vec<String> = Vec::new();
    for at in 1..line.len() {
        match line.said(at) {
            "umum" | "polos" => {
                let kind = if line.said(at) == "umum" { " Umum" } else { "" };
                if let Some(last) = found.last_mut() {
                    last.push_str(kind);
                }
            }
            "bi" => found.push("SIM B1".to_owned()),
            "bii" => found.push("SIM B2".to_owned()),
            class @ ("i" | "ii" | "1" | "2") => {
                let number = if matches!(class, "i" | "1") { "1" } else { "2" };
                if let Some(last) = found.last_mut().filter(|last| last.as_str() == "SIM B") {
                    last.push_str(number);
                }
            }
            class if class.len() <= 2 && class != "dan" => found.push(format!("SIM {}", class.to_uppercase())),
            _ => {}
        }
    }
    if found.is_empty() { vec!["SIM".to_owned()] } else { found }
}
