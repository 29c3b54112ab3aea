//! Which of a page's certificates count on a day, told from few places: a search of few people would else read a page's validities for that.

use crate::engine::kinds::CertificateKind;
use crate::engine::matching::segment::bytes_of;
use crate::engine::matching::segment::page::Validity;
use chrono::NaiveDate;
use std::cmp::Reverse;

/// The days of a page's validities.
#[derive(Debug, Default)]
pub(in crate::engine::matching) struct Days {
    runs: Vec<Run>,
    /// By validity, its last day; of those that never expire, none that counts.
    last: Vec<NaiveDate>,
    /// Validities by day of issue, latest first.
    by_issue: Vec<u16>,
    latest_issue: Option<NaiveDate>,
}

/// The validities of one kind of certificate: first those that never expire, then the others by their last day.
#[derive(Debug, Clone, Copy)]
struct Run {
    never: usize,
    end: usize,
}

/// How many validities of a kind follow each other that count, that have expired, and that count.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::matching) struct Judged {
    pub(in crate::engine::matching) never: usize,
    pub(in crate::engine::matching) expired: usize,
    pub(in crate::engine::matching) valid: usize,
}

impl Days {
    /// Of validities in their order: by kind, then by last day with "never" first.
    pub(super) fn of(validities: &[Validity]) -> Self {
        let mut by_issue: Vec<u16> = (0..validities.len()).filter_map(|number| u16::try_from(number).ok()).collect();
        let issued = |number: &u16| validities.get(usize::from(*number)).map(|validity| validity.issued);
        by_issue.sort_by_key(|number| Reverse(issued(number)));
        let before = |kind: CertificateKind, dated: bool| {
            validities.partition_point(|validity| (validity.evidence, validity.expires.is_some()) < (kind, dated))
        };
        let end = |kind: CertificateKind| validities.partition_point(|validity| validity.evidence <= kind);
        Self {
            runs: CertificateKind::ALL.iter().map(|kind| Run { never: before(*kind, true), end: end(*kind) }).collect(),
            last: validities.iter().map(|validity| validity.expires.unwrap_or(NaiveDate::MAX)).collect(),
            latest_issue: by_issue.first().and_then(issued),
            by_issue,
        }
    }

    /// Bytes it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        bytes_of(&self.runs) + bytes_of(&self.last) + bytes_of(&self.by_issue)
    }

    /// How a day judges the validities, kind by kind in their order.
    pub(in crate::engine::matching) fn judged(&self, day: NaiveDate) -> impl Iterator<Item = Judged> {
        let mut from = 0;
        self.runs.iter().map(move |run| {
            let dated = self.last.get(run.never..run.end).unwrap_or_default();
            let expired = dated.partition_point(|last| *last < day);
            let judged = Judged { never: run.never - from, expired, valid: dated.len() - expired };
            from = run.end;
            judged
        })
    }

    /// The validities of certificates issued after a day.
    pub(in crate::engine::matching) fn issued_after(&self, day: NaiveDate, validities: &[Validity]) -> impl Iterator<Item = usize> {
        let any = self.latest_issue.is_some_and(|latest| latest > day);
        let later = move |number: &&u16| validities.get(usize::from(**number)).is_some_and(|validity| validity.issued > day);
        let by_issue = if any { self.by_issue.as_slice() } else { &[] };
        by_issue.iter().take_while(later).map(|number| usize::from(*number))
    }
}
