//! A segment as bytes and back, so that a process can start without reading everybody's row.
//!
//! Only what cannot be worked out is written: postings and bits are made anew. Numbers are little-endian. Reading never panics and never
//! reserves more than the bytes can fill; what a search would have to trust is checked here.

use crate::engine::geo::Point;
use crate::engine::id::{EmployerId, GraduateId, OfficeId};
use crate::engine::kinds::{CertificateKind, Shift};
use crate::engine::matching::eligibility::Stance;
use crate::engine::matching::segment::blocks::Blocks;
use crate::engine::matching::segment::page::{Held, MOST_PEOPLE, Page, Seat, Validity};
use crate::engine::matching::segment::place::{cell_of, latitudes_of};
use crate::engine::matching::segment::{Extra, Row, Segment, Wish};
use crate::engine::matching::snapshot::SnapshotDamage;
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;
use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;
use uuid::Uuid;

type Read<T> = Result<T, SnapshotDamage>;

impl Segment {
    /// The bytes of everybody.
    pub(in crate::engine::matching) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.rows.len() * 100 + 1024);
        put_list(&mut out, &self.codes, |out, code| put_text(out, code.as_str()));
        put_list(&mut out, &self.places, |out, place| {
            out.extend_from_slice(&place.latitude.to_bits().to_le_bytes());
            out.extend_from_slice(&place.longitude.to_bits().to_le_bytes());
        });
        put_list(&mut out, &self.extras, put_extra);
        put_list(&mut out, &self.wishes, |out, wish| {
            out.extend_from_slice(&wish.wage.map_or(-1, Rupiah::amount).to_le_bytes());
            put_day(out, wish.available_from);
            put(out, wish.extra);
        });
        put_list(&mut out, &self.rows, |out, row| {
            out.extend_from_slice(row.graduate.0.as_bytes());
            put(out, row.place);
            put(out, row.wish);
        });
        put_list(&mut out, &self.pages, put_page);
        out
    }

    /// The segment that bytes of [`Segment::to_bytes`] hold.
    pub(in crate::engine::matching) fn from_bytes(bytes: &[u8]) -> Read<Self> {
        let mut reader = Reader(bytes);
        let codes = reader.list(1, |reader| UnitCode::parse(reader.text()?).ok_or(SnapshotDamage::Field("unit")))?;
        let places = reader.list(16, Reader::place)?;
        let extras = reader.list(1, Reader::extra)?;
        let wishes = reader.list(16, |reader| reader.wish(extras.len()))?;
        let rows = reader.list(24, |reader| reader.row(places.len(), wishes.len()))?;
        let mut pages = reader.list(1, |reader| reader.page(codes.len()))?;
        if !reader.0.is_empty() {
            return Err(SnapshotDamage::Field("length"));
        }
        let mut segment = Self { rows, places, wishes, extras, ..Self::default() };
        segment.units = codes.iter().cloned().zip(0..).collect();
        segment.codes = codes;
        segment.number_pages(&mut pages)?;
        pages.par_iter_mut().for_each(Page::list);
        segment.pages = pages;
        segment.by_id = (0..count(segment.rows.len())).collect();
        let rows = &segment.rows;
        segment.by_id.sort_unstable_by_key(|slot| rows.get(super::at(*slot)).map(|row| row.graduate));
        Ok(segment)
    }

    /// Tells each page where it begins and between which latitudes it lies; the pages' people must be the rows, in the order of cells.
    fn number_pages(&mut self, pages: &mut [Page]) -> Read<()> {
        let (mut first, mut before) = (0, 0);
        for page in pages {
            page.first = count(first);
            let rows = self.rows.get(first..first + page.len()).ok_or(SnapshotDamage::Field("page"))?;
            let cells: Vec<u32> = rows.iter().map(|row| cell_of(self.place(row))).collect();
            for cell in &cells {
                if *cell < before {
                    return Err(SnapshotDamage::Field("order"));
                }
                before = *cell;
                self.cells.push(*cell);
            }
            page.blocks = Blocks::of(&cells);
            let ends = cells.first().zip(cells.last()).and_then(|(south, north)| latitudes_of(*south).zip(latitudes_of(*north)));
            page.latitudes = ends.map(|((south, _), (_, north))| (south, north));
            first += page.len();
        }
        if first == self.rows.len() { Ok(()) } else { Err(SnapshotDamage::Field("page")) }
    }
}

