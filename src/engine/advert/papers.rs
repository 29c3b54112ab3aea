//! How to apply: papers to send, numbers to call.

use super::line::Line;

/// Whether digits are a telephone number rather than an amount.
pub(super) fn is_phone(said: &str) -> bool {
    let digits = said.bytes().filter(u8::is_ascii_digit).count();
    let begins = said.starts_with('0') || said.starts_with("62") || said.starts_with('8');
    begins && (9..=15).contains(&digits) && said.bytes().all(|b| b.is_ascii_digit())
        || (said.starts_with("08") && digits >= 4 && !said.contains(['.', ':', '/']))
}

/// Whom to ask: a number, an address, `hubungi …`.
pub(super) fn is_contact(line: Line<'_>, place: usize) -> bool {
    let said = line.said(place);
    let numbered = is_phone(line.said(place + 1)) || line.gap(place + 1).contains([':', '@']);
    match said {
        "hubungi" | "telepon" | "dm" | "inbox" => true,
        "wa" | "hp" | "email" | "chat" | "ig" | "instagram" | "fb" | "facebook" | "link" | "website" | "mail" => {
            numbered
                || line.has_before(place, 1, &["ke", "via", "no", "nomor", "lewat", "melalui", "by", "to", "minat", "japri"])
                || place + 1 == line.len() && line.has_before(place, 3, &["ke", "kirim", "via"])
        }
        "info" | "informasi" | "minat" | "berminat" | "interested" | "japri" | "apply" | "daftar" | "interview" => {
            place == 0 || line.has_before(place, 1, &["yang", "jika", "bila", "segera", "langsung", "kalau"])
        }
        _ => is_phone(said) || line.gap(place + 1).contains('@') || line.gap(place + 1) == "://",
    }
}

/// What to send along: `lamaran`, `fotokopi KTP`, `CV` where it is no firm.
pub(super) fn is_paper(line: Line<'_>, place: usize) -> bool {
    let said = line.said(place);
    let sends = matches!(said, "kirim" | "kirimkan" | "antar" | "bawa" | "membawa" | "send" | "lampirkan" | "submit");
    let papers = |at: usize| {
        matches!(
            line.said(at),
            "lamaran"
                | "cv"
                | "berkas"
                | "ktp"
                | "kk"
                | "skck"
                | "foto"
                | "fotokopi"
                | "fotocopy"
                | "resume"
                | "portofolio"
                | "ijazah"
                | "surat"
                | "data"
                | "npwp"
                | "dokumen"
                | "your"
        )
    };
    match said {
        "lamaran" | "skck" | "ktp" | "berkas" | "npwp" | "kk" | "resume" => true,
        "cv" => {
            line.has_before(place, 2, &["kirim", "kirimkan", "lamaran", "bawa", "send", "your", "buat"])
                || place + 1 == line.len()
                || !line.is_capital(place + 1)
        }
        "surat" => matches!(line.said(place + 1), "lamaran" | "kesehatan" | "dokter"),
        "pas" | "foto" | "fotokopi" | "fotocopy" => matches!(line.said(place + 1), "foto" | "ktp" | "kk" | "ijazah" | "terbaru" | "copy"),
        _ => sends && (papers(place + 1) || papers(place + 2)),
    }
}
