//! The graduate's page in words: templates and the texts they print.

use askama::Template;
use chrono::{DateTime, Utc};

use crate::app::allocation::reserve::ReservePlace;
use crate::app::personal::{PageJob, PageOffer, PageReferral, PageWork, PersonalPage};
use crate::engine::day::Zone;
use crate::engine::lifecycle::OfferState;
use crate::engine::money::Rupiah;
use crate::words::personal::{Personal, REASONS, per, shift};
use crate::words::{self, Language, Say as _, dates};

/// The check of day and month of birth.
#[derive(Debug, Template)]
#[template(path = "check.html")]
pub(in crate::web) struct Check {
    complaint: Option<String>,
    why: String,
    day: String,
    month: String,
    go: String,
}

impl Check {
    pub(in crate::web) fn new(language: Language, complaint: Option<String>) -> Self {
        Self {
            complaint,
            why: Personal::CheckWhy.say(language),
            day: Personal::Day.say(language),
            month: Personal::Month.say(language),
            go: Personal::Continue.say(language),
        }
    }
}

/// Offers, referrals and work of one person.
#[derive(Debug, Template)]
#[template(path = "offer.html")]
pub(in crate::web) struct Offers {
    complaint: Option<String>,
    office: String,
    call: Option<String>,
    offers: Vec<OfferText>,
    asked: Vec<ReferralText>,
    work: Vec<WorkText>,
    waiting: Vec<String>,
    reasons: Vec<(&'static str, String)>,
    w: Labels,
}

#[derive(Debug)]
struct JobText {
    title: String,
    lines: Vec<(String, String)>,
}

#[derive(Debug)]
struct OfferText {
    id: String,
    job: JobText,
    lines: Vec<(String, String)>,
    deadline: String,
    answered: Option<String>,
    undo_until: Option<String>,
}

#[derive(Debug)]
struct ReferralText {
    id: String,
    job: JobText,
    question: String,
}

#[derive(Debug)]
struct WorkText {
    id: String,
    title: String,
    text: String,
    unanswered: bool,
}

macro_rules! labels {
    ($($name:ident = $word:ident;)+) => {
        /// Words that stand alone.
        #[derive(Debug)]
        struct Labels { $($name: String),+ }

        impl Labels {
            fn new(language: Language) -> Self {
                Self { $($name: Personal::$word.say(language)),+ }
            }
        }
    };
}

labels! {
    nothing = Nothing;
    offers = Offers;
    referrals = Referrals;
    work = Work;
    waiting = Waiting;
    deadline = Deadline;
    accept = Accept;
    decline = Decline;
    decline_title = DeclineTitle;
    decline_hint = DeclineHint;
    because = Because;
    undo = Undo;
    agree = Agree;
    refuse = Refuse;
    confirm = Confirm;
    dispute = Dispute;
}

impl Offers {
    pub(in crate::web) fn new(page: &PersonalPage, language: Language, complaint: Option<String>) -> Self {
        Self {
            complaint,
            office: Personal::From { office: page.office.clone() }.say(language),
            call: page.office_phone.clone().map(|phone| Personal::Call { phone }.say(language)),
            offers: page.offers.iter().map(|offer| offer_text(offer, language)).collect(),
            asked: page.asked.iter().map(|referral| referral_text(referral, language)).collect(),
            work: page.work.iter().map(|work| work_text(work, language)).collect(),
            waiting: page.waiting.iter().map(|place| waiting_text(place, language)).collect(),
            reasons: REASONS.iter().map(|(reason, word)| (reason.code(), word.say(language))).collect(),
            w: Labels::new(language),
        }
    }
}

fn waiting_text(place: &ReservePlace, language: Language) -> String {
    words::allocation::reserve(place.place, place.of, &place.job.title, &place.job.employer_name, language)
}

fn job_text(job: &PageJob, language: Language) -> JobText {
    let hours = match job.shift {
        Some(of) => Personal::HoursShift { hours: job.hours, shift: shift(of).say(language) },
        None => Personal::HoursOf { hours: job.hours },
    };
    let line = |label: Personal, text: String| (label.say(language), text);
    JobText {
        title: job.title.clone(),
        lines: vec![
            line(Personal::Employer, job.employer.clone()),
            line(Personal::Place, job.place.clone()),
            line(Personal::Wage, wage(job, language)),
            line(Personal::Hours, hours.say(language)),
            line(Personal::Starts, dates::day(job.starts_on, language)),
        ],
    }
}

fn wage(job: &PageJob, language: Language) -> String {
    let amount = |value: Option<i64>| value.and_then(Rupiah::new).map(|rupiah| rupiah.to_string());
    let unit = per(job.wage_unit).say(language);
    match (amount(job.wage.0), amount(job.wage.1)) {
        (Some(least), Some(most)) if least != most => Personal::WageBetween { least, most, unit }.say(language),
        (Some(amount), _) | (None, Some(amount)) => Personal::WageOf { amount, unit }.say(language),
        (None, None) => Personal::WageUnstated.say(language),
    }
}

fn offer_text(offer: &PageOffer, language: Language) -> OfferText {
    let conditions = offer.conditions.clone().map(|text| match offer.conditions_due {
        Some(due) => Personal::ConditionsDue { text, day: dates::day(due, language) }.say(language),
        None => text,
    });
    OfferText {
        id: offer.id.to_string(),
        job: job_text(&offer.job, language),
        lines: conditions.into_iter().map(|text| (Personal::Conditions.say(language), text)).collect(),
        deadline: dates::deadline(offer.expires_on, Zone::Wib, language),
        answered: match offer.state {
            OfferState::Accepted => Some(Personal::Accepted.say(language)),
            OfferState::Declined => Some(Personal::Declined.say(language)),
            _ => None,
        },
        undo_until: offer.undo_until.map(|until| Personal::UndoUntil { time: clock_time(until) }.say(language)),
    }
}

/// `09.15`, as clocks are written here.
fn clock_time(at: DateTime<Utc>) -> String {
    Zone::Wib.local(at).format("%H.%M").to_string()
}

fn referral_text(referral: &PageReferral, language: Language) -> ReferralText {
    ReferralText {
        id: referral.id.to_string(),
        job: job_text(&referral.job, language),
        question: Personal::Asked { employer: referral.job.employer.clone() }.say(language),
    }
}

fn work_text(work: &PageWork, language: Language) -> WorkText {
    let text = match work.started_on {
        Some(day) if work.unanswered => Personal::Started { day: dates::day(day, language) }.say(language),
        Some(day) => dates::day(day, language),
        None => Personal::Planned { day: dates::day(work.starts_on, language) }.say(language),
    };
    WorkText { id: work.id.to_string(), title: format!("{} · {}", work.job.title, work.job.employer), text, unanswered: work.unanswered }
}
