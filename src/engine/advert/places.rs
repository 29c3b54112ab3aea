//! Where the work is and where the firm wants people to live; and the firm's own name, which is no skill either.

use super::line::Line;
use super::marks::{ABLE, is_filler, is_need};
use crate::engine::resolve::PhraseKind;

/// Tells whether a written name is that of a region.
pub(super) type IsRegion<'a> = &'a dyn Fn(&str) -> bool;

const WORK: &[&str] = &["penempatan", "alamat", "kawasan", "outlet", "cabang"];
const LIVE: &[&str] = &["domisili", "tinggal", "warga", "asal"];
/// Kinds of places that stand before a name.
const NAMED: &[&str] = &["kecamatan", "kabupaten", "kota", "jalan", "desa", "dusun", "kelurahan", "kel", "ds", "dsn", "prov", "provinsi"];
const AROUND: &[&str] = &[
    "di",
    "kerja",
    "daerah",
    "wilayah",
    "area",
    "sekitar",
    "sekitarnya",
    "dekat",
    "untuk",
    "pabrik",
    "kantor",
    "toko",
    "dan",
    "at",
    "in",
    "ke",
    "berada",
    "wajib",
    "rumah",
    "proyek",
    "ruko",
    "perum",
    "deket",
    "site",
    "hotel",
    "cabang",
    "outlet",
];
/// How far a place reaches, in words.
const LONGEST: usize = 7;
/// Verbs whose subject is the firm.
const SEEKS: &[&str] = &[
    "butuh",
    "membutuhkan",
    "mencari",
    "cari",
    "nyari",
    "memerlukan",
    "membuka",
    "buka",
    "rekrut",
    "merekrut",
    "menerima",
    "need",
    "needs",
    "seeking",
    "hiring",
    "recruiting",
    "looking",
];
/// What firms are called; a clause that begins so names the firm.
const FIRMS: &[&str] = &[
    "pt",
    "cv",
    "ud",
    "toko",
    "bengkel",
    "konveksi",
    "pabrik",
    "warung",
    "resto",
    "restoran",
    "cafe",
    "kafe",
    "kedai",
    "perusahaan",
    "koperasi",
    "yayasan",
    "hotel",
    "klinik",
    "outlet",
    "butik",
    "garmen",
    "minimarket",
    "umkm",
    "showroom",
    "depot",
    "grosir",
    "agen",
    "percetakan",
    "catering",
    "katering",
    "penjahit",
    "salon",
];

/// A place found: its kind, where its words begin without the markers, and where it ends.
pub(super) struct Place {
    pub(super) kind: PhraseKind,
    pub(super) from: usize,
    pub(super) end: usize,
}

/// The place named at a place of a clause; `stops` tells where something else begins.
pub(super) fn read(line: Line<'_>, at: usize, is_region: IsRegion<'_>, stops: impl Fn(usize) -> bool) -> Option<Place> {
    let said = line.said(at);
    let bare = at + line.run(at, AROUND);
    let region = |from: usize| (1..=3).rev().find(|length| from + length <= line.len() && is_region(line.written(from..from + length)));
    let lives =
        LIVE.contains(&said) && (said == "domisili" || matches!(line.said(at + 1), "di" | "dekat" | "sekitar") || region(at + 1).is_some());
    let works = WORK.contains(&said) && (said == "penempatan" || said == "alamat" || region(at + 1).is_some());
    let kind = if lives { PhraseKind::Domicile } else { PhraseKind::Place };
    let (from, named) = if lives || works {
        (at + 1 + line.run(at + 1, AROUND), false)
    } else if bare > at && (region(bare).is_some() || NAMED.contains(&line.said(bare))) && line.said(at) != "ke" {
        (bare, true)
    } else if NAMED.contains(&said)
        && !(said == "jalan" && at > 0)
        && (!matches!(said, "jalan" | "desa" | "kota") || line.is_capital(at + 1) || region(at + 1).is_some())
    {
        (at, true)
    } else {
        return None;
    };
    let begin = from;
    let from = if lives { at } else { from };
    let address =
        (from..line.len()).take(3).any(|at| matches!(line.said(at), "jalan" | "desa" | "dusun" | "ruko" | "perum" | "ds" | "dsn"));
    let most = match region(from) {
        Some(length) if named && !address => {
            // `Lumajang/Jember`, `Maron Probolinggo`.
            let mut end = from + length;
            while let Some(more) =
                (1..=3).rev().find(|more| end + more <= line.len() && line.is_capital(end) && is_region(line.written(end..end + more)))
            {
                end += more;
            }
            end
        }
        _ => from + if address { 2 * LONGEST } else { LONGEST },
    };
    let mut end = (from..line.len().min(most))
        .find(|at| *at > begin && (ABLE.contains(&line.said(*at)) || is_need(line.said(*at)) || stops(*at)))
        .unwrap_or(line.len().min(most));
    while end < line.len()
        && (matches!(line.said(end), "dan" | "sekitarnya" | "sekitar") || (NAMED.contains(&line.said(end)) && !stops(end)))
    {
        end += 1 + usize::from(NAMED.contains(&line.said(end)) && end + 1 < line.len());
    }
    Some(Place { kind, from: from.min(end), end })
}

/// Where the firm's own name ends, if a clause begins with it: `PT Rekaan Garmen butuh …`, `Konveksi Sumber Makmur`.
pub(super) fn firm(line: Line<'_>, is_marked: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
    let from = (0..line.len())
        .find(|at| !is_need(line.said(*at)) && !is_filler(line.said(*at)) && !matches!(line.said(*at), "di" | "dari" | "at"))?;
    let need = (from + 1..line.len()).find(|at| SEEKS.contains(&line.said(*at)));
    let named = FIRMS.contains(&line.said(from)) && line.said(from) != "penjahit";
    if let Some(need) = need {
        // `butuh operator posisi gudang` begins with the need, not with a firm.
        let opened = (0..from).any(|at| is_need(line.said(at)));
        let short = need - from <= 10 && (from..need).all(|at| !is_marked(at));
        let end = (from..need).find(|at| *at > from && is_marked(*at)).unwrap_or(need);
        let end = (from + 1..end).rev().find(|at| !is_filler(line.said(*at))).map_or(from + 1, |last| last + 1);
        return (named || (!opened && short && !ABLE.contains(&line.said(from)))).then_some((from, end));
    }
    let role = line.said(from) == "cv" && !line.is_capital(from + 1);
    if !named || role {
        return None;
    }
    let capitals = (from + 1..line.len()).take_while(|at| line.is_capital(*at) && !is_marked(*at)).count();
    let whole = (from + 1..line.len()).find(|at| is_marked(*at)).unwrap_or(line.len());
    let is_legal = matches!(line.said(from), "pt" | "cv" | "ud");
    Some((from, if is_legal && capitals > 0 { from + 1 + capitals } else { whole }))
}
