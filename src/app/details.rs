//! What is written about a person, parsed at the door before anything is locked or sealed.

use chrono::NaiveDate;

use crate::app::error::AppError;
use crate::app::field::{Edit, Form, LINE};
use crate::app::knowledge::Knowledge;
use crate::engine::day::age_on;
use crate::engine::facts;
use crate::engine::geo::RegionCode;
use crate::engine::id::EmployerId;
use crate::engine::kinds::{Sex, Shift};
use crate::engine::money::WageUnit;
use crate::engine::name::Name;
use crate::engine::nik::Nik;
use crate::engine::phone::Phone;
use crate::seal::keyring::PersonKey;
use crate::store::entity::graduate;
use crate::words::refusal::Refusal;

/// The youngest age at which people take part, in years.
const YOUNGEST: i32 = 15;
/// The oldest.
const OLDEST: i32 = 75;
/// The widest radius anyone may state, in kilometres: the length of the archipelago.
const WIDEST: i64 = 5_200;
/// How many entries the lists of a person's wishes may hold.
const LONGEST_LIST: usize = 100;

/// What somebody wrote about a person; a field left out stays as it is.
#[derive(Debug, Clone, Default)]
pub struct PersonEdit {
    /// The name, one string.
    pub name: Option<String>,
    /// The NIK, 16 digits.
    pub nik: Edit<String>,
    /// Telephone, in any way it is written.
    pub phone: Edit<String>,
    /// E-mail address.
    pub email: Edit<String>,
    /// Sex, as the class list states it.
    pub sex: Edit<Sex>,
    /// Birth date.
    pub birth_date: Edit<NaiveDate>,
    /// Birth place.
    pub birth_place: Edit<String>,
    /// Address.
    pub address: Edit<String>,
    /// District of residence, a Kemendagri code.
    pub district: Edit<String>,
    /// Highest education.
    pub education: Edit<String>,
    /// Disability, as the person tells it.
    pub disability: Edit<String>,
    /// What the person wishes.
    pub wishes: WishEdit,
    /// What the person says they master: texts or unit codes.
    pub claimed: Option<Vec<String>>,
}

/// What a person wishes; a field left out stays as it is.
#[derive(Debug, Clone, Default)]
pub struct WishEdit {
    /// Whether the person is available, by own declaration.
    pub available: Option<bool>,
    /// The first day the person could work.
    pub available_from: Edit<NaiveDate>,
    /// The last day of a pause.
    pub paused_until: Edit<NaiveDate>,
    /// Whether the person, though placed, wants a change.
    pub wants_change: Option<bool>,
    /// How far the person would travel, in kilometres, straight line.
    pub radius_km: Edit<i64>,
    /// How the person travels.
    pub transport: Edit<String>,
    /// Whether the person would live near the work.
    pub ready_to_board: Option<bool>,
    /// Shifts the person would not work.
    pub refused_shifts: Option<Vec<Shift>>,
    /// The wage hoped for, in rupiah.
    pub wage_wish: Edit<i64>,
    /// What that wage is for.
    pub wage_wish_unit: Edit<WageUnit>,
    /// KBJI codes of wished work.
    pub wished_kbji: Option<Vec<String>>,
    /// Employers preferred, best first.
    pub ranked_employers: Option<Vec<EmployerId>>,
    /// Employers the person does not want to be shown to.
    pub blocked_employers: Option<Vec<EmployerId>>,
}

/// What was written, parsed.
#[derive(Debug)]
pub(in crate::app) struct Details {
    pub(in crate::app) name: Option<Name>,
    pub(in crate::app) nik: Edit<Nik>,
    pub(in crate::app) birth_date: Edit<NaiveDate>,
    phone: Edit<Phone>,
    email: Edit<String>,
    sex: Edit<Sex>,
    birth_place: Edit<String>,
    address: Edit<String>,
    district: Edit<RegionCode>,
    education: Edit<String>,
    disability: Edit<String>,
}

impl PersonEdit {
    /// The first field here that only staff may change (D12).
    #[must_use]
    pub fn field_of_staff(&self) -> Option<&'static str> {
        let fields = [
            ("nik", self.nik.is_some()),
            ("name", self.name.is_some()),
            ("birth_date", self.birth_date.is_some()),
            ("birth_place", self.birth_place.is_some()),
            ("sex", self.sex.is_some()),
            ("district", self.district.is_some()),
            ("education", self.education.is_some()),
        ];
        fields.into_iter().find(|(_, present)| *present).map(|(field, _)| field)
    }

    pub(in crate::app) fn parse(&self, form: &mut Form, knowledge: &Knowledge, today: NaiveDate) -> Details {
        if let Some(Some(born)) = self.birth_date {
            let age = age_on(born, today);
            form.require((YOUNGEST..=OLDEST).contains(&age), "/birth_date", Refusal::AgeOutOfRange { low: YOUNGEST, high: OLDEST });
        }
        let mut line = |pointer: &str, field: &Edit<String>, limit: usize| {
            field.as_ref().map(|value| form.optional_text(pointer, value.as_deref(), limit))
        };
        let birth_place = line("/birth_place", &self.birth_place, LINE);
        let address = line("/address", &self.address, 500);
        let education = line("/education", &self.education, LINE);
        let disability = line("/disability", &self.disability, 500);
        Details {
            name: self.name.as_deref().and_then(|name| form.name("/name", name)),
            nik: self.nik.as_ref().map(|nik| form.nik("/nik", nik.as_deref().filter(|text| !text.trim().is_empty()))),
            birth_date: self.birth_date,
            phone: self.phone.as_ref().map(|phone| form.phone("/phone", phone.as_deref())),
            email: self.email.as_ref().map(|email| form.email("/email", email.as_deref())),
            sex: self.sex,
            birth_place,
            address,
            district: self.district.as_ref().map(|district| known_region(form, "/district", district.as_deref(), knowledge)),
            education,
            disability,
        }
    }
}

