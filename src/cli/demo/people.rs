//! Invented people of the demo: every name ends in a word that says so, every number is out of use.

use chrono::NaiveDate;

use crate::app::details::{PersonEdit, WishEdit};
use crate::engine::kinds::Sex;
use crate::engine::money::WageUnit;

const WOMEN: [&str; 16] = [
    "Ani", "Siti", "Dewi", "Lestari", "Nurul", "Fitri", "Wahyuni", "Rahma", "Indah", "Sulastri", "Maimunah", "Yuliana", "Kartini",
    "Aminah", "Ratna", "Halimah",
];
const MEN: [&str; 16] = [
    "Budi", "Slamet", "Agus", "Joko", "Hasan", "Rudi", "Suparman", "Imam", "Taufik", "Wawan", "Ridwan", "Sugeng", "Bambang", "Fajar",
    "Yusuf", "Hadi",
];
/// Family names that nobody bears: they all say "invented".
const INVENTED: [&str; 8] = ["Rekaan", "Contoh", "Misalan", "Umpama", "Andaian", "Khayalan", "Ibarat", "Percobaan"];
/// Districts within 20 km of Maron.
const DISTRICTS: [(&str, &str); 10] = [
    ("35.13.17", "351317"),
    ("35.13.06", "351306"),
    ("35.13.18", "351318"),
    ("35.13.16", "351316"),
    ("35.13.15", "351315"),
    ("35.13.20", "351320"),
    ("35.13.14", "351314"),
    ("35.13.19", "351319"),
    ("35.13.13", "351313"),
    ("35.13.05", "351305"),
];

/// The `number`-th invented person of the demo, ready for work from a day.
pub(super) fn invented(number: usize, mostly_women: bool, ready_from: NaiveDate) -> PersonEdit {
    let woman = if mostly_women { number % 8 != 5 } else { number % 8 == 5 };
    let names = if woman { WOMEN } else { MEN };
    let first = names.get(number % names.len()).copied().unwrap_or("Ani");
    let family = INVENTED.get((number / names.len()) % INVENTED.len()).copied().unwrap_or("Rekaan");
    let (district, region) = DISTRICTS.get(number % DISTRICTS.len()).copied().unwrap_or(("35.13.17", "351317"));
    let (day, month, year) = (1 + number % 27, 1 + number % 12, 1990 + i32::try_from(number % 16).unwrap_or(0));
    let nik_day = if woman { day + 40 } else { day };
    let born = NaiveDate::from_ymd_opt(year, u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1));
    PersonEdit {
        name: Some(format!("{first} {family}")),
        nik: Some(Some(format!("{region}{nik_day:02}{month:02}{:02}{:04}", year % 100, 9_000 + number % 1_000))),
        phone: Some(Some(format!("0812-0000-{:04}", 1_000 + number))),
        sex: Some(Some(if woman { Sex::Female } else { Sex::Male })),
        birth_date: Some(born),
        district: Some(Some(district.to_owned())),
        education: Some(Some(if number.is_multiple_of(3) { "SMK" } else { "SMA" }.to_owned())),
        wishes: WishEdit {
            available: Some(true),
            available_from: Some(Some(ready_from)),
            radius_km: Some(Some(50)),
            wage_wish: Some(Some(2_600_000 + i64::try_from(number % 6).unwrap_or(0) * 100_000)),
            wage_wish_unit: Some(Some(WageUnit::Month)),
            ..WishEdit::default()
        },
        ..PersonEdit::default()
    }
}
