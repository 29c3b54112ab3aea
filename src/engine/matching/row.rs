//! A candidate as bytes, for the store's `match_row`: versioned, compact, and safe to read from anywhere.
//!
//! Reading never panics and never reserves more memory than the bytes can fill; what cannot be read is [`RowDamage`].
//! A change of the layout takes a new version number; rows of an old one are rewritten by the store.

use crate::engine::geo::Point;
use crate::engine::id::{EmployerId, GraduateId, OfficeId};
use crate::engine::kinds::{CertificateKind, Shift};
use crate::engine::matching::candidate::{Candidate, HeldUnit};
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;
use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;
use uuid::Uuid;

/// The layout this build writes and the only one it reads.
pub const VERSION: u8 = 1;

/// Why a row cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RowDamage {
    /// Another layout.
    #[error("row layout {0}, this build reads {VERSION}")]
    Version(u8),
    /// The bytes end early.
    #[error("the row ends early")]
    Short,
    /// Bytes are left over.
    #[error("bytes are left over")]
    Long,
    /// A field holds what it cannot hold.
    #[error("{0} cannot be read")]
    Field(&'static str),
}

/// The bytes of a candidate; the same candidate always gives the same bytes.
#[must_use]
pub fn pack(candidate: &Candidate) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 + candidate.units.len() * 28);
    out.push(VERSION);
    out.extend_from_slice(candidate.graduate.0.as_bytes());
    out.extend_from_slice(candidate.office.0.as_bytes());
    put_number(&mut out, flags(candidate));
    out.push(candidate.free_hours);
    if let Some(place) = candidate.place {
        out.extend_from_slice(&place.latitude.to_bits().to_le_bytes());
        out.extend_from_slice(&place.longitude.to_bits().to_le_bytes());
    }
    put_some(&mut out, candidate.radius_metres.map(u64::from));
    put_some(&mut out, candidate.wage_wish_monthly.map(|wish| wish.amount().unsigned_abs()));
    put_some(&mut out, candidate.available_from.map(day_number));
    put_some(&mut out, candidate.paused_until.map(day_number));
    if let Some(trade) = &candidate.trade {
        put_text(&mut out, trade);
    }
    put_list(&mut out, &candidate.units, put_unit);
    put_list(&mut out, &candidate.claimed_units, |out, code| put_text(out, code.as_str()));
    put_list(&mut out, &candidate.blocked_employers, |out, id| out.extend_from_slice(id.0.as_bytes()));
    put_list(&mut out, &candidate.ranked_employers, |out, id| out.extend_from_slice(id.0.as_bytes()));
    put_list(&mut out, &candidate.shifts, |out, shift| out.push(shift_number(*shift)));
    put_list(&mut out, &candidate.occupations, |out, code| put_text(out, code));
    out
}

/// The candidate that bytes from [`pack`] hold.
pub fn unpack(bytes: &[u8]) -> Result<Candidate, RowDamage> {
    unpack_with(&mut KnownCodes::default(), bytes)
}

/// Unit codes already read, so that reading many rows parses each code once.
#[derive(Debug, Default)]
pub struct KnownCodes(FxHashMap<String, UnitCode>);

/// Rows of any installation name far fewer codes; beyond this many the rest are simply parsed.
const MOST_KNOWN: usize = 1 << 17;

