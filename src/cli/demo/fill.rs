//! Fills a new installation with the invented class and its neighbours, as if the last months had happened.
//!
//! Everything goes through the same use cases as a real office's work, on a clock that is set back and moved on.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::app::accounts::{NewAccount, NewOffice};
use crate::app::actor::{Actor, Who};
use crate::app::clock::Clock;
use crate::app::error::AppError;
use crate::app::installation::{App, OpenError, Place};
use crate::cli::demo::classes::{COMPUTING, Class, MOTORCYCLES, Passed, SEWING, WELDING, hold, programme};
use crate::cli::demo::jobs::{Firm, Job, because, confirm, offer, oneself, partner, place, post, start, tell};
use crate::engine::day::Zone;
use crate::engine::id::{AccountId, EmployerId, OfficeId, PlacementId};
use crate::engine::kinds::{OfferApproval, OutcomeKind, Reason, Role};

/// The password of every demo account.
pub(super) const PASSWORD: &str = "serap-demo";

/// Everybody who acts in the demo.
struct Cast {
    officer: Actor,
    colleague: Actor,
    elsewhere: Actor,
    instructor: AccountId,
    instructor_elsewhere: AccountId,
    office: OfficeId,
}

/// The demo's clock and the day it leads to.
struct Calendar {
    clock: Clock,
    today: NaiveDate,
}

impl Calendar {
    /// The day that lies so many days before (or after) today.
    fn day(&self, from_today: i64) -> NaiveDate {
        self.today + Duration::days(from_today)
    }

    /// Moves the clock on to nine in the morning of a day; it never goes back.
    fn reach(&self, from_today: i64) {
        let morning = Zone::Wib.end_of(self.day(from_today)) - Duration::hours(15);
        let wait = morning - self.clock.now();
        if wait > Duration::zero() {
            self.clock.advance(wait);
        }
    }
}

/// Fills the installation at a place; nothing is there before.
pub(super) async fn fill(place: &Place, now: DateTime<Utc>) -> Result<(), OpenError> {
    let today = Zone::Wib.day_of(now);
    let calendar = Calendar { clock: Clock::standing_at(now - Duration::days(240)), today };
    let app = App::open(place, calendar.clock.clone()).await?;
    let told = tell_story(&app, &calendar).await;
    app.close().await?;
    Ok(told?)
}

async fn tell_story(app: &App, calendar: &Calendar) -> Result<(), AppError> {
    let cast = cast(app).await?;
    let garment = Firm { name: "PT Garmen Rekaan Nusantara", nib: "9120000000011", district: "35.13.17", seats: 20 };
    let workshop = Firm { name: "CV Konveksi Misalan Jaya", nib: "9120000000022", district: "35.13.14", seats: 8 };
    let welders = Firm { name: "Bengkel Las Umpama", nib: "9120000000033", district: "35.13.19", seats: 4 };
    let mitra = partner(app, &cast.officer, &garment, calendar.day(-240)).await?;
    let mitra2 = partner(app, &cast.officer, &workshop, calendar.day(-240)).await?;
    let mitra3 = partner(app, &cast.officer, &welders, calendar.day(-240)).await?;
    let firm = open(app, "mitra", "Personalia PT Garmen Rekaan", Role::Employer, None, Some(mitra)).await?;
    let firm2 = open(app, "mitra2", "Pemilik CV Konveksi Misalan", Role::Employer, None, Some(mitra2)).await?;
    let sewing = programme(app, &cast.officer, &SEWING).await?;
    let class = |name, ended, first_person, bnsp| Class {
        name,
        ended: calendar.day(ended),
        partner: Some(mitra),
        fund: "APBD",
        first_person,
        bnsp,
    };

    calendar.reach(-200);
    let first = hold(app, &cast.officer, cast.instructor, &SEWING, sewing, &class("Jahit Angkatan I", -200, 0, false)).await?;
    let placed = long_ago(app, calendar, &cast, &firm, mitra, &first).await?;
    follow_up(app, calendar, &cast, &firm, &first, placed.get(..6).unwrap_or(&placed), -172).await?;
    follow_up(app, calendar, &cast, &firm, &first, placed.get(..6).unwrap_or(&placed), -112).await?;
    if let Some(last) = placed.last() {
        let why = because(Reason::Resigned);
        app.work(&firm, async |work| work.end_placement(*last, calendar.day(-113), &why).await).await?;
    }

    calendar.reach(-100);
    let second = hold(app, &cast.officer, cast.instructor, &SEWING, sewing, &class("Jahit Angkatan II", -100, 20, false)).await?;
    by_interview(app, calendar, &cast, &firm2, mitra2, &second).await?;

    calendar.reach(-60);
    let welding = programme(app, &cast.officer, &WELDING).await?;
    let weld_class =
        Class { name: "Las Angkatan I", ended: calendar.day(-60), partner: Some(mitra3), fund: "DBHCHT", first_person: 40, bnsp: false };
    hold(app, &cast.officer, cast.instructor, &WELDING, welding, &weld_class).await?;
    let motorcycles = programme(app, &cast.officer, &MOTORCYCLES).await?;
    let motor_class =
        Class { name: "Motor Angkatan I", ended: calendar.day(-45), partner: None, fund: "APBN", first_person: 60, bnsp: false };
    calendar.reach(-45);
    hold(app, &cast.officer, cast.instructor, &MOTORCYCLES, motorcycles, &motor_class).await?;
    calendar.reach(-40);
    hold(app, &cast.officer, cast.instructor, &SEWING, sewing, &class("Jahit Angkatan III", -40, 80, true)).await?;
    let elsewhere = programme(app, &cast.elsewhere, &SEWING).await?;
    let other_class =
        Class { name: "Jahit Kota Angkatan I", ended: calendar.day(-30), partner: None, fund: "APBD", first_person: 100, bnsp: false };
    calendar.reach(-30);
    hold(app, &cast.elsewhere, cast.instructor_elsewhere, &SEWING, elsewhere, &other_class).await?;
    follow_up(app, calendar, &cast, &firm, &first, placed.get(..6).unwrap_or(&placed), -25).await?;
    calendar.reach(-20);
    let fourth = hold(app, &cast.officer, cast.instructor, &SEWING, sewing, &class("Jahit Angkatan IV", -20, 120, true)).await?;
    let computing = programme(app, &cast.officer, &COMPUTING).await?;
    let office_class =
        Class { name: "Komputer Angkatan I", ended: calendar.day(-15), partner: None, fund: "APBD", first_person: 140, bnsp: false };
    calendar.reach(-15);
    hold(app, &cast.officer, cast.instructor, &COMPUTING, computing, &office_class).await?;
    calendar.reach(-5);
    hold(app, &cast.officer, cast.instructor, &SEWING, sewing, &class("Jahit Angkatan V", -5, 160, true)).await?;
    this_week(app, calendar, &cast, [(&firm, mitra), (&firm2, mitra2)], mitra3, &fourth).await
}

