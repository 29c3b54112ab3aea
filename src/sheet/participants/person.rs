//! Who a row is about.

use chrono::NaiveDate;

use super::super::columns::Column;
use super::super::fields::{Fields, FindRegion, date_message, is_dash};
use super::super::table::Cell;
use super::PersonPart;
use crate::engine::day::{DateProblem, age_on};
use crate::engine::geo::RegionCode;
use crate::engine::kinds::Sex;
use crate::engine::name::{Name, search_key};
use crate::engine::nik::{Nik, NikProblem};
use crate::engine::phone::Phone;
use crate::words::import::RowProblem;

/// The ages at which people take part.
const AGES: std::ops::RangeInclusive<i32> = 15..=75;

const SEXES: [(Sex, &[&str]); 2] = [
    (Sex::Male, &["l", "lk", "laki", "lakilaki", "pria", "male", "m"]),
    (Sex::Female, &["p", "pr", "perempuan", "wanita", "w", "female", "f"]),
];

/// Reads the person of a row; without a name there is none.
pub(super) fn read(fields: &mut Fields<'_>, nik: Option<Nik>, today: NaiveDate, regions: &FindRegion<'_>) -> Option<PersonPart> {
    let name = name(fields);
    let sex = fields.choice(Column::Sex, &SEXES, RowProblem::SexNotUnderstood);
    let birth_date = birth_date(fields, today);
    compare(fields, nik.as_ref(), birth_date, sex);
    let address = fields.text(Column::Address, 500);
    let (district_text, district) = district(fields, address.as_deref(), regions);
    let phone = phone(fields);
    let email = email(fields);
    let birth_place = fields.text(Column::BirthPlace, 120);
    let education = fields.text(Column::Education, 120);
    let disability = disability(fields);
    Some(PersonPart {
        name: name?,
        nik,
        phone,
        email,
        sex,
        address,
        birth_place,
        birth_date,
        education,
        disability,
        district_text,
        district,
    })
}

fn name(fields: &mut Fields<'_>) -> Option<Name> {
    let shown = fields.cell(Column::Name).shown();
    if is_dash(&shown) {
        fields.complain(Column::Name, RowProblem::NameMissing);
        return None;
    }
    let name = Name::parse(&shown);
    if name.is_none() {
        fields.complain(Column::Name, RowProblem::NameNotUnderstood);
    }
    name
}

/// Reads the identity number.
pub(super) fn nik(fields: &mut Fields<'_>) -> Option<Nik> {
    let shown = fields.cell(Column::Nik).shown();
    let read = match fields.cell(Column::Nik) {
        // A number holds 15 digits for certain; even one that looks whole may have lost its last.
        Cell::Number(_) | Cell::Date(_) | Cell::Bool(_) => Err(NikProblem::ReadAsNumber),
        Cell::Empty => return None,
        Cell::Text(_) if is_dash(&shown) => return None,
        Cell::Text(_) => Nik::parse(&shown),
    };
    let message = match read {
        Ok(nik) => {
            if !nik.has_a_day() {
                fields.complain(Column::Nik, RowProblem::NikNoSuchDate);
            }
            return Some(nik);
        }
        Err(NikProblem::ReadAsNumber) => RowProblem::NikReadAsNumber,
        Err(NikProblem::NotSixteenDigits) => RowProblem::NikNotSixteenDigits { digits: shown.bytes().filter(u8::is_ascii_digit).count() },
    };
    fields.complain(Column::Nik, message);
    None
}

fn birth_date(fields: &mut Fields<'_>, today: NaiveDate) -> Option<NaiveDate> {
    let born = match fields.date_or_problem(Column::BirthDate) {
        Ok(born) => born?,
        Err(problem) => {
            let message = if problem == DateProblem::TwoDigitYear { RowProblem::BirthDateTwoDigitYear } else { date_message(problem) };
            fields.complain(Column::BirthDate, message);
            return None;
        }
    };
    let age = age_on(born, today);
    if born > today {
        fields.complain(Column::BirthDate, RowProblem::BirthDateFuture);
    } else if !AGES.contains(&age) {
        fields.complain(Column::BirthDate, RowProblem::AgeOutOfRange { age, least: *AGES.start(), most: *AGES.end() });
    }
    Some(born)
}

