//! Vacancies, referrals, offers and placements to take away: the very views of the API, so that nothing shows here that is hidden there.

use chrono::{DateTime, NaiveDate, Utc};

use crate::app::error::AppError;
use crate::app::exports::{ExportAsk, Listed, columns, day, number, text};
use crate::app::faces::{Face, Job};
use crate::app::offers::OfferFilter;
use crate::app::paging::{Page, Slice};
use crate::app::placements::PlacementFilter;
use crate::app::referrals::ReferralFilter;
use crate::app::vacancies::Wanted;
use crate::app::work::Look;
use crate::engine::day::Zone;
use crate::engine::kinds::{Contract, Reason};
use crate::engine::money::WageUnit;
use crate::sheet::table::Cell;
use crate::sheet::write::ColumnKind;
use crate::words::report::Header;

/// How many rows are read at a time.
const STEP: u64 = 500;

/// A view of a list.
trait Line {
    /// Its id, by which the list is ordered.
    fn key(&self) -> uuid::Uuid;
    /// When it was entered: what came after the export began is not in it.
    fn entered(&self) -> DateTime<Utc>;
}

macro_rules! line {
    ($($view:path, $row:ident => $key:expr, $entered:expr;)+) => {$(
        impl Line for $view {
            fn key(&self) -> uuid::Uuid {
                let $row = self;
                $key.0
            }

            fn entered(&self) -> DateTime<Utc> {
                let $row = self;
                $entered
            }
        }
    )+};
}

line! {
    crate::app::vacancies::VacancyView, view => view.row.id, view.row.created_at;
    crate::app::referrals::ReferralView, view => view.id, view.created_at;
    crate::app::offers::OfferView, view => view.id, view.created_at;
    crate::app::placements::PlacementView, view => view.id, view.created_at;
}