/// Two offices and everybody's account.
async fn cast(app: &App) -> Result<Cast, AppError> {
    let found = async |name: &str, region: &str| {
        let new = NewOffice {
            name: name.to_owned(),
            kind: "disnaker".to_owned(),
            region_code: region.to_owned(),
            zone: None,
            phone: Some("0335-421001".to_owned()),
        };
        app.work(&Actor::cli(None), async |work| work.found_office(&new).await).await
    };
    let office = found("Disnaker Kabupaten Probolinggo (contoh)", "35.13").await?.id;
    let other = found("Disnaker Kota Probolinggo (contoh)", "35.74").await?.id;
    open(app, "admin", "Admin Rekaan", Role::Admin, None, None).await?;
    open(app, "pimpinan", "Kepala Dinas Rekaan", Role::Head, Some(office), None).await?;
    let instructor = open(app, "instruktur", "Instruktur Rekaan", Role::Instructor, Some(office), None).await?;
    let instructor_elsewhere = open(app, "instruktur2", "Instruktur Kota Rekaan", Role::Instructor, Some(other), None).await?;
    Ok(Cast {
        officer: open(app, "staf", "Petugas Rekaan", Role::Officer, Some(office), None).await?,
        colleague: open(app, "rekan", "Rekan Petugas Rekaan", Role::Officer, Some(office), None).await?,
        elsewhere: open(app, "staf2", "Petugas Kota Rekaan", Role::Officer, Some(other), None).await?,
        instructor: instructor.account.unwrap_or(AccountId(uuid::Uuid::nil())),
        instructor_elsewhere: instructor_elsewhere.account.unwrap_or(AccountId(uuid::Uuid::nil())),
        office,
    })
}

/// Opens an account with the demo's password and answers who it acts as.
async fn open(
    app: &App,
    login: &str,
    name: &str,
    role: Role,
    office: Option<OfficeId>,
    employer: Option<EmployerId>,
) -> Result<Actor, AppError> {
    let new = NewAccount {
        login: login.to_owned(),
        role: role.code().to_owned(),
        display_name: name.to_owned(),
        office_id: office,
        employer_id: employer,
        region_code: None,
        password: Some(PASSWORD.to_owned()),
    };
    let made = app.work(&Actor::cli(None), async |work| work.open_account(&new).await).await?;
    Ok(Actor { who: Who::Account(role), account: Some(made.account.id), office, employer, ..Actor::system() })
}