/// As [`unpack`], for many rows: codes met before are not parsed again.
pub fn unpack_with(known: &mut KnownCodes, bytes: &[u8]) -> Result<Candidate, RowDamage> {
    let mut reader = Reader { rest: bytes, known };
    let version = reader.byte()?;
    if version != VERSION {
        return Err(RowDamage::Version(version));
    }
    let mut candidate = Candidate::new(GraduateId(reader.uuid()?), OfficeId(reader.uuid()?));
    let flags = reader.number()?;
    read_flags(&mut candidate, flags)?;
    candidate.free_hours = reader.byte()?;
    let given = |flag: u64| flags & flag != 0;
    candidate.place = given(HAS_PLACE).then(|| reader.place()).transpose()?;
    candidate.radius_metres = given(HAS_RADIUS).then(|| reader.radius()).transpose()?;
    candidate.wage_wish_monthly = given(HAS_WAGE).then(|| reader.rupiah()).transpose()?;
    candidate.available_from = given(HAS_FROM).then(|| reader.date()).transpose()?;
    candidate.paused_until = given(HAS_PAUSE).then(|| reader.date()).transpose()?;
    candidate.trade = given(HAS_TRADE).then(|| reader.text()).transpose()?;
    candidate.units = reader.list(Reader::unit)?;
    candidate.claimed_units = reader.list(Reader::code)?;
    candidate.blocked_employers = reader.list(|reader| reader.uuid().map(EmployerId))?;
    candidate.ranked_employers = reader.list(|reader| reader.uuid().map(EmployerId))?;
    candidate.shifts = reader.list(Reader::shift)?;
    candidate.occupations = reader.list(Reader::text)?;
    if reader.rest.is_empty() { Ok(candidate) } else { Err(RowDamage::Long) }
}

const HAS_PLACE: u64 = 1 << 6;
const HAS_RADIUS: u64 = 1 << 7;
const HAS_WAGE: u64 = 1 << 8;
const HAS_FROM: u64 = 1 << 9;
const HAS_PAUSE: u64 = 1 << 10;
const HAS_TRADE: u64 = 1 << 11;
const ALL_FLAGS: u64 = (1 << 12) - 1;

/// A bit for each fact that is only so or not so, and for each field that is there.
pub(super) fn flags(candidate: &Candidate) -> u64 {
    let facts = [
        candidate.ready_to_board,
        candidate.has_passed,
        candidate.declares_available,
        candidate.wants_change,
        candidate.limited,
        candidate.objects_to_ranking,
        candidate.place.is_some(),
        candidate.radius_metres.is_some(),
        candidate.wage_wish_monthly.is_some(),
        candidate.available_from.is_some(),
        candidate.paused_until.is_some(),
        candidate.trade.is_some(),
    ];
    facts.iter().rev().fold(0, |bits, fact| bits << 1 | u64::from(*fact))
}

fn read_flags(candidate: &mut Candidate, flags: u64) -> Result<(), RowDamage> {
    let bit = |place: u32| flags >> place & 1 == 1;
    candidate.ready_to_board = bit(0);
    candidate.has_passed = bit(1);
    candidate.declares_available = bit(2);
    candidate.wants_change = bit(3);
    candidate.limited = bit(4);
    candidate.objects_to_ranking = bit(5);
    if flags & !ALL_FLAGS == 0 { Ok(()) } else { Err(RowDamage::Field("flags")) }
}

/// Days since the first day of year 1, doubled; odd numbers are days before it.
fn day_number(date: NaiveDate) -> u64 {
    let days = i64::from(date.num_days_from_ce());
    days.unsigned_abs() * 2 - u64::from(days < 0)
}

const fn shift_number(shift: Shift) -> u8 {
    match shift {
        Shift::Day => 0,
        Shift::Evening => 1,
        Shift::Night => 2,
        Shift::Rotating => 3,
    }
}

fn put_unit(out: &mut Vec<u8>, unit: &HeldUnit) {
    put_text(out, unit.code.as_str());
    // Evidence in two bits, then whether an expiry and a level follow.
    out.push(unit.evidence.strength() | u8::from(unit.expires.is_some()) << 2 | u8::from(unit.level.is_some()) << 3);
    put_number(out, day_number(unit.issued));
    put_some(out, unit.expires.map(day_number));
    out.extend(unit.level);
}

fn put_list<T>(out: &mut Vec<u8>, items: &[T], put: impl Fn(&mut Vec<u8>, &T)) {
    put_number(out, length(items.len()));
    for item in items {
        put(out, item);
    }
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, length(text.len()));
    out.extend_from_slice(text.as_bytes());
}

fn put_some(out: &mut Vec<u8>, number: Option<u64>) {
    if let Some(number) = number {
        put_number(out, number);
    }
}