impl Details {
    /// Writes the details into a row, sealed with the person's key where they are personal.
    pub(in crate::app) fn put(&self, row: &mut graduate::Model, key: &PersonKey) -> Result<(), AppError> {
        if let Some(name) = &self.name {
            name.as_str().clone_into(&mut row.name);
            row.name_key = name.key();
        }
        if let Some(nik) = &self.nik {
            row.nik_sealed = key.seal_text(nik.as_ref().map(Nik::as_str))?;
        }
        if let Some(phone) = &self.phone {
            row.phone_sealed = key.seal_text(phone.as_ref().map(Phone::as_str))?;
        }
        if let Some(born) = self.birth_date {
            row.birth_date_sealed = key.seal_text(born.map(|day| day.to_string()).as_deref())?;
        }
        let texts = [
            (&self.email, &mut row.email_sealed),
            (&self.birth_place, &mut row.birth_place_sealed),
            (&self.address, &mut row.address_sealed),
            (&self.disability, &mut row.disability_sealed),
        ];
        for (text, sealed) in texts {
            if let Some(text) = text {
                *sealed = key.seal_text(text.as_deref())?;
            }
        }
        if let Some(sex) = self.sex {
            row.sex = sex;
        }
        if let Some(district) = &self.district {
            row.district_code = district.as_ref().map(|code| code.as_str().to_owned());
            row.district_text = None;
        }
        if let Some(education) = &self.education {
            row.education.clone_from(education);
        }
        Ok(())
    }
}

impl WishEdit {
    /// Writes the wishes into a row and notes what is wrong with them; the employers are the caller's.
    pub(in crate::app) fn put(&self, row: &mut graduate::Model, form: &mut Form) {
        row.available = self.available.unwrap_or(row.available);
        row.wants_change = self.wants_change.unwrap_or(row.wants_change);
        row.ready_to_board = self.ready_to_board.unwrap_or(row.ready_to_board);
        row.available_from = self.available_from.unwrap_or(row.available_from);
        row.paused_until = self.paused_until.unwrap_or(row.paused_until);
        row.wage_wish_unit = self.wage_wish_unit.unwrap_or(row.wage_wish_unit);
        if let Some(radius) = self.radius_km {
            row.radius_km = radius.map(|km| form.number("/radius_km", km, 0, WIDEST));
        }
        if let Some(transport) = &self.transport {
            row.transport = form.optional_text("/transport", transport.as_deref(), LINE);
        }
        if let Some(wage) = self.wage_wish {
            row.wage_wish = form.rupiah("/wage_wish", wage).map(crate::engine::money::Rupiah::amount);
        }
        if let Some(shifts) = &self.refused_shifts {
            form.require(shifts.len() <= Shift::ALL.len(), "/refused_shifts", Refusal::ListTooLong { limit: Shift::ALL.len() });
            row.refused_shifts = shifts.iter().map(|shift| shift.code()).collect();
        }
        if let Some(codes) = &self.wished_kbji {
            form.require(codes.len() <= LONGEST_LIST, "/wished_kbji", Refusal::ListTooLong { limit: LONGEST_LIST });
            let unknown = codes.iter().position(|code| !facts::occupations().iter().any(|known| known.kbji == *code));
            if let Some(place) = unknown {
                form.refuse(&format!("/wished_kbji/{place}"), Refusal::CodeUnknown { allowed: "KBJI 2014".to_owned() });
            }
            row.wished_kbji = codes.iter().map(String::as_str).collect();
        }
        for (pointer, list) in [("/ranked_employers", &self.ranked_employers), ("/blocked_employers", &self.blocked_employers)] {
            let short = list.as_ref().is_none_or(|list| list.len() <= LONGEST_LIST);
            form.require(short, pointer, Refusal::ListTooLong { limit: LONGEST_LIST });
        }
    }
}

/// A region that the installation knows; `None` where none was named, and a fault where it is unknown.
pub(in crate::app) fn known_region(form: &mut Form, pointer: &str, written: Option<&str>, knowledge: &Knowledge) -> Option<RegionCode> {
    let code = form.region(pointer, written)?;
    form.require(knowledge.regions.get(&code).is_some(), pointer, Refusal::DistrictUnknown);
    Some(code)
}