/// A class of half a year ago gets its jobs.
async fn long_ago(
    app: &App,
    calendar: &Calendar,
    cast: &Cast,
    firm: &Actor,
    employer: EmployerId,
    class: &Passed,
) -> Result<Vec<PlacementId>, AppError> {
    let job = Job {
        title: "Operator Jahit",
        positions: 7,
        district: "35.13.17",
        starts_on: calendar.day(-185),
        closes_on: calendar.day(-170),
        wage: (3_000_000, 3_300_000),
        approval: OfferApproval::Standing,
        units: &["GAR.CM01.003.01", "GAR.CM02.008.01"],
        text: None,
    };
    calendar.reach(-195);
    let vacancy = post(app, &cast.officer, employer, &job, true).await?;
    calendar.reach(-185);
    let mut placed = Vec::new();
    for graduate in class.graduates.iter().take(7) {
        placed.push(place(app, &cast.officer, firm, vacancy, *graduate, calendar.day(-185)).await?);
    }
    Ok(placed)
}

/// What became of that class at one checkpoint: jobs confirmed by both sides, businesses, seekers, silence.
async fn follow_up(
    app: &App,
    calendar: &Calendar,
    cast: &Cast,
    firm: &Actor,
    class: &Passed,
    placed: &[PlacementId],
    at: i64,
) -> Result<(), AppError> {
    calendar.reach(at);
    for (placement, graduate) in placed.iter().zip(&class.graduates) {
        let person = person_of(app, &cast.officer, *graduate).await?;
        confirm(app, &oneself(person, *graduate, cast.office), *placement, calendar.day(at)).await?;
        confirm(app, firm, *placement, calendar.day(at)).await?;
    }
    for (place, graduate) in class.graduates.iter().skip(7).enumerate() {
        let (kind, checked) = match place {
            0 | 1 => (OutcomeKind::SelfEmployed, Some(&cast.colleague)),
            2 => (OutcomeKind::HomeWork, Some(&cast.colleague)),
            3 => (OutcomeKind::OtherEmployer, None),
            4 | 5 => (OutcomeKind::Seeking, None),
            _ => continue,
        };
        tell(app, &cast.officer, checked, *graduate, kind, calendar.day(at)).await?;
    }
    Ok(())
}

/// A class of three months ago, placed by referral and interview: one cancelled, one who did not come, one in dispute.
async fn by_interview(
    app: &App,
    calendar: &Calendar,
    cast: &Cast,
    firm: &Actor,
    employer: EmployerId,
    class: &Passed,
) -> Result<(), AppError> {
    let job = Job {
        title: "Penjahit Konveksi",
        positions: 5,
        district: "35.13.14",
        starts_on: calendar.day(-78),
        closes_on: calendar.day(-70),
        wage: (2_900_000, 3_200_000),
        approval: OfferApproval::Each,
        units: &["GAR.CM02.008.01", "+C.14GMT06.010.1"],
        text: None,
    };
    calendar.reach(-95);
    let vacancy = post(app, &cast.officer, employer, &job, true).await?;
    let chosen: Vec<_> = class.graduates.iter().take(6).copied().collect();
    let referred = app.work(&cast.officer, async |work| work.refer(vacancy, &chosen).await).await?;
    let mut accepted = Vec::new();
    for (at, (graduate, outcome)) in referred.into_iter().enumerate() {
        let crate::app::referrals::Referred::Created(referral) = outcome else { continue };
        let person = person_of(app, &cast.officer, graduate).await?;
        let own = oneself(person, graduate, cast.office);
        app.work(&own, async |work| work.consent_to_referral(referral.id, None).await).await?;
        let interview = calendar.clock.now() + Duration::days(5);
        app.work(firm, async |work| work.invite(referral.id, interview, "Rumah produksi CV Konveksi Misalan").await).await?;
        let passed = at != 5;
        let why = if passed { crate::app::why::Why::default() } else { because(Reason::Competence) };
        app.work(firm, async |work| work.result(referral.id, passed, &why, false).await).await?;
        if !passed {
            continue;
        }
        let new = crate::app::offers::NewOffer {
            vacancy,
            graduate,
            expires_on: calendar.day(-80),
            conditions: None,
            conditions_due: None,
            override_reason: None,
        };
        let draft = app.work(&cast.officer, async |work| work.draft_offer(&new).await).await?;
        app.work(firm, async |work| work.approve_offer(draft.id).await).await?;
        app.work(&cast.officer, async |work| work.send_offer(draft.id).await).await?;
        accepted.push((app.work(&own, async |work| work.accept_offer(draft.id).await).await?.placement_id, own));
    }
    calendar.reach(-78);
    for (at, (placement, own)) in accepted.iter().enumerate() {
        match at {
            0 => {
                let why = because(Reason::SeatWithdrawn);
                app.work(firm, async |work| work.cancel_placement(*placement, &why).await).await?;
            }
            1 => {
                app.work(firm, async |work| work.no_show(*placement).await).await?;
            }
            _ => start(app, firm, *placement, calendar.day(-78)).await?,
        }
        match at {
            2 => {
                let told = crate::app::placement_words::Told::default();
                app.work(own, async |work| work.dispute_placement(*placement, Some("hanya dua hari percobaan"), &told).await).await?;
            }
            3 => confirm(app, own, *placement, calendar.day(-78)).await?,
            _ => {}
        }
    }
    Ok(())
}