fn count(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}

fn put(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn put_day(out: &mut Vec<u8>, day: Option<NaiveDate>) {
    out.extend_from_slice(&day.map_or(i32::MIN, |day| day.num_days_from_ce()).to_le_bytes());
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, count(text.len()));
    out.extend_from_slice(text.as_bytes());
}

fn put_list<T>(out: &mut Vec<u8>, items: &[T], each: impl Fn(&mut Vec<u8>, &T)) {
    put(out, count(items.len()));
    for item in items {
        each(out, item);
    }
}

fn put_extra(out: &mut Vec<u8>, extra: &Extra) {
    put_list(out, &extra.shifts, |out, shift| put_text(out, shift.code()));
    put_list(out, &extra.blocked, |out, id| out.extend_from_slice(id.0.as_bytes()));
    put_list(out, &extra.ranked, |out, id| out.extend_from_slice(id.0.as_bytes()));
    put_list(out, &extra.claimed, |out, code| put_text(out, code.as_str()));
    put_list(out, &extra.occupations, |out, code| put_text(out, code));
    put(out, u32::from(extra.trade.is_some()));
    put_text(out, extra.trade.as_deref().unwrap_or_default());
}

fn put_page(out: &mut Vec<u8>, page: &Page) {
    put_list(out, &page.units, |out, unit| put(out, *unit));
    put_list(out, &page.stances, put_stance);
    let people = page.seats.get(..page.len()).unwrap_or_default();
    put_list(out, people, |out, seat| out.extend_from_slice(&seat.stance.to_le_bytes()));
    put_list(out, &page.validities, |out, validity| {
        out.push(validity.evidence.strength());
        put_day(out, validity.expires);
        put_day(out, Some(validity.issued));
        out.extend_from_slice(&validity.odd_level.map_or(u16::MAX, u16::from).to_le_bytes());
    });
    put_list(out, &page.seats, |out, seat| put(out, seat.held_from()));
    put_list(out, &page.held, |out, held| {
        out.extend_from_slice(&held.unit.to_le_bytes());
        out.extend_from_slice(&held.proof.to_le_bytes());
    });
}

fn put_stance(out: &mut Vec<u8>, stance: &Stance) {
    out.extend_from_slice(stance.office.0.as_bytes());
    put(out, u32::from(stance.radius_metres.is_some()));
    put(out, stance.radius_metres.unwrap_or(0));
    put_day(out, stance.paused_until);
    out.extend([stance.free_hours, stance.shifts]);
    out.extend(stance.facts().map(u8::from));
}