impl Look<'_> {
    /// Every line of a list that was there when the export began.
    async fn whole<V: Line>(&self, step: impl AsyncFn(Slice) -> Result<Page<V>, AppError>) -> Result<Vec<V>, AppError> {
        let mut lines = Vec::new();
        let mut after = None;
        loop {
            let page = step(Slice { limit: STEP, after }).await?;
            let last = page.rows.last().map(Line::key);
            lines.extend(page.rows.into_iter().filter(|line| line.entered() <= self.now));
            match last.filter(|_| page.more) {
                Some(key) => after = Some(key),
                None => return Ok(lines),
            }
        }
    }

    pub(in crate::app) async fn vacancies_listed(&self, ask: &ExportAsk) -> Result<Listed, AppError> {
        let wanted = Wanted::default();
        let views = self.whole(async |slice| self.vacancies(&wanted, slice).await).await?;
        let headers = [
            (Header::Employer, ColumnKind::Text),
            (Header::Job, ColumnKind::Text),
            (Header::State, ColumnKind::Text),
            (Header::Positions, ColumnKind::Integer),
            (Header::Filled, ColumnKind::Integer),
            (Header::District, ColumnKind::Text),
            (Header::DistrictName, ColumnKind::Text),
            (Header::StartsOn, ColumnKind::Date),
            (Header::ClosesOn, ColumnKind::Date),
            (Header::WageMin, ColumnKind::Money),
            (Header::WageMax, ColumnKind::Money),
            (Header::WageUnit, ColumnKind::Text),
            (Header::Contract, ColumnKind::Text),
            (Header::HoursPerWeek, ColumnKind::Integer),
            (Header::Education, ColumnKind::Text),
            (Header::Kbji, ColumnKind::Text),
            (Header::Reference, ColumnKind::Text),
        ];
        let line = |view: crate::app::vacancies::VacancyView| {
            let row = view.row;
            vec![
                Cell::text(view.employer_name),
                Cell::text(row.title),
                Cell::text(row.state.code()),
                Cell::integer(row.positions.into()),
                Cell::integer(row.filled.into()),
                Cell::text(row.district_code),
                Cell::text(view.district_name),
                Cell::Date(row.starts_on),
                Cell::Date(row.closes_on),
                number(row.wage_min),
                number(row.wage_max),
                text(row.wage_unit.map(WageUnit::code)),
                text(row.contract.map(Contract::code)),
                Cell::integer(row.hours_per_week.into()),
                text(row.education.as_deref()),
                text(row.kbji.as_deref()),
                text(row.external_ref.as_deref()),
            ]
        };
        Ok(Listed { columns: columns(ask.language, &headers), rows: views.into_iter().map(line).collect(), ..Listed::default() })
    }

    pub(in crate::app) async fn referrals_listed(&self, ask: &ExportAsk) -> Result<Listed, AppError> {
        let views = self.whole(async |slice| self.referrals(ReferralFilter::default(), slice).await).await?;
        let own = [(Header::State, ColumnKind::Text), (Header::EnteredOn, ColumnKind::Date), (Header::Reason, ColumnKind::Text)];
        let line = |view: crate::app::referrals::ReferralView| {
            let mut cells = pair(&view.graduate, &view.job);
            cells.extend([Cell::text(view.state.code()), Cell::Date(local(view.created_at)), text(view.why.reason.map(Reason::code))]);
            cells
        };
        Ok(Listed { columns: columns(ask.language, &with_pair(&own)), rows: views.into_iter().map(line).collect(), ..Listed::default() })
    }

    pub(in crate::app) async fn offers_listed(&self, ask: &ExportAsk) -> Result<Listed, AppError> {
        let views = self.whole(async |slice| self.offers(OfferFilter::default(), slice).await).await?;
        let own = [
            (Header::State, ColumnKind::Text),
            (Header::SentOn, ColumnKind::Date),
            (Header::ExpiresOn, ColumnKind::Date),
            (Header::AnsweredOn, ColumnKind::Date),
            (Header::Reason, ColumnKind::Text),
        ];
        let line = |view: crate::app::offers::OfferView| {
            let mut cells = pair(&view.graduate, &view.job);
            cells.extend([
                Cell::text(view.state.code()),
                day(view.sent_at.map(local)),
                Cell::Date(view.expires_on),
                day(view.answered_at.map(local)),
                text(view.why.reason.map(Reason::code)),
            ]);
            cells
        };
        Ok(Listed { columns: columns(ask.language, &with_pair(&own)), rows: views.into_iter().map(line).collect(), ..Listed::default() })
    }

    pub(in crate::app) async fn placements_listed(&self, ask: &ExportAsk) -> Result<Listed, AppError> {
        let views = self.whole(async |slice| self.placements(PlacementFilter::default(), slice).await).await?;
        let own = [
            (Header::State, ColumnKind::Text),
            (Header::StartsOn, ColumnKind::Date),
            (Header::StartedOn, ColumnKind::Date),
            (Header::EndedOn, ColumnKind::Date),
            (Header::Wage, ColumnKind::Money),
            (Header::WageUnit, ColumnKind::Text),
            (Header::Contract, ColumnKind::Text),
            (Header::HoursPerWeek, ColumnKind::Integer),
            (Header::Kbji, ColumnKind::Text),
            (Header::Reason, ColumnKind::Text),
        ];
        let line = |view: crate::app::placements::PlacementView| {
            let mut cells = pair(&view.graduate, &view.job);
            cells.extend([
                Cell::text(view.state.code()),
                Cell::Date(view.starts_on),
                day(view.started_on),
                day(view.ended_on),
                number(view.wage),
                text(view.wage_unit.map(WageUnit::code)),
                text(view.contract.map(Contract::code)),
                Cell::integer(view.hours_per_week.into()),
                text(view.kbji.as_deref()),
                text(view.why.reason.map(Reason::code)),
            ]);
            cells
        };
        Ok(Listed { columns: columns(ask.language, &with_pair(&own)), rows: views.into_iter().map(line).collect(), ..Listed::default() })
    }
}

/// The day of an instant where the office is.
fn local(moment: DateTime<Utc>) -> NaiveDate {
    Zone::Wib.day_of(moment)
}

/// Who and where, as far as the actor may see it.
fn pair(graduate: &Face, job: &Job) -> Vec<Cell> {
    vec![
        Cell::text(&graduate.display_name),
        text(graduate.phone.as_deref()),
        text(graduate.district.as_deref()),
        Cell::text(&job.title),
        Cell::text(&job.employer_name),
    ]
}

fn with_pair(own: &[(Header, ColumnKind)]) -> Vec<(Header, ColumnKind)> {
    let pair = [Header::Name, Header::Phone, Header::District, Header::Job, Header::Employer];
    pair.into_iter().map(|header| (header, ColumnKind::Text)).chain(own.iter().cloned()).collect()
}