/// Seven bits a byte, lowest first, the eighth says that more follow.
fn put_number(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

fn length(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}

/// Reads from the front of untrusted bytes.
struct Reader<'a, 'k> {
    rest: &'a [u8],
    known: &'k mut KnownCodes,
}

impl<'a> Reader<'a, '_> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], RowDamage> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(RowDamage::Short)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], RowDamage> {
        self.take(N)?.try_into().ok().ok_or(RowDamage::Short)
    }

    fn byte(&mut self) -> Result<u8, RowDamage> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn uuid(&mut self) -> Result<Uuid, RowDamage> {
        self.array().map(Uuid::from_bytes)
    }

    /// A number in its shortest form only, so that a candidate has one row.
    fn number(&mut self) -> Result<u64, RowDamage> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return if byte == 0 && shift > 0 { Err(RowDamage::Field("number")) } else { Ok(number) };
            }
        }
        Err(RowDamage::Field("number"))
    }

    fn radius(&mut self) -> Result<u32, RowDamage> {
        u32::try_from(self.number()?).ok().ok_or(RowDamage::Field("radius"))
    }

    fn rupiah(&mut self) -> Result<Rupiah, RowDamage> {
        i64::try_from(self.number()?).ok().and_then(Rupiah::new).ok_or(RowDamage::Field("wage"))
    }

    fn date(&mut self) -> Result<NaiveDate, RowDamage> {
        let number = self.number()?;
        let days = i32::try_from(number.div_ceil(2)).ok().map(|days| if number % 2 == 1 { -days } else { days });
        days.and_then(NaiveDate::from_num_days_from_ce_opt).ok_or(RowDamage::Field("date"))
    }

    fn place(&mut self) -> Result<Point, RowDamage> {
        let mut degrees = || self.array().map(|bytes| f64::from_bits(u64::from_le_bytes(bytes)));
        let place = Point { latitude: degrees()?, longitude: degrees()? };
        let on_earth = place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0;
        if on_earth { Ok(place) } else { Err(RowDamage::Field("place")) }
    }

    fn str(&mut self) -> Result<&'a str, RowDamage> {
        let count = usize::try_from(self.number()?).ok().ok_or(RowDamage::Short)?;
        std::str::from_utf8(self.take(count)?).ok().ok_or(RowDamage::Field("text"))
    }

    fn text(&mut self) -> Result<String, RowDamage> {
        self.str().map(str::to_owned)
    }

    fn code(&mut self) -> Result<UnitCode, RowDamage> {
        let text = self.str()?;
        if let Some(code) = self.known.0.get(text) {
            return Ok(code.clone());
        }
        let code = UnitCode::parse(text).ok_or(RowDamage::Field("unit"))?;
        if self.known.0.len() < MOST_KNOWN && text.len() < 200 {
            self.known.0.insert(text.to_owned(), code.clone());
        }
        Ok(code)
    }

    fn unit(&mut self) -> Result<HeldUnit, RowDamage> {
        let code = self.code()?;
        let head = self.byte()?;
        let evidence = CertificateKind::ALL.iter().copied().find(|kind| kind.strength() == head & 3);
        let evidence = evidence.filter(|_| head >> 4 == 0).ok_or(RowDamage::Field("evidence"))?;
        let issued = self.date()?;
        let expires = (head & 4 != 0).then(|| self.date()).transpose()?;
        let level = (head & 8 != 0).then(|| self.byte()).transpose()?;
        Ok(HeldUnit { code, level, evidence, issued, expires })
    }

    fn shift(&mut self) -> Result<Shift, RowDamage> {
        let number = self.byte()?;
        Shift::ALL.iter().copied().find(|shift| shift_number(*shift) == number).ok_or(RowDamage::Field("shift"))
    }

    /// Every item takes a byte at least, so a count beyond the bytes left is damage and reserves nothing.
    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Result<T, RowDamage>) -> Result<Vec<T>, RowDamage> {
        let count = usize::try_from(self.number()?).ok().ok_or(RowDamage::Short)?;
        if count > self.rest.len() {
            return Err(RowDamage::Short);
        }
        (0..count).map(|_| read(self)).collect()
    }
}