/// Reads from the front of untrusted bytes.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Read<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(SnapshotDamage::Short)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        self.take(N)?.try_into().ok().ok_or(SnapshotDamage::Short)
    }

    fn byte(&mut self) -> Read<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn short(&mut self) -> Read<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn number(&mut self) -> Read<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn uuid(&mut self) -> Read<Uuid> {
        self.array().map(Uuid::from_bytes)
    }

    fn day(&mut self) -> Read<Option<NaiveDate>> {
        match self.array().map(i32::from_le_bytes)? {
            i32::MIN => Ok(None),
            days => NaiveDate::from_num_days_from_ce_opt(days).map(Some).ok_or(SnapshotDamage::Field("day")),
        }
    }

    fn text(&mut self) -> Read<&'a str> {
        let count = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        std::str::from_utf8(self.take(count)?).ok().ok_or(SnapshotDamage::Field("text"))
    }

    /// Items that take so many bytes at least, so that a count beyond the bytes left reserves nothing.
    fn list<T>(&mut self, least: usize, each: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let count = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        if count > self.0.len() / least {
            return Err(SnapshotDamage::Short);
        }
        let mut items = Vec::with_capacity(count);
        for _ in 0..count {
            items.push(each(self)?);
        }
        Ok(items)
    }

    fn place(&mut self) -> Read<Point> {
        let mut degrees = || self.array().map(|bytes| f64::from_bits(u64::from_le_bytes(bytes)));
        Ok(Point { latitude: degrees()?, longitude: degrees()? })
    }

    fn wish(&mut self, extras: usize) -> Read<Wish> {
        let wage = match self.array().map(i64::from_le_bytes)? {
            -1 => None,
            amount => Some(Rupiah::new(amount).ok_or(SnapshotDamage::Field("wage"))?),
        };
        let (available_from, extra) = (self.day()?, self.number()?);
        below(extra, extras + 1, "extra").map(|extra| Wish { wage, available_from, extra })
    }

    fn row(&mut self, places: usize, wishes: usize) -> Read<Row> {
        let graduate = GraduateId(self.uuid()?);
        let (place, wish) = (below(self.number()?, places + 1, "place")?, below(self.number()?, wishes, "wish")?);
        Ok(Row { graduate, place, wish })
    }

    fn extra(&mut self) -> Read<Extra> {
        Ok(Extra {
            shifts: self.list(4, |reader| Shift::parse(reader.text()?).ok_or(SnapshotDamage::Field("shift")))?,
            blocked: self.list(16, |reader| reader.uuid().map(EmployerId))?,
            ranked: self.list(16, |reader| reader.uuid().map(EmployerId))?,
            claimed: self.list(4, |reader| UnitCode::parse(reader.text()?).ok_or(SnapshotDamage::Field("unit")))?,
            occupations: self.list(4, |reader| reader.text().map(str::to_owned))?,
            trade: {
                let given = self.number()? == 1;
                Some(self.text()?.to_owned()).filter(|_| given)
            },
        })
    }

    fn page(&mut self, codes: usize) -> Read<Page> {
        let units = self.list(4, |reader| below(reader.number()?, codes, "unit"))?;
        let stances = self.list(30, Self::stance)?;
        let stance_of = self.list(2, Self::short)?;
        let validities = self.list(11, Self::validity)?;
        let held_from = self.list(4, Self::number)?;
        let held = self.list(4, |reader| Ok(Held { unit: reader.short()?, proof: reader.short()? }))?;
        let fits = |all: bool, what| if all { Ok(()) } else { Err(SnapshotDamage::Field(what)) };
        fits((1..=MOST_PEOPLE).contains(&stance_of.len()), "page")?;
        fits(units.is_sorted() && validities.is_sorted(), "order")?;
        fits(stance_of.iter().all(|stance| usize::from(*stance) < stances.len()), "stance")?;
        fits(held.iter().all(|held| usize::from(held.unit) < units.len() && usize::from(held.proof >> 3) < validities.len()), "held")?;
        let ends = held_from.last().is_some_and(|last| *last == count(held.len()));
        fits(held_from.len() == stance_of.len() + 1 && held_from.is_sorted() && ends, "held")?;
        let seats = held_from.iter().zip(stance_of.iter().chain([&u16::MAX])).map(|(from, stance)| Seat::new(*from, *stance)).collect();
        Ok(Page { units, stances, seats, validities, held, ..Page::default() })
    }

    fn stance(&mut self) -> Read<Stance> {
        let office = OfficeId(self.uuid()?);
        let (limited, metres) = (self.number()? == 1, self.number()?);
        let paused_until = self.day()?;
        let (free_hours, shifts) = (self.byte()?, self.byte()?);
        let facts: [u8; Stance::FACTS] = self.array()?;
        Ok(Stance::with_facts(office, Some(metres).filter(|_| limited), paused_until, free_hours, shifts, facts.map(|fact| fact == 1)))
    }

    fn validity(&mut self) -> Read<Validity> {
        let strength = self.byte()?;
        let evidence = CertificateKind::ALL.iter().copied().find(|kind| kind.strength() == strength);
        let (expires, issued, odd) = (self.day()?, self.day()?, self.short()?);
        Ok(Validity {
            evidence: evidence.ok_or(SnapshotDamage::Field("evidence"))?,
            expires,
            issued: issued.ok_or(SnapshotDamage::Field("day"))?,
            odd_level: u8::try_from(odd).ok(),
        })
    }
}

fn below(number: u32, most: usize, what: &'static str) -> Read<u32> {
    if usize::try_from(number).is_ok_and(|number| number < most) { Ok(number) } else { Err(SnapshotDamage::Field(what)) }
}
