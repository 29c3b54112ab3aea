//! Looks through an unpacked part for what would make a reader set memory aside: sizes claimed, and small things in masses.
//!
//! Nothing here depends on which part claims to be what: a stranger names the parts.

use super::container::damaged;
use super::error::ReadError;
use super::limits::Limits;

/// Most cells a sheet may claim: 64 full columns. Sloppy formatting reaches millions, bombs claim billions.
const CLAIMED_CELLS: u64 = 64 * 1_048_576;

/// Most formats, fonts, relations or names of a workbook; spreadsheet programs stop at 65,490 formats.
const FORMATS: usize = 65_536;

/// Different texts for each row that we would read; more than that a list does not hold.
const TEXTS_PER_ROW: usize = 16;

/// Refuses a part whose claims are absurd.
pub(super) fn check(name: &str, data: &[u8], limits: &Limits) -> Result<(), ReadError> {
    // Every spreadsheet program writes UTF-8; another encoding would hide its claims from this look.
    let text = std::str::from_utf8(data).map_err(|_other| damaged(name))?;
    check_text_count(text)?;
    check_masses(name, text, limits)?;
    match text.split_once("sheetData") {
        Some((head, _)) => head.split("dimension").skip(1).filter_map(|part| attribute(part, "ref")).try_for_each(check_dimension),
        None => Ok(()),
    }
}

/// A thing of five bytes may cost a reader hundreds.
fn check_masses(name: &str, text: &str, limits: &Limits) -> Result<(), ReadError> {
    let (mut texts, mut formats) = (0_usize, 0_usize);
    for tag in text.split('<').skip(1) {
        match local_name(tag) {
            "si" => texts += 1,
            "xf" | "font" | "fill" | "border" | "numFmt" | "Relationship" | "definedName" | "sheet" => formats += 1,
            _ => {}
        }
    }
    if texts > limits.rows.saturating_mul(TEXTS_PER_ROW) {
        return Err(ReadError::AbsurdTextCount { claimed: texts.to_string() });
    }
    if formats > FORMATS { Err(damaged(name)) } else { Ok(()) }
}

/// The name of a tag without its prefix: `si` of `x:si a="b">`.
fn local_name(tag: &str) -> &str {
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric() && c != ':').next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or(name)
}

/// The count of different texts, for which a reader sets memory aside unseen.
fn check_text_count(text: &str) -> Result<(), ReadError> {
    // The shortest text, `<si/>`, takes five bytes.
    let possible = text.len() / 5;
    for part in text.split("uniqueCount").skip(1) {
        let claimed: String = part.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).take(24).collect();
        let in_tag = part.trim_start().starts_with('=');
        if in_tag && claimed.parse::<usize>().map_or(!claimed.is_empty(), |claimed| claimed > possible) {
            return Err(ReadError::AbsurdTextCount { claimed });
        }
    }
    Ok(())
}

/// The value of an attribute inside the rest of a tag.
fn attribute<'t>(rest: &'t str, name: &str) -> Option<&'t str> {
    let tag = rest.split('>').next()?;
    let (_, after) = tag.split_once(name)?;
    let quoted = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    quoted.strip_prefix(quote)?.split(quote).next()
}

fn check_dimension(range: &str) -> Result<(), ReadError> {
    let absurd = || ReadError::AbsurdDimension { range: range.chars().take(40).collect() };
    let (from, to) = range.split_once(':').unwrap_or((range, range));
    let (from, to) = (corner(from).ok_or_else(absurd)?, corner(to).ok_or_else(absurd)?);
    let rows = to.0.checked_sub(from.0).ok_or_else(absurd)? + 1;
    let columns = to.1.checked_sub(from.1).ok_or_else(absurd)? + 1;
    if rows * columns > CLAIMED_CELLS { Err(absurd()) } else { Ok(()) }
}

/// Row and column of `B7`; `None` where no spreadsheet has such a cell.
fn corner(cell: &str) -> Option<(u64, u64)> {
    let letters_end = cell.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = cell.split_at_checked(letters_end)?;
    if !(1..=3).contains(&letters.len()) || !(1..=7).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().fold(0_u64, |sum, letter| sum * 26 + u64::from(letter.to_ascii_uppercase() - b'A') + 1);
    digits.parse().ok().filter(|row| *row > 0).map(|row| (row, column))
}
