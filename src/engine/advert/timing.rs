//! When and how long: first and last days, hours, shifts, contracts.

use super::clauses::is_weekday;
use super::days;
use super::line::Line;
use super::words::is_figure;

/// Until when one may apply: `deadline 30 Nov`, `lamaran ditunggu sampai akhir bulan`.
pub(super) fn closing(line: Line<'_>, place: usize) -> Option<usize> {
    const MARKS: &[&str] =
        &["deadline", "ditutup", "tutup", "penutupan", "terakhir", "batas", "lambat", "selambatnya", "expired", "closing", "ends"];
    const BETWEEN: &[&str] = &[
        "lamaran",
        "pendaftaran",
        "paling",
        "akhir",
        "waktu",
        "date",
        "pada",
        "lambat",
        "terakhir",
        "sampai",
        "by",
        "selambat",
        "lambatnya",
        "kirim",
        "s/d",
        "ditunggu",
        "loker",
        "lowongan",
    ];
    let said = line.said(place);
    let opens = MARKS.contains(&said) || matches!((said, line.said(place + 1)), ("paling", "lambat") | ("selambat", "lambatnya"));
    let until = matches!(said, "sampai" | "s/d" | "sebelum" | "before") && line.number(place.wrapping_sub(1)).is_none();
    if !opens && !until {
        return None;
    }
    let from = place + 1 + line.run(place + 1, BETWEEN);
    let day = days::read(line, from).or_else(|| days::read(line, place + 1));
    day.filter(|(_, said)| !until || !matches!(said, days::Said::On(_))).map(|(end, _)| end)
}

/// From when: `mulai 1 Des`, `segera masuk kerja`, `langsung kerja`.
pub(super) fn start(line: Line<'_>, place: usize) -> Option<usize> {
    const MARKS: &[&str] = &["mulai", "start", "starting", "dimulai", "masuk", "join", "gabung", "bergabung", "siap", "langsung"];
    const BETWEEN: &[&str] = &["kerja", "masuk", "bergabung", "join", "gabung", "pada", "aktif", "bisa", "work"];
    let said = line.said(place);
    if said == "secepatnya" {
        return Some(place + 1);
    }
    if said == "segera" {
        let moves = line.run(place + 1, BETWEEN);
        return (moves > 0).then_some(place + 1 + moves);
    }
    if !MARKS.contains(&said) {
        // `besok langsung kerja`.
        let day = days::read(line, place).filter(|(_, said)| matches!(said, days::Said::In(_) | days::Said::On(_)));
        let (end, _) = day.filter(|_| said != "hari")?;
        let moves = line.run(end, &["langsung", "mulai", "masuk", "kerja", "bisa"]);
        return (moves > 0).then_some(end + moves);
    }
    let from = place + 1 + line.run(place + 1, BETWEEN);
    let day = days::read(line, from)
        .or_else(|| days::read(line, place + 1))
        .filter(|_| !matches!(line.said(from), "hari") || line.said(from + 1) == "ini" || from + 1 < line.len());
    let weekly = days::read(line, from).is_some_and(|(end, said)| matches!(said, days::Said::On(_)) && line.range_to(end).is_some());
    match day {
        Some((end, _)) if !weekly => Some(end),
        // `mulai semester depan` says when, in no days of ours.
        _ if said == "mulai"
            && place == 0
            && line.len() <= 4
            && line.said(1).chars().all(char::is_alphabetic)
            && !matches!(line.said(1), "dari" | "rp" | "gaji") =>
        {
            Some(line.len())
        }
        _ => (from > place + 1 && matches!(said, "mulai" | "langsung" | "siap" | "start")).then_some(from),
    }
}