/// NIK, birth date and sex say some things twice; where they disagree, a person must look.
fn compare(fields: &mut Fields<'_>, nik: Option<&Nik>, born: Option<NaiveDate>, sex: Option<Sex>) {
    let Some(nik) = nik else { return };
    if born.is_some_and(|born| !nik.agrees_with(born)) {
        fields.complain(Column::BirthDate, RowProblem::NikDisagreesWithBirthDate);
    }
    let day: Option<u32> = nik.as_str().get(6..8).and_then(|day| day.parse().ok());
    let of_nik = day.map(|day| if day > 40 { Sex::Female } else { Sex::Male });
    if sex.is_some() && sex != of_nik {
        fields.complain(Column::Sex, RowProblem::NikDisagreesWithSex);
    }
}

fn phone(fields: &mut Fields<'_>) -> Option<Phone> {
    let shown = fields.cell(Column::Phone).shown();
    if is_dash(&shown) {
        return None;
    }
    // Two numbers in one cell are common; the first that can be read is taken.
    let phone = Phone::parse(&shown).or_else(|| shown.split(['/', ',', ';', '\n']).find_map(Phone::parse));
    if phone.is_none() {
        fields.complain(Column::Phone, RowProblem::PhoneNotUnderstood);
    }
    phone
}

fn email(fields: &mut Fields<'_>) -> Option<String> {
    let text = fields.text(Column::Email, 254)?;
    let shaped = text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && !host.starts_with('.') && !host.ends_with('.') && host.contains('.') && !host.contains('@')
    });
    if shaped && !text.contains(char::is_whitespace) {
        return Some(text);
    }
    fields.complain(Column::Email, RowProblem::EmailNotUnderstood);
    None
}

/// "No" is not a disability.
fn disability(fields: &mut Fields<'_>) -> Option<String> {
    let text = fields.text(Column::Disability, 300)?;
    (!matches!(search_key(&text).as_str(), "tidak" | "tidakada" | "tdk" | "no" | "none" | "nihil" | "bukan" | "nondisabilitas"))
        .then_some(text)
}

/// The district's own column, or else the word behind `Kec.` in the address.
fn district(fields: &mut Fields<'_>, address: Option<&str>, regions: &FindRegion<'_>) -> (Option<String>, Option<RegionCode>) {
    let own = fields.text(Column::District, 120);
    let column = if own.is_some() { Column::District } else { Column::Address };
    let Some(text) = own.or_else(|| address.and_then(district_in)) else {
        return (None, None);
    };
    let regency = fields.text(Column::Regency, 120).unwrap_or_default();
    let bare = without_kec(&text).unwrap_or(&text).trim();
    let code = fields.district(column, bare, &regency, regions);
    (Some(text), code)
}

fn district_in(address: &str) -> Option<String> {
    let mut parts = address.split([',', ';', '\n']).map(str::trim);
    let whole = parts.find_map(without_kec).or_else(|| middle_kec(address))?;
    let end = whole.to_ascii_lowercase().find(" kab").unwrap_or(whole.len());
    let name = whole.get(..end)?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// `Kec.` in the middle of an address without commas: `Dsn Krajan RT 02 Kec. Maron Kab. Probolinggo`.
fn middle_kec(address: &str) -> Option<&str> {
    let at = address.to_ascii_lowercase().find(" kec")?;
    let rest = address.get(at + 1..)?;
    without_kec(rest.split([',', ';', '\n']).next()?)
}

fn without_kec(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let prefix = ["kecamatan ", "kec. ", "kec.", "kec "].into_iter().find(|prefix| lower.starts_with(prefix))?;
    text.get(prefix.len()..).map(str::trim)
}