/// What waits on the desk today: live offers, drafts, answers, vacancies in every state.
async fn this_week(
    app: &App,
    calendar: &Calendar,
    cast: &Cast,
    [(firm, employer), (firm2, employer2)]: [(&Actor, EmployerId); 2],
    welders: EmployerId,
    class: &Passed,
) -> Result<(), AppError> {
    let job = |title, positions, approval, units| Job {
        title,
        positions,
        district: "35.13.17",
        starts_on: calendar.day(20),
        closes_on: calendar.day(14),
        wage: (3_100_000, 3_400_000),
        approval,
        units,
        text: None,
    };
    let sewers = post(
        app,
        &cast.officer,
        employer,
        &job("Operator Jahit", 6, OfferApproval::Standing, &["GAR.CM01.003.01", "GAR.CM02.008.01"]),
        true,
    )
    .await?;
    let overlock = post(
        app,
        &cast.officer,
        employer,
        &job("Operator Obras", 3, OfferApproval::Each, &["C.14GMT06.010.1", "GAR.CM01.003.01", "+GAR.CM02.008.01"]),
        true,
    )
    .await?;
    let welding = Job { district: "35.13.19", ..job("Tukang Las Pagar", 2, OfferApproval::Each, &["JIP.SM02.009.01", "+JIP.SM02.010.01"]) };
    post(app, &cast.officer, welders, &welding, true).await?;
    let written = Job {
        text: Some("butuh 4 penjahit rapi, bisa obras, paham K3, penempatan Kraksaan"),
        district: "35.13.14",
        ..job("Penjahit", 4, OfferApproval::Each, &[])
    };
    let submitted = post(app, firm2, employer2, &written, false).await?;
    app.work(firm2, async |work| work.submit_vacancy(submitted).await).await?;
    let trainees = Job { text: Some("butuh 5 tukang jahit, bisa dididik"), ..job("Tukang Jahit Pemula", 5, OfferApproval::Each, &[]) };
    post(app, &cast.officer, employer2, &trainees, true).await?;
    post(app, firm, employer, &job("Pengawas Jahit", 1, OfferApproval::Each, &["GAR.CM02.008.01"]), false).await?;

    let mut graduates = class.graduates.iter().copied();
    let mut next = || graduates.next().ok_or_else(|| AppError::Internal("the demo class is too small".to_owned()));
    let (_, gone) = (next()?, next()?);
    offer(app, &cast.officer, sewers, gone, calendar.day(-4)).await?;
    calendar.reach(-3);
    app.round("demo").await?;
    let (refused, _) = offer(app, &cast.officer, sewers, next()?, calendar.day(5)).await?;
    let why = because(Reason::Distance);
    app.work(&cast.officer, async |work| work.decline_offer(refused, &why).await).await?;
    let (taken, _) = offer(app, &cast.officer, sewers, next()?, calendar.day(5)).await?;
    app.work(&cast.officer, async |work| work.accept_offer(taken).await).await?;
    let (back, _) = offer(app, &cast.officer, sewers, next()?, calendar.day(5)).await?;
    app.work(&cast.officer, async |work| work.withdraw_offer(back, &because(Reason::Other)).await).await?;
    calendar.reach(-1);
    for _ in 0..3 {
        offer(app, &cast.officer, sewers, next()?, calendar.day(7)).await?;
    }
    let draft = crate::app::offers::NewOffer {
        vacancy: sewers,
        graduate: next()?,
        expires_on: calendar.day(7),
        conditions: None,
        conditions_due: None,
        override_reason: None,
    };
    app.work(&cast.officer, async |work| work.draft_offer(&draft).await).await?;
    let asked: Vec<_> = [next()?, next()?, next()?].into_iter().collect();
    let referred = app.work(&cast.officer, async |work| work.refer(overlock, &asked).await).await?;
    if let Some((graduate, crate::app::referrals::Referred::Created(referral))) = referred.into_iter().next() {
        let person = person_of(app, &cast.officer, graduate).await?;
        app.work(&oneself(person, graduate, cast.office), async |work| work.consent_to_referral(referral.id, None).await).await?;
    }
    Ok(())
}

async fn person_of(app: &App, officer: &Actor, graduate: crate::engine::id::GraduateId) -> Result<crate::engine::id::PersonId, AppError> {
    Ok(app.look(officer).graduate(graduate).await?.person_id)
}