/// Hours and days: `08.00-16.00`, `8 jam/hari`, `senin-sabtu`, `full time`.
pub(super) fn hours(line: Line<'_>, place: usize) -> Option<usize> {
    const ALONG: &[&str] = &[
        "jam",
        "kerja",
        "per",
        "hari",
        "minggu",
        "sehari",
        "seminggu",
        "senin",
        "selasa",
        "rabu",
        "kamis",
        "jumat",
        "sabtu",
        "sampai",
        "s/d",
        "sd",
        "wib",
        "wita",
        "wit",
        "x",
        "libur",
        "off",
        "tanggal",
        "merah",
        "pukul",
        "to",
        "a",
        "per",
        "perhari",
        "perminggu",
        "am",
        "pm",
        "istirahat",
        "bulan",
        "bebas",
    ];
    let said = line.said(place);
    let clock = |at: usize| {
        line.said(at).split_once(['.', ':']).is_some_and(|(hour, minute)| {
            hour.len() <= 2
                && minute.len() == 2
                && hour.parse::<u8>().is_ok_and(|hour| hour < 25)
                && minute.parse::<u8>().is_ok_and(|minute| minute < 60)
        })
    };
    let opens = (said == "jam" && (line.said(place + 1) == "kerja" || is_figure(line.said(place + 1))))
        || (is_figure(said) && line.said(place + 1) == "jam")
        || (is_figure(said) && matches!((line.said(place + 1), line.said(place + 2)), ("hari", "kerja" | "seminggu" | "per" | "a")))
        || (said == "hari" && line.said(place + 1) == "kerja")
        || (clock(place)
            && (line.range_to(place + 1).is_some_and(|at| clock(at) && at > place))
            && !matches!(line.said(place + 2), "juta" | "ribu"))
        || (is_weekday(said) && line.range_to(place + 1).is_some_and(|at| is_weekday(line.said(at)) && at > place))
        || (said == "libur" && (is_figure(line.said(place + 1)) || is_weekday(line.said(place + 1)) || line.said(place + 1) == "tanggal"))
        || matches!(said, "fulltime" | "parttime" | "roster")
        || matches!((said, line.said(place + 1)), ("full" | "part", "time") | ("paruh" | "penuh", "waktu"));
    if !opens {
        return None;
    }
    let mut end = place + 1 + usize::from(matches!(said, "full" | "part" | "paruh" | "penuh"));
    while end < line.len()
        && (is_figure(line.said(end)) || ALONG.contains(&line.said(end)) || (is_clock(line, end) && is_figure(line.before(end, 1))))
        && !(is_figure(line.said(end)) && matches!(line.said(end + 1), "tahun" | "juta" | "ribu" | "orang" | "shift"))
    {
        end += 1;
    }
    Some(end)
}

/// The part of the day behind an hour: `jam 10 pagi`.
fn is_clock(line: Line<'_>, place: usize) -> bool {
    matches!(line.said(place), "pagi" | "siang" | "sore" | "malam")
}

/// Which part of the day: `shift pagi`, `3 shift`, `masuk malam`.
pub(super) fn shift(line: Line<'_>, place: usize) -> Option<usize> {
    const ALONG: &[&str] = &[
        "shift",
        "pagi",
        "siang",
        "sore",
        "malam",
        "middle",
        "rolling",
        "bergantian",
        "bergilir",
        "dan",
        "atau",
        "day",
        "night",
        "morning",
        "evening",
        "kerja",
        "sistem",
        "rotasi",
        "rotating",
        "panjang",
        "long",
        "i",
        "ii",
        "iii",
        "saja",
        "bergilirnya",
        "non",
    ];
    let said = line.said(place);
    let next = line.said(place + 1);
    let opens = said == "shift"
        || (next == "shift"
            && (is_figure(said)
                || matches!(
                    said,
                    "hari" | "sistem" | "non" | "long" | "kerja" | "night" | "day" | "morning" | "rolling" | "rotating" | "evening"
                )
                || line.number(place).is_some()))
        || matches!((said, next), ("kerja" | "masuk" | "dinas", "malam" | "pagi" | "siang" | "sore"));
    if !opens {
        return None;
    }
    let mut end = place + 1 + usize::from(next == "shift");
    while end < line.len()
        && (ALONG.contains(&line.said(end))
            || (is_figure(line.said(end)) && line.said(end + 1) != "tahun" && line.said(end + 1) != "orang"))
    {
        end += 1;
    }
    Some(end)
}

/// How people are employed: `kontrak 1 tahun`, `karyawan tetap`, `harian lepas`.
pub(super) fn contract(line: Line<'_>, place: usize) -> Option<usize> {
    let (said, next) = (line.said(place), line.said(place + 1));
    let spell = |at: usize| if is_figure(line.said(at)) && matches!(line.said(at + 1), "tahun" | "bulan") { 2 } else { 0 };
    match said {
        "pkwt" | "pkwtt" | "freelance" | "freelancer" | "outsourcing" | "outsource" | "permanent" | "permanen" | "magang"
        | "internship" => Some(place + 1 + spell(place + 1)),
        "kontrak" if !line.has_before(place, 2, &["administrasi", "membuat", "draft", "menyusun", "admin", "surat"]) => {
            Some(place + 1 + spell(place + 1))
        }
        "karyawan" | "kerja" | "status" if matches!(next, "tetap" | "kontrak" | "harian" | "permanent") => {
            Some(place + 2 + spell(place + 2) + usize::from(line.said(place + 2) == "lepas"))
        }
        "harian" if next == "lepas" => Some(place + 2),
        "daily" if next == "worker" => Some(place + 2),
        "alih" if next == "daya" => Some(place + 2),
        "permanently" => Some(place + 1),
        _ => None,
    }
}
